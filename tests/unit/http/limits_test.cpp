// Who calls from where, and how often.

#include "http/buckets.hpp"
#include "http/remote.hpp"
#include "http/worker_pool.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <future>

namespace zt::http {
namespace {

Address address(std::string_view text) { return parse_address(text).value(); }

Networks networks(std::vector<std::string> texts) { return Networks::read(texts).value(); }

TEST(remote, the_last_hop_that_is_not_trusted_counts) {
    const auto trusted = networks({"10.0.0.0/8", "2001:db8::/32"});
    const auto client = [&](std::string_view peer, std::string_view forwarded) {
        return client_address(address(peer), forwarded, trusted);
    };
    EXPECT_EQ(client("192.0.2.1", "198.51.100.7"), address("192.0.2.1"));
    EXPECT_EQ(client("10.0.0.1", "198.51.100.7"), address("198.51.100.7"));
    EXPECT_EQ(client("10.0.0.1", "1.1.1.1, 198.51.100.7"), address("198.51.100.7"));
    EXPECT_EQ(client("10.0.0.1", "1.1.1.1,198.51.100.7, 10.9.9.9"), address("198.51.100.7"));
    EXPECT_EQ(client("10.0.0.1", "1.1.1.1, rubbish"), address("10.0.0.1"));
    EXPECT_EQ(client("10.0.0.1", ""), address("10.0.0.1"));
    EXPECT_EQ(client("10.0.0.1", "10.0.0.2"), address("10.0.0.2"));
    EXPECT_EQ(client("2001:db8::1", "[2606:4700::1]:443"), address("2606:4700::1"));
    EXPECT_EQ(client("10.0.0.1", "198.51.100.7:4711"), address("198.51.100.7"));
    EXPECT_EQ(client_address(address("10.0.0.1"), "1.1.1.1", Networks{}), address("10.0.0.1"));
}

TEST(remote, networks_have_as_many_bits_as_addresses) {
    EXPECT_TRUE(networks({"192.0.2.128/25"}).contains(address("192.0.2.200")));
    EXPECT_FALSE(networks({"192.0.2.128/25"}).contains(address("192.0.2.100")));
    EXPECT_TRUE(networks({"0.0.0.0/0"}).contains(address("8.8.8.8")));
    EXPECT_FALSE(networks({"0.0.0.0/0"}).contains(address("2001:db8::1")));
    EXPECT_TRUE(networks({"192.0.2.1"}).contains(address("::ffff:192.0.2.1")));
    for (const char* text : {"192.0.2.1/33", "x", "192.0.2.1/-1", "192.0.2.1/x", ""}) {
        EXPECT_FALSE(Networks::read(std::vector<std::string>{text}).has_value()) << text;
    }
    EXPECT_TRUE(address("127.0.0.9").is_loopback());
    EXPECT_TRUE(address("::1").is_loopback());
    EXPECT_FALSE(address("128.0.0.1").is_loopback());
    EXPECT_EQ(address("2001:db8:1:2:3::1").network(), address("2001:db8:1:2::9").network());
    EXPECT_NE(address("192.0.2.1").network(), address("192.0.2.2").network());
}

TEST(buckets, fill_with_time_and_no_further_than_full) {
    Buckets buckets(10);
    UtcMs now{Millis{1'000'000'000}};
    for (int number = 0; number < 60; ++number) {
        EXPECT_TRUE(buckets.take("a", 60, now));
    }
    EXPECT_FALSE(buckets.take("a", 60, now));
    EXPECT_TRUE(buckets.take("b", 60, now));
    EXPECT_FALSE(buckets.take("a", 60, now + Millis{999}));
    EXPECT_TRUE(buckets.take("a", 60, now + Millis{1000}));
    EXPECT_FALSE(buckets.take("a", 60, now));  // the clock was set back
    now += std::chrono::hours{1};
    for (int number = 0; number < 60; ++number) {
        EXPECT_TRUE(buckets.take("a", 60, now));
    }
    EXPECT_FALSE(buckets.take("a", 60, now));
}

RC_GTEST_PROP(buckets, give_no_more_than_a_full_bucket_and_the_time_since, ()) {
    Buckets buckets(4);
    const int per_minute = *rc::gen::inRange(1, 100);
    const UtcMs begin{Millis{1'000'000}};
    UtcMs now = begin;
    std::int64_t given = 0;
    for (const int step : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5'000))) {
        now += Millis{step};
        given += buckets.take("a", per_minute, now) ? 1 : 0;
    }
    RC_ASSERT(given <= per_minute + (now - begin).count() * per_minute / 60'000 + 1);
}

TEST(buckets, the_table_is_bounded) {
    Buckets buckets(100);
    for (int number = 0; number < 10'000; ++number) {
        EXPECT_TRUE(buckets.take(std::to_string(number), 60, UtcMs{Millis{number}}));
        EXPECT_LE(buckets.size(), 100U);
    }
}

TEST(worker_pool, refuses_at_once_when_so_many_wait) {
    std::promise<void> may_go;
    const auto gate = may_go.get_future().share();
    std::promise<void> has_begun;
    std::atomic<int> done = 0;
    WorkerPool pool(1, 2);
    EXPECT_TRUE(pool.offer([&] {
        has_begun.set_value();
        gate.wait();
        ++done;
    }));
    has_begun.get_future().wait();
    EXPECT_TRUE(pool.offer([&] { ++done; }));
    EXPECT_TRUE(pool.offer([&] { ++done; }));
    EXPECT_FALSE(pool.offer([&] { ++done; }));
    EXPECT_EQ(pool.waiting(), 2U);
    may_go.set_value();
    pool.stop();
    EXPECT_EQ(done, 3);
    EXPECT_FALSE(pool.offer([&] { ++done; }));
}

}  // namespace
}  // namespace zt::http
