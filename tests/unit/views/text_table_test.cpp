#include "views/share.hpp"
#include "views/text_table.hpp"

#include <gtest/gtest.h>

namespace zt::views {
namespace {

TEST(text_table, chinese_characters_are_two_columns_wide) {
    EXPECT_EQ(display_width("abc"), 3U);
    EXPECT_EQ(display_width("供电公司"), 8U);
    EXPECT_EQ(display_width("ＡＢ，"), 6U);
    EXPECT_EQ(display_width("e\u0301"), 1U);
    EXPECT_EQ(display_width("a\u200Bb"), 2U);
}

TEST(text_table, columns_stand_under_each_other) {
    const TextTable table{
        {"单位", "n"}, {Align::left, Align::right}, {{"水", "7"}, {"abcdef", "12"}}
    };
    EXPECT_EQ(to_text(table), "单位     n\n水       7\nabcdef  12\n");
}

TEST(text_table, csv_quotes_what_needs_it_and_disarms_formulas) {
    const TextTable table{
        {"a", "b"}, {Align::left, Align::left}, {{"x,\"y\"", "=1+1"}, {"-12.5", "-a"}}
    };
    EXPECT_EQ(to_csv(table), "a,b\r\n\"x,\"\"y\"\"\",'=1+1\r\n-12.5,'-a\r\n");
}

TEST(share, decimals_have_no_zeros_at_the_end) {
    EXPECT_EQ(decimal_text(242'000'000, millionths), "242");
    EXPECT_EQ(decimal_text(241'600'000, millionths), "241.6");
    EXPECT_EQ(decimal_text(1, millionths), "0.000001");
    EXPECT_EQ(decimal_text(-800'000, millionths), "-0.8");
    EXPECT_EQ(decimal_text(12, 1), "12");
}

TEST(share, rates_round_half_up_and_are_empty_without_denominator) {
    EXPECT_EQ(rate_text({366, 386, 1}), "0.9482");
    EXPECT_EQ(rate_text({1, 20'000, 1}), "0.0001");
    EXPECT_EQ(rate_text({0, 0, 1}), std::nullopt);
    EXPECT_EQ(percent_text({242'000'000, 250, millionths}), "96.80%");
    EXPECT_EQ(percent_text({0, 0, 1}), "");
}

}  // namespace
}  // namespace zt::views
