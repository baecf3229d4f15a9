#pragma once
// KeyNumbers: numbers 0, 1, 2 … for keys, in the order in which they are first seen. What belongs
// to a key lies in a vector at its number. A key costs 8 bytes and 6 to 11 for its place.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace zt::views::impl {

class KeyNumbers {
  public:
    [[nodiscard]] std::uint32_t number_of(std::uint64_t key) {
        // At most three quarters full: runs stay short.
        if ((keys_.size() + 1) * 4 > places_.size() * 3) {
            grow();
        }
        std::size_t place = place_of(key);
        while (places_[place] != 0) {
            const std::uint32_t number = places_[place] - 1;
            if (keys_[number] == key) {
                return number;
            }
            place = (place + 1) & (places_.size() - 1);
        }
        keys_.push_back(key);
        places_[place] = static_cast<std::uint32_t>(keys_.size());
        return places_[place] - 1;
    }
    [[nodiscard]] const std::vector<std::uint64_t>& keys() const { return keys_; }
    [[nodiscard]] std::size_t size() const { return keys_.size(); }

  private:
    void grow();
    [[nodiscard]] std::size_t place_of(std::uint64_t key) const {
        // Twice: keys that are made of parts lie in steps, which one product leaves in clusters.
        std::uint64_t mixed = (key ^ (key >> 32U)) * 0x9E3779B97F4A7C15U;
        mixed = (mixed ^ (mixed >> 29U)) * 0xBF58476D1CE4E5B9U;
        return static_cast<std::size_t>(mixed >> shift_);
    }

    std::vector<std::uint64_t> keys_;
    std::vector<std::uint32_t> places_;  ///< number + 1, 0 where free; a power of two
    unsigned shift_ = 64;                ///< the upper bits choose the place
};

}  // namespace zt::views::impl
