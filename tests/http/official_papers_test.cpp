// Official papers over HTTP: who may read the step that issued one draws it; numbers have no gaps.

#include "tests/http/people_place.hpp"

#include <gtest/gtest.h>

namespace zt::http::test {
namespace {

class OfficialPapersOverHttp : public ::testing::Test {
  protected:
    void SetUp() override {
        for (const AccountOf& account : {
                 AccountOf{"clerk", "office", "clerk"},
                 {"power", "供电公司", "handler"},
                 {"building", "住建局", "handler"},
                 {"supervisor", "supervision", "supervisor"},
             }) {
            place_.give_account(account);
        }
        place_.serve();
    }
    /// Handed in, accepted and given to the unit.
    std::string assigned() {
        const Signed& clerk = place_.as("clerk");
        const std::string number = place_.hand_in();
        does(clerk, number, "accept", "{}");
        does(clerk, number, "assign", R"({"lead":"供电公司"})");
        return number;
    }
    void does(const Signed& who, const std::string& number, const char* verb, const char* fields) {
        const Heard heard = place_.does(
            who,
            number,
            std::string(R"({"verb":")") + verb + R"(","number":")" + number + R"(","fields":)" +
                fields + "}"
        );
        ASSERT_EQ(heard.status / 100, 2) << heard.body;
    }
    Json papers(const char* who, const std::string& number) {
        return body_of(place_.get("/api/v1/matters/" + number + "/papers", place_.as(who).fields())
        );
    }

    PeoplePlace place_{"official_papers"};
};

TEST_F(OfficialPapersOverHttp, orders_are_numbered_without_gaps_and_drawn_for_who_may_read_them) {
    const std::string first = assigned(), second = assigned();
    const char* const order =
        R"({"reason":"逾期未办","text":"三个工作日内反馈，联系人13900000078"})";
    does(place_.as("supervisor"), first, "order_supervision", order);
    does(place_.as("supervisor"), second, "order_supervision", order);
    const Json rows = papers("clerk", first)["rows"], others = papers("clerk", second)["rows"];
    ASSERT_EQ(rows.as_array().size(), 1U);
    ASSERT_EQ(others.as_array().size(), 1U);
    const std::string& one = rows.as_array().front()["number"].as_string();
    const std::string& two = others.as_array().front()["number"].as_string();
    EXPECT_TRUE(one.starts_with("督办〔") && one.ends_with("〕1号")) << one;
    EXPECT_TRUE(two.ends_with("〕2号")) << two;

    const std::string path = "/api/v1/matters/" + first + "/papers/supervision_order";
    const Heard pdf = place_.get(path, place_.as("power").fields());
    ASSERT_EQ(pdf.status, 200) << pdf.body;
    EXPECT_TRUE(pdf.body.starts_with("%PDF-"));
    EXPECT_NE(pdf.head.find("application/pdf"), std::string::npos) << pdf.head;
    EXPECT_NE(pdf.head.find("Zhitong-Watermark"), std::string::npos) << pdf.head;
    EXPECT_EQ(place_.get(path + "?seq=1", place_.as("power").fields()).status, 404);
    EXPECT_EQ(place_.get(path + "?seq=x", place_.as("power").fields()).status, 400);
    // A unit that has nothing to do with it does not learn that there is such a matter.
    EXPECT_EQ(place_.get(path, place_.as("building").fields()).status, 404);
    EXPECT_EQ(place_.get(path, "").status, 401);
}

TEST_F(OfficialPapersOverHttp, a_matter_without_papers_has_none) {
    const std::string number = assigned();
    EXPECT_TRUE(papers("clerk", number)["rows"].as_array().empty());
    const std::string path = "/api/v1/matters/" + number + "/papers/reply_letter";
    EXPECT_EQ(place_.get(path, place_.as("clerk").fields()).status, 404);
}

TEST_F(OfficialPapersOverHttp, a_bulletin_comes_as_json_csv_spreadsheet_and_paper) {
    assigned();
    const std::string fields = place_.as("clerk").fields();
    const auto begins = [&](const std::string& format) {
        const Heard heard = place_.get("/api/v1/bulletins?period=2026-Q4&format=" + format, fields);
        return heard.status == 200 ? heard.body.substr(0, 4) : std::to_string(heard.status);
    };
    EXPECT_EQ(begins("json").front(), '{');
    EXPECT_EQ(begins("csv"), "peri");
    EXPECT_EQ(begins("xlsx"), "PK\x03\x04");
    EXPECT_EQ(begins("pdf"), "%PDF");
    EXPECT_EQ(begins("doc"), "400");
}

}  // namespace
}  // namespace zt::http::test
