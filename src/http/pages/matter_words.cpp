// Masks and due dates as a page shows them.

#include "base/text.hpp"
#include "http/pages/matter.hpp"

#include <algorithm>

namespace zt::http::pages {

std::string masked_name(std::string_view name) {
    if (name.empty()) {
        return {};
    }
    std::string masked = first_characters(name, 1);
    const std::size_t rest = count_characters(name) - 1;
    for (std::size_t i = 0; i < std::min<std::size_t>(rest, 2); ++i) {
        masked += '*';
    }
    return masked;
}

std::string masked_contact(std::string_view contact) {
    constexpr std::size_t shown_first = 3, shown_last = 2;
    if (contact.size() <= shown_first + shown_last || !is_utf8(contact)) {
        return "•••";
    }
    const bool is_ascii =
        std::ranges::all_of(contact, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (!is_ascii) {
        return masked_name(contact);
    }
    std::string masked(contact);
    std::fill(masked.begin() + shown_first, masked.end() - shown_last, '*');
    return masked;
}

std::string due_text_of(const calendar::Calendar& calendar, UtcMs due, calendar::Length length) {
    const bool is_minute =
        length.unit == calendar::Unit::hours || length.unit == calendar::Unit::service_hours;
    // What is told to the minute is told as the earlier one: nobody is late who keeps it.
    return is_minute
               ? to_office_string(std::chrono::floor<std::chrono::minutes>(due), calendar.offset)
               : to_string(calendar::shown_day(calendar, due, length));
}

std::string due_text(const Clock& clock, const calendar::Calendar& calendar) {
    if (clock.due == calendar::never) {
        return {};
    }
    return clock.is_fixed ? to_office_string(clock.due, calendar.offset)
                          : due_text_of(calendar, clock.due, clock.length);
}

}  // namespace zt::http::pages
