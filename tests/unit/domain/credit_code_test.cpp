#include "domain/credit_code.hpp"

#include <gtest/gtest.h>

#include <string>

namespace zt {
namespace {

TEST(credit_code, one_whose_last_character_fits_is_one) {
    EXPECT_TRUE(is_credit_code("91430000MA4L0F1R19"));
    EXPECT_TRUE(is_credit_code("51430000MA4L0A5C1J"));
    EXPECT_TRUE(is_credit_code("91350100M000100Y43"));  // the example of GB 32100-2015
}

TEST(credit_code, length_alphabet_and_case_are_held_to) {
    EXPECT_FALSE(is_credit_code(""));
    EXPECT_FALSE(is_credit_code("91430000MA4L0F1R1"));
    EXPECT_FALSE(is_credit_code("91430000MA4L0F1R190"));
    EXPECT_FALSE(is_credit_code("91430000MA4I0F1R19"));
    EXPECT_FALSE(is_credit_code("91430000ma4l0f1r19"));
    EXPECT_FALSE(is_credit_code("91430000MA4L0F1R1Z"));
}

/// One slip of the pen is found, and so is a pair that changed places.
TEST(credit_code, every_slip_in_one_place_is_found) {
    constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    const std::string right = "91430000MA4L0F1R19";
    for (std::size_t index = 0; index < right.size(); ++index) {
        for (const char other : alphabet) {
            std::string wrong = right;
            wrong[index] = other;
            EXPECT_EQ(is_credit_code(wrong), wrong == right) << wrong;
        }
    }
    for (std::size_t index = 0; index + 1 < right.size(); ++index) {
        std::string swapped = right;
        std::swap(swapped[index], swapped[index + 1]);
        EXPECT_EQ(is_credit_code(swapped), swapped == right) << swapped;
    }
}

}  // namespace
}  // namespace zt
