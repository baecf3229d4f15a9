#pragma once
// Sealing: a personal text goes into the ledger as ciphertext, and into the payload as a
// commitment. The commitment stays when the key is destroyed; it is salted with 16 random bytes
// that lie inside the ciphertext, so that nobody can find a name by hashing all names.

#include "base/result.hpp"
#include "base/world.hpp"
#include "vault/key.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace zt::vault {

using Salt = std::array<std::uint8_t, 16>;

struct SealedText {
    std::string bytes;       ///< format, key tag, nonce, ciphertext of salt ‖ text
    std::string commitment;  ///< 64 hex digits: SHA-256 of salt ‖ text
};

struct OpenedText {
    std::string text;
    Salt salt{};
};

/// Bytes that sealing adds to a text.
inline constexpr std::size_t sealing_overhead_bytes = 61;

/// What sealing one text leaves to chance; wiped when it goes. Drawn apart from sealing, so that
/// the work can be done on another thread than the draw.
struct SealingChance {
    SealingChance() = default;
    explicit SealingChance(Random& random) { random.fill(bytes); }
    SealingChance(const SealingChance&) = default;
    SealingChance& operator=(const SealingChance&) = default;
    ~SealingChance();

    std::array<std::uint8_t, 40> bytes{};  ///< nonce, then salt
};

/// in: name, the part's name in its event (`party.1.name`, `text`); it is bound to the bytes but
/// not contained; a chance that seals nothing else. cost: about 2 µs for 200 bytes.
[[nodiscard]] SealedText seal(
    const MatterKey& key, std::string_view name, std::string_view text, const SealingChance& chance
);

/// errors: key_wrong when another key sealed it, damaged when it was altered or carries another
/// name.
[[nodiscard]] Result<OpenedText>
unseal(const MatterKey& key, std::string_view name, std::string_view bytes);

[[nodiscard]] std::string commitment_of(const Salt& salt, std::string_view text);
/// The opened text is the one that the payload committed to.
[[nodiscard]] bool matches(std::string_view commitment, const OpenedText& opened);

}  // namespace zt::vault
