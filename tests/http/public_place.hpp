#pragma once
// The small place behind a real server: with appeals told before it began to serve, and an account
// for the clerk.

#include "app/serving.hpp"
#include "build/place_on_disk.hpp"
#include "http/codec.hpp"
#include "tests/http/edge.hpp"

#include <future>

namespace zt::http::test {

class NoAudit final : public service::AuditSink {
  public:
    void note(const Json& /*text*/) override {}
};

/// What a test tells of an appeal.
struct Told {
    UtcMs at{};  ///< when it was handed in; each further step an hour later
    std::string title{}, purpose = "help", category = "power";
    std::string public_title{}, public_text{};  ///< empty: not published
    std::string satisfaction{};                 ///< empty: not rated
};

class PublicPlace : public ::testing::Test {
  protected:
    void TearDown() override { serving_.reset(); }

    /// The tenant before it is served; the server takes its place.
    service::Tenant& tenant() {
        if (!tenant_) {
            tenant_ = place_.open(true);
            CHECK(tenant_->await_views().has_value());
        }
        return *tenant_;
    }
    Actor clerk() {
        const Directory& directory = tenant().ledger().directory();
        const Date day = office_date(place_.began());
        const Post* post = directory.find_post(directory.find_org("office", day)->id, "clerk", day);
        Actor actor;
        actor.kind = ActorKind::post;
        actor.post = post->id;
        actor.person = post->holder;
        return actor;
    }
    /// One command; it must be taken.
    MatterId does(UtcMs at, MatterId matter, const Actor& actor, Verb verb, Json fields) {
        Submit submit;
        submit.credential = "told";
        submit.key = uuid7_from_text(at, "told " + std::to_string(++told_));
        Command command;
        command.verb = verb;
        command.kind = "appeal";
        command.matter = matter;
        command.actor = actor;
        command.fields = std::move(fields);
        submit.commands.push_back(std::move(command));
        const auto answer = tenant().ledger().submit(submit, at);
        EXPECT_TRUE(answer.has_value()) << to_string(answer.error());
        return answer ? answer->rows.front().matter : MatterId{};
    }
    /// out: the number. Handed in, answered by the office itself and closed.
    std::string tells(const Told& told) {
        const Actor office = clerk();
        Actor party;
        party.kind = ActorKind::party;
        UtcMs at = told.at;
        const auto next = [&at] { return at += std::chrono::hours{1}; };
        const MatterId matter = does(at, {}, party, Verb::register_, handed_in(told));
        party.party = 1;
        does(next(), matter, office, Verb::accept, Json::object());
        does(next(), matter, office, Verb::reply, Json::object().set("text", "内部答复原文"));
        does(next(), matter, office, Verb::close, Json::object());
        if (!told.satisfaction.empty()) {
            Json marks = Json::object().set("solved", "solved");
            marks.set("satisfaction", told.satisfaction);
            does(next(), matter, party, Verb::rate, std::move(marks));
        }
        if (!told.public_text.empty()) {
            Json text = Json::object().set("consent", true).set("public_text", told.public_text);
            text.set("public_title", told.public_title);
            does(next(), matter, office, Verb::publish, std::move(text));
        }
        return tenant().ledger().state(matter).value()->number;
    }

    void serve() {
        give_account();
        tenant_.reset();
        app::ServeSettings settings = settings_;
        settings.http.port = 0;
        settings.http.rate_limits = RateLimits::off;
        auto started = app::Serving::start(place_.open(true), settings);
        ASSERT_TRUE(started.has_value()) << to_string(started.error());
        serving_ = *std::move(started);
    }
    [[nodiscard]] Client client() const { return Client(serving_->port()); }
    [[nodiscard]] Heard get(const std::string& path, const std::string& fields = "") const {
        return client().ask("GET " + path, fields).hear();
    }
    /// The views may still be filling, and the lists follow the ledger: asks until they are there.
    [[nodiscard]] Heard settled(const std::string& path) const {
        Heard heard = get(path);
        for (int turn = 0; heard.status == 503 && turn < 20'000; ++turn) {
            heard = get(path);
        }
        return heard;
    }
    static Json body_of(const Heard& heard) { return parse_json(heard.body).value_or(Json()); }
    static std::string key(int number) {
        std::array<std::uint8_t, 10> rest{};
        rest[9] = static_cast<std::uint8_t>(number);
        return to_string(uuid7(UtcMs{Millis{1'800'000'000'000}}, rest));
    }
    static std::string key_field(int number) { return "Idempotency-Key: " + key(number) + "\r\n"; }

    /// Header fields of the clerk's session.
    std::string sign_in() {
        const auto ask = [this](const std::string& password) {
            const Json body = Json::object().set("name", "clerk").set("password", password);
            return client().post("/api/v1/session", "", to_canonical(body)).hear();
        };
        const std::string first = session_of(ask(password_));
        const std::string next = "a long enough sentence of a clerk";
        const std::string change =
            to_canonical(Json::object().set("present", password_).set("next", next));
        const Heard changed = client()
                                  .ask(
                                      "PUT /api/v1/password",
                                      first + "Content-Type: application/json\r\nContent-Length: " +
                                          std::to_string(change.size()) + "\r\n"
                                  )
                                  .send(change)
                                  .hear();
        EXPECT_EQ(changed.status, 200) << changed.body;
        return session_of(ask(next));
    }

    build::PlaceOnDisk place_{"public"};
    app::ServeSettings settings_;  ///< of the place, before it is served
    std::unique_ptr<app::Serving> serving_;

  private:
    static Json handed_in(const Told& told) {
        Json fields = Json::object().set("for", "王小明").set("contact", "13900000077");
        fields.set("title", told.title).set("purpose", told.purpose);
        return fields.set("category", told.category);
    }
    static std::string session_of(const Heard& heard) {
        EXPECT_EQ(heard.status, 200) << heard.body;
        const std::string set = heard.field("set-cookie");
        const std::size_t from = set.find('=') + 1;
        return "Cookie: zhitong=" + set.substr(from, set.find(';') - from) +
               "\r\nZhitong-CSRF: " + body_of(heard)["csrf"].as_string() + "\r\n";
    }
    void give_account() {
        NoAudit silence;
        vault::PasswordPool pool;
        service::AccountParts parts;
        parts.key = tenant().key();
        parts.random = &place_.random();
        parts.pool = &pool;
        parts.audit = &silence;
        const auto accounts = service::Accounts::open(tenant().directory().sessions_file(), parts);
        ASSERT_TRUE(accounts.has_value()) << to_string(accounts.error());
        std::promise<std::string> password;
        (*accounts)->make_account(
            {"clerk", clerk().person, {}},
            app::OsClock{}.now(),
            [&](Result<service::OneTimePassword> made) {
                password.set_value(made ? made->password : to_string(made.error()));
            }
        );
        password_ = password.get_future().get();
    }

    std::unique_ptr<service::Tenant> tenant_;
    std::string password_;
    int told_ = 0;
};

}  // namespace zt::http::test
