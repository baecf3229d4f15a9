#include "base/check.hpp"
#include "base/text.hpp"
#include "calendar/calendar.hpp"

#include <array>

namespace zt::calendar {

namespace {

struct Form {
    std::string_view suffix;
    Unit unit;
    std::int64_t factor;  ///< of the number as written
    std::int64_t count_max;
};

// Longer suffixes first where one ends with another.
constexpr std::array<Form, 7> forms{{
    {"smin", Unit::service_hours, 1, length_days_max * 1440},
    {"min", Unit::hours, 1, length_days_max * 1440},
    {"sh", Unit::service_hours, 60, length_days_max * 1440},
    {"h", Unit::hours, 60, length_days_max * 1440},
    {"wd", Unit::working_days, 1, length_days_max},
    {"d", Unit::calendar_days, 1, length_days_max},
    {"mo", Unit::months, 1, 120},
}};

std::unexpected<Error> refuse(std::string_view text, std::string_view why) {
    return fail(
        Errc::bad_value,
        "`" + std::string(text) + "` is not a length of time: " + std::string(why) +
            "; write a number and a unit: 30min, 2h, 4sh or 30smin (in service hours), 5wd "
            "(working days), 15d, 3mo"
    );
}

}  // namespace

Result<Length> parse_length(std::string_view text) {
    for (const Form& form : forms) {
        if (!text.ends_with(form.suffix)) {
            continue;
        }
        const std::string_view digits = text.substr(0, text.size() - form.suffix.size());
        const auto number = parse_int(digits);
        if (!number || digits.find_first_not_of("0123456789") != std::string_view::npos) {
            return refuse(text, "`" + std::string(digits) + "` is not a whole number");
        }
        if (*number > form.count_max / form.factor) {
            return refuse(text, "longer than ten years");
        }
        return Length{*number * form.factor, form.unit};
    }
    return refuse(text, "it has no known unit");
}

std::string to_string(Length length) {
    const bool in_minutes = length.unit == Unit::hours || length.unit == Unit::service_hours;
    const std::int64_t factor = in_minutes && length.count % 60 == 0 ? 60 : 1;
    for (const Form& form : forms) {
        if (form.unit == length.unit && form.factor == factor) {
            return std::to_string(length.count / factor) + std::string(form.suffix);
        }
    }
    UNREACHABLE();
}

std::string_view name_of(Unit unit) {
    switch (unit) {
    case Unit::hours: return "hours";
    case Unit::service_hours: return "service_hours";
    case Unit::working_days: return "working_days";
    case Unit::calendar_days: return "calendar_days";
    case Unit::months: return "months";
    }
    UNREACHABLE();
}

}  // namespace zt::calendar
