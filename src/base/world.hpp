#pragma once
// The two things that the pure parts may not have of themselves: the time of day and chance. Both
// come in from the program (app/world_os.hpp), from a test or from `demo` (base/seeded_random.hpp).

#include "base/time.hpp"

#include <cstdint>
#include <span>

namespace zt {

struct WallClock {
    virtual ~WallClock() = default;
    [[nodiscard]] virtual UtcMs now() const = 0;
};

struct Random {
    virtual ~Random() = default;
    /// Overwrites all bytes.
    virtual void fill(std::span<std::uint8_t> out) = 0;
};

}  // namespace zt
