#pragma once
// Which idempotency keys were committed lately. Keys begin with their time, so nearly all that come
// are above all that were there when the ledger was opened: those are answered from memory, and the
// index of keys on disk is asked only for the rest.

#include "store/store.hpp"

#include <cstring>
#include <optional>
#include <unordered_map>

namespace zt::service {

class KeyMemory {
  public:
    using Key = std::array<std::uint8_t, 16>;

    /// in: the highest key on disk.
    void begin(const std::optional<Key>& last) { highest_forgotten_ = last; }
    /// Every key that is committed, from then on.
    void add(const store::KeyRow& row);
    /// out: whether it is known without asking the disk; then `find` tells.
    [[nodiscard]] bool knows_of(const Key& key) const {
        return !highest_forgotten_ || key > *highest_forgotten_;
    }
    [[nodiscard]] const store::KeyRow* find(const Key& key) const;

  private:
    /// The end of a key is a hash already.
    struct End {
        std::size_t operator()(const Key& key) const noexcept {
            std::size_t end = 0;
            std::memcpy(&end, key.data() + key.size() - sizeof end, sizeof end);
            return end;
        }
    };
    using Rows = std::unordered_map<Key, store::KeyRow, End>;

    Rows young_, old_;  ///< together all above highest_forgotten_
    std::optional<Key> highest_forgotten_;
};

}  // namespace zt::service
