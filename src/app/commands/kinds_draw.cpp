// `kinds graph` and `kinds explain`: one kind as a picture, and in words.

#include "app/commands/all.hpp"
#include "base/text.hpp"
#include "kindfile/explain.hpp"
#include "kindfile/graph.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace zt::app {

namespace {

struct DrawOptions {
    std::string name, format = "mermaid", pack;
};

kindfile::Language drawn_in(Language language) {
    return language == Language::zh ? kindfile::Language::zh : kindfile::Language::en;
}

/// The kind with the numbers of the pack, when one is named.
Result<Kind> find_kind(const Request& request, const DrawOptions& options) {
    TRY(const auto definitions, Definitions::find(request.kinds_folder));
    const auto loaded = definitions.kinds();
    if (!loaded) {
        return std::unexpected(first_of(loaded.error()));
    }
    const Kind* kind = loaded->kinds.newest(options.name);
    if (kind == nullptr) {
        std::vector<std::string> names;
        for (const auto& file : loaded->files) {
            names.push_back(file.kind.name);
        }
        return fail(
            Errc::unknown_kind,
            "there is no kind '" + options.name + "'; there are: " + join(names, ", ")
        );
    }
    if (options.pack.empty()) {
        return *kind;
    }
    TRY(const Pack pack, definitions.pack(options.pack));
    return with_pack(*kind, pack);
}

Result<int> run_graph(const Request& request, const DrawOptions& options) {
    TRY(const Kind kind, find_kind(request, options));
    const auto language = drawn_in(request.language);
    request.out()
        << (options.format == "svg" ? kindfile::svg_of(kind, language)
                                    : kindfile::mermaid_of(kind, language));
    return exit_fine;
}

Result<int> run_explain(const Request& request, const DrawOptions& options) {
    TRY(const Kind kind, find_kind(request, options));
    request.out() << kindfile::explain(kind, drawn_in(request.language));
    return exit_fine;
}

}  // namespace

void add_kinds_graph(const Registration& here) {
    const auto options = std::make_shared<DrawOptions>();
    here.app.add_option("name", options->name, here.help("name"))->required();
    here.app.add_option("--format", options->format, here.help("format"))
        ->check(CLI::IsMember({"mermaid", "svg"}))
        ->capture_default_str();
    here.run = [options](const Request& request) { return run_graph(request, *options); };
}

void add_kinds_explain(const Registration& here) {
    const auto options = std::make_shared<DrawOptions>();
    options->pack = "county-default";
    here.app.add_option("name", options->name, here.help("name"))->required();
    here.app.add_option("--pack", options->pack, here.help("pack"))->capture_default_str();
    here.run = [options](const Request& request) { return run_explain(request, *options); };
}

}  // namespace zt::app
