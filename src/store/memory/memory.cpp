#include "store/memory.hpp"

#include "store/memory/memory_store.hpp"

namespace zt::store {

std::unique_ptr<Store> open_memory(HashAlgorithm algorithm) {
    return std::make_unique<memory::MemoryStore>(algorithm);
}

}  // namespace zt::store
