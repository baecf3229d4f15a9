#pragma once
// The machine's clock and its source of chance: the only place where the program asks for either.

#include "base/world.hpp"

#include <array>

namespace zt::app {

class OsClock final : public WallClock {
  public:
    [[nodiscard]] UtcMs now() const override;
};

/// The kernel's generator, fit for keys. Asked for a page at a time: a hand-in needs a dozen small
/// pieces, and each would be a call of its own. What was given out is wiped. threads: one.
class OsRandom final : public Random {
  public:
    ~OsRandom() override;
    void fill(std::span<std::uint8_t> out) override;

  private:
    std::array<std::uint8_t, 4096> page_{};
    std::size_t used_ = sizeof page_;
};

}  // namespace zt::app
