#pragma once
// Lamps: rules over clocks and supervision, computed when read, never stored.

#include "domain/pack.hpp"

namespace zt {

enum class Lamp : std::uint8_t { none, green, amber, red, paused, supervised };
inline constexpr std::size_t lamps_count = 6;
[[nodiscard]] std::string_view name_of(Lamp lamp);

/// The lamp of a matter at an instant: supervised before red before amber before paused before
/// green.
[[nodiscard]] Lamp
lamp_of(const State& state, const Kind& kind, const calendar::Calendar& calendar, UtcMs now);
[[nodiscard]] Lamp
lamp_of(const Clock& clock, const Kind& kind, const calendar::Calendar& calendar, UtcMs now);

// The same rules in parts, for whoever asks them of many matters at one instant.

/// Of a running clock at an instant: red when due at or before `red`, else amber when due at or
/// before `amber`, else green.
struct DueLimits {
    UtcMs red, amber;
    bool operator==(const DueLimits&) const = default;
};
/// How long before its due a clock of that name warns.
[[nodiscard]] calendar::Length warn_lead(std::string_view clock, const Kind& kind);
/// cost: some twenty times that of calendar::before_due.
[[nodiscard]] DueLimits
due_limits(calendar::Length lead, const calendar::Calendar& calendar, UtcMs now);
/// Never less grave for an earlier due.
[[nodiscard]] Lamp lamp_of(ClockState clock, UtcMs due, const DueLimits& limits);

/// The lamp of a matter out of those of its clocks.
class MatterLamp {
  public:
    explicit MatterLamp(Counts counts) : counts_(counts) {}
    void supervise() { is_supervised_ = true; }
    void add(Lamp clock);
    [[nodiscard]] Lamp lamp() const;

  private:
    Counts counts_;
    Lamp worst_ = Lamp::none;
    bool is_supervised_ = false;
    bool is_paused_ = false;
};

}  // namespace zt
