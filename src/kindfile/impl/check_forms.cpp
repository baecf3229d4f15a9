// Fields, ratings and publication: choices, limits, patterns, weights.

#include "kindfile/impl/check_scope.hpp"

#include <algorithm>
#include <re2/re2.h>

namespace zt::kindfile {

namespace {

bool takes_choices(FieldType type) {
    return type == FieldType::choice || type == FieldType::choices;
}
bool takes_kind(FieldType type) { return type == FieldType::matter || type == FieldType::matters; }

void check_field(CheckScope& scope, const FieldRule& field) {
    const std::string path = "/fields/" + field.name;
    const auto refuse = [&](const std::string& key, std::string detail) {
        scope.add("bad_field_rule", path + "/" + key, field.name + ": " + std::move(detail));
    };
    if (takes_choices(field.type) && field.choices.empty()) {
        refuse("type", "a choice needs `choices`");
    }
    if (!takes_choices(field.type) && !field.choices.empty()) {
        refuse("choices", "`choices` go with type choice or choices");
    }
    if (!takes_kind(field.type) && !field.register_kind.empty()) {
        refuse("kind", "`kind` goes with type matter or matters");
    }
    if (field.gives_office && field.type != FieldType::matter) {
        refuse("office", "`office` goes with type matter");
    }
    if (field.max != 0 && field.min > field.max) {
        refuse("min", "min is greater than max");
    }
    if (field.min < 0 && field.type != FieldType::integer && field.type != FieldType::money) {
        refuse("min", "a text cannot have fewer than no characters");
    }
    if (!field.pattern.empty()) {
        const re2::RE2 pattern(field.pattern, re2::RE2::Quiet);
        if (!pattern.ok()) {
            refuse("pattern", "not a pattern of re2: " + pattern.error());
        }
    }
}

void check_published(CheckScope& scope) {
    const Kind& kind = scope.kind;
    for (const std::string& name : kind.published) {
        const FieldRule* field = kind.field(name);
        const ArgumentRow* argument = find_argument(name);
        // The confirmed text for publication is sealed like all free text until it is published.
        if (name == "public_text" || name == "public_title") {
            continue;
        }
        if (field == nullptr && argument == nullptr) {
            scope.add(
                "unknown_field",
                "/published",
                "no field is called " + name + hint(name, names_of(kind.fields, &FieldRule::name))
            );
        } else if ((field != nullptr && field->is_personal) ||
                   (field == nullptr && argument->is_personal)) {
            scope.add(
                "publishes_personal",
                "/published",
                name + " is personal; publish a separate, confirmed text (public_text)"
            );
        }
    }
}

bool is_word(const Word& word, std::string_view name) {
    return word.name == name && !word.is_negated;
}

/// A row that publishes shows what stands under `published`, so it has to look at all of it.
void check_publishing(CheckScope& scope) {
    const auto& rows = scope.kind.transitions;
    for (std::size_t index = 0; index < rows.size(); ++index) {
        const Transition& row = rows[index];
        const bool publishes =
            row.verb == Verb::publish ||
            std::ranges::any_of(row.then, [](const Word& word) { return word.name == "publish"; });
        const bool is_guarded = std::ranges::any_of(row.when, [](const Word& word) {
            return is_word(word, "numbers_masked");
        });
        if (publishes && !is_guarded) {
            scope.add(
                "publishes_numbers",
                row_path(index),
                name_of_row(row) + " publishes without guard numbers_masked; numbers that may " +
                    "stand go into field public_numbers"
            );
        }
    }
}

void check_weights(CheckScope& scope) {
    std::string counted;
    for (const RatingQuestion& question : scope.kind.ratings) {
        if (!question.counts_satisfaction) {
            continue;
        }
        const std::string path = "/ratings/" + question.name;
        if (!counted.empty()) {
            scope.add(
                "missing_weight",
                path,
                "satisfaction already counts " + counted + "; only one question counts"
            );
        }
        counted = question.name;
        const auto weights = scope.pack.weights.find(scope.kind.name + "." + question.name);
        for (const auto& [answer, title] : question.answers) {
            if (weights == scope.pack.weights.end() || !weights->second.contains(answer)) {
                scope.add(
                    "missing_weight",
                    path,
                    "the pack " + scope.pack.name + " has no weight for " + scope.kind.name + "." +
                        question.name + "." + answer + "; write it under `weights`"
                );
            }
        }
    }
}

}  // namespace

void check_forms(CheckScope& scope) {
    for (const FieldRule& field : scope.kind.fields) {
        check_field(scope, field);
    }
    check_published(scope);
    check_publishing(scope);
    check_weights(scope);
}

}  // namespace zt::kindfile
