#pragma once
// Chance in words: what the invented people of a demo place draw. Equal seed, equal draws.

#include "base/seeded_random.hpp"

#include <initializer_list>
#include <span>

namespace zt::app::demo {

class Chance {
  public:
    explicit Chance(std::uint64_t seed) : random_(seed) {}

    /// True in so many of 1,000.
    [[nodiscard]] bool hits(int per_mille) { return between(0, 999) < per_mille; }
    /// Evenly, both ends included; low ≤ high.
    [[nodiscard]] int between(int low, int high) {
        return low + static_cast<int>(random_.below(static_cast<std::size_t>(high - low) + 1));
    }
    /// An index of a list that is not empty.
    [[nodiscard]] std::size_t index_of(std::size_t size) { return random_.below(size); }
    /// in: a list that is not empty.
    template <class List>
    [[nodiscard]] const auto& one_of(const List& list) {
        return list[index_of(list.size())];
    }
    /// An index, each as often as its weight; the weights are not all 0.
    [[nodiscard]] std::size_t weighted(std::span<const int> weights);
    [[nodiscard]] std::size_t weighted(std::initializer_list<int> weights) {
        return weighted(std::span(weights.begin(), weights.size()));
    }

  private:
    SeededRandom random_;
};

}  // namespace zt::app::demo
