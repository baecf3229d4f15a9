// A tenant whose views are filled while commands are taken already.

#include "build/place_on_disk.hpp"
#include "service/replay.hpp"
#include "service/tenant.hpp"

#include <gtest/gtest.h>

namespace zt::service {
namespace {

class StillClock final : public WallClock {
  public:
    explicit StillClock(UtcMs now) : now_(now) {}
    [[nodiscard]] UtcMs now() const override { return now_; }

  private:
    UtcMs now_;
};

class FilledLater : public ::testing::Test {
  protected:
    FilledLater() {
        const auto tenant = place_.open();
        for (int i = 0; i < 200; ++i) {
            EXPECT_TRUE(tenant->ledger().submit(hand_in(i), begin_));
        }
        EXPECT_TRUE(tenant->save_views());
        for (int i = 200; i < 400; ++i) {
            EXPECT_TRUE(tenant->ledger().submit(hand_in(i), begin_));
        }
    }
    [[nodiscard]] Submit hand_in(int number) const {
        return place_.hand_in(std::to_string(number));
    }

    build::PlaceOnDisk place_{"tenant"};
    UtcMs begin_ = place_.began();
};

TEST_F(FilledLater, what_comes_meanwhile_is_in_the_views_once) {
    {
        const auto tenant = place_.open(true);
        const StillClock clock(begin_);
        Writer writer(tenant->ledger(), clock, {});
        for (int i = 400; i < 600; ++i) {
            if (i == 500) {
                ASSERT_TRUE(tenant->await_views(&writer));
            }
            const auto answer = writer.submit(hand_in(i));
            ASSERT_TRUE(answer) << to_string(answer.error());
        }
        const auto again = writer.submit(hand_in(450));
        ASSERT_TRUE(again);
        EXPECT_TRUE(again->is_repeated);
        writer.perform([&] {
            views::OpenSet afresh;
            ASSERT_TRUE(fill(afresh, tenant->store()));
            EXPECT_EQ((**tenant->open_set()).difference(afresh), std::nullopt);
            views::Figures figures;
            ASSERT_TRUE(catch_up(figures, tenant->store(), OfficeOffset{std::chrono::minutes{480}})
            );
            EXPECT_EQ(tenant->figures().difference(figures), std::nullopt);
        });
    }
    EXPECT_TRUE(place_.open()->verify());
}

TEST_F(FilledLater, a_saved_open_set_takes_what_came_after_it) {
    {
        const auto tenant = place_.open();
        ASSERT_TRUE(tenant->save_views());
        for (int i = 400; i < 450; ++i) {
            ASSERT_TRUE(tenant->ledger().submit(hand_in(i), begin_));
        }
    }
    const auto tenant = place_.open();
    views::OpenSet afresh;
    ASSERT_TRUE(fill(afresh, tenant->store()));
    EXPECT_EQ((**tenant->open_set()).difference(afresh), std::nullopt);
    EXPECT_TRUE(tenant->verify());
    const auto saved = views::OpenSet::load(place_.path() + "/open_set");
    ASSERT_TRUE(saved) << to_string(saved.error());
    EXPECT_LT(saved->position(), afresh.position()) << "or nothing was to be caught up with";
}

TEST_F(FilledLater, a_saved_open_set_that_is_wrong_fails_the_proof) {
    const auto tenant = place_.open();
    views::OpenSet wrong;
    State stranger;
    stranger.kind = "appeal";
    stranger.id = MatterId{99'999};
    wrong.put(stranger);
    wrong.arrive_at(tenant->ledger().seq());
    ASSERT_TRUE(wrong.save(place_.path() + "/open_set"));
    Opening opening;
    opening.path = place_.path();
    opening.access = store::Access::read;
    const auto reader = Tenant::open(opening);
    ASSERT_TRUE(reader) << to_string(reader.error());
    const auto proof = (*reader)->verify();
    ASSERT_FALSE(proof);
    EXPECT_EQ(proof.error().code, Errc::fold_differs);
}

TEST_F(FilledLater, clocks_lapse_once_the_views_are_there) {
    const auto tenant = place_.open(true);
    const StillClock clock(begin_ + std::chrono::hours{30});
    Writer writer(tenant->ledger(), clock, {});
    ASSERT_TRUE(tenant->await_views(&writer));
    while (writer.counts().lapsed < 400) {
        std::this_thread::yield();
    }
    EXPECT_TRUE(writer.submit(hand_in(900)));
}

}  // namespace
}  // namespace zt::service
