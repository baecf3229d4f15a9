#include "calendar/calendar.hpp"

#include "base/check.hpp"

namespace zt::calendar {

namespace {

const DayRule* find_in(const Calendar& calendar, int year, Date day) {
    const auto table = calendar.years.find(year);
    if (table == calendar.years.end()) {
        return nullptr;
    }
    const auto rule = table->second.days.find(day);
    return rule == table->second.days.end() ? nullptr : &rule->second;
}

/// The rule of a day. New Year's notice may speak of the last days of December, so the next year's
/// table goes first.
const DayRule* find_rule(const Calendar& calendar, Date day) {
    const std::chrono::year_month_day civil{day};
    const int year = static_cast<int>(civil.year());
    if (civil.month() == std::chrono::December) {
        if (const DayRule* rule = find_in(calendar, year + 1, day)) {
            return rule;
        }
    }
    return find_in(calendar, year, day);
}

bool works(DayKind kind) {
    switch (kind) {
    case DayKind::working:
    case DayKind::makeup_working:
    case DayKind::half_day: return true;
    case DayKind::weekend:
    case DayKind::holiday: return false;
    }
    UNREACHABLE();
}

}  // namespace

DayKind Calendar::kind_of(Date day) const {
    if (const DayRule* rule = find_rule(*this, day)) {
        return rule->kind;
    }
    const unsigned weekday = std::chrono::weekday{day}.iso_encoding();
    return weekday > 5 ? DayKind::weekend : DayKind::working;
}

std::string_view Calendar::rule_name(Date day) const {
    const DayRule* rule = find_rule(*this, day);
    return rule == nullptr ? std::string_view{} : std::string_view(rule->name);
}

bool Calendar::is_working(Date day) const { return works(kind_of(day)); }

std::span<const ServiceWindow> Calendar::service_on(Date day) const {
    const DayKind kind = kind_of(day);
    if (!works(kind)) {
        return {};
    }
    const std::span<const ServiceWindow> whole(service);
    if (kind != DayKind::half_day) {
        return whole;
    }
    return half_day_service.empty() ? whole.first(whole.empty() ? 0 : 1)
                                    : std::span(half_day_service);
}

std::string_view name_of(DayKind kind) {
    switch (kind) {
    case DayKind::working: return "working";
    case DayKind::weekend: return "weekend";
    case DayKind::holiday: return "holiday";
    case DayKind::makeup_working: return "makeup_working";
    case DayKind::half_day: return "half_day";
    }
    UNREACHABLE();
}

std::int64_t count_working_days(const Calendar& calendar, Date from, Date until) {
    std::int64_t count = 0;
    for (Date day = from + std::chrono::days{1}; day <= until; day += std::chrono::days{1}) {
        count += calendar.is_working(day) ? 1 : 0;
    }
    return count;
}

Date add_working_days(const Calendar& calendar, Date day, std::int64_t count) {
    CHECK(count >= 0);
    const Date last = day + std::chrono::days{walk_days_max};
    for (std::int64_t left = count; left > 0 && day < last;) {
        day += std::chrono::days{1};
        left -= calendar.is_working(day) ? 1 : 0;
    }
    return day;
}

}  // namespace zt::calendar
