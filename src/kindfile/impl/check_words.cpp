// Every predicate and effect exists and has the arguments it takes, each of its type; notices
// likewise.

#include "base/check.hpp"
#include "base/text.hpp"
#include "domain/link_type.hpp"
#include "kindfile/impl/check_scope.hpp"

#include <algorithm>
#include <array>

namespace zt::kindfile {

namespace {

constexpr std::array counters{
    "send_backs", "contests", "urges", "transfers", "redos", "extensions", "bad_ratings"
};

/// What is wrong with an argument: the id of the check and the detail; empty id when nothing is.
struct Verdict {
    std::string_view id;
    std::string detail;
};

Verdict among(
    std::string_view id,
    const std::string& arg,
    std::string_view noun,
    const std::vector<std::string>& known
) {
    if (contains(known, arg)) {
        return {};
    }
    return {id, "no " + std::string(noun) + " is called " + arg + hint(arg, known)};
}

template <class Map>
std::vector<std::string> keys_of(const Map& map) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : map) {
        keys.push_back(key);
    }
    return keys;
}

/// Types of links that some verb of some kind sets, seen from both sides.
std::vector<std::string> link_types(const CheckScope& scope) {
    std::vector<std::string> types;
    auto kinds = scope.kinds.all_newest();
    kinds.push_back(&scope.kind);
    for (const Kind* kind : kinds) {
        for (const Transition& row : kind->transitions) {
            for (const Word& effect : row.then) {
                const std::size_t place = effect.name == "spawn" ? 1 : 0;
                if ((effect.name == "link" || effect.name == "spawn") &&
                    effect.args.size() > place) {
                    types.push_back(effect.args[place]);
                    types.push_back(reverse_link(effect.args[place]));
                }
            }
        }
    }
    return types;
}

Verdict judge_field(const CheckScope& scope, const std::string& arg) {
    auto known = names_of(scope.kind.fields, &FieldRule::name);
    const auto arguments = names_of(argument_rows(), &ArgumentRow::name);
    const auto hands = names_of(scope.kind.hands, &HandRule::role);
    known.insert(known.end(), arguments.begin(), arguments.end());
    const auto questions = names_of(scope.kind.ratings, &RatingQuestion::name);
    known.insert(known.end(), hands.begin(), hands.end());
    known.insert(known.end(), questions.begin(), questions.end());
    return among("unknown_field", arg, "field", known);
}

Verdict judge_role(const CheckScope& scope, const std::string& arg) {
    auto known = names_of(scope.kind.roles, &RoleRule::name);
    for (const char* name :
         {"requester", "author", "lead", "hands", "office", "registrar", "signer"}) {
        known.emplace_back(name);
    }
    const auto hands = names_of(scope.kind.hands, &HandRule::role);
    known.insert(known.end(), hands.begin(), hands.end());
    // Functions of orgs are open: the org with that function nearest to the office.
    for (const char* name : {"callback", "supervision", "place", "digest", "intake"}) {
        known.emplace_back(name);
    }
    return among("unknown_role", arg, "role", known);
}

Verdict judge(const CheckScope& scope, ArgType type, const std::string& arg) {
    const Kind& kind = scope.kind;
    switch (type) {
    case ArgType::clock:
        return among("unknown_clock", arg, "clock", names_of(kind.clocks, &ClockRule::name));
    case ArgType::stage:
        return among("unknown_stage", arg, "stage", names_of(kind.stages, &StageRule::name));
    case ArgType::hand_role:
        return among("unknown_hand", arg, "hand role", names_of(kind.hands, &HandRule::role));
    case ArgType::item_list:
        return among(
            "unknown_list", arg, "item list", names_of(kind.item_lists, &ItemListRule::name)
        );
    case ArgType::field: return judge_field(scope, arg);
    case ArgType::reasons:
        return among(
            "unknown_reasons", arg, "list of reasons of the pack", keys_of(scope.pack.reasons)
        );
    case ArgType::window:
        return among("unknown_window", arg, "window of the pack", keys_of(scope.pack.windows));
    case ArgType::limit:
        return among("unknown_limit", arg, "limit of the pack", keys_of(scope.pack.limits));
    case ArgType::counter:
        return among(
            "wrong_arguments",
            arg,
            "counter",
            std::vector<std::string>(counters.begin(), counters.end())
        );
    case ArgType::number:
        return parse_int(arg) ? Verdict{}
                              : Verdict{"wrong_arguments", "`" + arg + "` is not a whole number"};
    case ArgType::link_type: return among("unknown_link", arg, "link type", link_types(scope));
    case ArgType::kind:
        return scope.kinds.newest(arg) != nullptr || arg == kind.name
                   ? Verdict{}
                   : Verdict{"unknown_kind", "no kind is called " + arg};
    case ArgType::verb:
        return parse_verb(arg) ? Verdict{}
                               : Verdict{"wrong_arguments", parse_verb(arg).error().detail};
    case ArgType::role: return judge_role(scope, arg);
    case ArgType::indicator:
        return among(
            "unknown_indicator",
            arg,
            "indicator of this kind",
            names_of(kind.indicators, &IndicatorRule::name)
        );
    case ArgType::value:
    case ArgType::text: return {};
    }
    return {};
}

