// Questionnaires over HTTP, end to end: drafted, reviewed, opened, answered by link, by code, by
// staff and from paper, closed, told as tables; each refusal beside what is taken.

#include "service/answers.hpp"
#include "tests/http/desk_place.hpp"

namespace zt::http::test {
namespace {

constexpr const char* by_link =
    R"({"access":"open","intro":"只问三件事","answers_max":0,"questions":[
{"id":"q1","title":"家里有车吗","type":"single","is_required":true,
 "choices":[{"id":"yes","title":"有"},{"id":"no","title":"没有"}]},
{"id":"q2","title":"夜里停在哪","type":"many","chosen_max":2,
 "choices":[{"id":"in","title":"小区内"},{"id":"road","title":"路边"},{"id":"other","title":"别处"}],
 "show_if":{"question":"q1","any":["yes"]}},
{"id":"q3","title":"满意吗","type":"scale","min":1,"max":5},
{"id":"q4","title":"还想说什么","type":"text"}]})";

class QuestionnairesOverHttp : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        place = std::make_unique<DeskPlace>(
            "questionnaires",
            std::vector<std::string>{"提案委.clerk", "提案委.reviewer", "office.clerk"}
        );
    }
    static void TearDownTestSuite() { place.reset(); }

    Heard put(const std::string& who, const std::string& path, const std::string& body) const {
        return place->client()
            .ask(
                "PUT " + path,
                place->fields_of(who) + "Content-Type: application/json\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n"
            )
            .send(body)
            .hear();
    }
    Heard post(const std::string& who, const std::string& path, const std::string& body) const {
        return place->post(who, path, body, place->next_key());
    }
    static std::string at(const std::string& number, const std::string& rest = "") {
        return "/api/v1/questionnaires/" + number + rest;
    }
    static std::string portal(const std::string& number, const std::string& rest = "") {
        return "/api/v1/portal/questionnaires/" + number + rest;
    }
    /// A draft without questions.
    std::string drafted() const {
        const Heard heard = post(
            "提案委.clerk",
            "/api/v1/matters",
            R"({"deeds":[{"kind":"questionnaire","verb":"register","fields":{"title":"停车",)"
            R"("audience":"居民","closes_on":"2099-12-31"}}]})"
        );
        EXPECT_EQ(heard.status, 201) << heard.body;
        return DeskPlace::body_of(heard)["rows"].as_array().front()["number"].as_string();
    }
    std::string opened(const std::string& questions = by_link) const {
        const std::string number = drafted();
        const Heard kept = put("提案委.clerk", at(number), questions);
        EXPECT_EQ(kept.status, 200) << kept.body;
        place->must("提案委.reviewer", number, R"({"verb":"review","fields":{"text":"可以"}})");
        const Heard heard = post("提案委.clerk", at(number, "/open"), "");
        EXPECT_EQ(heard.status, 200) << heard.body;
        return number;
    }
    Heard
    answer(const std::string& number, const std::string& token, const std::string& sheet) const {
        return place->client()
            .post(
                portal(number, "/answers"),
                "",
                R"({"token":")" + token + R"(","answers":)" + sheet + "}"
            )
            .hear();
    }
    static std::string token(int number) {
        return "browser-token-" + std::to_string(1000 + number);
    }
    Json state(const std::string& number) const {
        return DeskPlace::body_of(place->get("提案委.clerk", at(number)));
    }

    static std::unique_ptr<DeskPlace> place;
};
std::unique_ptr<DeskPlace> QuestionnairesOverHttp::place;

TEST_F(QuestionnairesOverHttp, one_lives_from_its_draft_to_the_hash_of_its_answers) {
    const std::string number = opened();
    EXPECT_EQ(state(number)["phase"].as_string(), "open");
    for (int one = 0; one < 25; ++one) {
        const std::string sheet = one % 2 == 0 ? R"({"q1":"yes","q2":["road","in"],"q3":4})"
                                               : R"({"q1":"no","q2":["in"],"q4":"无"})";
        const Heard heard = answer(number, token(one), sheet);
        EXPECT_EQ(heard.status, 200) << heard.body;
        EXPECT_FALSE(DeskPlace::body_of(heard)["was_given_before"].as_bool());
    }
    EXPECT_EQ(state(number)["received"].as_int(), 25);
    EXPECT_EQ(state(number)["let_in"].as_int(), 10) << "ten of the first twenty";
    const Heard closed = post("提案委.clerk", at(number, "/close"), "");
    EXPECT_EQ(closed.status, 200) << closed.body;
    EXPECT_EQ(DeskPlace::body_of(closed)["stage"].as_string(), "closed");
    const Json after = state(number);
    EXPECT_EQ(after["let_in"].as_int(), 25);
    EXPECT_TRUE(after["matches_ledger"].as_bool());
    EXPECT_EQ(after["answers_hash"].as_string().size(), 64U);

    const Json results =
        DeskPlace::body_of(place->get("提案委.clerk", at(number, "/results?by=q1")));
    const Json& first = results["questions"].as_array().front();
    EXPECT_EQ(first["rows"].as_array()[0]["counts"].as_array()[0]["count"].as_int(), 13);
    EXPECT_EQ(results["questions"].as_array()[1]["answered"].as_int(), 13)
        << "who has no car is not asked where it stands, whatever was sent";
    EXPECT_EQ(results["groups"].as_array()[1]["people"].as_int(), 12);
    EXPECT_EQ(results["questions"].as_array()[3]["texts"].as_array()[0]["count"].as_int(), 12);
    const std::string table = place->fetch("提案委.clerk", at(number, "/answers?format=csv"));
    EXPECT_NE(table.find("小区内; 路边"), std::string::npos) << table;
    EXPECT_EQ(place->fetch("提案委.clerk", at(number, "/answers?format=xlsx")).substr(0, 2), "PK");
}

