// `show`: one matter's life.

#include "app/commands/all.hpp"
#include "app/life.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace zt::app {

namespace {

struct ShowOptions {
    DataOptions data;
    std::string number;
    LifeOptions life;
};

Result<int> run_show(const Request& request, const ShowOptions& options) {
    TRY(auto tenant, open_data(request, options.data, store::Access::read));
    TRY(const MatterId matter, tenant->ledger().find_number(options.number));
    TRY(const Life life, life_of(*tenant, matter));
    if (request.is_json) {
        print_json(request, life_json(request, *tenant, life, options.life));
    } else {
        print_life(request, *tenant, life, options.life);
    }
    return exit_fine;
}

}  // namespace

void add_show(const Registration& here) {
    const auto options = std::make_shared<ShowOptions>();
    add_data_options(here, options->data);
    here.app.add_option("number", options->number, here.help("number"))->required();
    here.app.add_flag("--notices", options->life.has_notices, here.help("notices"));
    here.app.add_flag("--proof", options->life.has_proof, here.help("proof"));
    here.run = [options](const Request& request) { return run_show(request, *options); };
}

}  // namespace zt::app
