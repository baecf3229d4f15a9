// What a predicate says about an abstract state: surely yes, surely no, or both may be.

#include "base/text.hpp"
#include "kindfile/impl/abstract_step.hpp"

#include <algorithm>
#include <array>

namespace zt::kindfile {

namespace {

using Args = std::vector<std::string>;

Truth exactly(bool holds) { return holds ? Truth::yes : Truth::no; }

bool any_hand(const Kind& kind, const AbstractState& state, bool is_lead, Fill fill) {
    for (std::size_t i = 0; i < kind.hands.size(); ++i) {
        if (kind.hands[i].is_lead == is_lead && state.hands[i] == fill) {
            return true;
        }
    }
    return false;
}

/// Finished hands no longer stand, replied ones do; both are all_done here.
Truth has_lead(const Kind& kind, const AbstractState& state) {
    if (any_hand(kind, state, true, Fill::some_open)) {
        return Truth::yes;
    }
    return any_hand(kind, state, true, Fill::all_done) ? Truth::maybe : Truth::no;
}

Truth all_lead_replied(const Kind& kind, const AbstractState& state) {
    if (any_hand(kind, state, true, Fill::some_open)) {
        return Truth::no;
    }
    return exactly(any_hand(kind, state, true, Fill::all_done));
}

Truth opposite(Truth truth) {
    switch (truth) {
    case Truth::no: return Truth::yes;
    case Truth::maybe: return Truth::maybe;
    case Truth::yes: return Truth::no;
    }
    return Truth::maybe;
}

Truth judge_acting(const Kind& kind, const Word& word, std::size_t acting) {
    if (acting == no_hand) {
        return Truth::maybe;  // office and system may name a hand
    }
    const HandRule& hand = kind.hands[acting];
    if (word.name == "is_lead") {
        return exactly(hand.is_lead);
    }
    return exactly(
        word.name == "has_hand" || std::ranges::find(word.args, hand.role) != word.args.end()
    );
}

Truth judge_turn(const Args& args, const AbstractState& state) {
    const std::int64_t turn = args.empty() ? 1 : parse_int(args.front()).value_or(1);
    if (turn <= 1) {
        return Truth::yes;
    }
    if (!state.is_later_turn) {
        return Truth::no;
    }
    return turn == 2 ? Truth::yes : Truth::maybe;
}

Truth judge_plain(
    const Kind& kind, const Word& word, const AbstractState& state, std::size_t acting
) {
    const std::string_view name = word.name;
    if (name == "is_lead" || name == "hand_is" || name == "has_hand") {
        return judge_acting(kind, word, acting);
    }
    if (name == "has_lead") {
        return has_lead(kind, state);
    }
    if (name == "lead_free") {
        return opposite(has_lead(kind, state));
    }
    if (name == "all_lead_replied") {
        return all_lead_replied(kind, state);
    }
    if (name == "opinions_in") {
        return any_hand(kind, state, false, Fill::some_open) ? Truth::maybe : Truth::yes;
    }
    if (name == "turn_at_least") {
        return judge_turn(word.args, state);
    }
    if (name == "stage_is") {
        const bool is_begun = state.stage < kind.stages.size();
        return exactly(
            is_begun &&
            std::ranges::find(word.args, kind.stages[state.stage].name) != word.args.end()
        );
    }
    if (name == "evidence_stands" || name == "evidence_given") {
        return name == "evidence_stands" && state.has_evidence ? Truth::yes : Truth::maybe;
    }
    const std::array<std::pair<std::string_view, bool>, 5> exact{
        {{"never_assigned", !state.was_assigned},
         {"first_turn", !state.is_later_turn},
         {"replied", state.is_answered},
         {"verified", state.is_verified},
         {"reviewed", state.is_reviewed}}
    };
    const auto found = std::ranges::find(exact, name, &std::pair<std::string_view, bool>::first);
    return found == exact.end() ? Truth::maybe : exactly(found->second);
}

}  // namespace

Truth judge(const Kind& kind, const Word& word, const AbstractState& state, std::size_t acting) {
    const Truth truth = judge_plain(kind, word, state, acting);
    return word.is_negated ? opposite(truth) : truth;
}

}  // namespace zt::kindfile
