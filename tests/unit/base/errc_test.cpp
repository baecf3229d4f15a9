#include "base/errc.hpp"
#include "base/result.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace zt {
namespace {

TEST(errc, every_code_has_its_own_name_in_snake_case) {
    std::set<std::string_view> seen;
    for (const ErrcName& row : errc_names()) {
        EXPECT_FALSE(row.name.empty());
        EXPECT_EQ(
            row.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789"),
            std::string_view::npos
        ) << row.name;
        EXPECT_TRUE(seen.insert(row.name).second) << row.name;
        EXPECT_EQ(name_of(row.code), row.name);
        EXPECT_EQ(find_errc(row.name), row.code);
    }
}

TEST(errc, names_follow_the_enumerators) {
    EXPECT_EQ(name_of(Errc::bad_date), "bad_date");
    EXPECT_EQ(name_of(Errc::not_lead), "not_lead");
    EXPECT_EQ(name_of(Errc::key_missing_in_command), "key_missing_in_command");
    EXPECT_EQ(name_of(errc_names().back().code), errc_names().back().name);
    EXPECT_GT(errc_names().size(), static_cast<std::size_t>(Errc::retired));
}

TEST(errc, an_unknown_name_has_no_code) {
    EXPECT_EQ(find_errc("not_a_code"), std::nullopt);
    EXPECT_EQ(find_errc(""), std::nullopt);
}

TEST(errc, only_passing_troubles_are_worth_a_retry) {
    EXPECT_TRUE(retry_may_help(Errc::overloaded));
    EXPECT_TRUE(retry_may_help(Errc::disk_full));
    EXPECT_TRUE(retry_may_help(Errc::in_flight));
    EXPECT_FALSE(retry_may_help(Errc::wrong_stage));
    EXPECT_FALSE(retry_may_help(Errc::bad_json));
    EXPECT_FALSE(retry_may_help(Errc::key_wrong));
}

TEST(errc_death, a_value_without_a_name_is_a_bug) {
    EXPECT_DEATH((void)name_of(static_cast<Errc>(255)), "check failed");
}

TEST(error, prints_place_detail_and_code) {
    EXPECT_EQ(
        to_string(Error{Errc::bad_date, "no such day", "x.yaml:3"}),
        "x.yaml:3: no such day (bad_date)"
    );
    EXPECT_EQ(to_string(Error{Errc::bad_date, "no such day", ""}), "no such day (bad_date)");
    EXPECT_EQ(to_string(Error{Errc::bad_date, "", "x.yaml:3"}), "x.yaml:3: bad_date");
}

Result<int> half(int number) {
    if (number % 2 != 0) {
        return fail(Errc::bad_number, "odd", "/n");
    }
    return number / 2;
}

Result<int> quarter(int number) {
    TRY(const int once, half(number));
    TRY(const int twice, half(once));
    return twice;
}

Result<void> both_even(int left, int right) {
    TRY_VOID(half(left));
    TRY_VOID(half(right));
    return {};
}

TEST(result, try_binds_the_value_or_passes_the_error_on) {
    EXPECT_EQ(quarter(8), 2);
    ASSERT_FALSE(quarter(6));
    EXPECT_EQ(quarter(6).error(), (Error{Errc::bad_number, "odd", "/n"}));
    EXPECT_TRUE(both_even(2, 4));
    EXPECT_FALSE(both_even(2, 3));
}

}  // namespace
}  // namespace zt