/// field_is(field,a,b), stage_is(a,b), hand_is(a,b), order_is(a,b): the last may stand several
/// times.
bool may_repeat(ArgType type) {
    return type == ArgType::value || type == ArgType::stage || type == ArgType::hand_role;
}

std::string usage_of(std::string_view name, std::span<const ArgType> types) {
    std::vector<std::string> parts;
    for (const ArgType type : types) {
        parts.emplace_back(name_of(type));
    }
    return std::string(name) + (parts.empty() ? "" : "(" + join(parts, ",") + ")");
}

void check_args(
    CheckScope& scope, const Word& word, std::span<const ArgType> types, std::size_t optional_args
) {
    const std::size_t least = types.size() - optional_args;
    const bool is_open = !types.empty() && may_repeat(types.back());
    if (word.args.size() < least || (word.args.size() > types.size() && !is_open)) {
        scope.add(
            "wrong_arguments",
            word.line,
            "`" + to_string(word) + "`: write " + usage_of(word.name, types)
        );
        return;
    }
    for (std::size_t i = 0; i < word.args.size(); ++i) {
        auto verdict = judge(scope, types[std::min(i, types.size() - 1)], word.args[i]);
        if (!verdict.id.empty()) {
            scope.add(verdict.id, word.line, "`" + to_string(word) + "`: " + verdict.detail);
        }
    }
}

/// Choices of a field, answers of a question; empty when any value may stand.
std::vector<std::string> keys_of_input(const Kind& kind, const std::string& name) {
    const auto question = std::ranges::find(kind.ratings, name, &RatingQuestion::name);
    const FieldRule* field = kind.field(name);
    if (field != nullptr) {
        return names_of(field->choices, &std::pair<std::string, Title>::first);
    }
    return question == kind.ratings.end()
               ? std::vector<std::string>{}
               : names_of(question->answers, &std::pair<std::string, Title>::first);
}

/// Values of a choice field are among its choices, those of a question among its answers.
void check_field_values(CheckScope& scope, const Word& word) {
    const bool is_about_value = word.name == "field_is" || word.name == "set";
    if (!is_about_value || word.args.empty()) {
        return;
    }
    const auto keys = keys_of_input(scope.kind, word.args[0]);
    if (keys.empty()) {
        return;
    }
    for (std::size_t i = 1; i < word.args.size(); ++i) {
        if (!contains(keys, word.args[i])) {
            scope.add(
                "unknown_answer",
                word.line,
                "`" + to_string(word) + "`: " + word.args[0] + " has no choice " + word.args[i] +
                    hint(word.args[i], keys)
            );
        }
    }
}

void check_predicate(CheckScope& scope, const Word& word) {
    const PredicateRow* row = find_predicate(word.name);
    if (row == nullptr) {
        const bool is_effect = find_effect(word.name) != nullptr;
        scope.add(
            "unknown_word",
            word.line,
            is_effect ? "`" + word.name + "` is an effect; it belongs under `then`"
                      : "no predicate is called " + word.name +
                            hint(word.name, names_of(predicate_rows(), &PredicateRow::name))
        );
        return;
    }
    check_args(scope, word, row->args, row->optional_args);
    check_field_values(scope, word);
}

