#include "base/seeded_random.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace zt {
namespace {

TEST(seeded_random, equal_seeds_give_equal_bytes) {
    std::array<std::uint8_t, 37> left{};
    std::array<std::uint8_t, 37> right{};
    SeededRandom(7).fill(left);
    SeededRandom(7).fill(right);
    EXPECT_EQ(left, right);
    SeededRandom(8).fill(right);
    EXPECT_NE(left, right);
}

TEST(seeded_random, gives_the_same_numbers_on_every_machine) {
    // Goal: demo logs with equal seeds stay equal for ever.
    SeededRandom random(0);
    EXPECT_EQ(random.next(), 0x99EC5F36CB75F2B4U);
    EXPECT_EQ(random.next(), 0xBF6E1F784956452AU);
    EXPECT_EQ(random.next(), 0x1A5F849D4933E6E0U);
}

TEST(seeded_random, below_stays_below_and_reaches_every_number) {
    SeededRandom random(1);
    std::array<int, 7> counts{};
    for (int turn = 0; turn < 7000; ++turn) {
        ++counts.at(random.below(counts.size()));
    }
    for (const int count : counts) {
        EXPECT_GT(count, 800);  // 1 000 expected, standard deviation 29
    }
    EXPECT_EQ(random.below(1), 0U);
}

TEST(seeded_random_death, below_nothing_is_a_bug) {
    EXPECT_DEATH((void)SeededRandom(1).below(0), "check failed");
}

}  // namespace
}  // namespace zt
