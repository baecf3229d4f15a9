// `burden`: what each unit was asked for, by month and by who asked.

#include "views/burden.hpp"

#include "app/commands/all.hpp"
#include "app/data.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace zt::app {

namespace {

struct BurdenOptions {
    DataOptions data;
    std::string period, unit;
    bool is_csv = false;
};

Result<int> run_burden(const Request& request, const BurdenOptions& options) {
    TRY(const auto period, views::parse_period(options.period));
    TRY(auto tenant, open_data(request, options.data, store::Access::read));
    const Directory& directory = tenant->ledger().directory();
    auto table = views::burden_of(
        tenant->figures(),
        period,
        [&](PostId post) {
            const Post* sender = directory.post(post);
            return sender == nullptr ? OrgId{} : sender->org;
        },
        names_in(*tenant).org
    );
    if (!options.unit.empty()) {
        std::erase_if(table.rows, [&](const views::BurdenRow& row) {
            return row.unit_name != options.unit;
        });
        if (table.rows.empty()) {
            return fail(
                Errc::not_found,
                "nothing was asked of a unit '" + options.unit + "' in " + period.text,
                "--unit"
            );
        }
    }
    if (options.is_csv) {
        request.out() << views::to_csv(table, request.language);
    } else if (request.is_json) {
        request.out() << views::to_json(table) << '\n';
    } else {
        request.out() << views::to_text(table, request.language);
    }
    return exit_fine;
}

}  // namespace

void add_burden(const Registration& here) {
    const auto options = std::make_shared<BurdenOptions>();
    add_data_options(here, options->data);
    here.app.add_option("--period", options->period, here.help("period"))->required();
    here.app.add_option("--unit", options->unit, here.help("unit"));
    here.app.add_flag("--csv", options->is_csv, here.help("csv"));
    here.run = [options](const Request& request) { return run_burden(request, *options); };
}

}  // namespace zt::app
