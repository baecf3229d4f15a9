#pragma once
// Characters of a text as the search for private numbers reads them: where each stands, and which
// letter or digit of ASCII it means.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace zt::masking {

struct Glyph {
    std::size_t at = 0, bytes = 1;
    std::uint32_t point = 0;  ///< code point
    char letter = 0;          ///< what it means in ASCII; 0: nothing there

    [[nodiscard]] bool is_digit() const { return letter >= '0' && letter <= '9'; }
    [[nodiscard]] char capital() const {
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    }
    [[nodiscard]] bool is_word() const {
        return is_digit() || (capital() >= 'A' && capital() <= 'Z') || letter == '_';
    }
    [[nodiscard]] bool is_of_mail(std::string_view signs) const {
        return is_word() || (letter != 0 && signs.find(letter) != std::string_view::npos);
    }
    /// What people put between groups of digits: blanks, hyphens, brackets of an area code.
    [[nodiscard]] bool is_gap() const {
        return letter == ' ' || letter == '-' || letter == '(' || letter == ')';
    }
    /// The dot in the middle of a plate.
    [[nodiscard]] bool is_dot() const;
};

using Glyphs = std::vector<Glyph>;

/// Whether 一 … 九, 零, 〇, 幺 and their capital forms are digits.
enum class Numerals : std::uint8_t { ascii, chinese_too };

/// Bytes that are no UTF-8 become glyphs without a meaning.
[[nodiscard]] Glyphs read_glyphs(std::string_view text, Numerals numerals);

/// The short name of a province at the head of a plate.
[[nodiscard]] bool is_province(std::uint32_t point);
/// 警, 学, 挂, 港, 澳, 试, 超, 领 at its end.
[[nodiscard]] bool is_plate_mark(std::uint32_t point);

}  // namespace zt::masking
