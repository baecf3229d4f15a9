#pragma once
// Long sealed bytes, cut into chunks that open one by one: attachments, and what arrives of them.
//
// libsodium's secretstream was looked at first: its state moves on with each chunk, so the middle
// of a file opens only after all before it. A reader of ranges needs chunks that stand alone:
// XChaCha20-Poly1305 with a nonce of 16 random bytes and the chunk's number. Number, context and
// whether it is the last are bound to the chunk, hence a chunk that is swapped, left out, repeated,
// or a file that is cut, does not open.

#include "base/result.hpp"
#include "base/world.hpp"
#include "vault/key.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace zt::vault {

/// Bytes that sealing adds to a chunk.
inline constexpr std::size_t chunk_overhead_bytes = 16;

/// Drawn once for a file; never used for a second one under the same key.
using NonceStart = std::array<std::uint8_t, 16>;
[[nodiscard]] NonceStart make_nonce_start(Random& random);

enum class ChunkPlace : std::uint8_t { before_last, last };

/// Seals and opens the chunks of one file. threads: one object may be used by several.
class ChunkSealer {
  public:
    /// in: key, of which one for files is derived, so that no key serves two purposes; context,
    /// what the file is and what its header says, bound to each chunk.
    ChunkSealer(const MatterKey& key, const NonceStart& start, std::string context);

    /// in: number, given to one text only.
    [[nodiscard]] std::string
    seal(std::uint64_t number, ChunkPlace place, std::string_view plain) const;
    /// errors: damaged when it was altered, belongs elsewhere or the key is another.
    [[nodiscard]] Result<std::string>
    open(std::uint64_t number, ChunkPlace place, std::string_view sealed) const;

  private:
    Secret key_;
    NonceStart start_;
    std::string context_;
};

}  // namespace zt::vault
