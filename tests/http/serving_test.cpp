// The whole server over a real place: hand in, follow, sign in, work, without any part left out.

#include "app/serving.hpp"
#include "build/place_on_disk.hpp"
#include "http/codec.hpp"
#include "tests/http/edge.hpp"

#include <future>

namespace zt::http::test {
namespace {

class Silence final : public service::AuditSink {
  public:
    void note(const Json& /*text*/) override {}
};

struct Signed {
    std::string cookie, csrf;
    [[nodiscard]] std::string fields() const {
        return "Cookie: zhitong=" + cookie + "\r\nZhitong-CSRF: " + csrf + "\r\n";
    }
};

/// The option of that verb in an answer of .../options.
Json option_of(const Json& options, const std::string& verb) {
    for (const Json& option : options["options"].as_array()) {
        if (option["verb"].as_string() == verb) {
            return option;
        }
    }
    ADD_FAILURE() << "no option " << verb;
    return {};
}

class ServedPlaceOverHttp : public ::testing::Test {
  protected:
    ServedPlaceOverHttp() {
        give_accounts();
        app::ServeSettings settings;
        settings.http.port = 0;
        settings.http.rate_limits = RateLimits::off;
        auto started = app::Serving::start(place_.open(true), settings);
        EXPECT_TRUE(started.has_value()) << to_string(started.error());
        serving_ = *std::move(started);
    }

    /// Accounts for the clerk of the office and a handler, with one-time passwords.
    void give_accounts() {
        const auto tenant = place_.open();
        const Directory& directory = tenant->ledger().directory();
        const Date day = office_date(place_.began());
        vault::PasswordPool pool;
        Silence silence;
        service::AccountParts parts;
        parts.key = tenant->key();
        parts.random = &place_.random();
        parts.pool = &pool;
        parts.audit = &silence;
        const auto accounts = service::Accounts::open(tenant->directory().sessions_file(), parts);
        ASSERT_TRUE(accounts.has_value()) << to_string(accounts.error());
        for (const auto& [name, org, post] :
             {std::tuple("clerk", "office", "clerk"), std::tuple("power", "供电公司", "handler")}) {
            const Org* found = directory.find_org(org, day);
            ASSERT_NE(found, nullptr);
            const Post* held = directory.find_post(found->id, post, day);
            ASSERT_NE(held, nullptr);
            std::promise<std::string> password;
            (*accounts)->make_account(
                {name, held->holder, {}},
                app::OsClock{}.now(),
                [&](Result<service::OneTimePassword> made) {
                    password.set_value(made ? made->password : to_string(made.error()));
                }
            );
            passwords_[name] = password.get_future().get();
        }
    }

    [[nodiscard]] Client client() const { return Client(serving_->port()); }

    static Json body_of(const Heard& heard) { return parse_json(heard.body).value_or(Json()); }

    static std::string key(int number) {
        std::array<std::uint8_t, 10> rest{};
        rest[9] = static_cast<std::uint8_t>(number);
        return "Idempotency-Key: " + to_string(uuid7(UtcMs{Millis{1'800'000'000'000}}, rest)) +
               "\r\n";
    }

    static Signed signed_by(const Heard& heard) {
        const std::string set = heard.field("set-cookie");
        const std::size_t from = set.find('=') + 1;
        return {set.substr(from, set.find(';') - from), body_of(heard)["csrf"].as_string()};
    }

    /// Signs in, changes the one-time password, and acts in the only post there is.
    Signed sign_in(const std::string& name) {
        Client one = client();
        const auto ask = [](const std::string& who, const std::string& password) {
            return to_canonical(Json::object().set("name", who).set("password", password));
        };
        const Heard first = one.post("/api/v1/session", "", ask(name, passwords_[name])).hear();
        EXPECT_EQ(first.status, 200) << first.body;
        Signed session = signed_by(first);
        EXPECT_TRUE(body_of(first)["must_change_password"].as_bool());
        const std::string next = "a long enough sentence of " + name;
        const std::string change =
            to_canonical(Json::object().set("present", passwords_[name]).set("next", next));
        const Heard changed = one.ask(
                                     "PUT /api/v1/password",
                                     session.fields() +
                                         "Content-Type: application/json\r\n"
                                         "Content-Length: " +
                                         std::to_string(change.size()) + "\r\n"
        )
                                  .send(change)
                                  .hear();
        EXPECT_EQ(changed.status, 200) << changed.body;
        passwords_[name] = next;
        const Heard second = one.post("/api/v1/session", "", ask(name, next)).hear();
        EXPECT_EQ(second.status, 200) << second.body;
        EXPECT_NE(body_of(second)["post"].as_int(), 0) << second.body;
        return signed_by(second);
    }

