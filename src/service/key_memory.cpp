#include "service/key_memory.hpp"

#include <algorithm>
#include <utility>

namespace zt::service {

namespace {

/// Of one half: about 10 MB both, keys of some seconds at full speed.
constexpr std::size_t rows_max = 65'536;

}  // namespace

void KeyMemory::add(const store::KeyRow& row) {
    if (young_.size() >= rows_max) {
        for (const auto& [key, forgotten] : old_) {
            highest_forgotten_ = std::max(highest_forgotten_.value_or(key), key);
        }
        old_ = std::exchange(young_, {});
    }
    young_.emplace(row.key, row);
}

const store::KeyRow* KeyMemory::find(const Key& key) const {
    for (const Rows* rows : {&young_, &old_}) {
        if (const auto found = rows->find(key); found != rows->end()) {
            return &found->second;
        }
    }
    return nullptr;
}

}  // namespace zt::service
