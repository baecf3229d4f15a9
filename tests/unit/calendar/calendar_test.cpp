// Table tests: golden vectors of DOMAIN.md 6.2 and one row or more for each rule of calendar.hpp.

#include "calendar/calendar.hpp"
#include "sample.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace zt::calendar {
namespace {

std::string due_text(
    const Calendar& cn,
    std::string_view start,
    std::string_view length,
    std::vector<Pause> pauses = {}
) {
    const Due due = due_of(cn, at(start), len(length), pauses);
    return (due.at == never ? "never" : to_office_string(due.at)) +
           (due.provisional ? " provisional" : "");
}

TEST(calendar, working_days_of_2026_by_month) {
    const Calendar cn = only_2026();
    const std::array<int, 12> expected{21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23};
    std::int64_t total = 0;
    for (unsigned month = 1; month <= 12; ++month) {
        const auto first = std::chrono::year{2026} / std::chrono::month{month} / 1;
        const auto last = first.year() / first.month() / std::chrono::last;
        const auto count = count_working_days(cn, Date{first} - std::chrono::days{1}, Date{last});
        EXPECT_EQ(count, expected.at(month - 1)) << "month " << month;
        total += count;
    }
    EXPECT_EQ(total, 248);
}

struct Golden {
    const char* start;
    int working_days;
    const char* due;
};

class golden : public testing::TestWithParam<Golden> {};

TEST_P(golden, vector_of_2026) {
    const Calendar cn = only_2026();
    const Length length{GetParam().working_days, Unit::working_days};
    for (const char* hour : {" 00:00", " 10:00", " 23:59:59.999"}) {
        const UtcMs start = at(std::string(GetParam().start) + hour);
        const auto proof = explain(cn, start, length);
        ASSERT_TRUE(proof.has_value()) << to_string(proof.error());
        EXPECT_FALSE(proof->due.provisional);
        EXPECT_EQ(to_string(shown_day(cn, proof->due.at, length)), GetParam().due);
        EXPECT_EQ(proof->due.at, start_of(day(GetParam().due) + std::chrono::days{1}));
        EXPECT_EQ(due_of(cn, start, length), proof->due);
        EXPECT_EQ(
            add_working_days(cn, day(GetParam().start), GetParam().working_days),
            day(GetParam().due)
        );
    }
}

INSTANTIATE_TEST_SUITE_P(
    domain_6_2,
    golden,
    testing::Values(
        Golden{"2026-01-01", 1, "2026-01-04"},
        Golden{"2026-02-13", 1, "2026-02-14"},
        Golden{"2026-02-13", 2, "2026-02-24"},
        Golden{"2026-02-13", 5, "2026-02-27"},
        Golden{"2026-02-17", 5, "2026-02-28"},
        Golden{"2026-04-30", 5, "2026-05-11"},
        Golden{"2026-04-30", 10, "2026-05-18"},
        Golden{"2026-05-08", 1, "2026-05-09"},
        Golden{"2026-06-18", 15, "2026-07-10"},
        Golden{"2026-09-18", 5, "2026-09-24"},
        Golden{"2026-09-18", 10, "2026-10-09"},
        Golden{"2026-09-30", 1, "2026-10-08"},
        Golden{"2026-09-30", 5, "2026-10-13"}
    )
);

TEST(calendar, an_unknown_year_is_refused_by_name_and_provisional_for_a_running_clock) {
    const Calendar cn = only_2026();
    const auto refused = explain(cn, at("2026-12-31 10:00"), len("1wd"));
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, Errc::unknown_year);
    EXPECT_NE(refused.error().detail.find("2027 calendar missing"), std::string::npos);
    EXPECT_NE(refused.error().detail.find("calendars/cn.yaml"), std::string::npos);
    // 2027-01-01 is a Friday; the weekly pattern knows no New Year.
    EXPECT_EQ(due_text(cn, "2026-12-31 10:00", "1wd"), "2027-01-02 00:00 provisional");
    const auto proof = explain(cn, at("2026-12-31 10:00"), len("1wd"), {}, Unknown::provisional);
    ASSERT_TRUE(proof.has_value());
    EXPECT_TRUE(proof->due.provisional);
    EXPECT_EQ(due_text(cn, "2026-12-31 18:00", "1sh"), "2027-01-01 09:30 provisional");
    EXPECT_EQ(due_text(cn, "2026-12-31 17:00", "1sh"), "2026-12-31 18:00");
    EXPECT_EQ(due_text(cn, "2026-12-30 10:00", "1wd"), "2027-01-01 00:00");
}

