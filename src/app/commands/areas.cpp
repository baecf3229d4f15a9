// `areas`: shapes and points of a place's areas out of files, and areas that are new.

#include "app/areas/area_writer.hpp"
#include "app/commands/all.hpp"
#include "app/data.hpp"
#include "base/text.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace zt::app {

namespace {

struct AreasWords {
    DataOptions data;
    std::vector<std::string> files;
    std::string coordinates;
    AreaOptions options;
    bool may_add = false, is_rehearsal = false;
};

/// Enough to see which file or column was the wrong one.
constexpr std::size_t unknown_shown = 20;

Json summary_json(const AreaSummary& summary) {
    Json unknown = Json::array();
    for (const auto& one : summary.unknown) {
        unknown.push(one);
    }
    return Json::object()
        .set("added", summary.added)
        .set("changed", summary.changed)
        .set("unchanged", summary.unchanged)
        .set("shapes", summary.shapes)
        .set("points", summary.points)
        .set("unknown", std::move(unknown));
}

void print_summary(const Request& request, const AreaSummary& summary, bool is_rehearsal) {
    if (request.is_json) {
        print_json(request, summary_json(summary));
        return;
    }
    const auto text = [](std::int64_t number) { return std::to_string(number); };
    request.out() << request.text(
                         is_rehearsal ? "cli.areas.rehearsed" : "cli.areas.done",
                         {{"added", text(summary.added)},
                          {"changed", text(summary.changed)},
                          {"unchanged", text(summary.unchanged)},
                          {"shapes", text(summary.shapes)},
                          {"points", text(summary.points)}}
                     )
                  << '\n';
    if (!summary.unknown.empty()) {
        std::vector<std::string> some = summary.unknown;
        some.resize(std::min(some.size(), unknown_shown));
        request.out() << request.text(
                             "cli.areas.unknown",
                             {{"count", std::to_string(summary.unknown.size())},
                              {"codes", join(some, ", ")}}
                         )
                      << '\n';
    }
}

Result<int> run_areas(const Request& request, const AreasWords& words) {
    const auto coordinates = words.coordinates == "gcj02" ? Coordinates::gcj02 : Coordinates::wgs84;
    std::vector<AreaEntry> entries;
    for (const auto& file : words.files) {
        TRY(auto some, read_area_file(file, coordinates));
        entries.insert(
            entries.end(),
            std::make_move_iterator(some.begin()),
            std::make_move_iterator(some.end())
        );
    }
    AreaOptions options = words.options;
    options.new_areas = words.may_add ? NewAreas::added : NewAreas::refused;
    options.mode = words.is_rehearsal ? AreaMode::rehearse : AreaMode::commit;
    const auto access = words.is_rehearsal ? store::Access::read : store::Access::write;
    TRY(auto tenant, open_data(request, words.data, access));
    TRY(const auto summary,
        write_areas(tenant->ledger(), entries, options, request.world.clock->now()));
    if (!words.is_rehearsal) {
        TRY_VOID(tenant->save_views());
    }
    print_summary(request, summary, words.is_rehearsal);
    return summary.unknown.empty() ? exit_fine : exit_falls_short;
}

}  // namespace

void add_areas(const Registration& here) {
    const auto words = std::make_shared<AreasWords>();
    add_data_options(here, words->data);
    here.app.add_option("files", words->files, here.help("files"))->required();
    here.app.add_option("--coordinates", words->coordinates, here.help("coordinates"))
        ->required()
        ->check(CLI::IsMember({"wgs84", "gcj02"}));
    here.app.add_option("--source", words->options.source, here.help("source"))->required();
    here.app.add_option("--under", words->options.under, here.help("under"));
    here.app.add_flag("--add", words->may_add, here.help("add"));
    here.app.add_flag("--dry-run", words->is_rehearsal, here.help("dry_run"));
    here.run = [words](const Request& request) { return run_areas(request, *words); };
}

}  // namespace zt::app
