#pragma once
// apply: the other half of decide. Cannot fail, cannot look at anything but its arguments.

#include "domain/event.hpp"

namespace zt {

/// Applies one change as part of an event at that instant.
void apply_change(State& state, const Change& change, UtcMs at);
/// Applies all changes of an event and moves version, seq, changed.
void apply(State& state, const Event& event);

}  // namespace zt
