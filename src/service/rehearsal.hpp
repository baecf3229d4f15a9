#pragma once
// Rehearsal: history played again under other rules, in memory. Who did what and when stays; due
// dates, lapses and what they make of the figures follow the other rules. What people or the system
// did because a clock lapsed (urging, supervision orders) also stays as it was.

#include "domain/rehearse.hpp"
#include "service/replay.hpp"

namespace zt::service {

/// A clock that would fall due on another day, or lapse where it did not, or the other way round.
struct ClockDifference {
    MatterId matter;
    std::string kind, number, clock;
    UtcMs due_before, due_after;
    bool was_late = false, would_be_late = false;
    bool operator==(const ClockDifference&) const = default;
};

struct Rehearsal {
    Seq seq = 0;
    std::int64_t matters = 0, clocks = 0;
    std::vector<ClockDifference> differences;  ///< by matter and clock
    views::Figures before, after;
};

struct RehearsalPlan {
    const Rules* rules = nullptr;          ///< the others
    const Directory* directory = nullptr;  ///< as it stands
    Date from;                             ///< matters registered from that day on are played again
};

/// errors: damaged, quarantined. cost: a replay of the ledger.
[[nodiscard]] Result<Rehearsal> rehearse(store::Reader& store, const RehearsalPlan& plan);

}  // namespace zt::service
