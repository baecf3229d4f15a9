// Messages, end to end: to the inbox of the desk at once and told live, to a requester's telephone
// by a gateway, to the call list where there is no way; what did not arrive is tried again.

#include "tests/build/until.hpp"
#include "tests/http/people_place.hpp"

namespace zt::http::test {
namespace {

constexpr const char* secret = "0123456789abcdef0123456789abcdef";

/// What the gateway was sent, and what it answers.
struct Gateway {
    std::mutex mutex;
    std::condition_variable came;
    std::vector<std::string> bodies;  // guarded by mutex
    std::atomic<int> status = 200;
    [[nodiscard]] bool await(std::size_t count) {
        std::unique_lock lock(mutex);
        return came.wait_for(lock, std::chrono::seconds{60}, [&] {
            return bodies.size() >= count;
        });
    }
};
Gateway& gateway() {
    static Gateway one;
    return one;
}

Result<Reply> take_message(World& /*world*/, const Call& call) {
    {
        const std::lock_guard lock(gateway().mutex);
        gateway().bodies.emplace_back(call.body);
    }
    gateway().came.notify_all();
    Reply reply;
    reply.status = gateway().status;
    return reply;
}

std::span<const Route> gateway_routes() {
    static const std::array rows{Route{
        .method = Method::post,
        .path = "/sms",
        .role = For(Role::anybody),
        .summary = "A gateway of SMS",
        .body = any_json(),
        .answer = none(),
        .handler = Answering(take_message)
    }};
    return rows;
}

class Notices : public ::testing::Test {
  protected:
    Notices() {
        gateway().bodies.clear();
        gateway().status = 200;
        place_.give_administrators();
        place_.give_account({"clerk", "office", "clerk"});
        place_.give_account({"power", "供电公司", "handler"});
        // A time of the day without quiet hours: the test runs at any.
        auto& channels = place_.settings.messages.channels;
        channels.quiet = {0, 0};
        channels.retry.attempts_max = 1;
        channels.outgoing.allows_private = true;
    }

    void serve_with_sms() {
        auto started = Server::start(edge_.world, Settings{.port = 0}, gateway_routes());
        ASSERT_TRUE(started.has_value());
        gateway_ = *std::move(started);
        const std::string file = place_.place.path() + ".secret";
        std::ofstream(file) << secret << '\n';
        connect::Webhook sms;
        sms.url = "http://127.0.0.1:" + std::to_string(gateway_->port()) + "/sms";
        sms.body = R"({"to":"{to}","text":"{text}","effect":"{effect}"})";
        place_.settings.messages.channels.sms = sms;
        place_.settings.messages.sms_secret_file = file;
        place_.serve();
    }
    ~Notices() override {
        std::filesystem::remove(place_.place.path() + ".secret");
        if (gateway_) {
            gateway_->stop();
        }
    }

    /// Given to the power company by the clerk. out: seq of the assignment.
    std::int64_t assign(const Signed& clerk, const std::string& number) {
        EXPECT_EQ(place_.does(clerk, number, R"({"verb":"accept","fields":{}})").status, 200);
        const Heard given =
            place_.does(clerk, number, R"({"verb":"assign","fields":{"lead":"供电公司"}})");
        EXPECT_EQ(given.status, 200) << given.body;
        return body_of(given)["seq"].as_int();
    }

    [[nodiscard]] Json notices(const Signed& who, std::int64_t seq) const {
        return body_of(place_.get("/api/v1/notices?seq=" + std::to_string(seq), who.fields()));
    }

    /// The list as soon as it has a row.
    [[nodiscard]] Json listed(const std::string& path, const Signed& who) const {
        Json list;
        const bool has_rows = build::until([&] {
            list = body_of(place_.get(path, who.fields()));
            return !list["rows"].as_array().empty();
        });
        EXPECT_TRUE(has_rows) << to_canonical(list);
        return list;
    }