void check_effect(CheckScope& scope, const Word& word) {
    const EffectRow* row = find_effect(word.name);
    if (row == nullptr || word.is_negated) {
        const bool is_predicate = find_predicate(word.name) != nullptr;
        scope.add(
            "unknown_word",
            word.line,
            is_predicate
                ? "`" + to_string(word) + "` is a predicate; it belongs under `when` or `if`"
                : "no effect is called " + to_string(word) +
                      hint(word.name, names_of(effect_rows(), &EffectRow::name))
        );
        return;
    }
    check_args(scope, word, row->args, row->optional_args);
    check_field_values(scope, word);
}

void check_if_given(CheckScope& scope, const std::optional<Word>& word) {
    if (word) {
        check_predicate(scope, *word);
    }
}

/// What is taken from another record is a field there, and the row reads that record.
void check_taken(CheckScope& scope, const Transition& row, const Word& word) {
    if (word.name != "take" || word.args.size() != 3) {
        return;
    }
    const FieldRule* named = scope.kind.field(word.args[1]);
    const Kind* other = named == nullptr ? nullptr : scope.kinds.newest(named->register_kind);
    if (other == nullptr || other->field(word.args[2]) == nullptr) {
        scope.add(
            "unknown_field",
            word.line,
            "`" + to_string(word) + "`: no field " + word.args[2] + " in what " + word.args[1] +
                " names"
        );
    } else if (!contains(row.reads, other->name)) {
        scope.add(
            "unknown_link",
            word.line,
            "`" + to_string(word) + "`: the row needs `reads: [" + other->name + "]`"
        );
    }
}

void check_row_words(CheckScope& scope, const Transition& row) {
    check_if_given(scope, row.if_);
    for (const Word& word : row.when) {
        check_predicate(scope, word);
    }
    for (const Word& word : row.then) {
        check_effect(scope, word);
        check_taken(scope, row, word);
    }
    for (const Target& target : row.to) {
        check_if_given(scope, target.condition);
    }
}

void check_reads(CheckScope& scope, const Transition& row, std::size_t index) {
    for (const std::string& link : row.reads) {
        // A record kind may be read as a whole: the duty list of the township concerned.
        if (scope.kinds.newest(link) != nullptr) {
            continue;
        }
        const auto verdict = among("unknown_link", link, "link type or kind", link_types(scope));
        if (!verdict.id.empty()) {
            scope.add(verdict.id, row_path(index, "reads"), verdict.detail);
        }
    }
}

bool has_verb(const Kind& kind, std::string_view name) {
    return std::ranges::any_of(kind.transitions, [&](const Transition& row) {
        return row_of(row.verb).name == name;
    });
}

void check_notices(CheckScope& scope) {
    const Kind& kind = scope.kind;
    for (std::size_t i = 0; i < kind.notices.size(); ++i) {
        const NoticeRule& notice = kind.notices[i];
        const int line = scope.file.notice_lines[i];
        const bool is_lapse = notice.on.starts_with("lapse ");
        const bool is_known =
            is_lapse ? kind.clock(notice.on.substr(6)) != nullptr : has_verb(kind, notice.on);
        if (!is_known) {
            scope.add(
                "unknown_notice",
                line,
                "`on: " + notice.on + "` is neither a verb of this kind nor lapse CLOCK"
            );
        }
        const auto verdict = judge_role(scope, notice.role);
        if (!verdict.id.empty()) {
            scope.add("unknown_notice", line, verdict.detail);
        }
    }
    for (const ClockRule& clock : kind.clocks) {
        for (const std::string& role : clock.lapse.notify) {
            const auto verdict = judge_role(scope, role);
            if (!verdict.id.empty()) {
                scope.add("unknown_notice", "/clocks/" + clock.name + "/lapse", verdict.detail);
            }
        }
    }
}

}  // namespace

void check_words(CheckScope& scope) {
    const Kind& kind = scope.kind;
    for (std::size_t i = 0; i < kind.transitions.size(); ++i) {
        check_row_words(scope, kind.transitions[i]);
        check_reads(scope, kind.transitions[i], i);
    }
    for (const ClockRule& clock : kind.clocks) {
        check_if_given(scope, clock.start_if);
        check_if_given(scope, clock.stop_if);
    }
    for (const FieldRule& field : kind.fields) {
        check_if_given(scope, field.show_if);
    }
    for (const IndicatorRule& indicator : kind.indicators) {
        for (const Word& word : indicator.conditions) {
            check_predicate(scope, word);
        }
    }
    check_notices(scope);
}

}  // namespace zt::kindfile
