#pragma once
// How the ledger names a submit that it took: 6 bytes of the key's time, then 10 of its hash with
// the credential, so that rows of one time lie together and no key of a client is kept.

#include "base/uuid.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace zt::service {

[[nodiscard]] std::array<std::uint8_t, 16> submit_key(std::string_view credential, const Uuid& key);

}  // namespace zt::service
