#include "views/impl/spread.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace zt::views::impl {
namespace {

TEST(spread, small_amounts_have_a_bucket_each) {
    for (std::int64_t amount = 0; amount < 32; ++amount) {
        EXPECT_EQ(middle_of(bucket_of(amount)), amount);
    }
}

TEST(spread, buckets_grow_with_the_amount_and_leave_none_out) {
    int last = bucket_of(0);
    for (std::int64_t amount = 1; amount < 100'000; ++amount) {
        const int bucket = bucket_of(amount);
        ASSERT_TRUE(bucket == last || bucket == last + 1) << amount;
        last = bucket;
    }
}

RC_GTEST_PROP(spread, the_middle_is_within_five_per_cent, ()) {
    const auto amount = *rc::gen::inRange<std::int64_t>(1, INT64_MAX / 2);
    const std::int64_t off = std::llabs(middle_of(bucket_of(amount)) - amount);
    RC_ASSERT(off <= amount / 20);
}

RC_GTEST_PROP(spread, a_quantile_is_within_five_per_cent_of_the_exact_one, ()) {
    auto amounts = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(
        rc::gen::inRange<std::int64_t>(0, 90LL * 86'400'000)
    ));
    Spread spread;
    for (const std::int64_t amount : amounts) {
        spread.add(amount);
    }
    std::ranges::sort(amounts);
    for (const std::int64_t per_mille : {500, 900}) {
        const auto rank = (static_cast<std::int64_t>(amounts.size()) * per_mille + 999) / 1000;
        const std::int64_t exact = amounts[static_cast<std::size_t>(rank - 1)];
        RC_ASSERT(std::llabs(*spread.quantile(per_mille) - exact) <= exact / 20);
    }
}

TEST(spread, a_compensating_amount_takes_one_out_again) {
    Spread spread;
    spread.add(1000);
    spread.add(5);
    spread.add(-1000);
    EXPECT_EQ(spread.count(), 1);
    EXPECT_EQ(spread.quantile(900), 5);
    spread.add(-5);
    EXPECT_EQ(spread.quantile(500), std::nullopt);
}

}  // namespace
}  // namespace zt::views::impl
