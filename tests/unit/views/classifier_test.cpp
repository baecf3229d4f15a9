// Classifier: learned words, their explanation, and what is not learned.

#include "views/classifier.hpp"

#include <gtest/gtest.h>

namespace zt::views {
namespace {

std::vector<SortedMessage> sorted_messages() {
    std::vector<SortedMessage> out;
    const char* const places[] = {"东街", "西街", "南门", "北门", "中路", "后巷"};
    for (int i = 0; i < 30; ++i) {
        const std::string place = std::string(places[i % 6]) + std::to_string(i);
        out.push_back({{place + "停水了", "家里停水两天，水压也低，请供水公司看看"}, "water"});
        out.push_back({{place + "停电了", "变压器跳闸，停电一晚，请供电公司看看"}, "power"});
        out.push_back({{place + "公交不来", "公交车等了一小时，司机不停站"}, "transport"});
    }
    return out;
}

TEST(classifier, proposes_what_was_learned_and_says_by_which_words) {
    const auto classifier = Classifier::train(sorted_messages(), {});
    ASSERT_TRUE(classifier) << to_string(classifier.error());
    EXPECT_EQ(classifier->categories(), (std::vector<std::string>{"power", "transport", "water"}));
    const MessageText message{"小区变压器坏了", "变压器跳闸，今晚没有电"};
    const auto found = classifier->suggest(message, 3);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found.front().category, "power");
    EXPECT_GT(found[0].permille, found[1].permille);
    EXPECT_NEAR(found[0].permille + found[1].permille + found[2].permille, 1000, 2);
    ASSERT_FALSE(found.front().words.empty());
    EXPECT_NE(found.front().words.front().find("变压器"), std::string::npos);
    for (const auto& word : found.front().words) {
        const bool stands = message.title.find(word) != std::string::npos ||
                            message.text.find(word) != std::string::npos;
        EXPECT_TRUE(stands) << word;
    }
    EXPECT_TRUE(classifier->suggest({"", "zzzz"}, 3).empty());
}

TEST(classifier, the_same_messages_give_the_same_bytes_and_these_are_read_again) {
    const auto one = Classifier::train(sorted_messages(), {});
    const auto two = Classifier::train(sorted_messages(), {});
    ASSERT_TRUE(one && two);
    EXPECT_EQ(one->bytes(), two->bytes());
    const auto read = Classifier::read(one->bytes());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->version(), one->version());
    const std::string bytes = one->bytes();
    for (std::size_t size = 0; size < bytes.size(); size += 97) {
        EXPECT_FALSE(Classifier::read(bytes.substr(0, size))) << size;
    }
    EXPECT_FALSE(Classifier::read(bytes + "x"));
}

TEST(classifier, what_one_person_wrote_is_not_in_it) {
    auto messages = sorted_messages();
    messages[4].message.text += "，联系人欧阳芷蘅";
    const auto classifier = Classifier::train(messages, {});
    ASSERT_TRUE(classifier);
    EXPECT_EQ(classifier->bytes().find("芷蘅"), std::string::npos);
    EXPECT_NE(classifier->bytes().find("停水"), std::string::npos);
}

TEST(classifier, too_little_to_learn_from_is_said) {
    const auto messages = sorted_messages();
    const auto few = Classifier::train(std::span(messages).first(12), {});
    ASSERT_FALSE(few);
    EXPECT_EQ(few.error().code, Errc::not_found);
}

TEST(classifier, near_duplicates_lie_in_one_fold) {
    std::vector<SortedMessage> messages = sorted_messages();
    messages.push_back(messages[7]);
    messages.back().message.text += "！";
    messages.push_back(
        {{"完全不同的一件", "关于图书馆周末开放时间的建议，希望延长到晚上九点"}, "water"}
    );
    const auto first = near_duplicates(messages);
    EXPECT_EQ(first[first.size() - 2], first[7]);
    EXPECT_EQ(first.back(), messages.size() - 1);
}

}  // namespace
}  // namespace zt::views
