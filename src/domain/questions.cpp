#include "domain/questions.hpp"

#include "base/geo.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace zt {

namespace {

constexpr std::array<std::string_view, 7> type_names{
    "single", "many", "scale", "matrix", "statements", "text", "place"
};
constexpr std::array<std::string_view, 3> access_names{"open", "invited", "staff"};
constexpr std::array<std::string_view, 3> statement_votes{"agree", "disagree", "pass"};
constexpr std::size_t id_characters_max = 32;
/// A thousandth of a degree is about 100 m.
constexpr std::int64_t coarse = 1'000;
constexpr std::int64_t scale_steps_max = 10;
constexpr std::int64_t sheets_max = 1'000'000;

bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= id_characters_max &&
           std::ranges::all_of(text, [](char one) {
               return (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9') || one == '_';
           });
}

std::string at(std::string_view around, std::string_view name) {
    return std::string(around) + "/" + std::string(name);
}
std::string at(std::string_view around, std::size_t index) {
    return at(around, std::to_string(index));
}

Result<void>
only_known(const Json& json, std::span<const std::string_view> names, const std::string& where) {
    if (!json.is_object()) {
        return fail(Errc::bad_value, "an object is expected", where);
    }
    for (const auto& [name, value] : json.members()) {
        if (std::ranges::find(names, name) == names.end()) {
            return fail(Errc::unknown_key, "no member is called '" + name + "'", at(where, name));
        }
    }
    return {};
}

Result<std::string> read_title(const Json& json, const std::string& where) {
    std::string title(trim(json["title"].as_string()));
    if (title.empty() || count_characters(title) > question_title_characters_max) {
        return fail(
            Errc::bad_value,
            "1 to " + std::to_string(question_title_characters_max) + " characters",
            at(where, "title")
        );
    }
    return title;
}

Result<std::int64_t>
read_whole(const Json& json, std::string_view name, std::int64_t otherwise, const std::string& in) {
    const Json* found = json.find(name);
    if (found == nullptr || found->is_null()) {
        return otherwise;
    }
    if (!found->is_int() || found->as_int() < 0 || found->as_int() > sheets_max) {
        return fail(Errc::bad_value, "a number from 0 to 1000000", at(in, name));
    }
    return found->as_int();
}

Result<std::vector<QuestionChoice>>
read_choices(const Json& json, std::size_t count_max, const std::string& where) {
    static constexpr std::array<std::string_view, 3> names{"id", "title", "quota"};
    if (json.as_array().empty() || json.as_array().size() > count_max) {
        return fail(Errc::bad_value, "1 to " + std::to_string(count_max) + " are expected", where);
    }
    std::vector<QuestionChoice> choices;
    std::set<std::string> ids;
    for (const Json& one : json.as_array()) {
        const std::string here = at(where, choices.size());
        TRY_VOID(only_known(one, names, here));
        QuestionChoice choice;
        choice.id = one["id"].as_string();
        if (!is_id(choice.id) || !ids.insert(choice.id).second) {
            return fail(Errc::bad_value, "an id of a-z 0-9 _, each once", at(here, "id"));
        }
        TRY(choice.title, read_title(one, here));
        TRY(choice.quota, read_whole(one, "quota", 0, here));
        choices.push_back(std::move(choice));
    }
    return choices;
}

bool is_answer_of(const Question& question, const std::string& word) {
    if (question.type == QuestionType::scale) {
        const auto number = parse_int(word);
        return number && *number >= question.min && *number <= question.max;
    }
    return std::ranges::find(question.choices, word, &QuestionChoice::id) != question.choices.end();
}

Result<std::optional<ShownIf>>
read_condition(const Json& json, const std::vector<Question>& before, const std::string& where) {
    static constexpr std::array<std::string_view, 2> names{"question", "any"};
    if (json.is_null()) {
        return std::optional<ShownIf>{};
    }
    TRY_VOID(only_known(json, names, where));
    ShownIf condition;
    condition.question = json["question"].as_string();
    const auto found = std::ranges::find(before, condition.question, &Question::id);
    const bool can_decide = found != before.end() && (found->type == QuestionType::single ||
                                                      found->type == QuestionType::many ||
                                                      found->type == QuestionType::scale);
    if (!can_decide) {
        return fail(
            Errc::bad_value, "an earlier question with choices or a scale", at(where, "question")
        );
    }
    for (const Json& one : json["any"].as_array()) {
        if (!is_answer_of(*found, one.as_string())) {
            return fail(
                Errc::bad_value, "answers of '" + condition.question + "'", at(where, "any")
            );
        }
        condition.any.push_back(one.as_string());
    }
    if (condition.any.empty()) {
        return fail(Errc::bad_value, "at least one answer", at(where, "any"));
    }
    return std::optional(std::move(condition));
}

bool has_choices(QuestionType type) {
    return type == QuestionType::single || type == QuestionType::many ||
           type == QuestionType::matrix;
}
bool has_rows(QuestionType type) {
    return type == QuestionType::matrix || type == QuestionType::statements;
}

Result<void> refuse_quotas(
    const std::vector<QuestionChoice>& choices, const std::string& where, std::string_view member
) {
    for (std::size_t index = 0; index < choices.size(); ++index) {
        if (choices[index].quota != 0) {
            return fail(
                Errc::bad_value,
                "only choices of 'single' and 'many' have quotas",
                at(at(at(where, member), index), "quota")
            );
        }
    }
    return {};
}

Result<void> read_parts(const Json& json, Question& question, const std::string& where) {
    if (has_choices(question.type)) {
        TRY(question.choices, read_choices(json["choices"], choices_max, at(where, "choices")));
    }
    if (has_rows(question.type)) {
        const bool votes = question.type == QuestionType::statements;
        TRY(question.rows,
            read_choices(json["rows"], votes ? statements_max : choices_max, at(where, "rows")));
        TRY_VOID(refuse_quotas(question.rows, where, "rows"));
        TRY_VOID(refuse_quotas(question.choices, where, "choices"));
    }
    if (question.type == QuestionType::scale) {
        TRY(question.min, read_whole(json, "min", 1, where));
        TRY(question.max, read_whole(json, "max", 5, where));
        if (question.max <= question.min || question.max - question.min > scale_steps_max) {
            return fail(Errc::bad_value, "1 to 10 above the lowest", at(where, "max"));
        }
    }
    TRY(question.chosen_max, read_whole(json, "chosen_max", 0, where));
    return {};
}

Result<Question>
read_question(const Json& json, const std::vector<Question>& before, const std::string& where) {
    static constexpr std::array<std::string_view, 10> names{
        "id",
        "type",
        "title",
        "is_required",
        "choices",
        "rows",
        "min",
        "max",
        "chosen_max",
        "show_if"
    };
    TRY_VOID(only_known(json, names, where));
    Question question;
    question.id = json["id"].as_string();
    if (!is_id(question.id) ||
        std::ranges::find(before, question.id, &Question::id) != before.end()) {
        return fail(Errc::bad_value, "an id of a-z 0-9 _, each once", at(where, "id"));
    }
    TRY(question.title, read_title(json, where));
    const auto type = parse_question_type(json["type"].as_string());
    if (!type) {
        return fail(
            Errc::bad_value,
            "single, many, scale, matrix, statements, text or place",
            at(where, "type")
        );
    }
    question.type = *type;
    question.is_required = json["is_required"].as_bool();
    TRY_VOID(read_parts(json, question, where));
    TRY(question.show_if, read_condition(json["show_if"], before, at(where, "show_if")));
    return question;
}

std::string wrong_at(const Question& question) { return "/answers/" + question.id; }

std::unexpected<Error> wrong(const Question& question, std::string expected) {
    return fail(Errc::bad_field, std::move(expected) + " is expected", wrong_at(question));
}

Result<Json> check_many(const Question& question, const Json& answer) {
    std::set<std::string> chosen;
    for (const Json& one : answer.as_array()) {
        if (!is_answer_of(question, one.as_string()) || !chosen.insert(one.as_string()).second) {
            return wrong(question, "a list of choices, each once");
        }
    }
    if (!answer.is_array() ||
        (question.chosen_max > 0 && std::cmp_greater(chosen.size(), question.chosen_max))) {
        return wrong(question, "a list of at most " + std::to_string(question.chosen_max));
    }
    Json kept = Json::array();
    for (const auto& choice : question.choices) {
        if (chosen.contains(choice.id)) {
            kept.push(choice.id);
        }
    }
    return kept.as_array().empty() ? Json() : kept;
}

Result<Json> check_rows(const Question& question, const Json& answer) {
    if (!answer.is_object()) {
        return wrong(question, "an object of rows");
    }
    for (const auto& [row, value] : answer.members()) {
        const bool is_row =
            std::ranges::find(question.rows, row, &QuestionChoice::id) != question.rows.end();
        const bool is_value =
            question.type == QuestionType::matrix
                ? is_answer_of(question, value.as_string())
                : std::ranges::find(statement_votes, value.as_string()) != statement_votes.end();
        if (!is_row || !is_value) {
            return wrong(question, "a choice for each row");
        }
    }
    const bool is_whole = answer.members().size() == question.rows.size();
    if (question.is_required && question.type == QuestionType::matrix && !is_whole) {
        return fail(Errc::missing_field, "every row is to be answered", wrong_at(question));
    }
    return answer.members().empty() ? Json() : answer;
}

Result<Json> check_text(const Question& question, const Json& answer) {
    const std::string text(trim(answer.as_string()));
    if (!answer.is_string() || !is_utf8(text) ||
        count_characters(text) > answer_text_characters_max) {
        return wrong(
            question,
            "a text of at most " + std::to_string(answer_text_characters_max) + " characters"
        );
    }
    return text.empty() ? Json() : Json(text);
}

Result<Json> check_place(const Question& question, const Json& answer) {
    if (answer.as_string().empty() && answer.is_string()) {
        return Json();
    }
    auto point = parse_point(answer.as_string());
    if (!point) {
        return wrong(question, "latitude and longitude");
    }
    point->latitude = point->latitude / coarse * coarse;
    point->longitude = point->longitude / coarse * coarse;
    return Json(to_string(*point));
}

/// Null: nothing was answered.
Result<Json> check_answer(const Question& question, const Json& answer) {
    if (answer.is_null()) {
        return Json();
    }
    switch (question.type) {
    case QuestionType::single:
        if (answer.is_string() && answer.as_string().empty()) {
            return Json();
        }
        if (!is_answer_of(question, answer.as_string())) {
            return wrong(question, "one of the choices");
        }
        return answer;
    case QuestionType::many: return check_many(question, answer);
    case QuestionType::scale:
        if (!answer.is_int() || answer.as_int() < question.min || answer.as_int() > question.max) {
            return wrong(
                question, std::to_string(question.min) + " to " + std::to_string(question.max)
            );
        }
        return answer;
    case QuestionType::matrix:
    case QuestionType::statements: return check_rows(question, answer);
    case QuestionType::text: return check_text(question, answer);
    case QuestionType::place: return check_place(question, answer);
    }
    return Json();
}

/// Calls `told` with the key and quota of every choice with a quota that the sheet holds.
template <class Told>
void for_each_quota(const Questionnaire& questionnaire, const Json& sheet, const Told& told) {
    for (const auto& question : questionnaire.questions) {
        const Json& answer = sheet[question.id];
        for (const auto& choice : question.choices) {
            const bool is_chosen = answer.is_array()
                                       ? std::ranges::find(answer.as_array(), Json(choice.id)) !=
                                             answer.as_array().end()
                                       : answer.is_string() && answer.as_string() == choice.id;
            if (choice.quota > 0 && is_chosen) {
                told(question, choice);
            }
        }
    }
}

template <class Word, std::size_t count>
std::optional<Word>
parse_word(std::string_view name, const std::array<std::string_view, count>& names) {
    const auto found = std::ranges::find(names, name);
    return found == names.end() ? std::nullopt
                                : std::optional(static_cast<Word>(found - names.begin()));
}

}  // namespace

