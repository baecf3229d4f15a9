#include "domain/apply.hpp"

#include "base/check.hpp"

#include <algorithm>

namespace zt {

namespace {

template <class... Functions>
struct match : Functions... {
    using Functions::operator()...;
};

template <class Part>
Part& part_at(std::vector<Part>& parts, PartNo no) {
    CHECK(no >= 1 && static_cast<std::size_t>(no) <= parts.size());
    return parts[static_cast<std::size_t>(no) - 1];
}

/// Fields that are members of State are kept there too, so that views need no look-up by text.
void set_field(State& state, const std::string& name, const Json& value) {
    if (value.is_null()) {
        state.fields.erase(name);
    } else {
        state.fields.insert_or_assign(name, value);
    }
    if (name == "area") {
        state.area = AreaId{value.as_int()};
    } else if (name == "channel") {
        state.channel = value.as_string();
    } else if (name == "category") {
        state.category = value.as_string();
    } else if (name == "purpose") {
        state.purpose = value.as_string();
    } else if (name == "office") {
        state.office = OrgId{value.as_int()};
    } else if (name == "protection") {
        state.protection = parse_protection(value.as_string()).value_or(Protection::none);
    }
}

void begin(State& state, const Began& change, UtcMs at) {
    state.kind = change.kind;
    state.kind_version = change.kind_version;
    state.is_record = change.is_record;
    state.pack = change.pack;
    state.office = change.office;
    state.registered_by = change.registered_by;
    state.registered = at;
}

void move_hand(Hand& hand, const HandMoved& change, UtcMs at) {
    hand.state = change.state;
    hand.since = at;
    if (change.turn != 0) {
        hand.turn = change.turn;
    }
    if (!change.reply_class.empty()) {
        hand.reply_class = change.reply_class;
    }
}

void move_item(Item& item, const ItemMoved& change, UtcMs at) {
    item.state = change.state;
    if (!change.evidence.empty()) {
        item.evidence = change.evidence;
    }
    if (change.owner) {
        item.owner = change.owner;
    }
    if (change.state != ItemState::open) {
        item.finished = at;
    }
}

void enter_stage(State& state, const StageEntered& change, UtcMs at) {
    state.stage = change.stage;
    state.counts = change.counts;
    if (change.counts == Counts::closed) {
        state.past.closed = at;
    } else if (change.counts == Counts::ended) {
        state.past.ended = at;
    }
}

void set_mark(State& state, const Marked& change, UtcMs at) {
    auto& past = state.past;
    if (change.what == "accepted") {
        past.accepted = at;
    } else if (change.what == "refused") {
        past.refused = at;
    } else if (change.what == "assigned") {
        past.was_assigned = true;
        past.is_direct = false;
        if (!past.first_assigned) {
            past.first_assigned = at;
        }
    }
    for (auto& mark : past.marks) {
        if (mark.what == change.what && mark.part == change.part) {
            mark.turn = change.turn;
            return;
        }
    }
    past.marks.push_back({change.what, change.part, change.turn});
}

void tally(Milestones& past, const Tallied& change) {
    struct Row {
        std::string_view name;
        std::int32_t Milestones::* counter;
    };
    static constexpr Row rows[] = {
        {"send_backs", &Milestones::send_backs},
        {"redos", &Milestones::redos},
        {"transfers", &Milestones::transfers},
        {"urges", &Milestones::urges},
        {"contests", &Milestones::contests},
        {"bad_ratings", &Milestones::bad_ratings},
        {"extensions", &Milestones::extensions},
    };
    for (const auto& row : rows) {
        if (row.name == change.what) {
            past.*row.counter += change.by;
        }
    }
}

void stop_clock(Clock& clock, const ClockStopped& change) {
    clock.state = change.state;
    clock.stopped = change.at;
}

void run_on(Clock& clock) {
    clock.state = clock.lapsed ? ClockState::lapsed : ClockState::running;
    clock.stopped.reset();
}

void resume_clock(Clock& clock, const ClockResumed& change) {
    clock.state = clock.lapsed ? ClockState::lapsed : ClockState::running;
    clock.due = change.due;
    clock.is_provisional = change.is_provisional;
    if (!clock.pauses.empty()) {
        clock.pauses.back().until = change.until;
    }
}

void redate_clock(Clock& clock, const ClockRedated& change) {
    clock.due = change.due;
    clock.is_provisional = change.is_provisional;
    if (change.is_extension) {
        ++clock.extensions;
        if (clock.state == ClockState::lapsed) {
            clock.state = ClockState::running;
            clock.lapsed.reset();
        }
    }
}

void unlink(State& state, const Unlinked& change) {
    std::erase_if(state.links, [&](const Link& link) {
        return link.type == change.type && link.to == change.to;
    });
}

}  // namespace

void apply_change(State& state, const Change& change, UtcMs at) {
    std::visit(
        match{
            [&](const Began& c) { begin(state, c, at); },
            [&](const StageEntered& c) { enter_stage(state, c, at); },
            [&](const Numbered& c) { state.number = c.number; },
            [&](const FieldSet& c) { set_field(state, c.name, c.value); },
            [&](const PaperNumbered& c) { set_field(state, c.field, Json(c.number)); },
            [&](const Sealed& c) { state.fields.insert_or_assign(c.name, Json(true)); },
            [&](const PartyAdded& c) { state.parties.push_back(c.party); },
            [&](const PartyMoved& c) { part_at(state.parties, c.no).state = c.state; },
            [&](const HandAdded& c) { state.hands.push_back(c.hand); },
            [&](const HandMoved& c) { move_hand(part_at(state.hands, c.no), c, at); },
            [&](const ItemAdded& c) { state.items.push_back(c.item); },
            [&](const ItemMoved& c) { move_item(part_at(state.items, c.no), c, at); },
            [&](const ClockStarted& c) { state.clocks.push_back(c.clock); },
            [&](const ClockStopped& c) { stop_clock(part_at(state.clocks, c.no), c); },
            [&](const ClockLapsed& c) {
                auto& clock = part_at(state.clocks, c.no);
                clock.state = ClockState::lapsed;
                clock.lapsed = clock.due;
            },
            [&](const ClockRedated& c) { redate_clock(part_at(state.clocks, c.no), c); },
            [&](const ClockPaused& c) {
                auto& clock = part_at(state.clocks, c.no);
                clock.state = ClockState::paused;
                clock.pauses.push_back({c.from, std::nullopt, c.reason});
            },
            [&](const ClockResumed& c) { resume_clock(part_at(state.clocks, c.no), c); },
            [&](const ClockRunsOn& c) { run_on(part_at(state.clocks, c.no)); },
            [&](const Marked& c) { set_mark(state, c, at); },
            [&](const Rated& c) { state.ratings.push_back(c.rating); },
            [&](const TurnRaised& c) { state.turn = c.turn; },
            [&](const Linked& c) { state.links.push_back(c.link); },
            [&](const Unlinked& c) { unlink(state, c); },
            [&](const Answered& c) {
                state.past.first_answered = at;
                state.past.answered_workdays = c.workdays;
                state.past.is_direct = !state.past.was_assigned;
            },
            [&](const AskedToRate&) { state.past.was_asked_to_rate = true; },
            [&](const Tallied& c) { tally(state.past, c); },
            [](const Noticed&) {},
            [](const Counted&) {},
            [](const ReactionRefused&) {},
            [&](const Published& c) { state.is_published = c.is_published; },
            [&](const Erased&) { state.is_erased = true; },
        },
        change
    );
}

void apply(State& state, const Event& event) {
    if (event.version == 1) {
        state.id = event.matter;
        state.origin = event.origin;
    }
    for (const auto& change : event.changes) {
        apply_change(state, change, event.at);
    }
    state.version = event.version;
    state.last_seq = event.seq;
    state.changed = event.at;
}

}  // namespace zt
