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
    // What the requester brings along is not evidence of what was done.
    const bool is_of_requester =
        row.verb == Verb::register_ || row.verb == Verb::supplement || row.verb == Verb::contest;
    for (const Word& word : row.when) {
        const bool is_evidence =
            word.name == "evidence_stands" || (word.name == "evidence_given" && !is_of_requester);
        state.has_evidence = state.has_evidence || (is_evidence && !word.is_negated);
    }
    state.has_evidence =
        state.has_evidence || (requires_field(row, "evidence") && !is_of_requester);
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
        for (const AbstractState& done : after_verb(kind, row, known, acting)) {
            for (const AbstractState& next : after_effects(kind, row, done)) {
                const States reached = targets_of(kind, row, next, acting);
                out.insert(out.end(), reached.begin(), reached.end());
            }
        }
    }
    return out;
}

}  // namespace zt::kindfile
