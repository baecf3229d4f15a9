// The burden meter: every demand on a unit stands in one row, by month and by who asked; what a
// unit asks of itself is none.

#include "domain/facts.hpp"
#include "tests/unit/views/fact_builder.hpp"
#include "views/burden.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace zt::views {
namespace {

using test::fact;
using test::Ledger;

constexpr std::int64_t office = 2, township = 3, street = 4;

/// Post 20 sits at org 2, post 30 at org 3 …
OrgId org_of(PostId post) { return OrgId{post.value / 10}; }
std::string name_of(OrgId org) { return "单位" + std::to_string(org.value); }

Fact asked(
    std::string_view what, const char* kind, const char* day, std::int64_t of, std::int64_t by
) {
    Fact out = fact(std::string(what), day, of, 1);
    out.kind = kind;
    out.subject = MatterId{by * 10};
    return out;
}

BurdenTable table(const Ledger& ledger, const char* period) {
    Figures figures;
    test::fold_all(figures, ledger);
    return burden_of(figures, *parse_period(period), org_of, name_of);
}

TEST(burden, each_demand_stands_under_its_month_sender_and_class) {
    Ledger ledger;
    ledger.add({asked(demanded_hand, "appeal", "2022-08-01", street, office)});
    ledger.add({asked(demanded_hand, "inspection", "2022-08-02", street, office)});
    ledger.add({asked(demanded_hand, "meeting", "2022-08-03", street, township)});
    ledger.add({asked(demanded_item, "task_list", "2022-08-03", street, township)});
    ledger.add({asked(demanded_urge, "appeal", "2022-08-31", street, 0)});
    ledger.add({asked(demanded_hand, "submission", "2022-09-01", street, office)});
    ledger.add({asked(demanded_hand, "appeal", "2022-08-01", office, office)});
    ledger.add({asked(demanded_supervision, "appeal", "2022-10-01", street, office)});
    EXPECT_EQ(
        to_csv(table(ledger, "2022-Q3"), Language::en),
        "unit,month,sender,orders,reports,inspections,meetings,items,urgings,supervision,total\r\n"
        "单位4,2022-08,单位2,1,0,1,0,0,0,0,2\r\n"
        "单位4,2022-08,单位3,0,0,0,1,1,0,0,2\r\n"
        "单位4,2022-08,system (a clock),0,0,0,0,0,1,0,1\r\n"
        "单位4,2022-09,单位2,0,1,0,0,0,0,0,1\r\n"
    );
    const std::string json = to_json(table(ledger, "2022-10"));
    EXPECT_NE(
        json.find(R"("sender_id":2,"sender":"单位2","orders":0,"reports":0,"inspections":0)"),
        std::string::npos
    ) << json;
    EXPECT_NE(json.find(R"("supervision_orders":1,"total":1)"), std::string::npos) << json;
}

RC_GTEST_PROP(burden, nothing_is_lost_and_nothing_counts_twice, ()) {
    Ledger ledger;
    std::int64_t from_others = 0;
    const auto count = *rc::gen::inRange(0, 40);
    for (int i = 0; i < count; ++i) {
        const auto of = *rc::gen::inRange<std::int64_t>(2, 5);
        const auto by = *rc::gen::inRange<std::int64_t>(2, 5);
        const auto what =
            *rc::gen::element(demanded_hand, demanded_item, demanded_urge, demanded_supervision);
        const char* day = *rc::gen::element("2022-07-31", "2022-08-01", "2022-12-31");
        ledger.add({asked(what, "task", day, of, by)});
        from_others += of == by ? 0 : 1;
    }
    std::int64_t sum = 0;
    for (const BurdenRow& row : table(ledger, "2022").rows) {
        RC_ASSERT(row.unit != row.sender);
        sum += row.total();
    }
    RC_ASSERT(sum == from_others);
}

}  // namespace
}  // namespace zt::views
