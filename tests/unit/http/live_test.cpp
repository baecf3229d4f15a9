#include "http/live.hpp"

#include <gtest/gtest.h>

namespace zt::http {
namespace {

std::string told(const Live& live, Seq after, std::size_t most = 100) {
    const auto page = live.after(after, most);
    std::string text = page.is_reset ? "reset" : "";
    for (const auto& event : page.events) {
        text += std::to_string(event.seq) + " ";
    }
    return text + "until " + std::to_string(page.until.seq);
}

TEST(live, what_the_ring_holds_is_told_and_else_a_reset) {
    Live live(10, 3);
    EXPECT_EQ(told(live, 10), "until 10");
    EXPECT_EQ(told(live, 9), "resetuntil 10");
    EXPECT_EQ(told(live, 11), "resetuntil 10");
    for (const Seq seq : {12, 13, 15}) {
        live.publish({seq, MatterId{1}, "appeal", "matter"});
    }
    EXPECT_EQ(told(live, 10), "12 13 15 until 15");
    EXPECT_EQ(told(live, 12), "13 15 until 15");
    EXPECT_EQ(told(live, 10, 2), "12 13 until 13");
    live.publish({16, MatterId{1}, "appeal", "matter"});
    EXPECT_EQ(told(live, 10), "resetuntil 16");
    EXPECT_EQ(told(live, 12), "13 15 16 until 16");
    EXPECT_EQ(told(live, 16), "until 16");
}

TEST(live, what_is_told_beside_comes_behind_the_newest_and_once) {
    Live live(10, 8);
    const auto start = live.after(Seq{10}, 100);
    live.publish_beside({0, {}, "", "notices"});
    live.publish({11, MatterId{1}, "appeal", "matter"});
    live.publish_beside({0, {}, "", "notices"});
    const auto page = live.after(start.until, 2);
    ASSERT_EQ(page.events.size(), 2U);
    EXPECT_EQ(page.events[0].what, "notices");
    EXPECT_EQ(page.events[0].seq, 10);
    const auto rest = live.after(page.until, 100);
    ASSERT_EQ(rest.events.size(), 1U);
    EXPECT_EQ(rest.events[0].what, "notices");
    EXPECT_TRUE(live.after(rest.until, 100).events.empty());
    EXPECT_TRUE(live.after(Seq{11}, 100).events.empty()) << "whoever comes now reads anew anyway";
}

TEST(live, each_publish_wakes) {
    Live live(0);
    int woken = 0;
    live.on_news([&woken] { ++woken; });
    live.publish({1, MatterId{1}, "appeal", "matter"});
    live.on_news({});
    live.publish({2, MatterId{1}, "appeal", "matter"});
    EXPECT_EQ(woken, 1);
}

TEST(live, a_message_carries_its_seq_as_id) {
    EXPECT_EQ(
        message_of({7, MatterId{3}, "appeal", "inbox"}),
        "id: 7\nevent: change\ndata: "
        R"({"kind":"appeal","matter":3,"seq":7,"what":"inbox"})"
        "\n\n"
    );
    EXPECT_EQ(reset_message(9), "id: 9\nevent: reset\ndata: {}\n\n");
}

}  // namespace
}  // namespace zt::http
