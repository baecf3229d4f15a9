// Unrelated places in one process: sessions, keys and codes of one are nothing in the other.

#include "tests/http/people_place.hpp"

namespace zt::http::test {
namespace {

class Tenants : public ::testing::Test {
  protected:
    Tenants() {
        std::vector<app::OnePlace> places;
        for (auto [place, host] :
             {std::pair(&one_, "one.example"), std::pair(&two_, "two.example")}) {
            place->give_administrators();
            place->give_account({"clerk", "office", "clerk"});
            place->settings.hosts = {host};
            places.push_back({place->finished(), place->settings});
        }
        auto started = app::Serving::start(std::move(places));
        EXPECT_TRUE(started.has_value()) << to_string(started.error());
        serving_ = *std::move(started);
        await_ready(serving_->port());
    }

    Heard ask(const std::string& host, const std::string& line, const std::string& fields = {}) {
        return Client(serving_->port())
            .send(line + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n")
            .hear();
    }
    Heard post(
        const std::string& host,
        const std::string& path,
        const std::string& fields,
        const std::string& body
    ) {
        return Client(serving_->port())
            .send(
                "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields +
                "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n\r\n" + body
            )
            .hear();
    }

    PeoplePlace one_{"tenant-one", "one"}, two_{"tenant-two", "two"};
    std::unique_ptr<app::Serving> serving_;
};

TEST_F(Tenants, are_told_apart_by_the_host_and_by_nothing_else) {
    const std::string hand_in =
        R"({"kind":"appeal","fields":{"title":"门口停电","for":"王小明","contact":"13900000077"}})";
    const Heard taken = post("ONE.example:8311", "/api/v1/portal/matters", one_.key(), hand_in);
    ASSERT_EQ(taken.status, 201) << taken.body;
    const std::string number = body_of(taken)["number"].as_string();
    const std::string code = "Zhitong-Code: " + body_of(taken)["code"].as_string() + "\r\n";
    const std::string follow = "GET /api/v1/portal/matters/" + number;
    EXPECT_EQ(ask("one.example", follow, code).status, 200);
    EXPECT_EQ(ask("two.example", follow, code).status, 401) << "a code opens one place";

    const Signed clerk = one_.as("clerk");
    EXPECT_EQ(ask("one.example", "GET /api/v1/inbox", clerk.fields()).status, 200);
    EXPECT_EQ(ask("two.example", "GET /api/v1/inbox", clerk.fields()).status, 401);
    const Signed security = one_.as("security");
    const Json orgs = body_of(ask("one.example", "GET /api/v1/directory/orgs", clerk.fields()));
    std::int64_t post_id = 0;
    for (const Json& org : orgs["orgs"].as_array()) {
        for (const Json& held : org["posts"].as_array()) {
            const bool is_clerk =
                org["code"].as_string() == "office" && held["key"].as_string() == "clerk";
            post_id = is_clerk ? held["id"].as_int() : post_id;
        }
    }
    const UtcMs until = app::OsClock{}.now() + std::chrono::days{30};
    const Heard made = post(
        "one.example",
        "/api/v1/admin/keys",
        security.fields(),
        R"({"label":"x","scopes":["matters.read"],"post":)" + std::to_string(post_id) +
            R"(,"until":")" + to_iso_utc(until) + "\"}"
    );
    ASSERT_EQ(made.status, 201) << made.body;
    const std::string bearer =
        "Authorization: Bearer " + body_of(made)["text"].as_string() + "\r\n";
    EXPECT_EQ(ask("one.example", "GET /api/v1/matters", bearer).status, 200);
    EXPECT_EQ(ask("two.example", "GET /api/v1/matters", bearer).status, 401);
}

TEST_F(Tenants, a_name_that_nobody_has_leads_nowhere) {
    EXPECT_EQ(ask("three.example", "GET /api/v1/portal/figures").status, 404);
    EXPECT_EQ(ask("one.example", "GET /api/v1/kinds").status, 200);
    EXPECT_EQ(ask("three.example", "GET /healthz").status, 200) << "asked of the machine";
    const Heard metrics = ask("127.0.0.1", "GET /metrics");
    ASSERT_EQ(metrics.status, 200);
    EXPECT_NE(metrics.body.find(R"(zhitong_seq{place="2"})"), std::string::npos) << metrics.body;
    EXPECT_EQ(metrics.body.find("example"), std::string::npos) << "no names in metrics";
}

TEST(tenants, without_a_name_or_with_one_twice_are_refused) {
    PeoplePlace one("tenant-a", "one");
    PeoplePlace two("tenant-b", "two");
    const auto start = [&](const std::vector<std::string>& hosts) {
        std::vector<app::OnePlace> places;
        one.settings.hosts = {"one.example"};
        two.settings.hosts = hosts;
        places.push_back({one.finished(), one.settings});
        places.push_back({two.finished(), two.settings});
        return app::Serving::start(std::move(places));
    };
    EXPECT_EQ(start({}).error().at, "place.hosts");
    EXPECT_EQ(start({"one.example"}).error().at, "place.hosts");
    EXPECT_TRUE(start({"two.example", "zwei.example"}).has_value());
}

}  // namespace
}  // namespace zt::http::test
