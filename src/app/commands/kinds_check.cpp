// `kinds check`: proves every kind and pack sound; with a place file also says who fills each role
// there.

#include "app/commands/all.hpp"
#include "app/findings.hpp"
#include "app/scenario/memory_tenant.hpp"
#include "base/json.hpp"
#include "kindfile/check.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace zt::app {

namespace {

using kindfile::Errors;

struct CheckOptions {
    std::string folder, place;
};

/// The same finding under several packs is told once.
void add_new(Errors& all, const Errors& more) {
    for (const auto& error : more) {
        if (std::ranges::find(all, error) == all.end()) {
            all.push_back(error);
        }
    }
}

Errors check_all(const kindfile::LoadedKinds& kinds, const kindfile::LoadedPacks& packs) {
    Errors errors;
    for (const auto& file : kinds.files) {
        for (const auto& [name, pack] : packs.packs) {
            add_new(errors, kindfile::check_kind(file, pack, kinds.kinds));
        }
    }
    for (const auto& file : packs.files) {
        add_errors(errors, kindfile::check_pack(file, kinds.kinds));
    }
    return errors;
}

/// The place file's own directory, as genesis makes it.
Result<std::unique_ptr<scenario::MemoryTenant>>
tenant_of(const Request& request, const Definitions& definitions, kindfile::Place place) {
    scenario::Beginning beginning;
    TRY(beginning.definitions, definitions.service_definitions());
    beginning.pack = place.pack;
    beginning.calendar = place.calendar;
    beginning.place = std::move(place);
    beginning.at = request.world.clock->now();
    return scenario::MemoryTenant::make(beginning);
}

Json lines_json(const std::vector<std::string>& lines) {
    Json list = Json::array();
    for (const auto& line : lines) {
        list.push(line);
    }
    return list;
}

void print_report(const Request& request, const kindfile::PlaceReport& report) {
    for (const auto& line : report.lines) {
        request.out() << line << '\n';
    }
    for (const auto& line : report.missing) {
        request.out() << "! " << line << '\n';
    }
}

/// Who fills each role in that place today. A role that nobody fills at one office is told, not
/// refused: the top of a place never has a level above.
Result<int>
print_place(const Request& request, const Definitions& definitions, const std::string& name) {
    TRY(const auto text, definitions.place(name));
    auto place = kindfile::read_place(text.text, text.file);
    if (!place) {
        return print_errors(request, place.error());
    }
    TRY(const auto tenant, tenant_of(request, definitions, *std::move(place)));
    const Date day = office_date(request.world.clock->now(), tenant->offset());
    Json kinds = Json::object();
    for (const Kind* kind : tenant->rules().kinds.all_newest()) {
        const auto report = kindfile::check_place(*kind, tenant->ledger().directory(), day);
        if (!request.is_json) {
            print_report(request, report);
        }
        Json one = Json::object();
        one.set("filled", lines_json(report.lines)).set("missing", lines_json(report.missing));
        kinds.set(kind->name, std::move(one));
    }
    if (request.is_json) {
        print_json(
            request,
            Json::object()
                .set("is_sound", true)
                .set("place", text.file)
                .set("kinds", std::move(kinds))
        );
    }
    return exit_fine;
}

Result<int> run_check(const Request& request, const CheckOptions& options) {
    TRY(const auto definitions,
        Definitions::find(options.folder.empty() ? request.kinds_folder : options.folder));
    auto kinds = definitions.kinds();
    auto packs = definitions.packs();
    if (!kinds || !packs) {
        Errors errors = kinds ? Errors{} : kinds.error();
        add_errors(errors, packs ? Errors{} : packs.error());
        return print_findings(request, errors);
    }
    if (const Errors errors = check_all(*kinds, *packs); !errors.empty()) {
        return print_findings(request, errors);
    }
    if (!options.place.empty()) {
        return print_place(request, definitions, options.place);
    }
    const auto count = static_cast<std::int64_t>(kinds->files.size());
    const auto pack_count = static_cast<std::int64_t>(packs->files.size());
    if (request.is_json) {
        print_json(
            request,
            Json::object().set("is_sound", true).set("kinds", count).set("packs", pack_count)
        );
    } else {
        request.out() << request.text(
                             "cli.kinds.check.sound",
                             {{"count", std::to_string(count)},
                              {"packs", std::to_string(pack_count)}}
                         )
                      << '\n';
    }
    return exit_fine;
}

}  // namespace

void add_kinds_check(const Registration& here) {
    const auto options = std::make_shared<CheckOptions>();
    here.app.add_option("folder", options->folder, here.help("folder"));
    here.app.add_option("--place", options->place, here.help("place"));
    here.run = [options](const Request& request) { return run_check(request, *options); };
}

}  // namespace zt::app
