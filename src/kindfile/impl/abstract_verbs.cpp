// What verbs and effects do to hands, turns and marks; follows domain/verbs and
// domain/impl/effects.cpp.

#include "kindfile/impl/abstract_step.hpp"

#include <algorithm>

namespace zt::kindfile {

namespace {

using States = std::vector<AbstractState>;

/// One hand of that role is through with its work; others of the role may still be at it.
States with_one_done(const Kind& kind, const AbstractState& state, std::size_t role, Fill done) {
    AbstractState last = state;
    last.hands[role] = done;
    States all{last};
    if (kind.hands[role].is_many) {
        all.push_back(state);
        if (done == Fill::none && state.hands[role] == Fill::some_open) {
            last.hands[role] = Fill::all_done;
            all.push_back(last);
        }
    }
    return all;
}

/// Roles of the hand meant: the acting one, else any that stands, as the office names it.
std::vector<std::size_t> roles_meant(const AbstractState& state, std::size_t acting) {
    if (acting != no_hand) {
        return {acting};
    }
    std::vector<std::size_t> roles;
    for (std::size_t i = 0; i < state.hands.size(); ++i) {
        if (state.hands[i] != Fill::none) {
            roles.push_back(i);
        }
    }
    return roles;
}

/// An assign that names no unit gives the hands that were offered; as such hands begin anew they
/// stand open.
States with_offers_given(const Kind& kind, const Transition& row, AbstractState state) {
    bool is_any = false;
    for (std::size_t i = 0; i < kind.hands.size(); ++i) {
        const HandRule& hand = kind.hands[i];
        const auto use = std::ranges::find(row.fields, hand.role, &FieldUse::name);
        if (use != row.fields.end() && use->is_required) {
            return {};
        }
        if (hand.first == HandState::offered && state.hands[i] == Fill::some_open) {
            is_any = true;
            state.was_assigned = state.was_assigned || hand.is_lead;
        }
    }
    return is_any && row.verb == Verb::assign ? States{state} : States{};
}

/// Hands come from fields that are named as their role; at least one is given.
States with_given_hands(const Kind& kind, const Transition& row, const AbstractState& state) {
    struct Given {
        AbstractState state;
        bool is_any = false;
    };
    std::vector<Given> all{{state}};
    for (std::size_t i = 0; i < kind.hands.size(); ++i) {
        const auto use = std::ranges::find(row.fields, kind.hands[i].role, &FieldUse::name);
        if (use == row.fields.end()) {
            continue;
        }
        std::vector<Given> more;
        for (Given given : all) {
            if (!use->is_required) {
                more.push_back(given);
            }
            given.is_any = true;
            given.state.hands[i] = Fill::some_open;
            given.state.was_assigned =
                given.state.was_assigned ||
                (kind.hands[i].is_lead && kind.hands[i].first != HandState::offered);
            more.push_back(std::move(given));
        }
        all = std::move(more);
    }
    States states = with_offers_given(kind, row, state);
    for (Given& given : all) {
        if (given.is_any) {
            states.push_back(std::move(given.state));
        }
    }
    return states;
}

/// A reply by a hand that is no lead is not yet the answer to the requester: strict, whatever the
/// row asks.
States after_reply(const Kind& kind, AbstractState state, std::size_t acting) {
    state.is_answered = state.is_answered || acting == no_hand || kind.hands[acting].is_lead;
    return acting == no_hand ? States{state} : with_one_done(kind, state, acting, Fill::all_done);
}

/// A unit sends its open hand back; the office sends a reply back, which then counts no more.
States after_send_back(const Kind& kind, const AbstractState& state, std::size_t acting) {
    States all;
    for (const std::size_t role : roles_meant(state, acting)) {
        if (state.hands[role] == Fill::some_open) {
            const States sent = with_one_done(kind, state, role, Fill::none);
            all.insert(all.end(), sent.begin(), sent.end());
        }
        const bool has_replied = state.hands[role] == Fill::all_done || kind.hands[role].is_many;
        if (acting == no_hand && has_replied) {
            AbstractState again = state;
            again.hands[role] = Fill::some_open;
            again.is_answered = false;
            all.push_back(std::move(again));
        }
    }
    return all;
}

States after_release(const Kind& kind, const AbstractState& state, std::size_t acting) {
    States all;
    for (const std::size_t role : roles_meant(state, acting)) {
        const States released = with_one_done(kind, state, role, Fill::none);
        all.insert(all.end(), released.begin(), released.end());
    }
    return all;
}

/// The hand goes to another unit, which begins anew.
States after_transfer(const AbstractState& state, std::size_t acting) {
    States all;
    for (const std::size_t role : roles_meant(state, acting)) {
        AbstractState moved = state;
        moved.hands[role] = Fill::some_open;
        all.push_back(std::move(moved));
    }
    return all;
}

/// With a field `item` it is the item that is verified, not the matter.
States after_verify(const Transition& row, const AbstractState& state) {
    const auto item = std::ranges::find(row.fields, std::string("item"), &FieldUse::name);
    States all;
    if (item != row.fields.end()) {
        all.push_back(state);
    }
    if (item == row.fields.end() || !item->is_required) {
        all.push_back(state);
        all.back().is_verified = true;
    }
    return all;
}

/// A new turn for all leads; or, where the row takes `hands`, for those named: any of them, at
/// least one.
States after_raise(const Kind& kind, const Transition& row, AbstractState state) {
    std::vector<std::size_t> leads;
    for (std::size_t i = 0; i < kind.hands.size(); ++i) {
        const bool works_again = kind.hands[i].is_lead && state.hands[i] != Fill::none;
        state.hands[i] = works_again ? Fill::some_open : Fill::none;
        if (works_again) {
            leads.push_back(i);
        }
    }
    state.is_answered = state.is_verified = state.is_reviewed = state.has_evidence = false;
    state.is_later_turn = true;
    States all{state};
    const bool is_choosing =
        std::ranges::find(row.fields, std::string("hands"), &FieldUse::name) != row.fields.end();
    for (std::size_t i = 0; is_choosing && leads.size() > 1 && i < leads.size(); ++i) {
        AbstractState without = state;
        without.hands[leads[i]] = Fill::none;
        all.push_back(std::move(without));
    }
    return all;
}

void set_mark(std::string_view what, AbstractState& state) {
    state.is_answered = state.is_answered || what == "answered";
    state.is_verified = state.is_verified || what == "verified";
    state.is_reviewed = state.is_reviewed || what == "reviewed";
    state.has_evidence = state.has_evidence || what == "evidence";
}

}  // namespace

std::vector<AbstractState> after_verb(
    const Kind& kind, const Transition& row, const AbstractState& state, std::size_t acting
) {
    AbstractState next = state;
    switch (row.verb) {
    case Verb::assign:
    case Verb::add_hand: return with_given_hands(kind, row, state);
    case Verb::reply: return after_reply(kind, state, acting);
    case Verb::give_opinion:
        return acting == no_hand ? States{} : with_one_done(kind, state, acting, Fill::all_done);
    case Verb::send_back: return after_send_back(kind, state, acting);
    case Verb::release_hand: return after_release(kind, state, acting);
    case Verb::transfer: return after_transfer(state, acting);
    case Verb::verify: return after_verify(row, state);
    case Verb::review: next.is_reviewed = true; return {next};
    default: return {next};
    }
}

std::vector<AbstractState>
after_effects(const Kind& kind, const Transition& row, const AbstractState& state) {
    States all{state};
    for (const Word& effect : row.then) {
        States more;
        for (AbstractState& one : all) {
            if (effect.name == "raise_turn") {
                const States raised = after_raise(kind, row, one);
                more.insert(more.end(), raised.begin(), raised.end());
                continue;
            }
            if (effect.name == "withdraw_hands") {
                one.hands.assign(kind.hands.size(), Fill::none);
            } else if (effect.name == "seat" && !effect.args.empty()) {
                const auto role =
                    std::ranges::find(kind.hands, effect.args.front(), &HandRule::role);
                if (role != kind.hands.end()) {
                    one.hands[static_cast<std::size_t>(role - kind.hands.begin())] =
                        Fill::some_open;
                }
            } else if (effect.name == "mark" && !effect.args.empty()) {
                set_mark(effect.args.front(), one);
            }
            more.push_back(std::move(one));
        }
        all = std::move(more);
    }
    return all;
}

}  // namespace zt::kindfile
