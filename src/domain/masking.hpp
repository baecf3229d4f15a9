#pragma once
// Masking: numbers by which people can be found or reached, in a text that is to be published:
// phones, identity and bank numbers, other documents, plates, mail addresses. What is found is a
// proposal; a person confirms it, or names it among those that may stand (a hotline).
//
// Check digits keep false hits low: identity numbers by GB 11643 (ISO 7064 MOD 11-2), bank cards by
// Luhn (ISO/IEC 7812-1). Full width, spaced and hyphened digits are read as digits, and Chinese
// numerals in phones. Names and addresses are not found: they need the person who reads.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zt {

enum class PrivateClass : std::uint8_t { phone, identity, bank_card, document, plate, mail };
[[nodiscard]] std::string_view name_of(PrivateClass what);

/// Bytes of the text.
struct PrivateSpan {
    std::size_t begin = 0, size = 0;
    PrivateClass what{};
    bool operator==(const PrivateSpan&) const = default;
};

/// out: in order, without overlap. in: UTF-8; bytes that are none are passed over. cost: linear.
[[nodiscard]] std::vector<PrivateSpan> find_private(std::string_view text);

/// Each character of each span becomes an asterisk. in: spans as find_private gives them.
[[nodiscard]] std::string masked(std::string_view text, std::span<const PrivateSpan> spans);

/// All spans are among those that may stand, written the same way.
[[nodiscard]] bool is_confirmed(std::string_view text, std::span<const std::string> may_stand);

}  // namespace zt