TEST(calendar, the_first_unknown_year_is_named) {
    const auto refused = explain(only_2026(), at("2026-12-01 10:00"), len("400wd"));
    ASSERT_FALSE(refused.has_value());
    EXPECT_TRUE(refused.error().detail.starts_with("2027 calendar missing"));
}

TEST(calendar, clocks_that_ignore_holidays_need_no_year_table) {
    const Calendar cn = only_2026();
    EXPECT_EQ(due_text(cn, "2026-12-31 10:00", "24h"), "2027-01-01 10:00");
    EXPECT_EQ(due_text(cn, "2026-12-31 10:00", "15d"), "2027-01-16 00:00");
    EXPECT_EQ(due_text(cn, "2031-01-31 10:00", "1mo"), "2031-03-01 00:00");
    EXPECT_TRUE(explain(cn, at("2026-12-31 10:00"), len("15d")).has_value());
}

struct Row {
    const char* name;
    const char* start;
    const char* length;
    std::vector<std::array<const char*, 2>> pauses;  ///< an empty end is open
    const char* due;
};

class due_table : public testing::TestWithParam<Row> {};

TEST_P(due_table, row) {
    std::vector<Pause> pauses;
    for (const auto& [from, until] : GetParam().pauses) {
        const std::string_view end = until;
        pauses.push_back({at(from), end.empty() ? std::nullopt : std::optional(at(end)), "补正"});
    }
    Calendar cn = only_2026();
    cn.years[2026].days[day("2026-03-18")] = {DayKind::half_day, "州庆"};
    EXPECT_EQ(due_text(cn, GetParam().start, GetParam().length, pauses), GetParam().due);
}

