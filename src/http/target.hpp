#pragma once
// Target: the address of a request line, taken apart. Decoded once, strictly; a decoded segment
// holds no slash and is no dot segment, so that no address can climb out of what it names.

#include "http/call.hpp"

namespace zt::http {

inline constexpr std::size_t target_bytes_max = 8U << 10U;
inline constexpr std::size_t segments_max = 32;
inline constexpr std::size_t query_pairs_max = 64;

struct Target {
    std::string_view path;              ///< as sent, without query
    std::vector<std::string> segments;  ///< decoded; an empty one matches no route
    Pairs query;                        ///< decoded, in order; a name may come again
};

/// in: "/path?query"; the target borrows it. errors: bad_request (not of this form, a wrong escape,
/// not UTF-8, a control character, a dot segment, a slash inside a segment, too long, too many).
[[nodiscard]] Result<Target> parse_target(std::string_view text);

}  // namespace zt::http
