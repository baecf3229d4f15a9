#pragma once
// The year 2026 as DOMAIN.md 6.2 lists it (notice of 2025-11-04), written by hand, and words to
// write instants with.

#include "calendar/calendar.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace zt::calendar {

inline Date day(std::string_view text) {
    const auto date = parse_date(text);
    EXPECT_TRUE(date.has_value()) << text;
    return date.value_or(Date{});
}

inline UtcMs at(std::string_view text) {
    const auto instant = parse_instant(text);
    EXPECT_TRUE(instant.has_value()) << text;
    return instant.value_or(UtcMs{});
}

inline Length len(std::string_view text) {
    const auto length = parse_length(text);
    EXPECT_TRUE(length.has_value()) << text;
    return length.value_or(Length{});
}

inline void
add_rules(YearTable& table, std::string_view first, std::string_view last, const DayRule& rule) {
    for (Date date = day(first); date <= day(last); date += std::chrono::days{1}) {
        table.days.insert_or_assign(date, rule);
    }
}

inline Calendar only_2026() {
    Calendar cn;
    YearTable& table = cn.years[2026];
    table.notices = {"https://example.invalid/notice"};
    add_rules(table, "2026-01-01", "2026-01-03", {DayKind::holiday, "元旦"});
    add_rules(table, "2026-02-15", "2026-02-23", {DayKind::holiday, "春节"});
    add_rules(table, "2026-04-04", "2026-04-06", {DayKind::holiday, "清明节"});
    add_rules(table, "2026-05-01", "2026-05-05", {DayKind::holiday, "劳动节"});
    add_rules(table, "2026-06-19", "2026-06-21", {DayKind::holiday, "端午节"});
    add_rules(table, "2026-09-25", "2026-09-27", {DayKind::holiday, "中秋节"});
    add_rules(table, "2026-10-01", "2026-10-07", {DayKind::holiday, "国庆节"});
    for (const char* date :
         {"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"}) {
        table.days.insert_or_assign(day(date), DayRule{DayKind::makeup_working, "调休"});
    }
    return cn;
}

}  // namespace zt::calendar