TEST_F(QuestionnairesOverHttp, statements_part_people_into_groups_that_are_told_without_names) {
    const std::string number = opened(
        R"({"access":"open","intro":"","answers_max":0,"questions":[
{"id":"s","title":"您怎么看","type":"statements","rows":[
 {"id":"a","title":"小区应当加装电梯"},{"id":"b","title":"费用按楼层分摊"},
 {"id":"c","title":"一楼不应出钱"},{"id":"d","title":"施工前要公示"}]},
{"id":"t","title":"补充","type":"text"}]})"
    );
    for (int one = 0; one < 32; ++one) {
        const char* const sheet =
            one % 8 < 5 ? R"({"s":{"a":"agree","b":"agree","c":"disagree","d":"agree"}})"
                        : R"({"s":{"a":"disagree","b":"disagree","c":"agree","d":"agree"}})";
        EXPECT_EQ(answer(number, token(one), sheet).status, 200);
    }
    EXPECT_EQ(post("提案委.clerk", at(number, "/close"), "").status, 200);
    const Json found =
        DeskPlace::body_of(place->get("提案委.clerk", at(number, "/opinions?question=s")));
    EXPECT_EQ(found["people"].as_int(), 32);
    ASSERT_EQ(found["groups"].as_array().size(), 2U) << to_canonical(found);
    EXPECT_EQ(found["groups"].as_array()[0]["people"].as_int(), 20);
    EXPECT_EQ(found["groups"].as_array()[1]["people"].as_int(), 12);
    EXPECT_EQ(found["groups"].as_array()[1]["statements"].as_array()[2]["agree"].as_int(), 12);
    EXPECT_EQ(found["consensus"].as_array()[0]["id"].as_string(), "d");
    EXPECT_NE(found["dividing"].as_array()[0]["id"].as_string(), "d");
    EXPECT_EQ(place->get("提案委.clerk", at(number, "/opinions?question=t")).status, 400);
    EXPECT_EQ(place->get("office.clerk", at(number, "/opinions?question=s")).status, 404);
}

TEST_F(QuestionnairesOverHttp, a_second_sheet_of_one_browser_changes_nothing) {
    const std::string number = opened();
    EXPECT_EQ(answer(number, token(1), R"({"q1":"yes"})").status, 200);
    const Heard again = answer(number, token(1), R"({"q1":"no"})");
    EXPECT_EQ(again.status, 200);
    EXPECT_TRUE(DeskPlace::body_of(again)["was_given_before"].as_bool());
    EXPECT_EQ(state(number)["received"].as_int(), 1);
}

TEST_F(QuestionnairesOverHttp, fewer_than_ten_answers_are_destroyed_at_close) {
    const std::string number = opened();
    for (int one = 0; one < 9; ++one) {
        EXPECT_EQ(answer(number, token(one), R"({"q1":"yes"})").status, 200);
    }
    EXPECT_EQ(post("提案委.clerk", at(number, "/close"), "").status, 200);
    EXPECT_EQ(state(number)["let_in"].as_int(), 0);
    EXPECT_EQ(state(number)["received"].as_int(), 9);
    EXPECT_TRUE(state(number)["matches_ledger"].as_bool());
    EXPECT_EQ(answer(number, token(20), R"({"q1":"yes"})").status, 409) << "closed";
}

