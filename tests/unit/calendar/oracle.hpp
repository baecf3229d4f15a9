#pragma once
// A slow second answer to "when is it due", written from the rules alone: one step a day or a
// minute, every pause looked at each time, its own week and month arithmetic. It shares no code
// with src/calendar but the values.

#include "calendar/calendar.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace zt::calendar {

/// Minutes and days since 1970-01-01 00:00 office time.
class Oracle {
  public:
    Oracle(const Calendar& calendar, std::span<const Pause> pauses)
        : calendar_(calendar), pauses_(pauses) {}

    [[nodiscard]] Due due(UtcMs start, Length length) {
        const std::int64_t minute = minute_of(start);
        switch (length.unit) {
        case Unit::hours: return by_minutes(minute, length.count, false);
        case Unit::service_hours: return by_minutes(minute, length.count, true);
        case Unit::working_days: return by_days(minute / 1440, length.count, true);
        case Unit::calendar_days: return by_days(minute / 1440, length.count, false);
        case Unit::months:
            return by_days(minute / 1440, days_of_months(minute / 1440, length.count), false);
        }
        return {};
    }

    [[nodiscard]] std::int64_t service_minutes(UtcMs from, UtcMs until) const {
        std::int64_t count = 0;
        for (std::int64_t minute = minute_of(from); minute < minute_of(until); ++minute) {
            count += is_service(minute) && !paused(minute, minute + 1) ? 1 : 0;
        }
        return count;
    }

    [[nodiscard]] bool works(std::int64_t day) const {
        const DayRule* rule = rule_of(day);
        if (rule != nullptr) {
            return rule->kind == DayKind::working || rule->kind == DayKind::half_day ||
                   rule->kind == DayKind::makeup_working;
        }
        const std::int64_t weekday = (day + 3) % 7;  // 1970-01-01 was a Thursday; 0 is Monday
        return weekday < 5;
    }

    [[nodiscard]] std::int64_t minute_of(UtcMs at) const {
        return at.time_since_epoch().count() / 60'000 + calendar_.offset.value.count();
    }

  private:
    [[nodiscard]] UtcMs instant(std::int64_t minute) const {
        return UtcMs(Millis((minute - calendar_.offset.value.count()) * 60'000));
    }

    [[nodiscard]] static int year(std::int64_t day) {
        int year = 1970;
        for (std::int64_t left = day; left >= (leap(year) ? 366 : 365); ++year) {
            left -= leap(year) ? 366 : 365;
        }
        return year;
    }
    [[nodiscard]] static bool leap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    [[nodiscard]] const DayRule* rule_of(std::int64_t day) const {
        const DayRule* found = nullptr;
        for (const auto& [number, table] : calendar_.years) {  // a later year's notice goes first
            const auto rule = table.days.find(Date(std::chrono::days(day)));
            if (rule != table.days.end()) {
                found = &rule->second;
            }
        }
        return found;
    }

    [[nodiscard]] bool paused(std::int64_t from, std::int64_t until) const {
        for (const Pause& pause : pauses_) {
            const std::int64_t begin = minute_of(pause.from);
            const std::int64_t end = pause.until ? minute_of(*pause.until) : INT64_MAX;
            if (begin < end && begin < until && from < end) {
                return true;
            }
        }
        return false;
    }

    [[nodiscard]] bool stands_for_ever(std::int64_t before) const {
        for (const Pause& pause : pauses_) {
            if (!pause.until && minute_of(pause.from) < before) {
                return true;
            }
        }
        return false;
    }

    [[nodiscard]] bool is_service(std::int64_t minute) const {
        const std::int64_t day = minute / 1440;
        const std::int64_t of_day = minute % 1440;
        if (!works(day)) {
            return false;
        }
        const DayRule* rule = rule_of(day);
        const bool half = rule != nullptr && rule->kind == DayKind::half_day;
        if (half && calendar_.half_day_service.empty()) {
            return calendar_.service[0].from_minute <= of_day &&
                   of_day < calendar_.service[0].until_minute;
        }
        for (const ServiceWindow& window : half ? calendar_.half_day_service : calendar_.service) {
            if (window.from_minute <= of_day && of_day < window.until_minute) {
                return true;
            }
        }
        return false;
    }

    Due by_days(std::int64_t day, std::int64_t count, bool only_working) {
        bool provisional = false;
        while (count > 0) {
            ++day;
            provisional = provisional || (only_working && !calendar_.years.contains(year(day)));
            if (stands_for_ever((day + 1) * 1440)) {
                return {UtcMs::max(), false};
            }
            if ((!only_working || works(day)) && !paused(day * 1440, (day + 1) * 1440)) {
                --count;
            }
        }
        return {instant((day + 1) * 1440), provisional};
    }

    Due by_minutes(std::int64_t minute, std::int64_t count, bool only_service) {
        bool provisional = false;
        for (; count > 0; ++minute) {
            if (stands_for_ever(minute + 1)) {
                return {UtcMs::max(), false};
            }
            if (minute % 1440 == 0 || !provisional) {
                provisional =
                    provisional || (only_service && !calendar_.years.contains(year(minute / 1440)));
            }
            count -= (!only_service || is_service(minute)) && !paused(minute, minute + 1) ? 1 : 0;
        }
        return {instant(minute), provisional};
    }

    [[nodiscard]] static std::int64_t days_of_months(std::int64_t start, std::int64_t months) {
        static constexpr std::array<int, 12> lengths{
            31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
        };
        const auto length_of = [](int y, std::int64_t m) {
            return lengths.at(static_cast<std::size_t>(m)) + (m == 1 && leap(y) ? 1 : 0);
        };
        int y = 1970;
        std::int64_t m = 0;
        std::int64_t left = start;
        while (left >= length_of(y, m)) {
            left -= length_of(y, m);
            m = (m + 1) % 12;
            y += m == 0 ? 1 : 0;
        }
        const std::int64_t day_number = left;
        std::int64_t total = -day_number;
        for (std::int64_t i = 0; i < months; ++i) {
            total += length_of(y, m);
            m = (m + 1) % 12;
            y += m == 0 ? 1 : 0;
        }
        return total + std::min<std::int64_t>(day_number, length_of(y, m) - 1);
    }

    const Calendar& calendar_;
    std::span<const Pause> pauses_;
};

}  // namespace zt::calendar
