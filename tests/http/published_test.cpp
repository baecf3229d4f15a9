// What everybody may read without signing in: published matters, figures, bulletins.

#include "tests/http/public_place.hpp"

#include <map>
#include <set>

namespace zt::http::test {
namespace {

using namespace std::chrono;

class PublishedOverHttp : public PublicPlace {
  protected:
    static std::vector<std::string> numbers_of(const Heard& heard) {
        std::vector<std::string> numbers;
        for (const Json& row : body_of(heard)["rows"].as_array()) {
            numbers.push_back(row["number"].as_string());
        }
        return numbers;
    }
    static std::string month_of(UtcMs at) { return to_string(office_date(at)).substr(0, 7); }
    /// The value of an indicator in the row of a period.
    static Json value_of(const Heard& heard, const std::string& period, const std::string& name) {
        for (const Json& row : body_of(heard)["rows"].as_array()) {
            if (row["kind"].as_string() == "appeal" && row["period"].as_string() == period) {
                for (const Json& value : row["values"].as_array()) {
                    if (value["name"].as_string() == name) {
                        return value;
                    }
                }
            }
        }
        return {};
    }
};

TEST_F(PublishedOverHttp, the_feed_tells_what_the_list_tells) {
    const UtcMs now = app::OsClock{}.now();
    const std::string number = tells(
        {.at = now - days{50}, .title = "一", .public_title = "甲<b>", .public_text = "已修复"}
    );
    tells({.at = now - days{49}, .title = "不公开的一件"});
    serve();
    const Heard feed = settled("/api/v1/portal/feed");
    ASSERT_EQ(feed.status, 200) << feed.body;
    EXPECT_EQ(feed.field("content-type"), "application/rss+xml; charset=utf-8");
    EXPECT_NE(feed.body.find("<title>甲&lt;b&gt;</title>"), std::string::npos) << feed.body;
    EXPECT_NE(feed.body.find("/published/" + number + "</link>"), std::string::npos);
    EXPECT_EQ(feed.body.find("不公开的一件"), std::string::npos);
    EXPECT_EQ(get("/api/v1/portal/feed?limit=0").status, 400);
}

TEST_F(PublishedOverHttp, the_place_tells_its_areas_units_promises_and_ways_and_nobody_by_name) {
    settings_.legal_offices = {{"review", "县信访局", "河畔路 1 号", "0555-5550201", "30d"}};
    serve();
    const Heard heard = settled("/api/v1/portal/place");
    ASSERT_EQ(heard.status, 200) << heard.body;
    const Json place = body_of(heard);
    EXPECT_FALSE(place["name"].as_string().empty());
    EXPECT_FALSE(place["office"].as_string().empty());
    EXPECT_FALSE(place["units"].as_array().empty());
    std::set<std::int64_t> before{0};
    for (const Json& area : place["areas"].as_array()) {
        EXPECT_TRUE(before.contains(area["parent"].as_int())) << "a parent stands before its areas";
        before.insert(area["id"].as_int());
    }
    EXPECT_GT(before.size(), 1U);
    std::map<std::string, std::string> lengths;
    for (const Json& kind : place["promises"].as_array()) {
        for (const Json& one : kind["lengths"].as_array()) {
            if (kind["kind"].as_string() == "appeal") {
                lengths[one["clock"].as_string() + "/" + one["when"].as_string()] =
                    one["length"].as_string();
            }
        }
    }
    EXPECT_EQ(lengths["handle/咨询"], "1wd");
    EXPECT_EQ(lengths["tell/"], "1wd");
    EXPECT_EQ(place["ways_in"].as_array().size(), 4U);
    const JsonArray& ways = place["legal_ways"].as_array();
    ASSERT_EQ(ways.size(), 4U);
    EXPECT_EQ(ways[0]["name"].as_string(), "review");
    EXPECT_EQ(ways[0]["authority"].as_string(), "县信访局");
    EXPECT_EQ(ways[0]["within"].as_string(), "30d");
    EXPECT_EQ(ways[1]["authority"].as_string(), "") << "the place has not said";
    EXPECT_FALSE(ways[1]["title"].as_string().empty());
    EXPECT_EQ(heard.body.find("person"), std::string::npos);
    EXPECT_EQ(heard.body.find("post"), std::string::npos);
}

TEST_F(PublishedOverHttp, only_what_was_published_is_listed_and_counted) {
    const UtcMs now = app::OsClock{}.now();
    const std::string first =
        tells({.at = now - days{50}, .title = "一", .public_title = "甲", .public_text = "已修复"});
    tells({.at = now - days{49}, .title = "不公开的一件"});
    const std::string second = tells(
        {.at = now - days{48},
         .title = "二",
         .purpose = "complaint",
         .category = "water",
         .public_title = "乙",
         .public_text = "已改正，如需了解请致电有关单位"}
    );
    serve();
    const std::string at = "/api/v1/portal/published";
    const Heard list = settled(at);
    ASSERT_EQ(list.status, 200) << list.body;
    EXPECT_EQ(numbers_of(list), (std::vector<std::string>{second, first})) << "newest first";
    EXPECT_EQ(body_of(list)["count"].as_int(), 2);
    for (const char* secret : {"王小明", "13900000077", "内部答复", "不公开的一件"}) {
        EXPECT_EQ(list.body.find(secret), std::string::npos) << secret;
    }
    EXPECT_EQ(numbers_of(get(at + "?category=water")), std::vector<std::string>{second});
    EXPECT_EQ(body_of(get(at + "?category=water"))["count"].as_int(), 1);
    EXPECT_TRUE(numbers_of(get(at + "?counts=open")).empty());
    EXPECT_EQ(numbers_of(get(at + "?counts=closed&kind=appeal")).size(), 2U);
    EXPECT_EQ(
        numbers_of(get(at + "?month=" + month_of(now - days{50}))).size(),
        month_of(now - days{50}) == month_of(now - days{48}) ? 2U : 1U
    );
    const Heard page = get(at + "?limit=1");
    EXPECT_EQ(numbers_of(page), std::vector<std::string>{second});
    const Heard next = get(at + "?limit=1&after=" + body_of(page)["next"].as_string());
    EXPECT_EQ(numbers_of(next), std::vector<std::string>{first});
    EXPECT_TRUE(body_of(next)["next"].is_null());
    for (const char* wrong : {"?limit=0", "?limit=101", "?month=2022", "?counts=maybe"}) {
        EXPECT_EQ(get(at + wrong).status, 400) << wrong;
    }
    EXPECT_EQ(get(at + "?after=ZT-1999-000001").status, 404);
}

TEST_F(PublishedOverHttp, one_is_shown_with_its_days_and_the_others_are_not_there) {
    const UtcMs now = app::OsClock{}.now();
    const std::string shown =
        tells({.at = now - days{50}, .title = "一", .public_title = "甲", .public_text = "已修复"});
    const std::string hidden = tells({.at = now - days{49}, .title = "不公开的一件"});
    // Raised to a report of wrong-doing after it was published: nobody outside sees it any more.
    const UtcMs later = now - days{40};
    const std::string raised =
        tells({.at = now - days{48}, .title = "三", .public_title = "丙", .public_text = "已改正"});
    does(
        later,
        tenant().ledger().find_number(raised).value(),
        clerk(),
        Verb::classify,
        Json::object().set("protection", "wrong_done")
    );
    serve();
    const std::string at = "/api/v1/portal/published";
    const Heard list = settled(at);
    EXPECT_EQ(numbers_of(list), std::vector<std::string>{shown});
    EXPECT_EQ(body_of(list)["count"].as_int(), 1) << "a count tells no more than the rows";
    const Heard one = get(at + "/" + shown);
    ASSERT_EQ(one.status, 200) << one.body;
    const Json line = body_of(one)["line"];
    EXPECT_EQ(line["title"].as_string(), "甲");
    EXPECT_EQ(line["text"].as_string(), "已修复");
    EXPECT_EQ(line["category"].as_string(), "供电");
    const Json page = body_of(one);
    const auto& steps = page["steps"].as_array();
    ASSERT_EQ(steps.size(), 5U) << one.body;
    EXPECT_EQ(steps.front()["title"].as_string(), "已收到");
    EXPECT_EQ(steps.back()["title"].as_string(), "公开");
    EXPECT_EQ(one.body.find("T0"), std::string::npos) << "days, no hours";
    const Heard absent = get(at + "/ZT-1999-000001");
    for (const auto& number : {hidden, raised}) {
        EXPECT_EQ(get(at + "/" + number).status, 404);
        EXPECT_EQ(absent.status, 404);
    }
}

TEST_F(PublishedOverHttp, figures_are_of_ended_months) {
    const UtcMs now = app::OsClock{}.now();
    const year_month_day today(office_date(now));
    // In January nothing of the year has ended: the figures of last year are looked at.
    const year_month_day month(sys_days(
        today.month() == January ? (today.year() - years{1}) / December / 2
                                 : (today.year() / (today.month() - months{1})) / 2
    ));
    UtcMs at = start_of(sys_days(month)) + hours{1};
    for (int number = 0; number < 6; ++number) {
        const bool is_rated = number < 4;
        tells(
            {.at = at += hours{8},
             .title = "第" + std::to_string(number) + "件",
             .satisfaction = is_rated ? "satisfied" : ""}
        );
    }
    serve();
    const std::string period = month_of(at);
    const std::string path =
        "/api/v1/portal/figures?year=" + std::to_string(static_cast<int>(month.year()));
    const Heard figures = settled(path);
    ASSERT_EQ(figures.status, 200) << figures.body;
    EXPECT_EQ(value_of(figures, period, "received")["count"].as_int(), 6) << figures.body;
    const Json on_time = value_of(figures, period, "on_time_rate");
    EXPECT_EQ(on_time["rate"].as_string(), "1.0000") << figures.body;
    EXPECT_EQ(on_time["denominator"].as_int(), 6);
    const Json satisfaction = value_of(figures, period, "satisfaction");
    EXPECT_TRUE(satisfaction["is_hidden"].as_bool()) << figures.body;
    EXPECT_TRUE(satisfaction["denominator"].is_null());
    EXPECT_TRUE(satisfaction["rate"].is_null());
    const Heard none = get("/api/v1/portal/figures?year=2090");
    EXPECT_EQ(none.status, 200);
    EXPECT_TRUE(body_of(none)["rows"].as_array().empty());
    EXPECT_EQ(get("/api/v1/portal/figures?year=soon").status, 400);

    const Heard bulletin = get("/api/v1/portal/bulletin?period=" + period);
    ASSERT_EQ(bulletin.status, 200) << bulletin.body;
    EXPECT_NE(bulletin.body.find(R"("total":{"received":6)"), std::string::npos) << bulletin.body;
    const std::string this_month = month_of(now);
    for (const std::string& wrong :
         {this_month, std::string("2022"), std::string("2022-08-01"), std::string("2022-Q3")}) {
        EXPECT_EQ(get("/api/v1/portal/bulletin?period=" + wrong).status, 400) << wrong;
    }
    EXPECT_EQ(bulletin.body.find(R"("satisfaction":{"numerator":4)"), std::string::npos)
        << "four ratings say more of people than of the place: " << bulletin.body;
}

}  // namespace
}  // namespace zt::http::test
