#pragma once
// Idempotency keys: UUIDv7, made by the client before the first send.

#include "base/result.hpp"
#include "base/time.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace zt {

struct Uuid {
    std::array<std::uint8_t, 16> bytes{};
    auto operator<=>(const Uuid&) const = default;
    [[nodiscard]] explicit operator bool() const { return *this != Uuid{}; }
};

/// A version 7 UUID: 48 bits of milliseconds, the rest from the 10 bytes given (a random source or
/// a hash).
[[nodiscard]] Uuid uuid7(UtcMs at, const std::array<std::uint8_t, 10>& rest);
/// A version 7 UUID that depends on its text alone: imports use (source ‖ row id) so that a second
/// run adds nothing.
[[nodiscard]] Uuid uuid7_from_text(UtcMs at, std::string_view text);
[[nodiscard]] std::string to_string(const Uuid& uuid);
/// errors: bad_uuid.
[[nodiscard]] Result<Uuid> parse_uuid(std::string_view text);

}  // namespace zt
