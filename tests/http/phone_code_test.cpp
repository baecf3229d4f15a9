// Codes of whoever handed in: the phone code behind its puzzle, a lost code, who saw the contact.

#include "tests/http/public_place.hpp"
#include "vault/puzzle.hpp"

namespace zt::http::test {
namespace {

class CodesOverHttp : public PublicPlace {
  protected:
    void SetUp() override { serve(); }

    Heard hand_in(int number, const std::string& more) {
        const std::string body =
            R"({"kind":"appeal","fields":{"title":"门口停电三天")" + more + "}";
        return client().post("/api/v1/portal/matters", key_field(number), body).hear();
    }
    static constexpr const char* named =
        R"(,"for":"王小明","contact":"13900000077"},"wants_phone_code":true)";

    /// Number of the puzzle and what solves it.
    std::pair<std::string, std::string> solved_puzzle(const std::string& number) {
        const Heard heard = get("/api/v1/portal/matters/" + number + "/puzzle");
        EXPECT_EQ(heard.status, 200) << heard.body;
        const std::string puzzle = body_of(heard)["puzzle"].as_string();
        const auto bits = static_cast<unsigned>(body_of(heard)["zero_bits"].as_int());
        std::int64_t solution = 0;
        while (!vault::is_solution(puzzle, std::to_string(solution), bits)) {
            ++solution;
        }
        return {puzzle, std::to_string(solution)};
    }
    Heard open(
        const std::string& number,
        const std::string& code,
        const std::pair<std::string, std::string>& work
    ) {
        const Json body =
            Json::object().set("code", code).set("puzzle", work.first).set("solution", work.second);
        return client()
            .post("/api/v1/portal/matters/" + number + "/phone-code", "", to_canonical(body))
            .hear();
    }
    Heard follow(const std::string& number, const std::string& code) {
        return get("/api/v1/portal/matters/" + number, "Zhitong-Code: " + code + "\r\n");
    }
    Heard
    verb(const std::string& session, const std::string& number, const std::string& deed, int one) {
        return client()
            .post(
                "/api/v1/matters/" + number + "/verbs",
                session + key_field(one),
                "{\"deeds\":[" + deed + "]}"
            )
            .hear();
    }
};

TEST_F(CodesOverHttp, a_phone_code_opens_its_matter_after_a_puzzle) {
    const Heard handed = hand_in(1, named);
    ASSERT_EQ(handed.status, 201) << handed.body;
    const Json receipt = body_of(handed);
    const std::string number = receipt["number"].as_string();
    const std::string phone = receipt["phone_code"].as_string();
    EXPECT_EQ(phone.size(), 19U) << phone;
    EXPECT_EQ(receipt["unnamed_notice"].as_string(), "");
    EXPECT_EQ(body_of(hand_in(1, named))["phone_code"].as_string(), phone)
        << "a retry is told the same code";

    EXPECT_EQ(open(number, phone, {"x", "1"}).status, 422) << "without a puzzle of ours";
    const auto work = solved_puzzle(number);
    const Heard opened = open(number, phone, work);
    ASSERT_EQ(opened.status, 200) << opened.body;
    EXPECT_NE(open(number, phone, work).status, 200) << "a puzzle opens one look-up";
    const std::string ticket = body_of(opened)["ticket"].as_string();
    const Heard followed = follow(number, ticket);
    ASSERT_EQ(followed.status, 200) << followed.body;
    EXPECT_EQ(body_of(followed)["title"].as_string(), "门口停电三天");
    EXPECT_EQ(follow(number, ticket + "0").status, 401);
    EXPECT_EQ(follow(number, phone).status, 401) << "the code itself is no key to the page";
    const Heard supplemented =
        client()
            .post(
                "/api/v1/portal/matters/" + number + "/verbs",
                "Zhitong-Code: " + ticket + "\r\n" + key_field(2),
                R"({"deeds":[{"verb":"supplement","fields":{"text":"第四天了"}}]})"
            )
            .hear();
    EXPECT_EQ(supplemented.status, 200) << supplemented.body;
}

TEST_F(CodesOverHttp, a_wrong_phone_code_and_an_unknown_number_are_one_answer) {
    const std::string number = body_of(hand_in(1, named))["number"].as_string();
    const std::string without = body_of(hand_in(2, "}"))["number"].as_string();
    const std::string wrong = "0000 0000 0000 0000";
    const Heard one = open(number, wrong, solved_puzzle(number));
    const Heard no_code = open(without, wrong, solved_puzzle(without));
    const Heard nowhere = open("ZT-1999-000001", wrong, solved_puzzle("ZT-1999-000001"));
    EXPECT_EQ(one.status, 401) << one.body;
    EXPECT_EQ(no_code.body, one.body);
    EXPECT_EQ(nowhere.body, one.body);
    const auto work = solved_puzzle(without);
    EXPECT_NE(open(number, wrong, work).body, one.body) << "a puzzle is good for its number alone";
}

TEST_F(CodesOverHttp, a_lost_code_is_replaced_and_the_old_ones_die) {
    const Json receipt = body_of(hand_in(1, named));
    const std::string number = receipt["number"].as_string();
    const std::string old = receipt["code"].as_string();
    const Heard opened = open(number, receipt["phone_code"].as_string(), solved_puzzle(number));
    const std::string ticket = body_of(opened)["ticket"].as_string();
    EXPECT_EQ(follow(number, ticket).status, 200);
    const std::string clerk = sign_in();
    const std::string path = "/api/v1/matters/" + number + "/code";
    const auto renew = [&](const std::string& body, int one) {
        return client().post(path, clerk + key_field(one), body).hear();
    };
    EXPECT_EQ(client().post(path, key_field(9), R"({"reached":true})").hear().status, 401);
    EXPECT_EQ(renew(R"({"reached":false})", 2).status, 400) << "who was not reached gets none";
    EXPECT_EQ(follow(number, old).status, 200);
    EXPECT_EQ(verb(clerk, number, R"({"verb":"amend","fields":{"reached":true}})", 3).status, 400)
        << "the old code would die and nobody be told a new one";

    const std::string asked = R"({"reached":true,"text":"按预留电话回拨","wants_phone_code":true})";
    const Heard renewed = renew(asked, 4);
    ASSERT_EQ(renewed.status, 200) << renewed.body;
    const std::string code = body_of(renewed)["code"].as_string();
    EXPECT_NE(code, old);
    EXPECT_EQ(body_of(renew(asked, 4))["code"].as_string(), code) << "a retry tells the same";
    EXPECT_EQ(follow(number, old).status, 401);
    EXPECT_EQ(follow(number, ticket).status, 401) << "tickets die with the code";
    const std::string phone = body_of(renewed)["phone_code"].as_string();
    EXPECT_EQ(open(number, phone, solved_puzzle(number)).status, 200);
    const Json retried = body_of(hand_in(1, named));
    EXPECT_EQ(retried["number"].as_string(), number);
    EXPECT_TRUE(retried["is_code_replaced"].as_bool());
    EXPECT_EQ(retried["code"].as_string(), "") << "a dead code is told to nobody";
    EXPECT_EQ(retried.find("phone_code"), nullptr);
    const Heard followed = follow(number, code);
    ASSERT_EQ(followed.status, 200) << followed.body;
    const Json page = body_of(followed);
    const auto& steps = page["steps"].as_array();
    ASSERT_EQ(steps.size(), 2U) << followed.body;
    EXPECT_EQ(steps.back()["title"].as_string(), "回拨核实后重发查询码");
    EXPECT_EQ(followed.body.find("按预留电话回拨"), std::string::npos);
    EXPECT_FALSE(body_of(renew(asked, 5))["is_code_replaced"].as_bool());
    const Json late = body_of(renew(asked, 4));
    EXPECT_TRUE(late["is_code_replaced"].as_bool()) << "that code died with the next one";
    EXPECT_EQ(late["code"].as_string(), "");
}

TEST_F(CodesOverHttp, who_saw_the_contact_stands_on_the_follow_page) {
    const Json receipt = body_of(hand_in(1, named));
    const std::string number = receipt["number"].as_string();
    const std::string clerk = sign_in();
    const Heard seen =
        verb(clerk, number, R"({"verb":"reveal","fields":{"reason":"contact_needed"}})", 2);
    ASSERT_EQ(seen.status, 200) << seen.body;
    const Heard followed = follow(number, receipt["code"].as_string());
    const Json page = body_of(followed);
    const auto& looks = page["looks"].as_array();
    ASSERT_EQ(looks.size(), 1U) << followed.body;
    EXPECT_EQ(looks.front()["office"].as_string(), "营商环境办");
    EXPECT_NE(looks.front()["why"].as_string(), "contact_needed") << "in words";
}

TEST_F(CodesOverHttp, who_gives_no_name_is_told_that_a_lost_code_stays_lost) {
    const Heard form = get("/api/v1/kinds/appeal");
    const std::string before = body_of(form)["unnamed_notice"].as_string();
    EXPECT_NE(before.find("无法找回"), std::string::npos) << form.body;
    EXPECT_EQ(body_of(get("/api/v1/kinds/proposal"))["unnamed_notice"].as_string(), "");
    const Json receipt = body_of(hand_in(1, "}"));
    EXPECT_EQ(receipt["unnamed_notice"].as_string(), before);
    const std::string number = receipt["number"].as_string();
    const std::string clerk = sign_in();
    const Heard renewed =
        client()
            .post(
                "/api/v1/matters/" + number + "/code", clerk + key_field(2), R"({"reached":true})"
            )
            .hear();
    EXPECT_NE(renewed.status, 200) << renewed.body;
    EXPECT_EQ(follow(number, receipt["code"].as_string()).status, 200) << "the code still stands";
}

}  // namespace
}  // namespace zt::http::test
