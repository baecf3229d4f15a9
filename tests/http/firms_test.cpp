// Firms and associations over HTTP: the office confirms, the administrator binds and unbinds, who
// is bound hands in and follows, and no answer that the people of a firm can get tells of what an
// employee handed in.

#include "http/route.hpp"
#include "tests/http/people_place.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace zt::http::test {
namespace {

constexpr std::string_view own_code = "91430000MA4L0F1R19";
constexpr std::string_view other_code = "91430000MA4L0F1R2C";
constexpr std::string_view association_code = "51430000MA4L0A5C1J";

class Firms : public ::testing::Test {
  protected:
    static void SetUpTestSuite();
    static void TearDownTestSuite() { place.reset(); }

    /// As the office confirms it. out: the session of its first administrator.
    static Signed
    confirm(std::string_view code, const std::string& name, const std::string& account);
    static Heard ask_firm(const std::string& body) {
        return place->post("/api/v1/firms", place->as("clerk").fields() + place->key(), body);
    }
    static Heard bind(const Signed& who, const std::string& body) {
        return place->post("/api/v1/firm/people", who.fields() + place->key(), body);
    }
    static Heard hand_in(const Signed& who, const std::string& fields) {
        return place->post(
            "/api/v1/firm/matters",
            who.fields() + place->key(),
            R"({"kind":"appeal","fields":)" + fields + "}"
        );
    }
    static Heard end(const Signed& who, std::int64_t post, const std::string& body = "{}") {
        return place->post(
            "/api/v1/firm/people/" + std::to_string(post) + "/end",
            who.fields() + place->key(),
            body
        );
    }
    static Heard follow(const std::string& number, const std::string& fields) {
        return place->get("/api/v1/portal/matters/" + number, fields);
    }
    static Heard
    act(const std::string& number, const std::string& fields, const std::string& deed) {
        return place->post(
            "/api/v1/portal/matters/" + number + "/verbs",
            fields + place->key(),
            R"({"deeds":[)" + deed + "]}"
        );
    }
    static std::int64_t post_of(const Signed& administrator, const std::string& account);
    /// Waits until the list shows that event.
    static Json matters_of(const Signed& who, std::int64_t seq) {
        const Heard heard =
            place->get("/api/v1/firm/matters?after_seq=" + std::to_string(seq), who.fields());
        EXPECT_EQ(heard.status, 200) << heard.body;
        return body_of(heard);
    }

    static std::unique_ptr<PeoplePlace> place;
    static Signed boss, other, secretary;
};
std::unique_ptr<PeoplePlace> Firms::place;
Signed Firms::boss, Firms::other, Firms::secretary;

Signed Firms::confirm(std::string_view code, const std::string& name, const std::string& account) {
    Json body = Json::object().set("credit_code", std::string(code)).set("name", name);
    body.set("is_association", code == association_code);
    body.set("administrator", Json::object().set("name", "负责人").set("account", account));
    const Heard heard = ask_firm(to_canonical(body));
    EXPECT_EQ(heard.status, 201) << heard.body;
    return place->sign_in(account, body_of(heard)["password"].as_string());
}

void Firms::SetUpTestSuite() {
    place = std::make_unique<PeoplePlace>("firms");
    place->give_account({"clerk", "office", "clerk"});
    place->give_account({"power", "供电公司", "handler"});
    place->serve();
    boss = confirm(own_code, "某机械有限公司", "boss");
    other = confirm(other_code, "另一家公司", "other");
    secretary = confirm(association_code, "某行业商会", "secretary");
}

std::int64_t Firms::post_of(const Signed& administrator, const std::string& account) {
    const Json page = body_of(place->get("/api/v1/firm", administrator.fields()));
    for (const Json& one : page["people"].as_array()) {
        if (one["account"].as_string() == account) {
            return one["post"].as_int();
        }
    }
    return 0;
}

std::string code_of(const Heard& heard) { return body_of(heard)["code"].as_string(); }
std::string at_of(const Heard& heard) { return body_of(heard)["at"].as_string(); }

TEST_F(Firms, the_office_confirms_by_a_credit_code_that_holds) {
    const std::string person = R"("administrator":{"name":"某","account":"someone"})";
    Heard heard =
        ask_firm(R"({"credit_code":"91430000MA4L0F1R18","name":"甲公司",)" + person + "}");
    EXPECT_EQ(code_of(heard), "credit_code_wrong") << heard.body;
    EXPECT_EQ(at_of(heard), "/credit_code");
    heard = ask_firm(
        R"({"credit_code":"91430000MA4L0F1R3F","name":"县住房和城乡建设局",)" + person + "}"
    );
    EXPECT_EQ(code_of(heard), "duplicate_claim") << heard.body;
    EXPECT_EQ(at_of(heard), "/name");
    // Known by its code under another name.
    heard = ask_firm(R"({"credit_code":"91430000MA4L0F1R19","name":"冒名公司",)" + person + "}");
    EXPECT_EQ(code_of(heard), "duplicate_claim") << heard.body;
    // A name that somebody signs in by already, in another firm or in a unit.
    for (const char* account : {"other", "clerk"}) {
        heard = ask_firm(
            R"({"credit_code":"91430000MA4L0F1R3F","name":"甲公司",)"
            R"("administrator":{"name":"某","account":")" +
            std::string(account) + "\"}}"
        );
        EXPECT_EQ(code_of(heard), "name_taken") << heard.body;
        EXPECT_EQ(at_of(heard), "/administrator/account");
    }
    // A unit that works on matters confirms nobody.
    heard = place->post(
        "/api/v1/firms",
        place->as("power").fields() + place->key(),
        R"({"credit_code":"91430000MA4L0F1R3F","name":"甲公司",)" + person + "}"
    );
    EXPECT_EQ(heard.status, 403) << heard.body;
}

