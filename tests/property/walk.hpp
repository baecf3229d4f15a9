#pragma once
// Random walks: somebody does something that the kinds may or may not allow, again and again, and
// after each step everything that must always hold is looked at.

#include "app/definitions.hpp"
#include "app/scenario/coverage.hpp"
#include "app/scenario/memory_tenant.hpp"

namespace zt::app::walks {

struct WalkPlan {
    std::string kind;  ///< of the matters that begin; others begin as reactions
    std::uint64_t seed = 1;
    int steps = 60;
    UtcMs begin;
};

struct WalkReport {
    int taken = 0, refused = 0;
    int closed = 0;       ///< closings, at which guarantees are looked at
    std::string failure;  ///< empty: everything held
    std::string log;      ///< the newest events before it failed
};

/// What it showed of the kinds goes into `coverage`.
[[nodiscard]] WalkReport walk(
    const WalkPlan& plan,
    const service::SharedRules& rules,
    const kindfile::Place& place,
    scenario::Coverage& coverage
);

}  // namespace zt::app::walks
