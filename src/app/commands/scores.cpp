// `scores`: ranks the units by the score of a period.

#include "views/scores.hpp"

#include "app/commands/all.hpp"
#include "app/data.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace zt::app {

namespace {

struct ScoresOptions {
    DataOptions data;
    std::string period;
    std::string pack = "jungar";
    std::int64_t known_at = 0;
};

Result<int> run_scores(const Request& request, const ScoresOptions& options) {
    TRY(auto period, views::parse_period(options.period));
    TRY(auto tenant, open_data(request, options.data, store::Access::read));
    TRY(const auto definitions, Definitions::find(request.kinds_folder));
    TRY(const auto score, definitions.score(options.pack, tenant->rules().kinds));
    views::ScoreQuery query;
    query.period = std::move(period);
    if (options.known_at > 0) {
        query.known_at = options.known_at;
    }
    const auto table = views::scores_of(tenant->figures(), score, query, names_in(*tenant).org);
    if (request.is_json) {
        request.out() << views::to_json(table) << '\n';
    } else {
        request.out() << views::to_text(table, request.language);
    }
    return exit_fine;
}

}  // namespace

void add_scores(const Registration& here) {
    const auto options = std::make_shared<ScoresOptions>();
    add_data_options(here, options->data);
    here.app.add_option("--period", options->period, here.help("period"))->required();
    here.app.add_option("--pack", options->pack, here.help("pack"))->capture_default_str();
    here.app.add_option("--known-at", options->known_at, here.help("known_at"))
        ->check(CLI::PositiveNumber);
    here.run = [options](const Request& request) { return run_scores(request, *options); };
}

}  // namespace zt::app
