// `bulletin`: what a place publishes of a period, unit by unit.

#include "views/bulletin.hpp"

#include "app/commands/all.hpp"
#include "app/data.hpp"
#include "http/bulletin_file.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace zt::app {

namespace {

struct BulletinOptions {
    DataOptions data;
    std::string period;
    std::int64_t known_at = 0;
    std::vector<std::string> kinds;
    bool is_csv = false;
    std::string pdf, xlsx;  ///< files to write
};

/// Writes the file when one is named.
Result<void> write_as(
    const views::Bulletin& bulletin,
    const service::BulletinIssue& issue,
    const std::string& format,
    const std::string& file
) {
    if (file.empty()) {
        return {};
    }
    TRY(const auto reply, http::bulletin_reply(bulletin, &format, issue));
    return write_output(file, reply.body);
}

Result<int> run_bulletin(const Request& request, const BulletinOptions& options) {
    TRY(auto period, views::parse_period(options.period));
    TRY(auto tenant, open_data(request, options.data, store::Access::read));
    views::BulletinQuery query;
    query.period = std::move(period);
    query.kinds = options.kinds;
    if (options.known_at > 0) {
        query.known_at = options.known_at;
    }
    const auto bulletin = views::bulletin_of(tenant->figures(), query, names_in(*tenant).org);
    const Date today = office_date(request.world.clock->now(), tenant->rules().calendar.offset);
    const auto& directory = tenant->ledger().directory();
    const service::BulletinIssue issue{
        texts_of(Language::zh), http::publishing_office(directory, today), today, ""
    };
    TRY_VOID(write_as(bulletin, issue, "pdf", options.pdf));
    TRY_VOID(write_as(bulletin, issue, "xlsx", options.xlsx));
    if (!options.pdf.empty() || !options.xlsx.empty()) {
        return exit_fine;
    }
    if (options.is_csv) {
        request.out() << views::to_csv(bulletin);
    } else if (request.is_json) {
        request.out() << views::to_json(bulletin) << '\n';
    } else {
        request.out() << views::to_text(bulletin, request.language);
    }
    return exit_fine;
}

}  // namespace

void add_bulletin(const Registration& here) {
    const auto options = std::make_shared<BulletinOptions>();
    add_data_options(here, options->data);
    here.app.add_option("--period", options->period, here.help("period"))->required();
    here.app.add_option("--known-at", options->known_at, here.help("known_at"))
        ->check(CLI::PositiveNumber);
    here.app.add_option("--kind", options->kinds, here.help("kind"));
    here.app.add_option("--pdf", options->pdf, here.help("pdf"));
    here.app.add_option("--xlsx", options->xlsx, here.help("xlsx"));
    here.app.add_flag("--csv", options->is_csv, here.help("csv"));
    here.run = [options](const Request& request) { return run_bulletin(request, *options); };
}

}  // namespace zt::app
