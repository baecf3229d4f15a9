#pragma once
// The store without a disk: for tests and for commands that try something out. It forgets
// everything when it goes.

#include "store/store.hpp"

#include <memory>

namespace zt::store {

/// threads: append from one, each reader() from one of its own. Readers must not outlive the store.
[[nodiscard]] std::unique_ptr<Store> open_memory(HashAlgorithm algorithm = HashAlgorithm::sha256);

}  // namespace zt::store
