#include "http/pages/forms.hpp"

#include "domain/vocabulary.hpp"

#include <algorithm>

namespace zt::http::pages {

namespace {

std::string word_text(const Word& word) {
    std::string text = word.is_negated ? "not " + word.name : word.name;
    if (word.args.empty()) {
        return text;
    }
    text += '(';
    for (const auto& argument : word.args) {
        text += (text.back() == '(' ? "" : ",") + argument;
    }
    return text + ')';
}

std::vector<api::Word>
words_of(const std::vector<std::pair<std::string, Title>>& choices, std::string_view language) {
    std::vector<api::Word> words;
    for (const auto& [name, title] : choices) {
        words.push_back({name, in_language(title, language)});
    }
    return words;
}

/// The English name as people read it: "ask_supplement" is "Ask supplement".
std::string english_words(std::string_view name) {
    std::string words(name);
    std::ranges::replace(words, '_', ' ');
    if (!words.empty() && words.front() >= 'a' && words.front() <= 'z') {
        words.front() = static_cast<char>(words.front() - 'a' + 'A');
    }
    return words;
}

/// A field that the kind does not declare is one of the arguments that verbs share.
api::Field shared_field(const std::string& name, std::string_view language) {
    api::Field field;
    field.name = field.title = name;
    field.type = name_of(FieldType::text);
    if (const ArgumentRow* row = find_argument(name)) {
        field.title = argument_title(*row, language);
        field.type = name_of(row->type);
        field.is_personal = row->is_personal;
    }
    return field;
}

/// Of a text of two lines, Chinese and English, the one to be shown; of one line that.
std::string line_of(const std::string& text, std::string_view language) {
    const auto end = text.find('\n');
    return end == std::string::npos || language != "en" ? text.substr(0, end)
                                                        : text.substr(end + 1);
}

/// A question of the kind's ratings: its answers are the choices.
void put_question(api::Field& field, const Kind& kind, std::string_view language) {
    const auto asked = std::ranges::find(kind.ratings, field.name, &RatingQuestion::name);
    if (asked != kind.ratings.end()) {
        field.title = in_language(asked->title, language);
        field.type = name_of(FieldType::choice);
        field.choices = words_of(asked->answers, language);
    }
}

api::Field field_of(const Kind& kind, const FieldUse& use, std::string_view language) {
    api::Field field = shared_field(use.name, language);
    put_question(field, kind, language);
    if (const FieldRule* rule = kind.field(use.name)) {
        field.title = in_language(rule->title, language);
        field.help = in_language(rule->help, language);
        field.type = name_of(rule->type);
        field.is_personal = rule->is_personal;
        field.choices = words_of(rule->choices, language);
        field.min = rule->min;
        field.max = rule->max;
        field.show_if = rule->show_if ? word_text(*rule->show_if) : "";
        field.register_kind = rule->register_kind;
        field.is_required = rule->is_required;
    }
    field.is_required = field.is_required || use.is_required;
    field.preset = use.preset;
    return field;
}

}  // namespace

const std::string& in_language(const Title& title, std::string_view language) {
    return language == "en" && !title.en.empty() ? title.en : title.zh;
}

std::string stage_title(const Kind* kind, const std::string& stage, std::string_view language) {
    const StageRule* rule = kind == nullptr ? nullptr : kind->stage(stage);
    return rule == nullptr ? stage : in_language(rule->title, language);
}

std::string
public_stage_title(const Kind* kind, const std::string& stage, std::string_view language) {
    const StageRule* rule = kind == nullptr ? nullptr : kind->stage(stage);
    if (rule == nullptr || rule->public_title.zh.empty()) {
        return stage_title(kind, stage, language);
    }
    return in_language(rule->public_title, language);
}

std::string argument_title(const ArgumentRow& row, std::string_view language) {
    if (language != "en") {
        return std::string(row.zh);
    }
    return row.en.empty() ? english_words(row.name) : std::string(row.en);
}

std::string verb_title(Verb verb, std::string_view language) {
    const VerbRow& row = row_of(verb);
    return language == "en" ? english_words(row.name) : std::string(row.zh);
}

std::string row_title(const Transition& row, std::string_view language) {
    if (!row.title.zh.empty()) {
        return in_language(row.title, language);
    }
    return verb_title(row.verb, language);
}

std::string clock_title(const Kind* kind, const std::string& clock, std::string_view language) {
    const ClockRule* rule = kind == nullptr ? nullptr : kind->clock(clock);
    return rule == nullptr || rule->title.zh.empty() ? clock : in_language(rule->title, language);
}

api::Form form_of(const Kind& kind, const Transition& row, std::string_view language) {
    api::Form form;
    form.verb = row_of(row.verb).name;
    form.title = row_title(row, language);
    form.is_primary = row.is_primary;
    for (const auto& use : row.fields) {
        form.fields.push_back(field_of(kind, use, language));
    }
    return form;
}

std::vector<api::Form> beginning_forms(
    const Kind& kind,
    std::string_view language,
    const std::function<bool(const RoleRule&)>& may_begin
) {
    std::vector<api::Form> forms;
    for (const auto& row : kind.transitions) {
        const bool is_mine = std::ranges::any_of(row.by, [&](const std::string& name) {
            const RoleRule* role = kind.role(name);
            return role != nullptr && may_begin(*role);
        });
        if (row.verb == Verb::register_ && row.from.empty() && is_mine) {
            forms.push_back(form_of(kind, row, language));
        }
    }
    return forms;
}

std::vector<api::Form> following_forms(
    const Kind& kind,
    std::string_view language,
    const std::function<bool(const RoleRule&)>& may_begin
) {
    const auto is_mine = [&](const Transition& row, bool anywhere) {
        return std::ranges::any_of(row.by, [&](const std::string& name) {
            const RoleRule* role = kind.role(name);
            return role != nullptr && may_begin(*role) &&
                   (!anywhere || role->where == RoleRule::Where::at_any);
        });
    };
    const auto may_lead_to = [&](const Transition& next) {
        return std::ranges::any_of(kind.transitions, [&](const Transition& row) {
            return row.verb == Verb::register_ && row.from.empty() && is_mine(row, false) &&
                   std::ranges::any_of(row.to, [&](const Target& target) {
                       return std::ranges::find(next.from, target.stage) != next.from.end();
                   });
        });
    };
    std::vector<api::Form> forms;
    for (const auto& row : kind.transitions) {
        if (row.is_primary && is_mine(row, true) && may_lead_to(row)) {
            forms.push_back(form_of(kind, row, language));
        }
    }
    return forms;
}

std::vector<api::Field> fields_of(const Kind& kind, std::string_view language) {
    std::vector<api::Field> fields;
    for (const auto& rule : kind.fields) {
        fields.push_back(field_of(kind, FieldUse{rule.name, false, {}}, language));
    }
    return fields;
}

bool is_for_public(const RoleRule& role) {
    using Where = RoleRule::Where;
    return role.where == Where::requester || role.where == Where::author ||
           role.where == Where::anyone;
}

api::KindLine kind_line(const Kind& kind, std::string_view language) {
    return {
        kind.name,
        in_language(kind.title, language),
        in_language(kind.help, language),
        kind.life == Life::record,
        kind.unnamed_allowed,
        kind.is_field_work
    };
}

api::KindPage kind_page(
    const Kind& kind,
    std::string_view language,
    const std::function<bool(const RoleRule&)>& may_begin
) {
    api::KindPage page;
    page.kind = kind_line(kind, language);
    page.version = kind.version;
    for (const auto& one : kind.categories) {
        page.categories.push_back(
            {one.key, in_language(one.title, language), one.parent, line_of(one.stop_text, language)
            }
        );
    }
    for (const auto& stage : kind.stages) {
        page.stages.push_back({stage.name, in_language(stage.title, language)});
    }
    page.forms = beginning_forms(kind, language, may_begin);
    page.next_forms = following_forms(kind, language, may_begin);
    return page;
}

}  // namespace zt::http::pages
