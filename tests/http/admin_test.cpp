// Administrators: who makes accounts, who changes the directory and who approves it, each held to
// their own; none of them reads matters.

#include "build/until.hpp"
#include "tests/http/people_place.hpp"

namespace zt::http::test {
namespace {

class Administration : public ::testing::Test {
  protected:
    Administration() {
        place_.give_administrators();
        place_.give_account({"clerk", "office", "clerk"});
    }

    /// The change that makes `person` holder of the record of a post.
    static std::string amend(const std::string& number, std::int64_t person) {
        return R"({"why":"轮岗","deeds":[{"verb":"amend","number":")" + number +
               R"(","fields":{"holder":)" + std::to_string(person) + "}}]}";
    }

    /// The record of the post with that key among those that the system administrator sees.
    Json post_record(const Signed& system, const std::string& key) {
        const Heard heard = place_.get("/api/v1/admin/posts?limit=200", system.fields());
        EXPECT_EQ(heard.status, 200) << heard.body;
        for (const Json& post : body_of(heard)["posts"].as_array()) {
            if (post["key"].as_string() == key && post["org"].as_string() == "营商环境办") {
                return post;
            }
        }
        return {};
    }

    PeoplePlace place_{"admin"};
};

TEST_F(Administration, the_security_administrator_makes_and_ends_accounts) {
    place_.appoint("n1", "newcomer", Json::array().push("handler"));
    place_.serve();
    const Signed security = place_.as("security");
    const std::string accounts = "/api/v1/admin/accounts";
    const std::string wanted = R"({"name":"newcomer","person":"n1"})";
    const Heard made = place_.post(accounts, security.fields(), wanted);
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(place_.post(accounts, security.fields(), wanted).status, 409) << "made once";
    EXPECT_EQ(
        place_.post(accounts, security.fields(), R"({"name":"other","person":"nobody"})").status,
        404
    );
    const Signed newcomer = place_.sign_in("newcomer", body_of(made)["password"].as_string());
    const std::string account = accounts + "/" + std::to_string(body_of(made)["account"].as_int());
    const Heard list = place_.get(accounts, security.fields());
    ASSERT_EQ(list.status, 200) << list.body;
    EXPECT_EQ(body_of(list)["accounts"].as_array().size(), 5U);
    EXPECT_EQ(list.body.find("某n1"), std::string::npos) << "names stand sealed";

    EXPECT_EQ(place_.get("/api/v1/session", newcomer.fields()).status, 200);
    const Heard ended =
        place_.client().ask("DELETE " + account + "/sessions", security.fields()).hear();
    EXPECT_EQ(body_of(ended)["ended"].as_int(), 2) << ended.body;
    EXPECT_EQ(place_.get("/api/v1/session", newcomer.fields()).status, 401);
    EXPECT_EQ(place_.post(account + "/disable", security.fields()).status, 204);
    const Json sign_in = Json::object()
                             .set("name", "newcomer")
                             .set("password", "a long enough sentence of newcomer");
    EXPECT_EQ(place_.post("/api/v1/session", "", to_canonical(sign_in)).status, 401);
    EXPECT_EQ(place_.post(account + "/enable", security.fields()).status, 204);
    EXPECT_EQ(place_.post("/api/v1/session", "", to_canonical(sign_in)).status, 200);
    const Heard reset = place_.post(account + "/reset", security.fields());
    EXPECT_EQ(reset.status, 201) << reset.body;
    EXPECT_EQ(place_.post("/api/v1/session", "", to_canonical(sign_in)).status, 401);
    EXPECT_EQ(place_.post(accounts + "/999/disable", security.fields()).status, 404);
}

