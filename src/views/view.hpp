#pragma once
// View: a fold of the ledger with a position of its own, rebuildable from zero. Awaited views (open
// set, figures) are folded before the answer goes out; following ones (lists) lag at most a second.

#include "domain/facts.hpp"

#include <span>

namespace zt::views {

/// One step of every fold: an event, the state around it, and its facts (computed once for all
/// views).
struct Step {
    const State* before = nullptr;  ///< null for the first event of a matter
    const Event* event = nullptr;
    const State* after = nullptr;
    std::span<const Fact> facts;
};

}  // namespace zt::views
