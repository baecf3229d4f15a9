#include "kindfile/calendar_file.hpp"

#include <boost/json/src.hpp>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

namespace zt::kindfile {
namespace {

using calendar::Calendar;
using calendar::DayKind;
using calendar::ServiceWindow;

std::string text_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    EXPECT_TRUE(in.good()) << path;
    return {std::istreambuf_iterator<char>(in), {}};
}

Date day(std::string_view text) { return parse_date(text).value(); }

Calendar shipped() {
    static const Calendar cn = [] {
        auto read = read_calendar(text_of(ZT_SOURCE_DIR "/calendars/cn.yaml"), "calendars/cn.yaml");
        EXPECT_TRUE(read.has_value()) << to_string(read.error());
        return read.value_or(Calendar{});
    }();
    return cn;
}

TEST(calendar_file, the_shipped_calendar_knows_2007_to_2026_each_with_its_notice) {
    const Calendar cn = shipped();
    EXPECT_EQ(cn.name, "cn");
    EXPECT_EQ(cn.version, 1U);
    EXPECT_EQ(cn.offset, OfficeOffset{});
    EXPECT_EQ(cn.service, (std::vector<ServiceWindow>{{510, 720}, {870, 1080}}));
    EXPECT_EQ(cn.half_day_service, (std::vector<ServiceWindow>{{510, 720}}));
    ASSERT_EQ(cn.years.size(), 20U);
    EXPECT_EQ(cn.years.begin()->first, 2007);
    EXPECT_EQ(cn.years.rbegin()->first, 2026);
    for (const auto& [year, table] : cn.years) {
        ASSERT_FALSE(table.notices.empty()) << year;
        EXPECT_NE(table.notices.front().find("www.gov.cn/"), std::string::npos) << year;
        EXPECT_GE(table.days.size(), 27U) << year;
    }
    EXPECT_EQ(cn.years.at(2020).notices.size(), 2U);  // the holiday of the epidemic was prolonged
    EXPECT_EQ(cn.rule_name(day("2026-02-17")), "春节");
    EXPECT_EQ(cn.kind_of(day("2022-12-31")), DayKind::holiday);  // from the notice for 2023
    EXPECT_EQ(cn.kind_of(day("2020-02-03")), DayKind::working);
}

TEST(calendar_file, the_shipped_calendar_gives_the_working_days_of_2026) {
    EXPECT_EQ(count_working_days(shipped(), day("2025-12-31"), day("2026-12-31")), 248);
    const auto proof = explain(
        shipped(), parse_instant("2026-02-13T10:00").value(), calendar::parse_length("5wd").value()
    );
    ASSERT_TRUE(proof.has_value());
    EXPECT_EQ(to_office_string(proof->due.at), "2026-02-28 00:00");
    EXPECT_EQ(
        explain(
            shipped(), parse_instant("2026-12-31T10:00").value(), {1, calendar::Unit::working_days}
        )
            .error()
            .code,
        Errc::unknown_year
    );
}

TEST(calendar_file, both_holiday_sources_agree_on_every_day_of_2019_to_2026) {
    const std::filesystem::path other =
        ZT_SOURCE_DIR "/../shared/data/cn_calendar/chinese-days.json";
    if (!std::filesystem::exists(other)) {
        GTEST_SKIP() << "the second source is not here: " << other;
    }
    const boost::json::value root = boost::json::parse(text_of(other));
    std::set<std::string, std::less<>> holidays;
    std::set<std::string, std::less<>> workdays;
    for (const auto& member : root.at("holidays").as_object()) {
        holidays.emplace(member.key());
    }
    for (const auto& member : root.at("workdays").as_object()) {
        workdays.emplace(member.key());
    }
    ASSERT_GT(holidays.size(), 500U);
    ASSERT_GT(workdays.size(), 100U);
    const Calendar cn = shipped();
    int compared = 0;
    for (Date date = day("2019-01-01"); date <= day("2026-12-31");
         date += std::chrono::days{1}, ++compared) {
        const std::string text = to_string(date);
        const bool weekend = std::chrono::weekday{date}.iso_encoding() > 5;
        const bool other_works = workdays.contains(text) || (!weekend && !holidays.contains(text));
        EXPECT_EQ(cn.is_working(date), other_works) << text;
    }
    EXPECT_EQ(compared, 2922);
}

constexpr std::string_view base_text = R"(calendar: base
version: 3
title: {zh: 基础, en: base}
source: test
service: ["08:00-12:00", "14:00-18:00"]
years:
  2026:
    notices: [https://example.invalid/2026]
    holidays: {元旦: [2026-01-01..2026-01-03], 州庆: [2026-08-05]}
    makeup: {元旦: [2026-01-04]}
  2027:
    notices: [https://example.invalid/2027]
    holidays: {元旦: [2026-12-31..2027-01-01]}
)";

constexpr std::string_view local_text = R"(calendar: town
version: 1
title: {zh: 镇, en: town}
source: test
extends: base
half_day_service: ["08:00-11:30"]
local:
  - {date: 2026-03-02, until: 2026-03-03, kind: holiday, name: 泼水节, source: 州政府令}
  - {date: 2026-03-04, kind: half_day, name: 泼水节前夕, source: 州政府令}
  - {date: 2026-01-02, kind: makeup, name: 值班, source: 镇通知}
  - {date: 2026-12-31, kind: makeup, name: 年终, source: 镇通知}
)";

Calendar base() { return read_calendar(base_text, "base.yaml").value(); }

TEST(calendar_file, a_place_adds_its_own_days_to_another_calendar) {
    const auto town = read_calendar(local_text, "town.yaml", {{"base", base()}});
    ASSERT_TRUE(town.has_value()) << to_string(town.error());
    EXPECT_EQ(town->name, "town");
    EXPECT_EQ(town->version, 1U);
    EXPECT_EQ(town->service, base().service);
    EXPECT_EQ(town->half_day_service, (std::vector<ServiceWindow>{{480, 690}}));
    EXPECT_EQ(town->kind_of(day("2026-03-02")), DayKind::holiday);
    EXPECT_EQ(town->kind_of(day("2026-03-03")), DayKind::holiday);
    EXPECT_EQ(town->rule_name(day("2026-03-03")), "泼水节");
    EXPECT_EQ(town->kind_of(day("2026-03-04")), DayKind::half_day);
    EXPECT_EQ(town->kind_of(day("2026-01-02")), DayKind::makeup_working);
    EXPECT_EQ(town->kind_of(day("2026-01-01")), DayKind::holiday);
    EXPECT_EQ(town->kind_of(day("2026-12-31")), DayKind::makeup_working);
    EXPECT_EQ(base().kind_of(day("2026-12-31")), DayKind::holiday);
    EXPECT_EQ(town->years.at(2026).notices, base().years.at(2026).notices);
}

TEST(calendar_file, several_files_are_read_in_any_order) {
    const std::vector<CalendarSource> sources{
        {"a.yaml", std::string(local_text)}, {"b.yaml", std::string(base_text)}
    };
    const auto all = read_calendars(sources);
    ASSERT_TRUE(all.has_value()) << to_string(all.error());
    EXPECT_EQ(all->size(), 2U);
    EXPECT_EQ(all->at("town").rule_name(day("2026-03-02")), "泼水节");
    EXPECT_EQ(all->at("base"), base());
}

TEST(calendar_file, two_of_one_name_and_rings_are_refused) {
    const std::vector<CalendarSource> twice{
        {"a.yaml", std::string(base_text)}, {"b.yaml", std::string(base_text)}
    };
    EXPECT_NE(
        read_calendars(twice).error().detail.find("stands already in a.yaml"), std::string::npos
    );
    const auto extending = [](const std::string& name, const std::string& other) {
        return CalendarSource{
            name + ".yaml",
            "calendar: " + name +
                "\nversion: 1\ntitle: {zh: a, en: b}\nsource: s\nextends: " + other + "\n"
        };
    };
    const std::vector<CalendarSource> ring{extending("a", "b"), extending("b", "a")};
    EXPECT_EQ(read_calendars(ring).error().at, "a.yaml:5");
    EXPECT_NE(read_calendars(ring).error().detail.find("ring"), std::string::npos);
    const std::vector<CalendarSource> alone{extending("a", "nothing")};
    EXPECT_EQ(read_calendars(alone).error().code, Errc::unknown_word);
}

struct Broken {
    const char* name;
    const char* from;  ///< text of base_text to replace
    const char* to;
    Errc code;
    const char* at;
    const char* says;
};

class broken_calendar : public testing::TestWithParam<Broken> {};

TEST_P(broken_calendar, is_refused_with_place_and_cure) {
    std::string text(base_text);
    const std::size_t position = text.find(GetParam().from);
    ASSERT_NE(position, std::string::npos);
    text.replace(position, std::string_view(GetParam().from).size(), GetParam().to);
    const auto read = read_calendar(text, "c.yaml");
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().code, GetParam().code) << to_string(read.error());
    EXPECT_EQ(read.error().at, GetParam().at) << to_string(read.error());
    EXPECT_NE(read.error().detail.find(GetParam().says), std::string::npos)
        << to_string(read.error());
}

