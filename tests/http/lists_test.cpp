// Lists of all matters over a served place: what each post sees and counts of them.

#include "tests/http/desk_place.hpp"

#include <sqlite3.h>

#include <set>

namespace zt::http::test {
namespace {

class Lists : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        shared_desk = std::make_unique<DeskPlace>(
            "lists", std::vector<std::string>{"office.clerk", "供电公司.handler", "街道办.handler"}
        );
        desk().hand_in(R"("title":"路灯一","for":"甲","contact":"13900000001")");
        power_matter = desk().hand_in(R"("title":"路灯二","for":"乙","contact":"13900000002")");
        desk().accept_and_assign(power_matter, "供电公司");
        ended_matter = desk().hand_in(R"("title":"问材料","purpose":"inquiry","for":"丙")");
        desk().must(
            "office.clerk",
            ended_matter,
            R"({"verb":"accept","fields":{}},{"verb":"reply","fields":{"text":"三样材料"}},)"
            R"({"verb":"close","fields":{}})"
        );
        accused_matter =
            desk().hand_in(R"("title":"违规收费","purpose":"report","accused":"街道办","for":"丁")"
            );
    }
    static void TearDownTestSuite() { shared_desk.reset(); }
    static DeskPlace& desk() { return *shared_desk; }
    static Heard list(const std::string& who, const std::string& query) {
        return desk().get_patiently(who, "/api/v1/matters?" + desk().seen() + "&" + query);
    }
    static Json listed(const std::string& who, const std::string& query) {
        const Heard heard = list(who, query);
        EXPECT_EQ(heard.status, 200) << heard.body;
        return DeskPlace::body_of(heard);
    }

    static inline std::unique_ptr<DeskPlace> shared_desk;
    static inline std::string power_matter, ended_matter, accused_matter;
};

using Numbers = std::vector<std::string>;

TEST_F(Lists, open_and_closed_stand_in_one_list_newest_first) {
    const Json all = listed("office.clerk", "");
    EXPECT_EQ(all["count"].as_int(), 4);
    EXPECT_FALSE(all["is_more"].as_bool());
    EXPECT_GE(all["seq"].as_int(), desk().last_seq()) << "the answer says how far the list is";
    EXPECT_FALSE(all["is_being_made"].as_bool());
    const Json& newest = all["rows"].as_array().front();
    EXPECT_EQ(newest["line"]["number"].as_string(), accused_matter);
    EXPECT_EQ(newest["line"]["title"].as_string(), "违规收费");
    EXPECT_NE(newest["line"]["lamp"].as_string(), "none") << "an open one has its clock";
    const Json closed = listed("office.clerk", "state=closed");
    ASSERT_EQ(numbers_in(closed), Numbers{ended_matter});
    EXPECT_EQ(closed["rows"].as_array().front()["counts"].as_string(), "closed");
    EXPECT_FALSE(closed["rows"].as_array().front()["closed"].as_string().empty());
    EXPECT_EQ(listed("office.clerk", "state=open")["count"].as_int(), 3);
}

TEST_F(Lists, a_unit_sees_and_counts_what_it_has_in_hand_and_a_stranger_nothing) {
    const Json own = listed("供电公司.handler", "");
    EXPECT_EQ(numbers_in(own), Numbers{power_matter});
    EXPECT_EQ(own["count"].as_int(), 1) << "a count tells as much as a row";
    const Json none = listed("街道办.handler", "");
    EXPECT_TRUE(none["rows"].as_array().empty()) << "neither a stranger's nor one that accuses it";
    EXPECT_EQ(none["count"].as_int(), 0);
    EXPECT_EQ(listed("街道办.handler", "sort=urgent")["count"].as_int(), 0);
    EXPECT_EQ(listed("街道办.handler", "sort=urgent")["lamps"]["amber"].as_int(), 0);
    EXPECT_EQ(desk().get("", "/api/v1/matters").status, 401);
}

TEST_F(Lists, pages_follow_each_other_without_gap_or_repeat_both_ways) {
    for (const std::string order : {"newest", "oldest", "urgent"}) {
        std::string after;
        Numbers met;
        for (int page = 0; page < 10; ++page) {
            const Json one = listed("office.clerk", "limit=1&sort=" + order + "&after=" + after);
            for (auto& number : numbers_in(one)) {
                met.push_back(std::move(number));
            }
            if (one.find("next") == nullptr) {
                break;
            }
            after = one["next"].as_string();
        }
        EXPECT_EQ(met.size(), order == "urgent" ? 3U : 4U) << order;
        EXPECT_EQ(std::set<std::string>(met.begin(), met.end()).size(), met.size()) << order;
    }
}

