// Properties of the working-time kernel against the oracle, on invented calendars: random holidays,
// makeup and half days, a missing year in the middle, random service hours and pauses.

#include "calendar/calendar.hpp"
#include "oracle.hpp"
#include "sample.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

namespace zt::calendar {
namespace {

using std::chrono::days;
using std::chrono::minutes;

const Date first_day = Date{std::chrono::year{2024} / 11 / 1};

int pick(int from, int until) { return *rc::gen::inRange(from, until); }

std::vector<ServiceWindow> any_windows() {
    std::vector<int> edges = *rc::gen::unique<std::vector<int>>(
        static_cast<std::size_t>(2 * pick(1, 4)), rc::gen::inRange(0, 1441)
    );
    std::ranges::sort(edges);
    std::vector<ServiceWindow> windows;
    for (std::size_t i = 0; i + 1 < edges.size(); i += 2) {
        windows.push_back({edges[i], edges[i + 1]});
    }
    return windows;
}

/// Years 2024 to 2027, one of them without a table now and then.
Calendar any_calendar() {
    Calendar calendar;
    const int missing = pick(2024, 2032);
    for (int year = 2024; year <= 2027; ++year) {
        if (year != missing) {
            calendar.years[year];
        }
    }
    for (int i = pick(0, 40); i > 0; --i) {
        const Date begin = first_day + days{pick(0, 900)};
        const auto kind = *rc::gen::element(
            DayKind::holiday, DayKind::holiday, DayKind::makeup_working, DayKind::half_day
        );
        for (int n = pick(1, 6); n > 0; --n) {
            const Date date = begin + days{n};
            const bool december =
                std::chrono::year_month_day{date}.month() == std::chrono::December;
            const int year = year_of(date) + (december && pick(0, 2) == 0 ? 1 : 0);
            if (calendar.knows(year)) {
                calendar.years[year].days.insert_or_assign(date, DayRule{kind, "x"});
            }
        }
    }
    calendar.service = any_windows();
    if (pick(0, 2) == 0) {
        calendar.half_day_service = any_windows();
    }
    return calendar;
}

UtcMs any_start() { return start_of(first_day) + days{pick(0, 500)} + minutes{pick(0, 1440)}; }

Length any_length(Unit unit) {
    switch (unit) {
    case Unit::hours: return {pick(0, 6'000), unit};
    case Unit::service_hours: return {pick(0, 3'000), unit};
    case Unit::working_days:
    case Unit::calendar_days: return {pick(0, 60), unit};
    case Unit::months: return {pick(0, 14), unit};
    }
    return {};
}

Unit any_unit() {
    return *rc::gen::element(
        Unit::hours, Unit::service_hours, Unit::working_days, Unit::calendar_days, Unit::months
    );
}

/// Pauses from a little before the start on; the last one is open now and then.
std::vector<Pause> any_pauses(UtcMs start) {
    std::vector<Pause> pauses;
    for (int i = pick(0, 5); i > 0; --i) {
        const UtcMs from = start + minutes{pick(-2'000, 20'000)};
        const int length = *rc::gen::element(0, 1, 30, 600, 1440, 4000);
        pauses.push_back({from, from + minutes{length}, "p"});
    }
    if (pick(0, 6) == 0) {
        pauses.push_back({start + minutes{pick(-100, 30'000)}, std::nullopt, "open"});
    }
    std::ranges::sort(pauses, {}, &Pause::from);
    return pauses;
}

RC_GTEST_PROP(calendar_property, due_agrees_with_the_oracle, ()) {
    const Calendar calendar = any_calendar();
    const UtcMs start = any_start();
    const Length length = any_length(any_unit());
    const auto pauses = any_pauses(start);
    const Due due = due_of(calendar, start, length, pauses);
    const Due expected = Oracle(calendar, pauses).due(start, length);
    RC_LOG() << to_string(length) << " from " << to_office_string(start) << '\n';
    RC_TAG(std::string(name_of(length.unit)));
    RC_ASSERT(due.at == expected.at);
    RC_ASSERT(due.provisional == expected.provisional);
}

RC_GTEST_PROP(calendar_property, the_proof_ends_with_the_due_and_counts_up_to_the_length, ()) {
    const Calendar calendar = any_calendar();
    const UtcMs start = any_start();
    const Length length = any_length(any_unit());
    const auto pauses = any_pauses(start);
    const auto proof = explain(calendar, start, length, pauses, Unknown::provisional);
    RC_ASSERT(proof.has_value());
    RC_ASSERT(proof->due == due_of(calendar, start, length, pauses));
    const bool in_minutes = length.unit == Unit::hours || length.unit == Unit::service_hours;
    std::int64_t counted = 0;
    Date day = office_date(start);
    for (const ProofDay& line : proof->days) {
        RC_ASSERT(line.day == day);
        RC_ASSERT((line.mark == DayMark::counted) == (line.counted > counted) || in_minutes);
        RC_ASSERT(line.mark != DayMark::paused || !line.pause_reason.empty());
        RC_ASSERT(line.kind == calendar.kind_of(day));
        counted = line.counted;
        day += days{1};
    }
    if (proof->due.at != never) {
        RC_ASSERT(
            proof->days.back().day ==
            shown_day(
                calendar,
                proof->due.at - (in_minutes && length.count > 0 ? Millis{1} : Millis{0}),
                length
            )
        );
        RC_ASSERT(length.unit == Unit::months || counted == length.count);
    }
}

RC_GTEST_PROP(calendar_property, add_then_count_returns, ()) {
    const Calendar calendar = any_calendar();
    const UtcMs start = any_start();
    const Length length{pick(0, 200), Unit::working_days};
    const Date last = shown_day(calendar, due_of(calendar, start, length).at, length);
    RC_ASSERT(count_working_days(calendar, office_date(start), last) == length.count);
    RC_ASSERT(add_working_days(calendar, office_date(start), length.count) == last);
}

RC_GTEST_PROP(calendar_property, service_minutes_add_then_count_return, ()) {
    const Calendar calendar = any_calendar();
    const UtcMs start = any_start();
    const auto all = any_pauses(start);
    std::vector<Pause> pauses;
    std::ranges::copy_if(all, std::back_inserter(pauses), [](const Pause& p) {
        return p.until.has_value();
    });
    const Length length{pick(0, 4'000), Unit::service_hours};
    const Due due = due_of(calendar, start, length, pauses);
    RC_ASSERT(count_service_minutes(calendar, start, due.at, pauses) == length.count);
    RC_ASSERT(Oracle(calendar, pauses).service_minutes(start, due.at) == length.count);
}

// Months with pauses are left out, rightly: 30 and 31 January both end on 28 February, but a pause
// on the 31st lengthens only the clock that started before it.
RC_GTEST_PROP(calendar_property, a_later_start_is_never_due_earlier, ()) {
    const Calendar calendar = any_calendar();
    const UtcMs start = any_start();
    const UtcMs later = start + Millis{pick(0, 200'000'000)};
    const Length length = any_length(any_unit());
    const auto pauses = length.unit == Unit::months ? std::vector<Pause>{} : any_pauses(start);
    RC_ASSERT(
        due_of(calendar, start, length, pauses).at <= due_of(calendar, later, length, pauses).at
    );
}

RC_GTEST_PROP(calendar_property, a_longer_clock_is_never_due_earlier, ()) {
    const Calendar calendar = any_calendar();
    const UtcMs start = any_start();
    const Length length = any_length(any_unit());
    const Length longer{length.count + pick(0, 30), length.unit};
    const auto pauses = any_pauses(start);
    RC_ASSERT(
        due_of(calendar, start, length, pauses).at <= due_of(calendar, start, longer, pauses).at
    );
    RC_ASSERT(due_of(calendar, start, length, pauses).at >= start);
}

RC_GTEST_PROP(calendar_property, one_more_pause_is_never_due_earlier, ()) {
    const Calendar calendar = any_calendar();
    const UtcMs start = any_start();
    const Length length = any_length(any_unit());
    const auto pauses = any_pauses(start);
    std::vector<Pause> fewer = pauses;
    if (!fewer.empty()) {
        fewer.erase(fewer.begin() + pick(0, static_cast<int>(fewer.size())));
    }
    RC_ASSERT(
        due_of(calendar, start, length, fewer).at <= due_of(calendar, start, length, pauses).at
    );
}

RC_GTEST_PROP(calendar_property, hours_are_lengthened_by_exactly_the_paused_milliseconds, ()) {
    const Calendar calendar;
    const UtcMs start = any_start() + Millis{pick(0, 60'000)};
    const Length length{pick(1, 6'000), Unit::hours};
    const Millis before{pick(0, static_cast<int>(length.count) * 60'000)};
    const Millis paused{pick(0, 1'000'000'000)};
    const std::vector<Pause> pauses{{start + before, start + before + paused, "p"}};
    RC_ASSERT(due_of(calendar, start, length, pauses).at == start + minutes{length.count} + paused);
}

RC_GTEST_PROP(calendar_property, a_warning_of_n_days_leaves_n_working_days, ()) {
    const Calendar calendar = any_calendar();
    const UtcMs start = any_start();
    const Length length{pick(1, 60), Unit::working_days};
    const Length lead{pick(0, static_cast<int>(length.count) + 1), Unit::working_days};
    const UtcMs due = due_of(calendar, start, length).at;
    const UtcMs warning = before_due(calendar, due, lead);
    RC_ASSERT(warning <= due);
    RC_ASSERT(
        count_working_days(calendar, office_date(warning), shown_day(calendar, due, length)) ==
        lead.count
    );
}

RC_GTEST_PROP(calendar_property, length_texts_return, ()) {
    const Length length = any_length(any_unit());
    RC_ASSERT(parse_length(to_string(length)).value() == length);
}

}  // namespace
}  // namespace zt::calendar
