#include "vault/impl/typed.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace zt::vault::impl {
namespace {

// Longer input is cut: no code comes near it.
constexpr std::size_t typed_bytes_max = 4096;

/// Full-width letters and digits (U+FF01 … U+FF5E) as UTF-8 begin with these bytes.
char half_width(std::string_view three) {
    const auto second = static_cast<std::uint8_t>(three[1]);
    const auto third = static_cast<std::uint8_t>(three[2]);
    if (three[0] != '\xEF' || (second != 0xBC && second != 0xBD)) {
        return '?';
    }
    return static_cast<char>(third - 0x80 + (second == 0xBC ? 0x20 : 0x60));
}

/// Ideographic space, en dash, em dash, minus.
bool is_gap(std::string_view three) {
    constexpr std::array<std::string_view, 6> gaps = {
        "\xE3\x80\x80",
        "\xE2\x80\x93",
        "\xE2\x80\x94",
        "\xE2\x88\x92",
        "\xE2\x80\x90",
        "\xE2\x80\x91"
    };
    for (const std::string_view gap : gaps) {
        if (three == gap) {
            return true;
        }
    }
    return false;
}

void append(std::string& out, char letter) {
    if (letter == ' ' || letter == '-' || letter == '\t' || letter == '\n' || letter == '\r') {
        return;
    }
    out += letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

}  // namespace

std::string typed_characters(std::string_view typed) {
    typed = typed.substr(0, typed_bytes_max);
    std::string out;
    for (std::size_t at = 0; at < typed.size(); ++at) {
        if (static_cast<std::uint8_t>(typed[at]) < 0x80) {
            append(out, typed[at]);
            continue;
        }
        const std::string_view three = typed.substr(at, 3);
        if (three.size() < 3) {
            return out + '?';
        }
        if (!is_gap(three)) {
            append(out, half_width(three));
        }
        at += 2;
    }
    return out;
}

}  // namespace zt::vault::impl