TEST_F(Administration, people_are_listed_by_code_and_accounts_to_the_security_administrator_alone) {
    place_.appoint("n1", "newcomer", Json::array().push("handler"));
    place_.serve();
    const auto person = [&](const std::string& who, const std::string& code) {
        const Heard heard = place_.get("/api/v1/admin/people", place_.as(who).fields());
        EXPECT_EQ(heard.status, 200) << heard.body;
        EXPECT_EQ(heard.body.find("某n1"), std::string::npos) << "names stand sealed";
        for (const Json& one : body_of(heard)["people"].as_array()) {
            if (one["code"].as_string() == code) {
                return one;
            }
        }
        return Json();
    };
    const Json newcomer = person("system", "n1");
    ASSERT_EQ(newcomer["posts"].as_array().size(), 1U);
    EXPECT_EQ(newcomer["posts"].as_array().front()["name"].as_string(), "营商环境办·newcomer");
    EXPECT_EQ(person("security", "n1").find("account"), nullptr);
    const Heard made = place_.post(
        "/api/v1/admin/accounts",
        place_.as("security").fields(),
        R"({"name":"newcomer","person":"n1"})"
    );
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(person("security", "n1")["account"].as_string(), "newcomer");
    EXPECT_EQ(person("system", "n1").find("account"), nullptr);
    for (const char* other : {"audit", "clerk"}) {
        EXPECT_EQ(place_.get("/api/v1/admin/people", place_.as(other).fields()).status, 403);
    }
}

TEST_F(Administration, the_directory_is_read_as_of_a_day) {
    place_.write(
        Verb::register_,
        "org",
        {},
        Json::object().set("code", "new").set("name", "新设局").set("from", "2024-03-01")
    );
    place_.serve();
    const std::string fields = place_.as("clerk").fields();
    const auto has_it = [&](const std::string& day) {
        const Heard heard = place_.get("/api/v1/directory/orgs?day=" + day, fields);
        EXPECT_EQ(heard.status, 200) << heard.body;
        return heard.body.find("新设局") != std::string::npos;
    };
    EXPECT_FALSE(has_it("2024-02-29"));
    EXPECT_TRUE(has_it("2024-03-01"));
    EXPECT_TRUE(has_it(""));
}

TEST_F(Administration, each_duty_is_closed_to_the_others) {
    place_.serve();
    const Signed system = place_.as("system");
    const Signed audit = place_.as("audit");
    const Signed clerk = place_.as("clerk");
    for (const Signed& other : {system, audit, clerk}) {
        EXPECT_EQ(place_.get("/api/v1/admin/accounts", other.fields()).status, 403);
        EXPECT_EQ(place_.get("/api/v1/admin/keys", other.fields()).status, 403);
        EXPECT_EQ(place_.post("/api/v1/admin/changes/1/approve", other.fields()).status, 403);
    }
    EXPECT_EQ(place_.get("/api/v1/admin/changes", audit.fields()).status, 403);
    EXPECT_EQ(place_.get("/api/v1/admin/changes", clerk.fields()).status, 403);
    EXPECT_EQ(place_.get("/api/v1/admin/posts", clerk.fields()).status, 403);
    EXPECT_EQ(place_.get("/api/v1/admin/accounts", "").status, 401);
    const Heard three = place_.get("/api/v1/admin/administrators", clerk.fields());
    EXPECT_EQ(body_of(three)["mode"].as_string(), "three") << three.body;
}