TEST_F(QuestionnairesOverHttp, wrong_sheets_and_questions_name_the_place_and_change_nothing) {
    const std::string number = opened();
    const auto refused_at = [&](const std::string& sheet, const std::string& where) {
        const Heard heard = answer(number, token(3), sheet);
        EXPECT_EQ(heard.status / 100, 4) << sheet << heard.body;
        EXPECT_EQ(DeskPlace::body_of(heard)["at"].as_string(), where) << heard.body;
    };
    refused_at(R"({"q3":4})", "/answers/q1");
    refused_at(R"({"q1":"maybe"})", "/answers/q1");
    refused_at(R"({"q1":"yes","q2":["in","road","other"]})", "/answers/q2");
    refused_at(R"({"q1":"yes","q3":9})", "/answers/q3");
    refused_at(R"({"q1":"yes","q9":1})", "/answers/q9");
    EXPECT_EQ(answer(number, "short", R"({"q1":"yes"})").status, 400);
    EXPECT_EQ(state(number)["received"].as_int(), 0);
    EXPECT_EQ(put("提案委.clerk", at(number), by_link).status, 409) << "no longer a draft";

    const std::string draft = drafted();
    const Heard wrong =
        put("提案委.clerk",
            at(draft),
            R"({"access":"open","intro":"","answers_max":0,"questions":[)"
            R"({"id":"q1","title":"","type":"text"}]})");
    EXPECT_EQ(wrong.status, 400);
    EXPECT_EQ(DeskPlace::body_of(wrong)["at"].as_string(), "/questions/0/title");
    EXPECT_EQ(place->get("", portal(draft)).status, 404) << "a draft is nobody's";
}

TEST_F(QuestionnairesOverHttp, an_invitation_takes_each_code_once_and_no_other) {
    std::string questions = by_link;
    questions.replace(questions.find("open"), 4, "invited");
    const std::string number = opened(questions);
    const Heard given = post("提案委.clerk", at(number, "/codes"), R"({"count":3})");
    ASSERT_EQ(given.status, 201) << given.body;
    const Json codes = DeskPlace::body_of(given)["codes"];
    ASSERT_EQ(codes.as_array().size(), 3U);
    const std::string code = codes.as_array().front().as_string();
    EXPECT_EQ(answer(number, "000000000000", R"({"q1":"yes"})").status, 401);
    const Heard first = answer(
        number,
        code.substr(0, 4) + "-" + code.substr(4, 4) + " " + code.substr(8),
        R"({"q1":"yes"})"
    );
    EXPECT_EQ(first.status, 200) << first.body;
    const Heard again = answer(number, code, R"({"q1":"yes"})");
    EXPECT_TRUE(DeskPlace::body_of(again)["was_given_before"].as_bool());
    EXPECT_EQ(state(number)["received"].as_int(), 1);
    const Heard listed = place->get("", "/api/v1/portal/questionnaires");
    EXPECT_EQ(listed.body.find(number), std::string::npos) << "only open ones are listed";
}

TEST_F(QuestionnairesOverHttp, staff_answer_once_and_paper_is_entered_once_a_form) {
    std::string questions = by_link;
    questions.replace(questions.find("open"), 4, "staff");
    const std::string number = opened(questions);
    EXPECT_EQ(answer(number, token(1), R"({"q1":"yes"})").status, 401);
    const std::string sheet = R"({"answers":{"q1":"yes"}})";
    EXPECT_EQ(post("office.clerk", at(number, "/answers"), sheet).status, 200)
        << "of another unit, which may not look at the matter";
    const Heard again = post("office.clerk", at(number, "/answers"), sheet);
    EXPECT_TRUE(DeskPlace::body_of(again)["was_given_before"].as_bool());
    EXPECT_EQ(place->get("office.clerk", at(number, "/results")).status, 404);
    const std::string form = R"({"form":"0007","answers":{"q1":"no"}})";
    EXPECT_EQ(post("office.clerk", at(number, "/paper"), form).status, 404);
    EXPECT_EQ(post("提案委.clerk", at(number, "/paper"), form).status, 200);
    const Heard twice = post("提案委.clerk", at(number, "/paper"), form);
    EXPECT_TRUE(DeskPlace::body_of(twice)["was_given_before"].as_bool());
    EXPECT_EQ(state(number)["received"].as_int(), 2);
}

TEST_F(QuestionnairesOverHttp, answers_outlive_a_restart_and_quotas_hold_after_it) {
    std::string questions = by_link;
    const std::string choice = R"("id":"no","title":"没有")";
    questions.replace(questions.find(choice), choice.size(), choice + R"(,"quota":2)");
    const std::string number = opened(questions);
    EXPECT_EQ(answer(number, token(1), R"({"q1":"no"})").status, 200);
    EXPECT_EQ(answer(number, token(2), R"({"q1":"no"})").status, 200);
    place->stop();
    place->start();
    const Heard full = answer(number, token(3), R"({"q1":"no"})");
    EXPECT_EQ(full.status, 422) << full.body;
    EXPECT_EQ(DeskPlace::body_of(full)["at"].as_string(), "/answers/q1");
    EXPECT_EQ(answer(number, token(3), R"({"q1":"yes"})").status, 200) << "the token was not spent";
    EXPECT_TRUE(DeskPlace::body_of(answer(number, token(1), R"({"q1":"yes"})"))["was_given_before"]
                    .as_bool());
    EXPECT_EQ(state(number)["received"].as_int(), 3);
}

}  // namespace
}  // namespace zt::http::test
