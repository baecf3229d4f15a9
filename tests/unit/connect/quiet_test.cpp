// Quiet hours, the hour of a digest, and the delays of another try.

#include "base/seeded_random.hpp"
#include "connect/quiet.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace zt::connect {
namespace {

UtcMs office(const char* text) { return parse_instant(text).value_or(UtcMs{}); }
std::string from(const char* text, QuietHours quiet = {}) {
    return to_office_string(open_from(office(text), quiet));
}

TEST(quiet_hours, hold_over_midnight_until_the_morning) {
    EXPECT_EQ(from("2022-08-01 20:59:59.999"), "2022-08-01 20:59:59.999");
    EXPECT_EQ(from("2022-08-01 21:00"), "2022-08-02 08:00");
    EXPECT_EQ(from("2022-08-01 23:59:59.999"), "2022-08-02 08:00");
    EXPECT_EQ(from("2022-08-02 00:00"), "2022-08-02 08:00");
    EXPECT_EQ(from("2022-08-02 07:59:59.999"), "2022-08-02 08:00");
    EXPECT_EQ(from("2022-08-02 08:00"), "2022-08-02 08:00");
    EXPECT_EQ(from("2022-12-31 22:00"), "2023-01-01 08:00");
}

TEST(quiet_hours, within_a_day_and_none_at_all) {
    EXPECT_EQ(from("2022-08-01 12:30", {12 * 60, 14 * 60}), "2022-08-01 14:00");
    EXPECT_EQ(from("2022-08-01 14:00", {12 * 60, 14 * 60}), "2022-08-01 14:00");
    EXPECT_EQ(from("2022-08-01 03:00", {0, 0}), "2022-08-01 03:00");
}

RC_GTEST_PROP(quiet_hours, what_is_held_is_held_no_longer_than_a_day, ()) {
    const QuietHours quiet{*rc::gen::inRange(0, 1440), *rc::gen::inRange(0, 1440)};
    const UtcMs at{Millis{*rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000)}};
    const UtcMs open = open_from(at, quiet);
    RC_ASSERT(open >= at);
    RC_ASSERT(open - at <= std::chrono::days{1});
    RC_ASSERT(open_from(open, quiet) == open);
}

TEST(digest, comes_at_the_next_time_of_its_minute) {
    EXPECT_EQ(to_office_string(next_minute(office("2022-08-01 07:00"), 510)), "2022-08-01 08:30");
    EXPECT_EQ(to_office_string(next_minute(office("2022-08-01 08:30"), 510)), "2022-08-02 08:30");
}

RC_GTEST_PROP(retry, delays_grow_and_stay_bounded, (std::uint64_t seed)) {
    SeededRandom random(seed);
    const Retry retry;
    const UtcMs now = office("2022-08-01 09:00");
    for (std::int64_t attempts = 1; attempts < 100; ++attempts) {
        const Millis delay = next_try(now, attempts, retry, random) - now;
        const Millis full = std::min<Millis>(
            retry.longest, Millis{retry.first} * (1LL << std::min<std::int64_t>(attempts - 1, 20))
        );
        RC_ASSERT(delay >= full / 2);
        RC_ASSERT(delay <= full * 3 / 2);
    }
}

}  // namespace
}  // namespace zt::connect
