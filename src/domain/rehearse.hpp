#pragma once
// Rehearsal: what an event would have said under other rules. Acts stay as they were (who did what,
// and when); clocks that they start are dated by the other rules, clocks that they stop are in time
// or late by that, and ratings weigh what the other pack says. Lapses are not rewritten: who
// rehearses leaves the old ones out and lets the clocks lapse as they now fall due (decide_lapse).

#include "domain/decide.hpp"

namespace zt {

/// A step that belongs to the rules, not to anybody's acts: the lapse of a clock, a date counted
/// again with the calendar.
[[nodiscard]] bool is_of_rules(const Event& event);
/// in: the matter as it stands under the other rules, null for its first event; an event that is
/// not of the rules. out: the same event with what would have come of it.
[[nodiscard]] Event under_rules(const State* before, const Event& event, const Context& context);

}  // namespace zt