    PeoplePlace place_{"notices"};
    Edge edge_{{}, false};
    std::unique_ptr<Server> gateway_;
};

TEST_F(Notices, stand_in_the_inbox_of_whom_they_concern_and_are_told_live) {
    place_.serve();
    const Signed clerk = place_.as("clerk");
    const Signed unit = place_.as("power");
    Client live = place_.client();
    live.ask("GET /api/v1/live", unit.fields());
    ASSERT_TRUE(live.read_until(": live"));
    const std::string number = place_.hand_in();
    const std::int64_t seq = assign(clerk, number);
    EXPECT_TRUE(live.read_until(R"("what":"notices")"));
    const Json list = notices(unit, seq);
    ASSERT_EQ(list["unread"].as_int(), 1) << to_canonical(list);
    const Json line = list["rows"].as_array().front();
    EXPECT_EQ(line["what"].as_string(), "assigned");
    EXPECT_EQ(line["number"].as_string(), number);
    EXPECT_NE(line["text"].as_string().find(number), std::string::npos);
    EXPECT_EQ(to_canonical(list).find("停电"), std::string::npos) << "never content";

    const std::string read = R"({"ids":[")" + line["id"].as_string() + "\"]}";
    EXPECT_EQ(place_.post("/api/v1/notices/read", clerk.fields(), read).status, 200);
    EXPECT_EQ(notices(unit, seq)["unread"].as_int(), 1) << "nobody reads for another";
    const Heard done = place_.post("/api/v1/notices/read", unit.fields(), read);
    EXPECT_EQ(body_of(done)["unread"].as_int(), 0) << done.body;
    EXPECT_EQ(place_.post("/api/v1/notices/read", unit.fields(), read).status, 200);
    const Heard wrong = place_.post("/api/v1/notices/read", unit.fields(), R"({"ids":["x"]})");
    EXPECT_EQ(body_of(wrong)["at"].as_string(), "/ids/0");
    EXPECT_EQ(place_.get("/api/v1/notices", "").status, 401);
}

TEST_F(Notices, what_escalates_cannot_be_muted) {
    place_.serve();
    const Signed unit = place_.as("power");
    const std::string path = "PUT /api/v1/notices/choice";
    const Heard muted =
        place_.send(path, unit.fields(), R"({"muted":["assigned"],"is_at_once":false})");
    EXPECT_EQ(muted.status, 200) << muted.body;
    const Heard kept = place_.get("/api/v1/notices/choice", unit.fields());
    EXPECT_EQ(body_of(kept)["choice"]["muted"].as_array().size(), 1U);
    const auto at = [&](const std::string& body) {
        const Heard refused = place_.send(path, unit.fields(), body);
        EXPECT_GE(refused.status, 400) << refused.body;
        return body_of(refused)["at"].as_string();
    };
    for (const Json& name : body_of(kept)["never_muted"].as_array()) {
        EXPECT_EQ(
            at(R"({"muted":[")" + name.as_string() + R"("],"is_at_once":false})"), "/muted/0"
        );
    }
    EXPECT_FALSE(body_of(kept)["never_muted"].as_array().empty());
    EXPECT_EQ(at(R"({"muted":["x"],"is_at_once":false})"), "/muted/0");
    EXPECT_EQ(at(R"({"muted":[],"is_at_once":false,"way":"sms"})"), "/way") << "not set up here";
    EXPECT_EQ(at(R"({"muted":[],"is_at_once":false,"digest":"25:00"})"), "/digest");
}

TEST_F(Notices, reach_a_requester_by_the_gateway) {
    serve_with_sms();
    const std::string number = place_.hand_in();
    ASSERT_TRUE(gateway().await(1));
    const std::lock_guard lock(gateway().mutex);
    const std::string& body = gateway().bodies.front();
    EXPECT_NE(body.find(R"("to":"13900000077")"), std::string::npos) << body;
    EXPECT_NE(body.find(number), std::string::npos) << body;
    EXPECT_EQ(body.find("停电"), std::string::npos) << body;
}

TEST_F(Notices, a_requester_mutes_with_the_code) {
    place_.serve();
    const Json receipt = place_.hand_in_with_code();
    const std::string path = "/api/v1/portal/matters/" + receipt["number"].as_string() + "/notices";
    const std::string code = "Zhitong-Code: " + receipt["code"].as_string() + "\r\n";
    const std::string body = R"({"muted":["assigned"],"is_at_once":true})";
    EXPECT_EQ(place_.send("PUT " + path, code, body).status, 200);
    const Heard kept = place_.get(path, code);
    EXPECT_EQ(body_of(kept)["choice"]["muted"].as_array().size(), 1U) << kept.body;
    const std::string wrong = "Zhitong-Code: 0000-0000-0000-0000-0000-0000\r\n";
    EXPECT_EQ(place_.send("PUT " + path, wrong, body).status, 401);
    EXPECT_EQ(
        body_of(
            place_.send("PUT " + path, code, R"({"muted":[],"is_at_once":false,"digest":"08:00"})")
        )["at"]
            .as_string(),
        "/digest"
    );
}

TEST_F(Notices, that_did_not_arrive_are_listed_without_a_name_and_sent_again) {
    gateway().status = 400;
    serve_with_sms();
    const Signed system = place_.as("system");
    const Signed clerk = place_.as("clerk");
    const std::string path = "/api/v1/admin/dead-letters";
    const std::string number = place_.hand_in();
    ASSERT_TRUE(gateway().await(1));
    const Json list = listed(path, system);
    ASSERT_EQ(list["dead"].as_int(), 1) << to_canonical(list);
    const Json dead = list["rows"].as_array().front();
    EXPECT_EQ(dead["reason"].as_string(), "refused");
    EXPECT_EQ(to_canonical(list).find(number), std::string::npos);
    EXPECT_EQ(to_canonical(list).find("13900000077"), std::string::npos);
    EXPECT_EQ(place_.get(path, clerk.fields()).status, 403);
    gateway().status = 200;
    const std::string retry = path + "/" + dead["id"].as_string() + "/retry";
    EXPECT_EQ(place_.post(retry, clerk.fields()).status, 403);
    EXPECT_EQ(place_.post(retry, system.fields()).status, 204);
    EXPECT_TRUE(gateway().await(2));
    EXPECT_EQ(place_.post(path + "/7-77/retry", system.fields()).status, 404);
}

TEST_F(Notices, whom_no_message_reaches_is_called) {
    place_.serve();  // without any gateway
    const Signed clerk = place_.as("clerk");
    const Signed unit = place_.as("power");
    const std::string number = place_.hand_in();
    Json list = listed("/api/v1/calls", clerk);
    ASSERT_EQ(list["rows"].as_array().size(), 1U) << to_canonical(list);
    const Json line = list["rows"].as_array().front();
    EXPECT_EQ(line["number"].as_string(), number);
    EXPECT_EQ(to_canonical(list).find("13900000077"), std::string::npos)
        << "the number is revealed apart";
    const Json other = body_of(place_.get("/api/v1/calls", unit.fields()));
    EXPECT_TRUE(other["rows"].as_array().empty()) << "no matter of theirs";
    const std::string done = "/api/v1/calls/" + line["id"].as_string() + "/done";
    EXPECT_EQ(place_.post(done, unit.fields()).status, 404);
    EXPECT_EQ(place_.post(done, clerk.fields()).status, 204);
    EXPECT_EQ(place_.post(done, clerk.fields()).status, 204);
    list = body_of(place_.get("/api/v1/calls", clerk.fields()));
    EXPECT_TRUE(list["rows"].as_array().empty());
}

}  // namespace
}  // namespace zt::http::test
