#pragma once
// Text helpers that need no library: UTF-8 validity and length, splitting, trimming, decimal
// numbers.

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zt {

[[nodiscard]] bool is_utf8(std::string_view text);
/// Number of code points; text must be valid UTF-8.
[[nodiscard]] std::size_t count_characters(std::string_view text);
/// The first `count` code points.
[[nodiscard]] std::string first_characters(std::string_view text, std::size_t count);
/// Without white space at both ends (ASCII, U+3000, U+00A0).
[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);
[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view separator);
/// The whole text is a decimal integer. errors: bad_number.
[[nodiscard]] Result<std::int64_t> parse_int(std::string_view text);
/// Up to two candidates nearest to `word` (edit distance ≤ 2) for "did you mean"; empty when none.
[[nodiscard]] std::string
nearest(std::string_view word, const std::vector<std::string>& candidates);

/// numerator ÷ denominator rounded half up to `places` decimals, as text ("0.9680"); both ≥ 0,
/// denominator > 0.
[[nodiscard]] std::string ratio_text(std::int64_t numerator, std::int64_t denominator, int places);

}  // namespace zt
