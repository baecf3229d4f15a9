// Follow-up codes: the same for the same hand-in, read back from what people type, and not to be
// had from what the ledger keeps.

#include "base/seeded_random.hpp"
#include "vault/follow_code.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace zt::vault {
namespace {

constexpr std::string_view number = "ZT-2022-000123";

MasterKey master(std::uint64_t seed = 1) {
    SeededRandom random(seed);
    return MasterKey::make(random);
}

Uuid raw_key(std::string_view text) {
    return uuid7_from_text(UtcMs{Millis{1'659'315'600'000}}, text);
}

TEST(follow_code, a_retry_is_told_the_same_code) {
    const MasterKey key = master();
    EXPECT_EQ(
        follow_code(key.lookup(), number, raw_key("a")),
        follow_code(key.lookup(), number, raw_key("a"))
    );
}

TEST(follow_code, another_hand_in_number_or_place_has_another_code) {
    const MasterKey key = master();
    const std::string code = follow_code(key.lookup(), number, raw_key("a"));
    EXPECT_NE(code, follow_code(key.lookup(), number, raw_key("b")));
    EXPECT_NE(code, follow_code(key.lookup(), "ZT-2022-000124", raw_key("a")));
    EXPECT_NE(code, follow_code(master(2).lookup(), number, raw_key("a")));
}

TEST(follow_code, it_is_read_back_however_it_was_typed) {
    const MasterKey key = master();
    const std::string code = follow_code(key.lookup(), number, raw_key("a"));
    ASSERT_EQ(code.size(), follow_code_characters);
    std::string small = grouped(code);
    for (char& letter : small) {
        letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    }
    std::string wide;
    for (const char letter : code) {
        wide += "\xEF\xBC";
        wide += static_cast<char>(letter - 0x20 + 0x80);
    }
    for (const std::string& typed : {code, grouped(code), small, wide, " " + code + "\n"}) {
        EXPECT_EQ(read_follow_code(typed).value(), code) << typed;
    }
    EXPECT_EQ(grouped(code).size(), follow_code_characters + 5);
}

TEST(follow_code, letters_that_look_like_digits_are_read_as_those) {
    const MasterKey key = master();
    for (int index = 0; index < 200; ++index) {
        const std::string code = follow_code(key.lookup(), number, raw_key(std::to_string(index)));
        EXPECT_EQ(code.find_first_of("ILOU"), std::string::npos);
        std::string typed = code;
        for (char& letter : typed) {
            letter = letter == '0' ? 'o' : letter == '1' ? 'l' : letter;
        }
        EXPECT_EQ(read_follow_code(typed).value(), code);
    }
}

RC_GTEST_PROP(follow_code, one_slip_and_one_exchange_are_found, ()) {
    constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const MasterKey key = master();
    const std::string code =
        follow_code(key.lookup(), number, raw_key(*rc::gen::arbitrary<std::string>()));
    const auto at = *rc::gen::inRange<std::size_t>(0, code.size());
    const auto other = *rc::gen::inRange<std::size_t>(0, code.size());
    const auto letter = *rc::gen::inRange<std::size_t>(0, alphabet.size());
    std::string slipped = code;
    slipped[at] = alphabet[letter];
    RC_ASSERT(read_follow_code(slipped).has_value() == (slipped == code));
    std::string exchanged = code;
    std::swap(exchanged[at], exchanged[other]);
    RC_ASSERT(read_follow_code(exchanged).has_value() == (exchanged == code));
}

TEST(follow_code, what_is_kept_says_yes_to_the_code_alone) {
    const MasterKey key = master();
    const std::string code = follow_code(key.lookup(), number, raw_key("a"));
    const std::string other = follow_code(key.lookup(), number, raw_key("b"));
    const std::string kept = follow_check(key.lookup(), number, code);
    EXPECT_TRUE(is_follow_code(key.lookup(), number, code, kept));
    EXPECT_FALSE(is_follow_code(key.lookup(), number, other, kept));
    EXPECT_FALSE(is_follow_code(key.lookup(), "ZT-2022-000124", code, kept));
    EXPECT_FALSE(is_follow_code(key.lookup(), number, code, ""));
    EXPECT_FALSE(is_follow_code(key.lookup(), number, code, kept.substr(1)));
    EXPECT_FALSE(is_follow_code(master(2).lookup(), number, code, kept));
}

TEST(follow_code, what_is_kept_is_enough_for_nobody_to_compute_it) {
    // The disk holds the blinded key and the check; the file of the key is not enough either.
    const MasterKey key = master();
    const Uuid raw = raw_key("a");
    const std::string code = follow_code(key.lookup(), number, raw);
    EXPECT_NE(code, follow_code(key.lookup(), number, blinded(raw)));
    const std::string kept = follow_check(key.lookup(), number, code);
    EXPECT_EQ(kept.find(code.substr(0, 6)), std::string::npos);
}

TEST(follow_code, a_blinded_key_keeps_its_time_and_is_a_key_like_others) {
    std::set<Uuid> seen;
    for (int index = 0; index < 1000; ++index) {
        const Uuid raw = raw_key(std::to_string(index));
        const Uuid blind = blinded(raw);
        EXPECT_TRUE(std::equal(raw.bytes.begin(), raw.bytes.begin() + 6, blind.bytes.begin()));
        EXPECT_NE(raw, blind);
        EXPECT_EQ(parse_uuid(to_string(blind)).value(), blind);
        seen.insert(blind);
    }
    EXPECT_EQ(seen.size(), 1000U);
}

TEST(follow_code, what_is_no_code_is_told_so) {
    for (const char* typed :
         {"", "7K2M", "你好", "UUUU-UUUU-UUUU-UUUU-UUUU-UUUU", "\xF0\x9F\x98\x80"}) {
        const auto read = read_follow_code(typed);
        ASSERT_FALSE(read) << typed;
        EXPECT_EQ(read.error().code, Errc::bad_value);
    }
}

}  // namespace
}  // namespace zt::vault
