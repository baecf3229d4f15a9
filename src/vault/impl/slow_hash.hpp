#pragma once
// The text that is kept of a slow hash: `argon2id$<passes>$<memory bytes>$<salt>$<hash>`, salt and
// hash as hex digits. The cost stands in it, so that a dearer one later leaves old ones readable.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace zt::vault::impl {

struct SlowHash {
    std::uint64_t passes = 0;
    std::size_t memory_bytes = 0;
    std::array<std::uint8_t, 16> salt{};
    std::array<std::uint8_t, 32> hash{};
};

[[nodiscard]] std::string slow_hash_text(const SlowHash& one);
/// Nothing when it is none, or its cost is beyond what this program would spend (a ledger that we
/// did not write must not take all memory).
[[nodiscard]] std::optional<SlowHash> read_slow_hash(std::string_view text);

}  // namespace zt::vault::impl
