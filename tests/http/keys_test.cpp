// Keys of programs, end to end: made once, held to their scopes and to what their post sees, and
// nothing any more once revoked.

#include "tests/http/people_place.hpp"

namespace zt::http::test {
namespace {

class Keys : public ::testing::Test {
  protected:
    Keys() {
        place_.give_administrators();
        place_.serve();
        security_ = place_.as("security");
    }

    [[nodiscard]] std::int64_t post(const std::string& org, const std::string& key) const {
        const Heard heard = place_.get("/api/v1/directory/orgs", security_.fields());
        const Json list = body_of(heard);
        for (const Json& one : list["orgs"].as_array()) {
            for (const Json& held : one["posts"].as_array()) {
                if (one["code"].as_string() == org && held["key"].as_string() == key) {
                    return held["id"].as_int();
                }
            }
        }
        return 0;
    }

    [[nodiscard]] Heard make(std::int64_t post, const std::string& scopes) const {
        const UtcMs until = app::OsClock{}.now() + std::chrono::days{30};
        return place_.post(
            "/api/v1/admin/keys",
            security_.fields(),
            R"({"label":"报表","scopes":[)" + scopes + R"(],"post":)" + std::to_string(post) +
                R"(,"until":")" + to_iso_utc(until) + "\"}"
        );
    }

    [[nodiscard]] static std::string bearer(const Heard& made) {
        return "Authorization: Bearer " + body_of(made)["text"].as_string() + "\r\n";
    }

