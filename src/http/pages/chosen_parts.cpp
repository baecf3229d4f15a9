#include "http/pages/chosen_parts.hpp"

#include <algorithm>
#include <array>

namespace zt::http::pages {

namespace {

enum class Meant : std::uint8_t { open_hands, leads_of_turn };

/// Guards that let a field name only hands of the matter.
struct HandField {
    std::string_view guard, field;
    Meant meant;
};
constexpr std::array hand_fields{
    HandField{"has_hand", "org", Meant::open_hands},
    HandField{"hand_not_rated", "org", Meant::leads_of_turn},
    HandField{"hands_rated_bad", "hands", Meant::leads_of_turn},
};

bool is_meant(const Hand& hand, Meant meant, const Subject& subject) {
    const HandRule* rule = subject.kind()->hand(hand.role);
    if (hand.post || rule == nullptr) {
        return false;
    }
    return meant == Meant::open_hands
               ? is_open(hand.state)
               : rule->is_lead && hand.turn == subject.state.turn && hand.state == HandState::done;
}

/// Each unit once, in the order in which they came.
std::vector<api::Word> units_meant(const Subject& subject, Meant meant) {
    std::vector<api::Word> words;
    for (const auto& hand : subject.state.hands) {
        const std::string id = std::to_string(hand.org.value);
        if (is_meant(hand, meant, subject) &&
            std::ranges::find(words, id, &api::Word::name) == words.end()) {
            words.push_back({id, org_name(hand.org, *subject.context.directory)});
        }
    }
    return words;
}

/// Those who were asked and have not said yet, with as much of the name as the viewer may read.
std::vector<api::Word> parties_asked(const Subject& subject) {
    std::vector<api::Word> words;
    if (subject.shown(FieldGroup::joiners) == Shown::absent) {
        return words;
    }
    for (const auto& party : subject.state.parties) {
        if (party.state != PartyState::asked) {
            continue;
        }
        const std::string no = std::to_string(party.no);
        const bool reads_name = subject.shown(FieldGroup::author_name) != Shown::absent;
        const std::string name =
            reads_name ? masked_name(subject.texts.of("party." + no + ".name")) : std::string();
        words.push_back({no, name.empty() ? no : no + " " + name});
    }
    return words;
}

}  // namespace

void put_parts(api::Form& form, const Transition& row, const Subject& subject) {
    for (auto& field : form.fields) {
        if (field.name == "party" && field.choices.empty()) {
            field.choices = parties_asked(subject);
        }
    }
    for (const auto& guard : row.when) {
        const auto rule = std::ranges::find(hand_fields, guard.name, &HandField::guard);
        if (rule == hand_fields.end() || guard.is_negated) {
            continue;
        }
        const auto field = std::ranges::find(form.fields, rule->field, &api::Field::name);
        if (field != form.fields.end()) {
            field->choices = units_meant(subject, rule->meant);
        }
    }
}

}  // namespace zt::http::pages