std::string_view name_of(QuestionType type) { return type_names[static_cast<std::size_t>(type)]; }
std::optional<QuestionType> parse_question_type(std::string_view name) {
    return parse_word<QuestionType>(name, type_names);
}
std::string_view name_of(AnswerAccess access) {
    return access_names[static_cast<std::size_t>(access)];
}
std::optional<AnswerAccess> parse_answer_access(std::string_view name) {
    return parse_word<AnswerAccess>(name, access_names);
}

const Question* Questionnaire::find(std::string_view id) const {
    const auto found = std::ranges::find(questions, id, &Question::id);
    return found == questions.end() ? nullptr : &*found;
}

Result<Questionnaire> read_questionnaire(const Json& json) {
    static constexpr std::array<std::string_view, 4> names{
        "access", "intro", "answers_max", "questions"
    };
    TRY_VOID(only_known(json, names, ""));
    Questionnaire questionnaire;
    const auto access = parse_answer_access(json["access"].as_string());
    if (!access) {
        return fail(Errc::bad_value, "open, invited or staff", "/access");
    }
    questionnaire.access = *access;
    questionnaire.intro = json["intro"].as_string();
    if (count_characters(questionnaire.intro) > answer_text_characters_max) {
        return fail(Errc::bad_value, "at most 1000 characters", "/intro");
    }
    TRY(questionnaire.answers_max, read_whole(json, "answers_max", 0, ""));
    const auto& questions = json["questions"].as_array();
    if (questions.empty() || questions.size() > questions_max) {
        return fail(
            Errc::bad_value, "1 to " + std::to_string(questions_max) + " questions", "/questions"
        );
    }
    for (const Json& one : questions) {
        auto& all = questionnaire.questions;
        TRY(auto question, read_question(one, all, at("/questions", all.size())));
        all.push_back(std::move(question));
    }
    return questionnaire;
}

