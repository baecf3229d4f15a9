// Bulk verbs: each row for itself, and a retry that does nothing twice.

#include "tests/http/desk_place.hpp"

namespace zt::http::test {
namespace {

class Bulk : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        shared_desk = std::make_unique<DeskPlace>(
            "bulk", std::vector<std::string>{"office.clerk", "供电公司.handler"}
        );
    }
    static void TearDownTestSuite() { shared_desk.reset(); }
    static DeskPlace& desk() { return *shared_desk; }
    static std::string title(int index) {
        return R"("title":"第)" + std::to_string(index) + R"(件","for":"甲")";
    }
    static std::string rows(const std::vector<std::string>& numbers) {
        std::string out;
        for (const auto& number : numbers) {
            out += (out.empty() ? "" : ",") + (R"({"number":")" + number + "\"}");
        }
        return "\"rows\":[" + out + "]";
    }
    static Heard bulk(const std::string& who, const std::string& body, int key) {
        return desk().post(who, "/api/v1/bulk", body, key);
    }
    static constexpr const char* accept = R"("deeds":[{"verb":"accept","fields":{}}],)";

    static inline std::unique_ptr<DeskPlace> shared_desk;
};

TEST_F(Bulk, each_row_is_done_or_refused_for_itself) {
    const std::string one = desk().hand_in(title(1)), two = desk().hand_in(title(2));
    desk().must("office.clerk", two, R"({"verb":"accept","fields":{}})");
    const Heard heard = bulk(
        "office.clerk",
        std::string("{") + accept + rows({one, two, "ZT-1999-000001"}) + "}",
        desk().next_key()
    );
    ASSERT_EQ(heard.status, 207) << heard.body;
    const Json body = DeskPlace::body_of(heard);
    EXPECT_EQ(body["done"].as_int(), 1);
    EXPECT_EQ(body["refused"].as_int(), 2);
    const auto& out = body["rows"].as_array();
    ASSERT_EQ(out.size(), 3U);
    EXPECT_EQ(out[0]["done"]["stage"].as_string(), "accepted");
    EXPECT_EQ(out[1]["problem"]["code"].as_string(), "wrong_stage");
    EXPECT_EQ(out[1]["problem"]["status"].as_int(), 409);
    EXPECT_EQ(out[2]["problem"]["code"].as_string(), "unknown_matter");
}

TEST_F(Bulk, a_retry_does_what_was_left_and_nothing_twice) {
    const std::string one = desk().hand_in(title(3)), two = desk().hand_in(title(4));
    const int key = desk().next_key();
    const Heard first = bulk("office.clerk", std::string("{") + accept + rows({one}) + "}", key);
    ASSERT_EQ(first.status, 200) << first.body;
    const Heard again =
        bulk("office.clerk", std::string("{") + accept + rows({one, two}) + "}", key);
    ASSERT_EQ(again.status, 200) << again.body;
    const auto out = DeskPlace::body_of(again)["rows"].as_array();
    EXPECT_TRUE(out[0]["is_repeated"].as_bool());
    EXPECT_EQ(out[0]["done"]["version"].as_int(), 2) << "accepted once";
    EXPECT_FALSE(out[1]["is_repeated"].as_bool());
    const Heard other = bulk(
        "office.clerk",
        R"({"deeds":[{"verb":"note","fields":{"note":"x"}}],)" + rows({one}) + "}",
        key
    );
    EXPECT_EQ(
        DeskPlace::body_of(other)["rows"].as_array().front()["problem"]["code"].as_string(),
        "key_reused"
    );
}

TEST_F(Bulk, rows_may_have_deeds_and_versions_of_their_own) {
    const std::string one = desk().hand_in(title(5)), two = desk().hand_in(title(6));
    const Heard heard = bulk(
        "office.clerk",
        R"({"rows":[{"number":")" + one +
            R"(","version":9,"deeds":[{"verb":"accept","fields":{}}]},{"number":")" + two +
            R"(","version":1,"deeds":[{"verb":"accept","fields":{}},)"
            R"({"verb":"assign","fields":{"lead":"供电公司"}}]}]})",
        desk().next_key()
    );
    const auto out = DeskPlace::body_of(heard)["rows"].as_array();
    ASSERT_EQ(out.size(), 2U) << heard.body;
    EXPECT_EQ(out[0]["problem"]["status"].as_int(), 412);
    EXPECT_EQ(out[1]["done"]["stage"].as_string(), "handling");
}

TEST_F(Bulk, what_the_caller_may_not_see_is_answered_like_what_is_not_there) {
    const std::string hidden = desk().hand_in(title(7));
    const Heard heard = bulk(
        "供电公司.handler",
        R"({"deeds":[{"verb":"note","fields":{"note":"是谁"}}],)" +
            rows({hidden, "ZT-1999-000001"}) + "}",
        desk().next_key()
    );
    const auto out = DeskPlace::body_of(heard)["rows"].as_array();
    ASSERT_EQ(out.size(), 2U);
    EXPECT_EQ(out[0]["problem"], out[1]["problem"]);
}

TEST_F(Bulk, a_body_out_of_shape_is_refused_whole) {
    const std::string one = desk().hand_in(title(8));
    std::vector<std::string> many;
    for (int index = 0; index < 201; ++index) {
        many.push_back("ZT-1999-" + std::to_string(index));
    }
    const std::map<std::string, std::string> wrong{
        {std::string("{") + accept + "\"rows\":[]}", "/rows"},
        {std::string("{") + accept + rows(many) + "}", "/rows"},
        {std::string("{") + accept + rows({one, one}) + "}", "/rows/1/number"},
        {"{" + rows({one}) + "}", "/deeds"},
        {R"({"deeds":[{"verb":"accept","number":")" + one + R"(","fields":{}}],)" + rows({one}) +
             "}",
         "/deeds"},
    };
    for (const auto& [body, at] : wrong) {
        const Heard heard = bulk("office.clerk", body, desk().next_key());
        EXPECT_EQ(heard.status, 400) << body;
        EXPECT_EQ(DeskPlace::body_of(heard)["at"].as_string(), at) << heard.body;
    }
    const Heard keyless = desk()
                              .client()
                              .post(
                                  "/api/v1/bulk",
                                  desk().fields_of("office.clerk"),
                                  std::string("{") + accept + rows({one}) + "}"
                              )
                              .hear();
    EXPECT_EQ(DeskPlace::body_of(keyless)["code"].as_string(), "key_missing_in_command");
    EXPECT_EQ(
        desk().get("office.clerk", "/api/v1/matters/" + one).body.find("\"accepted\""),
        std::string::npos
    ) << "nothing was done";
}

}  // namespace
}  // namespace zt::http::test