TEST_F(Firms, a_lost_answer_is_made_up_for_by_sending_again) {
    const std::string body = R"({"name":"丁","account":"lost.answer"})";
    const Heard first = bind(boss, body);
    ASSERT_EQ(first.status, 201) << first.body;
    const Heard second = bind(boss, body);
    ASSERT_EQ(second.status, 201) << second.body;
    EXPECT_NE(body_of(first)["password"].as_string(), body_of(second)["password"].as_string());
    const Json page = body_of(place->get("/api/v1/firm", boss.fields()));
    EXPECT_EQ(
        std::ranges::count_if(
            page["people"].as_array(),
            [](const Json& one) { return one["account"] == Json("lost.answer"); }
        ),
        1
    );
    ignore(place->sign_in("lost.answer", body_of(second)["password"].as_string()), "it is in use");
    EXPECT_EQ(end(boss, post_of(boss, "lost.answer")).status, 200);
}

TEST_F(Firms, an_agent_sees_and_acts_as_long_as_bound) {
    Heard heard = bind(boss, R"({"name":"李明","account":"li.ming"})");
    ASSERT_EQ(heard.status, 201) << heard.body;
    const Signed agent = place->sign_in("li.ming", body_of(heard)["password"].as_string());
    // The agent binds nobody and is told of nobody.
    EXPECT_EQ(body_of(place->get("/api/v1/firm", agent.fields()))["people"].as_array().size(), 0U);
    EXPECT_EQ(bind(agent, R"({"name":"某","account":"nobody.else"})").status, 403);
    EXPECT_EQ(end(agent, post_of(boss, "boss")).status, 403);

    heard = hand_in(agent, R"({"title":"厂门口停电","contact":"13900000911"})");
    ASSERT_EQ(heard.status, 201) << heard.body;
    const Json receipt = body_of(heard);
    const std::string number = receipt["number"].as_string();
    // A code would outlive the binding.
    EXPECT_EQ(receipt["code"].as_string(), "");
    for (const Signed* one : {&agent, &std::as_const(boss)}) {
        const Json list = matters_of(*one, receipt["seq"].as_int());
        ASSERT_GE(list["rows"].as_array().size(), 1U);
        EXPECT_EQ(list["rows"].as_array().front()["line"]["number"].as_string(), number);
        EXPECT_EQ(follow(number, one->fields()).status, 200);
    }
    EXPECT_EQ(
        act(number, agent.fields(), R"({"verb":"supplement","fields":{"text":"二号门"}})").status,
        200
    );
    // Nobody else: another firm is answered like for a number that is not there.
    EXPECT_EQ(matters_of(other, receipt["seq"].as_int())["rows"].as_array().size(), 0U);
    EXPECT_EQ(code_of(follow(number, other.fields())), "unknown_matter");
    EXPECT_EQ(
        code_of(act(number, other.fields(), R"({"verb":"withdraw","fields":{}})")), "unknown_matter"
    );
    EXPECT_EQ(follow(number, "").status, 401);
    // Another firm's administrator does not unbind here.
    EXPECT_EQ(end(other, post_of(boss, "li.ming")).status, 404);

    EXPECT_EQ(end(boss, post_of(boss, "li.ming")).status, 200);
    EXPECT_EQ(place->get("/api/v1/firm/matters", agent.fields()).status, 403);
    EXPECT_EQ(follow(number, agent.fields()).status, 401);
    EXPECT_EQ(hand_in(agent, R"({"title":"还想报"})").status, 403);
    // What was handed in stands with the firm.
    EXPECT_EQ(follow(number, boss.fields()).status, 200);

    // Bound again, the same account opens the same door; its password was never given out anew.
    heard = bind(boss, R"({"name":"李明","account":"li.ming"})");
    ASSERT_EQ(heard.status, 201) << heard.body;
    EXPECT_EQ(body_of(heard)["password"].as_string(), "");
    const Signed again = [] {
        const Heard signed_in = place->post(
            "/api/v1/session",
            "",
            R"({"name":"li.ming","password":"a long enough sentence of li.ming"})"
        );
        EXPECT_EQ(signed_in.status, 200) << signed_in.body;
        return signed_by(signed_in);
    }();
    EXPECT_EQ(follow(number, again.fields()).status, 200);
}

