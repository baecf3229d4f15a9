// Each open stage has a holder, a clock and a verb that the holder may use; a record has what
// records need instead.

#include "kindfile/impl/check_scope.hpp"

#include <algorithm>

namespace zt::kindfile {

namespace {

bool has_from(const Transition& row, const std::string& stage) { return contains(row.from, stage); }

bool holder_can_act(const Kind& kind, const StageRule& stage) {
    return std::ranges::any_of(kind.transitions, [&](const Transition& row) {
        return has_from(row, stage.name) && contains(row.by, stage.holder);
    });
}

/// A note keeps nobody's matter moving.
bool moves(Verb verb) { return verb != Verb::note && verb != Verb::erase; }

bool holder_can_move(const Kind& kind, const StageRule& stage) {
    return std::ranges::any_of(kind.transitions, [&](const Transition& row) {
        return moves(row.verb) && has_from(row, stage.name) && contains(row.by, stage.holder);
    });
}

void check_open_stage(CheckScope& scope, const StageRule& stage) {
    const std::string path = "/stages/" + stage.name;
    if (stage.holder.empty()) {
        scope.add(
            "missing_holder", path, "stage " + stage.name + " counts open and has no `holder`"
        );
    } else if (!holder_can_act(scope.kind, stage) || !holder_can_move(scope.kind, stage)) {
        scope.add(
            "idle_holder",
            path,
            "stage " + stage.name + ": " + stage.holder + " holds it, but no row from there lets " +
                stage.holder + " do more than note; add a verb or name another holder"
        );
    }
    if (stage.clocks.empty() && stage.no_clock.empty()) {
        scope.add(
            "missing_clock",
            path,
            "stage " + stage.name +
                " counts open and has no clock; list `clocks`, or say `no_clock: REASON` when it "
                "waits on outsiders"
        );
    }
}

bool has_verb(const Kind& kind, Verb verb) {
    return std::ranges::find(kind.transitions, verb, &Transition::verb) != kind.transitions.end();
}

void check_record(CheckScope& scope) {
    const Kind& kind = scope.kind;
    for (const StageRule& stage : kind.stages) {
        if (stage.counts == Counts::open && stage.holder.empty()) {
            scope.add(
                "record_incomplete",
                "/stages/" + stage.name,
                "a record needs a `holder` in stage " + stage.name
            );
        }
    }
    for (const Verb verb : {Verb::amend, Verb::retire}) {
        if (!has_verb(kind, verb)) {
            scope.add(
                "record_incomplete",
                "/verbs",
                "a record needs a row of " + std::string(row_of(verb).name)
            );
        }
    }
    const bool has_validity = std::ranges::any_of(kind.fields, [](const FieldRule& field) {
        return field.type == FieldType::date &&
               (field.name == "from" || field.name == "since" || field.name == "valid_from");
    });
    if (!has_validity) {
        scope.add(
            "record_incomplete",
            "/fields",
            "a record needs a field `from` (or since, valid_from) of type date: the day from which it holds"
        );
    }
}

}  // namespace

void check_stages(CheckScope& scope) {
    if (scope.is_record()) {
        check_record(scope);
        return;
    }
    for (const StageRule& stage : scope.kind.stages) {
        if (stage.counts == Counts::open) {
            check_open_stage(scope, stage);
        }
    }
}

}  // namespace zt::kindfile
