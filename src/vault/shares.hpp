#pragma once
// Recovery shares of the master key: three sheets of paper, any two of which give it back, one of
// which says nothing. Shamir's scheme over GF(256) (A. Shamir, How to share a secret, 1979): each
// byte of the key is the constant term of a line with a random slope; a share is the value of all
// lines at its number. Two points give the line; one point fits every constant term equally well.
//
// A share is printed as `zhitong-share-1 NUMBER SET DIGITS CHECK`: the set tells shares of one
// splitting of one key from those of another, so that sheets of different years are not mixed; the
// check finds a slip of the pen.

#include "base/result.hpp"
#include "base/world.hpp"
#include "vault/key.hpp"

#include <array>
#include <string>
#include <string_view>

namespace zt::vault {

inline constexpr std::size_t shares_made = 3;
inline constexpr std::size_t shares_needed = 2;

struct Share {
    std::uint8_t number = 0;            ///< 1 … 3
    std::array<std::uint8_t, 4> set{};  ///< drawn at each splitting
    Secret bytes;
};

[[nodiscard]] std::array<Share, shares_made> split(const Secret& secret, Random& random);

/// errors: share_wrong when both are the same one or come from different splittings. Whether the
/// result is the right key only its check value tells.
[[nodiscard]] Result<Secret> combine(const Share& one, const Share& other);

/// One line: 64 hex digits in groups of four, and eight of check.
[[nodiscard]] std::string to_text(const Share& share);
/// errors: share_wrong, saying what is not right. Blanks, line breaks and capitals do not matter.
[[nodiscard]] Result<Share> read_share(std::string_view text);

}  // namespace zt::vault
