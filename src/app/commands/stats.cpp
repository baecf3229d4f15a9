// `stats`: every indicator as of a day, in all or by dimensions, with the matters behind one.

#include "app/commands/all.hpp"
#include "app/data.hpp"
#include "base/text.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace zt::app {

namespace {

struct StatsOptions {
    DataOptions data;
    std::string as_of, by, list;
    std::int64_t known_at = 0;
    std::vector<std::string> kinds;
};

Result<std::vector<std::string>> numbers_behind(
    service::Tenant& tenant, const std::string& indicator, const views::FigureQuery& query
) {
    TRY(const auto matters, tenant.figures().list(indicator, query));
    std::vector<std::string> numbers;
    for (const MatterId id : matters) {
        TRY(const auto row, tenant.store().matter(id));
        if (row) {
            numbers.push_back(row->number.empty() ? "#" + std::to_string(id.value) : row->number);
        }
    }
    return numbers;
}

Result<views::FigureQuery> query_of(const StatsOptions& options) {
    views::FigureQuery query;
    if (!options.as_of.empty()) {
        TRY(query.as_of, parse_date(options.as_of));
    }
    if (options.known_at > 0) {
        query.known_at = options.known_at;
    }
    if (!options.by.empty()) {
        query.by = split(options.by, ',');
    }
    query.kinds = options.kinds;
    return query;
}

Result<int> run_stats(const Request& request, const StatsOptions& options) {
    TRY(const auto query, query_of(options));
    TRY(auto tenant, open_data(request, options.data, store::Access::read));
    TRY(const auto table, tenant->figures().table(query, names_in(*tenant)));
    std::optional<std::vector<std::string>> numbers;
    if (!options.list.empty()) {
        TRY(numbers, numbers_behind(*tenant, options.list, query));
    }
    if (request.is_json) {
        request.out() << views::to_json(table, query.by, numbers) << '\n';
        return exit_fine;
    }
    request.out() << views::to_text(table, query.by, request.language);
    for (const auto& number : numbers.value_or(std::vector<std::string>())) {
        request.out() << number << '\n';
    }
    return exit_fine;
}

}  // namespace

void add_stats(const Registration& here) {
    const auto options = std::make_shared<StatsOptions>();
    add_data_options(here, options->data);
    here.app.add_option("--as-of", options->as_of, here.help("as_of"));
    here.app.add_option("--known-at", options->known_at, here.help("known_at"))
        ->check(CLI::PositiveNumber);
    here.app.add_option("--by", options->by, here.help("by"));
    here.app.add_option("--list", options->list, here.help("list"));
    here.app.add_option("--kind", options->kinds, here.help("kind"));
    here.run = [options](const Request& request) { return run_stats(request, *options); };
}

}  // namespace zt::app
