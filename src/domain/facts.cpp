// Which facts an event yields. Flows are told by what became true with this event; stocks by
// comparing membership and dimensions before and after, so that a transfer moves them and a redo
// takes them out again.

#include "domain/facts.hpp"

#include "domain/score_sources.hpp"

#include <algorithm>
#include <array>

namespace zt {

namespace {

/// Where a matter stands in the figures: from assignment on the lead unit, before it on the office.
/// Its texts are those of the state.
struct Place {
    OrgId org;
    AreaId area;
    std::string_view channel, category, kind;
    bool operator==(const Place&) const = default;
};

Place place_of(const State& state) {
    const Hand* lead = state.lead();
    return {
        lead != nullptr ? lead->org : state.office,
        state.area,
        state.channel,
        state.category,
        state.kind
    };
}

Place office_of(const State& state) {
    return {state.office, state.area, state.channel, state.category, state.kind};
}

/// A stock that a matter may stand in, with its amount (0: it does not).
struct Standing {
    std::string_view indicator;
    std::int64_t amount = 0;
    std::optional<Date> day;  ///< instead of the event's
    bool operator==(const Standing&) const = default;
};

constexpr std::size_t standing_count = 16;
using Standings = std::array<Standing, standing_count>;

std::int64_t one_if(bool condition) { return condition ? 1 : 0; }

/// Satisfaction is the requester's; what units say of each other is counted by their kind.
const Rating* last_by_party(const State& state) {
    for (auto one = state.ratings.rbegin(); one != state.ratings.rend(); ++one) {
        if (one->by_party != 0) {
            return &*one;
        }
    }
    return nullptr;
}

Standings standings_of(const State& state, OfficeOffset offset) {
    const auto& past = state.past;
    const bool was_accepted = past.accepted.has_value();
    // Accepted = closed + in progress + ended, whatever the kind: what was never accepted is in
    // none of them.
    const bool is_closed = was_accepted && state.counts == Counts::closed;
    const bool is_open_now = state.counts == Counts::open;
    const Clock* last = state.final_clock();
    const bool has_final = last != nullptr;
    const bool is_late = state.is_overdue();
    const bool is_round = !state.field("round").is_null();
    const Rating* rating = last_by_party(state);
    std::optional<Date> due_day;
    if (has_final && last->due != UtcMs::max()) {
        due_day = office_date(last->due - Millis{1}, offset);
    }
    return Standings{{
        {"answered_directly", one_if(was_accepted && past.is_direct), {}},
        {"closed", one_if(is_closed), {}},
        {"in_progress", one_if(was_accepted && is_open_now), {}},
        {"ended", one_if(was_accepted && state.counts == Counts::ended), {}},
        {"redone", one_if(past.first_answered && past.redos > 0), {}},
        {"sent_back", one_if(past.send_backs > 0), {}},
        {"closed_on_time", one_if(is_closed && has_final && !is_late), {}},
        {"closed_late", one_if(is_closed && has_final && is_late), {}},
        {"open_past_due", one_if(was_accepted && is_open_now && is_late), {}},
        {"rated", one_if(past.was_asked_to_rate && rating != nullptr), {}},
        {"rating_valid", one_if(rating != nullptr), {}},
        {"rating_weight", rating == nullptr ? 0 : rating->weight_millionths, {}},
        {"due_final", one_if(due_day.has_value()), due_day},
        {"round_done", one_if(is_round && is_closed && has_final && !is_late), {}},
        {"round_late", one_if(is_round && is_closed && has_final && is_late), {}},
        {"round_missed", one_if(is_round && is_open_now && is_late), {}},
    }};
}

class Recorder {
  public:
    Recorder(const Event& event, OfficeOffset offset)
        : event_(event), day_(office_date(event.at, offset)) {
        constexpr std::size_t usual_facts = 8;
        facts_.reserve(usual_facts);
    }

    void
    add(std::string_view indicator,
        const Place& place,
        std::int64_t amount = 1,
        std::optional<Date> day = {}) {
        Fact fact;
        fact.day = day.value_or(day_);
        fact.indicator = indicator;
        fact.kind = place.kind;
        fact.org = place.org;
        fact.area = place.area;
        fact.channel = place.channel;
        fact.category = place.category;
        fact.amount = amount;
        fact.matter = event_.matter;
        fact.seq = event_.seq;
        facts_.push_back(std::move(fact));
    }
    void add_subject(const Counted& counted, const Place& place) {
        add(counted.indicator, place, counted.amount);
        facts_.back().subject = counted.subject;
    }
    [[nodiscard]] std::vector<Fact> take() { return std::move(facts_); }

