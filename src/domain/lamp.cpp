#include "domain/lamp.hpp"

namespace zt {

namespace {

/// Warn one working day ahead unless the kind says otherwise (Shandong 2017; DOMAIN.md 6.3).
constexpr calendar::Length warn_default{1, calendar::Unit::working_days};

UtcMs warn_from(const Clock& clock, const Kind& kind, const calendar::Calendar& calendar) {
    const ClockRule* rule = kind.clock(clock.name);
    const calendar::Length before =
        rule != nullptr && rule->warn_before ? *rule->warn_before : warn_default;
    using calendar::Unit;
    if (before.unit == Unit::hours || before.unit == Unit::service_hours) {
        return clock.due - std::chrono::minutes{before.count};
    }
    // Day clocks: amber from the start of the n-th working (or calendar) day before the last day.
    Date day = office_date(clock.due - Millis{1}, calendar.offset);
    for (std::int64_t left = before.count; left > 0;) {
        day -= std::chrono::days{1};
        if (before.unit != Unit::working_days || calendar.is_working(day)) {
            --left;
        }
    }
    return start_of(day, calendar.offset);
}

}  // namespace

Lamp lamp_of(const Clock& clock, const Kind& kind, const calendar::Calendar& calendar, UtcMs now) {
    switch (clock.state) {
    case ClockState::paused: return Lamp::paused;
    case ClockState::lapsed: return Lamp::red;
    case ClockState::met:
    case ClockState::late:
    case ClockState::cancelled: return Lamp::none;
    case ClockState::running: break;
    }
    if (now >= clock.due) {
        return Lamp::red;
    }
    return now >= warn_from(clock, kind, calendar) ? Lamp::amber : Lamp::green;
}

Lamp lamp_of(const State& state, const Kind& kind, const calendar::Calendar& calendar, UtcMs now) {
    if (state.counts != Counts::open) {
        return Lamp::none;
    }
    Lamp worst = Lamp::none;
    bool is_paused = false;
    for (const auto& clock : state.clocks) {
        const Lamp one = lamp_of(clock, kind, calendar, now);
        is_paused = is_paused || one == Lamp::paused;
        if (one != Lamp::paused && one > worst) {
            worst = one;
        }
    }
    if (!state.field("order").as_string().empty()) {
        return Lamp::supervised;
    }
    if (worst == Lamp::red || worst == Lamp::amber) {
        return worst;
    }
    return is_paused ? Lamp::paused : worst == Lamp::none ? Lamp::green : worst;
}

}  // namespace zt
