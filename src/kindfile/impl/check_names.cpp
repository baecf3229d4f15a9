// Every name that stands outside of words exists: stages, roles, fields, clocks, hands, lists,
// kinds, answers.

#include "kindfile/impl/check_scope.hpp"

#include <algorithm>

namespace zt::kindfile {

namespace {

std::vector<std::string> stage_names(const Kind& kind) {
    return names_of(kind.stages, &StageRule::name);
}
std::vector<std::string> role_names(const Kind& kind) {
    return names_of(kind.roles, &RoleRule::name);
}

void expect_role(CheckScope& scope, const std::string& role, const std::string& path) {
    if (scope.kind.role(role) == nullptr) {
        scope.add(
            "unknown_role", path, "no role is called " + role + hint(role, role_names(scope.kind))
        );
    }
}

/// An input of a verb: a field of the kind, an argument of verbs, a hand role, a question.
bool is_input(const Kind& kind, const std::string& name) {
    return kind.field(name) != nullptr || find_argument(name) != nullptr ||
           kind.hand(name) != nullptr ||
           std::ranges::find(kind.ratings, name, &RatingQuestion::name) != kind.ratings.end();
}

std::vector<std::string> input_names(const Kind& kind) {
    auto names = names_of(kind.fields, &FieldRule::name);
    const auto add = [&](const std::vector<std::string>& more) {
        names.insert(names.end(), more.begin(), more.end());
    };
    add(names_of(kind.hands, &HandRule::role));
    add(names_of(kind.ratings, &RatingQuestion::name));
    add(names_of(argument_rows(), &ArgumentRow::name));
    return names;
}

void expect_input(CheckScope& scope, const std::string& name, const std::string& path) {
    if (!is_input(scope.kind, name)) {
        scope.add(
            "unknown_field",
            path,
            "no field is called " + name + hint(name, input_names(scope.kind))
        );
    }
}

void check_row_values(CheckScope& scope, const Transition& row, const std::string& path) {
    for (const FieldUse& use : row.fields) {
        expect_input(scope, use.name, path + "/fields");
        const FieldRule* field = scope.kind.field(use.name);
        if (!use.preset || field == nullptr || field->choices.empty()) {
            continue;
        }
        const auto keys = names_of(field->choices, &std::pair<std::string, Title>::first);
        if (!contains(keys, *use.preset)) {
            scope.add(
                "unknown_answer",
                path + "/fields",
                use.name + " has no choice " + *use.preset + hint(*use.preset, keys)
            );
        }
    }
}

void check_rows(CheckScope& scope) {
    const auto stages = stage_names(scope.kind);
    for (std::size_t i = 0; i < scope.kind.transitions.size(); ++i) {
        const Transition& row = scope.kind.transitions[i];
        for (const std::string& stage : row.from) {
            if (!contains(stages, stage)) {
                scope.add(
                    "unknown_stage",
                    row_path(i, "from"),
                    "no stage is called " + stage + hint(stage, stages) +
                        " (also: any, closed_stages, all)"
                );
            }
        }
        for (const Target& target : row.to) {
            const bool is_same = target.stage == "same" && !row.from.empty();
            if (!is_same && !contains(stages, target.stage)) {
                const std::string why = row.from.empty() ? "; a beginning needs `to: STAGE`" : "";
                scope.add(
                    "unknown_stage",
                    row_path(i, "to"),
                    "no stage is called " + target.stage + hint(target.stage, stages) + why
                );
            }
        }
        for (const std::string& role : row.by) {
            expect_role(scope, role, row_path(i, "by"));
        }
        check_row_values(scope, row, row_path(i));
    }
}

/// Values that are numbered apart are choices of the field.
void check_number(CheckScope& scope) {
    const NumberRule& number = scope.kind.number;
    if (number.by.empty() && number.prefixes.empty()) {
        return;
    }
    const FieldRule* field = scope.kind.field(number.by);
    if (field == nullptr) {
        scope.add("unknown_field", "/number/by", "no field is called " + number.by);
        return;
    }
    const auto keys = names_of(field->choices, &std::pair<std::string, Title>::first);
    for (const auto& [value, prefix] : number.prefixes) {
        if (!contains(keys, value)) {
            scope.add(
                "unknown_answer",
                "/number/prefixes",
                number.by + " has no choice " + value + hint(value, keys)
            );
        }
    }
}

void check_stage_names(CheckScope& scope) {
    for (const StageRule& stage : scope.kind.stages) {
        const std::string path = "/stages/" + stage.name;
        if (!stage.holder.empty()) {
            expect_role(scope, stage.holder, path + "/holder");
        }
        for (const std::string& clock : stage.clocks) {
            if (scope.kind.clock(clock) == nullptr) {
                scope.add(
                    "unknown_clock",
                    path + "/clocks",
                    "no clock is called " + clock +
                        hint(clock, names_of(scope.kind.clocks, &ClockRule::name))
                );
            }
        }
    }
}

void expect_hand(CheckScope& scope, const std::string& role, const std::string& path) {
    if (!role.empty() && scope.kind.hand(role) == nullptr) {
        scope.add(
            "unknown_hand",
            path,
            "no hand role is called " + role +
                hint(role, names_of(scope.kind.hands, &HandRule::role))
        );
    }
}

void check_roles(CheckScope& scope) {
    using enum RoleRule::Where;
    for (const RoleRule& role : scope.kind.roles) {
        if (role.where == at_hand || role.where == leads_hand) {
            expect_hand(scope, role.part, "/roles/" + role.name);
        }
        if (role.where == not_involved && role.part != "handler") {
            expect_role(scope, role.part, "/roles/" + role.name);
        }
    }
    for (const std::string& role : scope.kind.visible_to) {
        expect_role(scope, role, "/visible_to");
    }
}

void check_length(
    CheckScope& scope, const ClockRule& clock, const LengthRule& length, const std::string& path
) {
    if (!length.part_of.empty()) {
        const ClockRule* whole = scope.kind.clock(length.part_of);
        const bool is_circle = whole != nullptr && !whole->length.part_of.empty();
        if (whole == nullptr) {
            scope.add("unknown_clock", path, "no clock is called " + length.part_of);
        } else if (is_circle) {
            scope.add(
                "unknown_clock",
                path,
                clock.name + " is a part of " + whole->name +
                    ", which is itself a part; name one with its own length"
            );
        }
    }
    if (!length.date_field.empty() && clock.of != ClockOf::item) {
        expect_input(scope, length.date_field, path);
    }
    if (!length.days_field.empty()) {
        expect_input(scope, length.days_field, path);
    }
    if (length.by_field.empty()) {
        return;
    }
    const FieldRule* field = scope.kind.field(length.by_field);
    expect_input(scope, length.by_field, path);
    for (const auto& [value, fixed] : length.by_value) {
        const bool has_choices = field != nullptr && !field->choices.empty();
        if (value != "else" && has_choices &&
            !contains(names_of(field->choices, &std::pair<std::string, Title>::first), value)) {
            scope.add("unknown_answer", path, length.by_field + " has no choice " + value);
        }
    }
}

void check_clock_names(CheckScope& scope) {
    for (const ClockRule& clock : scope.kind.clocks) {
        const std::string path = "/clocks/" + clock.name;
        if (clock.of == ClockOf::hand) {
            expect_hand(scope, clock.hand_role, path + "/of");
        }
        const auto lists = names_of(scope.kind.item_lists, &ItemListRule::name);
        if (clock.of == ClockOf::item && !contains(lists, clock.hand_role)) {
            scope.add(
                "unknown_list",
                path + "/of",
                "no item list is called " + clock.hand_role + hint(clock.hand_role, lists)
            );
        }
        check_length(scope, clock, clock.length, path + "/length");
        if (clock.redo_length) {
            check_length(scope, clock, *clock.redo_length, path + "/redo");
        }
        const auto reasons = scope.pack.reasons.find("pause");
        for (const std::string& reason : clock.pause_reasons) {
            const bool is_listed = reasons != scope.pack.reasons.end() &&
                                   std::ranges::any_of(reasons->second, [&](const auto& one) {
                                       return one.first == reason;
                                   });
            if (!is_listed) {
                scope.add(
                    "unknown_reasons",
                    path + "/pause",
                    "the pack's list `pause` has no reason " + reason
                );
            }
        }
    }
}

void check_other_names(CheckScope& scope) {
    const Kind& kind = scope.kind;
    const auto categories = names_of(kind.categories, &Category::key);
    for (const Category& category : kind.categories) {
        if (!category.parent.empty() && !contains(categories, category.parent)) {
            scope.add(
                "unknown_category",
                "/categories/" + category.key + "/parent",
                "no category is called " + category.parent + hint(category.parent, categories)
            );
        }
    }
    for (const std::string& name : kind.personal_texts) {
        expect_input(scope, name, "/personal_texts");
    }
    for (const FieldRule& field : kind.fields) {
        if (!field.register_kind.empty() && scope.kinds.newest(field.register_kind) == nullptr) {
            scope.add(
                "unknown_kind",
                "/fields/" + field.name + "/kind",
                "no kind is called " + field.register_kind
            );
        }
    }
    for (const RatingQuestion& question : kind.ratings) {
        const auto answers = names_of(question.answers, &std::pair<std::string, Title>::first);
        for (const std::string& bad : question.bad) {
            if (!contains(answers, bad)) {
                scope.add(
                    "unknown_answer",
                    "/ratings/" + question.name + "/bad",
                    "no answer is called " + bad + hint(bad, answers)
                );
            }
        }
    }
    for (const RoundRule& round : kind.rounds) {
        for (const auto& [name, value] : round.fields) {
            expect_input(scope, name, "/rounds/" + round.name + "/fields");
        }
    }
}

void check_indicators(CheckScope& scope) {
    const auto stages = stage_names(scope.kind);
    for (const IndicatorRule& indicator : scope.kind.indicators) {
        const std::string path = "/indicators/" + indicator.name;
        const bool is_stock = indicator.on.starts_with("stage ");
        if (is_stock && !contains(stages, indicator.on.substr(6))) {
            scope.add(
                "unknown_stage",
                path + "/on",
                "no stage is called " + indicator.on.substr(6) +
                    hint(indicator.on.substr(6), stages)
            );
        }
        if (!is_stock && !parse_verb(indicator.on)) {
            scope.add(
                "unknown_indicator",
                path + "/on",
                "`" + indicator.on + "` is no verb; write a verb or stage NAME"
            );
        }
        if (indicator.is_distinct && (is_stock || indicator.subject_field.empty())) {
            scope.add(
                "unknown_indicator",
                path + "/distinct",
                "different subjects are counted on a verb, with `subject: FIELD`"
            );
        }
        for (const std::string& field : {indicator.amount_field, indicator.subject_field}) {
            if (!field.empty()) {
                expect_input(scope, field, path);
            }
        }
    }
}

}  // namespace

void check_names(CheckScope& scope) {
    check_number(scope);
    check_rows(scope);
    check_stage_names(scope);
    check_roles(scope);
    check_clock_names(scope);
    check_other_names(scope);
    check_indicators(scope);
}

}  // namespace zt::kindfile