INSTANTIATE_TEST_SUITE_P(
    rules,
    due_table,
    testing::Values(
        // hours: 24×7, to the millisecond
        Row{"hours", "2026-02-14 23:30:00.250", "2h", {}, "2026-02-15 01:30:00.250"},
        Row{"minutes", "2026-02-14 23:45", "30min", {}, "2026-02-15 00:15"},
        Row{"no_hours", "2026-02-14 23:45", "0h", {}, "2026-02-14 23:45"},
        Row{"hours_paused",
            "2026-03-02 10:00",
            "2h",
            {{"2026-03-02 11:00", "2026-03-02 11:00:00.001"}},
            "2026-03-02 12:00:00.001"},
        Row{"hours_over_two_pauses",
            "2026-03-02 10:00",
            "2h",
            {{"2026-03-02 09:00", "2026-03-02 10:30"}, {"2026-03-02 11:00", "2026-03-03 11:00"}},
            "2026-03-03 12:30"},
        Row{"hours_overlapping_pauses",
            "2026-03-02 10:00",
            "2h",
            {{"2026-03-02 11:00", "2026-03-02 14:00"}, {"2026-03-02 12:00", "2026-03-02 13:00"}},
            "2026-03-02 15:00"},
        Row{"hours_end_as_a_pause_begins",
            "2026-03-02 10:00",
            "2h",
            {{"2026-03-02 12:00", ""}},
            "2026-03-02 12:00"},
        Row{"hours_paused_for_ever",
            "2026-03-02 10:00",
            "2h",
            {{"2026-03-02 11:59:59.999", ""}},
            "never"},
        // service hours
        Row{"service_within", "2026-03-02 09:00", "2sh", {}, "2026-03-02 11:00"},
        Row{"service_over_noon", "2026-03-02 11:30", "2sh", {}, "2026-03-02 16:00"},
        Row{"service_ends_with_the_window", "2026-03-02 08:00", "210smin", {}, "2026-03-02 12:00"},
        Row{"service_begins_after_hours", "2026-03-02 20:00", "1sh", {}, "2026-03-03 09:30"},
        Row{"service_over_a_holiday", "2026-02-14 17:30", "1sh", {}, "2026-02-24 09:00"},
        Row{"service_on_a_makeup_saturday", "2026-02-28 08:30", "1sh", {}, "2026-02-28 09:30"},
        Row{"service_on_a_half_day", "2026-03-18 11:00", "2sh", {}, "2026-03-19 09:30"},
        Row{"service_paused",
            "2026-03-02 09:00",
            "2sh",
            {{"2026-03-02 10:00", "2026-03-02 15:00"}},
            "2026-03-02 16:00"},
        Row{"service_paused_at_night_loses_nothing",
            "2026-03-02 17:00",
            "2sh",
            {{"2026-03-02 18:00", "2026-03-03 08:30"}},
            "2026-03-03 09:30"},
        Row{"service_paused_for_ever",
            "2026-03-02 17:00",
            "2sh",
            {{"2026-03-02 20:00", ""}},
            "never"},
        // working days
        Row{"no_days_end_with_the_start_day", "2026-03-02 10:00", "0wd", {}, "2026-03-03 00:00"},
        Row{"half_day_counts", "2026-03-17 10:00", "1wd", {}, "2026-03-19 00:00"},
        Row{"makeup_saturday_counts", "2026-02-27 10:00", "1wd", {}, "2026-03-01 00:00"},
        Row{"a_touched_day_does_not_count",
            "2026-03-02 10:00",
            "2wd",
            {{"2026-03-03 09:00", "2026-03-03 09:01"}},
            "2026-03-06 00:00"},
        Row{"the_start_day_may_be_touched",
            "2026-03-02 10:00",
            "2wd",
            {{"2026-03-02 11:00", "2026-03-02 12:00"}},
            "2026-03-05 00:00"},
        Row{"a_pause_until_midnight_spares_the_next_day",
            "2026-03-02 10:00",
            "2wd",
            {{"2026-03-03 23:59:59.999", "2026-03-04 00:00"}},
            "2026-03-06 00:00"},
        Row{"a_pause_over_midnight_takes_two_days",
            "2026-03-02 10:00",
            "2wd",
            {{"2026-03-03 23:59:59.999", "2026-03-04 00:00:00.001"}},
            "2026-03-07 00:00"},
        Row{"two_pauses_on_a_day_take_it_once",
            "2026-03-02 10:00",
            "2wd",
            {{"2026-03-03 09:00", "2026-03-03 10:00"}, {"2026-03-03 11:00", "2026-03-03 12:00"}},
            "2026-03-06 00:00"},
        Row{"a_pause_over_the_weekend_takes_nothing",
            "2026-03-06 10:00",
            "1wd",
            {{"2026-03-07 09:00", "2026-03-08 12:00"}},
            "2026-03-10 00:00"},
        Row{"a_pause_of_no_length_takes_nothing",
            "2026-03-02 10:00",
            "2wd",
            {{"2026-03-03 09:00", "2026-03-03 09:00"}},
            "2026-03-05 00:00"},
        Row{"days_paused_for_ever", "2026-03-02 10:00", "2wd", {{"2026-03-04 09:00", ""}}, "never"},
        Row{"an_open_pause_after_the_end_changes_nothing",
            "2026-03-02 10:00",
            "2wd",
            {{"2026-03-05 00:00", ""}},
            "2026-03-05 00:00"},
        // calendar days
        Row{"days_over_a_holiday", "2026-02-13 10:00", "7d", {}, "2026-02-21 00:00"},
        Row{"days_paused",
            "2026-02-13 10:00",
            "7d",
            {{"2026-02-15 09:00", "2026-02-16 09:00"}},
            "2026-02-23 00:00"},
        // months
        Row{"month_clamps", "2026-01-31 10:00", "1mo", {}, "2026-03-01 00:00"},
        Row{"month_clamps_in_a_leap_year", "2028-01-31 10:00", "1mo", {}, "2028-03-01 00:00"},
        Row{"months_over_the_year", "2026-11-30 10:00", "3mo", {}, "2027-03-01 00:00"},
        Row{"months_from_a_leap_day", "2028-02-29 10:00", "12mo", {}, "2029-03-01 00:00"},
        Row{"month_keeps_the_day_number", "2026-03-15 10:00", "1mo", {}, "2026-04-16 00:00"},
        Row{"month_paused",
            "2026-03-15 10:00",
            "1mo",
            {{"2026-03-20 09:00", "2026-03-21 09:00"}},
            "2026-04-18 00:00"}
    ),
    [](const auto& row) { return std::string(row.param.name); }
);

TEST(calendar, the_start_day_is_that_of_office_time) {
    const Calendar cn = only_2026();
    // 23:30 of the 12th in UTC is 07:30 of the 13th in the office.
    EXPECT_EQ(
        to_string(shown_day(cn, due_of(cn, at("2026-02-12T23:30Z"), len("1wd")).at, len("1wd"))),
        "2026-02-14"
    );
}

