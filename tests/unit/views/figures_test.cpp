#include "tests/unit/views/fact_builder.hpp"
#include "views/figure_text.hpp"
#include "views/figures.hpp"

#include <gtest/gtest.h>

namespace zt::views {
namespace {

using test::day;
using test::fact;
using test::fold_all;
using test::Ledger;
using test::with_amount;

const FigureValue& value_of(const FigureRow& row, const std::string& name) {
    for (const auto& [indicator, value] : row.values) {
        if (indicator == name) {
            return value;
        }
    }
    ADD_FAILURE() << "no " << name;
    static const FigureValue none;
    return none;
}

std::string
count_of(const Figures& figures, const std::string& name, const FigureQuery& query = {}) {
    return value_of(figures.table(query)->rows.at(0), name).count;
}

Figures figures_of(const Ledger& ledger) {
    Figures out;
    fold_all(out, ledger);
    return out;
}

/// 250 rated, 242 of full weight: what Loudi published (SYSTEMS.md S1).
Ledger ratings(std::int64_t full, std::int64_t basic, std::int64_t bad) {
    Ledger ledger;
    for (std::int64_t matter = 1; matter <= full + basic + bad; ++matter) {
        std::vector<Fact> facts = {fact("rating_valid", "2022-08-01", 3, matter)};
        const std::int64_t weight = matter <= full           ? 1'000'000
                                    : matter <= full + basic ? 800'000
                                                             : 0;
        if (weight != 0) {
            facts.push_back(with_amount(fact("rating_weight", "2022-08-01", 3, matter), weight));
        }
        ledger.add(facts);
    }
    return ledger;
}

TEST(figures, an_empty_ledger_has_one_row_of_zeros_and_no_rates) {
    const Figures figures;
    const auto table = figures.table({});
    ASSERT_EQ(table->rows.size(), 1U);
    EXPECT_EQ(table->seq, 0);
    EXPECT_EQ(value_of(table->rows[0], "received").count, "0");
    EXPECT_EQ(value_of(table->rows[0], "closing_rate").denominator, "0");
    EXPECT_EQ(value_of(table->rows[0], "closing_rate").rate, std::nullopt);
}

TEST(figures, every_indicator_of_the_documents_is_printed_in_their_order) {
    const auto table = Figures().table({});
    std::vector<std::string> names;
    for (const auto& [name, value] : table->rows[0].values) {
        names.push_back(name);
    }
    std::vector<std::string> expected;
    for (const IndicatorRow& row : indicator_rows()) {
        expected.emplace_back(row.name);
    }
    EXPECT_EQ(names, expected);
}

TEST(figures, satisfaction_is_rounded_half_up_and_prints_its_weights_as_decimals) {
    const auto table = figures_of(ratings(242, 0, 8)).table({});
    const FigureValue& plain = value_of(table->rows[0], "satisfaction");
    EXPECT_EQ(plain.numerator, "242");
    EXPECT_EQ(plain.denominator, "250");
    EXPECT_EQ(plain.rate, "0.9680");
    const auto mixed_table = figures_of(ratings(240, 2, 8)).table({});
    const FigureValue& mixed = value_of(mixed_table->rows[0], "satisfaction");
    EXPECT_EQ(mixed.numerator, "241.6");
    EXPECT_EQ(mixed.rate, "0.9664");
}

TEST(figures, as_of_leaves_out_later_days_and_known_at_later_records) {
    Ledger ledger;
    ledger.add({fact("received", "2022-08-01", 1, 1)});
    ledger.add({fact("received", "2022-08-03", 1, 2)});
    const Seq late =
        ledger.add({fact("received", "2022-08-02", 1, 3)});  // handed in later for an earlier day
    const Figures figures = figures_of(ledger);
    EXPECT_EQ(count_of(figures, "received"), "3");
    EXPECT_EQ(count_of(figures, "received", {.as_of = day("2022-08-02")}), "2");
    EXPECT_EQ(
        count_of(figures, "received", {.as_of = day("2022-08-02"), .known_at = late - 1}), "1"
    );
    EXPECT_EQ(figures.table({})->as_of, day("2022-08-03"));
    EXPECT_EQ(figures.table({.known_at = 1})->as_of, day("2022-08-01"));
    EXPECT_EQ(figures.table({.known_at = 1})->seq, 1);
}

TEST(figures, a_known_at_beyond_the_ledger_prints_the_seq_that_there_is) {
    Ledger ledger;
    ledger.add({fact("received", "2022-08-01", 1, 1)});
    EXPECT_EQ(figures_of(ledger).table({.known_at = 99})->seq, 1);
}

TEST(figures, a_stock_moves_between_units_and_the_total_stays) {
    Ledger ledger;
    ledger.add({fact("in_progress", "2022-08-01", 1, 1)});
    ledger.add(
        {with_amount(fact("in_progress", "2022-08-05", 1, 1), -1),
         fact("in_progress", "2022-08-05", 2, 1)}
    );
    const Figures figures = figures_of(ledger);
    const auto before = figures.table({.as_of = day("2022-08-04"), .by = {"org"}});
    ASSERT_EQ(before->rows.size(), 1U);
    EXPECT_EQ(before->rows[0].by[0].second, "1");
    const auto after = figures.table({.by = {"org"}});
    ASSERT_EQ(after->rows.size(), 1U);
    EXPECT_EQ(after->rows[0].by[0].second, "2");
    EXPECT_EQ(count_of(figures, "in_progress"), "1");
}

TEST(figures, a_period_sums_flows_within_it_and_stocks_up_to_its_end) {
    Ledger ledger;
    ledger.add({fact("received", "2022-07-31", 1, 1), fact("in_progress", "2022-07-31", 1, 1)});
    ledger.add({fact("received", "2022-08-01", 1, 2), fact("in_progress", "2022-08-01", 1, 2)});
    ledger.add({fact("received", "2022-09-01", 1, 3), fact("in_progress", "2022-09-01", 1, 3)});
    const auto table =
        figures_of(ledger).table({.from = day("2022-08-01"), .until = day("2022-08-31")});
    EXPECT_EQ(value_of(table->rows[0], "received").count, "1");
    EXPECT_EQ(value_of(table->rows[0], "in_progress").count, "2");
    for (const auto& [name, value] : table->rows[0].values) {
        EXPECT_NE(name, "closing_rate") << "a level over a flow is no rate";
    }
}

TEST(figures, months_are_rows_in_order) {
    Ledger ledger;
    ledger.add({fact("received", "2022-12-31", 1, 1)});
    ledger.add({fact("received", "2023-01-01", 1, 2)});
    ledger.add({fact("received", "2022-02-01", 1, 3)});
    const auto table = figures_of(ledger).table({.by = {"month"}});
    std::vector<std::string> months;
    for (const FigureRow& row : table->rows) {
        months.push_back(row.by[0].second);
    }
    EXPECT_EQ(months, (std::vector<std::string>{"2022-02", "2022-12", "2023-01"}));
}

TEST(figures, distinct_counts_subjects_with_more_than_nothing) {
    Ledger ledger;
    for (const auto& [subject, amount] :
         std::vector<std::pair<int, int>>{{1, 1}, {1, 1}, {2, 1}, {2, -1}, {3, 1}}) {
        Fact one = with_amount(fact("visited", "2022-08-01", 1, 1), amount);
        one.subject = MatterId{subject};
        ledger.add({one});
    }
    Figures figures;
    figures.declare("visited", IndicatorForm::distinct);
    fold_all(figures, ledger);
    EXPECT_EQ(count_of(figures, "visited"), "2");
}

TEST(figures, list_names_the_matters_that_do_not_cancel_out) {
    Ledger ledger;
    ledger.add({fact("closed", "2022-08-01", 1, 4)});
    ledger.add({fact("closed", "2022-08-01", 1, 2)});
    ledger.add({with_amount(fact("closed", "2022-08-09", 1, 2), -1)});
    const Figures figures = figures_of(ledger);
    EXPECT_EQ(*figures.list("closed", {}), std::vector<MatterId>{MatterId{4}});
    EXPECT_EQ(
        *figures.list("closed", {.as_of = day("2022-08-02")}),
        (std::vector<MatterId>{MatterId{2}, MatterId{4}})
    );
}

TEST(figures, list_refuses_rates_and_unknown_names) {
    const Figures figures;
    const auto rate = figures.list("closing_rate", {});
    ASSERT_FALSE(rate);
    EXPECT_EQ(rate.error().code, Errc::bad_usage);
    EXPECT_NE(rate.error().detail.find("closed, accepted"), std::string::npos);
    const auto typo = figures.list("closd", {});
    ASSERT_FALSE(typo);
    EXPECT_EQ(typo.error().code, Errc::not_found);
    EXPECT_NE(typo.error().detail.find("closed"), std::string::npos);
}

TEST(figures, unknown_and_repeated_dimensions_are_refused) {
    const Figures figures;
    EXPECT_EQ(figures.table({.by = {"unit"}}).error().code, Errc::bad_usage);
    EXPECT_EQ(figures.table({.by = {"org", "org"}}).error().code, Errc::bad_usage);
}

TEST(figures, a_step_folded_twice_counts_once) {
    Ledger ledger;
    ledger.add({fact("received", "2022-08-01", 1, 1)});
    Figures figures;
    fold_all(figures, ledger);
    fold_all(figures, ledger);
    EXPECT_EQ(count_of(figures, "received"), "1");
}

TEST(figures, lengths_of_time_are_told_in_the_unit_that_fits) {
    const auto told = [](std::int64_t ms) {
        Ledger ledger;
        ledger.add({with_amount(fact("first_answer_ms", "2022-08-02", 3, 1), ms)});
        return to_text(*figures_of(ledger).table({}), {}, Language::en);
    };
    EXPECT_NE(told(90'000'000).find(" days (p90 "), std::string::npos) << told(90'000'000);
    EXPECT_NE(told(7'200'000).find(" hours (p90 "), std::string::npos) << told(7'200'000);
    EXPECT_NE(told(120'000).find(" minutes (p90 "), std::string::npos) << told(120'000);
}

TEST(figures, json_has_the_documented_shape) {
    Ledger ledger = ratings(1, 1, 0);
    ledger.add({with_amount(fact("first_answer_ms", "2022-08-02", 3, 1), 20)});
    const Figures figures = figures_of(ledger);
    const std::string total = to_json(*figures.table({}), {});
    EXPECT_TRUE(
        total.starts_with(R"({"as_of":"2022-08-02","seq":3,"indicators":{"received":{"count":0},)")
    ) << total;
    EXPECT_NE(
        total.find(R"("satisfaction":{"numerator":1.8,"denominator":2,"rate":0.9000})"),
        std::string::npos
    );
    EXPECT_NE(
        total.find(R"("closing_rate":{"numerator":0,"denominator":0,"rate":null})"),
        std::string::npos
    );
    EXPECT_NE(
        total.find(R"("first_answer_ms":{"count":1,"median":20,"p90":20})"), std::string::npos
    );
    const FigureNames names{[](OrgId) { return std::string("供电\"公司"); }, {}};
    const std::string by = to_json(
        *figures.table({.by = {"org", "month"}}, names),
        {"org", "month"},
        std::vector<std::string>{"ZT-1"}
    );
    EXPECT_TRUE(by.starts_with(
        R"({"as_of":"2022-08-02","seq":3,"rows":[{"by":{"org":"供电\"公司","month":"2022-08"},"indicators":{)"
    )) << by;
    EXPECT_TRUE(by.ends_with(R"(],"numbers":["ZT-1"]})")) << by;
}

}  // namespace
}  // namespace zt::views