TEST_F(Firms, bindings_are_dated_and_the_last_administrator_stays) {
    const Date today = office_date(app::OsClock{}.now());
    const std::string later = to_string(today + std::chrono::days{30});
    const std::string before = to_string(today - std::chrono::days{1});
    Heard heard = bind(boss, R"({"name":"王","account":"wang","from":")" + before + "\"}");
    EXPECT_EQ(code_of(heard), "bad_date") << heard.body;
    EXPECT_EQ(at_of(heard), "/from");
    heard = bind(
        boss, R"({"name":"王","account":"wang","from":")" + later + R"(","until":")" + later + "\"}"
    );
    EXPECT_EQ(at_of(heard), "/until") << heard.body;
    // From next month: the account is there, and acts for nobody yet.
    heard = bind(boss, R"({"name":"王","account":"wang","from":")" + later + "\"}");
    ASSERT_EQ(heard.status, 201) << heard.body;
    const Signed early = place->sign_in("wang", body_of(heard)["password"].as_string());
    EXPECT_EQ(place->get("/api/v1/firm", early.fields()).status, 403);

    const std::int64_t own = post_of(boss, "boss");
    EXPECT_EQ(code_of(end(boss, own)), "last_administrator");
    EXPECT_EQ(code_of(end(boss, own, R"({"until":")" + later + "\"}")), "last_administrator");
    EXPECT_EQ(at_of(end(boss, own, R"({"until":")" + before + "\"}")), "/until");
    // An agent's binding may end on a later day.
    ASSERT_EQ(bind(boss, R"({"name":"赵","account":"zhao"})").status, 201);
    heard = end(boss, post_of(boss, "zhao"), R"({"until":")" + later + "\"}");
    EXPECT_EQ(body_of(heard)["until"].as_string(), later) << heard.body;
    EXPECT_NE(post_of(boss, "zhao"), 0);
}

TEST_F(Firms, its_people_get_no_route_of_the_place) {
    std::size_t asked = 0;
    for (const Route& route : routes()) {
        const Role role = route.role.role;
        const bool is_of_place = role == Role::in_post || role == Role::program ||
                                 role == Role::system_admin || role == Role::security_admin ||
                                 role == Role::audit_admin;
        if (!is_of_place || std::holds_alternative<LiveChanges>(route.handler)) {
            continue;
        }
        std::string path(route.path);
        while (path.find('{') != std::string::npos) {
            path.replace(path.find('{'), path.find('}') - path.find('{') + 1, "1");
        }
        const std::string verb(name_of(route.method));
        const Heard heard =
            route.method == Method::get
                ? place->get(path, boss.fields())
                : place->send(verb + " " + path, boss.fields() + place->key(), "{}");
        EXPECT_EQ(heard.status, 403) << verb << " " << path << heard.body;
        ++asked;
    }
    EXPECT_GT(asked, 40U);
}

