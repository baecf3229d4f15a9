#pragma once
// The inner loop that reading and writing strings share. Replay decodes hundreds of thousands of
// payloads a second, most of their bytes inside strings, so eight ASCII bytes go in one step and
// the common Chinese characters (three bytes, no special case) in another.

#include "base/impl/utf8.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace zt::impl {

/// True for the ASCII bytes that stand in a canonical JSON string as they are.
inline constexpr std::array<bool, 128> plain_ascii = [] {
    std::array<bool, 128> plain{};
    for (std::size_t byte = 0x20; byte < plain.size(); ++byte) {
        plain[byte] = byte != '"' && byte != '\\';
    }
    return plain;
}();

/// Number of plain ASCII bytes at the front of eight, 0 … 8.
[[nodiscard]] inline std::size_t count_plain(std::uint64_t word) {
    static_assert(std::endian::native == std::endian::little, "the first byte must be the lowest");
    constexpr std::uint64_t ones = 0x0101010101010101U;
    constexpr std::uint64_t highs = 0x8080808080808080U;
    const std::uint64_t quote = word ^ (ones * '"');
    const std::uint64_t backslash = word ^ (ones * '\\');
    // A subtraction borrows only from bytes above one that is flagged itself, so the lowest flag is
    // exact.
    const std::uint64_t special =
        ((word - ones * 0x20U) | (quote - ones) | (backslash - ones) | word) & highs;
    return special == 0 ? sizeof word : static_cast<std::size_t>(std::countr_zero(special)) / 8;
}

/// Past the three-byte characters U+1000 … U+CFFF that stand here; Chinese text runs on in them.
[[nodiscard]] inline const char* skip_common(const char* at, const char* end) {
    while (end - at >= 3) {
        const auto lead = static_cast<unsigned char>(*at);
        const bool common = lead >= 0xE1 && lead <= 0xEC &&
                            is_continuation(static_cast<unsigned char>(at[1])) &&
                            is_continuation(static_cast<unsigned char>(at[2]));
        if (!common) {
            break;
        }
        at += 3;
    }
    return at;
}

/// First byte that does not stand as it is: a quote, a backslash, a control character, or bad
/// UTF-8; or `end`.
[[nodiscard]] inline const char* skip_plain(const char* at, const char* end) {
    while (at != end) {
        if (end - at >= 8) {
            const std::size_t plain = count_plain(load_8(at));
            at += plain;
            if (plain == 8) {
                continue;
            }
        }
        const auto lead = static_cast<unsigned char>(*at);
        if (lead < 0x80) {
            if (!plain_ascii[lead]) {
                return at;
            }
            ++at;
            continue;
        }
        const std::size_t length = sequence_length(at, end);
        if (length == 0) {
            return at;
        }
        at = skip_common(at + length, end);
    }
    return at;
}

}  // namespace zt::impl
