#pragma once
// Abstract exploration of a kind: every stage with every fill of its hand roles that rows can lead
// to. What the words of a row say about stages, hands, turns and marks is judged exactly or left
// open (both ways are taken); so a state that is not found cannot happen, and a promise that holds
// here holds for every matter.

#include "domain/kind.hpp"

#include <compare>
#include <vector>

namespace zt::kindfile {

/// How far the hands of one role are, in this turn.
enum class Fill : std::uint8_t { none, some_open, all_done };

struct AbstractState {
    std::size_t stage = 0;     ///< index into kind.stages
    std::vector<Fill> hands;   ///< by index into kind.hands
    bool is_answered = false;  ///< a reply stands in this turn; likewise the next three
    bool is_verified = false;
    bool is_reviewed = false;
    bool has_evidence = false;  ///< surely; when false it may still stand
    bool was_assigned = false;
    bool is_later_turn = false;
    auto operator<=>(const AbstractState&) const = default;
};

struct AbstractStep {
    std::size_t row = 0;  ///< index into kind.transitions
    std::size_t to = 0;   ///< index into Exploration::states
};

struct Exploration {
    std::vector<AbstractState> states;             ///< in the order found, shortest way first
    std::vector<std::vector<AbstractStep>> steps;  ///< by state
    std::vector<AbstractStep> beginnings;
    std::vector<std::pair<std::size_t, std::size_t>>
        found_by;         ///< state before (or own index) and row
    bool is_cut = false;  ///< more states than the limit
};

/// A kind with more abstract states than this is refused as too tangled to be proven.
inline constexpr std::size_t abstract_states_max = 200'000;

/// in: names of stages, roles and hands exist. cost: states × rows.
[[nodiscard]] Exploration explore(const Kind& kind);
/// "register → accept → close": the shortest way there.
[[nodiscard]] std::string way_to(const Exploration& all, const Kind& kind, std::size_t state);
/// "handling (lead: some open, joint: none)".
[[nodiscard]] std::string name_of(const AbstractState& state, const Kind& kind);

}  // namespace zt::kindfile
