#include "kindfile/impl/guarantees.hpp"

#include "base/check.hpp"
#include "kindfile/check.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace zt::kindfile {

namespace {

using Breaches = std::vector<Breach>;
using Judge = Breaches (*)(const Kind&, const Exploration&);

bool counts_closed(const Kind& kind, const AbstractState& state) {
    return kind.stages[state.stage].counts == Counts::closed;
}

/// One breach for each row that closes a matter in a state that lacks something.
template <class Lacks>
Breaches lacking_at_close(
    const Kind& kind, const Exploration& all, const Lacks& lacks, const std::string& what
) {
    Breaches breaches;
    std::set<std::size_t> told;
    const auto look = [&](const AbstractStep& step, std::size_t from, bool is_beginning) {
        const AbstractState& to = all.states[step.to];
        const bool is_closing =
            counts_closed(kind, to) && (is_beginning || !counts_closed(kind, all.states[from]));
        if (!is_closing || !lacks(to) || !told.insert(step.row).second) {
            return;
        }
        const Transition& row = kind.transitions[step.row];
        const std::string way = is_beginning ? std::string() : way_to(all, kind, from) + " → ";
        breaches.push_back(
            {row.line,
             what + ": " + way + std::string(row_of(row.verb).name) + " leads to " +
                 name_of(to, kind)}
        );
    };
    for (const AbstractStep& step : all.beginnings) {
        look(step, 0, true);
    }
    for (std::size_t from = 0; from < all.states.size(); ++from) {
        for (const AbstractStep& step : all.steps[from]) {
            look(step, from, false);
        }
    }
    return breaches;
}

Breaches answered_before_closed(const Kind& kind, const Exploration& all) {
    auto breaches = lacking_at_close(
        kind,
        all,
        [](const AbstractState& state) { return !state.is_answered; },
        "closed without a reply in this turn"
    );
    const auto has_open_lead = [&](const AbstractState& state) {
        for (std::size_t i = 0; i < kind.hands.size(); ++i) {
            if (kind.hands[i].is_lead && state.hands[i] == Fill::some_open) {
                return true;
            }
        }
        return false;
    };
    const auto more =
        lacking_at_close(kind, all, has_open_lead, "closed while a lead has not replied");
    breaches.insert(breaches.end(), more.begin(), more.end());
    return breaches;
}

Breaches evidence_before_closed(const Kind& kind, const Exploration& all) {
    return lacking_at_close(
        kind,
        all,
        [](const AbstractState& state) { return !state.has_evidence; },
        "closed though no required field `evidence` and no guard evidence_stands or evidence_given lies on the way"
    );
}

Breaches verified_before_closed(const Kind& kind, const Exploration& all) {
    return lacking_at_close(
        kind,
        all,
        [](const AbstractState& state) { return !state.is_verified && !state.is_reviewed; },
        "closed without verify or review in this turn"
    );
}

bool has_guard(const Transition& row, std::string_view name, const std::string& clock) {
    return std::ranges::any_of(row.when, [&](const Word& word) {
        return word.name == name && !word.is_negated &&
               (word.args.empty() || word.args.front() == clock);
    });
}

bool is_by_hand_only(const Kind& kind, const Transition& row) {
    return std::ranges::all_of(row.by, [&](const std::string& name) {
        const RoleRule* role = kind.role(name);
        return role != nullptr && role->where == RoleRule::Where::at_hand;
    });
}

/// Rows of that verb that speak of the clock by the guard; and what is missing.
void expect_guarded(
    const Kind& kind, const ClockRule& clock, Verb verb, std::string_view guard, Breaches& breaches
) {
    bool is_found = false;
    for (const Transition& row : kind.transitions) {
        if (row.verb != verb || !has_guard(row, guard, clock.name)) {
            continue;
        }
        is_found = true;
        if (verb == Verb::grant_extension && is_by_hand_only(kind, row)) {
            breaches.push_back(
                {row.line, "whoever works on it grants itself more time for " + clock.name}
            );
        }
    }
    if (!is_found) {
        breaches.push_back(
            {clock.line,
             clock.name + " may move, but no row of " + std::string(row_of(verb).name) +
                 " is guarded with " + std::string(guard) + "(" + clock.name + ")"}
        );
    }
}

Breaches deadline_moves_only_by_event(const Kind& kind, const Exploration&) {
    Breaches breaches;
    for (const ClockRule& clock : kind.clocks) {
        if (clock.extensions_max > 0) {
            expect_guarded(kind, clock, Verb::grant_extension, "extension_left", breaches);
        }
        if (!clock.pause_reasons.empty()) {
            expect_guarded(kind, clock, Verb::pause, "pause_reason_known", breaches);
            const bool resumes =
                std::ranges::find(kind.transitions, Verb::resume, &Transition::verb) !=
                kind.transitions.end();
            if (!resumes) {
                breaches.push_back(
                    {clock.line, clock.name + " may be paused, but no row of resume lets it go on"}
                );
            }
        }
    }
    return breaches;
}

bool is_by_requester(const Kind& kind, const Transition& row) {
    return std::ranges::any_of(row.by, [&](const std::string& name) {
        const RoleRule* role = kind.role(name);
        return role != nullptr && role->where == RoleRule::Where::requester;
    });
}

/// In each closed state the requester can do the verb.
Breaches requester_may(const Kind& kind, const Exploration& all, Verb verb) {
    Breaches breaches;
    std::set<std::size_t> told;
    for (std::size_t i = 0; i < all.states.size(); ++i) {
        const bool may = std::ranges::any_of(all.steps[i], [&](const AbstractStep& step) {
            const Transition& row = kind.transitions[step.row];
            return row.verb == verb && is_by_requester(kind, row);
        });
        if (!may && counts_closed(kind, all.states[i]) && told.insert(all.states[i].stage).second) {
            breaches.push_back(
                {kind.stages[all.states[i].stage].line,
                 "in " + name_of(all.states[i], kind) + " (reached by " + way_to(all, kind, i) +
                     ") the requester cannot " + std::string(row_of(verb).name)}
            );
        }
    }
    return breaches;
}

Breaches requester_may_contest(const Kind& kind, const Exploration& all) {
    return requester_may(kind, all, Verb::contest);
}

Breaches requester_may_rate(const Kind& kind, const Exploration& all) {
    return requester_may(kind, all, Verb::rate);
}

struct Row {
    GuaranteeRow row;
    Judge judge;
};
constexpr std::array rows{
    Row{{"answered_before_closed",
         "whoever handed in is answered, by every lead, before the matter counts closed"},
        answered_before_closed},
    Row{{"evidence_before_closed", "evidence stands before the matter counts closed"},
        evidence_before_closed},
    Row{{"verified_before_closed",
         "somebody has verified or reviewed before the matter counts closed"},
        verified_before_closed},
    Row{{"deadline_moves_only_by_event",
         "a due date moves only by a granted extension or a listed pause"},
        deadline_moves_only_by_event},
    Row{{"requester_may_contest", "the requester may contest in every stage that counts closed"},
        requester_may_contest},
    Row{{"requester_may_rate", "the requester may rate in every stage that counts closed"},
        requester_may_rate},
};

}  // namespace

std::span<const GuaranteeRow> guarantee_rows() {
    static const auto views = [] {
        std::vector<GuaranteeRow> list;
        for (const Row& one : rows) {
            list.push_back(one.row);
        }
        return list;
    }();
    return views;
}

std::vector<std::string> guarantee_names() {
    std::vector<std::string> names;
    for (const Row& one : rows) {
        names.emplace_back(one.row.name);
    }
    return names;
}

std::vector<Breach> breaches_of(const std::string& name, const Kind& kind, const Exploration& all) {
    const auto found =
        std::ranges::find_if(rows, [&](const Row& one) { return one.row.name == name; });
    CHECK(found != rows.end());
    return found->judge(kind, all);
}

}  // namespace zt::kindfile