/// The matters of an employee, of each purpose, about the own firm; named in title and text.
std::vector<Json> employee_hands_in(PeoplePlace& place, const std::string& fields) {
    std::vector<Json> receipts;
    for (const char* purpose : {"help", "complaint", "report"}) {
        const Heard heard = place.post(
            "/api/v1/portal/matters",
            fields + place.key(),
            R"({"kind":"appeal","fields":{"title":"CANARYTITLE某机械有限公司欠薪","text":"CANARYTEXT",)"
            R"("for":"CANARYNAME","contact":"13900000947","purpose":")" +
                std::string(purpose) + "\"}}"
        );
        EXPECT_EQ(heard.status, 201) << heard.body;
        receipts.push_back(body_of(heard));
    }
    return receipts;
}

/// All that the people of a firm can ask for, by path.
std::map<std::string, std::string> all_answers(PeoplePlace& place, const Signed& who) {
    std::map<std::string, std::string> answers;
    for (const Route& route : routes()) {
        if (route.method != Method::get || std::holds_alternative<LiveChanges>(route.handler)) {
            continue;
        }
        std::string path(route.path);
        while (path.find('{') != std::string::npos) {
            const std::string name =
                path.substr(path.find('{'), path.find('}') - path.find('{') + 1);
            path.replace(path.find(name), name.size(), name == "{kind}" ? "appeal" : "1");
        }
        for (const std::string query : {"", "?q=CANARYTITLE", "?text=CANARYTEXT"}) {
            answers[path + query] = place.get(path + query, who.fields()).body;
        }
    }
    answers["similar"] = place
                             .post(
                                 "/api/v1/portal/similar",
                                 who.fields() + place.key(),
                                 R"({"text":"某机械有限公司欠薪","kind":"appeal"})"
                             )
                             .body;
    return answers;
}

TEST_F(Firms, nothing_tells_its_people_what_an_employee_handed_in) {
    Heard heard = bind(boss, R"({"name":"孙","account":"sun.agent"})");
    ASSERT_EQ(heard.status, 201) << heard.body;
    const Signed agent = place->sign_in("sun.agent", body_of(heard)["password"].as_string());
    const auto before = all_answers(*place, boss);
    // As anybody at home, and as an agent whose browser still holds the firm's session.
    std::vector<Json> receipts = employee_hands_in(*place, "");
    for (const Json& one : employee_hands_in(*place, agent.fields())) {
        receipts.push_back(one);
    }
    matters_of(boss, receipts.back()["seq"].as_int());  // the lists have seen them
    const Signed& clerk = place->as("clerk");
    for (const Json& one : receipts) {
        EXPECT_EQ(
            place->does(clerk, one["number"].as_string(), R"({"verb":"accept","fields":{}})")
                .status,
            200
        );
    }
    for (const Signed* who : {&std::as_const(boss), &agent}) {
        for (const auto& [path, body] : all_answers(*place, *who)) {
            for (const char* mark : {"CANARYTITLE", "CANARYTEXT", "CANARYNAME", "13900000947"}) {
                const bool is_asked = path.find(mark) != std::string::npos;
                EXPECT_TRUE(is_asked || body.find(mark) == std::string::npos) << path << body;
            }
            for (const Json& one : receipts) {
                EXPECT_EQ(body.find(one["number"].as_string()), std::string::npos) << path << body;
            }
        }
        for (const Json& one : receipts) {
            const std::string number = one["number"].as_string();
            EXPECT_EQ(code_of(follow(number, who->fields())), "unknown_matter");
            EXPECT_EQ(
                code_of(act(number, who->fields(), R"({"verb":"withdraw","fields":{}})")),
                "unknown_matter"
            );
        }
    }
    // No count of the firm's own answers moved either.
    const auto after = all_answers(*place, boss);
    for (const auto& [path, body] : before) {
        if (path.starts_with("/api/v1/firm/matters")) {
            ASSERT_NE(parse_json(body).value_or(Json()).find("count"), nullptr) << body;
            EXPECT_EQ(
                parse_json(body).value_or(Json())["count"].as_int(),
                parse_json(after.at(path)).value_or(Json())["count"].as_int()
            );
        } else if (path.starts_with("/api/v1/notices")) {
            EXPECT_EQ(body, after.at(path)) << path;
        }
    }
    // The employee follows it, with the code, in the same browser.
    const Json& own = receipts.back();
    const std::string code = "Zhitong-Code: " + own["code"].as_string() + "\r\n";
    EXPECT_EQ(follow(own["number"].as_string(), agent.fields() + code).status, 200);
}

