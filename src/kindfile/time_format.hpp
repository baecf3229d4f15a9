#pragma once
// Ways in which sources write a time: `y/M/d H:m:s`, `MM/dd/yyyy hh:mm:ss a`. Letters as in Unicode
// TR 35:
//
//   y, yyyy  year, four digits            M, d, H, h, m, s   one or two digits
//   MM … ss  exactly two digits           SSS  milliseconds, three digits
//   a        AM or PM (in any case), 上午 or 下午
//
// Everything else stands for itself. A format without H or h gives a day only.

#include "base/result.hpp"
#include "base/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zt::kindfile {

/// What a source wrote: a day, and the time of day when it wrote one.
struct WrittenTime {
    Date day;
    std::optional<Millis> time_of_day;
    bool operator==(const WrittenTime&) const = default;
};

class TimeFormat {
  public:
    /// errors: bad_value, saying which letter or part is wrong or missing.
    [[nodiscard]] static Result<TimeFormat> parse(std::string_view text);

    /// The whole text, nothing around it. errors: bad_value when it is of another form; bad_date
    /// when it is of this form and no such day or hour exists.
    [[nodiscard]] Result<WrittenTime> read(std::string_view text) const;

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] bool has_hour() const { return has_hour_; }
    bool operator==(const TimeFormat&) const = default;

  private:
    struct Part {
        char letter = 0;  ///< 0: literal
        std::size_t digits_min = 1, digits_max = 1;
        std::string literal;
        bool operator==(const Part&) const = default;
    };
    struct Numbers;
    [[nodiscard]] static Result<Part> part_of(char letter, std::size_t count);
    [[nodiscard]] Result<void> settle();
    [[nodiscard]] static bool take(const Part& part, std::string_view& rest, Numbers& numbers);

    std::string text_;
    std::vector<Part> parts_;
    bool has_hour_ = false;
};

/// Tries the formats in order. errors: bad_date, naming the formats that were tried.
[[nodiscard]] Result<WrittenTime>
read_time(std::string_view text, const std::vector<TimeFormat>& formats);

}  // namespace zt::kindfile
