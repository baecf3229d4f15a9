#include "kindfile/time_format.hpp"

#include <algorithm>

namespace zt::kindfile {

namespace {

constexpr std::string_view letters = "yMdHhmsSa";
/// Longest text that is looked at: far above any time, so that an error message stays readable.
constexpr std::size_t time_bytes_max = 64;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool starts_with_ignoring_case(std::string_view text, std::string_view word) {
    return text.size() >= word.size() &&
           std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) {
               return a == (b >= 'a' && b <= 'z' ? static_cast<char>(b - 'a' + 'A') : b);
           });
}

}  // namespace

struct TimeFormat::Numbers {
    int year = 0;
    unsigned month = 0, day = 0;
    int hour = 0, minute = 0, second = 0, milli = 0;
    bool is_half_day_clock = false, is_afternoon = false;

    void set(char letter, int value) {
        switch (letter) {
        case 'y': year = value; break;
        case 'M': month = static_cast<unsigned>(value); break;
        case 'd': day = static_cast<unsigned>(value); break;
        case 'h': is_half_day_clock = true; [[fallthrough]];
        case 'H': hour = value; break;
        case 'm': minute = value; break;
        case 's': second = value; break;
        default: milli = value; break;
        }
    }
    [[nodiscard]] bool is_hour() const {
        const bool is_hour = is_half_day_clock ? hour >= 1 && hour <= 12 : hour <= 23;
        return is_hour && minute <= 59 && second <= 59;
    }
    [[nodiscard]] Millis time_of_day() const {
        const int hours = is_half_day_clock ? hour % 12 + (is_afternoon ? 12 : 0) : hour;
        return std::chrono::hours{hours} + std::chrono::minutes{minute} +
               std::chrono::seconds{second} + Millis{milli};
    }
};

Result<TimeFormat::Part> TimeFormat::part_of(char letter, std::size_t count) {
    Part part;
    part.letter = letter;
    const auto wrong = [&](std::string_view right) {
        return fail(
            Errc::bad_value,
            "`" + std::string(count, letter) + "` is no part of a time; right would be " +
                std::string(right)
        );
    };
    if (letters.find(letter) == std::string_view::npos) {
        return wrong("y, M, d, H, h, m, s, SSS or a");
    }
    if (letter == 'a') {
        return count == 1 ? Result<Part>(part) : wrong("a");
    }
    if (letter == 'y') {
        part.digits_min = part.digits_max = 4;
        return count == 1 || count == 4 ? Result<Part>(part) : wrong("y or yyyy");
    }
    if (letter == 'S') {
        part.digits_min = part.digits_max = 3;
        return count == 3 ? Result<Part>(part) : wrong("SSS");
    }
    part.digits_min = count;
    part.digits_max = 2;
    return count <= 2 ? Result<Part>(part)
                      : wrong(std::string(1, letter) + " or " + std::string(2, letter));
}

Result<TimeFormat> TimeFormat::parse(std::string_view text) {
    TimeFormat format;
    format.text_ = text;
    while (!text.empty()) {
        if (is_digit(text.front())) {
            return fail(Errc::bad_value, "a format holds letters for numbers, as in y-M-d H:m:s");
        }
        if (!is_letter(text.front())) {
            if (format.parts_.empty() || format.parts_.back().letter != 0) {
                format.parts_.emplace_back();
            }
            format.parts_.back().literal += text.front();
            text.remove_prefix(1);
            continue;
        }
        // `yyyy-MM-ddTHH:mm`: a T between parts is the sign of ISO 8601, not a letter of ours.
        if (text.front() == 'T') {
            format.parts_.emplace_back().literal = "T";
            text.remove_prefix(1);
            continue;
        }
        const std::size_t count = std::min(text.find_first_not_of(text.front()), text.size());
        TRY(auto part, part_of(text.front(), count));
        format.parts_.push_back(std::move(part));
        text.remove_prefix(count);
    }
    TRY_VOID(format.settle());
    return format;
}

Result<void> TimeFormat::settle() {
    const auto count = [&](char letter) {
        return std::ranges::count(parts_, letter, &Part::letter);
    };
    for (const char letter : letters) {
        if (count(letter) > 1) {
            return fail(
                Errc::bad_value, "`" + std::string(1, letter) + "` stands twice in `" + text_ + "`"
            );
        }
    }
    if (count('y') == 0 || count('M') == 0 || count('d') == 0) {
        return fail(Errc::bad_value, "`" + text_ + "` needs y, M and d");
    }
    if (count('H') + count('h') > 1 || count('h') != count('a')) {
        return fail(Errc::bad_value, "`" + text_ + "`: H goes alone, h goes with a (AM or PM)");
    }
    has_hour_ = count('H') + count('h') == 1;
    return {};
}

bool TimeFormat::take(const Part& part, std::string_view& rest, Numbers& numbers) {
    if (part.letter == 0) {
        const bool is_there = rest.starts_with(part.literal);
        rest.remove_prefix(is_there ? part.literal.size() : 0);
        return is_there;
    }
    if (part.letter == 'a') {
        for (const auto& [word, is_afternoon] :
             {std::pair{std::string_view("AM"), false},
              {"PM", true},
              {"上午", false},
              {"下午", true}}) {
            if (starts_with_ignoring_case(rest, word)) {
                numbers.is_afternoon = is_afternoon;
                rest.remove_prefix(word.size());
                return true;
            }
        }
        return false;
    }
    std::size_t digits = 0;
    int value = 0;
    while (digits < part.digits_max && digits < rest.size() && is_digit(rest[digits])) {
        value = value * 10 + (rest[digits] - '0');
        ++digits;
    }
    rest.remove_prefix(digits);
    numbers.set(part.letter, value);
    return digits >= part.digits_min;
}

Result<WrittenTime> TimeFormat::read(std::string_view text) const {
    Numbers numbers;
    std::string_view rest = text.substr(0, std::min(text.size(), time_bytes_max));
    for (const Part& part : parts_) {
        if (!take(part, rest, numbers)) {
            return fail(Errc::bad_value);
        }
    }
    if (!rest.empty()) {
        return fail(Errc::bad_value);
    }
    const std::chrono::year_month_day day{
        std::chrono::year{numbers.year},
        std::chrono::month{numbers.month},
        std::chrono::day{numbers.day}
    };
    if (!day.ok() || numbers.year < 1900) {
        return fail(Errc::bad_date, "'" + std::string(text) + "': there is no such day");
    }
    WrittenTime written{Date{day}, std::nullopt};
    if (has_hour_) {
        if (!numbers.is_hour()) {
            return fail(Errc::bad_date, "'" + std::string(text) + "': there is no such hour");
        }
        written.time_of_day = numbers.time_of_day();
    }
    return written;
}

Result<WrittenTime> read_time(std::string_view text, const std::vector<TimeFormat>& formats) {
    std::optional<Error> impossible;
    std::string tried;
    for (const auto& format : formats) {
        auto written = format.read(text);
        if (written) {
            return written;
        }
        if (written.error().code == Errc::bad_date && !impossible) {
            impossible = std::move(written).error();
        }
        tried += (tried.empty() ? "`" : ", `") + format.text() + "`";
    }
    if (impossible) {
        return std::unexpected(*std::move(impossible));
    }
    const std::string shown(text.substr(0, time_bytes_max));
    return fail(Errc::bad_date, "'" + shown + "' is not of the form " + tried);
}

}  // namespace zt::kindfile
