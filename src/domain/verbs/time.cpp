// Extensions, pauses, calendar changes: a deadline never moves without an event that says why.

#include "base/text.hpp"
#include "domain/verbs/mechanisms.hpp"

#include <algorithm>

namespace zt::verbs {

namespace {

PartNo clock_meant(const Frame& frame) {
    const std::string& name = frame.given("clock").as_string();
    if (!name.empty()) {
        const Clock* named = frame.after.newest_clock(name, 0);
        return named == nullptr ? 0 : named->no;
    }
    const Clock* last = frame.after.final_clock();
    return last == nullptr ? 0 : last->no;
}

Result<PartNo> need_clock(const Frame& frame) {
    const PartNo no = clock_meant(frame);
    if (no == 0) {
        return fail(Errc::no_clock, "no such clock runs", "/fields/clock");
    }
    return no;
}

/// What stands still beyond the cap of all pauses together does not count.
UtcMs end_of_cap(const Frame& frame, const Clock& clock) {
    const ClockRule* rule = frame.kind->clock(clock.name);
    if (rule == nullptr || !rule->pause_cap) {
        return UtcMs::max();
    }
    const bool is_hours = rule->pause_cap->unit == calendar::Unit::hours;
    Millis left = is_hours ? Millis{std::chrono::minutes{rule->pause_cap->count}}
                           : Millis{std::chrono::days{rule->pause_cap->count}};
    for (const auto& pause : clock.pauses) {
        left -= pause.until ? *pause.until - pause.from : Millis{0};
    }
    return clock.pauses.back().from + std::max(left, Millis{0});
}

}  // namespace

calendar::Due extended_due(const Frame& frame, const Clock& clock, calendar::Length by) {
    const bool is_days =
        by.unit != calendar::Unit::hours && by.unit != calendar::Unit::service_hours;
    const UtcMs from = is_days ? clock.due - Millis{1} : clock.due;
    return calendar::due_of(*frame.context->calendar, from, by);
}

calendar::Due
due_after(const Frame& frame, const Clock& clock, const std::vector<calendar::Pause>& pauses) {
    const auto& table = *frame.context->calendar;
    if (!clock.is_fixed && clock.extensions == 0) {
        return calendar::due_of(table, clock.start, clock.length, pauses);
    }
    const calendar::Pause& last = pauses.back();
    const UtcMs resumed = last.until.value_or(last.from);
    const Date due_day = office_date(clock.due, table.offset);
    if (start_of(due_day, table.offset) != clock.due) {
        return {clock.due + (resumed - last.from), clock.is_provisional};
    }
    const Date from = office_date(last.from, table.offset);
    const Date until = office_date(resumed, table.offset);
    calendar::Length touched{(until - from).count() + 1, calendar::Unit::calendar_days};
    if (!clock.is_fixed && clock.length.unit == calendar::Unit::working_days) {
        touched = {
            calendar::count_working_days(table, from - std::chrono::days{1}, until),
            calendar::Unit::working_days
        };
    }
    return calendar::due_of(table, clock.due - Millis{1}, touched);
}

Result<void> ask_extension(Frame& frame) {
    TRY_VOID(calendar::parse_length(frame.given("length").as_string()));
    frame.mark("extension_asked");
    return {};
}

Result<void> grant_extension(Frame& frame) {
    const bool is_granted = frame.given("granted").is_null() || frame.given("granted").as_bool();
    frame.emit(Marked{"extension_asked", 0, 0});
    if (!is_granted) {
        return {};
    }
    TRY(const PartNo no, need_clock(frame));
    TRY(const auto by, calendar::parse_length(frame.given("length").as_string()));
    const auto due = extended_due(frame, *frame.after.clock(no), by);
    frame.emit(
        ClockRedated{no, due.at, due.provisional, "extension " + calendar::to_string(by), true}
    );
    frame.emit(Tallied{"extensions", 1});
    return {};
}

Result<void> pause(Frame& frame) {
    TRY(const PartNo no, need_clock(frame));
    if (frame.after.clock(no)->state != ClockState::running) {
        return fail(Errc::clock_not_running, "the clock does not run");
    }
    frame.emit(ClockPaused{no, frame.given("reason").as_string(), frame.at()});
    return {};
}

Result<void> resume(Frame& frame) {
    TRY(const PartNo no, need_clock(frame));
    const Clock& clock = *frame.after.clock(no);
    if (clock.state != ClockState::paused) {
        return fail(Errc::clock_not_paused, "the clock does not stand still");
    }
    auto pauses = clock.pauses;
    const UtcMs until = std::min(frame.at(), end_of_cap(frame, clock));
    pauses.back().until = until;
    const calendar::Due due = due_after(frame, clock, pauses);
    frame.emit(ClockResumed{no, until, due.at, due.provisional});
    return {};
}

Result<void> shelve(Frame& frame) {
    for (std::size_t i = 0; i < frame.after.clocks.size(); ++i) {
        const Clock& clock = frame.after.clocks[i];
        if (clock.state == ClockState::running) {
            frame.emit(ClockPaused{clock.no, "shelved", frame.at()});
        }
    }
    return {};
}

Result<void> reopen(Frame& frame) {
    for (std::size_t i = 0; i < frame.after.clocks.size(); ++i) {
        const Clock clock = frame.after.clocks[i];
        if (clock.state != ClockState::paused || clock.pauses.empty() ||
            clock.pauses.back().reason != "shelved") {
            continue;
        }
        auto pauses = clock.pauses;
        pauses.back().until = frame.at();
        const calendar::Due due = due_after(frame, clock, pauses);
        frame.emit(ClockResumed{clock.no, frame.at(), due.at, due.provisional});
    }
    return {};
}

/// The calendar changed: each clock concerned is counted again, with its own event.
Result<void> settle(Frame& frame) {
    for (std::size_t i = 0; i < frame.after.clocks.size(); ++i) {
        const Clock clock = frame.after.clocks[i];
        if (clock.state != ClockState::running || clock.is_fixed || clock.extensions != 0) {
            continue;
        }
        const auto due =
            calendar::due_of(*frame.context->calendar, clock.start, clock.length, clock.pauses);
        if (due.at != clock.due || due.provisional != clock.is_provisional) {
            frame.emit(ClockRedated{clock.no, due.at, due.provisional, "calendar", false});
        }
    }
    return {};
}

}  // namespace zt::verbs
