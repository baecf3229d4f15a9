#pragma once
// Where a request comes from: the peer, or behind trusted proxies the last address in
// X-Forwarded-For that is not theirs.

#include "base/result.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zt::http {

/// An address of version 4 or 6; those of version 4 lie in ::ffff:0:0/96.
struct Address {
    std::array<std::uint8_t, 16> bytes{};
    bool operator==(const Address&) const = default;
    [[nodiscard]] bool is_loopback() const;
    /// What one customer is usually given: the address of version 4, the /64 of version 6.
    [[nodiscard]] std::string network() const;
};
[[nodiscard]] std::optional<Address> parse_address(std::string_view text);

class Networks {
  public:
    /// in: "10.0.0.0/8", "2001:db8::/32", "192.0.2.1". errors: bad_value.
    [[nodiscard]] static Result<Networks> read(std::span<const std::string> texts);
    [[nodiscard]] bool contains(const Address& address) const;

  private:
    struct Network {
        Address address;
        int bits = 128;
    };
    std::vector<Network> networks_;
};

/// Hops are read from the right; the first that is not trusted counts. A field that cannot be read
/// counts as far as it was read. in: all values of X-Forwarded-For, joined by commas.
[[nodiscard]] Address
client_address(const Address& peer, std::string_view forwarded, const Networks& trusted);

}  // namespace zt::http