TEST_F(Firms, of_a_member_the_unit_sees_the_association_alone) {
    const Heard heard = hand_in(
        secretary,
        R"({"title":"路灯不亮","text":"园区东路","for":"MEMBERNAME建材厂","contact":"13900000955"})"
    );
    ASSERT_EQ(heard.status, 201) << heard.body;
    const Json receipt = body_of(heard);
    const std::string number = receipt["number"].as_string();
    const Signed& clerk = place->as("clerk");
    for (const std::string deed :
         {R"({"verb":"accept","fields":{}})", R"({"verb":"assign","fields":{"lead":"供电公司"}})"
         }) {
        EXPECT_EQ(place->does(clerk, number, deed).status, 200);
    }
    for (const char* who : {"clerk", "power"}) {
        const std::string fields = place->as(who).fields();
        const std::string at = "/api/v1/matters/" + number;
        const std::string told =
            place->get(at, fields).body + place->get(at + "/timeline", fields).body;
        EXPECT_NE(told.find("某行业商会"), std::string::npos) << who << told;
        EXPECT_EQ(told.find("MEMBERNAME"), std::string::npos) << who << told;
        EXPECT_EQ(told.find("13900000955"), std::string::npos) << who << told;
    }
    // The member follows by number and code; the association by its session, and rates nothing.
    const std::string code = "Zhitong-Code: " + receipt["code"].as_string() + "\r\n";
    EXPECT_EQ(follow(number, code).status, 200);
    const Heard page = follow(number, secretary.fields());
    EXPECT_EQ(page.status, 200) << page.body;
    EXPECT_EQ(
        code_of(act(number, secretary.fields(), R"({"verb":"withdraw","fields":{}})")), "wrong_role"
    );
    EXPECT_EQ(
        act(number, secretary.fields(), R"({"verb":"supplement","fields":{"text":"二号门"}})")
            .status,
        200
    );
    EXPECT_EQ(code_of(follow(number, boss.fields())), "unknown_matter");
}

TEST_F(Firms, a_unit_learns_the_name_of_a_firm_no_more_than_any_requesters) {
    const Heard heard = hand_in(boss, R"({"title":"门口积水","purpose":"complaint"})");
    ASSERT_EQ(heard.status, 201) << heard.body;
    const std::string number = body_of(heard)["number"].as_string();
    const Signed& clerk = place->as("clerk");
    for (const std::string deed :
         {R"({"verb":"accept","fields":{}})", R"({"verb":"assign","fields":{"lead":"供电公司"}})"
         }) {
        EXPECT_EQ(place->does(clerk, number, deed).status, 200);
    }
    const std::string fields = place->as("power").fields();
    const std::string at = "/api/v1/matters/" + number;
    const std::string told =
        place->get(at, fields).body + place->get(at + "/timeline", fields).body;
    EXPECT_NE(told.find("门口积水"), std::string::npos) << told;
    EXPECT_EQ(told.find("某机械有限公司"), std::string::npos) << told;
    EXPECT_EQ(told.find("企业管理员"), std::string::npos) << told;
}

TEST_F(Firms, the_administrator_gives_a_new_password_to_the_own_people_alone) {
    ASSERT_EQ(bind(boss, R"({"name":"周","account":"zhou"})").status, 201);
    const std::string at =
        "/api/v1/firm/people/" + std::to_string(post_of(boss, "zhou")) + "/password";
    EXPECT_EQ(place->post(at, other.fields()).status, 404);
    const Heard heard = place->post(at, boss.fields());
    ASSERT_EQ(heard.status, 200) << heard.body;
    const Signed agent = place->sign_in("zhou", body_of(heard)["password"].as_string());
    EXPECT_EQ(place->post(at, agent.fields()).status, 403);
}

}  // namespace
}  // namespace zt::http::test
