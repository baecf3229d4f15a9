#include "views/score_changes.hpp"

#include "base/check.hpp"
#include "base/text.hpp"
#include "views/impl/json_text.hpp"
#include "views/text_table.hpp"

#include <algorithm>
#include <map>

namespace zt::views {

using impl::JsonObject;

namespace {

std::string in(Language language, std::string_view zh, std::string_view en) {
    return std::string(language == Language::zh ? zh : en);
}

/// With a sign; 0 without.
std::string signed_text(std::int64_t amount) {
    return amount < 0 ? "-" + decimal_text(-amount, score_unit)
                      : (amount > 0 ? "+" : "") + decimal_text(amount, score_unit);
}

std::string number_json(std::int64_t amount) {
    return amount < 0 ? "-" + decimal_text(-amount, score_unit) : decimal_text(amount, score_unit);
}

std::optional<std::size_t> find_unit(const ScoreTable& table, const std::string& unit) {
    const auto found = std::ranges::find(table.names, unit);
    return found == table.names.end()
               ? std::nullopt
               : std::optional(static_cast<std::size_t>(found - table.names.begin()));
}

/// Of a unit that the period says nothing of.
ScoreLine blank_line(const Score& score) {
    ScoreLine line;
    line.indicators.resize(score.indicators.size());
    return line;
}

std::string value_text(const ScoreIndicator& indicator, const ScoredIndicator& scored) {
    if (scored.judged != Judged::yes) {
        return "–";
    }
    const std::string value = decimal_text(scored.value, score_unit);
    return is_rate(indicator) ? value + "% (n=" + std::to_string(scored.reading.denominator) + ")"
                              : value;
}

std::string points_text(const ScoredIndicator& scored) {
    return scored.judged == Judged::yes ? decimal_text(scored.points, score_unit) : "–";
}

std::string cell_json(const ScoredIndicator& scored) {
    const bool is_judged = scored.judged == Judged::yes;
    return JsonObject()
        .raw("value", is_judged ? decimal_text(scored.value, score_unit) : "null")
        .raw("points", is_judged ? decimal_text(scored.points, score_unit) : "null")
        .str();
}

std::string side_json(const Period& period, const ScoreLine& line) {
    return JsonObject()
        .text("period", period.text)
        .raw("raw", decimal_text(line.raw, score_unit))
        .raw("full", decimal_text(line.full, score_unit))
        .raw("normalised", line.normalised ? decimal_text(*line.normalised, score_unit) : "null")
        .raw("rank", line.rank > 0 ? std::to_string(line.rank) : "null")
        .str();
}

/// A unit in both tables; a line that one of them does not have is null.
struct Pair {
    const ScoreLine* now = nullptr;
    const ScoreLine* other = nullptr;
};

std::map<std::string, Pair> pairs_of(const ScoreTable& now, const ScoreTable& other) {
    std::map<std::string, Pair> out;
    for (std::size_t i = 0; i < now.lines.size(); ++i) {
        out[now.names[i]].now = &now.lines[i];
    }
    for (std::size_t i = 0; i < other.lines.size(); ++i) {
        out[other.names[i]].other = &other.lines[i];
    }
    return out;
}

std::string normalised_text(const ScoreLine* line) {
    return line == nullptr || !line->normalised ? "–" : decimal_text(*line->normalised, score_unit);
}

std::string rank_text(const ScoreLine* line, Language language) {
    return line == nullptr || line->rank == 0 ? in(language, "不排名", "not ranked")
                                              : std::to_string(line->rank);
}

std::string rank_json(const ScoreLine* line) {
    const bool is_ranked = line != nullptr && line->rank > 0;
    const std::int64_t normalised = is_ranked ? line->normalised.value_or(0) : 0;
    return JsonObject()
        .raw("normalised", is_ranked ? decimal_text(normalised, score_unit) : "null")
        .raw("rank", is_ranked ? std::to_string(line->rank) : "null")
        .str();
}

}  // namespace

Result<ScoreChanges>
changes_of(const ScoreTable& before, const ScoreTable& after, const std::string& unit) {
    CHECK(before.score == after.score);
    const auto then = find_unit(before, unit), now = find_unit(after, unit);
    if (!then && !now) {
        std::vector<std::string> names = before.names;
        names.insert(names.end(), after.names.begin(), after.names.end());
        std::ranges::sort(names);
        names.erase(std::unique(names.begin(), names.end()), names.end());
        return fail(
            Errc::not_found,
            "no unit '" + unit + "' has a score in these periods; there are: " + join(names, ", "),
            "--explain"
        );
    }
    ScoreChanges out{unit, before.period, after.period, after.score, {}, {}, {}, 0};
    out.line_before = then ? before.lines[*then] : blank_line(out.score);
    out.line_after = now ? after.lines[*now] : blank_line(out.score);
    out.rounding = out.line_after.raw - out.line_before.raw;
    for (std::size_t i = 0; i < out.score.indicators.size(); ++i) {
        const ScoreIndicator& indicator = out.score.indicators[i];
        out.lines.push_back(
            {indicator.name,
             indicator.title,
             out.line_before.indicators[i],
             out.line_after.indicators[i]}
        );
        out.rounding -= out.lines.back().points();
    }
    return out;
}

std::string to_text(const ScoreChanges& changes, Language language) {
    TextTable table;
    table.head = {
        in(language, "指标", "line"),
        changes.before.text,
        in(language, "得分", "points"),
        changes.after.text,
        in(language, "得分", "points"),
        in(language, "变化", "change")
    };
    table.align.assign(table.head.size(), Align::right);
    table.align[0] = Align::left;
    for (std::size_t i = 0; i < changes.lines.size(); ++i) {
        const ScoreChange& line = changes.lines[i];
        const ScoreIndicator& indicator = changes.score.indicators[i];
        table.rows.push_back(
            {in(language, line.title.zh, line.title.en),
             value_text(indicator, line.before),
             points_text(line.before),
             value_text(indicator, line.after),
             points_text(line.after),
             signed_text(line.points())}
        );
    }
    if (changes.rounding != 0) {
        table.rows.push_back(
            {in(language, "合计取舍", "rounding"), "", "", "", "", signed_text(changes.rounding)}
        );
    }
    const ScoreLine &then = changes.line_before, &now = changes.line_after;
    table.rows.push_back(
        {in(language, "原始分", "raw"),
         "",
         decimal_text(then.raw, score_unit),
         "",
         decimal_text(now.raw, score_unit),
         signed_text(now.raw - then.raw)}
    );
    table.rows.push_back(
        {in(language, "满分", "full"),
         "",
         decimal_text(then.full, score_unit),
         "",
         decimal_text(now.full, score_unit),
         signed_text(now.full - then.full)}
    );
    table.rows.push_back(
        {in(language, "折百分", "of 100"), "", normalised_text(&then), "", normalised_text(&now), ""
        }
    );
    table.rows.push_back(
        {in(language, "名次", "rank"),
         "",
         rank_text(&then, language),
         "",
         rank_text(&now, language),
         ""}
    );
    return changes.unit + "\n" + to_text(table);
}

std::string to_json(const ScoreChanges& changes) {
    std::vector<std::string> lines;
    for (const ScoreChange& line : changes.lines) {
        lines.push_back(JsonObject()
                            .text("name", line.name)
                            .raw("before", cell_json(line.before))
                            .raw("after", cell_json(line.after))
                            .raw("change", number_json(line.points()))
                            .str());
    }
    return JsonObject()
        .text("unit", changes.unit)
        .text("score", changes.score.name)
        .number("version", changes.score.version)
        .raw("before", side_json(changes.before, changes.line_before))
        .raw("after", side_json(changes.after, changes.line_after))
        .raw("change", number_json(changes.line_after.raw - changes.line_before.raw))
        .raw("lines", "[" + join(lines, ",") + "]")
        .raw("rounding", number_json(changes.rounding))
        .str();
}

std::string simulation_json(const ScoreTable& now, const ScoreTable& other) {
    std::vector<std::string> units;
    for (const auto& [name, pair] : pairs_of(now, other)) {
        units.push_back(JsonObject()
                            .text("org", name)
                            .raw("before", rank_json(pair.now))
                            .raw("after", rank_json(pair.other))
                            .str());
    }
    return JsonObject()
        .text("period", now.period.text)
        .number("seq", now.seq)
        .text("score", now.score.name)
        .text("other", other.score.name)
        .raw("units", "[" + join(units, ",") + "]")
        .str();
}

std::string simulation_text(const ScoreTable& now, const ScoreTable& other, Language language) {
    TextTable table;
    table.head = {
        in(language, "单位", "unit"),
        now.score.name,
        in(language, "名次", "rank"),
        other.score.name,
        in(language, "名次", "rank")
    };
    table.align.assign(table.head.size(), Align::right);
    table.align[0] = Align::left;
    for (const auto& [name, pair] : pairs_of(now, other)) {
        table.rows.push_back(
            {name,
             normalised_text(pair.now),
             rank_text(pair.now, language),
             normalised_text(pair.other),
             rank_text(pair.other, language)}
        );
    }
    return now.period.text + "\n" + to_text(table);
}

}  // namespace zt::views
