// Phone codes and the puzzle that a look-up costs.

#include "base/seeded_random.hpp"
#include "vault/phone_code.hpp"
#include "vault/puzzle.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>
#include <vector>

namespace zt::vault {
namespace {

// The least that libsodium takes, so that tests are quick; the real cost is in phone_code.hpp.
constexpr HashCost cheap{.passes = 1, .memory_bytes = 8192};

TEST(phone_code, it_has_16_digits_and_is_the_same_for_the_same_hand_in) {
    SeededRandom random(1);
    const MasterKey key = MasterKey::make(random);
    std::set<std::string> codes;
    for (int index = 0; index < 500; ++index) {
        const Uuid raw = uuid7_from_text(UtcMs{}, std::to_string(index));
        const std::string code = phone_code(key.lookup(), raw);
        EXPECT_EQ(code, phone_code(key.lookup(), raw));
        EXPECT_EQ(code.size(), phone_code_digits);
        EXPECT_EQ(read_phone_code(grouped_phone_code(code)).value(), code);
        codes.insert(code);
    }
    EXPECT_EQ(codes.size(), 500U);
}

TEST(phone_code, full_width_digits_are_read_and_others_refused) {
    EXPECT_EQ(read_phone_code("４８２１ 0937-5526 1048").value(), "4821093755261048");
    EXPECT_FALSE(read_phone_code("482109375526104"));
    EXPECT_FALSE(read_phone_code("4821 0937 5526 104X"));
}

TEST(slow_hashes, the_code_matches_its_hash_and_no_other) {
    SeededRandom random(2);
    SlowHashes hashes(cheap, 1, 4);
    const std::string kept = hashes.make("4821093755261048", random).value();
    EXPECT_TRUE(kept.starts_with("argon2id$1$8192$"));
    EXPECT_EQ(kept.find("4821093755261048"), std::string::npos);
    EXPECT_TRUE(hashes.matches("4821093755261048", kept).value());
    EXPECT_FALSE(hashes.matches("4821093755261049", kept).value());
    EXPECT_FALSE(hashes.matches("4821093755261048", "").value());
    EXPECT_NE(kept, hashes.make("4821093755261048", random).value());
}

TEST(slow_hashes, a_text_that_asks_for_too_much_is_taken_for_none) {
    SlowHashes hashes(cheap, 1, 4);
    const std::string end = "$" + std::string(32, '0') + "$" + std::string(64, '0');
    for (const char* head :
         {"argon2id$99$8192", "argon2id$1$99999999999", "argon2id$1$1", "md5$1$8192"}) {
        EXPECT_FALSE(hashes.matches("1", head + end).value()) << head;
    }
}

TEST(slow_hashes, more_than_may_wait_are_turned_away_at_once) {
    SeededRandom seed(3);
    SlowHashes hashes({.passes = 2, .memory_bytes = std::size_t{8} << 20U}, 1, 1);
    const std::string kept = hashes.make("1", seed).value();
    std::atomic<int> done = 0, refused = 0;
    std::vector<std::jthread> askers;
    for (int index = 0; index < 8; ++index) {
        askers.emplace_back([&] {
            const auto answer = hashes.matches("1", kept);
            if (answer) {
                ++done;
            } else {
                EXPECT_EQ(answer.error().code, Errc::overloaded);
                ++refused;
            }
        });
    }
    askers.clear();
    EXPECT_EQ(done + refused, 8);
    EXPECT_GE(done, 1);
}

class PuzzleTest : public ::testing::Test {
  protected:
    [[nodiscard]] std::string solve(const std::string& puzzle) const {
        for (int number = 0;; ++number) {
            if (is_solution(puzzle, std::to_string(number), puzzles_.zero_bits())) {
                return std::to_string(number);
            }
        }
    }
    SeededRandom random_{4};
    UtcMs now_{Millis{1'659'315'600'000}};
    Puzzles puzzles_{{.zero_bits = 8, .valid = Millis{60'000}, .solved_max = 3}, random_};
};

TEST_F(PuzzleTest, a_solved_puzzle_opens_one_look_up) {
    const std::string puzzle = puzzles_.issue("ZT-1", now_, random_);
    const std::string solution = solve(puzzle);
    EXPECT_TRUE(puzzles_.take("ZT-1", puzzle, solution, now_));
    const auto again = puzzles_.take("ZT-1", puzzle, solution, now_);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, Errc::puzzle_unsolved);
}

TEST_F(PuzzleTest, it_is_refused_for_another_number_later_unsolved_or_made_up) {
    const std::string puzzle = puzzles_.issue("ZT-1", now_, random_);
    const std::string solution = solve(puzzle);
    std::string wrong = "0";
    while (is_solution(puzzle, wrong, 8)) {
        wrong += "0";
    }
    std::string changed = puzzle;
    changed[0] = changed[0] == '9' ? '8' : '9';
    EXPECT_FALSE(puzzles_.take("ZT-2", puzzle, solution, now_));
    EXPECT_FALSE(puzzles_.take("ZT-1", puzzle, wrong, now_));
    EXPECT_FALSE(puzzles_.take("ZT-1", puzzle, "", now_));
    EXPECT_FALSE(puzzles_.take("ZT-1", puzzle, std::string(65, '1'), now_));
    EXPECT_FALSE(puzzles_.take("ZT-1", changed, solve(changed), now_));
    EXPECT_FALSE(puzzles_.take("ZT-1", "rubbish", "1", now_));
    EXPECT_FALSE(puzzles_.take("ZT-1", puzzle, solution, now_ + Millis{60'000}));
    EXPECT_TRUE(puzzles_.take("ZT-1", puzzle, solution, now_));
}

TEST_F(PuzzleTest, what_is_remembered_is_bounded_and_forgotten_in_time) {
    for (int index = 0; index < 3; ++index) {
        const std::string puzzle = puzzles_.issue("ZT-1", now_, random_);
        EXPECT_TRUE(puzzles_.take("ZT-1", puzzle, solve(puzzle), now_));
    }
    const std::string puzzle = puzzles_.issue("ZT-1", now_, random_);
    const auto full = puzzles_.take("ZT-1", puzzle, solve(puzzle), now_);
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().code, Errc::overloaded);
    const UtcMs later = now_ + Millis{60'001};
    const std::string next = puzzles_.issue("ZT-1", later, random_);
    EXPECT_TRUE(puzzles_.take("ZT-1", next, solve(next), later));
    EXPECT_EQ(puzzles_.remembered(), 1U);
}

}  // namespace
}  // namespace zt::vault
