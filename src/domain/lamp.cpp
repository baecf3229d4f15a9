#include "domain/lamp.hpp"

#include <algorithm>

namespace zt {

namespace {

/// Warn one working day ahead unless the kind says otherwise (Shandong 2017; DOMAIN.md 6.3).
constexpr calendar::Length warn_default{1, calendar::Unit::working_days};

/// The latest last day of which a clock warns by now.
Date last_day_warned(calendar::Length lead, const calendar::Calendar& calendar, UtcMs now);

}  // namespace

calendar::Length warn_lead(std::string_view clock, const Kind& kind) {
    const ClockRule* rule = kind.clock(clock);
    return rule != nullptr && rule->warn_before ? *rule->warn_before : warn_default;
}

Lamp lamp_of(ClockState clock, UtcMs due, const DueLimits& limits) {
    switch (clock) {
    case ClockState::paused: return Lamp::paused;
    case ClockState::lapsed: return Lamp::red;
    case ClockState::met:
    case ClockState::late:
    case ClockState::cancelled: return Lamp::none;
    case ClockState::running: break;
    }
    if (due <= limits.red) {
        return Lamp::red;
    }
    return due <= limits.amber ? Lamp::amber : Lamp::green;
}

Lamp lamp_of(const Clock& clock, const Kind& kind, const calendar::Calendar& calendar, UtcMs now) {
    const bool is_warned =
        clock.state == ClockState::running && clock.due != calendar::never &&
        calendar::before_due(calendar, clock.due, warn_lead(clock.name, kind)) <= now;
    return lamp_of(clock.state, clock.due, {now, is_warned ? clock.due : now});
}

Lamp lamp_of(const State& state, const Kind& kind, const calendar::Calendar& calendar, UtcMs now) {
    MatterLamp lamp(state.counts);
    for (const auto& clock : state.clocks) {
        lamp.add(lamp_of(clock, kind, calendar, now));
    }
    if (!state.field("order").as_string().empty()) {
        lamp.supervise();
    }
    return lamp.lamp();
}

void MatterLamp::add(Lamp clock) {
    if (clock == Lamp::paused) {
        is_paused_ = true;
    } else {
        worst_ = std::max(worst_, clock);
    }
}

Lamp MatterLamp::lamp() const {
    if (counts_ != Counts::open) {
        return Lamp::none;
    }
    if (is_supervised_) {
        return Lamp::supervised;
    }
    if (worst_ == Lamp::red || worst_ == Lamp::amber) {
        return worst_;
    }
    return is_paused_ ? Lamp::paused : Lamp::green;
}

DueLimits due_limits(calendar::Length lead, const calendar::Calendar& calendar, UtcMs now) {
    using calendar::Unit;
    if (lead.unit == Unit::hours || lead.unit == Unit::service_hours) {
        // What is taken off a due of these units is the same for every due.
        return {now, now + (now - calendar::before_due(calendar, now, lead))};
    }
    const Date after = last_day_warned(lead, calendar, now) + std::chrono::days{1};
    return {now, start_of(after, calendar.offset)};
}

namespace {

Date last_day_warned(calendar::Length lead, const calendar::Calendar& calendar, UtcMs now) {
    const auto warns = [&](Date last_day) {
        const UtcMs due = start_of(last_day + std::chrono::days{1}, calendar.offset);
        return calendar::before_due(calendar, due, lead) <= now;
    };
    // A later last day is never warned of earlier, so the border is found by halving.
    Date warned = office_date(now, calendar.offset);
    Date silent = warned + std::chrono::days{2 * calendar::walk_days_max};
    while (silent - warned > std::chrono::days{1}) {
        const Date middle = warned + (silent - warned) / 2;
        (warns(middle) ? warned : silent) = middle;
    }
    return warned;
}

}  // namespace
}  // namespace zt
