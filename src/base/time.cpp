#include "base/time.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace zt {
namespace {

using namespace std::chrono_literals;

// Four digits of a year are what people read and write. Instants outside (a clock paused for ever
// is UtcMs::max()) are shown as the nearest end, so that no arithmetic overflows.
constexpr UtcMs local_min = Date{std::chrono::year{1} / 1 / 1};
constexpr UtcMs local_max = UtcMs{Date{std::chrono::year{9999} / 12 / 31}} + 24h - 1ms;

constexpr const char* date_wanted = "write YYYY-MM-DD, for example 2022-08-01";
constexpr const char* instant_wanted =
    "write YYYY-MM-DD HH:MM, with :SS, .mmm and a zone (Z or +08:00) if need be, for example 2022-08-01 09:30";

UtcMs local_of(UtcMs at, OfficeOffset offset);
Result<UtcMs> writable(UtcMs at, std::string_view text);
void append_digits(std::string& out, std::int64_t number, int width);
std::unexpected<Error> bad(std::string_view text, std::string_view why);

/// Reads fixed-width digits and marks off the front of a text.
struct Scanner {
    std::string_view rest;

    [[nodiscard]] bool take(char mark) {
        if (!rest.starts_with(mark)) {
            return false;
        }
        rest.remove_prefix(1);
        return true;
    }

    [[nodiscard]] std::optional<int> digits(std::size_t width) {
        if (rest.size() < width) {
            return std::nullopt;
        }
        int number = 0;
        for (std::size_t index = 0; index < width; ++index) {
            if (rest[index] < '0' || rest[index] > '9') {
                return std::nullopt;
            }
            number = number * 10 + (rest[index] - '0');
        }
        rest.remove_prefix(width);
        return number;
    }
};

Result<Date> scan_date(Scanner& scanner, std::string_view whole, std::string_view wanted);
Result<Millis> scan_time(Scanner& scanner, std::string_view whole);
Result<std::optional<std::chrono::minutes>> scan_zone(Scanner& scanner, std::string_view whole);

}  // namespace

Date office_date(UtcMs at, OfficeOffset offset) {
    return std::chrono::floor<std::chrono::days>(local_of(at, offset));
}

UtcMs start_of(Date day, OfficeOffset offset) { return UtcMs{day} - offset.value; }

Millis time_of_day(UtcMs at, OfficeOffset offset) {
    const UtcMs local = local_of(at, offset);
    return local - std::chrono::floor<std::chrono::days>(local);
}

std::string to_string(Date day) {
    const std::chrono::year_month_day parts{std::clamp<Date>(
        day,
        std::chrono::floor<std::chrono::days>(local_min),
        std::chrono::floor<std::chrono::days>(local_max)
    )};
    std::string out;
    out.reserve(32);
    append_digits(out, static_cast<int>(parts.year()), 4);
    out += '-';
    append_digits(out, static_cast<unsigned>(parts.month()), 2);
    out += '-';
    append_digits(out, static_cast<unsigned>(parts.day()), 2);
    return out;
}

