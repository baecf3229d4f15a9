#include "base/text.hpp"
#include "views/impl/json_text.hpp"
#include "views/scores.hpp"
#include "views/text_table.hpp"

#include <algorithm>

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

/// What the lines of each group have together.
std::int64_t points_in(const Score& score, const ScoreLine& line, const std::string& group) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < line.indicators.size(); ++i) {
        sum += score.indicators[i].group == group ? line.indicators[i].points : 0;
    }
    return sum;
}

void add_groups(JsonObject& out, const Score& score, const ScoreLine& line) {
    JsonObject groups;
    for (const ScoreGroup& group : score.groups) {
        groups.raw(group.name, decimal_text(points_in(score, line, group.name), score_unit));
    }
    if (!score.groups.empty()) {
        out.raw("groups", groups.str());
    }
}

void add_fairness(JsonObject& out, const Score& score, const ScoreLine& line) {
    out.number("n", line.n);
    out.raw("fair", line.fair ? decimal_text(*line.fair, score_unit) : "null");
    out.raw("fair_rank", line.fair_rank > 0 ? std::to_string(line.fair_rank) : "null");
    if (!score.peers.empty()) {
        out.text("peers", line.peers);
        out.raw("peer_rank", line.peer_rank > 0 ? std::to_string(line.peer_rank) : "null");
    }
}

/// Rank, fair rank, class and rank in it, unit, n, scores, groups.
std::vector<std::string> head_of(const Score& score, Language language) {
    std::vector<std::string> out = {
        in(language, "名次", "rank"), in(language, "公平名次", "fair rank")
    };
    if (!score.peers.empty()) {
        out.push_back(in(language, "同类名次", "among peers"));
    }
    for (const auto& [zh, en] :
         {std::pair{"单位", "unit"},
          {"样本", "n"},
          {"折百分", "of 100"},
          {"公平分", "fair"},
          {"原始分", "raw"},
          {"满分", "full"}}) {
        out.push_back(in(language, zh, en));
    }
    for (const ScoreGroup& group : score.groups) {
        out.push_back(in(language, group.title.zh, group.title.en));
    }
    for (const ScoreIndicator& indicator : score.indicators) {
        out.push_back(in(language, indicator.title.zh, indicator.title.en));
    }
    return out;
}

std::string peers_text(const Score& score, const ScoreLine& line, Language language) {
    const auto peers = std::ranges::find(score.peers, line.peers, &ScorePeers::name);
    const std::string title = in(language, peers->title.zh, peers->title.en);
    return line.peer_rank > 0 ? title + " " + std::to_string(line.peer_rank) : title;
}

std::vector<std::string> cells_of(const ScoreTable& table, std::size_t index, Language language) {
    const Score& score = table.score;
    const ScoreLine& line = table.lines[index];
    const int places = score.rounding.total;
    std::vector<std::string> out = {
        line.rank > 0 ? std::to_string(line.rank) : in(language, "不排名", "not ranked"),
        line.fair_rank > 0 ? std::to_string(line.fair_rank) : ""
    };
    if (!score.peers.empty()) {
        out.push_back(peers_text(score, line, language));
    }
    out.push_back(table.names[index]);
    out.push_back(std::to_string(line.n));
    out.push_back(line.normalised ? fixed(*line.normalised, places) : "");
    out.push_back(line.fair ? fixed(*line.fair, places) : "");
    out.push_back(fixed(line.raw, places));
    out.push_back(decimal_text(line.full, score_unit));
    for (const ScoreGroup& group : score.groups) {
        out.push_back(fixed(points_in(score, line, group.name), score.rounding.points));
    }
    for (std::size_t i = 0; i < line.indicators.size(); ++i) {
        out.push_back(text_of(score.indicators[i], line.indicators[i], score.rounding.points));
    }
    return out;
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
    add_fairness(out, table.score, line);
    add_groups(out, table.score, line);
    for (std::size_t i = 0; i < line.indicators.size(); ++i) {
        const ScoreIndicator& indicator = table.score.indicators[i];
        indicators.raw(indicator.name, json_of(indicator, line.indicators[i]));
    }
    return out.raw("indicators", indicators.str()).str();
}

}  // namespace

std::string to_text(const ScoreTable& table, Language language) {
    TextTable out;
    out.head = head_of(table.score, language);
    out.align.assign(out.head.size(), Align::right);
    out.align[table.score.peers.empty() ? 2 : 3] = Align::left;
    for (std::size_t index = 0; index < table.lines.size(); ++index) {
        out.rows.push_back(cells_of(table, index, language));
    }
    const std::string title = in(language, table.score.title.zh, table.score.title.en);
    const std::string from = to_string(table.period.from), until = to_string(table.period.until);
    const std::string seq = std::to_string(table.seq);
    const std::string hash = to_hex(table.lines_hash);
    const std::string version = std::to_string(table.score.version);
    return title +
           in(language, "（" + from + " 至 " + until + "）\n", ", " + from + " to " + until + "\n"
           ) +
           to_text(out) +
           in(language,
              "考核办法 " + table.score.name + " 第 " + version + " 版，事件序号 " + seq +
                  "，明细校验值 " + hash + "\n",
              "score " + table.score.name + " version " + version + ", seq " + seq + ", lines " +
                  hash + "\n");
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
        .text("lines_hash", to_hex(table.lines_hash))
        .raw("ranked", "[" + join(ranked, ",") + "]")
        .raw("not_ranked", "[" + join(others, ",") + "]")
        .str();
}

}  // namespace zt::views
