#include "kindfile/impl/abstract_step.hpp"

#include <algorithm>

namespace zt::kindfile {

namespace {

using States = std::vector<AbstractState>;

bool is_of_hand(const RoleRule& role) {
    return role.where == RoleRule::Where::at_hand || role.where == RoleRule::Where::leads_hand;
}

/// Who can act on the row there: role indexes of acting hands, no_hand for all others.
std::vector<std::size_t>
actors_of(const Kind& kind, const Transition& row, const AbstractState& state) {
    std::vector<std::size_t> actors;
    for (const std::string& name : row.by) {
        const RoleRule* role = kind.role(name);
        if (role == nullptr || !is_of_hand(*role)) {
            actors.push_back(no_hand);
            continue;
        }
        for (std::size_t i = 0; i < kind.hands.size(); ++i) {
            const bool is_meant = role->part.empty() || role->part == kind.hands[i].role;
            if (is_meant && state.hands[i] != Fill::none) {
                actors.push_back(i);
            }
        }
    }
    std::ranges::sort(actors);
    const auto twice = std::ranges::unique(actors);
    actors.erase(twice.begin(), twice.end());
    return actors;
}

bool takes(const Transition& row, std::string_view field) {
    return std::ranges::find(row.fields, field, &FieldUse::name) != row.fields.end();
}

bool requires_field(const Transition& row, std::string_view field) {
    return std::ranges::any_of(row.fields, [&](const FieldUse& use) {
        return use.name == field && use.is_required;
    });
}

/// An earlier row of the verb surely takes the command there.
bool is_taken_before(
    const Kind& kind, std::size_t index, const AbstractState& state, std::size_t acting
) {
    const Transition& row = kind.transitions[index];
    for (std::size_t i = 0; i < index; ++i) {
        const Transition& earlier = kind.transitions[i];
        const bool is_there =
            earlier.verb == row.verb && earlier.from.empty() == row.from.empty() &&
            (row.from.empty() ||
             std::ranges::find(earlier.from, kind.stages[state.stage].name) != earlier.from.end());
        const bool is_wider = std::ranges::all_of(row.by, [&](const std::string& name) {
            return std::ranges::find(earlier.by, name) != earlier.by.end();
        });
        if (is_there && is_wider &&
            (!earlier.if_ || judge(kind, *earlier.if_, state, acting) == Truth::yes)) {
            return true;
        }
    }
    return false;
}

bool is_possible(
    const Kind& kind, const Transition& row, const AbstractState& state, std::size_t acting
) {
    const auto fails = [&](const Word& word) {
        return judge(kind, word, state, acting) == Truth::no;
    };
    return !(row.if_ && fails(*row.if_)) && std::ranges::none_of(row.when, fails);
}

/// A guard that was passed tells what stands from now on.
void learn(const Transition& row, AbstractState& state) {
    for (const Word& word : row.when) {
        const bool is_evidence = word.name == "evidence_stands" || word.name == "evidence_given";
        state.has_evidence = state.has_evidence || (is_evidence && !word.is_negated);
    }
    state.has_evidence = state.has_evidence || requires_field(row, "evidence");
}

/// One hand of that role is through with its work; others of the role may still be open.
States with_one_done(const Kind& kind, const AbstractState& state, std::size_t role, Fill done) {
    AbstractState last = state;
    last.hands[role] = done;
    States all{last};
    if (kind.hands[role].is_many && state.hands[role] == Fill::some_open) {
        all.push_back(state);
        if (done == Fill::none) {
            last.hands[role] = Fill::all_done;
            all.push_back(last);
        }
    }
    return all;
}

/// The office takes back one or more hands.
States with_taken_back(const AbstractState& state) {
    States all{state};
    for (std::size_t i = 0; i < state.hands.size(); ++i) {
        for (std::size_t k = 0, count = all.size(); state.hands[i] != Fill::none && k < count;
             ++k) {
            AbstractState without = all[k];
            without.hands[i] = Fill::none;
            all.push_back(std::move(without));
        }
    }
    return all;
}

/// Hands come from fields that are named as their role.
States with_given_hands(const Kind& kind, const Transition& row, const AbstractState& state) {
    States all{state};
    for (std::size_t i = 0; i < kind.hands.size(); ++i) {
        if (!takes(row, kind.hands[i].role)) {
            continue;
        }
        States more;
        for (AbstractState given : all) {
            if (!requires_field(row, kind.hands[i].role)) {
                more.push_back(given);
            }
            given.hands[i] = Fill::some_open;
            given.was_assigned = given.was_assigned || kind.hands[i].is_lead;
            more.push_back(std::move(given));
        }
        all = std::move(more);
    }
    return all;
}

States after_reply(const Kind& kind, AbstractState state, std::size_t acting) {
    state.is_answered = state.is_answered || acting == no_hand || kind.hands[acting].is_lead;
    return acting == no_hand ? States{state} : with_one_done(kind, state, acting, Fill::all_done);
}

States after_verb(
    const Kind& kind, const Transition& row, const AbstractState& state, std::size_t acting
) {
    AbstractState next = state;
    switch (row.verb) {
    case Verb::reply: return after_reply(kind, next, acting);
    case Verb::give_opinion:
        return acting == no_hand ? States{next} : with_one_done(kind, next, acting, Fill::all_done);
    case Verb::send_back:
        return acting == no_hand ? with_taken_back(next)
                                 : with_one_done(kind, next, acting, Fill::none);
    case Verb::recall:
    case Verb::release_hand: return with_taken_back(next);
    case Verb::verify: next.is_verified = true; return {next};
    case Verb::review: {
        next.is_reviewed = true;
        States all{next};
        if (acting != no_hand) {
            for (AbstractState& done : with_one_done(kind, next, acting, Fill::all_done)) {
                all.push_back(std::move(done));
            }
        }
        return all;
    }
    default: return with_given_hands(kind, row, next);
    }
}

void raise_turn(const Kind& kind, AbstractState& state) {
    for (std::size_t i = 0; i < kind.hands.size(); ++i) {
        const bool works_again = kind.hands[i].is_lead && state.hands[i] != Fill::none;
        state.hands[i] = works_again ? Fill::some_open : Fill::none;
    }
    state.is_answered = state.is_verified = state.is_reviewed = state.has_evidence = false;
    state.is_later_turn = true;
}

void set_mark(std::string_view what, AbstractState& state) {
    state.is_answered = state.is_answered || what == "answered";
    state.is_verified = state.is_verified || what == "verified";
    state.is_reviewed = state.is_reviewed || what == "reviewed";
    state.has_evidence = state.has_evidence || what == "evidence";
}

void run_effects(const Kind& kind, const Transition& row, AbstractState& state) {
    for (const Word& effect : row.then) {
        if (effect.name == "raise_turn") {
            raise_turn(kind, state);
        } else if (effect.name == "withdraw_hands") {
            state.hands.assign(kind.hands.size(), Fill::none);
        } else if (effect.name == "mark" && !effect.args.empty()) {
            set_mark(effect.args.front(), state);
        }
    }
}

std::size_t index_of_stage(const Kind& kind, const std::string& name, std::size_t same) {
    if (name == "same") {
        return same;
    }
    const auto found = std::ranges::find(kind.stages, name, &StageRule::name);
    return static_cast<std::size_t>(found - kind.stages.begin());
}

States targets_of(
    const Kind& kind, const Transition& row, const AbstractState& state, std::size_t acting
) {
    States out;
    for (const Target& target : row.to) {
        const Truth truth =
            target.condition ? judge(kind, *target.condition, state, acting) : Truth::yes;
        const std::size_t stage = index_of_stage(kind, target.stage, state.stage);
        if (truth != Truth::no && stage < kind.stages.size()) {
            AbstractState next = state;
            next.stage = stage;
            out.push_back(std::move(next));
        }
        if (truth == Truth::yes) {
            break;
        }
    }
    return out;
}

}  // namespace

std::vector<AbstractState>
step_of(const Kind& kind, std::size_t row_index, const AbstractState& from) {
    const Transition& row = kind.transitions[row_index];
    States out;
    for (const std::size_t acting : actors_of(kind, row, from)) {
        if (!is_possible(kind, row, from, acting) ||
            is_taken_before(kind, row_index, from, acting)) {
            continue;
        }
        AbstractState known = from;
        learn(row, known);
        for (AbstractState& next : after_verb(kind, row, known, acting)) {
            run_effects(kind, row, next);
            const States reached = targets_of(kind, row, next, acting);
            out.insert(out.end(), reached.begin(), reached.end());
        }
    }
    return out;
}

}  // namespace zt::kindfile
