// Many threads hand in while others read.

#include "build/place_on_disk.hpp"
#include "service/served.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace zt::service {
namespace {

class StillClock final : public WallClock {
  public:
    explicit StillClock(UtcMs now) : now_(now) {}
    [[nodiscard]] UtcMs now() const override { return now_; }

  private:
    UtcMs now_;
};

class ServedPlace : public ::testing::Test {
  protected:
    [[nodiscard]] std::unique_ptr<Served> serve() {
        auto served = Served::start(place_.open(true), clock_, {});
        EXPECT_TRUE(served.has_value());
        return *std::move(served);
    }
    static void await_views(const Served& served) {
        while (!served.has_views()) {
            std::this_thread::yield();
        }
    }

    build::PlaceOnDisk place_{"served"};
    StillClock clock_{place_.began()};
};

TEST_F(ServedPlace, who_reads_sees_what_was_answered_while_others_hand_in) {
    constexpr int producers = 4, each = 50;
    std::atomic<int> left = producers;
    {
        const auto served = serve();
        await_views(*served);
        std::vector<std::thread> threads;
        for (int one = 0; one < producers; ++one) {
            threads.emplace_back([&, one] {
                for (int i = 0; i < each; ++i) {
                    const std::string key = std::to_string(one) + "/" + std::to_string(i);
                    const auto answer = served->submit(place_.hand_in(key));
                    ASSERT_TRUE(answer) << to_string(answer.error());
                    auto desk = served->desk();
                    ASSERT_TRUE(desk);
                    const auto& row = answer->rows.front();
                    EXPECT_EQ((*desk)->find_number(row.number).value(), row.matter);
                    EXPECT_GE(served->seq(), row.seq);
                    ASSERT_TRUE(served->with_open_set([&](const auto& set, const auto& reading) {
                        EXPECT_TRUE(set.find(row.matter, reading).has_value());
                    }));
                }
                --left;
            });
        }
        threads.emplace_back([&] {
            while (left > 0) {
                ASSERT_TRUE(served->with_figures([](const views::Figures& figures) {
                    EXPECT_TRUE(figures.table({}).has_value());
                }));
                EXPECT_NE(served->directory()->orgs().size(), 0U);
            }
        });
        for (auto& thread : threads) {
            thread.join();
        }
    }
    const auto tenant = place_.open();
    EXPECT_TRUE(tenant->verify());
    EXPECT_EQ((*tenant->open_set())->size(), std::size_t{producers * each});
}

TEST_F(ServedPlace, a_desk_reads_events_and_opens_their_texts_until_they_are_erased) {
    MatterId matter;
    {
        const auto served = serve();
        const auto answer = served->submit(place_.hand_in("one"));
        ASSERT_TRUE(answer);
        matter = answer->rows.front().matter;
        auto desk = served->desk();
        ASSERT_TRUE(desk);
        EXPECT_EQ((*desk)->state(matter)->number, answer->rows.front().number);
        const auto events = (*desk)->events(matter);
        ASSERT_TRUE(events);
        const auto texts = (*desk)->open_texts(events->front());
        ASSERT_TRUE(texts) << to_string(texts.error());
        const auto title = std::ranges::find(*texts, "title", &Personal::name);
        ASSERT_NE(title, texts->end());
        EXPECT_EQ(title->text, "路灯不亮");
        EXPECT_EQ((*desk)->state(MatterId{9'999'999}).error().code, Errc::unknown_matter);
    }
    ASSERT_TRUE(place_.open()->ledger().erase(matter, place_.began()));
    const auto served = serve();
    auto desk = served->desk();
    ASSERT_TRUE(desk);
    const auto events = (*desk)->events(matter);
    ASSERT_TRUE(events);
    EXPECT_EQ((*desk)->open_texts(events->front()).error().code, Errc::not_found);
}

TEST_F(ServedPlace, no_more_desks_are_made_than_may_be_and_each_comes_back) {
    auto served = Served::start(place_.open(true), clock_, {.writer = {}, .readers_max = 2});
    ASSERT_TRUE(served);
    std::vector<std::thread> threads;
    std::atomic<int> lent = 0, most = 0, times = 0;
    for (int i = 0; i < 6; ++i) {
        threads.emplace_back([&] {
            for (int j = 0; j < 40; ++j) {
                auto desk = (*served)->desk();
                ASSERT_TRUE(desk);
                most = std::max(most.load(), ++lent);
                EXPECT_TRUE((*desk)->reader().head());
                ++times;
                --lent;
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_LE(most, 2);
    EXPECT_EQ(times, 240);
}

}  // namespace
}  // namespace zt::service
