// `import`: rows of a file, through a map, as matters with their own times.

#include "app/commands/all.hpp"
#include "app/data.hpp"
#include "app/import/importer.hpp"
#include "base/json.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>

namespace zt::app {

namespace {

struct ImportWords {
    DataOptions data;
    std::string map, file, rejects, until;
    bool is_rehearsal = false;
};

/// A bar that is drawn over itself while somebody watches; nothing otherwise.
class ProgressBar {
  public:
    explicit ProgressBar(const Request& request) : request_(request) {}
    ~ProgressBar() {
        if (is_drawn_) {
            request_.err() << '\n';
        }
    }
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    void draw(const ImportProgress& now) {
        constexpr std::int64_t width = 30;
        if (!request_.world.is_terminal) {
            return;
        }
        const std::int64_t filled = now.bytes == 0 ? 0 : width * now.bytes_read / now.bytes;
        const std::string bar(static_cast<std::size_t>(filled), '#');
        const std::string rest(static_cast<std::size_t>(width - filled), '.');
        const std::int64_t percent = now.bytes == 0 ? 0 : 100 * now.bytes_read / now.bytes;
        request_.err() << '\r'
                       << request_.text(
                              "cli.import.progress",
                              {{"bar", bar + rest},
                               {"percent", std::to_string(percent)},
                               {"rows", std::to_string(now.rows)},
                               {"rejected", std::to_string(now.rejected)}}
                          )
                       << std::flush;
        is_drawn_ = true;
    }

  private:
    const Request& request_;
    bool is_drawn_ = false;
};

/// A day means its end.
Result<UtcMs> parse_until(const std::string& text, OfficeOffset offset) {
    if (const auto day = parse_date(text)) {
        return start_of(*day + std::chrono::days{1}, offset) - Millis{1};
    }
    const auto at = parse_instant(text, offset);
    if (!at) {
        return fail(
            Errc::bad_usage,
            "--until '" + text +
                "' is no day or instant; right would be 2020-01-31 or 2020-01-31T12:00"
        );
    }
    return *at;
}

Json counts_json(const std::map<std::string, std::int64_t>& counts) {
    Json object = Json::object();
    for (const auto& [code, count] : counts) {
        object.set(code, count);
    }
    return object;
}

Json summary_json(const ImportSummary& summary, OfficeOffset offset) {
    Json json = Json::object();
    json.set("rows", summary.rows)
        .set("imported", summary.imported)
        .set("repeated", summary.repeated);
    json.set("rejected", summary.rejected)
        .set("rejected_by_code", counts_json(summary.rejected_by_code));
    json.set("events", summary.events)
        .set("estimated", summary.estimated)
        .set("lapsed", summary.lapsed);
    json.set("irregular", summary.irregular)
        .set("irregular_by_code", counts_json(summary.irregular_by_code));
    json.set("unknown_orgs", summary.unknown_orgs);
    json.set("until", summary.until ? Json(to_office_string(*summary.until, offset)) : Json());
    json.set("rejects", summary.rejects.empty() ? Json() : Json(summary.rejects));
    return json;
}

void print_counts(
    const Request& request, std::string_view key, const std::map<std::string, std::int64_t>& counts
) {
    for (const auto& [code, count] : counts) {
        const std::string* known = request.texts().find("errors." + code);
        const std::string what =
            known != nullptr ? *known : request.text("cli.import.marks." + code);
        request.out(
        ) << request.text(key, {{"count", std::to_string(count)}, {"code", code}, {"what", what}})
          << '\n';
    }
}

void print_summary(
    const Request& request,
    const ImportSummary& summary,
    const ImportWords& words,
    OfficeOffset offset
) {
    const auto count = [](std::int64_t value) { return std::to_string(value); };
    request.out() << request.text(
                         words.is_rehearsal ? "cli.import.rehearsed" : "cli.import.done",
                         {{"rows", count(summary.rows)},
                          {"imported", count(summary.imported)},
                          {"repeated", count(summary.repeated)},
                          {"rejected", count(summary.rejected)}}
                     )
                  << '\n';
    print_counts(request, "cli.import.rejected_line", summary.rejected_by_code);
    if (!summary.rejects.empty()) {
        request.out() << request.text("cli.import.side_file", {{"file", summary.rejects}}) << '\n';
    }
    request.out() << request.text(
                         "cli.import.events",
                         {{"events", count(summary.events)},
                          {"lapsed", count(summary.lapsed)},
                          {"estimated", count(summary.estimated)},
                          {"irregular", count(summary.irregular)}}
                     )
                  << '\n';
    print_counts(request, "cli.import.irregular_line", summary.irregular_by_code);
    if (summary.unknown_orgs > 0) {
        request.out(
        ) << request.text("cli.import.unknown_orgs", {{"count", count(summary.unknown_orgs)}})
          << '\n';
    }
    if (summary.until) {
        request.out() << request.text(
                             "cli.import.lapsed_until",
                             {{"until", to_office_string(*summary.until, offset)}}
                         )
                      << '\n';
    }
}

Result<std::unique_ptr<service::Tenant>>
open_for(const Request& request, const ImportWords& words) {
    DataOptions data = words.data;
    if (!words.is_rehearsal) {
        return open_data(request, data, store::Access::write);
    }
    // A rehearsal seals as an import does, and so asks for the key, but takes no lock.
    data.key = data.key.empty() ? data.data + ".key" : data.key;
    return open_data(request, data, store::Access::read);
}

Result<int> run_import(const Request& request, const ImportWords& words) {
    TRY(const auto definitions, Definitions::find(request.kinds_folder));
    TRY(const auto map_text, definitions.map(words.map));
    const auto map = kindfile::read_map_file(map_text.text, map_text.file);
    if (!map) {
        return print_errors(request, map.error());
    }
    TRY(auto tenant, open_for(request, words));
    const OfficeOffset offset = tenant->rules().calendar.offset;
    ImportOptions options;
    options.input = words.file;
    options.rejects = words.rejects;
    options.mode = words.is_rehearsal ? ImportMode::rehearse : ImportMode::commit;
    options.now = request.world.clock->now();
    if (!words.until.empty()) {
        TRY(options.until, parse_until(words.until, offset));
    }
    Result<ImportSummary> summary;
    {
        ProgressBar bar(request);
        summary = import_rows(tenant->ledger(), *map, options, [&](const ImportProgress& now) {
            bar.draw(now);
        });
    }
    if (!summary) {
        return std::unexpected(std::move(summary).error());
    }
    if (!words.is_rehearsal) {
        TRY_VOID(tenant->save_views());
    }
    if (request.is_json) {
        print_json(request, summary_json(*summary, offset));
    } else {
        print_summary(request, *summary, words, offset);
    }
    return summary->rejected == 0 ? exit_fine : exit_falls_short;
}

}  // namespace

void add_import(const Registration& here) {
    const auto words = std::make_shared<ImportWords>();
    add_data_options(here, words->data);
    here.app.add_option("--map", words->map, here.help("map"))->required();
    here.app.add_option("file", words->file, here.help("file"))->required();
    here.app.add_option("--rejects", words->rejects, here.help("rejects"));
    here.app.add_option("--until", words->until, here.help("until"));
    here.app.add_flag("--dry-run", words->is_rehearsal, here.help("dry_run"));
    here.run = [words](const Request& request) { return run_import(request, *words); };
}

}  // namespace zt::app