TEST(calendar, the_proof_says_of_each_day_why) {
    const std::vector<Pause> pauses{{at("2026-02-24 09:00"), at("2026-02-24 17:00"), "鉴定"}};
    const auto proof = explain(only_2026(), at("2026-02-13 10:00"), len("2wd"), pauses);
    ASSERT_TRUE(proof.has_value());
    ASSERT_EQ(proof->days.size(), 13U);
    EXPECT_FALSE(proof->cut);
    EXPECT_EQ(
        proof->days.front(),
        (ProofDay{day("2026-02-13"), DayMark::start, DayKind::working, "", 0, ""})
    );
    EXPECT_EQ(
        proof->days.at(1),
        (ProofDay{day("2026-02-14"), DayMark::counted, DayKind::makeup_working, "调休", 1, ""})
    );
    EXPECT_EQ(
        proof->days.at(2),
        (ProofDay{day("2026-02-15"), DayMark::skipped, DayKind::holiday, "春节", 1, ""})
    );
    EXPECT_EQ(
        proof->days.at(11),
        (ProofDay{day("2026-02-24"), DayMark::paused, DayKind::working, "", 1, "鉴定"})
    );
    EXPECT_EQ(
        proof->days.back(),
        (ProofDay{day("2026-02-25"), DayMark::counted, DayKind::working, "", 2, ""})
    );
    EXPECT_EQ(to_office_string(proof->due.at), "2026-02-26 00:00");
}

TEST(calendar, a_day_off_is_skipped_even_when_it_was_paused) {
    const std::vector<Pause> pauses{{at("2026-03-07 09:00"), at("2026-03-08 17:00"), "鉴定"}};
    const auto proof = explain(only_2026(), at("2026-03-06 10:00"), len("1wd"), pauses);
    ASSERT_TRUE(proof.has_value());
    ASSERT_EQ(proof->days.size(), 4U);
    EXPECT_EQ(
        proof->days.at(1),
        (ProofDay{day("2026-03-07"), DayMark::skipped, DayKind::weekend, "", 0, ""})
    );
}

TEST(calendar, the_proof_of_service_hours_counts_minutes) {
    const std::vector<Pause> pauses{
        {at("2026-03-02 17:30"), at("2026-03-02 17:45"), "补正"},
        {at("2026-03-03 00:00"), at("2026-03-04 00:00"), "听证"}
    };
    const auto proof = explain(only_2026(), at("2026-03-01 12:00"), len("8sh"), pauses);
    ASSERT_TRUE(proof.has_value());
    ASSERT_EQ(proof->days.size(), 4U);
    EXPECT_EQ(
        proof->days.at(0),
        (ProofDay{day("2026-03-01"), DayMark::start, DayKind::weekend, "", 0, ""})
    );
    EXPECT_EQ(
        proof->days.at(1),
        (ProofDay{day("2026-03-02"), DayMark::counted, DayKind::working, "", 405, "补正"})
    );
    EXPECT_EQ(
        proof->days.at(2),
        (ProofDay{day("2026-03-03"), DayMark::paused, DayKind::working, "", 405, "听证"})
    );
    EXPECT_EQ(
        proof->days.at(3),
        (ProofDay{day("2026-03-04"), DayMark::counted, DayKind::working, "", 480, ""})
    );
    EXPECT_EQ(to_office_string(proof->due.at), "2026-03-04 09:45");
}

TEST(calendar, a_clock_that_stands_still_proves_the_days_until_then) {
    const std::vector<Pause> pauses{{at("2026-03-04 09:00"), std::nullopt, "需上级明确"}};
    const auto proof = explain(only_2026(), at("2026-03-02 10:00"), len("5wd"), pauses);
    ASSERT_TRUE(proof.has_value());
    EXPECT_EQ(proof->due, (Due{never, false}));
    ASSERT_EQ(proof->days.size(), 3U);
    EXPECT_EQ(proof->days.back().mark, DayMark::paused);
    EXPECT_EQ(proof->days.back().pause_reason, "需上级明确");
}

TEST(calendar, a_calendar_that_never_works_ends_never) {
    Calendar idle = only_2026();
    idle.service.clear();
    EXPECT_EQ(due_of(idle, at("2026-03-02 10:00"), len("1sh")), (Due{never, false}));
    const auto proof = explain(idle, at("2026-03-02 10:00"), len("1sh"), {}, Unknown::provisional);
    ASSERT_TRUE(proof.has_value());
    EXPECT_EQ(proof->days.size(), proof_days_max);
    EXPECT_TRUE(proof->cut);
}

