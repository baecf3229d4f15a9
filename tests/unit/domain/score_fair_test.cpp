// Fair scores: a handful decides nothing, one more handled well never lowers, what all did alike
// changes nothing.

#include "domain/score_fair.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace zt {
namespace {

constexpr std::int64_t one = score_unit;

Score on_time(std::int64_t strength = fair_strength_usual) {
    ScoreIndicator indicator;
    indicator.name = indicator.from.name = "on_time_rate";
    indicator.full = indicator.cap = indicator.target = 100 * one;
    indicator.slope = one;
    indicator.min = 1;
    Score score;
    score.indicators = {indicator};
    score.fair_strength = strength;
    return score;
}

/// Lines of units 1, 2, … with those rates, ranked both ways.
std::vector<ScoreLine> ranked(const Score& score, const std::vector<Reading>& readings) {
    std::vector<ScoreLine> lines;
    for (std::size_t i = 0; i < readings.size(); ++i) {
        lines.push_back(score_of(score, OrgId{static_cast<std::int64_t>(i) + 1}, {readings[i]}));
    }
    rank(lines);
    rank_fairly(score, lines);
    return lines;
}

ScoreLine unit(const std::vector<ScoreLine>& lines, std::int64_t org) {
    for (const ScoreLine& line : lines) {
        if (line.org == OrgId{org}) {
            return line;
        }
    }
    return {};
}

TEST(score_fair, seven_matters_with_two_late_are_not_the_worst) {
    // Unit 1 has 5 of 7, unit 2 has 140 of 190: 71.43 against 73.68. All others did well.
    const auto lines = ranked(on_time(), {{5, 7}, {140, 190}, {190, 200}, {195, 200}});
    EXPECT_EQ(unit(lines, 1).rank, 4);
    EXPECT_EQ(unit(lines, 2).rank, 3);
    EXPECT_EQ(unit(lines, 1).fair_rank, 3);
    EXPECT_EQ(unit(lines, 2).fair_rank, 4);
    EXPECT_EQ(unit(lines, 1).n, 7);
}

TEST(score_fair, without_weight_it_is_the_raw_score) {
    for (const ScoreLine& line : ranked(on_time(0), {{5, 7}, {140, 190}, {3, 3}})) {
        EXPECT_EQ(line.fair, line.normalised);
        EXPECT_EQ(line.fair_rank, line.rank);
    }
}

TEST(score_fair, who_is_not_ranked_has_no_fair_score_either) {
    Score score = on_time();
    score.indicators[0].min = 10;
    const auto lines = ranked(score, {{5, 7}, {140, 190}});
    EXPECT_EQ(unit(lines, 1).fair, std::nullopt);
    EXPECT_EQ(unit(lines, 1).fair_rank, 0);
    EXPECT_EQ(unit(lines, 1).n, 7);
    EXPECT_EQ(unit(lines, 2).fair_rank, 1);
}

TEST(score_fair, peers_are_ranked_among_themselves) {
    Score score = on_time();
    score.peers = {{"small", {}, 20}, {"large", {}, std::nullopt}};
    const auto lines = ranked(score, {{20, 20}, {10, 20}, {21, 21}, {100, 200}});
    EXPECT_EQ(unit(lines, 2).peers, "small");
    EXPECT_EQ(unit(lines, 2).peer_rank, 2);
    EXPECT_EQ(unit(lines, 3).peers, "large");
    EXPECT_EQ(unit(lines, 4).peer_rank, 2);
}

RC_GTEST_PROP(score_fair, one_more_handled_well_never_lowers_and_one_dropped_never_raises, ()) {
    std::vector<Reading> readings;
    for (int i = 0; i < 4; ++i) {
        const auto count = *rc::gen::inRange<std::int64_t>(1, 300);
        readings.push_back({*rc::gen::inRange<std::int64_t>(0, count + 1), count});
    }
    const Score score = on_time(*rc::gen::inRange<std::int64_t>(0, 50));
    const auto before = ranked(score, readings);
    auto better = readings, worse = readings;
    better[0].numerator += 1;
    better[0].denominator += 1;
    worse[0].denominator += 1;
    RC_ASSERT(*unit(ranked(score, better), 1).fair >= *unit(before, 1).fair);
    RC_ASSERT(*unit(ranked(score, worse), 1).fair <= *unit(before, 1).fair);
}

}  // namespace
}  // namespace zt
