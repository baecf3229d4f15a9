// `scores`: ranks the units by the score of a period, says why one changed between two periods, and
// how units would stand under another score.

#include "views/scores.hpp"

#include "app/commands/all.hpp"
#include "app/data.hpp"
#include "views/score_changes.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace zt::app {

namespace {

struct ScoresOptions {
    DataOptions data;
    std::string period;
    std::string pack = "jungar";
    std::string simulate, explain;
    std::vector<std::string> between;
    std::int64_t known_at = 0;
};

class Scoring {
  public:
    static Result<Scoring> begin(const Request& request, const ScoresOptions& options) {
        TRY(auto tenant, open_data(request, options.data, store::Access::read));
        TRY(auto definitions, Definitions::find(request.kinds_folder));
        return Scoring(std::move(tenant), std::move(definitions), options.known_at);
    }
    /// in: a name of packs/scores, or a file that ends with .yaml.
    Result<Score> score(const std::string& pack) const {
        const Kinds& kinds = tenant_->rules().kinds;
        if (!pack.ends_with(".yaml")) {
            return definitions_.score(pack, kinds);
        }
        TRY(const auto text, kindfile::read_text_file(pack));
        const auto file = kindfile::read_score_file(text, pack);
        if (!file) {
            return std::unexpected(file.error().front());
        }
        if (const auto errors = kindfile::check_score(*file, kinds); !errors.empty()) {
            return std::unexpected(errors.front());
        }
        return file->score;
    }
    Result<views::ScoreTable> table(const Score& score, const std::string& period) {
        views::ScoreQuery query;
        TRY(query.period, views::parse_period(period));
        if (known_at_ > 0) {
            query.known_at = known_at_;
        }
        return views::scores_of(tenant_->figures(), score, query, names_in(*tenant_).org);
    }

  private:
    Scoring(std::unique_ptr<service::Tenant> tenant, Definitions definitions, Seq known_at)
        : tenant_(std::move(tenant)), definitions_(std::move(definitions)), known_at_(known_at) {}

    std::unique_ptr<service::Tenant> tenant_;
    Definitions definitions_;
    Seq known_at_ = 0;
};

Result<int> run_explain(const Request& request, const ScoresOptions& options) {
    TRY(auto scoring, Scoring::begin(request, options));
    TRY(const auto score, scoring.score(options.pack));
    TRY(const auto before, scoring.table(score, options.between.front()));
    TRY(const auto after, scoring.table(score, options.between.back()));
    TRY(const auto changes, views::changes_of(before, after, options.explain));
    request.out()
        << (request.is_json ? views::to_json(changes) + "\n"
                            : views::to_text(changes, request.language));
    return exit_fine;
}

Result<int> run_scores(const Request& request, const ScoresOptions& options) {
    if (!options.explain.empty()) {
        return run_explain(request, options);
    }
    if (options.period.empty()) {
        return fail(Errc::missing_field, "which period: 2022-08, 2022-Q3, 2022", "--period");
    }
    TRY(auto scoring, Scoring::begin(request, options));
    TRY(const auto score, scoring.score(options.pack));
    TRY(const auto table, scoring.table(score, options.period));
    if (options.simulate.empty()) {
        request.out()
            << (request.is_json ? views::to_json(table) + "\n"
                                : views::to_text(table, request.language));
        return exit_fine;
    }
    TRY(const auto other, scoring.score(options.simulate));
    TRY(const auto simulated, scoring.table(other, options.period));
    request.out()
        << (request.is_json ? views::simulation_json(table, simulated) + "\n"
                            : views::simulation_text(table, simulated, request.language));
    return exit_fine;
}

}  // namespace

void add_scores(const Registration& here) {
    const auto options = std::make_shared<ScoresOptions>();
    add_data_options(here, options->data);
    auto* explain = here.app.add_option("--explain", options->explain, here.help("explain"));
    here.app.add_option("--period", options->period, here.help("period"));
    here.app.add_option("--pack", options->pack, here.help("pack"))->capture_default_str();
    here.app.add_option("--known-at", options->known_at, here.help("known_at"))
        ->check(CLI::PositiveNumber);
    here.app.add_option("--simulate", options->simulate, here.help("simulate"))->excludes(explain);
    auto* between = here.app.add_option("--between", options->between, here.help("between"));
    between->expected(2)->needs(explain);
    explain->needs(between);
    here.run = [options](const Request& request) { return run_scores(request, *options); };
}

}  // namespace zt::app
