#pragma once
// The one envelope that wrapped keys and sealed texts share:
// format (1 byte) ‖ key tag (4) ‖ nonce (24) ‖ ciphertext ‖ authentication tag (16).

#include "base/result.hpp"
#include "base/world.hpp"
#include "vault/key.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace zt::vault::impl {

inline constexpr std::size_t box_overhead_bytes = 1 + 4 + 24 + 16;

/// A key and its tag, borrowed.
struct BoxKey {
    const Secret& secret;
    const KeyTag& tag;
};

/// in: context, what the box belongs to; the same must be given to open it.
[[nodiscard]] std::string close_box(
    BoxKey key,
    std::string_view context,
    std::string_view plain,
    std::span<const std::uint8_t, 24> nonce
);

/// Opens into `out`, which must have the size that plain_size gives.
/// errors: key_wrong, damaged; `out` then holds zeros.
[[nodiscard]] Result<void>
open_box(BoxKey key, std::string_view context, std::string_view box, std::span<std::uint8_t> out);

/// The tag of the key that closed it, as it stands there; zeros when the box is too short. Not
/// authenticated.
[[nodiscard]] KeyTag tag_in(std::string_view box);

/// Size of the text inside. errors: damaged when the box is too short or of another format.
[[nodiscard]] Result<std::size_t> plain_size(std::string_view box);

/// Before any call to libsodium: it then picks the fastest code for this processor. Cheap when
/// repeated.
void start_sodium();

[[nodiscard]] const std::uint8_t* bytes_of(std::string_view text);

}  // namespace zt::vault::impl
