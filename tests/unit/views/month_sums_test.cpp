#include "views/impl/month_sums.hpp"
#include "views/impl/spread.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

namespace zt::views::impl {
namespace {

RC_GTEST_PROP(key_numbers, a_key_keeps_the_number_of_its_first_sight, ()) {
    const auto keys = *rc::gen::container<std::vector<std::uint64_t>>(
        rc::gen::oneOf(rc::gen::arbitrary<std::uint64_t>(), rc::gen::inRange<std::uint64_t>(0, 50))
    );
    KeyNumbers numbers;
    std::map<std::uint64_t, std::uint32_t> expected;
    for (const std::uint64_t key : keys) {
        expected.try_emplace(key, static_cast<std::uint32_t>(expected.size()));
        RC_ASSERT(numbers.number_of(key) == expected[key]);
        RC_ASSERT(numbers.keys()[expected[key]] == key);
    }
    RC_ASSERT(numbers.size() == expected.size());
}

TEST(month_sums, a_day_lies_in_its_month_in_common_and_leap_years) {
    using namespace std::chrono;
    for (const int number : {1900, 2000, 2023, 2024}) {
        const YearMonths months(number);
        const sys_days first{year{number} / January / 1};
        for (sys_days one = first; year_month_day{one}.year() == year{number}; one += days{1}) {
            const auto day_of_year = static_cast<std::uint16_t>((one - first).count());
            EXPECT_EQ(
                months.month_of(day_of_year) + 1, static_cast<unsigned>(year_month_day{one}.month())
            );
        }
    }
}

TEST(month_sums, the_largest_key_comes_back_whole) {
    const SumKey key{0xFFFFFFFFU, 11, bucket_of(INT64_MAX)};
    const SumKey back = unpacked(packed(key));
    EXPECT_EQ(back.cell, key.cell);
    EXPECT_EQ(back.month, key.month);
    EXPECT_EQ(back.bucket, bucket_count - 1);
}

TEST(month_sums, rows_are_by_cell_and_month_and_of_spreads_by_bucket) {
    const YearMonths year(2022);
    MonthSums sums;
    sums.make_sums_of(SumOf::amounts);
    const auto rows = [&sums] {
        std::map<std::uint64_t, std::int64_t> out;
        sums.each_row([&out](const SumKey& key, std::int64_t sum) { out[packed(key)] = sum; });
        return out;
    };
    for (const MonthSums::DayFact& fact :
         {MonthSums::DayFact{0, 3, 5}, {30, 3, -2}, {31, 3, 7}, {0, 4, 1}}) {
        sums.add(fact, year);
    }
    using Rows = std::map<std::uint64_t, std::int64_t>;
    EXPECT_EQ(
        rows(), (Rows{{packed({3, 0, 0}), 3}, {packed({3, 1, 0}), 7}, {packed({4, 0, 0}), 1}})
    );
    EXPECT_EQ(sums.months()[0].begin, 0U);
    EXPECT_EQ(sums.months()[0].end, 4U);
    EXPECT_EQ(sums.months()[0].last_day, 30);
    EXPECT_EQ(sums.months()[1].begin, 2U);
    EXPECT_TRUE(sums.months()[2].is_empty());
    sums.make_sums_of(SumOf::buckets);
    EXPECT_EQ(sums.fact_count(), 0U);
    for (const std::int64_t amount : {5, 9, -5, 9}) {
        sums.add({0, 3, amount}, year);
    }
    EXPECT_EQ(rows(), (Rows{{packed({3, 0, 5}), 0}, {packed({3, 0, 9}), 2}}));
}

}  // namespace
}  // namespace zt::views::impl
