#include "base/text.hpp"
#include "views/impl/json_text.hpp"
#include "views/scores.hpp"
#include "views/text_table.hpp"

namespace zt::views {

using impl::JsonObject;

namespace {

std::string in(Language language, std::string_view zh, std::string_view en) {
    return std::string(language == Language::zh ? zh : en);
}

/// With the places that the score keeps: 78.04, 50.00.
std::string fixed(std::int64_t amount, int places) {
    return ratio_text(amount, score_unit, places);
}

std::string name_of(Judged judged) {
    switch (judged) {
    case Judged::yes: return "yes";
    case Judged::too_few: return "too_few";
    case Judged::not_given: return "not_given";
    }
    return {};
}

/// "28.50 (95.00%, n=20)", "9 (1)", "– (n=3)".
std::string text_of(const ScoreIndicator& indicator, const ScoredIndicator& scored, int places) {
    const std::string n = "n=" + std::to_string(scored.reading.denominator);
    if (scored.judged == Judged::not_given) {
        return "–";
    }
    if (scored.judged == Judged::too_few) {
        return "– (" + n + ")";
    }
    const std::string value = decimal_text(scored.value, score_unit);
    return fixed(scored.points, places) + " (" + (is_rate(indicator) ? value + "%, " + n : value) +
           ")";
}

std::string json_of(const ScoreIndicator& indicator, const ScoredIndicator& scored) {
    const bool is_judged = scored.judged == Judged::yes;
    const Reading& reading = scored.reading;
    JsonObject out;
    out.text("judged", name_of(scored.judged));
    out.raw("numerator", is_judged ? decimal_text(reading.numerator, reading.unit) : "null");
    out.raw("denominator", is_rate(indicator) ? std::to_string(reading.denominator) : "null");
    out.raw("value", is_judged ? decimal_text(scored.value, score_unit) : "null");
    out.raw("points", is_judged ? decimal_text(scored.points, score_unit) : "null");
    return out.raw("full", decimal_text(indicator.full, score_unit)).str();
}

std::string json_of(const ScoreTable& table, std::size_t index) {
    const ScoreLine& line = table.lines[index];
    JsonObject out, indicators;
    if (line.rank > 0) {
        out.number("rank", line.rank);
    }
    out.number("org_id", line.org.value).text("org", table.names[index]);
    out.raw("raw", decimal_text(line.raw, score_unit));
    out.raw("full", decimal_text(line.full, score_unit));
    out.raw("normalised", line.normalised ? decimal_text(*line.normalised, score_unit) : "null");
    for (std::size_t i = 0; i < line.indicators.size(); ++i) {
        const ScoreIndicator& indicator = table.score.indicators[i];
        indicators.raw(indicator.name, json_of(indicator, line.indicators[i]));
    }
    return out.raw("indicators", indicators.str()).str();
}

}  // namespace

std::string to_text(const ScoreTable& table, Language language) {
    TextTable out;
    out.head = {
        in(language, "名次", "rank"),
        in(language, "单位", "unit"),
        in(language, "折百分", "of 100"),
        in(language, "原始分", "raw"),
        in(language, "满分", "full")
    };
    for (const ScoreIndicator& indicator : table.score.indicators) {
        out.head.push_back(in(language, indicator.title.zh, indicator.title.en));
    }
    out.align.assign(out.head.size(), Align::right);
    out.align[1] = Align::left;
    const auto& rounding = table.score.rounding;
    for (std::size_t index = 0; index < table.lines.size(); ++index) {
        const ScoreLine& line = table.lines[index];
        std::vector<std::string> cells = {
            line.rank > 0 ? std::to_string(line.rank) : in(language, "不排名", "not ranked"),
            table.names[index],
            line.normalised ? fixed(*line.normalised, rounding.total) : "",
            fixed(line.raw, rounding.total),
            decimal_text(line.full, score_unit)
        };
        for (std::size_t i = 0; i < line.indicators.size(); ++i) {
            cells.push_back(text_of(table.score.indicators[i], line.indicators[i], rounding.points)
            );
        }
        out.rows.push_back(std::move(cells));
    }
    const std::string title = in(language, table.score.title.zh, table.score.title.en);
    const std::string from = to_string(table.period.from), until = to_string(table.period.until);
    const std::string seq = std::to_string(table.seq);
    const std::string version = std::to_string(table.score.version);
    return title +
           in(language, "（" + from + " 至 " + until + "）\n", ", " + from + " to " + until + "\n"
           ) +
           to_text(out) +
           in(language,
              "考核办法 " + table.score.name + " 第 " + version + " 版，事件序号 " + seq + "\n",
              "score " + table.score.name + " version " + version + ", seq " + seq + "\n");
}

std::string to_json(const ScoreTable& table) {
    std::vector<std::string> ranked, others;
    for (std::size_t index = 0; index < table.lines.size(); ++index) {
        (table.lines[index].rank > 0 ? ranked : others).push_back(json_of(table, index));
    }
    return JsonObject()
        .text("score", table.score.name)
        .number("version", table.score.version)
        .text("hash", to_hex(table.score.text_hash))
        .text("period", table.period.text)
        .text("from", to_string(table.period.from))
        .text("until", to_string(table.period.until))
        .number("seq", table.seq)
        .raw("ranked", "[" + join(ranked, ",") + "]")
        .raw("not_ranked", "[" + join(others, ",") + "]")
        .str();
}

}  // namespace zt::views
