// SYSTEMS.md, "What it never does": 1, no field about what a person is or believes; 5, no figure
// that rewards silence.

#include "kindfile/impl/check_scope.hpp"
#include "kindfile/impl/never_words.hpp"

#include <algorithm>

namespace zt::kindfile {

namespace {

/// A kind that can hold something about a person: somebody hands in, or a field is personal or
/// names a person.
bool is_about_people(const Kind& kind) {
    return kind.has_requester || std::ranges::any_of(kind.fields, [](const FieldRule& field) {
               return field.is_personal || field.type == FieldType::person ||
                      field.type == FieldType::phone;
           });
}

void check_field(CheckScope& scope, const FieldRule& field) {
    const std::string found = person_word(field.name, field.title);
    if (!found.empty()) {
        scope.add(
            "person_field",
            "/fields/" + field.name,
            "field " + field.name + " (" + field.title.zh + ") matches `" + found +
                "`; Zhitong follows matters, not people: leave it out"
        );
        return;
    }
    for (const auto& [key, title] : field.choices) {
        const std::string choice = person_word_of_choice(title);
        if (!choice.empty()) {
            scope.add(
                "person_field",
                "/fields/" + field.name + "/choices/" + key,
                "choice " + key + " of " + field.name + " matches `" + choice + "`; leave it out"
            );
        }
    }
}

bool is_negative(const std::string& text) { return text.starts_with('-'); }

void check_indicator(CheckScope& scope, const IndicatorRule& indicator) {
    const std::string path = "/indicators/" + indicator.name;
    const std::string found = silence_word(indicator.name, indicator.title);
    if (!found.empty()) {
        scope.add(
            "rewards_silence",
            path,
            "indicator " + indicator.name + " matches `" + found +
                "`; a figure may not reward that nobody speaks up"
        );
    }
    const std::string voice = voice_word(indicator.name, indicator.title);
    if (!voice.empty() && is_negative(indicator.amount_field)) {
        scope.add(
            "rewards_silence",
            path,
            "indicator " + indicator.name + " counts " + voice + " negatively"
        );
    }
    const FieldRule* subject = scope.kind.field(indicator.subject_field);
    const bool is_of_person = subject != nullptr && subject->type == FieldType::person;
    if (is_of_person && scope.kind.has_requester) {
        scope.add(
            "person_field",
            path + "/subject",
            "indicator " + indicator.name +
                " counts persons who stand in a matter; count matters, units or records"
        );
    }
}

}  // namespace

void check_never(CheckScope& scope) {
    if (is_about_people(scope.kind)) {
        for (const FieldRule& field : scope.kind.fields) {
            check_field(scope, field);
        }
    }
    for (const IndicatorRule& indicator : scope.kind.indicators) {
        check_indicator(scope, indicator);
    }
}

}  // namespace zt::kindfile
