#pragma once
// One step of strict UTF-8 (Unicode 15, table 3-7: no overlong forms, no surrogates, nothing above
// U+10FFFF), shared by text.cpp and json.cpp.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace zt::impl {

[[nodiscard]] inline bool is_continuation(unsigned char byte) { return (byte & 0xC0U) == 0x80U; }

/// Bytes of the well-formed sequence at `at` (1 … 4), or 0 when it is not well formed.
[[nodiscard]] inline std::size_t sequence_length(const char* at, const char* end) {
    const auto byte = [at](std::size_t index) { return static_cast<unsigned char>(at[index]); };
    const auto left = static_cast<std::size_t>(end - at);
    const unsigned char lead = byte(0);
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        const bool tail = left >= 3 && is_continuation(byte(1)) && is_continuation(byte(2));
        const bool overlong = lead == 0xE0 && left >= 2 && byte(1) < 0xA0;
        const bool surrogate = lead == 0xED && left >= 2 && byte(1) >= 0xA0;
        return tail && !overlong && !surrogate ? 3 : 0;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return left >= 2 && is_continuation(byte(1)) ? 2 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const bool tail = left >= 4 && is_continuation(byte(1)) && is_continuation(byte(2)) &&
                          is_continuation(byte(3));
        const bool overlong = lead == 0xF0 && left >= 2 && byte(1) < 0x90;
        const bool above = lead == 0xF4 && left >= 2 && byte(1) >= 0x90;
        return tail && !overlong && !above ? 4 : 0;
    }
    return 0;
}

[[nodiscard]] inline std::uint64_t load_8(const char* at) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
}

}  // namespace zt::impl
