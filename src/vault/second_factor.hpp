#pragma once
// The second factor: time-based one-time codes (RFC 6238) as every authenticator app makes them,
// and recovery codes for the day when the phone is lost.
//
// The secret has to be there in the clear whenever a code is checked, so it cannot be hashed: it
// lies sealed under a key derived from the master key, bound to its account. A copy of the file
// alone gives no code.

#include "base/hash.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "base/world.hpp"
#include "vault/key.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace zt::vault {

/// What authenticators know without being told: SHA-1, six digits, half a minute.
inline constexpr Millis totp_step_length = std::chrono::seconds{30};
inline constexpr std::size_t totp_digits = 6;
/// Steps before and behind the present one that pass: clocks of phones, and the time of typing.
/// source: RFC 6238 5.2.
inline constexpr std::int64_t totp_window = 1;
inline constexpr std::size_t recovery_code_count = 10;

/// 20 bytes, as long as the hash that the codes are made with (RFC 4226 4, R6); wiped when they go.
class TotpSecret {
  public:
    static constexpr std::size_t size = 20;
    TotpSecret() = default;
    explicit TotpSecret(const std::array<std::uint8_t, size>& bytes) : bytes_(bytes) {}
    TotpSecret(const TotpSecret&) = default;
    TotpSecret& operator=(const TotpSecret&) = default;
    ~TotpSecret();
    [[nodiscard]] static TotpSecret make(Random& random);
    [[nodiscard]] std::string_view view() const;
    /// As it is typed by hand into an authenticator: 32 characters of base32.
    [[nodiscard]] std::string base32() const;
    bool operator==(const TotpSecret&) const = default;

  private:
    friend Result<TotpSecret>
    open_totp(const MasterKey& master, std::int64_t owner, std::string_view sealed);
    std::array<std::uint8_t, size> bytes_{};
};

/// in: owner, the number of the account; the sealed bytes open for it alone.
[[nodiscard]] std::string
seal_totp(const MasterKey& master, std::int64_t owner, const TotpSecret& secret, Random& random);
/// errors: key_wrong when another master key sealed it, damaged when it was altered or belongs to
/// another account.
[[nodiscard]] Result<TotpSecret>
open_totp(const MasterKey& master, std::int64_t owner, std::string_view sealed);

/// The step that an instant falls into.
[[nodiscard]] std::int64_t totp_step_at(UtcMs at);
/// The code of a step.
[[nodiscard]] std::string totp_code(const TotpSecret& secret, std::int64_t step);
/// The step whose code this is, within the window and later than `last_step`, the last that was
/// used: so each code passes once. Empty when it is none. Compares in constant time. in: the code
/// as it was typed, spaces allowed.
[[nodiscard]] std::optional<std::int64_t>
match_totp(const TotpSecret& secret, std::string_view typed, UtcMs now, std::int64_t last_step);

/// What the QR code for the authenticator says. It holds the secret. in: what the app shows as
/// issuer (the name of the place) and as account (the sign-in name).
/// source: the key URI format that authenticators share.
[[nodiscard]] std::string
totp_uri(const TotpSecret& secret, std::string_view issuer, std::string_view account);
/// A QR code as an SVG picture of its own. errors: bad_value when the text is too long for one.
[[nodiscard]] Result<std::string> qr_svg(std::string_view text);

/// `XXXX-XXXX-XXXX-XXXX-XXXX-XXXX`: 120 bits without letters that look alike. So much chance needs
/// no slow hash (ASVS 5.0 6.5.2).
[[nodiscard]] std::string make_recovery_code(Random& random);
/// What is stored instead of the code: a hash under a key derived from the master key. in: the code
/// as it was typed: lower case, spaces, O for 0, I and L for 1 are forgiven.
[[nodiscard]] Hash
recovery_hash(const MasterKey& master, std::int64_t owner, std::string_view typed);
/// A password for one use: `XXXX-XXXX-XXXX-XXXX`, 80 bits; passes the policy.
[[nodiscard]] std::string make_one_time_password(Random& random);

}  // namespace zt::vault
