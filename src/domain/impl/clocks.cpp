// Which clocks a verb stops and starts, and until when they run.

#include "domain/impl/frame.hpp"

#include <algorithm>

namespace zt {

namespace {

bool has_verb(const std::vector<Verb>& verbs, Verb verb) {
    return std::ranges::find(verbs, verb) != verbs.end();
}

bool is_touched(const Frame& frame, const Clock& clock) {
    switch (clock.of) {
    case ClockOf::matter: return true;
    case ClockOf::hand:
        return std::ranges::find(frame.touched_hands, clock.part) != frame.touched_hands.end();
    case ClockOf::item:
        return std::ranges::find(frame.touched_items, clock.part) != frame.touched_items.end();
    }
    return false;
}

std::optional<calendar::Length> fixed_length(const LengthRule& rule, const Frame& frame) {
    if (rule.fixed) {
        return rule.fixed;
    }
    if (!rule.days_field.empty()) {
        const Json& days = frame.value(rule.days_field);
        return days.is_int()
                   ? std::optional(calendar::Length{days.as_int(), calendar::Unit::working_days})
                   : std::nullopt;
    }
    if (rule.by_field.empty()) {
        return std::nullopt;
    }
    const auto found = rule.by_value.find(frame.value(rule.by_field).as_string());
    if (found != rule.by_value.end()) {
        return found->second;
    }
    const auto otherwise = rule.by_value.find("else");
    return otherwise == rule.by_value.end() ? std::nullopt : std::optional(otherwise->second);
}

/// Half of five days is three: a part of a length rounds up in favour of the work.
calendar::Length part_of(calendar::Length whole, const LengthRule& rule) {
    whole.count = (whole.count * rule.numerator + rule.denominator - 1) / rule.denominator;
    return whole;
}

/// The date that ends a clock: given by the source or by a field, of the item or of the matter.
std::optional<UtcMs>
fixed_due(const Frame& frame, const ClockRule& rule, const LengthRule& length, PartNo part) {
    if (rule.is_final && frame.given("due").is_int()) {
        return UtcMs{Millis{frame.given("due").as_int()}};
    }
    if (length.date_field.empty()) {
        return std::nullopt;
    }
    const auto offset = frame.context->calendar->offset;
    if (rule.of == ClockOf::item) {
        const Item* item = frame.after.item(part);
        return item != nullptr && item->planned
                   ? std::optional(start_of(*item->planned + std::chrono::days{1}, offset))
                   : std::nullopt;
    }
    const auto day = parse_date(frame.value(length.date_field).as_string());
    return day ? std::optional(start_of(*day + std::chrono::days{1}, offset)) : std::nullopt;
}

/// A hand that was passed on is due no later than the hand it came from.
void clamp_to_parent(const Frame& frame, Clock& clock) {
    const Hand* hand = clock.of == ClockOf::hand ? frame.after.hand(clock.part) : nullptr;
    const Clock* parent = hand == nullptr || hand->parent == 0
                              ? nullptr
                              : frame.after.newest_clock(clock.name, hand->parent);
    if (parent != nullptr && parent->due < clock.due) {
        clock.due = parent->due;
        clock.is_provisional = parent->is_provisional;
        clock.is_fixed = true;
    }
}

void start_for_hands(Frame& frame, const ClockRule& rule) {
    const auto touched = frame.touched_hands;
    for (const PartNo no : touched) {
        const Hand* hand = frame.after.hand(no);
        const bool is_fresh =
            hand->state == HandState::assigned || hand->state == HandState::offered;
        if (is_fresh && (rule.hand_role.empty() || rule.hand_role == hand->role)) {
            start_clock(frame, rule, no);
        }
    }
}

void start_for_items(Frame& frame, const ClockRule& rule) {
    const auto touched = frame.touched_items;
    for (const PartNo no : touched) {
        const Item* item = frame.after.item(no);
        if (item->state == ItemState::open &&
            (rule.hand_role.empty() || rule.hand_role == item->list)) {
            start_clock(frame, rule, no);
        }
    }
}

}  // namespace

std::optional<calendar::Length> length_of(const LengthRule& rule, const Frame& frame) {
    std::optional<calendar::Length> length = fixed_length(rule, frame);
    if (!length && !rule.part_of.empty()) {
        const ClockRule* whole = frame.kind->clock(rule.part_of);
        const auto full = whole == nullptr ? std::nullopt : length_of(whole->length, frame);
        length = full ? std::optional(part_of(*full, rule)) : std::nullopt;
    }
    if (length && rule.minimum && rule.minimum->unit == length->unit) {
        length->count = std::max(length->count, rule.minimum->count);
    }
    return length;
}

bool date_clock(const Frame& frame, const ClockRule& rule, Clock& clock) {
    const LengthRule& length = clock.turn > 1 && rule.redo_length ? *rule.redo_length : rule.length;
    if (const auto due = fixed_due(frame, rule, length, clock.part)) {
        clock.due = *due;
        clock.is_fixed = true;
    } else if (const auto runs = length_of(length, frame)) {
        clock.length = *runs;
        const calendar::Due due_at = calendar::due_of(*frame.context->calendar, clock.start, *runs);
        clock.due = due_at.at;
        clock.is_provisional = due_at.provisional;
    } else {
        return false;
    }
    clamp_to_parent(frame, clock);
    return true;
}

void start_clock(Frame& frame, const ClockRule& rule, PartNo part) {
    const Clock* running = frame.after.newest_clock(rule.name, part);
    if (running != nullptr && is_waiting(running->state) && running->turn == frame.after.turn) {
        return;
    }
    Clock clock;
    clock.no = static_cast<PartNo>(frame.after.clocks.size()) + 1;
    clock.name = rule.name;
    clock.of = rule.of;
    clock.part = part;
    clock.turn = frame.after.turn;
    clock.is_final = rule.is_final;
    const bool is_live = frame.context->origin == Origin::live;
    clock.start = is_live && rule.protects == Protects::unit ? frame.context->now : frame.at();
    if (date_clock(frame, rule, clock)) {
        frame.emit(ClockStarted{std::move(clock)});
    }
}

void stop_clock(Frame& frame, const Clock& clock) {
    const bool is_late = clock.lapsed.has_value() || frame.at() >= clock.due;
    frame.emit(ClockStopped{clock.no, is_late ? ClockState::late : ClockState::met, frame.at()});
}

void cancel_clocks_of(Frame& frame, ClockOf of, PartNo part) {
    for (std::size_t i = 0; i < frame.after.clocks.size(); ++i) {
        const Clock& clock = frame.after.clocks[i];
        if (clock.of == of && clock.part == part && is_waiting(clock.state)) {
            frame.emit(ClockStopped{clock.no, ClockState::cancelled, frame.at()});
        }
    }
}

void cancel_all_clocks(Frame& frame) {
    for (std::size_t i = 0; i < frame.after.clocks.size(); ++i) {
        if (is_waiting(frame.after.clocks[i].state)) {
            frame.emit(ClockStopped{frame.after.clocks[i].no, ClockState::cancelled, frame.at()});
        }
    }
}

void run_clocks(Frame& frame) {
    const Verb verb = frame.command->verb;
    for (const auto& rule : frame.kind->clocks) {
        if (!has_verb(rule.stops, verb) || (rule.stop_if && !holds(*rule.stop_if, frame))) {
            continue;
        }
        for (std::size_t i = 0; i < frame.after.clocks.size(); ++i) {
            const Clock& clock = frame.after.clocks[i];
            if (clock.name == rule.name && is_waiting(clock.state) && is_touched(frame, clock)) {
                stop_clock(frame, clock);
            }
        }
    }
    for (const PartNo no : std::vector(frame.touched_hands)) {
        const HandState state = frame.after.hand(no)->state;
        if (state == HandState::sent_back || state == HandState::withdrawn) {
            cancel_clocks_of(frame, ClockOf::hand, no);
        }
    }
    if (frame.after.counts == Counts::ended) {
        cancel_all_clocks(frame);
        return;
    }
    for (const auto& rule : frame.kind->clocks) {
        if (!has_verb(rule.starts, verb) || (rule.start_if && !holds(*rule.start_if, frame))) {
            continue;
        }
        switch (rule.of) {
        case ClockOf::matter: start_clock(frame, rule, 0); break;
        case ClockOf::hand: start_for_hands(frame, rule); break;
        case ClockOf::item: start_for_items(frame, rule); break;
        }
    }
}

}  // namespace zt
