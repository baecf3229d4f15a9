#pragma once
// The field Range of a request (RFC 9110, 14): one range of bytes, or all of it.

#include <cstdint>
#include <string>
#include <string_view>

namespace zt::http {

struct ByteRange {
    std::int64_t first = 0, end = 0;  ///< first ≤ byte < end
    bool operator==(const ByteRange&) const = default;
};

struct RangeAsked {
    ByteRange range;
    int status = 200;           ///< 206 for a part, 416 for one that is not there
    std::string content_range;  ///< of the answer; empty for the whole
};

/// in: the field as sent; what is no single range of bytes is passed over, as the RFC allows.
[[nodiscard]] RangeAsked range_asked(std::string_view field, std::int64_t bytes);

}  // namespace zt::http
