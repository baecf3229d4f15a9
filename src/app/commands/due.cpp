// `due`: when is something due, and why that day.

#include "app/commands/all.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "calendar/calendar.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>
#include <ostream>

namespace zt::app {

namespace {

struct DueOptions {
    std::string calendar = "cn", from, add;
    std::vector<std::string> pauses;
};

/// A day by itself as the end of a pause means that the whole day is paused.
Result<UtcMs> pause_end(std::string_view text, OfficeOffset offset) {
    if (const auto day = parse_date(text)) {
        return start_of(*day + std::chrono::days{1}, offset);
    }
    return parse_instant(text, offset);
}

/// FROM/UNTIL:REASON. Instants hold colons themselves: the longest front that is an instant is
/// UNTIL.
Result<calendar::Pause> parse_pause(const std::string& text, OfficeOffset offset) {
    const auto wrong = [&] {
        return fail(
            Errc::bad_usage,
            "--pause '" + text +
                "': FROM/UNTIL:REASON is expected, as 2026-02-24/2026-02-25:supplement; "
                "without UNTIL it goes on"
        );
    };
    const std::size_t slash = text.find('/');
    if (slash == std::string::npos) {
        return wrong();
    }
    const auto from = parse_instant(text.substr(0, slash), offset);
    if (!from) {
        return wrong();
    }
    const std::string rest = text.substr(slash + 1);
    for (std::size_t colon = rest.rfind(':'); colon != std::string::npos && colon > 0;
         colon = rest.rfind(':', colon - 1)) {
        const auto until = pause_end(rest.substr(0, colon), offset);
        if (until && *until > *from && colon + 1 < rest.size()) {
            return calendar::Pause{*from, *until, rest.substr(colon + 1)};
        }
    }
    if (rest.starts_with(':') && rest.size() > 1) {
        return calendar::Pause{*from, std::nullopt, rest.substr(1)};
    }
    return wrong();
}

Json day_json(const calendar::ProofDay& day) {
    Json json = Json::object();
    json.set("day", to_string(day.day))
        .set("mark", name_of(day.mark))
        .set("kind", name_of(day.kind));
    json.set("counted", day.counted);
    if (!day.name.empty()) {
        json.set("name", day.name);
    }
    if (!day.pause_reason.empty()) {
        json.set("pause", day.pause_reason);
    }
    return json;
}

Json proof_json(const calendar::Proof& proof, const calendar::Calendar& calendar) {
    Json days = Json::array();
    for (const auto& day : proof.days) {
        days.push(day_json(day));
    }
    Json json = Json::object();
    json.set("calendar", calendar.name).set("calendar_version", std::int64_t{calendar.version});
    json.set("from", to_office_string(proof.start, calendar.offset))
        .set("length", calendar::to_string(proof.length));
    json.set("days", std::move(days)).set("is_cut", proof.cut);
    const bool is_never = proof.due.at == calendar::never;
    json.set(
        "due",
        is_never ? Json()
                 : Json(to_string(calendar::shown_day(calendar, proof.due.at, proof.length)))
    );
    json.set("due_at", is_never ? Json() : Json(to_office_string(proof.due.at, calendar.offset)));
    return json.set("provisional", proof.due.provisional);
}

class DuePrinter {
  public:
    DuePrinter(
        const Request& request, const calendar::Calendar& calendar, const calendar::Proof& proof
    )
        : request_(request), calendar_(calendar), proof_(proof) {}

    void print() const {
        request_.out() << request_.text(
                              "cli.due.head",
                              {{"from", to_office_string(proof_.start, calendar_.offset)},
                               {"length", calendar::to_string(proof_.length)},
                               {"calendar", calendar_.name},
                               {"version", std::to_string(calendar_.version)}}
                          )
                       << '\n';
        for (const auto& day : proof_.days) {
            request_.out() << "  " << to_string(day.day) << ' ' << weekday(day.day) << "  "
                           << what_of(day) << '\n';
        }
        if (proof_.cut) {
            request_.out() << "  …\n";
        }
        request_.out() << last_line() << '\n';
    }

  private:
    [[nodiscard]] std::string weekday(Date day) const {
        return request_.text(
            "cli.weekdays." + std::to_string(std::chrono::weekday(day).iso_encoding())
        );
    }
    [[nodiscard]] bool counts_minutes() const {
        return proof_.length.unit == calendar::Unit::hours ||
               proof_.length.unit == calendar::Unit::service_hours;
    }
    [[nodiscard]] std::string count_of(const calendar::ProofDay& day) const {
        if (!counts_minutes()) {
            return std::to_string(day.counted);
        }
        return fmt::format("{}:{:02}", day.counted / 60, day.counted % 60);
    }
    [[nodiscard]] std::string why(const calendar::ProofDay& day) const {
        std::string kind = request_.text("cli.due.kinds." + std::string(name_of(day.kind)));
        if (day.name.empty()) {
            return kind;
        }
        return request_.text("cli.due.named", {{"kind", kind}, {"name", day.name}});
    }
    [[nodiscard]] std::string what_of(const calendar::ProofDay& day) const {
        std::string key = "cli.due.marks." + std::string(name_of(day.mark));
        if (counts_minutes() && day.mark == calendar::DayMark::counted) {
            key = "cli.due.marks.minutes";
        }
        std::string line = request_.text(
            key, {{"count", count_of(day)}, {"why", why(day)}, {"pause", day.pause_reason}}
        );
        if (!day.pause_reason.empty() && day.mark != calendar::DayMark::paused) {
            line += request_.text("cli.due.paused_in_part", {{"pause", day.pause_reason}});
        }
        return line;
    }
    [[nodiscard]] std::string last_line() const {
        if (proof_.due.at == calendar::never) {
            return request_.text("cli.due.never");
        }
        const std::string day =
            to_string(calendar::shown_day(calendar_, proof_.due.at, proof_.length));
        return request_.text(
            counts_minutes() ? "cli.due.at_minute" : "cli.due.at_day",
            {{"day", day}, {"at", to_office_string(proof_.due.at, calendar_.offset)}}
        );
    }

    const Request& request_;
    const calendar::Calendar& calendar_;
    const calendar::Proof& proof_;
};

Result<int> run_due(const Request& request, const DueOptions& options) {
    TRY(const auto definitions, Definitions::find(request.kinds_folder));
    TRY(const auto calendar, definitions.calendar(options.calendar));
    TRY(const auto from, parse_instant(options.from, calendar.offset));
    TRY(const auto length, calendar::parse_length(options.add));
    std::vector<calendar::Pause> pauses;
    for (const auto& text : options.pauses) {
        TRY(auto pause, parse_pause(text, calendar.offset));
        pauses.push_back(std::move(pause));
    }
    std::ranges::sort(pauses, {}, &calendar::Pause::from);
    TRY(const auto proof, calendar::explain(calendar, from, length, pauses));
    if (request.is_json) {
        print_json(request, proof_json(proof, calendar));
    } else {
        DuePrinter(request, calendar, proof).print();
    }
    return exit_fine;
}

}  // namespace

void add_due(const Registration& here) {
    const auto options = std::make_shared<DueOptions>();
    here.app.add_option("--calendar", options->calendar, here.help("calendar"))
        ->capture_default_str();
    here.app.add_option("--from", options->from, here.help("from"))->required();
    here.app.add_option("--add", options->add, here.help("add"))->required();
    here.app.add_option("--pause", options->pauses, here.help("pause"));
    here.run = [options](const Request& request) { return run_due(request, *options); };
}

}  // namespace zt::app
