// Recovery shares: any two give the key, one says nothing.

#include "base/seeded_random.hpp"
#include "vault/shares.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace zt::vault {
namespace {

RC_GTEST_PROP(shares, any_two_give_the_key, (std::uint64_t seed)) {
    SeededRandom random(seed);
    const Secret secret = Secret::make(random);
    const auto made = split(secret, random);
    for (std::size_t one = 0; one < made.size(); ++one) {
        for (std::size_t other = 0; other < made.size(); ++other) {
            const auto back = combine(made[one], made[other]);
            RC_ASSERT(back.has_value() == (one != other));
            if (back) {
                RC_ASSERT(back->view() == secret.view());
            }
        }
    }
}

RC_GTEST_PROP(shares, a_share_is_read_back_from_its_line, (std::uint64_t seed)) {
    SeededRandom random(seed);
    for (const Share& share : split(Secret::make(random), random)) {
        const std::string line = to_text(share);
        for (const std::string& typed : {line, "  " + line + "\r\n"}) {
            const auto back = read_share(typed);
            RC_ASSERT(back.has_value());
            RC_ASSERT(back->number == share.number && back->set == share.set);
            RC_ASSERT(back->bytes.view() == share.bytes.view());
        }
    }
}

RC_GTEST_PROP(shares, a_slip_of_the_pen_is_found, (std::uint64_t seed)) {
    SeededRandom random(seed);
    const std::string line = to_text(split(Secret::make(random), random)[0]);
    const auto at = *rc::gen::inRange<std::size_t>(0, line.size());
    const char letter = *rc::gen::elementOf(std::string("0123456789abcdefg- "));
    std::string slipped = line;
    slipped[at] = letter;
    // A blank in another place joins or parts groups, which the digits survive.
    const auto read = read_share(slipped);
    RC_ASSERT(!read || slipped == line || line[at] == ' ' || letter == ' ');
    if (read) {
        RC_ASSERT(read->bytes.view() == read_share(line)->bytes.view());
    }
}

/// For each of two keys that differ in every byte: how often a byte of share 1 takes each value.
/// If one share told something of the key, the counts would depend on the key.
TEST(shares, one_share_of_any_key_is_evenly_spread) {
    constexpr int splits = 1000;
    for (const std::uint8_t fill : {std::uint8_t{0x00}, std::uint8_t{0xFF}}) {
        for (std::size_t which = 0; which < shares_made; ++which) {
            SeededRandom random(which + fill);
            std::array<std::uint8_t, Secret::size> bytes{};
            bytes.fill(fill);
            std::array<int, 256> counts{};
            for (int index = 0; index < splits; ++index) {
                const auto made = split(Secret(bytes), random);
                for (std::size_t at = 0; at < Secret::size; ++at) {
                    ++counts[made[which].bytes.data()[at]];
                }
            }
            // Chi-square with 255 degrees of freedom: mean 255, deviation 22.6.
            const double expected = double{splits} * Secret::size / 256;
            double chi = 0;
            for (const int count : counts) {
                chi += (count - expected) * (count - expected) / expected;
            }
            EXPECT_GT(chi, 255 - 5 * 22.6);
            EXPECT_LT(chi, 255 + 5 * 22.6);
        }
    }
}

TEST(shares, every_key_fits_one_share) {
    // For a given share and any value of the key's byte there is a second share that leads to it.
    SeededRandom random(9);
    const auto made = split(Secret::make(random), random);
    std::array<bool, 256> reached{};
    for (int value = 0; value < 256; ++value) {
        Share other = made[1];
        other.bytes.data()[0] = static_cast<std::uint8_t>(value);
        reached[combine(made[0], other)->data()[0]] = true;
    }
    EXPECT_TRUE(std::ranges::all_of(reached, [](bool one) { return one; }));
}

TEST(shares, sheets_of_two_splittings_do_not_mix) {
    SeededRandom random(10);
    const Secret secret = Secret::make(random);
    const auto first = split(secret, random);
    const auto second = split(secret, random);
    const auto mixed = combine(first[0], second[1]);
    ASSERT_FALSE(mixed);
    EXPECT_EQ(mixed.error().code, Errc::share_wrong);
}

TEST(shares, what_is_no_share_is_told_so) {
    SeededRandom random(11);
    const std::string line = to_text(split(Secret::make(random), random)[0]);
    for (const std::string& text :
         {std::string(),
          std::string("zhitong-key-1 00"),
          line.substr(0, 60),
          line + " 0",
          "x" + line}) {
        const auto read = read_share(text);
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().code, Errc::share_wrong);
    }
}

}  // namespace
}  // namespace zt::vault