TEST(calendar, a_notice_may_speak_of_the_december_before_its_year) {
    Calendar cn = only_2026();
    EXPECT_TRUE(cn.is_working(day("2026-12-31")));
    cn.years[2027].days[day("2026-12-31")] = {DayKind::holiday, "元旦"};
    EXPECT_FALSE(cn.is_working(day("2026-12-31")));
    EXPECT_EQ(cn.rule_name(day("2026-12-31")), "元旦");
    EXPECT_EQ(due_text(cn, "2026-12-30 10:00", "1wd"), "2027-01-02 00:00");
}

TEST(calendar, a_half_day_has_the_first_window_unless_told_otherwise) {
    Calendar cn = only_2026();
    cn.years[2026].days[day("2026-03-18")] = {DayKind::half_day, "州庆"};
    const UtcMs begin = at("2026-03-18 00:00");
    EXPECT_EQ(count_service_minutes(cn, begin, begin + std::chrono::days{1}), 210);
    cn.half_day_service = {{14 * 60, 16 * 60}};
    EXPECT_EQ(count_service_minutes(cn, begin, begin + std::chrono::days{1}), 120);
    EXPECT_EQ(cn.kind_of(day("2026-03-18")), DayKind::half_day);
}

TEST(calendar, paused_days_are_counted_once_each) {
    const Calendar cn = only_2026();
    const std::vector<Pause> pauses{
        {at("2026-03-02 09:00"), at("2026-03-02 10:00"), ""},
        {at("2026-03-02 11:00"), at("2026-03-03 00:00"), ""},
        {at("2026-03-05 23:00"), at("2026-03-06 01:00"), ""},
        {at("2026-03-06 12:00"), std::nullopt, ""}
    };
    EXPECT_EQ(count_paused_days(cn, pauses, at("2026-03-01 00:00")), 0);
    EXPECT_EQ(count_paused_days(cn, pauses, at("2026-03-04 00:00")), 1);
    EXPECT_EQ(count_paused_days(cn, pauses, at("2026-03-06 12:00")), 3);
    EXPECT_EQ(count_paused_days(cn, pauses, at("2026-03-08 00:00")), 4);
    EXPECT_EQ(count_paused_days(cn, pauses, at("2026-03-08 00:00:00.001")), 5);
}

TEST(calendar, a_warning_comes_so_many_days_before_the_last) {
    const Calendar cn = only_2026();
    const UtcMs due = due_of(cn, at("2026-02-13 10:00"), len("5wd")).at;  // 2026-02-27
    EXPECT_EQ(to_office_string(before_due(cn, due, len("0wd"))), "2026-02-27 00:00");
    EXPECT_EQ(to_office_string(before_due(cn, due, len("1wd"))), "2026-02-26 00:00");
    EXPECT_EQ(to_office_string(before_due(cn, due, len("4wd"))), "2026-02-14 00:00");
    EXPECT_EQ(to_office_string(before_due(cn, due, len("3d"))), "2026-02-24 00:00");
    EXPECT_EQ(to_office_string(before_due(cn, due, len("1mo"))), "2026-01-27 00:00");
    EXPECT_EQ(
        to_office_string(before_due(cn, at("2026-02-27 10:20"), len("30min"))), "2026-02-27 09:50"
    );
}

TEST(length, texts_are_read_and_written) {
    const std::vector<std::pair<const char*, Length>> rows{
        {"30min", {30, Unit::hours}},
        {"2h", {120, Unit::hours}},
        {"90min", {90, Unit::hours}},
        {"4sh", {240, Unit::service_hours}},
        {"30smin", {30, Unit::service_hours}},
        {"5wd", {5, Unit::working_days}},
        {"15d", {15, Unit::calendar_days}},
        {"3mo", {3, Unit::months}},
        {"0h", {0, Unit::hours}},
    };
    for (const auto& [text, length] : rows) {
        EXPECT_EQ(parse_length(text).value(), length) << text;
        EXPECT_EQ(to_string(length), text);
    }
    EXPECT_EQ(parse_length("120min").value(), (Length{120, Unit::hours}));
}

TEST(length, other_texts_are_refused_with_what_would_be_right) {
    for (const char* text :
         {"",
          "5",
          "wd",
          "5 wd",
          " 5wd",
          "5wd ",
          "-5wd",
          "+5wd",
          "1.5h",
          "5w",
          "5WD",
          "5日",
          "3651wd",
          "121mo",
          "99999999999999999999d",
          "9223372036854775807h",
          "0x5d"}) {
        const auto length = parse_length(text);
        ASSERT_FALSE(length.has_value()) << text;
        EXPECT_EQ(length.error().code, Errc::bad_value);
        EXPECT_NE(length.error().detail.find("5wd"), std::string::npos);
    }
}

}  // namespace
}  // namespace zt::calendar
