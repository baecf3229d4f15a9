// Hot topics over HTTP: words, places and examples of what the asker may see, five or nothing, and
// never who said it.

#include "tests/http/people_place.hpp"
#include "views/classifier.hpp"

#include <gtest/gtest.h>

namespace zt::http::test {
namespace {

class TopicsOverHttp : public ::testing::Test {
  protected:
    void SetUp() override {
        place_.give_account({"clerk", "office", "clerk"});
        place_.give_account({"power", "供电公司", "handler"});
        place_.serve();
    }
    std::string hand_in(
        const std::string& title,
        const std::string& text,
        int number,
        const char* purpose = "complaint"
    ) {
        const Json fields = Json::object()
                                .set("purpose", purpose)
                                .set("title", title)
                                .set("text", text)
                                .set("for", "钱多多")
                                .set("contact", "13900000077");
        const Heard heard =
            place_.client()
                .post(
                    "/api/v1/portal/matters",
                    "Idempotency-Key: " + to_string(key_of_number(number)) + "\r\n",
                    to_canonical(Json::object().set("kind", "appeal").set("fields", fields))
                )
                .hear();
        EXPECT_EQ(heard.status, 201) << heard.body;
        seq_ = body_of(heard)["seq"].as_int();
        return body_of(heard)["number"].as_string();
    }
    std::vector<std::string> hand_in_six() {
        constexpr const char* const said[] = {
            "半夜开工", "粉尘进屋", "离学校太近", "压坏了路", "没有手续", "又在冒灰"
        };
        std::vector<std::string> numbers;
        int number = 0;
        for (const char* const one : said) {
            const std::string text = std::string("丽景新城旁的搅拌站") + one;
            numbers.push_back(hand_in(text, text + "，请查处", ++number));
        }
        hand_in("路灯不亮", "东街路灯不亮已经三天", ++number);
        return numbers;
    }
    /// What is told once the lists have all of it and topics were counted: on a busy machine both
    /// take longer than a request waits.
    Heard ask(const char* who) {
        const std::string path = "/api/v1/topics?after_seq=" + std::to_string(seq_);
        Heard heard;
        for (int tries = 0; tries < 60; ++tries) {
            heard = place_.get(path, place_.as(who).fields());
            if (heard.status != 503 && !body_of(heard)["counted"].is_null()) {
                break;
            }
        }
        return heard;
    }

    PeoplePlace place_{"topics"};
    std::int64_t seq_ = 0;
};

TEST_F(TopicsOverHttp, five_that_may_be_seen_are_told_with_words_and_without_people) {
    const auto numbers = hand_in_six();
    const Heard heard = ask("clerk");
    ASSERT_EQ(heard.status, 200) << heard.body;
    const Json list = body_of(heard);
    EXPECT_TRUE(list["counted"].is_string()) << heard.body;
    ASSERT_EQ(list["rows"].as_array().size(), 1U) << heard.body;
    const Json& topic = list["rows"].as_array().front();
    EXPECT_EQ(topic["count"].as_int(), 6);
    EXPECT_EQ(topic["open"].as_int(), 6);
    EXPECT_EQ(topic["recent"].as_int(), 6);
    EXPECT_EQ(topic["usual_thousandths"].as_int(), 0);
    EXPECT_NE(to_canonical(topic["words"]).find("搅拌站"), std::string::npos) << heard.body;
    ASSERT_EQ(topic["examples"].as_array().size(), 3U);
    for (const Json& example : topic["examples"].as_array()) {
        EXPECT_NE(std::ranges::find(numbers, example["number"].as_string()), numbers.end());
        EXPECT_NE(example["title"].as_string().find("搅拌站"), std::string::npos);
    }
    EXPECT_EQ(heard.body.find("钱多多"), std::string::npos) << heard.body;
    EXPECT_EQ(heard.body.find("13900000077"), std::string::npos) << heard.body;
}

/// Reports of wrong-doing are nobody's topic, also for those who may read them.
TEST_F(TopicsOverHttp, reports_of_wrong_doing_are_no_topic) {
    for (int number = 1; number <= 6; ++number) {
        hand_in(
            "窗口收好处费" + std::to_string(number), "窗口人员收好处费才给办", number, "report"
        );
    }
    const Heard heard = ask("clerk");
    ASSERT_EQ(heard.status, 200) << heard.body;
    EXPECT_TRUE(body_of(heard)["counted"].is_string());
    EXPECT_TRUE(body_of(heard)["rows"].as_array().empty()) << heard.body;
}

TEST_F(TopicsOverHttp, who_sees_fewer_than_five_is_told_of_no_topic) {
    const auto numbers = hand_in_six();
    const Signed& clerk = place_.as("clerk");
    for (std::size_t given = 0; given < 4; ++given) {
        for (const char* const deed :
             {R"("verb":"accept","fields":{})", R"("verb":"assign","fields":{"lead":"供电公司"})"
             }) {
            const Heard heard = place_.does(
                clerk, numbers[given], "{\"number\":\"" + numbers[given] + "\"," + deed + "}"
            );
            ASSERT_EQ(heard.status / 100, 2) << heard.body;
        }
    }
    EXPECT_EQ(body_of(ask("clerk"))["rows"].as_array().size(), 1U);
    const Heard few = ask("power");
    ASSERT_EQ(few.status, 200) << few.body;
    EXPECT_TRUE(body_of(few)["rows"].as_array().empty()) << few.body;
    EXPECT_EQ(place_.get("/api/v1/topics", "").status, 401);
}

TEST(SuggestionsOverHttp, the_likeliest_category_comes_with_its_words_for_who_reads_the_matter) {
    PeoplePlace place("suggestions");
    place.give_account({"clerk", "office", "clerk"});
    place.give_account({"power", "供电公司", "handler"});
    std::vector<views::SortedMessage> sorted;
    for (int number = 0; number < 20; ++number) {
        const std::string at = std::to_string(number) + "号";
        sorted.push_back({{at + "停电", "门口停电三天，变压器跳闸"}, "power"});
        sorted.push_back({{at + "停水", "家里停水两天，水压也低"}, "water"});
    }
    const auto learned = views::Classifier::train(sorted, {});
    ASSERT_TRUE(learned) << to_string(learned.error());
    ASSERT_TRUE(learned->save(store::classifier_file(place.place.path())));
    place.serve();
    const std::string number = place.hand_in();  // 门口停电三天
    const std::string path = "/api/v1/matters/" + number + "/suggested_categories";
    const Heard heard = place.get(path, place.as("clerk").fields());
    ASSERT_EQ(heard.status, 200) << heard.body;
    const Json list = body_of(heard);
    EXPECT_EQ(list["model"].as_string(), learned->version());
    ASSERT_EQ(list["rows"].as_array().size(), 2U) << heard.body;
    const Json& best = list["rows"].as_array().front();
    EXPECT_EQ(best["category"].as_string(), "power");
    EXPECT_GT(best["permille"].as_int(), 500);
    EXPECT_FALSE(best["words"].as_array().empty());
    EXPECT_EQ(place.get(path, place.as("power").fields()).status, 404);
    EXPECT_EQ(place.get(path, "").status, 401);
}

}  // namespace
}  // namespace zt::http::test
