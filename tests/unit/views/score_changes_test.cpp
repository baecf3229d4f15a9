// Why a score changed: every line's part adds up to the change of the whole, for all facts.

#include "tests/unit/views/fact_builder.hpp"
#include "views/score_changes.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace zt::views {
namespace {

using test::fact;
using test::Ledger;

std::string name_of(OrgId org) { return "单位" + std::to_string(org.value); }

ScoreIndicator line(const char* name, Word from, std::int64_t slope) {
    ScoreIndicator indicator;
    indicator.name = name;
    indicator.title = {name, name};
    indicator.from = std::move(from);
    indicator.full = indicator.cap = 30 * score_unit;
    indicator.target = 100 * score_unit;
    indicator.slope = slope;
    indicator.min = 1;
    return indicator;
}

/// Points with three places under totals with one, so that rounding has a part.
Score sample() {
    Score score;
    score.name = "sample";
    score.title = {"样例", "Sample"};
    score.kinds = {"appeal"};
    score.rounding = {2, 3, 1, RoundingMode::half_up};
    ScoreIndicator norm = line("norm", {"given", {}}, score_unit);
    norm.better = Better::lower;
    norm.target = 0;
    score.indicators = {
        line("sign", {"sign_rate", {}}, 333'333),
        line("response", {"response_rate", {}}, 250'000),
        norm
    };
    return score;
}

Figures folded(const Ledger& ledger) {
    Figures figures;
    test::fold_all(figures, ledger);
    return figures;
}

ScoreTable table(const Figures& figures, const char* period, std::optional<Seq> known_at = {}) {
    return scores_of(figures, sample(), {*parse_period(period), known_at}, name_of);
}

Fact given(std::int64_t org, std::int64_t period_end, std::int64_t hundredths) {
    Fact out = fact("outside_hundredths", "2022-09-20", org, 900);
    out.kind = "outside_indicator";
    out.channel = "norm";
    out.subject = MatterId{period_end};
    out.amount = hundredths;
    return out;
}

RC_GTEST_PROP(score_changes, the_parts_add_up_to_the_whole, ()) {
    Ledger ledger;
    for (std::int64_t matter = 1; matter <= 60; ++matter) {
        const char* day = *rc::gen::element("2022-07-10", "2022-08-10");
        const std::string what = *rc::gen::element<std::string>("signed_", "responded_");
        const char* how = *rc::gen::element("on_time", "late");
        ledger.add({fact(what + how, day, *rc::gen::inRange(2, 5), matter)});
    }
    ledger.add({given(2, 20220831, *rc::gen::inRange(0, 4000))});
    const Figures figures = folded(ledger);
    const auto before = table(figures, "2022-07"), after = table(figures, "2022-08");
    const auto changes = changes_of(before, after, "单位2");
    RC_ASSERT(changes.has_value());
    std::int64_t sum = changes->rounding;
    for (const ScoreChange& one : changes->lines) {
        sum += one.points();
    }
    RC_ASSERT(sum == changes->line_after.raw - changes->line_before.raw);
    RC_ASSERT(std::abs(changes->rounding) <= score_unit / 10);
}

TEST(score_changes, a_unit_that_nobody_knows_is_refused_with_those_there_are) {
    Ledger ledger;
    ledger.add({fact("signed_on_time", "2022-08-01", 2, 1)});
    const Figures figures = folded(ledger);
    const auto refused = changes_of(table(figures, "2022-07"), table(figures, "2022-08"), "邮局");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::not_found);
    EXPECT_NE(refused.error().detail.find("单位2"), std::string::npos);
    const auto text = to_text(
        *changes_of(table(figures, "2022-07"), table(figures, "2022-08"), "单位2"), Language::en
    );
    EXPECT_NE(text.find("+30"), std::string::npos) << text;
}

TEST(score_changes, what_comes_from_outside_is_taken_by_line_and_period_and_zero_counts) {
    Ledger ledger;
    ledger.add({given(2, 20220831, 300)});
    ledger.add({given(2, 20220831, -100)});
    ledger.add({given(3, 20220831, 0)});
    ledger.add({given(4, 20220731, 500)});
    const ScoreTable august = table(folded(ledger), "2022-08");
    ASSERT_EQ(august.lines.size(), 2U);
    EXPECT_EQ(august.lines[0].org, OrgId{2});
    EXPECT_EQ(august.lines[0].raw, 28 * score_unit);
    EXPECT_EQ(august.lines[1].raw, 30 * score_unit);
    EXPECT_EQ(table(folded(ledger), "2022-07").lines.size(), 1U);
}

TEST(score_changes, what_was_known_then_has_the_same_hash_for_ever) {
    Ledger ledger;
    ledger.add({fact("signed_on_time", "2022-08-01", 2, 1)});
    const Seq then = ledger.add({fact("signed_late", "2022-08-02", 3, 2)});
    const ScoreTable frozen = table(folded(ledger), "2022-08", then);
    ledger.add({fact("signed_late", "2022-08-03", 2, 3)});
    const Figures later = folded(ledger);
    EXPECT_EQ(to_json(table(later, "2022-08", then)), to_json(frozen));
    EXPECT_EQ(table(later, "2022-08", then).lines_hash, frozen.lines_hash);
    EXPECT_NE(table(later, "2022-08").lines_hash, frozen.lines_hash);
    const auto renamed =
        scores_of(later, sample(), {*parse_period("2022-08"), then}, [](OrgId) { return "改名"; });
    EXPECT_EQ(renamed.lines_hash, frozen.lines_hash);
}

}  // namespace
}  // namespace zt::views
