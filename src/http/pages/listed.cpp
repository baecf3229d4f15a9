#include "http/pages/listed.hpp"

#include "domain/vocabulary.hpp"
#include "http/pages/forms.hpp"

#include <algorithm>
#include <array>

namespace zt::http::pages {

namespace {

/// Guards that take a field from the list that is their argument.
struct ListedField {
    std::string_view guard, field;
};
constexpr std::array listed_fields{
    ListedField{"reason_in", "reason"},
    ListedField{"outcome_in", "outcome"},
    ListedField{"trigger_in", "trigger"},
    ListedField{"class_in", "reply_class"},
    ListedField{"slot_free", "slot"},
};

}  // namespace

std::vector<api::Word>
words_of_list(const Pack& pack, std::string_view list, std::string_view language) {
    std::vector<api::Word> words;
    if (const auto found = pack.reasons.find(list); found != pack.reasons.end()) {
        for (const auto& [name, title] : found->second) {
            words.push_back({name, in_language(title, language)});
        }
    }
    return words;
}

void put_lists(
    api::Form& form, const Transition& row, const Pack& pack, std::string_view language
) {
    for (const auto& guard : row.when) {
        const auto listed = std::ranges::find(listed_fields, guard.name, &ListedField::guard);
        if (listed == listed_fields.end() || guard.is_negated || guard.args.empty()) {
            continue;
        }
        const auto field = std::ranges::find(form.fields, listed->field, &api::Field::name);
        if (field != form.fields.end()) {
            field->type = name_of(FieldType::choice);
            field->choices = words_of_list(pack, guard.args.front(), language);
        }
    }
}

}  // namespace zt::http::pages
