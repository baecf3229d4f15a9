#pragma once
// Working-time arithmetic: when is something due, and why that day. Pure: no files, no clock.
//
// Rules (DESIGN.md 4 "Clocks"): hour and service-hour clocks end at the minute; working-day, day
// and month clocks end with the day, that is at 24:00 office time of the last day, which is 00:00
// of the next one; on time is `at` < due. The start day does not count (民法典 art. 201); a working
// half-day counts; a day touched by a pause does not. Months keep the day number and clamp to the
// month's end; paused days lengthen them day by day. Hours stand still for the milliseconds of a
// pause. Only working days and service hours look at the year tables. A year without a table:
// `explain` refuses it by name, a running clock goes on with the weekly pattern and is marked
// provisional.

#include "base/result.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zt::calendar {

enum class Unit : std::uint8_t { hours, service_hours, working_days, calendar_days, months };

/// What a text or a file may ask for: ten years, in days of any kind (hours and months alike).
inline constexpr std::int64_t length_days_max = 3'650;
/// Days that a count looks at before it says that the clock never ends (a calendar that never
/// works, a century of pauses).
inline constexpr std::int64_t walk_days_max = 40'000;
inline constexpr std::size_t proof_days_max = 4'000;
/// The due instant of a clock that stands still for ever.
inline constexpr UtcMs never = UtcMs::max();

/// How long a clock runs. count ≥ 0; text forms "2h", "4sh", "5wd", "15d", "3mo"; a half is minutes
/// ("30min" of the clock, "30smin" of service): hours and service hours are kept in minutes.
struct Length {
    std::int64_t count = 0;  ///< minutes for hours and service_hours, else days or months
    Unit unit = Unit::working_days;
    auto operator<=>(const Length&) const = default;
};
/// errors: bad_value with what would be right.
[[nodiscard]] Result<Length> parse_length(std::string_view text);
[[nodiscard]] std::string to_string(Length length);
using zt::to_string;  // else the one above hides those of dates and errors in this namespace
/// "hours", "service_hours", …: the words of JSON and of definition files.
[[nodiscard]] std::string_view name_of(Unit unit);

/// Minutes of a day, from ≤ until, both 0 … 1440.
struct ServiceWindow {
    int from_minute = 0;
    int until_minute = 0;
    auto operator<=>(const ServiceWindow&) const = default;
};

enum class DayKind : std::uint8_t { working, weekend, holiday, makeup_working, half_day };

[[nodiscard]] std::string_view name_of(DayKind kind);

/// What the table says of a day that does not follow the weekly pattern.
struct DayRule {
    DayKind kind = DayKind::holiday;
    std::string name;  ///< 春节, or the local rule's name
    auto operator<=>(const DayRule&) const = default;
};

struct YearTable {
    std::vector<std::string> notices;  ///< addresses of the notices of the State Council
    /// Of this year, and of the December before as far as this year's notice speaks of it; there it
    /// goes first.
    std::map<Date, DayRule> days;
    bool operator==(const YearTable&) const = default;
};

/// A named calendar. A value; built by kindfile from calendars/*.yaml.
struct Calendar {
    std::string name = "cn";
    std::uint32_t version = 1;
    OfficeOffset offset;
    /// In order, not overlapping; so are those of a half day.
    std::vector<ServiceWindow> service{{8 * 60 + 30, 12 * 60}, {14 * 60 + 30, 18 * 60}};
    /// Service windows of a half day; default: the first window of a normal day.
    std::vector<ServiceWindow> half_day_service;
    std::map<int, YearTable> years;
    bool operator==(const Calendar&) const = default;

    [[nodiscard]] bool knows(int year) const { return years.contains(year); }
    /// Kind of a day; beyond the tables the weekly pattern.
    [[nodiscard]] DayKind kind_of(Date day) const;
    /// Name of the holiday or local rule, else empty.
    [[nodiscard]] std::string_view rule_name(Date day) const;
    [[nodiscard]] bool is_working(Date day) const;
    /// Service windows of that day, empty when it is off.
    [[nodiscard]] std::span<const ServiceWindow> service_on(Date day) const;
};

/// A span in which a clock stood still, from ≤ at < until. until is empty while it still does.
struct Pause {
    UtcMs from;
    std::optional<UtcMs> until;
    std::string reason;
    bool operator==(const Pause&) const = default;
};

struct Due {
    UtcMs at;
    bool provisional = false;  ///< a year without a table was crossed
    bool operator==(const Due&) const = default;
};

/// When a running clock ends. Never fails: beyond the tables it follows the weekly pattern and says
/// provisional. in: count ≥ 0; pauses in order of their begin, they may overlap. out: `never`
/// (provisional false) when a pause without end begins before the clock is over. cost: O(days),
/// about 60 ns a day.
[[nodiscard]] Due
due_of(const Calendar& calendar, UtcMs start, Length length, std::span<const Pause> pauses = {});

enum class DayMark : std::uint8_t { start, counted, skipped, paused };

[[nodiscard]] std::string_view name_of(DayMark mark);

struct ProofDay {
    Date day;
    DayMark mark = DayMark::counted;
    DayKind kind = DayKind::working;
    std::string name;          ///< of the holiday or local rule
    std::int64_t counted = 0;  ///< running count after this day: days, or minutes for hour clocks
    std::string pause_reason;  ///< also of a day of an hour clock that was paused in part
    bool operator==(const ProofDay&) const = default;
};

struct Proof {
    UtcMs start;
    Length length;
    Due due;
    std::vector<ProofDay> days;  ///< each day touched, in order
    bool cut = false;  ///< there are more than proof_days_max days; the later ones are left out
    bool operator==(const Proof&) const = default;
};

enum class Unknown : std::uint8_t { refuse, provisional };

/// The due instant with every day counted, skipped or paused and why.
/// in: as due_of. out: the due is that of due_of.
/// errors: unknown_year (detail names the year and the file to complete) when unknown is refuse.
[[nodiscard]] Result<Proof> explain(
    const Calendar& calendar,
    UtcMs start,
    Length length,
    std::span<const Pause> pauses = {},
    Unknown unknown = Unknown::refuse
);

/// Working days after the day of `from` up to and including the day of `until` (0 when the same day
/// or before). add then count returns: count_working_days(start, last day of due_of(start, n wd))
/// == n.
[[nodiscard]] std::int64_t count_working_days(const Calendar& calendar, Date from, Date until);
/// The n-th working day after that day, n ≥ 0 (0 gives the day itself).
[[nodiscard]] Date add_working_days(const Calendar& calendar, Date day, std::int64_t count);
/// Service minutes between two instants, pauses taken out.
[[nodiscard]] std::int64_t count_service_minutes(
    const Calendar& calendar, UtcMs from, UtcMs until, std::span<const Pause> pauses = {}
);
/// Days of office time that the pauses touch, each once; an open pause counts up to `now`. For caps
/// of pauses.
[[nodiscard]] std::int64_t
count_paused_days(const Calendar& calendar, std::span<const Pause> pauses, UtcMs now);

/// The day that people are told: for day clocks the last counted day, for hour clocks the day of
/// the instant. in: due is not `never`.
[[nodiscard]] Date shown_day(const Calendar& calendar, UtcMs due, Length length);
/// When to warn: `lead` before the due. For day units 00:00 of the day that lies so many (working)
/// days before the last one, so "1wd" is the last working day but one. in: due is not `never`; lead
/// in any unit, service hours count as hours.
[[nodiscard]] UtcMs before_due(const Calendar& calendar, UtcMs due, Length lead);

}  // namespace zt::calendar
