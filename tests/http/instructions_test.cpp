// What somebody who leads instructed, over HTTP: their own, of any person in that post, with what
// came after it, and nothing of what others instructed.

#include "tests/http/desk_place.hpp"

namespace zt::http::test {
namespace {

class InstructionsOverHttp : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        shared_desk = std::make_unique<DeskPlace>(
            "instructions",
            std::vector<std::string>{"office.clerk", "county.head", "住建局.handler", "city.head"}
        );
    }
    static void TearDownTestSuite() { shared_desk.reset(); }
    static DeskPlace& desk() { return *shared_desk; }
    static Json given_by(const std::string& who, const std::string& query = "") {
        const Heard heard = desk().get_patiently(who, "/api/v1/instructions" + query);
        EXPECT_EQ(heard.status, 200) << heard.body;
        return DeskPlace::body_of(heard);
    }
    static std::unique_ptr<DeskPlace> shared_desk;
};
std::unique_ptr<DeskPlace> InstructionsOverHttp::shared_desk;

TEST_F(InstructionsOverHttp, are_told_to_the_post_that_gave_them_with_what_came_after) {
    const std::string number =
        desk().hand_in(R"("title":"井盖破损","purpose":"help","for":"王小明")");
    desk().accept_and_assign(number, "住建局");
    EXPECT_EQ(given_by("county.head")["count"].as_int(), 0);
    desk().must("county.head", number, R"({"verb":"instruct","fields":{"text":"今天修好。"}})");
    const Json quiet = given_by("county.head")["rows"].as_array().front();
    EXPECT_EQ(quiet["line"]["number"].as_string(), number);
    EXPECT_EQ(quiet["given"]["texts"]["text"].as_string(), "今天修好。");
    EXPECT_TRUE(quiet["since"].as_array().empty());
    desk().must("住建局.handler", number, R"({"verb":"sign_for","fields":{}})");
    const Json moved = given_by("county.head")["rows"].as_array().front();
    ASSERT_EQ(moved["since"].as_array().size(), 1U);
    EXPECT_EQ(moved["since"].as_array().front()["verb"].as_string(), "sign_for");
    EXPECT_EQ(given_by("city.head")["count"].as_int(), 0);
    EXPECT_EQ(given_by("住建局.handler")["count"].as_int(), 0);
    EXPECT_EQ(desk().get("", "/api/v1/instructions").status, 401);
}

TEST_F(InstructionsOverHttp, come_newest_first_each_matter_once) {
    const std::string one = desk().hand_in(R"("title":"路灯不亮","purpose":"help","for":"王小明")");
    const std::string other = desk().hand_in(R"("title":"积水","purpose":"help","for":"王小明")");
    for (const auto& number : {one, other}) {
        desk().accept_and_assign(number, "住建局");
        desk().must("county.head", number, R"({"verb":"instruct","fields":{"text":"先"}})");
    }
    desk().must("county.head", one, R"({"verb":"instruct","fields":{"text":"后"}})");
    const Json rows = given_by("county.head")["rows"];
    ASSERT_GE(rows.as_array().size(), 2U);
    EXPECT_EQ(rows.as_array()[0]["line"]["number"].as_string(), one);
    EXPECT_EQ(rows.as_array()[0]["given"]["texts"]["text"].as_string(), "后");
    EXPECT_EQ(rows.as_array()[1]["line"]["number"].as_string(), other);
    EXPECT_EQ(given_by("county.head", "?limit=1")["rows"].as_array().size(), 1U);
}

TEST_F(InstructionsOverHttp, let_whoever_gives_them_put_a_picture_there_and_nobody_else_above) {
    const std::string number =
        desk().hand_in(R"("title":"护栏断了","purpose":"help","for":"王小明")");
    const auto may_attach = [&](const std::string& who) {
        const Json page = DeskPlace::body_of(desk().get(who, "/api/v1/matters/" + number));
        return page["may_attach"].as_array().size();
    };
    EXPECT_EQ(may_attach("county.head"), 0U) << "nothing is to be instructed before acceptance";
    desk().accept_and_assign(number, "住建局");
    EXPECT_EQ(may_attach("county.head"), 1U);
}

}  // namespace
}  // namespace zt::http::test
