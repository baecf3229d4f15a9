#pragma once
// Lamps: rules over clocks and supervision, computed when read, never stored.

#include "domain/pack.hpp"

namespace zt {

enum class Lamp : std::uint8_t { none, green, amber, red, paused, supervised };
[[nodiscard]] std::string_view name_of(Lamp lamp);

/// The lamp of a matter at an instant: supervised before red before amber before paused before
/// green.
[[nodiscard]] Lamp
lamp_of(const State& state, const Kind& kind, const calendar::Calendar& calendar, UtcMs now);
[[nodiscard]] Lamp
lamp_of(const Clock& clock, const Kind& kind, const calendar::Calendar& calendar, UtcMs now);

}  // namespace zt
