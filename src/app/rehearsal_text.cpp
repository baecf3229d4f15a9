#include "app/rehearsal_text.hpp"

#include "views/share.hpp"
#include "views/text_table.hpp"

#include <algorithm>

namespace zt::app {

namespace {

using service::ClockDifference;
using views::Align;

struct ClockSums {
    std::int64_t due_changed = 0, would_be_late = 0, no_longer_late = 0;
};

/// "appeal.handle" → what would change.
std::map<std::string, ClockSums> by_clock(const std::vector<ClockDifference>& all) {
    std::map<std::string, ClockSums> sums;
    for (const ClockDifference& one : all) {
        ClockSums& sum = sums[one.kind + "." + one.clock];
        sum.due_changed += one.due_before != one.due_after ? 1 : 0;
        sum.would_be_late += !one.was_late && one.would_be_late ? 1 : 0;
        sum.no_longer_late += one.was_late && !one.would_be_late ? 1 : 0;
    }
    return sums;
}

struct UnitChange {
    std::string name;
    OrgId org;
    std::optional<ScoreLine> before, after;
};

bool is_changed(const UnitChange& unit) {
    return !unit.before || !unit.after || unit.before->raw != unit.after->raw ||
           unit.before->normalised != unit.after->normalised ||
           unit.before->rank != unit.after->rank;
}

std::vector<UnitChange> changes_of(const RehearsalReport& report) {
    std::map<OrgId, UnitChange> units;
    for (const bool is_after : {false, true}) {
        const views::ScoreTable& table = is_after ? report.after : report.before;
        for (std::size_t i = 0; i < table.lines.size(); ++i) {
            UnitChange& unit = units[table.lines[i].org];
            unit.name = table.names[i];
            unit.org = table.lines[i].org;
            (is_after ? unit.after : unit.before) = table.lines[i];
        }
    }
    std::vector<UnitChange> changed;
    for (auto& [org, unit] : units) {
        if (is_changed(unit)) {
            changed.push_back(std::move(unit));
        }
    }
    return changed;
}

std::string points(std::int64_t amount) { return views::decimal_text(amount, score_unit); }

std::string score_cell(const std::optional<ScoreLine>& line) {
    return line && line->normalised ? points(*line->normalised) : "–";
}

std::string rank_cell(const std::optional<ScoreLine>& line) {
    return line && line->rank > 0 ? std::to_string(line->rank) : "–";
}

Json line_json(const std::optional<ScoreLine>& line) {
    if (!line) {
        return {};
    }
    return Json::object()
        .set("raw", points(line->raw))
        .set("normalised", line->normalised ? Json(points(*line->normalised)) : Json())
        .set("rank", line->rank > 0 ? Json(line->rank) : Json());
}

std::vector<std::string> heads(const Request& request, std::initializer_list<const char*> keys) {
    std::vector<std::string> out;
    for (const char* const key : keys) {
        out.push_back(request.text(std::string("cli.kinds.rehearse.") + key));
    }
    return out;
}

std::string clocks_text(const RehearsalReport& report, const Request& request) {
    views::TextTable table;
    table.head = heads(request, {"clock", "due_changed", "would_be_late", "no_longer_late"});
    table.align = {Align::left, Align::right, Align::right, Align::right};
    for (const auto& [clock, sum] : by_clock(report.rehearsal.differences)) {
        table.rows.push_back(
            {clock,
             std::to_string(sum.due_changed),
             std::to_string(sum.would_be_late),
             std::to_string(sum.no_longer_late)}
        );
    }
    return views::to_text(table);
}

std::string lapses_text(const RehearsalReport& report, const Request& request) {
    views::TextTable table;
    table.head = heads(request, {"number", "clock", "due_before", "due_after", "becomes"});
    table.align.assign(table.head.size(), Align::left);
    std::size_t left_out = 0;
    for (const ClockDifference& one : report.rehearsal.differences) {
        if (one.was_late == one.would_be_late) {
            continue;
        }
        if (table.rows.size() == differences_printed) {
            ++left_out;
            continue;
        }
        table.rows.push_back(
            {one.number,
             one.kind + "." + one.clock,
             to_office_string(one.due_before, report.offset),
             to_office_string(one.due_after, report.offset),
             request.text(
                 one.would_be_late ? "cli.kinds.rehearse.late" : "cli.kinds.rehearse.in_time"
             )}
        );
    }
    if (table.rows.empty()) {
        return request.text("cli.kinds.rehearse.no_lapses") + "\n";
    }
    std::string text = views::to_text(table);
    if (left_out > 0) {
        text += request.text("cli.kinds.rehearse.left_out", {{"count", std::to_string(left_out)}}) +
                "\n";
    }
    return text;
}

std::string scores_text(const RehearsalReport& report, const Request& request) {
    views::TextTable table;
    table.head =
        heads(request, {"unit", "score_before", "score_after", "rank_before", "rank_after"});
    table.align = {Align::left, Align::right, Align::right, Align::right, Align::right};
    for (const UnitChange& unit : changes_of(report)) {
        table.rows.push_back(
            {unit.name,
             score_cell(unit.before),
             score_cell(unit.after),
             rank_cell(unit.before),
             rank_cell(unit.after)}
        );
    }
    const std::string name = report.after.score.name;
    return table.rows.empty()
               ? request.text("cli.kinds.rehearse.no_scores", {{"score", name}}) + "\n"
               : request.text("cli.kinds.rehearse.scores", {{"score", name}}) + "\n" +
                     views::to_text(table);
}

}  // namespace

std::string to_text(const RehearsalReport& report, const Request& request) {
    const auto& rehearsal = report.rehearsal;
    std::string text = request.text(
        "cli.kinds.rehearse.head",
        {{"pack", report.pack},
         {"from", to_string(report.period.from)},
         {"until", to_string(report.period.until)},
         {"matters", std::to_string(rehearsal.matters)},
         {"clocks", std::to_string(rehearsal.clocks)}}
    );
    text += "\n";
    if (rehearsal.differences.empty()) {
        text += request.text("cli.kinds.rehearse.same") + "\n";
    } else {
        text += clocks_text(report, request) + "\n" + lapses_text(report, request) + "\n";
    }
    return text + scores_text(report, request) +
           request.text("cli.kinds.rehearse.seq", {{"seq", std::to_string(rehearsal.seq)}}) + "\n";
}

Json to_json(const RehearsalReport& report) {
    const auto& rehearsal = report.rehearsal;
    Json clocks = Json::array(), changes = Json::array(), units = Json::array();
    for (const auto& [clock, sum] : by_clock(rehearsal.differences)) {
        clocks.push(Json::object()
                        .set("clock", clock)
                        .set("due_changed", sum.due_changed)
                        .set("would_be_late", sum.would_be_late)
                        .set("no_longer_late", sum.no_longer_late));
    }
    for (const ClockDifference& one : rehearsal.differences) {
        changes.push(Json::object()
                         .set("number", one.number)
                         .set("clock", one.kind + "." + one.clock)
                         .set("due_before", to_office_string(one.due_before, report.offset))
                         .set("due_after", to_office_string(one.due_after, report.offset))
                         .set("was_late", one.was_late)
                         .set("would_be_late", one.would_be_late));
    }
    for (const UnitChange& unit : changes_of(report)) {
        units.push(Json::object()
                       .set("org_id", unit.org.value)
                       .set("org", unit.name)
                       .set("before", line_json(unit.before))
                       .set("after", line_json(unit.after)));
    }
    return Json::object()
        .set("pack", report.pack)
        .set("from", to_string(report.period.from))
        .set("until", to_string(report.period.until))
        .set("seq", rehearsal.seq)
        .set("matters", rehearsal.matters)
        .set("clocks", rehearsal.clocks)
        .set("by_clock", std::move(clocks))
        .set("changes", std::move(changes))
        .set("score", report.after.score.name)
        .set("units", std::move(units));
}

}  // namespace zt::app
