#pragma once
// SHA-256 and SM3 behind one call. The only place below the vault that meets OpenSSL.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace zt {

using Hash = std::array<std::uint8_t, 32>;

/// The algorithm byte of the ledger; the numbers are on disk and never change.
enum class HashAlgorithm : std::uint8_t { sha256 = 1, sm3 = 2 };

[[nodiscard]] Hash hash_of(HashAlgorithm algorithm, std::string_view bytes);
/// Hash of the parts one after the other, without copying them together.
[[nodiscard]] Hash hash_of(HashAlgorithm algorithm, std::span<const std::string_view> parts);
/// Keyed hash (HMAC) for claims: equal values give equal hashes only under one key.
[[nodiscard]] Hash keyed_hash(std::string_view key, std::string_view bytes);

/// 64 lower-case hex digits.
[[nodiscard]] std::string to_hex(const Hash& hash);

}  // namespace zt
