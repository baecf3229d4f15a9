#include "base/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cmath>
#include <limits>

namespace zt {
namespace {

using namespace std::string_view_literals;

TEST(utf8, well_formed_text_of_each_length_is_accepted) {
    constexpr std::array accepted = {
        ""sv,
        "plain ascii of more than eight bytes"sv,
        "直通车"sv,
        "\xC2\x80"sv,
        "\xDF\xBF"sv,
        "\xE0\xA0\x80"sv,
        "\xED\x9F\xBF"sv,
        "\xEE\x80\x80"sv,
        "\xF0\x90\x80\x80"sv,
        "\xF4\x8F\xBF\xBF"sv,
        "a\0b"sv,
    };
    for (const std::string_view text : accepted) {
        EXPECT_TRUE(is_utf8(text)) << text;
    }
}

TEST(utf8, malformed_text_is_refused_wherever_it_stands) {
    constexpr std::array refused = {
        "\x80"sv,
        "\xC0\x80"sv,
        "\xC1\xBF"sv,
        "\xE0\x9F\xBF"sv,
        "\xED\xA0\x80"sv,
        "\xED\xBF\xBF"sv,
        "\xF0\x8F\xBF\xBF"sv,
        "\xF4\x90\x80\x80"sv,
        "\xF5\x80\x80\x80"sv,
        "\xFF"sv,
        "\xE4\xBD"sv,
        "\xE4"sv,
        "\xF0\x90\x80"sv,
        "\xC3"sv,
        "\xE4\xBD\x41"sv,
        "\xC3\x28"sv,
    };
    for (const std::string_view bad : refused) {
        EXPECT_FALSE(is_utf8(bad));
        EXPECT_FALSE(is_utf8("0123456789直" + std::string(bad)));
        EXPECT_FALSE(is_utf8(std::string(bad) + "0123456789"));
    }
}

TEST(text, characters_are_code_points) {
    EXPECT_EQ(count_characters("直通 ok"), 5U);
    EXPECT_EQ(count_characters(""), 0U);
    EXPECT_EQ(first_characters("直通车", 2), "直通");
    EXPECT_EQ(first_characters("直通车", 9), "直通车");
    EXPECT_EQ(first_characters("直通车", 0), "");
}

TEST(text, trim_takes_ideographic_and_no_break_spaces) {
    EXPECT_EQ(trim("\t\xE3\x80\x80 供 电 \xC2\xA0\r\n"), "供 电");
    EXPECT_EQ(trim(" \xE3\x80\x80 "), "");
    EXPECT_EQ(trim(""), "");
    EXPECT_EQ(trim("\xE3\x80\x81"), "\xE3\x80\x81")
        << "U+3001 shares two bytes with U+3000 but is a mark";
}

TEST(text, split_gives_one_part_more_than_separators) {
    EXPECT_EQ(split("a,,b", ','), (std::vector<std::string>{"a", "", "b"}));
    EXPECT_EQ(split("", ','), (std::vector<std::string>{""}));
    EXPECT_EQ(split(",", ','), (std::vector<std::string>{"", ""}));
    EXPECT_EQ(join({}, ", "), "");
    EXPECT_EQ(join({"a", "b"}, ", "), "a, b");
}

RC_GTEST_PROP(text, join_undoes_split, (const std::string& text)) {
    RC_ASSERT(join(split(text, ','), ",") == text);
}

TEST(text, an_integer_is_the_whole_text) {
    EXPECT_EQ(parse_int("42"), 42);
    EXPECT_EQ(parse_int("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
    for (const char* text :
         {"", "x", "4 2", "42 ", " 42", "4.2", "+4", "0x10", "9223372036854775808", "--1"}) {
        const Result<std::int64_t> number = parse_int(text);
        ASSERT_FALSE(number) << text;
        EXPECT_EQ(number.error().code, Errc::bad_number);
    }
}

TEST(text, nearest_offers_up_to_two_words_the_closest_first) {
    const std::vector<std::string> verbs = {
        "assign", "accept", "reply", "replied", "供电公司", "供水公司", "close"
    };
    EXPECT_EQ(nearest("asign", verbs), "assign");
    EXPECT_EQ(nearest("repli", verbs), "reply or replied");
    EXPECT_EQ(nearest("供气公司", verbs), "供电公司 or 供水公司");
    EXPECT_EQ(nearest("terminate", verbs), "");
    EXPECT_EQ(nearest("", verbs), "");
    EXPECT_EQ(nearest("ab", {"xy"}), "") << "two characters replaced are another word";
    EXPECT_EQ(nearest(std::string(10'000, 'a'), verbs), "");
}

TEST(ratio, rounds_half_up) {
    EXPECT_EQ(ratio_text(242, 250, 4), "0.9680");
    EXPECT_EQ(ratio_text(1, 8, 2), "0.13");
    EXPECT_EQ(ratio_text(1, 3, 4), "0.3333");
    EXPECT_EQ(ratio_text(2, 3, 4), "0.6667");
    EXPECT_EQ(ratio_text(1, 20'000, 4), "0.0001");
    EXPECT_EQ(ratio_text(49'999, 1'000'000'000, 4), "0.0000");
    EXPECT_EQ(ratio_text(0, 5, 4), "0.0000");
    EXPECT_EQ(ratio_text(999'999, 1'000'000, 4), "1.0000");
    EXPECT_EQ(ratio_text(5, 2, 0), "3");
    EXPECT_EQ(ratio_text(1234, 10, 1), "123.4");
}

TEST(ratio, the_largest_numbers_do_not_overflow) {
    constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(ratio_text(largest, largest, 9), "1.000000000");
    EXPECT_EQ(ratio_text(largest, 1, 9), "9223372036854775807.000000000");
}

TEST(ratio_death, a_ratio_over_nothing_is_a_bug) {
    EXPECT_DEATH((void)ratio_text(1, 0, 4), "check failed");
}

RC_GTEST_PROP(ratio, is_within_half_a_unit_of_the_last_place, ()) {
    const auto above = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
    const auto below = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
    const Result<std::int64_t> scaled =
        parse_int(join(split(ratio_text(above, below, 4), '.'), ""));
    RC_ASSERT(scaled.has_value());
    // −below < 2 × (scaled × below − above × 10⁴) ≤ below: half goes up, never further
    const std::int64_t twice_error = 2 * (*scaled * below - above * 10'000);
    RC_ASSERT(twice_error > -below && twice_error <= below);
}

}  // namespace
}  // namespace zt