bool is_asked(const Question& question, const Json& sheet) {
    if (!question.show_if) {
        return true;
    }
    const Json& answer = sheet[question.show_if->question];
    const auto& any = question.show_if->any;
    const auto fits = [&any](const Json& one) {
        const std::string word = one.is_int() ? std::to_string(one.as_int()) : one.as_string();
        return !one.is_null() && std::ranges::find(any, word) != any.end();
    };
    return answer.is_array() ? std::ranges::any_of(answer.as_array(), fits) : fits(answer);
}

Result<Json> check_sheet(const Questionnaire& questionnaire, const Json& sheet) {
    if (!sheet.is_object()) {
        return fail(Errc::bad_value, "an object from question to answer", "/answers");
    }
    for (const auto& [name, answer] : sheet.members()) {
        if (questionnaire.find(name) == nullptr) {
            return fail(Errc::unknown_field, "there is no such question", "/answers/" + name);
        }
    }
    Json kept = Json::object();
    for (const auto& question : questionnaire.questions) {
        // What was answered before a branch was left is not kept.
        if (!is_asked(question, kept)) {
            continue;
        }
        TRY(auto answer, check_answer(question, sheet[question.id]));
        if (!answer.is_null()) {
            kept.set(question.id, std::move(answer));
        } else if (question.is_required) {
            return fail(Errc::missing_field, "an answer is asked for", wrong_at(question));
        }
    }
    if (kept.members().empty()) {
        return fail(Errc::missing_field, "at least one question is to be answered", "/answers");
    }
    if (to_canonical(kept).size() > answer_sheet_bytes_max) {
        return fail(Errc::too_large, "the texts are too long together", "/answers");
    }
    return kept;
}

void count_quotas(const Questionnaire& questionnaire, const Json& sheet, QuotaCounts& counts) {
    for_each_quota(
        questionnaire,
        sheet,
        [&counts](const Question& question, const QuestionChoice& choice) {
            ++counts[question.id + "/" + choice.id];
        }
    );
}

Result<void>
check_quotas(const Questionnaire& questionnaire, const Json& sheet, const QuotaCounts& counts) {
    Result<void> outcome;
    for_each_quota(
        questionnaire,
        sheet,
        [&](const Question& question, const QuestionChoice& choice) {
            const auto found = counts.find(question.id + "/" + choice.id);
            if (outcome && found != counts.end() && found->second >= choice.quota) {
                outcome =
                    fail(Errc::cap_reached, "enough people gave this answer", wrong_at(question));
            }
        }
    );
    return outcome;
}

}  // namespace zt
