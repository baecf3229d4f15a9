// Changes through a real writer and ledger: keys and what they answer.

#include "build/story.hpp"
#include "http/codec.hpp"
#include "service/writer.hpp"
#include "tests/http/edge.hpp"

#include <set>

namespace zt::http::test {
namespace {

struct HandIn {
    std::string title;
};
BOOST_DESCRIBE_STRUCT(HandIn, (), (title))

/// What the handler asks of the place: handlers are plain functions.
build::Story*& place() {
    static build::Story* one = nullptr;
    return one;
}

Result<Pending> hand_in(World&, const Call& call) {
    TRY(const auto body, read_body<HandIn>(call));
    Pending pending;
    pending.submit = place()->submit(Verb::register_, MatterId{}, {{"for", "甲"}});
    pending.submit.key = *call.key;
    pending.submit.commands.front().kind = "appeal";
    pending.submit.commands.front().fields.set("channel", "hotline").set("title", body.title);
    pending.answer = [](const service::Answer& answer, service::Ledger& ledger) {
        const auto& row = answer.rows.front();
        const auto state = ledger.state(row.matter);
        Json json = Json::object().set("number", row.number).set("stage", (*state)->stage);
        return json_reply(json.set("repeated", answer.is_repeated), 201);
    };
    return pending;
}

class Submits : public testing::Test {
  protected:
    Submits() : edge({}, false), writer(story.ledger(), clock, {}) {
        place() = &story;
        edge.world.ledger = &story.ledger();
        edge.world.submit = [this](Submit one, Answered done) {
            writer.submit(std::move(one), std::move(done));
        };
        static const std::array routes{Route{
            Method::post,
            "/api/v1/matters",
            For(Role::anybody),
            "Hands in.",
            schema_of<HandIn>(),
            any_json(),
            Submitting(hand_in),
            RouteLimits{.per_minute_anybody = 0}
        }};
        auto started = Server::start(edge.world, Settings{.port = 0}, routes);
        EXPECT_TRUE(started.has_value());
        edge.server = *std::move(started);
    }

    [[nodiscard]] Heard hand_in_by(const std::string& key, const std::string& title) const {
        Client client = edge.client();
        const std::string field = "Idempotency-Key: " + key + "\r\n";
        return client.post("/api/v1/matters", field, R"({"title":")" + title + R"("})").hear();
    }
    [[nodiscard]] std::string key_of(const std::string& name) const {
        return to_string(uuid7_from_text(story.now(), name));
    }

    class StandingClock final : public WallClock {
      public:
        [[nodiscard]] UtcMs now() const override { return at; }
        UtcMs at = parse_instant("2022-08-01 09:00").value();
    };

    build::Story story;
    StandingClock clock;
    Edge edge;
    service::Writer writer;  // ends before the server: each waiting answer still finds it
};

TEST_F(Submits, the_same_key_and_body_give_the_same_answer) {
    const Heard first = hand_in_by(key_of("a"), "停电");
    EXPECT_EQ(first.status, 201) << first.body;
    const Heard again = hand_in_by(key_of("a"), "停电");
    EXPECT_EQ(again.status, 201);
    EXPECT_NE(first.body.find("\"repeated\":false"), std::string::npos) << first.body;
    EXPECT_NE(again.body.find("\"repeated\":true"), std::string::npos) << again.body;
    const std::string number = first.body.substr(0, first.body.find(','));
    EXPECT_TRUE(again.body.starts_with(number));
}

TEST_F(Submits, the_same_key_with_another_body_is_refused) {
    EXPECT_EQ(hand_in_by(key_of("a"), "停电").status, 201);
    const Heard other = hand_in_by(key_of("a"), "停水");
    EXPECT_EQ(other.status, 422);
    EXPECT_NE(other.body.find("\"key_reused\""), std::string::npos);
}

TEST_F(Submits, many_clients_at_once_get_each_their_own_number) {
    constexpr int clients = 16, each = 10;
    std::vector<std::set<std::string>> bodies(clients);
    std::vector<std::thread> threads;
    for (int client = 0; client < clients; ++client) {
        threads.emplace_back([&, client] {
            for (int number = 0; number < each; ++number) {
                const std::string name = std::to_string(client) + "/" + std::to_string(number);
                const Heard heard = hand_in_by(key_of(name), name);
                EXPECT_EQ(heard.status, 201) << heard.body;
                bodies[static_cast<std::size_t>(client)].insert(heard.body);
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    std::set<std::string> all;
    for (auto& some : bodies) {
        all.merge(some);
    }
    EXPECT_EQ(all.size(), static_cast<std::size_t>(clients * each));
}

}  // namespace
}  // namespace zt::http::test