    /// The receipt of an appeal from outside.
    Json hand_in(int number) {
        const Heard heard = client()
                                .post(
                                    "/api/v1/portal/matters",
                                    key(number),
                                    R"({"kind":"appeal","fields":{"title":"门口停电三天",)"
                                    R"("for":"王小明","contact":"13900000077"}})"
                                )
                                .hear();
        EXPECT_EQ(heard.status, 201) << heard.body;
        return body_of(heard);
    }

    Heard verb(
        const Signed& who,
        const std::string& number,
        const std::string& deed,
        int key_number,
        const std::string& fields = ""
    ) {
        return client()
            .post(
                "/api/v1/matters/" + number + "/verbs",
                who.fields() + key(key_number) + fields,
                "{\"deeds\":[" + deed + "]}"
            )
            .hear();
    }

    build::PlaceOnDisk place_{"serving"};
    std::map<std::string, std::string> passwords_;
    std::unique_ptr<app::Serving> serving_;
};

TEST_F(ServedPlaceOverHttp, who_hands_in_gets_number_code_and_date_and_follows_with_them) {
    const Json receipt = hand_in(1);
    const std::string number = receipt["number"].as_string();
    const std::string code = receipt["code"].as_string();
    EXPECT_EQ(code.size(), 29U) << code;
    EXPECT_FALSE(receipt["due_text"].as_string().empty());
    const Heard again = client()
                            .post(
                                "/api/v1/portal/matters",
                                key(1),
                                R"({"kind":"appeal","fields":{"title":"门口停电三天",)"
                                R"("for":"王小明","contact":"13900000077"}})"
                            )
                            .hear();
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(body_of(again)["code"].as_string(), code) << "a retry is told the same code";
    const Heard other =
        client()
            .post(
                "/api/v1/portal/matters", key(1), R"({"kind":"appeal","fields":{"title":"别的"}})"
            )
            .hear();
    EXPECT_EQ(other.status, 422);

    const std::string page = "GET /api/v1/portal/matters/" + number;
    const Heard followed = client().ask(page, "Zhitong-Code: " + code + "\r\n").hear();
    ASSERT_EQ(followed.status, 200) << followed.body;
    EXPECT_EQ(body_of(followed)["title"].as_string(), "门口停电三天");
    EXPECT_EQ(body_of(followed)["steps"].as_array().size(), 1U);
    EXPECT_FALSE(body_of(followed)["promises"].as_array().empty());
    const Heard wrong =
        client().ask(page, "Zhitong-Code: 0000-0000-0000-0000-0000-0000\r\n").hear();
    const Heard nowhere = client()
                              .ask(
                                  "GET /api/v1/portal/matters/ZT-1999-000001",
                                  "Zhitong-Code: 0000-0000-0000-0000-0000-0000\r\n"
                              )
                              .hear();
    EXPECT_EQ(wrong.status, 401);
    EXPECT_EQ(nowhere.status, wrong.status);
    EXPECT_EQ(nowhere.body, wrong.body) << "whether there is such a number cannot be told";
}

TEST_F(ServedPlaceOverHttp, a_clerk_finds_it_in_the_inbox_and_works_on_it) {
    const Json receipt = hand_in(2);
    const std::string number = receipt["number"].as_string();
    const Signed clerk = sign_in("clerk");
    const Heard inbox = client().ask("GET /api/v1/inbox", clerk.fields()).hear();
    ASSERT_EQ(inbox.status, 200) << inbox.body;
    const Json list = body_of(inbox);
    ASSERT_EQ(list["rows"].as_array().size(), 1U);
    EXPECT_EQ(list["rows"].as_array().front()["number"].as_string(), number);
    EXPECT_EQ(list["rows"].as_array().front()["title"].as_string(), "门口停电三天");
    EXPECT_EQ(list["lamps"]["green"].as_int() + list["lamps"]["amber"].as_int(), 1);

    const std::string page = "/api/v1/matters/" + number;
    const Heard matter = client().ask("GET " + page, clerk.fields()).hear();
    ASSERT_EQ(matter.status, 200) << matter.body;
    const Json party = body_of(matter)["parties"].as_array().front();
    EXPECT_EQ(party["name"].as_string(), "王**");
    EXPECT_EQ(party["contact"].as_string(), "139******77");
    EXPECT_EQ(matter.body.find("13900000077"), std::string::npos);
    EXPECT_EQ(matter.body.find("follow_code"), std::string::npos) << "what is kept of the code";

    const Heard options = client().ask("GET " + page + "/options", clerk.fields()).hear();
    ASSERT_EQ(options.status, 200) << options.body;
    std::map<std::string, std::string> why;
    for (const Json& option : body_of(options)["options"].as_array()) {
        why[option["verb"].as_string()] = option["refusal"].as_string();
    }
    EXPECT_EQ(why["accept"], "");
    EXPECT_FALSE(why.contains("withdraw")) << "what only the requester does is no button here";
    const Json refusal = option_of(body_of(options), "refuse")["forms"].as_array().front();
    const Json& reason = refusal["fields"].as_array().front();
    EXPECT_EQ(reason["name"].as_string(), "reason");
    EXPECT_FALSE(reason["choices"].as_array().empty()) << "the place's own reasons";

    const Heard stale =
        verb(clerk, number, R"({"verb":"accept","fields":{}})", 3, "If-Match: \"9\"\r\n");
    EXPECT_EQ(stale.status, 412) << stale.body;
    const Heard accepted =
        verb(clerk, number, R"({"verb":"accept","fields":{}})", 4, "If-Match: \"1\"\r\n");
    ASSERT_EQ(accepted.status, 200) << accepted.body;
    EXPECT_EQ(body_of(accepted)["rows"].as_array().front()["stage"].as_string(), "accepted");
    const Heard then = client().ask("GET " + page + "/options", clerk.fields()).hear();
    const Json assign = option_of(body_of(then), "assign");
    EXPECT_TRUE(assign["is_primary"].as_bool());
    EXPECT_EQ(assign["title"].as_string(), "交办") << "the likely form first";
    EXPECT_EQ(assign["forms"].as_array().size(), 2U);
    const Heard assigned =
        verb(clerk, number, R"({"verb":"assign","fields":{"lead":"供电公司"}})", 5);
    EXPECT_EQ(assigned.status, 200) << assigned.body;
    const Signed unit = sign_in("power");
    const Json at_unit = body_of(client().ask("GET " + page + "/options", unit.fields()).hear());
    EXPECT_TRUE(option_of(at_unit, "sign_for")["is_primary"].as_bool());
    EXPECT_FALSE(option_of(at_unit, "reply")["is_primary"].as_bool()) << "nobody signed it off";
    const Heard timeline = client().ask("GET " + page + "/timeline", clerk.fields()).hear();
    EXPECT_EQ(body_of(timeline)["rows"].as_array().size(), 3U) << timeline.body;
    const Heard followed = client()
                               .ask(
                                   "GET /api/v1/portal/matters/" + number,
                                   "Zhitong-Code: " + receipt["code"].as_string() + "\r\n"
                               )
                               .hear();
    EXPECT_EQ(body_of(followed)["units"].as_array().size(), 1U) << followed.body;
    EXPECT_EQ(body_of(followed)["steps"].as_array().size(), 3U) << followed.body;
    const std::string proceedings = "GET /api/v1/portal/matters/" + number + "/proceedings";
    EXPECT_EQ(client().ask(proceedings).hear().status, 401);
    const Heard opened =
        client().ask(proceedings, "Zhitong-Code: " + receipt["code"].as_string() + "\r\n").hear();
    ASSERT_EQ(opened.status, 200) << opened.body;
    EXPECT_TRUE(body_of(opened)["proceedings"].as_array().empty());
}

TEST_F(ServedPlaceOverHttp, a_form_that_cannot_apply_any_more_is_not_offered) {
    const std::string number = hand_in(12)["number"].as_string();
    const Signed clerk = sign_in("clerk");
    const std::string page = "/api/v1/matters/" + number;
    ASSERT_EQ(verb(clerk, number, R"({"verb":"accept","fields":{}})", 13).status, 200);
    ASSERT_EQ(
        verb(clerk, number, R"({"verb":"reply","fields":{"text":"已修好"}})", 14).status, 200
    );
    const Heard options = client().ask("GET " + page + "/options", clerk.fields()).hear();
    const Json close = option_of(body_of(options), "close");
    EXPECT_EQ(close["title"].as_string(), "直接答复办结") << options.body;
    EXPECT_EQ(close["forms"].as_array().size(), 1U) << "no unit ever had it";
    EXPECT_TRUE(close["is_primary"].as_bool());
}

TEST_F(ServedPlaceOverHttp, fields_of_a_kind_are_worded_for_who_begins_none) {
    const Signed unit = sign_in("power");
    const Json page = body_of(client().ask("GET /api/v1/kinds/appeal", unit.fields()).hear());
    EXPECT_TRUE(page["forms"].as_array().empty());
    std::map<std::string, std::string> titles;
    for (const Json& field : page["fields"].as_array()) {
        titles[field["name"].as_string()] = field["title"].as_string();
    }
    EXPECT_EQ(titles["channel"], "来源渠道");
    const Json outside = body_of(client().ask("GET /api/v1/kinds/appeal").hear());
    EXPECT_TRUE(outside["fields"].as_array().empty());
}

TEST_F(ServedPlaceOverHttp, words_of_the_pack_are_told_to_who_is_signed_in) {
    const Signed clerk = sign_in("clerk");
    EXPECT_EQ(client().ask("GET /api/v1/words").hear().status, 401);
    const Json words = body_of(client().ask("GET /api/v1/words", clerk.fields()).hear());
    EXPECT_EQ(words["offset_minutes"].as_int(), 480);
    std::map<std::string, std::size_t> lists;
    for (const Json& list : words["lists"].as_array()) {
        lists[list["name"].as_string()] = list["words"].as_array().size();
    }
    EXPECT_GT(lists["refuse"], 0U);
    EXPECT_GT(lists["accountability_outcomes"], 0U);
    EXPECT_EQ(
        client().ask("GET /api/v1/directory/orgs?day=heute", clerk.fields()).hear().status, 400
    );
    EXPECT_EQ(client().ask("GET /api/v1/directory/duties", clerk.fields()).hear().status, 200);
}

TEST_F(ServedPlaceOverHttp, a_unit_sees_only_what_it_has_in_hand) {
    const std::string number = hand_in(6)["number"].as_string();
    const Signed unit = sign_in("power");
    const std::string page = "/api/v1/matters/" + number;
    const Heard hidden = client().ask("GET " + page, unit.fields()).hear();
    const Heard absent = client().ask("GET /api/v1/matters/ZT-1999-000001", unit.fields()).hear();
    EXPECT_EQ(hidden.status, 404) << hidden.body;
    EXPECT_EQ(absent.status, 404);
    EXPECT_EQ(verb(unit, number, R"({"verb":"note","fields":{"note":"是谁"}})", 7).status, 404);
    const Signed clerk = sign_in("clerk");
    ASSERT_EQ(verb(clerk, number, R"({"verb":"accept","fields":{}})", 8).status, 200);
    ASSERT_EQ(
        verb(clerk, number, R"({"verb":"assign","fields":{"lead":"供电公司"}})", 9).status, 200
    );
    EXPECT_EQ(client().ask("GET " + page, unit.fields()).hear().status, 200);
    const Heard inbox = client().ask("GET /api/v1/inbox", unit.fields()).hear();
    EXPECT_EQ(body_of(inbox)["rows"].as_array().size(), 1U) << inbox.body;
    const Heard refused = verb(unit, number, R"({"verb":"close","fields":{}})", 10);
    EXPECT_EQ(refused.status, 409) << refused.body;
}

TEST_F(ServedPlaceOverHttp, what_was_answered_stands_after_a_stop_and_sign_ins_are_in_the_audit) {
    const std::string number = hand_in(11)["number"].as_string();
    const Signed clerk = sign_in("clerk");
    const Heard gone = client().ask("DELETE /api/v1/session", clerk.fields()).hear();
    EXPECT_EQ(gone.status, 204);
    EXPECT_EQ(client().ask("GET /api/v1/inbox", clerk.fields()).hear().status, 401);
    serving_.reset();
    const auto tenant = place_.open();
    EXPECT_TRUE(tenant->ledger().find_number(number));
    EXPECT_TRUE(tenant->verify());
    const auto audit = tenant->store().audit(1, 100);
    ASSERT_TRUE(audit);
    int sign_ins = 0;
    for (const auto& row : *audit) {
        sign_ins += row.text.find("signed_in") != std::string::npos ? 1 : 0;
        EXPECT_EQ(row.text.find("sentence of clerk"), std::string::npos);
    }
    EXPECT_EQ(sign_ins, 2);
}

}  // namespace
}  // namespace zt::http::test
