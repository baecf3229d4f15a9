#pragma once
// The words that kind files may use in `if`, `when`, `to` (predicates) and `then` (effects).
// Closed: a word's meaning never changes under its name. Each word is one row in guards.cpp or
// effects.cpp with its function and its help.

#include "domain/decide.hpp"

#include <span>

namespace zt {

enum class ArgType : std::uint8_t {
    clock,
    stage,
    hand_role,
    item_list,
    field,
    value,
    reasons,
    window,
    limit,
    number,
    counter,
    link_type,
    kind,
    verb,
    role,
    text,
    indicator
};
[[nodiscard]] std::string_view name_of(ArgType type);

/// What kind of thing a guard judges. Imports are refused only by shape, identity and stage; the
/// rest marks them irregular. `asks`: what a source row does not carry (signature, contact,
/// evidence …): marked not_in_source.
enum class GuardClass : std::uint8_t { shape, stage, time, count, role, asks };

struct PredicateRow {
    std::string_view name;
    std::span<const ArgType> args;
    std::size_t optional_args = 0;  ///< how many of the last ones may be left out
    Errc refusal;                   ///< when it fails as a guard
    GuardClass guard_class;
    std::string_view help_zh, help;
};

struct EffectRow {
    std::string_view name;
    std::span<const ArgType> args;
    std::size_t optional_args = 0;
    std::string_view help_zh, help;
};

/// A field that verbs take besides those that the kind declares: text, reason, evidence, org,
/// length …
struct ArgumentRow {
    std::string_view name;
    FieldType type;
    bool is_personal = false;
    std::string_view zh, help;
    std::string_view en = {};  ///< title; empty: the name says it
};

[[nodiscard]] std::span<const ArgumentRow> argument_rows();
[[nodiscard]] const ArgumentRow* find_argument(std::string_view name);
[[nodiscard]] std::span<const PredicateRow> predicate_rows();
[[nodiscard]] std::span<const EffectRow> effect_rows();
[[nodiscard]] const PredicateRow* find_predicate(std::string_view name);
[[nodiscard]] const EffectRow* find_effect(std::string_view name);

}  // namespace zt
