#include "tests/unit/views/fact_builder.hpp"
#include "views/bulletin.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace zt::views {
namespace {

using test::day;
using test::fact;
using test::Ledger;
using test::with_amount;

constexpr std::int64_t office = 1, power = 2, water = 3;

std::string name_of(OrgId org) {
    return org.value == office ? "群众来访接待中心" : org.value == power ? "供电公司" : "水务局";
}

Bulletin bulletin(
    const Ledger& ledger, const std::string& period, std::optional<Seq> known_at = std::nullopt
) {
    Figures figures;
    test::fold_all(figures, ledger);
    return bulletin_of(figures, {*parse_period(period), known_at}, name_of);
}

const BulletinLine& line_of(const Bulletin& bulletin, std::int64_t org) {
    for (const BulletinLine& line : bulletin.units) {
        if (line.org == OrgId{org}) {
            return line;
        }
    }
    ADD_FAILURE() << "no line of " << org;
    return bulletin.total;
}

/// Facts as domain/facts.cpp writes them, for matters that live as told here.
struct Tale {
    Ledger ledger;
    std::int64_t matters = 0;

    /// Handed in, accepted and assigned on one day.
    std::int64_t begin(const std::string& on, std::int64_t lead, const std::string& due) {
        const std::int64_t matter = ++matters;
        ledger.add({fact("received", on, office, matter)});
        ledger.add({fact("accepted", on, office, matter), fact("in_progress", on, office, matter)});
        ledger.add(
            {fact("assigned", on, lead, matter),
             with_amount(fact("in_progress", on, office, matter), -1),
             fact("in_progress", on, lead, matter),
             fact("due_final", due, lead, matter)}
        );
        return matter;
    }
    void
    close(std::int64_t matter, std::int64_t lead, const std::string& on, const std::string& how) {
        ledger.add(
            {with_amount(fact("in_progress", on, lead, matter), -1),
             fact("closed", on, lead, matter),
             fact(how, on, lead, matter)}
        );
    }
    void rate(std::int64_t matter, std::int64_t lead, const std::string& on, std::int64_t weight) {
        ledger.add(
            {fact("rating_valid", on, lead, matter),
             with_amount(fact("rating_weight", on, lead, matter), weight)}
        );
    }
};

Tale august() {
    Tale tale;
    tale.close(
        tale.begin("2022-07-20", power, "2022-08-05"), power, "2022-08-04", "closed_on_time"
    );
    for (int index = 0; index < 5; ++index) {
        const std::int64_t matter = tale.begin("2022-08-01", power, "2022-08-15");
        tale.close(matter, power, "2022-08-10", "closed_on_time");
        tale.rate(matter, power, "2022-08-12", index < 4 ? 1'000'000 : 800'000);
    }
    const std::int64_t late = tale.begin("2022-08-02", water, "2022-08-16");
    tale.close(late, water, "2022-08-20", "closed_late");
    tale.rate(late, water, "2022-08-21", 800'000);
    tale.begin("2022-08-30", water, "2022-09-13");
    tale.matters += 1;  // answered by the office itself
    tale.ledger.add({fact("received", "2022-08-31", office, tale.matters)});
    tale.ledger.add(
        {fact("accepted", "2022-08-31", office, tale.matters),
         fact("answered_directly", "2022-08-31", office, tale.matters),
         fact("closed", "2022-08-31", office, tale.matters),
         fact("closed_on_time", "2022-08-31", office, tale.matters),
         fact("due_final", "2022-09-14", office, tale.matters)}
    );
    return tale;
}

TEST(bulletin, text_is_aligned_by_display_width) {
    EXPECT_EQ(
        to_text(bulletin(august().ledger, "2022-08"), Language::zh),
        "办理情况通报（2022-08-01 至 2022-08-31）\n"
        "单位              收到  直接答复  受理  交办  办结  按期  超期  在办   办结率   按期率  满意度  评价数\n"
        "群众来访接待中心     8         1     8     0     1     0     0     0  100.00%                        0\n"
        "供电公司             0         0     0     5     6     6     0     0  100.00%  100.00%  96.00%       5\n"
        "水务局               0         0     0     2     1     0     1     1   50.00%    0.00%               1\n"
        "合计                 8         1     8     7     8     6     1     1   87.50%   85.71%  93.33%       6\n"
        "事件序号 " +
            std::to_string(bulletin(august().ledger, "2022-08").seq) + "\n"
    );
}

TEST(bulletin, json_hides_the_satisfaction_of_fewer_than_five) {
    const std::string json = to_json(bulletin(august().ledger, "2022-08"));
    EXPECT_TRUE(
        json.starts_with(R"({"period":"2022-08","from":"2022-08-01","until":"2022-08-31","seq":)")
    ) << json;
    EXPECT_NE(
        json.find(R"("satisfaction":{"numerator":4.8,"denominator":5,"rate":0.9600})"),
        std::string::npos
    );
    EXPECT_NE(
        json.find(R"("satisfaction":{"numerator":null,"denominator":1,"rate":null})"),
        std::string::npos
    );
    EXPECT_NE(json.find(R"("total":{"received":8,"answered_directly":1,)"), std::string::npos);
    EXPECT_NE(
        json.find(R"("satisfaction":{"numerator":5.6,"denominator":6,"rate":0.9333})"),
        std::string::npos
    );
}

TEST(bulletin, csv_has_a_line_a_unit_and_the_total) {
    const Bulletin one = bulletin(august().ledger, "2022-08");
    const std::string seq = std::to_string(one.seq);
    const std::string csv = to_csv(one);
    EXPECT_NE(
        csv.find(
            "2022-08," + seq + ",2,供电公司,0,0,0,5,6,6,0,0,1.0000,5,5,1.0000,6,6,0.9600,4.8,5\r\n"
        ),
        std::string::npos
    ) << csv;
    EXPECT_NE(
        csv.find("2022-08," + seq + ",3,水务局,0,0,0,2,1,0,1,1,0.5000,1,2,0.0000,0,1,,,1\r\n"),
        std::string::npos
    ) << csv;
    EXPECT_NE(csv.find("2022-08," + seq + ",,total,8,1,8,7,8,6,1,1,"), std::string::npos) << csv;
}

TEST(bulletin, closing_rate_follows_the_matters_accepted_in_the_period) {
    Tale tale;
    const std::int64_t matter = tale.begin("2022-08-30", power, "2022-09-10");
    tale.close(matter, power, "2022-09-01", "closed_on_time");
    EXPECT_EQ(line_of(bulletin(tale.ledger, "2022-08"), power).closing, (Share{0, 1, 1}));
    EXPECT_EQ(line_of(bulletin(tale.ledger, "2022-Q3"), power).closing, (Share{1, 1, 1}));
    const Bulletin september = bulletin(tale.ledger, "2022-09");
    EXPECT_EQ(september.total.closed, 1);
    EXPECT_EQ(september.total.closing, (Share{0, 0, 1})) << "it was accepted before";
}

TEST(bulletin, a_matter_due_on_the_last_day_is_judged_by_what_came_after) {
    Tale tale;
    const std::int64_t matter = tale.begin("2022-08-17", power, "2022-08-31");
    EXPECT_EQ(bulletin(tale.ledger, "2022-08").total.timeliness.denominator, 0) << "not judged yet";
    const Seq lapsed = tale.ledger.add({fact("open_past_due", "2022-09-01", power, matter)});
    EXPECT_EQ(bulletin(tale.ledger, "2022-08").total.timeliness, (Share{0, 1, 1}));
    EXPECT_EQ(bulletin(tale.ledger, "2022-08").total.late, 1);
    tale.ledger.add(
        {with_amount(fact("open_past_due", "2022-09-05", power, matter), -1),
         fact("closed", "2022-09-05", power, matter),
         fact("closed_late", "2022-09-05", power, matter)}
    );
    EXPECT_EQ(bulletin(tale.ledger, "2022-08").total.timeliness, (Share{0, 1, 1}));
    EXPECT_EQ(bulletin(tale.ledger, "2022-08", lapsed - 1).total.timeliness.denominator, 0);
}

TEST(bulletin, an_extended_matter_is_due_where_its_final_due_went) {
    Tale tale;
    const std::int64_t matter = tale.begin("2022-08-01", power, "2022-08-15");
    tale.ledger.add(
        {with_amount(fact("due_final", "2022-08-15", power, matter), -1),
         fact("due_final", "2022-09-05", power, matter)}
    );
    tale.close(matter, power, "2022-09-01", "closed_on_time");
    EXPECT_EQ(bulletin(tale.ledger, "2022-08").total.on_time, 0);
    EXPECT_EQ(bulletin(tale.ledger, "2022-09").total.on_time, 1);
}

TEST(bulletin, a_rating_that_only_moves_with_its_matter_is_not_given_anew) {
    Tale tale;
    const std::int64_t matter = tale.begin("2022-08-01", power, "2022-08-15");
    tale.rate(matter, power, "2022-08-20", 800'000);
    tale.ledger.add(
        {with_amount(fact("rating_valid", "2022-09-02", power, matter), -1),
         fact("rating_valid", "2022-09-02", water, matter),
         with_amount(fact("rating_weight", "2022-09-02", power, matter), -800'000),
         with_amount(fact("rating_weight", "2022-09-02", water, matter), 800'000)}
    );
    EXPECT_EQ(bulletin(tale.ledger, "2022-09").total.satisfaction.denominator, 0);
    EXPECT_EQ(line_of(bulletin(tale.ledger, "2022-08"), power).satisfaction.denominator, 1);
}

TEST(bulletin, a_second_rating_replaces_the_first_where_it_was_given) {
    Tale tale;
    const std::int64_t matter = tale.begin("2022-08-01", power, "2022-08-15");
    tale.ledger.add({fact("rating_valid", "2022-08-20", power, matter)});  // bad: no weight
    tale.ledger.add({with_amount(fact("rating_weight", "2022-09-03", power, matter), 1'000'000)});
    EXPECT_EQ(bulletin(tale.ledger, "2022-08").total.satisfaction, (Share{0, 1, millionths}));
    EXPECT_EQ(
        bulletin(tale.ledger, "2022-09").total.satisfaction, (Share{1'000'000, 1, millionths})
    );
}

TEST(bulletin, with_its_seq_it_comes_out_the_same_for_ever) {
    Tale tale = august();
    const Bulletin then = bulletin(tale.ledger, "2022-08");
    tale.close(
        tale.begin("2022-08-03", water, "2022-08-20"), water, "2022-08-19", "closed_on_time"
    );
    EXPECT_NE(to_csv(bulletin(tale.ledger, "2022-08")), to_csv(then));
    EXPECT_EQ(to_csv(bulletin(tale.ledger, "2022-08", then.seq)), to_csv(then));
}

RC_GTEST_PROP(
    bulletin_property, months_of_a_year_add_up_to_the_year_and_rates_stay_within_one, ()
) {
    Tale tale;
    const int matters = *rc::gen::inRange(0, 25);
    for (int index = 0; index < matters; ++index) {
        const auto on = day("2022-01-01") + std::chrono::days{*rc::gen::inRange(0, 360)};
        const auto due = on + std::chrono::days{*rc::gen::inRange(0, 30)};
        const auto done = on + std::chrono::days{*rc::gen::inRange(0, 40)};
        const std::int64_t lead = *rc::gen::element(power, water);
        const std::int64_t matter = tale.begin(to_string(on), lead, to_string(due));
        if (*rc::gen::arbitrary<bool>()) {
            tale.close(
                matter, lead, to_string(done), done <= due ? "closed_on_time" : "closed_late"
            );
        }
    }
    const Bulletin year = bulletin(tale.ledger, "2022");
    std::int64_t received = 0, assigned = 0, closed = 0, on_time = 0, late = 0;
    for (int month = 1; month <= 12; ++month) {
        const Bulletin one =
            bulletin(tale.ledger, (month < 10 ? "2022-0" : "2022-") + std::to_string(month));
        received += one.total.received;
        assigned += one.total.assigned;
        closed += one.total.closed;
        on_time += one.total.on_time;
        late += one.total.late;
        RC_ASSERT(one.total.closing.numerator <= one.total.closing.denominator);
        RC_ASSERT(one.total.closing.denominator == one.total.accepted);
    }
    RC_ASSERT(received == year.total.received);
    RC_ASSERT(assigned == year.total.assigned);
    RC_ASSERT(closed == year.total.closed);
    RC_ASSERT(on_time == year.total.on_time);
    RC_ASSERT(late == year.total.late);
}

TEST(period, forms_are_understood) {
    const auto days = [](const std::string& text) {
        const auto period = parse_period(text);
        return period ? to_string(period->from) + " " + to_string(period->until)
                      : to_string(period.error());
    };
    EXPECT_EQ(days("2022"), "2022-01-01 2022-12-31");
    EXPECT_EQ(days("2022-Q1"), "2022-01-01 2022-03-31");
    EXPECT_EQ(days("2022-Q4"), "2022-10-01 2022-12-31");
    EXPECT_EQ(days("2024-02"), "2024-02-01 2024-02-29");
    EXPECT_EQ(days("2022-08-01"), "2022-08-01 2022-08-01");
    EXPECT_EQ(days("2022-08-01..2022-08-22"), "2022-08-01 2022-08-22");
}

TEST(period, anything_else_is_refused_with_the_forms) {
    for (const char* const text :
         {"",
          "22",
          "2022-13",
          "2022-00",
          "2022-Q5",
          "2022-Q0",
          "2022/08",
          "2022-08-32",
          "2022-08-22..2022-08-01",
          "+022",
          "2022-+1",
          "2022-08-01..",
          "..2022-08-01",
          "2022-8"}) {
        const auto period = parse_period(text);
        ASSERT_FALSE(period) << text;
        EXPECT_EQ(period.error().code, Errc::bad_date);
        EXPECT_NE(period.error().detail.find("2022-Q3"), std::string::npos);
    }
}

}  // namespace
}  // namespace zt::views
