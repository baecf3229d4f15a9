#pragma once
// SlotLists: which slots belong to a key, four bytes each. Leaving is lazy: a list may name slots
// that have left, so whoever reads asks each slot whether it still belongs. A list that is mostly
// stale is swept.

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace zt::views::impl {

class SlotLists {
  public:
    void enter(std::int64_t key, std::uint32_t slot) { lists_[key].slots.push_back(slot); }

    /// in: belongs(slot) says whether the slot is still of this key.
    template <class Belongs>
    void leave(std::int64_t key, Belongs belongs) {
        List& list = lists_[key];
        ++list.stale;
        if (list.stale > slack && list.stale * 2 > list.slots.size()) {
            std::ranges::sort(list.slots);
            list.slots.erase(std::ranges::unique(list.slots).begin(), list.slots.end());
            std::erase_if(list.slots, [&](std::uint32_t slot) { return !belongs(slot); });
            list.slots.shrink_to_fit();
            list.stale = 0;
        }
    }

    /// Each slot once, in order.
    [[nodiscard]] std::vector<std::uint32_t> slots(std::int64_t key) const {
        const auto found = lists_.find(key);
        std::vector<std::uint32_t> out =
            found == lists_.end() ? std::vector<std::uint32_t>{} : found->second.slots;
        std::ranges::sort(out);
        out.erase(std::ranges::unique(out).begin(), out.end());
        return out;
    }

    [[nodiscard]] std::size_t bytes() const {
        std::size_t sum = 0;
        for (const auto& [key, list] : lists_) {
            sum += sizeof(List) + list.slots.capacity() * sizeof(std::uint32_t);
        }
        return sum;
    }

  private:
    /// Below this a sweep costs more than it saves.
    static constexpr std::size_t slack = 64;
    struct List {
        std::vector<std::uint32_t> slots;
        std::size_t stale = 0;
    };
    std::unordered_map<std::int64_t, List> lists_;
};

}  // namespace zt::views::impl