std::string to_office_string(UtcMs at, OfficeOffset offset) {
    const std::int64_t of_day = time_of_day(at, offset).count();
    std::string out = to_string(office_date(at, offset));
    out += ' ';
    append_digits(out, of_day / 3'600'000, 2);
    out += ':';
    append_digits(out, of_day / 60'000 % 60, 2);
    if (of_day % 60'000 != 0) {
        out += ':';
        append_digits(out, of_day / 1000 % 60, 2);
    }
    if (of_day % 1000 != 0) {
        out += '.';
        append_digits(out, of_day % 1000, 3);
    }
    return out;
}

std::string to_iso_utc(UtcMs at) {
    constexpr OfficeOffset utc{0min};
    const std::int64_t of_day = time_of_day(at, utc).count();
    std::string out = to_string(office_date(at, utc));
    out += 'T';
    append_digits(out, of_day / 3'600'000, 2);
    out += ':';
    append_digits(out, of_day / 60'000 % 60, 2);
    out += ':';
    append_digits(out, of_day / 1000 % 60, 2);
    out += '.';
    append_digits(out, of_day % 1000, 3);
    out += 'Z';
    return out;
}

Result<Date> parse_date(std::string_view text) {
    Scanner scanner{text};
    TRY(const Date day, scan_date(scanner, text, date_wanted));
    if (!scanner.rest.empty()) {
        return bad(text, date_wanted);
    }
    return day;
}

Result<UtcMs> parse_instant(std::string_view text, OfficeOffset offset) {
    Scanner scanner{text};
    TRY(const Date day, scan_date(scanner, text, instant_wanted));
    if (scanner.rest.empty()) {
        return writable(start_of(day, offset), text);
    }
    if (!scanner.take(' ') && !scanner.take('T')) {
        return bad(text, instant_wanted);
    }
    TRY(const Millis of_day, scan_time(scanner, text));
    TRY(const std::optional<std::chrono::minutes> zone, scan_zone(scanner, text));
    return writable(UtcMs{day} + of_day - zone.value_or(offset.value), text);
}

int year_of(Date day) { return static_cast<int>(std::chrono::year_month_day{day}.year()); }

namespace {

UtcMs local_of(UtcMs at, OfficeOffset offset) {
    // Clamped before the addition as well, which would overflow near UtcMs::max().
    const UtcMs near = std::clamp(at, local_min - 24h, local_max + 24h);
    return std::clamp(near + offset.value, local_min, local_max);
}

/// What is kept in UTC has a day in years 1 to 9999 there too.
Result<UtcMs> writable(UtcMs at, std::string_view text) {
    if (at < local_min || at > local_max) {
        return bad(text, "in UTC it lies outside the years 0001 to 9999");
    }
    return at;
}

void append_digits(std::string& out, std::int64_t number, int width) {
    std::int64_t unit = 1;
    for (int place = 1; place < width; ++place) {
        unit *= 10;
    }
    for (; unit > 0; unit /= 10) {
        out += static_cast<char>('0' + number / unit % 10);
    }
}

std::unexpected<Error> bad(std::string_view text, std::string_view why) {
    constexpr std::size_t shown_characters_max = 40;
    std::string detail = "\"" + first_characters(text, shown_characters_max) + "\": ";
    detail += why;
    return fail(Errc::bad_date, std::move(detail));
}

Result<Date> scan_date(Scanner& scanner, std::string_view whole, std::string_view wanted) {
    const std::optional<int> year = scanner.digits(4);
    const bool first_dash = year && scanner.take('-');
    const std::optional<int> month = first_dash ? scanner.digits(2) : std::nullopt;
    const bool second_dash = month && scanner.take('-');
    const std::optional<int> day = second_dash ? scanner.digits(2) : std::nullopt;
    if (!day) {
        return bad(whole, wanted);
    }
    const std::chrono::year_month_day parts{
        std::chrono::year{*year},
        std::chrono::month{static_cast<unsigned>(*month)},
        std::chrono::day{static_cast<unsigned>(*day)}
    };
    if (!parts.ok() || *year == 0) {
        return bad(whole, "there is no such day in the calendar");
    }
    return Date{parts};
}

Result<Millis> scan_time(Scanner& scanner, std::string_view whole) {
    const std::optional<int> hour = scanner.digits(2);
    const bool colon = hour && scanner.take(':');
    const std::optional<int> minute = colon ? scanner.digits(2) : std::nullopt;
    std::optional<int> second = 0;
    std::optional<int> millisecond = 0;
    if (minute && scanner.take(':')) {
        second = scanner.digits(2);
        if (second && scanner.take('.')) {
            millisecond = scanner.digits(3);
        }
    }
    if (!minute || !second || !millisecond) {
        return bad(whole, instant_wanted);
    }
    if (*hour > 23 || *minute > 59 || *second > 59) {
        return bad(whole, "there is no such time; hours go to 23, minutes and seconds to 59");
    }
    return Millis{((*hour * 60 + *minute) * 60 + *second) * std::int64_t{1000} + *millisecond};
}

/// Empty when the text ends without a zone.
Result<std::optional<std::chrono::minutes>> scan_zone(Scanner& scanner, std::string_view whole) {
    std::optional<std::chrono::minutes> zone;
    if (scanner.rest.empty()) {
        return zone;
    }
    if (scanner.take('Z')) {
        zone = 0min;
    } else {
        const bool west = scanner.take('-');
        if (!west && !scanner.take('+')) {
            return bad(whole, instant_wanted);
        }
        const std::optional<int> hours = scanner.digits(2);
        const bool colon = hours && scanner.take(':');
        const std::optional<int> minutes = colon ? scanner.digits(2) : std::nullopt;
        if (!minutes || *hours > 23 || *minutes > 59) {
            return bad(whole, instant_wanted);
        }
        zone = std::chrono::minutes{(*hours * 60 + *minutes) * (west ? -1 : 1)};
    }
    if (!scanner.rest.empty()) {
        return bad(whole, instant_wanted);
    }
    return zone;
}

}  // namespace
}  // namespace zt