TEST_F(Lists, filters_pass_what_they_name) {
    EXPECT_EQ(
        numbers_in(listed("office.clerk", "unit=" + escaped("供电公司"))), Numbers{power_matter}
    );
    EXPECT_EQ(
        numbers_in(listed("office.clerk", "sort=urgent&unit=" + escaped("供电公司"))),
        Numbers{power_matter}
    );
    EXPECT_EQ(listed("office.clerk", "office=office&kind=appeal")["count"].as_int(), 4);
    EXPECT_EQ(listed("office.clerk", "kind=task")["count"].as_int(), 0);
    EXPECT_EQ(listed("office.clerk", "until=2000-01-01")["count"].as_int(), 0);
    EXPECT_EQ(listed("office.clerk", "from=2000-01-01")["count"].as_int(), 4);
    EXPECT_EQ(listed("office.clerk", "published=yes")["count"].as_int(), 0);
    EXPECT_GT(listed("office.clerk", "records=yes&kind=org")["count"].as_int(), 3);
    const Json lamps = listed("office.clerk", "lamp=green,amber,red");
    EXPECT_EQ(lamps["count"].as_int(), 3);
    EXPECT_EQ(
        lamps["lamps"]["green"].as_int() + lamps["lamps"]["amber"].as_int() +
            lamps["lamps"]["red"].as_int(),
        3
    );
}

TEST_F(Lists, what_is_asked_wrongly_is_refused_by_name) {
    const std::map<std::string, std::string> wrong{
        {"state=done", "/state"},
        {"sort=best", "/sort"},
        {"lamp=blue", "/lamp"},
        {"limit=0", "/limit"},
        {"after=x", "/after"},
        {"from=yesterday", "/from"},
        {"office=nowhere", "/office"},
        {"area=nowhere", "/area"},
        {"published=maybe", "/published"},
        {"sort=urgent&state=closed", "/state"},
        {"sort=urgent&from=2022-01-01", "/sort"},
        {"sort=urgent&after=12", "/after"},
    };
    for (const auto& [query, at] : wrong) {
        const Heard heard = list("office.clerk", query);
        EXPECT_GE(heard.status, 400) << query;
        EXPECT_LT(heard.status, 500) << query;
        EXPECT_EQ(DeskPlace::body_of(heard)["at"].as_string(), at) << heard.body;
    }
    const Heard ahead = desk().get("office.clerk", "/api/v1/matters?after_seq=999999999");
    EXPECT_EQ(ahead.status, 400) << "nobody waits for what has not happened";
}

TEST_F(Lists, an_unchanged_list_is_not_sent_again) {
    const Heard first = list("office.clerk", "state=closed");
    ASSERT_FALSE(first.field("etag").empty());
    const Heard again = desk().get(
        "office.clerk",
        "/api/v1/matters?" + desk().seen() + "&state=closed",
        "If-None-Match: " + first.field("etag") + "\r\n"
    );
    EXPECT_EQ(again.status, 304);
    EXPECT_TRUE(again.body.empty());
}

TEST_F(Lists, a_figure_leads_to_its_matters_as_far_as_they_may_be_seen) {
    const auto behind = [](const std::string& who, const std::string& query) {
        const Heard heard = desk().get_patiently(
            who, "/api/v1/figures/" + query + (query.contains('?') ? "&" : "?") + desk().seen()
        );
        EXPECT_EQ(heard.status, 200) << heard.body;
        return DeskPlace::body_of(heard);
    };
    EXPECT_EQ(behind("office.clerk", "received/matters")["count"].as_int(), 4);
    EXPECT_EQ(behind("供电公司.handler", "received/matters")["count"].as_int(), 1);
    EXPECT_EQ(behind("街道办.handler", "received/matters")["count"].as_int(), 0);
    EXPECT_EQ(numbers_in(behind("office.clerk", "closed/matters")), Numbers{ended_matter});
    EXPECT_EQ(
        numbers_in(behind("office.clerk", "assigned/matters?kind=appeal&org=" + escaped("供电公司"))
        ),
        Numbers{power_matter}
    );
    EXPECT_EQ(behind("office.clerk", "assigned/matters?org=office")["count"].as_int(), 0);
    EXPECT_EQ(
        behind("供电公司.handler", "due_final/matters")["count"].as_int() +
            behind("供电公司.handler", "asked_to_rate/matters")["count"].as_int(),
        behind("供电公司.handler", "due_final/matters")["count"].as_int()
    ) << "what ratings a unit got is nobody's figure but the office's";
    const Heard table = desk().get("office.clerk", "/api/v1/figures?by=org,category");
    EXPECT_EQ(table.status, 200) << table.body;
    EXPECT_EQ(desk().get("office.clerk", "/api/v1/figures/nothing/matters").status, 404);
}

