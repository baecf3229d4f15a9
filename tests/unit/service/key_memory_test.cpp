#include "service/key_memory.hpp"

#include <gtest/gtest.h>

namespace zt::service {
namespace {

KeyMemory::Key key(std::uint32_t number) {
    KeyMemory::Key key{};
    for (int byte = 0; byte < 4; ++byte) {
        key[static_cast<std::size_t>(byte)] = static_cast<std::uint8_t>(number >> (24 - 8 * byte));
    }
    key[15] = key[3];
    key[14] = key[2];
    return key;
}

store::KeyRow row(std::uint32_t number) {
    store::KeyRow row;
    row.key = key(number);
    row.first_seq = number;
    return row;
}

TEST(key_memory, what_was_on_disk_before_is_left_to_the_disk) {
    KeyMemory memory;
    memory.begin(key(100));
    EXPECT_FALSE(memory.knows_of(key(100)));
    EXPECT_TRUE(memory.knows_of(key(101)));
    EXPECT_EQ(memory.find(key(101)), nullptr);
    memory.add(row(101));
    ASSERT_NE(memory.find(key(101)), nullptr);
    EXPECT_EQ(memory.find(key(101))->first_seq, 101);
}

TEST(key_memory, an_empty_ledger_is_known_whole) {
    KeyMemory memory;
    memory.begin({});
    EXPECT_TRUE(memory.knows_of(key(0)));
}

TEST(key_memory, what_it_says_of_a_key_that_it_knows_of_is_true) {
    KeyMemory memory;
    memory.begin(key(0));
    constexpr std::uint32_t many = 300'000;
    for (std::uint32_t number = 1; number <= many; ++number) {
        memory.add(row(number));
    }
    EXPECT_FALSE(memory.knows_of(key(1))) << "the oldest are forgotten, and it says so";
    EXPECT_TRUE(memory.knows_of(key(many)));
    for (std::uint32_t number = 1; number <= many; number += 7) {
        if (memory.knows_of(key(number))) {
            ASSERT_NE(memory.find(key(number)), nullptr) << number;
        }
    }
    EXPECT_EQ(memory.find(key(many + 1)), nullptr);
}

}  // namespace
}  // namespace zt::service