INSTANTIATE_TEST_SUITE_P(
    table,
    broken_calendar,
    testing::Values(
        Broken{"typo", "source:", "sorce:", Errc::unknown_key, "c.yaml:4", "source"},
        Broken{"typo_in_year", "makeup:", "makup:", Errc::unknown_key, "c.yaml:10", "makeup"},
        Broken{"no_name", "calendar: base", "# none", Errc::missing_key, "c.yaml:2", "calendar"},
        Broken{
            "version_zero", "version: 3", "version: 0", Errc::bad_number, "c.yaml:2", "1 or more"
        },
        Broken{
            "half_version",
            "version: 3",
            "version: 1.5",
            Errc::bad_number,
            "c.yaml:2",
            "whole number"
        },
        Broken{
            "no_title_in_english",
            "{zh: 基础, en: base}",
            "{zh: 基础}",
            Errc::missing_key,
            "c.yaml:3",
            "en"
        },
        Broken{
            "window_backwards",
            "08:00-12:00",
            "12:00-08:00",
            Errc::bad_value,
            "c.yaml:5",
            "08:30-12:00"
        },
        Broken{
            "window_of_25_hours",
            "14:00-18:00",
            "14:00-25:00",
            Errc::bad_value,
            "c.yaml:5",
            "span of a day"
        },
        Broken{
            "windows_overlap", "14:00-18:00", "11:00-18:00", Errc::bad_value, "c.yaml:5", "in order"
        },
        Broken{
            "no_windows",
            "[\"08:00-12:00\", \"14:00-18:00\"]",
            "[]",
            Errc::bad_value,
            "c.yaml:5",
            "at least one"
        },
        Broken{
            "bad_offset",
            "source: test",
            "source: test\noffset: 8",
            Errc::bad_value,
            "c.yaml:5",
            "+08:00"
        },
        Broken{
            "year_is_no_number", "  2026:", "  next:", Errc::bad_value, "c.yaml:7", "four digits"
        },
        Broken{"year_twice", "  2027:", "  2026:", Errc::bad_yaml, "c.yaml:11", "twice"},
        Broken{
            "no_notice",
            "notices: [https://example.invalid/2026]",
            "notices: []",
            Errc::bad_value,
            "c.yaml:8",
            "notice"
        },
        Broken{"no_such_day", "2026-08-05", "2026-02-30", Errc::bad_date, "c.yaml:9", "YYYY-MM-DD"},
        Broken{
            "range_backwards",
            "2026-01-01..2026-01-03",
            "2026-01-03..2026-01-01",
            Errc::bad_date,
            "c.yaml:9",
            "backwards"
        },
        Broken{
            "range_of_a_year",
            "2026-01-01..2026-01-03",
            "2026-01-01..2026-12-31",
            Errc::bad_date,
            "c.yaml:9",
            "two months"
        },
        Broken{
            "day_of_another_year",
            "2026-08-05",
            "2025-08-05",
            Errc::bad_date,
            "c.yaml:9",
            "its own year"
        },
        Broken{
            "makeup_on_a_weekday",
            "[2026-01-04]",
            "[2026-01-05]",
            Errc::bad_value,
            "c.yaml:10",
            "weekend"
        },
        Broken{
            "day_twice",
            "[2026-01-04]",
            "[2026-01-03]",
            Errc::bad_value,
            "c.yaml:10",
            "first in line 9"
        },
        Broken{
            "local_in_an_unknown_year",
            "years:",
            "local: [{date: 2028-01-05, kind: holiday, name: x, source: y}]\nyears:",
            Errc::unknown_year,
            "c.yaml:6",
            "2028"
        },
        Broken{
            "local_of_unknown_kind",
            "years:",
            "local: [{date: 2026-01-05, kind: off, name: x, source: y}]\nyears:",
            Errc::unknown_word,
            "c.yaml:6",
            "half_day"
        },
        Broken{
            "local_without_source",
            "years:",
            "local: [{date: 2026-01-05, kind: holiday, name: x}]\nyears:",
            Errc::missing_key,
            "c.yaml:6",
            "source"
        },
        Broken{
            "local_backwards",
            "years:",
            "local: [{date: 2026-01-05, until: 2026-01-04, kind: holiday, name: x, source: y}]\nyears:",
            Errc::bad_date,
            "c.yaml:6",
            "before"
        },
        Broken{
            "extends_nothing",
            "years:",
            "extends: cn\nyears:",
            Errc::unknown_word,
            "c.yaml:6",
            "no calendar `cn`"
        }
    ),
    [](const auto& row) { return std::string(row.param.name); }
);

TEST(calendar_file, a_calendar_without_years_is_refused) {
    const auto read =
        read_calendar("calendar: a\nversion: 1\ntitle: {zh: a, en: b}\nsource: s\n", "c.yaml");
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().code, Errc::missing_key);
}

}  // namespace
}  // namespace zt::kindfile
