#pragma once
// Signatures of what goes out and of what comes in from another place: HMAC-SHA256 over time ‖ "."
// ‖ body, under the receiver's secret. docs/operating/messages.md has a worked example; the vectors
// of the tests are the same.

#include "base/result.hpp"
#include "base/time.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zt::connect {

inline constexpr std::string_view time_header = "Zhitong-Time";
inline constexpr std::string_view signature_header = "Zhitong-Signature";
inline constexpr std::string_view effect_header = "Zhitong-Effect";
/// Older or newer than this by the receiver's clock is refused: what was recorded cannot be played
/// again later.
inline constexpr std::chrono::minutes signature_age_max{5};

using Headers = std::vector<std::pair<std::string, std::string>>;

/// "v1=" and 64 lower-case hex digits. in: time in seconds since 1970, as text.
[[nodiscard]] std::string
sign(std::string_view secret, std::string_view seconds, std::string_view body);
/// The headers of time and signature.
[[nodiscard]] Headers signed_headers(std::string_view secret, UtcMs now, std::string_view body);

struct Signature {
    std::string seconds, value;  ///< of the two headers
};
/// errors: bad_value (no such signature), in_the_future or too_late (outside signature_age_max).
/// cost: the same for any wrong signature.
[[nodiscard]] Result<void>
verify(std::string_view secret, const Signature& signature, std::string_view body, UtcMs now);

}  // namespace zt::connect
