#pragma once
// Chance that repeats: equal seed, equal bytes, on every machine. For tests and `demo`; never for
// keys, nonces or salts of a real place, since who knows the seed knows them all.

#include "base/world.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace zt {

class SeededRandom final : public Random {
  public:
    explicit SeededRandom(std::uint64_t seed);

    void fill(std::span<std::uint8_t> out) override;
    [[nodiscard]] std::uint64_t next();
    /// Evenly from 0 … count − 1; count > 0.
    [[nodiscard]] std::size_t below(std::size_t count);

  private:
    std::array<std::uint64_t, 4> state_{};
};

}  // namespace zt