TEST_F(Administration, what_one_prepares_happens_when_the_other_approves) {
    place_.appoint("n1", "newcomer", Json::array().push("handler"));
    place_.serve();
    const Signed system = place_.as("system");
    const Signed security = place_.as("security");
    const Signed clerk = place_.as("clerk");
    const Json post = post_record(system, "clerk");
    const std::int64_t newcomer = post_record(system, "newcomer")["holder"]["id"].as_int();
    const std::string change = amend(post["number"].as_string(), newcomer);
    const Heard direct = place_.does(
        system,
        post["number"].as_string(),
        R"({"verb":"amend","fields":{"holder":)" + std::to_string(newcomer) + "}}"
    );
    EXPECT_EQ(direct.status, 403) << "no other road leads there: " << direct.body;

    const Heard prepared = place_.post("/api/v1/admin/changes", system.fields(), change);
    ASSERT_EQ(prepared.status, 201) << prepared.body;
    EXPECT_EQ(
        body_of(prepared)["about"].as_array().front().as_string(),
        post["org"].as_string() + "·" + post["title"].as_string()
    );
    const Heard again = place_.post("/api/v1/admin/changes", system.fields(), change);
    EXPECT_EQ(body_of(again)["change"].as_int(), body_of(prepared)["change"].as_int());
    EXPECT_EQ(place_.get("/api/v1/inbox", clerk.fields()).status, 200) << "nothing happened yet";
    const std::string approve = "/api/v1/admin/changes/" +
                                std::to_string(body_of(prepared)["change"].as_int()) + "/approve";
    EXPECT_EQ(place_.post(approve, system.fields()).status, 403);
    const Heard approved = place_.post(approve, security.fields());
    ASSERT_EQ(approved.status, 200) << approved.body;
    const Heard twice = place_.post(approve, security.fields());
    EXPECT_TRUE(body_of(twice)["is_repeated"].as_bool()) << twice.body;
    EXPECT_EQ(body_of(twice)["seq"].as_int(), body_of(approved)["seq"].as_int());
    EXPECT_EQ(place_.get("/api/v1/inbox", clerk.fields()).status, 403) << "the post has gone";
    EXPECT_EQ(post_record(system, "clerk")["holder"]["id"].as_int(), newcomer);

    place_.stop();
    const auto tenant = place_.place.open();
    const auto audit = tenant->store().audit(1, 200);
    ASSERT_TRUE(audit);
    int told = 0;
    for (const auto& row : *audit) {
        told += row.text.find("directory_change_approved") != std::string::npos ? 1 : 0;
    }
    EXPECT_EQ(told, 1);
}

TEST_F(Administration, a_change_that_cannot_be_is_told_to_who_prepares_it) {
    place_.serve();
    const Signed system = place_.as("system");
    const Signed security = place_.as("security");
    const std::string changes = "/api/v1/admin/changes";
    const Heard none = place_.post(changes, system.fields(), R"({"why":"x","deeds":[]})");
    EXPECT_EQ(body_of(none)["at"].as_string(), "/deeds") << none.body;
    const Heard silent = place_.post(changes, system.fields(), amend("GW-1", 1).replace(8, 6, ""));
    EXPECT_EQ(body_of(silent)["at"].as_string(), "/why") << silent.body;
    const Heard matter = place_.post(
        changes,
        system.fields(),
        R"({"why":"x","deeds":[{"verb":"register","kind":"appeal","fields":{"title":"y"}}]})"
    );
    EXPECT_EQ(body_of(matter)["at"].as_string(), "/deeds/0") << matter.body;
    const Heard post = place_.post(
        changes,
        system.fields(),
        R"({"why":"x","deeds":[{"verb":"register","kind":"post","fields":{"org":"nowhere",)"
        R"("key":"k"}}]})"
    );
    EXPECT_GE(post.status, 400) << post.body;
    const Heard fine = place_.post(
        changes,
        system.fields(),
        R"({"why":"x","deeds":[{"verb":"register","kind":"post","fields":{"org":"office",)"
        R"("key":"k"}}]})"
    );
    ASSERT_EQ(fine.status, 201) << fine.body;
    const std::string change = changes + "/" + std::to_string(body_of(fine)["change"].as_int());
    EXPECT_EQ(place_.post(change + "/withdraw", security.fields()).status, 204);
    EXPECT_EQ(place_.post(change + "/approve", security.fields()).status, 409);
    EXPECT_EQ(place_.post(changes + "/77/approve", security.fields()).status, 404);
}

