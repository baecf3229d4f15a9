#include "domain/impl/glyphs.hpp"

#include <algorithm>

namespace zt::masking {

namespace {

constexpr std::u32string_view provinces =
    U"京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领";
constexpr std::u32string_view plate_marks = U"警学挂港澳试超领使";
constexpr std::u32string_view hyphens = U"－‐‑‒–—−﹣";
constexpr std::u32string_view blanks = U"\u00A0\u3000\u2002\u2003\u2009";
constexpr std::u32string_view dots = U"·•・‧∙";

struct Decoded {
    std::uint32_t point = 0;
    std::size_t bytes = 1;
};

Decoded decode(std::string_view text, std::size_t at) {
    const auto first = static_cast<std::uint8_t>(text[at]);
    const std::size_t bytes = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (bytes == 1 || first < 0xC2 || at + bytes > text.size()) {
        return {first < 0x80 ? first : 0xFFFDU, 1};
    }
    std::uint32_t point = first & (0x7FU >> bytes);
    for (std::size_t index = 1; index < bytes; ++index) {
        const auto next = static_cast<std::uint8_t>(text[at + index]);
        if ((next & 0xC0U) != 0x80U) {
            return {0xFFFDU, 1};
        }
        point = (point << 6U) | (next & 0x3FU);
    }
    return {point, bytes};
}

char numeral(char32_t point) {
    constexpr std::u32string_view plain = U"零一二三四五六七八九";
    constexpr std::u32string_view capital = U"〇壹贰叁肆伍陆柒捌玖";
    for (const auto list : {plain, capital}) {
        if (const std::size_t found = list.find(point); found != std::u32string_view::npos) {
            return static_cast<char>('0' + found);
        }
    }
    return point == U'幺' ? '1' : point == U'两' ? '2' : '\0';
}

char meaning_of(char32_t point, Numerals numerals) {
    if (point < 0x80) {
        return static_cast<char>(point);
    }
    if (point >= 0xFF01 && point <= 0xFF5E && point != U'－') {
        return static_cast<char>(point - 0xFEE0);
    }
    if (hyphens.find(point) != std::u32string_view::npos) {
        return '-';
    }
    if (blanks.find(point) != std::u32string_view::npos) {
        return ' ';
    }
    return numerals == Numerals::chinese_too ? numeral(point) : '\0';
}

bool is_in(std::u32string_view list, std::uint32_t point) {
    return list.find(static_cast<char32_t>(point)) != std::u32string_view::npos;
}

}  // namespace

bool Glyph::is_dot() const { return is_in(dots, point) || letter == '-' || letter == ' '; }

Glyphs read_glyphs(std::string_view text, Numerals numerals) {
    Glyphs glyphs;
    glyphs.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const Decoded one = decode(text, at);
        glyphs.push_back(
            {at, one.bytes, one.point, meaning_of(static_cast<char32_t>(one.point), numerals)}
        );
        at += one.bytes;
    }
    return glyphs;
}

bool is_province(std::uint32_t point) { return is_in(provinces, point); }

bool is_plate_mark(std::uint32_t point) { return is_in(plate_marks, point); }

}  // namespace zt::masking
