// Nobody judges their own work: who rates, calls back, verifies or reviews is not who works on the
// matter.

#include "kindfile/impl/check_scope.hpp"

#include <algorithm>

namespace zt::kindfile {

namespace {

bool is_judgement(Verb verb) {
    return verb == Verb::rate || verb == Verb::call_back || verb == Verb::verify ||
           verb == Verb::review;
}

bool is_work(Verb verb) {
    return verb == Verb::reply || verb == Verb::give_opinion || verb == Verb::report_progress ||
           verb == Verb::done || verb == Verb::contact || verb == Verb::arrive;
}

bool is_of_hand(const RoleRule& role) {
    return role.where == RoleRule::Where::at_hand || role.where == RoleRule::Where::leads_hand;
}

struct Worker {
    const RoleRule* role;
    Verb verb;
    int line;
};

std::vector<Worker> workers_of(const Kind& kind) {
    std::vector<Worker> workers;
    for (const Transition& row : kind.transitions) {
        for (const std::string& name : row.by) {
            const RoleRule* role = kind.role(name);
            if (is_work(row.verb) && role != nullptr) {
                workers.push_back({role, row.verb, row.line});
            }
        }
    }
    return workers;
}

bool is_guarded(const Transition& row) {
    return std::ranges::any_of(row.when, [](const Word& word) {
        return (word.name == "not_involved" || word.name == "rates_other_side") && !word.is_negated;
    });
}

/// A hand role that both works and judges, or a post word at both; who verifies may be the office
/// that also answered directly, who rates or calls back may not.
const Worker* own_worker(const RoleRule& judge, Verb verb, const std::vector<Worker>& workers) {
    const bool is_strict = verb == Verb::rate || verb == Verb::call_back;
    const auto found = std::ranges::find_if(workers, [&](const Worker& worker) {
        if (is_of_hand(judge) && is_of_hand(*worker.role)) {
            return judge.part.empty() || worker.role->part.empty() ||
                   judge.part == worker.role->part;
        }
        const bool is_same = judge.where == worker.role->where &&
                             judge.post_word == worker.role->post_word &&
                             judge.part == worker.role->part;
        return is_strict && is_same;
    });
    return found == workers.end() ? nullptr : &*found;
}

}  // namespace

void check_fairness(CheckScope& scope) {
    const auto workers = workers_of(scope.kind);
    for (std::size_t i = 0; i < scope.kind.transitions.size(); ++i) {
        const Transition& row = scope.kind.transitions[i];
        if (!is_judgement(row.verb) || is_guarded(row)) {
            continue;
        }
        for (const std::string& name : row.by) {
            const RoleRule* judge = scope.kind.role(name);
            const Worker* worker =
                judge == nullptr ? nullptr : own_worker(*judge, row.verb, workers);
            if (worker != nullptr) {
                scope.add(
                    "own_work",
                    row_path(i, "by"),
                    name_of_row(row) + " is done by " + name + ", which also does " +
                        std::string(row_of(worker->verb).name) + " in line " +
                        std::to_string(worker->line) +
                        "; give it to the requester, to WORD not ROLE, or guard it with not_involved or rates_other_side"
                );
            }
        }
    }
}

}  // namespace zt::kindfile
