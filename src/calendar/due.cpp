// One walk over the days serves the due instant and its proof, so the two cannot differ. Day clocks
// ask of each day whether it counts; hour clocks take the free milliseconds of each day's windows
// (24×7 clocks have one window from 00:00 to 24:00) until the length is used up.

#include "base/check.hpp"
#include "calendar/calendar.hpp"

#include <algorithm>
#include <array>

namespace zt::calendar {

namespace {

using std::chrono::days;

constexpr std::array<ServiceWindow, 1> whole_day{{{0, 1440}}};
constexpr Millis minute{60'000};

/// Pauses seen by somebody who only goes forward in time.
class PauseCursor {
  public:
    explicit PauseCursor(std::span<const Pause> pauses) : left_(pauses) {}

    /// The first pause that touches from ≤ t < until, else null. in: `from` never goes back.
    [[nodiscard]] const Pause* touching(UtcMs from, UtcMs until) {
        while (!left_.empty() && end_of(left_.front()) <= std::max(from, left_.front().from)) {
            left_ = left_.subspan(1);
        }
        return !left_.empty() && left_.front().from < until ? &left_.front() : nullptr;
    }

    [[nodiscard]] static UtcMs end_of(const Pause& pause) {
        return pause.until.value_or(UtcMs::max());
    }

  private:
    std::span<const Pause> left_;
};

class Walk {
  public:
    Walk(const Calendar& calendar, UtcMs start, std::span<const Pause> pauses, Proof* proof)
        : calendar_(calendar), start_(start), pauses_(pauses), proof_(proof) {}

    [[nodiscard]] Due run(Length length);
    /// The first year without a table that the walk had to look at.
    [[nodiscard]] std::optional<int> unknown_year() const { return unknown_year_; }

  private:
    enum class Counts : std::uint8_t { working, all };

    [[nodiscard]] Due count_days(std::int64_t count, Counts counts);
    [[nodiscard]] Due count_time(std::int64_t minutes, Unit unit);
    [[nodiscard]] std::span<const ServiceWindow> windows(Date day, Unit unit);
    /// Takes free time between two instants; the instant at which nothing is left, if that comes.
    [[nodiscard]] std::optional<UtcMs> take(UtcMs from, UtcMs until);
    void look_at(Date day);
    void record(Date day, DayMark mark, std::int64_t counted, const Pause* pause);
    void record_time(Date day, bool had_windows, Millis counted_before);

    const Calendar& calendar_;
    UtcMs start_;
    PauseCursor pauses_;
    Proof* proof_;
    std::optional<int> unknown_year_;
    int known_year_ = 0;
    Millis counted_{0};
    Millis wanted_{0};
    const Pause* day_pause_ = nullptr;  ///< the pause that last took time of the day at hand
};

std::int64_t days_in_months(Date start, std::int64_t count) {
    const std::chrono::year_month_day first{start};
    std::chrono::year_month_day last = first + std::chrono::months{count};
    if (!last.ok()) {
        last = last.year() / last.month() / std::chrono::last;
    }
    return (Date{last} - start).count();
}

Due Walk::run(Length length) {
    CHECK(length.count >= 0);
    const Date first = office_date(start_, calendar_.offset);
    switch (length.unit) {
    case Unit::hours:
    case Unit::service_hours: return count_time(length.count, length.unit);
    case Unit::working_days: return count_days(length.count, Counts::working);
    case Unit::calendar_days: return count_days(length.count, Counts::all);
    case Unit::months:
        return count_days(
            days_in_months(first, std::min(length.count, walk_days_max / 28)), Counts::all
        );
    }
    UNREACHABLE();
}

Due Walk::count_days(std::int64_t count, Counts counts) {
    Date day = office_date(start_, calendar_.offset);
    const Date last = day + days{walk_days_max};
    record(day, DayMark::start, 0, nullptr);
    for (std::int64_t counted = 0; counted < count;) {
        day += days{1};
        if (day > last) {
            return {never, false};
        }
        if (counts == Counts::working) {
            look_at(day);
        }
        const UtcMs begin = start_of(day, calendar_.offset);
        const Pause* pause = pauses_.touching(begin, begin + days{1});
        const bool would_count = counts == Counts::all || calendar_.is_working(day);
        const bool does_count = would_count && pause == nullptr;
        counted += does_count ? 1 : 0;
        record(
            day,
            does_count    ? DayMark::counted
            : would_count ? DayMark::paused
                          : DayMark::skipped,
            counted,
            would_count ? pause : nullptr
        );
        if (pause != nullptr && !pause->until) {
            return {never, false};
        }
    }
    return {start_of(day + days{1}, calendar_.offset), unknown_year_.has_value()};
}

Due Walk::count_time(std::int64_t minutes, Unit unit) {
    Date day = office_date(start_, calendar_.offset);
    if (minutes == 0) {
        record(day, DayMark::start, 0, nullptr);
        return {start_, false};
    }
    wanted_ = minute * std::min(minutes, walk_days_max * 1440 + 1);
    const Date last = day + days{walk_days_max};
    for (; day <= last; day += days{1}) {
        const UtcMs begin = start_of(day, calendar_.offset);
        const Millis counted_before = counted_;
        bool had_windows = false;
        std::optional<UtcMs> end;
        day_pause_ = nullptr;
        for (const ServiceWindow& window : windows(day, unit)) {
            const UtcMs from = std::max(start_, begin + minute * window.from_minute);
            const UtcMs until = begin + minute * window.until_minute;
            had_windows = had_windows || from < until;
            if (end = take(from, until); end) {
                break;
            }
        }
        record_time(day, had_windows, counted_before);
        if (end) {
            return {*end, unknown_year_.has_value()};
        }
        const Pause* pause = pauses_.touching(std::max(start_, begin), begin + days{1});
        if (pause != nullptr && !pause->until) {
            return {never, false};
        }
    }
    return {never, false};
}

std::span<const ServiceWindow> Walk::windows(Date day, Unit unit) {
    if (unit == Unit::hours) {
        return whole_day;
    }
    look_at(day);
    return calendar_.service_on(day);
}

std::optional<UtcMs> Walk::take(UtcMs from, UtcMs until) {
    while (from < until) {
        const Pause* pause = pauses_.touching(from, until);
        if (pause != nullptr && pause->from <= from) {
            day_pause_ = pause;
            from = PauseCursor::end_of(*pause);
            continue;
        }
        const UtcMs free_until = pause == nullptr ? until : pause->from;
        const Millis used = std::min(free_until - from, wanted_ - counted_);
        counted_ += used;
        if (counted_ == wanted_) {
            return from + used;
        }
        from = free_until;
    }
    return std::nullopt;
}

void Walk::look_at(Date day) {
    const int year = year_of(day);
    if (year == known_year_) {
        return;
    }
    if (calendar_.knows(year)) {
        known_year_ = year;
    } else if (!unknown_year_) {
        unknown_year_ = year;
    }
}

void Walk::record(Date day, DayMark mark, std::int64_t counted, const Pause* pause) {
    if (proof_ == nullptr) {
        return;
    }
    if (proof_->days.size() == proof_days_max) {
        proof_->cut = true;
        return;
    }
    proof_->days.push_back(
        {day,
         mark,
         calendar_.kind_of(day),
         std::string(calendar_.rule_name(day)),
         counted,
         pause == nullptr ? std::string{} : pause->reason}
    );
}

void Walk::record_time(Date day, bool had_windows, Millis counted_before) {
    const bool is_first = day == office_date(start_, calendar_.offset);
    DayMark mark = DayMark::skipped;
    if (counted_ > counted_before) {
        mark = DayMark::counted;
    } else if (had_windows) {
        mark = DayMark::paused;
    } else if (is_first) {
        mark = DayMark::start;
    }
    record(day, mark, counted_ / minute, day_pause_);
}

}  // namespace

Due due_of(const Calendar& calendar, UtcMs start, Length length, std::span<const Pause> pauses) {
    CHECK(std::ranges::is_sorted(pauses, {}, &Pause::from));
    return Walk(calendar, start, pauses, nullptr).run(length);
}

Result<Proof> explain(
    const Calendar& calendar,
    UtcMs start,
    Length length,
    std::span<const Pause> pauses,
    Unknown unknown
) {
    CHECK(std::ranges::is_sorted(pauses, {}, &Pause::from));
    Proof proof{start, length, {}, {}, false};
    Walk walk(calendar, start, pauses, &proof);
    proof.due = walk.run(length);
    if (const auto year = walk.unknown_year(); year && unknown == Unknown::refuse) {
        const std::string number = std::to_string(*year);
        return fail(
            Errc::unknown_year,
            number + " calendar missing: the calendar `" + calendar.name +
                "` has no table for the year " + number + "; add it to calendars/" + calendar.name +
                ".yaml from that year's notice of the State Council",
            calendar.name
        );
    }
    return proof;
}

std::string_view name_of(DayMark mark) {
    switch (mark) {
    case DayMark::start: return "start";
    case DayMark::counted: return "counted";
    case DayMark::skipped: return "skipped";
    case DayMark::paused: return "paused";
    }
    UNREACHABLE();
}

std::int64_t count_service_minutes(
    const Calendar& calendar, UtcMs from, UtcMs until, std::span<const Pause> pauses
) {
    PauseCursor cursor(pauses);
    Millis total{0};
    for (Date day = office_date(from, calendar.offset); start_of(day, calendar.offset) < until;
         day += days{1}) {
        const UtcMs begin = start_of(day, calendar.offset);
        for (const ServiceWindow& window : calendar.service_on(day)) {
            UtcMs at = std::max(from, begin + minute * window.from_minute);
            const UtcMs end = std::min(until, begin + minute * window.until_minute);
            while (at < end) {
                const Pause* pause = cursor.touching(at, end);
                const UtcMs free_until = pause == nullptr ? end : std::max(at, pause->from);
                total += free_until - at;
                at = pause == nullptr ? end : PauseCursor::end_of(*pause);
            }
        }
    }
    return total / minute;
}

std::int64_t count_paused_days(const Calendar& calendar, std::span<const Pause> pauses, UtcMs now) {
    std::int64_t count = 0;
    Date next = Date::min();  // first day not yet counted
    for (const Pause& pause : pauses) {
        const UtcMs until = std::min(now, PauseCursor::end_of(pause));
        if (pause.from < until) {
            const Date first = std::max(next, office_date(pause.from, calendar.offset));
            const Date end = office_date(until - Millis{1}, calendar.offset) + days{1};
            count += std::max<std::int64_t>(0, (end - first).count());
            next = std::max(next, end);
        }
    }
    return count;
}

Date shown_day(const Calendar& calendar, UtcMs due, Length length) {
    CHECK(due != never);
    switch (length.unit) {
    case Unit::hours:
    case Unit::service_hours: return office_date(due, calendar.offset);
    case Unit::working_days:
    case Unit::calendar_days:
    case Unit::months: return office_date(due - Millis{1}, calendar.offset);
    }
    UNREACHABLE();
}

UtcMs before_due(const Calendar& calendar, UtcMs due, Length lead) {
    CHECK(due != never && lead.count >= 0);
    Date day = office_date(due - Millis{1}, calendar.offset);
    const Date first = day - days{walk_days_max};
    switch (lead.unit) {
    case Unit::hours:
    case Unit::service_hours: return due - minute * std::min(lead.count, walk_days_max * 1440);
    case Unit::working_days:
        for (std::int64_t left = lead.count; left > 0 && day > first;) {
            day -= days{1};
            left -= calendar.is_working(day) ? 1 : 0;
        }
        return start_of(day, calendar.offset);
    case Unit::calendar_days:
        return start_of(day - days{std::min(lead.count, walk_days_max)}, calendar.offset);
    case Unit::months: {
        const std::int64_t months = std::min(lead.count, walk_days_max / 28);
        return start_of(day + days{days_in_months(day, -months)}, calendar.offset);
    }
    }
    UNREACHABLE();
}

}  // namespace zt::calendar
