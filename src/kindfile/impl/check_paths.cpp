// Each stage can be reached, from each state an end, and the guarantees stated hold.

#include "kindfile/impl/check_scope.hpp"
#include "kindfile/impl/explore.hpp"
#include "kindfile/impl/guarantees.hpp"

#include <algorithm>
#include <set>

namespace zt::kindfile {

namespace {

/// A record ends when it is retired; a matter when it is closed or ended.
bool is_end(const Kind& kind, const AbstractState& state) {
    const Counts counts = kind.stages[state.stage].counts;
    return counts == Counts::ended || (counts == Counts::closed && kind.life == Life::matter);
}

void check_reached(CheckScope& scope, const Exploration& all) {
    std::set<std::size_t> reached;
    for (const AbstractState& state : all.states) {
        reached.insert(state.stage);
    }
    for (std::size_t i = 0; i < scope.kind.stages.size(); ++i) {
        if (!reached.contains(i)) {
            const std::string& name = scope.kind.stages[i].name;
            scope.add(
                "unreachable_stage",
                "/stages/" + name,
                "no way leads from the beginning to stage " + name +
                    "; add a row with `to: " + name + "` or leave it out"
            );
        }
    }
}

/// States from which an end can be reached.
std::vector<bool> with_end(const Kind& kind, const Exploration& all) {
    std::vector<std::vector<std::size_t>> before(all.states.size());
    std::vector<std::size_t> open;
    std::vector<bool> is_good(all.states.size(), false);
    for (std::size_t from = 0; from < all.states.size(); ++from) {
        for (const AbstractStep& step : all.steps[from]) {
            before[step.to].push_back(from);
        }
        if (is_end(kind, all.states[from])) {
            is_good[from] = true;
            open.push_back(from);
        }
    }
    while (!open.empty()) {
        const std::size_t at = open.back();
        open.pop_back();
        for (const std::size_t from : before[at]) {
            if (!is_good[from]) {
                is_good[from] = true;
                open.push_back(from);
            }
        }
    }
    return is_good;
}

void check_ends(CheckScope& scope, const Exploration& all) {
    const auto is_good = with_end(scope.kind, all);
    std::set<std::size_t> told;
    for (std::size_t i = 0; i < all.states.size(); ++i) {
        if (is_good[i] || !told.insert(all.states[i].stage).second) {
            continue;
        }
        const bool moves_on = std::ranges::any_of(all.steps[i], [&](const AbstractStep& step) {
            return step.to != i;
        });
        const std::string state = name_of(all.states[i], scope.kind);
        const std::string way = " (reached by " + way_to(all, scope.kind, i) + ")";
        const std::string path = "/stages/" + scope.kind.stages[all.states[i].stage].name;
        if (moves_on) {
            scope.add(
                "cycle_without_end",
                path,
                "from " + state + way + " no row ever leads to a stage that counts closed or ended"
            );
        } else {
            scope.add(
                "dead_end", path, "in " + state + way + " no row leads on, and the stage is no end"
            );
        }
    }
}

void check_guarantees(CheckScope& scope, const Exploration& all) {
    for (const Guarantee& guarantee : scope.kind.guarantees) {
        const auto known = guarantee_names();
        if (!contains(known, guarantee.name)) {
            scope.add(
                "unknown_guarantee",
                guarantee.line,
                "no guarantee is called " + guarantee.name + hint(guarantee.name, known)
            );
            continue;
        }
        for (const Breach& breach : breaches_of(guarantee.name, scope.kind, all)) {
            scope.add("broken_guarantee", breach.line, guarantee.name + ": " + breach.detail);
        }
    }
}

/// Exploring needs every name to exist.
bool can_explore(const CheckScope& scope) {
    return std::ranges::none_of(scope.errors, [](const Error& error) {
        return error.detail.starts_with("unknown_stage") ||
               error.detail.starts_with("unknown_role") ||
               error.detail.starts_with("unknown_hand") || error.detail.starts_with("no_beginning");
    });
}

}  // namespace

void check_paths(CheckScope& scope) {
    if (!can_explore(scope)) {
        return;
    }
    const Exploration all = explore(scope.kind);
    if (all.is_cut) {
        scope.add(
            "cycle_without_end",
            "/hands",
            "more than " + std::to_string(abstract_states_max) +
                " states; too tangled to prove, use fewer hand roles"
        );
        return;
    }
    check_reached(scope, all);
    check_ends(scope, all);
    check_guarantees(scope, all);
}

}  // namespace zt::kindfile
