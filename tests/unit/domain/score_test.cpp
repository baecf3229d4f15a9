// The arithmetic of scores: exact rounding, points within floor and cap, monotone in each line,
// ranks.

#include "domain/score.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace zt {
namespace {

constexpr std::int64_t one = score_unit;

ScoreIndicator line(const char* from, std::int64_t full, std::int64_t target, std::int64_t slope) {
    ScoreIndicator indicator;
    indicator.name = from;
    indicator.from.name = from;
    indicator.full = full;
    indicator.target = target;
    indicator.slope = slope;
    indicator.cap = full;
    indicator.min = 1;
    return indicator;
}

Reading rate(std::int64_t numerator, std::int64_t denominator) { return {numerator, denominator}; }

TEST(score, halves_round_by_the_rule_that_is_stated) {
    EXPECT_EQ(rounded(17'665, 1000, 2, RoundingMode::half_up), 17'670'000);
    EXPECT_EQ(rounded(17'665, 1000, 2, RoundingMode::half_even), 17'660'000);
    EXPECT_EQ(rounded(17'675, 1000, 2, RoundingMode::half_even), 17'680'000);
    EXPECT_EQ(rounded(17'669, 1000, 2, RoundingMode::down), 17'660'000);
    EXPECT_EQ(rounded(6, 7, 6, RoundingMode::half_up), 857'143);
    EXPECT_EQ(rounded(1, 2, 0, RoundingMode::half_up), one);
    EXPECT_EQ(rounded(1, 2, 0, RoundingMode::half_even), 0);
}

TEST(score, modes_are_named_as_files_write_them) {
    for (const RoundingMode mode :
         {RoundingMode::half_up, RoundingMode::half_even, RoundingMode::down}) {
        EXPECT_EQ(parse_rounding_mode(name_of(mode)), mode);
    }
    EXPECT_EQ(parse_rounding_mode("up"), std::nullopt);
}

TEST(score, a_rate_is_rounded_before_anything_is_computed_from_it) {
    const ScoreIndicator sign = line("sign_rate", 10 * one, 95 * one, one);
    const auto points = [&](const ScoreRounding& rounding) {
        return points_of(sign, value_of(sign, rate(6, 7), rounding), rounding);
    };
    EXPECT_EQ(points({2, 2, 2, RoundingMode::half_up}), 710'000);
    EXPECT_EQ(points({0, 2, 2, RoundingMode::half_up}), one);
    EXPECT_EQ(points({6, 6, 6, RoundingMode::half_up}), 714'286);
}

TEST(score, floor_and_cap_hold_marks_on_both_sides) {
    ScoreIndicator satisfied = line("rating", 25 * one, 98 * one, one / 2);
    satisfied.floor = 12'500'000;
    EXPECT_EQ(points_of(satisfied, 0, {}), 12'500'000);
    EXPECT_EQ(points_of(satisfied, 100 * one, {}), 25 * one);
    ScoreIndicator bonus = line("count", 0, 0, 2 * one);
    bonus.cap = 20 * one;
    EXPECT_EQ(points_of(bonus, 3 * one, {}), 6 * one);
    EXPECT_EQ(points_of(bonus, 300 * one, {}), 20 * one);
    ScoreIndicator violations = line("given", 10 * one, 0, one);
    violations.better = Better::lower;
    EXPECT_EQ(points_of(violations, 3 * one, {}), 7 * one);
    EXPECT_EQ(points_of(violations, 30 * one, {}), 0);
}

Score two_lines() {
    Score score;
    score.indicators = {
        line("on_time_rate", 30 * one, 100 * one, 300'000),
        line("rating", 20 * one, 100 * one, 200'000)
    };
    score.indicators[1].min = 5;
    return score;
}

TEST(score, what_rests_on_too_few_is_not_judged_and_the_unit_not_ranked) {
    const ScoreLine scored = score_of(two_lines(), OrgId{1}, {rate(9, 10), rate(3, 4)});
    EXPECT_EQ(scored.indicators[1].judged, Judged::too_few);
    EXPECT_EQ(scored.indicators[1].points, 0);
    EXPECT_EQ(scored.raw, 27 * one);
    EXPECT_EQ(scored.full, 30 * one);
    EXPECT_EQ(scored.normalised, std::nullopt);
}

TEST(score, what_nobody_gave_is_left_out_of_the_full_marks) {
    Score score = two_lines();
    score.indicators[0].from.name = "given";
    const ScoreLine scored = score_of(score, OrgId{1}, {Reading{0, 0, 1, false}, rate(4, 5)});
    EXPECT_EQ(scored.indicators[0].judged, Judged::not_given);
    EXPECT_EQ(scored.raw, 16 * one);
    EXPECT_EQ(scored.full, 20 * one);
    EXPECT_EQ(scored.normalised, 80 * one);
}

TEST(score, ties_share_a_rank_and_the_next_one_counts_those_before) {
    const Score score = two_lines();
    std::vector<ScoreLine> lines;
    for (const auto& [org, good] : {std::pair{4, 8}, {3, 9}, {2, 8}, {1, 7}}) {
        lines.push_back(score_of(score, OrgId{org}, {rate(good, 10), rate(good, 10)}));
    }
    lines.push_back(score_of(score, OrgId{5}, {rate(10, 10), rate(1, 1)}));
    rank(lines);
    std::vector<std::pair<std::int64_t, std::int64_t>> ranks;
    for (const ScoreLine& one_line : lines) {
        ranks.emplace_back(one_line.org.value, one_line.rank);
    }
    const std::vector<std::pair<std::int64_t, std::int64_t>> expected = {
        {3, 1}, {2, 2}, {4, 2}, {1, 4}, {5, 0}
    };
    EXPECT_EQ(ranks, expected);
}

ScoreRounding any_rounding() {
    const int points = *rc::gen::inRange(0, 4);
    return {
        *rc::gen::inRange(0, 7),
        points,
        points,
        *rc::gen::element(RoundingMode::half_up, RoundingMode::half_even, RoundingMode::down)
    };
}

/// Full marks, floor and cap on the grid of whole marks, as the check of files asks.
ScoreIndicator any_line() {
    const auto floor = *rc::gen::inRange<std::int64_t>(0, 50);
    const auto full = *rc::gen::inRange<std::int64_t>(floor, 101);
    ScoreIndicator indicator = line(
        "on_time_rate",
        full * one,
        *rc::gen::inRange<std::int64_t>(0, 100 * one + 1),
        *rc::gen::inRange<std::int64_t>(0, 5 * one)
    );
    indicator.floor = floor * one;
    indicator.cap = *rc::gen::inRange<std::int64_t>(full, 121) * one;
    indicator.better = *rc::gen::element(Better::higher, Better::lower);
    return indicator;
}

RC_GTEST_PROP(score_property, points_keep_the_order_of_values_within_floor_and_cap, ()) {
    const ScoreIndicator indicator = any_line();
    const ScoreRounding rounding = any_rounding();
    auto low = *rc::gen::inRange<std::int64_t>(0, 100 * one + 1);
    auto high = *rc::gen::inRange<std::int64_t>(0, 100 * one + 1);
    std::tie(low, high) = std::minmax({low, high});
    const std::int64_t of_low = points_of(indicator, low, rounding);
    const std::int64_t of_high = points_of(indicator, high, rounding);
    const bool is_higher = indicator.better == Better::higher;
    const bool keeps_order = is_higher ? of_low <= of_high : of_low >= of_high;
    RC_ASSERT(keeps_order);
    for (const std::int64_t points : {of_low, of_high}) {
        RC_ASSERT(points >= indicator.floor && points <= indicator.cap);
    }
}

RC_GTEST_PROP(score_property, one_more_good_one_never_lowers_the_score, ()) {
    Score score = two_lines();
    score.rounding = any_rounding();
    const auto n = *rc::gen::inRange<std::int64_t>(0, 60);
    const auto good = *rc::gen::inRange<std::int64_t>(0, n + 1);
    const auto rated = *rc::gen::inRange<std::int64_t>(0, 20);
    const auto liked = *rc::gen::inRange<std::int64_t>(0, rated + 1);
    const auto before = score_of(score, OrgId{1}, {rate(good, n), rate(liked, rated)});
    const auto after =
        score_of(score, OrgId{1}, {rate(good + 1, n + 1), rate(liked + 1, rated + 1)});
    RC_ASSERT(after.raw >= before.raw);
    const bool keeps_place =
        !before.normalised || (after.normalised && *after.normalised >= *before.normalised);
    RC_ASSERT(keeps_place);
}

}  // namespace
}  // namespace zt
