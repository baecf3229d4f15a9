#pragma once
// Passwords: Argon2id (RFC 9106) by libsodium. What is stored is the usual text form,
// `$argon2id$v=19$m=…,t=…,p=1$salt$hash`, which carries its own parameters: they can be raised
// later, and each password is hashed anew when its owner next signs in.
//
// The policy follows NIST SP 800-63B and OWASP ASVS 5.0 6.2: long enough, not the sign-in name, not
// one of the commonest; no rules of composition, no change by the calendar, and every byte counts
// as it was typed.

#include "base/result.hpp"
#include "base/world.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace zt::vault {

/// In code points. Ten keeps out what is guessed in hours; the upper bound is for who would send
/// megabytes to be hashed.
inline constexpr std::size_t password_characters_min = 10;
inline constexpr std::size_t password_characters_max = 128;

/// What one hash costs. 64 MiB and three passes are the second recommended choice of RFC 9106 with
/// one lane: about a sixth of a second on one core, and a card that tries passwords needs as much
/// memory for each of its guesses.
struct PasswordCost {
    std::uint32_t passes = 3;
    std::uint32_t memory_kib = 64U * 1024U;
    bool operator==(const PasswordCost&) const = default;
};

/// A stored hash that asks for more is no hash of ours: checking it would take the machine down.
inline constexpr PasswordCost password_cost_max{16, 512U * 1024U};

using PasswordSalt = std::array<std::uint8_t, 16>;
[[nodiscard]] PasswordSalt make_password_salt(Random& random);

/// A password, or a code that is guarded like one; wiped when it goes.
class Password {
  public:
    Password() = default;
    explicit Password(std::string&& text);
    explicit Password(std::string_view text) : Password(std::string(text)) {}
    explicit Password(const char* text) : Password(std::string_view(text)) {}
    Password(Password&& other) noexcept;
    Password& operator=(Password&& other) noexcept;
    Password(const Password&) = delete;
    Password& operator=(const Password&) = delete;
    ~Password();
    [[nodiscard]] std::string_view view() const { return text_; }

  private:
    void wipe();
    std::string text_;
};

struct PasswordCheck {
    bool matches = false;
    bool is_outdated = false;  ///< matches, but was hashed at another cost
};

/// The text to store. errors: overloaded when the memory cannot be had. threads: any.
/// cost: that of PasswordCost; a server goes through PasswordPool.
[[nodiscard]] Result<std::string>
hash_password(const Password& password, const PasswordSalt& salt, PasswordCost cost = {});
/// Compares in constant time. errors: damaged when `stored` is no hash of ours, overloaded.
[[nodiscard]] Result<PasswordCheck>
verify_password(const Password& password, std::string_view stored, PasswordCost cost = {});
/// A stored text that no password matches, whose check costs the same: for a name that nobody has,
/// so that the time of an answer does not tell which names there are.
[[nodiscard]] std::string unmatchable_hash(Random& random, PasswordCost cost = {});

/// The policy. in: the sign-in name in lower case. errors: password_weak; `at` is the rule that
/// refuses: `length`, `text` (not UTF-8, or control characters), `name`, `common`.
/// source: NIST SP 800-63B 3.1.1, OWASP ASVS 5.0 6.2.1 to 6.2.12.
[[nodiscard]] Result<void> check_password(const Password& password, std::string_view sign_in_name);

}  // namespace zt::vault