TEST_F(Lists, what_units_are_asked_for_is_shown_inside_and_of_the_own_unit) {
    EXPECT_EQ(desk().get("", "/api/v1/burden?period=2026").status, 401);
    EXPECT_EQ(desk().get("office.clerk", "/api/v1/burden").status, 400);
    EXPECT_EQ(desk().get("office.clerk", "/api/v1/burden?period=2026-13").status, 400);
    const std::string ever = "/api/v1/burden?period=2020-01-01..2099-12-31";
    const Heard own = desk().get("供电公司.handler", ever);
    ASSERT_EQ(own.status, 200) << own.body;
    EXPECT_NE(own.body.find(R"("unit":"县供电公司")"), std::string::npos) << own.body;
    EXPECT_NE(own.body.find(R"("sender":"营商环境办","orders":)"), std::string::npos) << own.body;
    const Heard other = desk().get("office.clerk", ever);
    ASSERT_EQ(other.status, 200) << other.body;
    EXPECT_EQ(other.body.find("供电公司"), std::string::npos) << other.body;
}

TEST_F(Lists, scores_are_shown_inside_and_of_the_own_unit) {
    EXPECT_EQ(desk().get("", "/api/v1/scores?period=2026&score=jungar").status, 401);
    const Heard scores = desk().get("供电公司.handler", "/api/v1/scores?period=2026&score=jungar");
    ASSERT_EQ(scores.status, 200) << scores.body;
    EXPECT_EQ(scores.body.find("住房"), std::string::npos);
    const auto at = [&](const std::string& query) {
        const Heard heard = desk().get("office.clerk", "/api/v1/scores?" + query);
        return std::to_string(heard.status) + DeskPlace::body_of(heard)["at"].as_string();
    };
    EXPECT_EQ(at("score=jungar"), "400/period");
    EXPECT_EQ(at("period=2026"), "400/score");
    EXPECT_EQ(at("period=2026&score=nowhere"), "404/score");
}

/// Holds the file of a view so that the thread which keeps it cannot write: it lags.
class Holding {
  public:
    explicit Holding(const std::string& file) {
        EXPECT_EQ(sqlite3_open(file.c_str(), &handle_), SQLITE_OK);
        sqlite3_busy_timeout(handle_, 5'000);
    }
    Holding(const Holding&) = delete;
    Holding& operator=(const Holding&) = delete;
    ~Holding() { sqlite3_close(handle_); }
    void run(const char* sql) {
        EXPECT_EQ(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(handle_);
    }

  private:
    sqlite3* handle_ = nullptr;
};

/// Asks until it is so; each question waits a second for the view.
bool comes_true(const std::function<bool()>& is_so) {
    for (int turn = 0; turn < 30; ++turn) {
        if (is_so()) {
            return true;
        }
    }
    return false;
}

TEST_F(Lists, that_lag_say_so_and_have_it_when_they_caught_up) {
    Holding view(desk().place().path() + "/lists.db");
    ASSERT_EQ(listed("office.clerk", "")["count"].as_int(), 4);
    view.run("BEGIN IMMEDIATE");
    const std::string number = desk().hand_in(R"("title":"新来的","for":"戊")");
    const Heard late = list("office.clerk", "");
    EXPECT_EQ(late.status, 503);
    EXPECT_EQ(late.field("retry-after"), "1");
    const Json refusal = DeskPlace::body_of(late);
    EXPECT_EQ(refusal["code"].as_string(), "overloaded");
    EXPECT_TRUE(refusal["retry_may_help"].as_bool());
    const Heard before = desk().get("office.clerk", "/api/v1/matters");
    EXPECT_EQ(before.status, 200) << "who does not insist is told what there is";
    EXPECT_LT(DeskPlace::body_of(before)["seq"].as_int(), desk().last_seq());
    EXPECT_EQ(desk().get("office.clerk", "/api/v1/matters/" + number).status, 200)
        << "the matter itself is there at once";
    EXPECT_EQ(desk().get("office.clerk", "/api/v1/search?q=x&" + desk().seen()).status, 503)
        << "either view is waited for";
    view.run("ROLLBACK");
    EXPECT_TRUE(comes_true([] { return list("office.clerk", "").status == 200; }));
    EXPECT_EQ(numbers_in(listed("office.clerk", "limit=1")), Numbers{number});
    EXPECT_EQ(desk().get("office.clerk", "/api/v1/matters?after_seq=99999999").status, 400)
        << "that has not happened";
}

TEST_F(Lists, that_are_made_anew_say_so_until_all_are_in) {
    EXPECT_FALSE(listed("office.clerk", "")["is_being_made"].as_bool());
    desk().stop();
    {
        Holding view(desk().place().path() + "/lists.db");
        view.run("UPDATE about SET value = 0 WHERE name = 'position'");
        view.run("BEGIN IMMEDIATE");
        desk().start();
        const auto now = [] {
            return DeskPlace::body_of(desk().get("office.clerk", "/api/v1/matters"));
        };
        EXPECT_TRUE(comes_true([&] { return now()["is_being_made"].as_bool(); }));
        EXPECT_EQ(now()["seq"].as_int(), 0);
        view.run("ROLLBACK");
    }
    EXPECT_TRUE(comes_true([] { return list("office.clerk", "").status == 200; }));
    EXPECT_FALSE(listed("office.clerk", "")["is_being_made"].as_bool());
}

}  // namespace
}  // namespace zt::http::test
