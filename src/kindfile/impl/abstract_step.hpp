#pragma once
// One row applied to one abstract state.

#include "kindfile/impl/explore.hpp"

namespace zt::kindfile {

enum class Truth : std::uint8_t { no, maybe, yes };

/// No acting hand: the requester, the office, the system.
inline constexpr std::size_t no_hand = static_cast<std::size_t>(-1);

/// Whether the word holds. acting: index of the acting hand's role, or no_hand.
[[nodiscard]] Truth
judge(const Kind& kind, const Word& word, const AbstractState& state, std::size_t acting);

/// What the verb does to hands and marks; empty when it finds no hand to work on.
[[nodiscard]] std::vector<AbstractState>
after_verb(const Kind& kind, const Transition& row, const AbstractState& state, std::size_t acting);
[[nodiscard]] std::vector<AbstractState>
after_effects(const Kind& kind, const Transition& row, const AbstractState& state);

/// All states that the row can lead to; empty when it cannot be done there.
/// in: from.stage may be kind.stages.size() for a matter that begins.
[[nodiscard]] std::vector<AbstractState>
step_of(const Kind& kind, std::size_t row, const AbstractState& from);

}  // namespace zt::kindfile
