// `packs check`: proves every pack and every score sound.

#include "app/commands/all.hpp"
#include "app/findings.hpp"
#include "base/json.hpp"
#include "kindfile/check.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <ostream>

namespace zt::app {

namespace {

using kindfile::Errors;

struct PacksOptions {
    std::string folder;
};

struct Found {
    kindfile::NamedTexts packs, scores;
};

bool holds_yaml(const std::string& folder) {
    std::error_code ignored;  // a folder that cannot be read is told by whoever reads it
    const std::filesystem::directory_iterator entries(folder, ignored);
    return std::ranges::any_of(entries, [](const auto& entry) {
        return entry.path().extension() == ".yaml";
    });
}

/// Of a folder named: its packs, and the scores in scores/ below it.
Result<Found> find_texts(const Definitions& definitions, const std::string& folder) {
    Found found;
    if (folder.empty()) {
        TRY(found.packs, definitions.texts_of("packs"));
        TRY(found.scores, definitions.texts_of("packs/scores"));
        return found;
    }
    const auto below = std::filesystem::path(folder) / "scores";
    const bool has_scores = std::filesystem::is_directory(below);
    if (has_scores) {
        TRY(found.scores, kindfile::read_yaml_folder(below));
    }
    if (!has_scores || holds_yaml(folder)) {
        TRY(found.packs, kindfile::read_yaml_folder(folder));
    }
    return found;
}

void print_sound(
    const Request& request,
    const kindfile::LoadedPacks& packs,
    const std::vector<kindfile::ScoreFile>& scores
) {
    if (request.is_json) {
        Json names = Json::array();
        for (const auto& file : scores) {
            names.push(file.score.name);
        }
        print_json(
            request,
            Json::object()
                .set("is_sound", true)
                .set("packs", static_cast<std::int64_t>(packs.files.size()))
                .set("scores", std::move(names))
        );
        return;
    }
    for (const auto& file : scores) {
        const auto& title = file.score.title;
        request.out() << request.text(
                             "cli.packs.check.score",
                             {{"name", file.score.name},
                              {"title", request.language == Language::zh ? title.zh : title.en},
                              {"count", std::to_string(file.score.indicators.size())}}
                         )
                      << '\n';
    }
    request.out() << request.text(
                         "cli.packs.check.sound",
                         {{"packs", std::to_string(packs.files.size())},
                          {"scores", std::to_string(scores.size())}}
                     )
                  << '\n';
}

Result<int> run_check(const Request& request, const PacksOptions& options) {
    TRY(const auto definitions, Definitions::find(request.kinds_folder));
    TRY(const auto found, find_texts(definitions, options.folder));
    const auto kinds = definitions.kinds();
    const auto packs = kindfile::load_packs(found.packs);
    const auto scores = kindfile::load_scores(found.scores);
    Errors errors = kinds ? Errors{} : kinds.error();
    add_errors(errors, packs ? Errors{} : packs.error());
    add_errors(errors, scores ? Errors{} : scores.error());
    if (!errors.empty()) {
        return print_findings(request, errors);
    }
    for (const auto& file : packs->files) {
        add_errors(errors, kindfile::check_pack(file, kinds->kinds));
    }
    for (const auto& file : *scores) {
        add_errors(errors, kindfile::check_score(file, kinds->kinds));
    }
    if (!errors.empty()) {
        return print_findings(request, errors);
    }
    print_sound(request, *packs, *scores);
    return exit_fine;
}

}  // namespace

void add_packs_check(const Registration& here) {
    const auto options = std::make_shared<PacksOptions>();
    here.app.add_option("folder", options->folder, here.help("folder"));
    here.run = [options](const Request& request) { return run_check(request, *options); };
}

}  // namespace zt::app