  private:
    const Event& event_;
    Date day_;
    std::vector<Fact> facts_;
};

void add_flows(Recorder& out, const State* before, const State& after) {
    const auto& past = after.past;
    const bool was_accepted = before != nullptr && before->past.accepted.has_value();
    const bool was_refused = before != nullptr && before->past.refused.has_value();
    const bool was_assigned = before != nullptr && before->past.was_assigned;
    const bool was_asked = before != nullptr && before->past.was_asked_to_rate;
    if (before == nullptr) {
        out.add("received", office_of(after));
    }
    if (past.accepted && !was_accepted) {
        out.add("accepted", office_of(after));
    }
    if (past.refused && !was_refused) {
        out.add("refused", office_of(after));
    }
    if (past.was_assigned && !was_assigned) {
        out.add("assigned", place_of(after));
    }
    if (past.was_asked_to_rate && !was_asked) {
        out.add("asked_to_rate", place_of(after));
    }
}

void add_answer(Recorder& out, const State* before, const State& after) {
    const bool was_answered = before != nullptr && before->past.first_answered.has_value();
    if (was_answered || !after.past.first_answered) {
        return;
    }
    const Place place = place_of(after);
    out.add("answered", place);
    const std::int32_t workdays = after.past.answered_workdays;
    for (const auto& [limit, name] :
         {std::pair{5, "answered_5wd"}, {10, "answered_10wd"}, {15, "answered_15wd"}}) {
        if (workdays >= 0 && workdays <= limit) {
            out.add(name, place);
        }
    }
    out.add("first_answer_ms", place, (*after.past.first_answered - after.registered).count());
}

void add_stocks(Recorder& out, const State* before, const State& after, OfficeOffset offset) {
    const Standings now = standings_of(after, offset);
    const Place place = place_of(after);
    const Standings then = before == nullptr ? Standings{} : standings_of(*before, offset);
    const Place left = before == nullptr ? place : place_of(*before);
    for (std::size_t i = 0; i < standing_count; ++i) {
        if (then[i] == now[i] && (left == place || now[i].amount == 0)) {
            continue;
        }
        if (then[i].amount != 0) {
            out.add(now[i].indicator, left, -then[i].amount, then[i].day);
        }
        if (now[i].amount != 0) {
            out.add(now[i].indicator, place, now[i].amount, now[i].day);
        }
    }
}

/// The hand of a unit that is given with this change: added, or offered before.
const Hand* given_by(const Change& change, const State& after) {
    const Hand* hand = nullptr;
    if (const auto* added = std::get_if<HandAdded>(&change)) {
        hand = added->hand.state == HandState::offered ? nullptr : &added->hand;
    } else if (const auto* moved = std::get_if<HandMoved>(&change)) {
        const bool is_given = moved->state == HandState::assigned && moved->turn == 0;
        hand = is_given ? after.hand(moved->no) : nullptr;
    }
    return hand != nullptr && !hand->post ? hand : nullptr;
}

const Hand* sent_back_by(const Change& change, const State& after) {
    const auto* moved = std::get_if<HandMoved>(&change);
    const Hand* hand =
        moved == nullptr || moved->state != HandState::sent_back ? nullptr : after.hand(moved->no);
    return hand != nullptr && !hand->post ? hand : nullptr;
}

/// How a duty of a unit was met: by the clock, and late from its lapse on whatever comes after.
enum class Met : std::uint8_t { open, on_time, late };

Met met_of(const Clock& clock) {
    if (clock.lapsed || clock.state == ClockState::late) {
        return Met::late;
    }
    return clock.state == ClockState::met ? Met::on_time : Met::open;
}

constexpr std::string_view sign_clock = "sign", contact_clock = "contact";

/// The first contact together with the signing for of that hand in that turn.
Met responded(const State& state, const Clock& contact) {
    const Met met = met_of(contact);
    for (const auto& clock : state.clocks) {
        const bool is_its_sign = clock.name == sign_clock && clock.of == ClockOf::hand &&
                                 clock.part == contact.part && clock.turn == contact.turn;
        if (is_its_sign && met_of(clock) == Met::late) {
            return Met::late;
        }
    }
    return met;
}

bool touches_clocks(const Event& event) {
    return std::ranges::any_of(event.changes, [](const Change& change) {
        return std::holds_alternative<ClockStopped>(change) ||
               std::holds_alternative<ClockLapsed>(change) ||
               std::holds_alternative<ClockRedated>(change) ||
               std::holds_alternative<ClockRunsOn>(change);
    });
}

void add_move(Recorder& out, const Place& place, std::string_view duty, Met then, Met now) {
    const auto name_of = [&](Met met) {
        return std::string(duty) + (met == Met::late ? "_late" : "_on_time");
    };
    if (then != now && then != Met::open) {
        out.add(name_of(then), place, -1);
    }
    if (then != now && now != Met::open) {
        out.add(name_of(now), place);
    }
}

/// Lead hands alone, each on its own unit: a unit answers for its own signing, not for that of the
/// unit before it.
void add_duties(Recorder& out, const Event& event, const State* before, const State& after) {
    if (!touches_clocks(event)) {
        return;
    }
    for (const auto& clock : after.clocks) {
        const Hand* hand = clock.of == ClockOf::hand ? after.hand(clock.part) : nullptr;
        const bool is_contact = clock.name.starts_with(contact_clock);
        if (hand == nullptr || (hand->role != "lead" && hand->role != "split") ||
            (!is_contact && clock.name != sign_clock)) {
            continue;
        }
        const Clock* old = before == nullptr ? nullptr : before->clock(clock.no);
        Place place = place_of(after);
        place.org = hand->org;
        if (is_contact) {
            const Met then = old == nullptr ? Met::open : responded(*before, *old);
            add_move(out, place, "responded", then, responded(after, clock));
        } else {
            add_move(
                out, place, "signed", old == nullptr ? Met::open : met_of(*old), met_of(clock)
            );
        }
    }
}

/// Each answer of the rating that stands: what scores weigh in their own way.
void add_answers(Recorder& out, const State* before, const State& after) {
    const Rating* now = last_by_party(after);
    const Rating* then = before == nullptr ? nullptr : last_by_party(*before);
    if (now == nullptr) {
        return;
    }
    const Place place = place_of(after);
    const Place left = before == nullptr ? place : place_of(*before);
    if (then != nullptr && *then == *now && left == place) {
        return;
    }
    if (then != nullptr) {
        for (const auto& answer : then->answers) {
            out.add(rating_counter(answer.question, answer.value), left, -1);
        }
    }
    for (const auto& answer : now->answers) {
        out.add(rating_counter(answer.question, answer.value), place);
    }
}

void add_changes(Recorder& out, const Event& event, const State& after) {
    const auto at_unit_of = [&](const Hand& hand) {
        Place place = place_of(after);
        place.org = hand.org;
        return place;
    };
    for (const auto& change : event.changes) {
        if (const Hand* hand = given_by(change, after)) {
            out.add("hands_given", at_unit_of(*hand));
            if (hand->role != "lead" && hand->role != "split") {
                out.add("joint_assigned", at_unit_of(*hand));
            }
        }
        if (const Hand* hand = sent_back_by(change, after)) {
            out.add("hands_sent_back", at_unit_of(*hand));
        }
        if (const auto* counted = std::get_if<Counted>(&change)) {
            Place place = place_of(after);
            place.org = counted->org ? counted->org : place.org;
            out.add_subject(*counted, place);
        }
    }
}

/// Of each unit that still has work on the matter.
void add_demand_of_open(Recorder& out, const Counted& counted, Place place, const State& after) {
    for (const Hand& hand : after.hands) {
        if (is_open(hand.state) && !hand.post) {
            place.org = hand.org;
            out.add_subject(counted, place);
        }
    }
}

/// What this event asks of units, and who asks. Of a report of wrong-doing nothing: who is accused
/// could count it (SYSTEMS.md, protection).
void add_demands(Recorder& out, const Event& event, const State& after) {
    if (after.protection == Protection::wrong_done) {
        return;
    }
    const PostId by = event.actor.on_behalf ? event.actor.on_behalf : event.actor.post;
    Counted counted;
    counted.amount = 1;
    counted.subject = MatterId{by.value};
    Place place = place_of(after);
    for (const auto& change : event.changes) {
        const auto* item = std::get_if<ItemAdded>(&change);
        if (const Hand* hand = given_by(change, after)) {
            counted.indicator = demanded_hand;
            place.org = hand->org;
            out.add_subject(counted, place);
        } else if (item != nullptr && item->item.owner) {
            counted.indicator = demanded_item;
            place.org = item->item.owner;
            out.add_subject(counted, place);
        }
    }
    if (event.verb == Verb::urge || event.verb == Verb::order_supervision) {
        counted.indicator = event.verb == Verb::urge ? demanded_urge : demanded_supervision;
        add_demand_of_open(out, counted, place, after);
    }
}

/// On the post that gave it, whoever entered it: what the post asks for later as its own.
void add_instruction(Recorder& out, const Event& event, const State& after) {
    if (event.verb == Verb::instruct && event.actor.kind == ActorKind::post) {
        const PostId by = event.actor.on_behalf ? event.actor.on_behalf : event.actor.post;
        Counted counted;
        counted.indicator = instructed_counter;
        counted.subject = MatterId{by.value};
        counted.amount = 1;
        out.add_subject(counted, place_of(after));
    }
}

}  // namespace

std::vector<Fact>
facts_of(const State* before, const Event& event, const State& after, OfficeOffset offset) {
    Recorder out(event, offset);
    if (after.is_record) {
        add_changes(out, event, after);
        return out.take();
    }
    add_flows(out, before, after);
    add_answer(out, before, after);
    add_stocks(out, before, after, offset);
    add_duties(out, event, before, after);
    add_answers(out, before, after);
    add_changes(out, event, after);
    add_instruction(out, event, after);
    add_demands(out, event, after);
    return out.take();
}

}  // namespace zt
