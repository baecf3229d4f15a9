// Readings out of facts, as domain/facts.cpp writes them, and what is printed of them.

#include "tests/unit/views/fact_builder.hpp"
#include "views/scores.hpp"

#include <gtest/gtest.h>

namespace zt::views {
namespace {

using test::day;
using test::fact;
using test::Ledger;
using test::with_amount;

constexpr std::int64_t power = 2, water = 3;

std::string name_of(OrgId org) { return org.value == power ? "供电公司" : "水务局"; }

Word reads(const char* name, const char* of = nullptr) {
    Word word;
    word.name = name;
    if (of != nullptr) {
        word.args.emplace_back(of);
    }
    return word;
}

ScoreIndicator line(const char* name, Word from) {
    ScoreIndicator indicator;
    indicator.name = name;
    indicator.title = {name, name};
    indicator.from = std::move(from);
    indicator.full = indicator.cap = 10 * score_unit;
    indicator.target = 100 * score_unit;
    indicator.slope = score_unit / 10;
    indicator.min = 1;
    return indicator;
}

Score score_of_lines(std::vector<ScoreIndicator> lines) {
    Score score;
    score.name = "sample";
    score.title = {"样例", "Sample"};
    score.kinds = {"appeal"};
    score.indicators = std::move(lines);
    return score;
}

ScoreTable table(const Ledger& ledger, const Score& score, std::optional<Seq> known_at = {}) {
    Figures figures;
    test::fold_all(figures, ledger);
    return scores_of(figures, score, {*parse_period("2022-08"), known_at}, name_of);
}

/// What the first line of the score reads of a unit.
Reading reading(const Ledger& ledger, const ScoreIndicator& indicator, std::int64_t org) {
    for (const ScoreLine& unit : table(ledger, score_of_lines({indicator})).lines) {
        if (unit.org == OrgId{org}) {
            return unit.indicators[0].reading;
        }
    }
    return {};
}

TEST(scores, on_time_follows_the_due_day) {
    Ledger ledger;
    for (const auto& [matter, due, how] :
         {std::tuple{1, "2022-08-10", "closed_on_time"},
          {2, "2022-08-31", "closed_late"},
          {3, "2022-08-31", "open_past_due"},
          {4, "2022-09-01", "closed_late"}}) {
        ledger.add({fact("due_final", due, power, matter), fact(how, "2022-09-05", power, matter)});
    }
    const Reading read = reading(ledger, line("on_time", reads("on_time_rate")), power);
    EXPECT_EQ(read, (Reading{1, 3}));
}

TEST(scores, of_a_withdrawn_matter_only_what_tells_against_the_unit_counts) {
    Ledger ledger;
    ledger.add({fact("signed_on_time", "2022-08-01", power, 1)});
    ledger.add({fact("signed_on_time", "2022-08-01", power, 2)});
    ledger.add({fact("signed_late", "2022-08-01", power, 3)});
    ledger.add({fact("signed_on_time", "2022-07-31", power, 4)});
    const ScoreIndicator sign = line("sign", reads("sign_rate"));
    EXPECT_EQ(reading(ledger, sign, power), (Reading{2, 3}));
    ledger.add({fact("ended", "2022-08-20", power, 2), fact("ended", "2022-08-20", power, 3)});
    EXPECT_EQ(reading(ledger, sign, power), (Reading{1, 2}));
}

TEST(scores, redone_ones_count_among_those_answered_in_the_period) {
    Ledger ledger;
    for (const std::int64_t matter : {1, 2, 3}) {
        ledger.add({fact("answered", "2022-08-0" + std::to_string(matter), power, matter)});
    }
    ledger.add({fact("redone", "2022-08-20", power, 2)});
    ledger.add({fact("redone", "2022-09-01", power, 3)});
    ScoreIndicator redo = line("redo", reads("redo_rate"));
    redo.better = Better::lower;
    EXPECT_EQ(reading(ledger, redo, power), (Reading{1, 3}));
    ledger.add({fact("ended", "2022-08-25", power, 1), fact("ended", "2022-08-25", power, 2)});
    EXPECT_EQ(reading(ledger, redo, power), (Reading{1, 2}));
}

TEST(scores, ratings_are_weighed_by_answer_and_the_last_one_counts) {
    Ledger ledger;
    ScoreIndicator liked = line("liked", reads("rating", "satisfaction"));
    liked.answers = {{"good", score_unit}, {"fair", score_unit / 2}, {"bad", 0}};
    ledger.add({fact("rating.satisfaction.bad", "2022-08-01", power, 1)});
    ledger.add(
        {with_amount(fact("rating.satisfaction.bad", "2022-08-09", power, 1), -1),
         fact("rating.satisfaction.fair", "2022-08-09", power, 1)}
    );
    ledger.add({fact("rating.satisfaction.good", "2022-08-02", power, 2)});
    ledger.add({fact("rating.satisfaction.good", "2022-07-02", power, 3)});
    EXPECT_EQ(reading(ledger, liked, power), (Reading{score_unit * 3 / 2, 2, score_unit}));
}

TEST(scores, counts_of_good_things_leave_withdrawn_matters_out) {
    Ledger ledger;
    ledger.add({fact("answered", "2022-08-01", power, 1), fact("shown", "2022-08-01", power, 1)});
    ledger.add({fact("answered", "2022-08-02", power, 2), fact("shown", "2022-08-02", power, 2)});
    ledger.add({fact("ended", "2022-08-03", power, 2)});
    ScoreIndicator shown = line("shown", {"count", {"appeal.shown"}});
    EXPECT_EQ(reading(ledger, shown, power).numerator, 1);
    shown.better = Better::lower;
    EXPECT_EQ(reading(ledger, shown, power).numerator, 2);
    shown.from.args = {"other.shown"};
    EXPECT_EQ(reading(ledger, shown, power).numerator, 0);
}

/// Power: 9 of 10 signed in time, rated 5 times; water: 10 of 10, rated 4 times.
Ledger august() {
    Ledger ledger;
    for (std::int64_t matter = 1; matter <= 20; ++matter) {
        const std::int64_t org = matter <= 10 ? power : water;
        ledger.add({fact(matter == 1 ? "signed_late" : "signed_on_time", "2022-08-01", org, matter)}
        );
        if ((org == power && matter <= 5) || (org == water && matter > 16)) {
            ledger.add({fact("rating.satisfaction.good", "2022-08-02", org, matter)});
        }
    }
    return ledger;
}

Score with_rating() {
    ScoreIndicator liked = line("liked", reads("rating", "satisfaction"));
    liked.answers = {{"good", score_unit}};
    liked.min = 5;
    ScoreIndicator other = line("other", reads("given"));
    return score_of_lines({line("sign", reads("sign_rate")), liked, other});
}

TEST(scores, four_ratings_are_shown_nowhere_and_the_unit_is_not_ranked) {
    const ScoreTable august_table = table(august(), with_rating());
    EXPECT_EQ(
        to_text(august_table, Language::en),
        "Sample, 2022-08-01 to 2022-08-31\n"
        "      rank  fair rank  unit      n  of 100   fair    raw  full                sign              "
        "liked  other\n"
        "         1          1  供电公司  5   95.00  96.25  19.00    20    9.00 (90%, n=10)  10.00 "
        "(100%, n=5)      –\n"
        "not ranked             水务局    4                 10.00    10  10.00 (100%, n=10)            "
        "– (n=4)      –\n"
        "score sample version 1, seq 29, lines " +
            to_hex(august_table.lines_hash) + "\n"
    ) << to_text(august_table, Language::en);
    const std::string json = to_json(august_table);
    EXPECT_NE(
        json.find(
            R"("liked":{"judged":"too_few","numerator":null,"denominator":4,"value":null,"points":null,"full":10})"
        ),
        std::string::npos
    ) << json;
    EXPECT_NE(json.find(R"("raw":10,"full":10,"normalised":null)"), std::string::npos) << json;
}

TEST(scores, known_at_leaves_out_what_came_later) {
    Ledger ledger = august();
    const ScoreTable before = table(ledger, with_rating());
    ledger.add({fact("signed_late", "2022-08-30", power, 99)});
    EXPECT_EQ(to_json(table(ledger, with_rating(), before.seq)), to_json(before));
    EXPECT_NE(to_json(table(ledger, with_rating())), to_json(before));
}

TEST(scores, single_answers_stand_in_no_table_and_no_list) {
    Figures figures;
    test::fold_all(figures, august());
    const auto totals = figures.table({});
    ASSERT_TRUE(totals.has_value());
    for (const auto& [name, value] : totals->rows.front().values) {
        EXPECT_FALSE(name.starts_with("rating.")) << name;
    }
    EXPECT_FALSE(figures.list("rating.satisfaction.good", {}).has_value());
}

}  // namespace
}  // namespace zt::views
