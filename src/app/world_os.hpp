#pragma once
// The machine's clock and its source of chance: the only place where the program asks for either.

#include "base/world.hpp"

namespace zt::app {

class OsClock final : public WallClock {
  public:
    [[nodiscard]] UtcMs now() const override;
};

/// The kernel's generator, fit for keys. threads: any.
class OsRandom final : public Random {
  public:
    void fill(std::span<std::uint8_t> out) override;
};

}  // namespace zt::app