TEST_F(Administration, a_unit_that_ends_hands_over_its_open_work_in_the_approved_step) {
    place_.give_account({"power", "供电公司", "handler"});
    place_.give_account({"housing", "住建局", "handler"});
    const std::string unit = place_.number_of(place_.held("供电公司", "handler").org.value);
    place_.serve();
    const std::string number = place_.hand_in();
    const std::string page = "/api/v1/matters/" + number;
    const Signed& clerk = place_.as("clerk");
    ASSERT_EQ(place_.does(clerk, number, R"({"verb":"accept","fields":{}})").status, 200);
    ASSERT_EQ(
        place_.does(clerk, number, R"({"verb":"assign","fields":{"lead":"供电公司"}})").status, 200
    );
    EXPECT_EQ(place_.get(page, place_.as("power").fields()).status, 200);
    EXPECT_EQ(place_.get(page, place_.as("housing").fields()).status, 404);
    const std::string changes = "/api/v1/admin/changes";
    const auto retire = [&](const std::string& fields) {
        return R"({"why":"改制","deeds":[{"verb":"retire","number":")" + unit + R"(","fields":{)" +
               fields + "}}]}";
    };
    const Signed& system = place_.as("system");
    const Heard alone = place_.post(changes, system.fields(), retire(""));
    EXPECT_EQ(body_of(alone)["at"].as_string(), "/fields/successor") << alone.body;
    const Heard prepared = place_.post(changes, system.fields(), retire(R"("successor":"住建局")"));
    ASSERT_EQ(prepared.status, 201) << prepared.body;
    const std::string change = std::to_string(body_of(prepared)["change"].as_int());
    const Heard approved =
        place_.post(changes + "/" + change + "/approve", place_.as("security").fields());
    ASSERT_EQ(approved.status, 200) << approved.body;
    EXPECT_EQ(place_.get(page, place_.as("housing").fields()).status, 200);
    EXPECT_EQ(place_.get(page, place_.as("power").fields()).status, 403) << "the unit is gone";
}

TEST_F(Administration, a_secretary_acts_for_another_and_both_names_are_kept) {
    place_.appoint("n1", "newcomer", Json::array().push("handler"));
    const Post own = place_.held("office", "newcomer");
    const Post clerk = place_.held("office", "clerk");
    place_.write(
        Verb::amend,
        "post",
        MatterId{clerk.id.value},
        Json::object().set("secretary", own.holder.value)
    );
    place_.give_account({"newcomer", "office", "newcomer"});
    place_.serve();
    const std::string number = place_.hand_in();
    const Signed before = place_.as("newcomer");
    const Json choice = Json::object().set("post", own.id.value).set("on_behalf", clerk.id.value);
    const Heard chosen =
        place_.send("PUT /api/v1/session/post", before.fields(), to_canonical(choice));
    ASSERT_EQ(chosen.status, 200) << chosen.body;
    const Signed secretary = signed_by(chosen);
    const Heard accepted = place_.does(secretary, number, R"({"verb":"accept","fields":{}})");
    ASSERT_EQ(accepted.status, 200) << accepted.body;
    const Heard timeline =
        place_.get("/api/v1/matters/" + number + "/timeline", secretary.fields());
    const Json last = body_of(timeline)["rows"].as_array().back();
    EXPECT_NE(last["post"].as_string(), "") << timeline.body;
    EXPECT_NE(last["on_behalf"].as_string(), "") << timeline.body;
    EXPECT_NE(last["on_behalf"].as_string(), last["post"].as_string());
    const Json other = Json::object().set("post", own.id.value).set("on_behalf", 1);
    EXPECT_EQ(
        place_.send("PUT /api/v1/session/post", secretary.fields(), to_canonical(other)).status, 403
    );
}

TEST_F(Administration, none_of_the_three_reads_matters) {
    place_.serve();
    const Json receipt = place_.hand_in_with_code();
    const std::string page = "/api/v1/matters/" + receipt["number"].as_string();
    const Signed clerk = place_.as("clerk");
    EXPECT_EQ(place_.get(page, clerk.fields()).status, 200);
    ASSERT_TRUE(build::until([&] {
        return body_of(place_.get("/api/v1/matters", clerk.fields()))["count"].as_int() > 0;
    })) << "the list follows within a second";
    for (const char* const name : {"system", "security", "audit"}) {
        const Signed one = place_.as(name);
        const Heard hidden = place_.get(page, one.fields());
        const Heard absent = place_.get("/api/v1/matters/ZT-1999-000001", one.fields());
        EXPECT_EQ(hidden.status, 404) << name;
        EXPECT_EQ(absent.status, 404);
        const Heard open = place_.get("/api/v1/matters", one.fields());
        EXPECT_EQ(body_of(open)["count"].as_int(), 0) << name << open.body;
        const Heard inbox = place_.get("/api/v1/inbox", one.fields());
        EXPECT_EQ(body_of(inbox)["count"].as_int(), 0) << name;
    }
}

}  // namespace
}  // namespace zt::http::test
