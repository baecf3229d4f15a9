// `systems`: the systems of a place, which kinds carry each, and what it lacks.

#include "app/commands/all.hpp"
#include "app/findings.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

#include <ostream>

namespace zt::app {

namespace {

Json array_of(const std::vector<std::string>& texts) {
    Json out = Json::array();
    for (const std::string& text : texts) {
        out.push(text);
    }
    return out;
}

/// What the row says it lacks, and the kinds it names that are not there.
std::vector<std::string> lacks_of(const kindfile::System& system, const Kinds& kinds) {
    std::vector<std::string> out = system.missing;
    for (const std::string& name : system.kinds) {
        if (kinds.newest(name) == nullptr) {
            out.push_back("kind " + name);
        }
    }
    return out;
}

void print_row(
    const Request& request, const kindfile::System& system, const std::vector<std::string>& lacks
) {
    const bool is_zh = request.language == Language::zh;
    const std::string& title = is_zh ? system.title.zh : system.title.en;
    if (request.is_json) {
        request.out() << to_canonical(Json::object()
                                          .set("id", system.id)
                                          .set("title", title)
                                          .set("ring", system.ring)
                                          .set("kinds", array_of(system.kinds))
                                          .set("done", lacks.empty())
                                          .set("missing", array_of(lacks)))
                      << '\n';
        return;
    }
    request.out() << request.text(
                         lacks.empty() ? "cli.systems.done" : "cli.systems.lacks",
                         {{"id", system.id},
                          {"title", title},
                          {"kinds", system.kinds.empty() ? "–" : join(system.kinds, ", ")},
                          {"missing", join(lacks, "; ")}}
                     )
                  << '\n';
}

Result<int> run_systems(const Request& request) {
    TRY(const auto definitions, Definitions::find(request.kinds_folder));
    const auto kinds = definitions.kinds();
    const auto systems = definitions.systems();
    kindfile::Errors errors = kinds ? kindfile::Errors{} : kinds.error();
    add_errors(errors, systems ? kindfile::Errors{} : systems.error());
    if (!errors.empty()) {
        return print_findings(request, errors);
    }
    for (const kindfile::System& system : *systems) {
        print_row(request, system, lacks_of(system, kinds->kinds));
    }
    return exit_fine;
}

}  // namespace

void add_systems(const Registration& here) { here.run = run_systems; }

}  // namespace zt::app
