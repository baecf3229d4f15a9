#pragma once
// Rows of a kind that a form is offered for.

#include "domain/decide.hpp"

namespace zt {

/// Rows of the verb that may still apply here, in the kind's order: their stage fits, their `if`
/// holds or asks for a field that the row itself takes, and no row before them is certain. Those of
/// the actor's roles; where none is, those of others.
[[nodiscard]] std::vector<const Transition*>
rows_open(const State& state, Verb verb, const Actor& actor, const Context& context);

/// Nothing that has to be there before is missing: contact, signature, verification. What the row's
/// own fields may bring is not asked for.
[[nodiscard]] bool
is_ready(const State& state, const Transition& row, const Actor& actor, const Context& context);

}  // namespace zt
