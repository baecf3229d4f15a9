// Topics and replies that are the same: what falls together, by which words, and that an order or a
// copy changes nothing.

#include "base/seeded_random.hpp"
#include "views/same_replies.hpp"
#include "views/topics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace zt::views {
namespace {

using std::chrono::days;

constexpr const char* const streets[] = {"东街", "西街", "南门", "北门", "中路", "后巷", "河边"};
constexpr const char* const things[] = {
    "路灯不亮",
    "井盖破了",
    "公交太少",
    "停车收费贵",
    "楼道堆物",
    "油烟扰民",
    "广场太吵",
    "树挡了信号灯"
};

/// Nine about one building site, in words that differ, among others that are about many things.
std::vector<TopicText> messages(std::uint64_t seed) {
    SeededRandom random(seed);
    std::vector<TopicText> out;
    for (int index = 0; index < 56; ++index) {
        const std::string street = streets[random.below(7)];
        const std::string thing = things[index % 8];
        out.push_back(
            {street + thing,
             "我住在" + street + std::to_string(index) + "号，" + thing + "，请处理" +
                 std::to_string(random.below(1000))}
        );
    }
    constexpr const char* const said[] = {
        "搅拌站半夜开工，吵得睡不着",
        "搅拌站粉尘大，窗户不敢开",
        "搅拌站离学校太近",
        "搅拌站的车压坏了路",
        "搅拌站什么时候搬走",
        "搅拌站有没有环评手续",
        "搅拌站又冒灰了",
        "孩子咳嗽，怀疑是搅拌站的粉尘",
        "请查搅拌站的夜间施工"
    };
    for (const char* one : said) {
        out.push_back(
            {std::string("丽景新城小区旁") + one, std::string("丽景新城的住户反映：") + one}
        );
    }
    return out;
}

TEST(topics, gathers_what_is_about_one_thing_and_says_its_words) {
    const auto texts = messages(1);
    const auto topics = topics_of(texts, {});
    ASSERT_FALSE(topics.empty());
    const auto found = std::ranges::find_if(topics, [&](const Topic& topic) {
        return std::ranges::find(topic.texts, texts.size() - 1) != topic.texts.end();
    });
    ASSERT_NE(found, topics.end());
    EXPECT_EQ(found->texts.size(), 9U);
    EXPECT_EQ(found->texts.front(), texts.size() - 9);
    ASSERT_GE(found->words.size(), 2U);
    EXPECT_NE(found->words[0].find("丽景新城"), std::string::npos) << found->words[0];
    const bool names_the_site = std::ranges::any_of(found->words, [](const std::string& word) {
        return word.contains("搅拌站");
    });
    EXPECT_TRUE(names_the_site);
    ASSERT_EQ(found->examples.size(), 3U);
}

/// A word that fewer than five have would point at who wrote it.
TEST(topics, tells_no_word_that_fewer_than_five_texts_have) {
    const char* const given = std::getenv("ZHITONG_SEED");
    const std::uint64_t seed = given == nullptr ? 20'261'124 : std::strtoull(given, nullptr, 10);
    std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
    for (std::uint64_t round = 0; round < 20; ++round) {
        const auto texts = messages(seed + round);
        for (const Topic& topic : topics_of(texts, {})) {
            EXPECT_GE(topic.texts.size(), 5U);
            for (const auto& word : topic.words) {
                const auto having = std::ranges::count_if(topic.texts, [&](std::size_t index) {
                    return texts[index].title.contains(word) || texts[index].text.contains(word);
                });
                EXPECT_GE(having, 5) << word;
            }
        }
    }
}

TEST(topics, each_text_is_in_one_and_the_same_texts_give_the_same_topics) {
    const auto texts = messages(7);
    const auto topics = topics_of(texts, {});
    std::vector<std::size_t> all;
    for (const Topic& topic : topics) {
        EXPECT_TRUE(std::ranges::is_sorted(topic.texts));
        all.insert(all.end(), topic.texts.begin(), topic.texts.end());
    }
    std::ranges::sort(all);
    EXPECT_TRUE(std::ranges::adjacent_find(all) == all.end());
    const auto again = topics_of(texts, {});
    ASSERT_EQ(again.size(), topics.size());
    for (std::size_t index = 0; index < topics.size(); ++index) {
        EXPECT_EQ(again[index].texts, topics[index].texts);
        EXPECT_EQ(again[index].words, topics[index].words);
    }
}

/// A text that was sent a thousand times is one topic, however common that makes its words.
TEST(topics, a_text_that_is_sent_a_thousand_times_is_one_topic) {
    auto texts = messages(3);
    const std::size_t others = texts.size();
    for (int copy = 0; copy < 1000; ++copy) {
        texts.push_back({"盼图书馆夜间开放", "图书馆六点闭馆，上班的人借不到书，盼延长。"});
    }
    const auto topics = topics_of(texts, {});
    ASSERT_FALSE(topics.empty());
    EXPECT_EQ(topics.front().texts.size(), 1000U);
    EXPECT_EQ(topics.front().texts.front(), others);
    EXPECT_EQ(topics_of({}, {}).size(), 0U);
}

TEST(topics, rise_is_what_came_beside_what_usually_comes) {
    const Date today = parse_date("2022-08-31").value();
    std::vector<Date> came;
    for (int count = 0; count < 12; ++count) {
        came.push_back(today - days{count % 7});
    }
    for (int week = 1; week <= 8; ++week) {
        came.push_back(today - days{7 * week});
        came.push_back(today - days{7 * week + 6});
        came.push_back(today - days{7 * week + 3});
    }
    came.push_back(today + days{1});
    came.push_back(today - days{63});
    const Rise rise = rise_of(came, today, 7);
    EXPECT_EQ(rise.recent, 12);
    EXPECT_EQ(rise.usual, 3000);
    EXPECT_EQ(rise.heat, 4500);  // (12 − 3) ÷ √4
    EXPECT_EQ(rise_of({}, today, 7), Rise{});
}

TEST(same_replies, finds_copies_under_other_names_and_lets_greetings_be) {
    const std::string answer =
        "经核实，该路段路灯因电缆老化停用，我局已列入年度改造计划，预计三季度完成更换，"
        "在此之前安排巡查人员每周检查一次，如有安全隐患请拨打值班电话。";
    const std::vector<std::string> replies{
        "王先生：您好！" + answer + "感谢您的关心与支持。",
        "您好，来信收悉。现将有关情况回复如下。感谢您对我们工作的理解、关心与支持！",
        "李女士：您好！" + answer + "感谢您的关心与支持。",
        "您好，来信收悉。现将有关情况回复如下：公交线路由市公交公司负责，经与其联系，"
        "该线路已恢复运营，首班六时，末班二十一时。感谢您对我们工作的理解、关心与支持！",
        "居民：" + answer + "特此回复。",
        "好",
        "好",
        "好",
        ""
    };
    const auto groups = same_replies(replies, {});
    ASSERT_EQ(groups.size(), 1U);
    EXPECT_EQ(groups.front(), (std::vector<std::size_t>{0, 2, 4}));
    EXPECT_TRUE(same_replies(replies, {.size_min = 4}).empty());
}

}  // namespace
}  // namespace zt::views
