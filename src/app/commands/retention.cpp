// `retention`: which matters have been kept as long as the pack says, and their erasing once a post
// has approved it (docs/operating/retention.md).

#include "service/retention.hpp"

#include "app/commands/all.hpp"
#include "app/data.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace zt::app {

namespace {

struct RetentionOptions {
    DataOptions data;
    bool is_list = false, is_run = false;
    std::string approved_by;
};

Json row_json(const service::RetentionRow& row) {
    return Json::object()
        .set("number", row.number)
        .set("kind", row.kind)
        .set("ended", to_string(row.ended))
        .set("until", to_string(row.until))
        .set("years", row.years)
        .set("source", row.source);
}

void print_report(const Request& request, const service::RetentionReport& report) {
    if (request.is_json) {
        Json due = Json::array();
        for (const auto& row : report.due) {
            due.push(row_json(row));
        }
        Json kept = Json::object();
        for (const auto& [why, count] : report.kept) {
            kept.set(why, count);
        }
        print_json(
            request,
            Json::object()
                .set("day", to_string(report.day))
                .set("due", std::move(due))
                .set("kept", std::move(kept))
        );
        return;
    }
    for (const auto& row : report.due) {
        request.out() << request.text(
                             "cli.retention.row",
                             {{"number", row.number},
                              {"kind", row.kind},
                              {"ended", to_string(row.ended)},
                              {"until", to_string(row.until)},
                              {"source", row.source}}
                         )
                      << '\n';
    }
    for (const auto& [why, count] : report.kept) {
        request.out(
        ) << request.text("cli.retention.kept." + why, {{"count", std::to_string(count)}})
          << '\n';
    }
    request.out(
    ) << request.text("cli.retention.due", {{"count", std::to_string(report.due.size())}})
      << '\n';
}

/// ORG.POST, by their codes as of that day.
Result<PostId> post_named(const Directory& directory, const std::string& name, Date day) {
    const std::size_t dot = name.rfind('.');
    const Org* org =
        dot == std::string::npos ? nullptr : directory.find_org(name.substr(0, dot), day);
    const Post* post =
        org == nullptr ? nullptr : directory.find_post(org->id, name.substr(dot + 1), day);
    if (post == nullptr) {
        return fail(
            Errc::unknown_post, "no post is called '" + name + "'; write ORG.POST, as office.signer"
        );
    }
    return post->id;
}

Result<int> run_retention_command(const Request& request, const RetentionOptions& options) {
    if (options.is_run == options.approved_by.empty()) {
        return fail(Errc::bad_usage, request.text("cli.retention.usage"));
    }
    const auto access = options.is_run ? store::Access::write : store::Access::read;
    TRY(auto tenant, open_data(request, options.data, access));
    const UtcMs now = request.world.clock->now();
    const Date today = office_date(now, tenant->rules().calendar.offset);
    TRY(const auto report, service::list_retention(tenant->ledger(), today));
    if (!options.is_run) {
        print_report(request, report);
        return exit_fine;
    }
    TRY(const PostId post, post_named(tenant->ledger().directory(), options.approved_by, today));
    TRY(const auto erased, service::run_retention(tenant->ledger(), report, post, now));
    TRY_VOID(tenant->save_views());
    if (request.is_json) {
        print_json(request, Json::object().set("erased", erased));
    } else {
        request.out() << request.text(
                             "cli.retention.erased",
                             {{"count", std::to_string(erased)}, {"post", options.approved_by}}
                         )
                      << '\n';
    }
    return exit_fine;
}

}  // namespace

void add_retention(const Registration& here) {
    const auto options = std::make_shared<RetentionOptions>();
    add_data_options(here, options->data);
    auto* list = here.app.add_flag("--list", options->is_list, here.help("list"));
    here.app.add_flag("--run", options->is_run, here.help("run"))->excludes(list);
    here.app.add_option("--approved-by", options->approved_by, here.help("approved_by"));
    here.run = [options](const Request& request) {
        return run_retention_command(request, *options);
    };
}

}  // namespace zt::app
