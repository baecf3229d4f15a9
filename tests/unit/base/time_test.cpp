#include "base/time.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <string>

namespace zt {
namespace {

using namespace std::chrono_literals;

UtcMs utc(int year, unsigned month, unsigned day, Millis of_day) {
    return Date{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}} +
           of_day;
}

std::string refusal(std::string_view text) {
    const Result<UtcMs> instant = parse_instant(text);
    return instant ? "accepted" : std::string(name_of(instant.error().code));
}

TEST(time, office_time_is_eight_hours_ahead) {
    const UtcMs at = utc(2022, 8, 1, 16h);
    EXPECT_EQ(to_string(office_date(at)), "2022-08-02");
    EXPECT_EQ(time_of_day(at), Millis{0});
    EXPECT_EQ(to_string(office_date(at - 1ms)), "2022-08-01");
    EXPECT_EQ(start_of(office_date(at)), at);
}

TEST(time, another_offset_moves_the_day) {
    const OfficeOffset west{-5h};
    const UtcMs at = utc(2022, 8, 1, 4h);
    EXPECT_EQ(to_string(office_date(at, west)), "2022-07-31");
    EXPECT_EQ(to_office_string(at, west), "2022-07-31 23:00");
}

TEST(time, instants_before_1970_have_their_day) {
    EXPECT_EQ(to_office_string(parse_instant("1949-10-01 00:00").value()), "1949-10-01 00:00");
    EXPECT_EQ(
        to_office_string(parse_instant("1949-09-30 23:59:59.999").value()),
        "1949-09-30 23:59:59.999"
    );
}

TEST(time, seconds_are_shown_only_when_there_are_any) {
    const UtcMs at = utc(2022, 8, 1, 1h);
    EXPECT_EQ(to_office_string(at), "2022-08-01 09:00");
    EXPECT_EQ(to_office_string(at + 5s), "2022-08-01 09:00:05");
    EXPECT_EQ(to_office_string(at + 7ms), "2022-08-01 09:00:00.007");
    EXPECT_EQ(to_iso_utc(at), "2022-08-01T01:00:00.000Z");
}

TEST(time, a_date_has_ten_characters_and_exists) {
    EXPECT_EQ(to_string(parse_date("2024-02-29").value()), "2024-02-29");
    constexpr std::array<const char*, 14> refused = {
        "2022-02-30",
        "2023-02-29",
        "2022-13-01",
        "2022-00-10",
        "2022-04-31",
        "2022-04-00",
        "0000-01-01",
        "2022-4-1",
        "2022/04/01",
        "2022-04-01 ",
        "",
        "20220401",
        "２０２２-04-01",
        "2022-04-01T00:00",
    };
    for (const char* text : refused) {
        const Result<Date> day = parse_date(text);
        ASSERT_FALSE(day) << text;
        EXPECT_EQ(day.error().code, Errc::bad_date) << text;
        EXPECT_FALSE(day.error().detail.empty());
    }
}

TEST(time, an_impossible_date_says_so_and_a_misshapen_one_says_what_to_write) {
    EXPECT_NE(parse_date("2022-02-30").error().detail.find("no such day"), std::string::npos);
    EXPECT_NE(parse_date("30.2.2022").error().detail.find("YYYY-MM-DD"), std::string::npos);
}

TEST(time, an_instant_is_read_in_all_its_forms) {
    const UtcMs at = utc(2022, 8, 1, 1h);
    constexpr std::array<const char*, 8> same = {
        "2022-08-01 09:00",
        "2022-08-01T09:00",
        "2022-08-01 09:00:00",
        "2022-08-01T09:00:00.000",
        "2022-08-01T09:00+08:00",
        "2022-08-01T01:00:00Z",
        "2022-07-31 21:30-03:30",
        "2022-08-01T01:00:00.000Z",
    };
    for (const char* text : same) {
        ASSERT_TRUE(parse_instant(text)) << text;
        EXPECT_EQ(*parse_instant(text), at) << text;
    }
    EXPECT_EQ(parse_instant("2022-08-01").value(), at - 9h);
    EXPECT_EQ(parse_instant("2022-08-01 09:00:01.002").value(), at + 1002ms);
}

TEST(time, a_misshapen_instant_is_refused) {
    constexpr std::array<const char*, 15> refused = {
        "2022-08-01 24:00",
        "2022-08-01 09:60",
        "2022-08-01 09:00:60",
        "2022-08-01 9:00",
        "2022-08-01T",
        "2022-08-01 09",
        "2022-08-01 09:00 ",
        "2022-08-01 09:00:00.1",
        "2022-08-01 09:00+8",
        "2022-08-01Z",
        "2022-02-30 09:00",
        "2022-08-01 09:00ZZ",
        "2022-08-01 09:00+24:00",
        "2022-08-01 09:00.000",
        "x",
    };
    for (const char* text : refused) {
        EXPECT_EQ(refusal(text), "bad_date") << text;
    }
}

TEST(time, an_instant_whose_day_in_utc_cannot_be_written_is_refused) {
    EXPECT_EQ(refusal("0001-01-01"), "bad_date");
    EXPECT_EQ(refusal("9999-12-31T23:59:59-01:00"), "bad_date");
    for (const char* edge : {"0001-01-01T08:00", "9999-12-31T23:59:59.999Z"}) {
        const auto instant = parse_instant(edge);
        ASSERT_TRUE(instant) << edge;
        EXPECT_EQ(parse_instant(to_iso_utc(*instant)), instant) << edge;
    }
}

TEST(time, the_ends_of_time_print_without_overflow) {
    EXPECT_EQ(to_office_string(UtcMs::max()), "9999-12-31 23:59:59.999");
    EXPECT_EQ(to_office_string(UtcMs::min()), "0001-01-01 00:00");
    EXPECT_EQ(to_string(Date::max()), "9999-12-31");
    EXPECT_EQ(year_of(parse_date("2026-02-13").value()), 2026);
}

UtcMs any_instant() {
    // 0002 … 9998, so that no offset leaves the years that have four digits
    return UtcMs{Millis{*rc::gen::inRange<std::int64_t>(-62'100'000'000'000, 253'300'000'000'000)}};
}

RC_GTEST_PROP(time, printed_instants_read_back, ()) {
    const UtcMs at = any_instant();
    const OfficeOffset offset{std::chrono::minutes{*rc::gen::inRange(-14 * 60, 14 * 60)}};
    RC_ASSERT(parse_instant(to_iso_utc(at), offset).value() == at);
    RC_ASSERT(parse_instant(to_office_string(at, offset), offset).value() == at);
    RC_ASSERT(parse_date(to_string(office_date(at, offset))).value() == office_date(at, offset));
}

RC_GTEST_PROP(time, day_and_time_of_day_make_the_instant, ()) {
    const UtcMs at = any_instant();
    RC_ASSERT(start_of(office_date(at)) + time_of_day(at) == at);
    RC_ASSERT(time_of_day(at) >= 0ms && time_of_day(at) < 24h);
}

}  // namespace
}  // namespace zt