    PeoplePlace place_{"keys"};
    Signed security_;
};

TEST_F(Keys, with_matters_read_a_program_reads_and_nothing_else) {
    const Heard made = make(post("office", "clerk"), R"("matters.read")");
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string program = bearer(made);
    const Json receipt = place_.hand_in_with_code();
    const std::string number = receipt["number"].as_string();
    const std::string page = "/api/v1/matters/" + number;
    const Heard matter = place_.get(page, program);
    ASSERT_EQ(matter.status, 200) << matter.body;
    EXPECT_EQ(matter.body.find("王"), std::string::npos) << "who handed in is left out";
    EXPECT_EQ(matter.body.find("13900000077"), std::string::npos);
    const Heard open =
        place_.get("/api/v1/matters?after_seq=" + std::to_string(receipt["seq"].as_int()), program);
    EXPECT_EQ(body_of(open)["count"].as_int(), 1) << open.body;

    const std::string accept = R"({"deeds":[{"verb":"accept","fields":{}}]})";
    EXPECT_EQ(place_.post(page + "/verbs", program + place_.key(), accept).status, 403);
    EXPECT_EQ(place_.get("/api/v1/figures", program).status, 403);
    EXPECT_EQ(place_.get("/api/v1/inbox", program).status, 403);
    EXPECT_EQ(place_.get("/api/v1/notices", program).status, 403);
    EXPECT_EQ(place_.get("/api/v1/admin/keys", program).status, 403);
    EXPECT_EQ(place_.get("/api/v1/session", program).status, 403);
}

TEST_F(Keys, a_key_sees_what_its_post_sees) {
    const Heard unit = make(post("供电公司", "handler"), R"("matters.read")");
    const Heard figures = make(post("office", "clerk"), R"("figures.read")");
    const std::string number = place_.hand_in();
    const Heard hidden = place_.get("/api/v1/matters/" + number, bearer(unit));
    const Heard absent = place_.get("/api/v1/matters/ZT-1999-000001", bearer(unit));
    EXPECT_EQ(hidden.status, 404);
    EXPECT_EQ(hidden.status, absent.status);
    EXPECT_EQ(body_of(place_.get("/api/v1/matters", bearer(unit)))["count"].as_int(), 0);
    EXPECT_EQ(place_.get("/api/v1/figures", bearer(figures)).status, 200);
    EXPECT_EQ(place_.get("/api/v1/matters/" + number, bearer(figures)).status, 403);
}

TEST_F(Keys, what_was_revoked_opens_nothing) {
    const Heard made = make(post("office", "clerk"), R"("matters.read")");
    const std::string path = "/api/v1/admin/keys/" + std::to_string(body_of(made)["key"].as_int());
    EXPECT_EQ(place_.get("/api/v1/matters", bearer(made)).status, 200);
    const Heard list = place_.get("/api/v1/admin/keys", security_.fields());
    const Json line = body_of(list)["keys"].as_array().front();
    EXPECT_EQ(line["label"].as_string(), "报表");
    EXPECT_FALSE(line["last_used"].is_null()) << list.body;
    EXPECT_EQ(list.body.find("ztk_"), std::string::npos) << "the key is shown once";
    EXPECT_EQ(place_.client().ask("DELETE " + path, security_.fields()).hear().status, 204);
    EXPECT_EQ(place_.client().ask("DELETE " + path, security_.fields()).hear().status, 404);
    EXPECT_EQ(place_.get("/api/v1/matters", bearer(made)).status, 401);
}

TEST_F(Keys, what_a_key_may_not_be_is_told_by_its_member) {
    const std::int64_t clerk = post("office", "clerk");
    const auto at = [](const Heard& heard) { return body_of(heard)["at"].as_string(); };
    EXPECT_EQ(at(make(clerk, R"("matters.read","everything")")), "/scopes/1");
    EXPECT_EQ(at(make(99'999, R"("matters.read")")), "/post");
    EXPECT_EQ(at(make(clerk, "")), "/scopes");
}

/// GeoReport puts the key of a program beside what is posted: it lifts the limit that strangers
/// have, wherever it stands, and a wrong one lifts nothing.
TEST(georeport, a_good_api_key_is_not_held_to_the_limit_of_strangers) {
    PeoplePlace place("georeport_keys");
    place.give_administrators();
    place.settings.http.rate_limits = RateLimits::on;
    place.serve();
    const Signed& security = place.as("security");
    const Heard orgs = place.get("/api/v1/directory/orgs", security.fields());
    const std::int64_t post =
        body_of(orgs)["orgs"].as_array().front()["posts"].as_array().front()["id"].as_int();
    const Json wanted = Json::object()
                            .set("label", "门户")
                            .set("scopes", Json::array().push("figures.read"))
                            .set("post", post)
                            .set("until", to_iso_utc(app::OsClock{}.now() + std::chrono::days{9}));
    const Heard made = place.post("/api/v1/admin/keys", security.fields(), to_canonical(wanted));
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string good = body_of(made)["text"].as_string();
    const auto posted = [&](const std::string& query, const std::string& more) {
        const std::string body =
            "service_code=appeal&description=lamp&address_string=East+street+1" + more;
        return place.client()
            .ask(
                "POST /open311/v2/requests.json" + query,
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n"
            )
            .send(body)
            .hear()
            .status;
    };
    constexpr int per_minute = 20;
    for (int turn = 0; turn < per_minute + 5; ++turn) {
        EXPECT_EQ(posted("", "&api_key=" + good), 200) << turn;
        EXPECT_EQ(posted("?api_key=" + good, ""), 200) << turn;
    }
    for (int turn = 0; turn < per_minute; ++turn) {
        EXPECT_EQ(posted("", ""), 200) << turn;
    }
    EXPECT_EQ(posted("", ""), 429);
    EXPECT_EQ(posted("", "&api_key=ztk_wrong"), 429);
    EXPECT_EQ(posted("", "&api_key=" + good), 200);
}

TEST(portal_search, is_held_to_so_many_a_minute_for_strangers_alone) {
    PeoplePlace place("search_limits");
    place.give_account({"clerk", "office", "clerk"});
    place.settings.http.rate_limits = RateLimits::on;
    place.serve();
    for (const Route& route : routes()) {
        if (route.path != "/api/v1/portal/search" && route.path != "/api/v1/portal/similar") {
            continue;
        }
        ASSERT_GT(route.limits.per_minute_anybody, 0) << route.path;
        const auto ask = [&](const std::string& fields) {
            const std::string path(route.path);
            return route.method == Method::get
                       ? place.get(path + "?q=lamp", fields)
                       : place.post(path, fields + place.key(), R"({"text":"lamp"})");
        };
        for (int turn = 0; turn < route.limits.per_minute_anybody; ++turn) {
            EXPECT_EQ(ask("").status, 200) << route.path << turn;
        }
        const Heard more = ask("");
        EXPECT_EQ(more.status, 429) << route.path;
        EXPECT_EQ(body_of(more)["code"].as_string(), "too_many_requests");
        EXPECT_EQ(ask(place.as("clerk").fields()).status, 200) << "staff are not strangers";
    }
}

}  // namespace
}  // namespace zt::http::test
