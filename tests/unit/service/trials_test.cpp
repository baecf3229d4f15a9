#include "service/impl/trials.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace zt::service::impl {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr TrialLimits limits{2, 6, seconds{1}, seconds{3}, minutes{15}, minutes{30}};

UtcMs at(Millis time) { return *parse_instant("2024-07-01 09:00") + time; }

TEST(trials, the_wait_doubles_up_to_its_bound_and_then_it_is_locked) {
    Trials trials;
    UtcMs now = at({});
    std::vector<std::int64_t> waits;
    bool is_locked = false;
    while (!is_locked) {
        is_locked = note_failure(trials, limits, now);
        waits.push_back(std::max<std::int64_t>((trials.barred_until - now).count(), 0) / 1000);
        now = std::max(now, trials.barred_until);
        EXPECT_FALSE(is_barred(trials, now));
    }
    EXPECT_EQ(waits, (std::vector<std::int64_t>{0, 0, 1, 2, 3, 15 * 60}));
}

TEST(trials, old_failures_are_forgotten) {
    Trials trials;
    EXPECT_FALSE(note_failure(trials, limits, at({})));
    EXPECT_FALSE(note_failure(trials, limits, at({})));
    EXPECT_FALSE(is_forgotten(trials, limits, at(minutes{30})));
    EXPECT_TRUE(is_forgotten(trials, limits, at(minutes{31})));
    EXPECT_FALSE(note_failure(trials, limits, at(minutes{31})));
    EXPECT_EQ(trials.failures, 1);
}

TEST(remote_trials, no_more_places_are_kept_than_the_limit) {
    RemoteTrials places(limits, 100);
    for (std::uint64_t index = 0; index < 1000; ++index) {
        places.note_failure(index, at(seconds{index}));
        EXPECT_LE(places.size(), 100U);
    }
    for (int index = 0; index < 3; ++index) {
        places.note_failure(950, at(seconds{1000}));
    }
    EXPECT_TRUE(places.is_barred(950, at(seconds{1000})));
    EXPECT_FALSE(places.is_barred(951, at(seconds{1000})));
    places.forget_old(at(minutes{30} + seconds{950}));
    EXPECT_EQ(places.size(), 50U) << "the others failed too lately";
    places.forget_old(at(minutes{600}));
    EXPECT_EQ(places.size(), 0U);
}

}  // namespace
}  // namespace zt::service::impl
