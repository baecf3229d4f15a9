#pragma once
// Share: a rate that always travels with its numerator and denominator. Both may be scaled (weights
// are millionths), the texts are not.

#include <cstdint>
#include <optional>
#include <string>

namespace zt::views {

/// Weights (satisfied 1, basically satisfied 0.8) are facts in millionths.
inline constexpr std::int64_t millionths = 1'000'000;

struct Share {
    std::int64_t numerator = 0;  ///< in 1/unit
    std::int64_t denominator = 0;
    std::int64_t unit = 1;
    bool operator==(const Share&) const = default;
};

/// 241600000 in millionths gives "241.6", 242000000 gives "242". in: unit is a power of ten.
[[nodiscard]] std::string decimal_text(std::int64_t amount, std::int64_t unit);
/// Rounded half up to 4 places ("0.9680"); empty when the denominator is 0 (or less, which no true
/// ledger gives).
[[nodiscard]] std::optional<std::string> rate_text(const Share& share);
/// For people: "96.80%", empty as above.
[[nodiscard]] std::string percent_text(const Share& share);

}  // namespace zt::views
