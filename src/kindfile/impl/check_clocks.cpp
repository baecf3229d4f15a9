// Clocks start and stop, run in a stage, and every lapse leads somewhere.

#include "kindfile/impl/check_scope.hpp"

#include <algorithm>

namespace zt::kindfile {

namespace {

bool is_done_by_some_row(const Kind& kind, const std::vector<Verb>& verbs) {
    return std::ranges::any_of(kind.transitions, [&](const Transition& row) {
        return std::ranges::find(verbs, row.verb) != verbs.end();
    });
}

bool has_effect(const Kind& kind, std::string_view effect, const std::string& clock) {
    return std::ranges::any_of(kind.transitions, [&](const Transition& row) {
        return std::ranges::any_of(row.then, [&](const Word& word) {
            return word.name == effect && contains(word.args, clock);
        });
    });
}

std::vector<std::string> stages_with(const Kind& kind, const std::string& clock) {
    std::vector<std::string> stages;
    for (const StageRule& stage : kind.stages) {
        if (contains(stage.clocks, clock)) {
            stages.push_back(stage.name);
        }
    }
    return stages;
}

void check_use(CheckScope& scope, const ClockRule& clock) {
    const std::string path = "/clocks/" + clock.name;
    if (!is_done_by_some_row(scope.kind, clock.starts) &&
        !has_effect(scope.kind, "start_clock", clock.name)) {
        scope.add(
            "idle_clock",
            path + "/starts",
            "no row of this kind does a verb that starts " + clock.name
        );
    }
    if (!is_done_by_some_row(scope.kind, clock.stops) &&
        !has_effect(scope.kind, "stop_clock", clock.name)) {
        scope.add(
            "idle_clock",
            path + "/stops",
            "no row of this kind does a verb that stops " + clock.name
        );
    }
    if (stages_with(scope.kind, clock.name).empty()) {
        scope.add("idle_clock", path, "no stage lists " + clock.name + " under `clocks`");
    }
}

bool is_by_system(const Kind& kind, const Transition& row) {
    return std::ranges::any_of(row.by, [&](const std::string& name) {
        const RoleRule* role = kind.role(name);
        return role != nullptr && role->where == RoleRule::Where::system;
    });
}

/// Stages in which the clock can run and from which the system cannot do the verb.
std::vector<std::string> stages_without(const Kind& kind, const std::string& clock, Verb verb) {
    auto stages = stages_with(kind, clock);
    std::erase_if(stages, [&](const std::string& stage) {
        return std::ranges::any_of(kind.transitions, [&](const Transition& row) {
            return row.verb == verb && is_by_system(kind, row) && contains(row.from, stage);
        });
    });
    return stages;
}

void check_lapse(CheckScope& scope, const ClockRule& clock) {
    const std::string path = "/clocks/" + clock.name + "/lapse";
    const bool is_told = !clock.lapse.notify.empty() ||
                         std::ranges::any_of(scope.kind.notices, [&](const NoticeRule& notice) {
                             return notice.on == "lapse " + clock.name;
                         });
    if (clock.lapse.action == "mark" || clock.lapse.action == "notify") {
        if (!is_told) {
            scope.add(
                "lapse_nowhere",
                path,
                "when " + clock.name + " lapses nobody is told; add `notify` or `do: VERB`"
            );
        }
        return;
    }
    const auto verb = parse_verb(clock.lapse.action);
    if (!verb) {
        scope.add(
            "lapse_nowhere", path, "`do: " + clock.lapse.action + "`; write mark, notify or a verb"
        );
        return;
    }
    for (const std::string& stage : stages_without(scope.kind, clock.name, *verb)) {
        scope.add(
            "lapse_nowhere",
            path,
            "when " + clock.name + " lapses in stage " + stage + " no row lets the system do " +
                clock.lapse.action + "; add one by a role that is `system`"
        );
    }
}

}  // namespace

void check_clocks(CheckScope& scope) {
    const ClockRule* final_clock = nullptr;
    for (const ClockRule& clock : scope.kind.clocks) {
        check_use(scope, clock);
        check_lapse(scope, clock);
        if (clock.is_final && final_clock != nullptr) {
            scope.add(
                "two_finals",
                "/clocks/" + clock.name + "/final",
                clock.name + " and " + final_clock->name +
                    " are both final; the final due of a matter is one"
            );
        }
        final_clock = clock.is_final ? &clock : final_clock;
    }
}

}  // namespace zt::kindfile
