#pragma once
// Questions of a questionnaire, and the answers one person gives to them. Pure: a definition is
// read from JSON and proven sound once; after that any answer sheet is checked against it.
//
// A definition is an object: {"access": "open", "intro": "…", "answers_max": 0, "questions":
// [{"id": "q1", "type": "single", "title": "…", "is_required": true, "choices": [{"id": "a",
// "title": "…", "quota": 0}], "show_if": {"question": "q1", "any": ["a"]}}]}. An answer sheet is
// an object from question to answer:
//
//   single      "a"                 matrix      {"row": "choice"}
//   many        ["a", "b"]          statements  {"row": "agree" | "disagree" | "pass"}
//   scale       4                   text        "…"
//   place       "27.728,112.002", no finer than about 100 m
//
// A photo is no answer: its file would lie apart with the time of its arrival, and pictures of
// homes tell who lives there.

#include "base/json.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace zt {

inline constexpr std::size_t questions_max = 100;
inline constexpr std::size_t choices_max = 100;
/// Statements of one question: what the opinion groups are measured for.
inline constexpr std::size_t statements_max = 500;
inline constexpr std::size_t question_title_characters_max = 500;
inline constexpr std::size_t answer_text_characters_max = 1'000;
/// Of a whole sheet in canonical form; twenty fit into one sealed block (service/answers.hpp).
inline constexpr std::size_t answer_sheet_bytes_max = 16'000;

enum class QuestionType : std::uint8_t { single, many, scale, matrix, statements, text, place };
[[nodiscard]] std::string_view name_of(QuestionType type);
[[nodiscard]] std::optional<QuestionType> parse_question_type(std::string_view name);

/// Who may answer once. open: a browser, by a token that it made; invited: who holds a one-time
/// code; staff: who is signed in.
enum class AnswerAccess : std::uint8_t { open, invited, staff };
[[nodiscard]] std::string_view name_of(AnswerAccess access);
[[nodiscard]] std::optional<AnswerAccess> parse_answer_access(std::string_view name);

struct QuestionChoice {
    std::string id, title;
    std::int64_t quota = 0;  ///< sheets with this choice that are taken; 0: any number
};

/// The question is asked only of who gave one of these answers to an earlier one.
struct ShownIf {
    std::string question;
    std::vector<std::string> any;  ///< ids of choices, or numbers of a scale as text
};

struct Question {
    std::string id, title;
    QuestionType type = QuestionType::text;
    bool is_required = false;
    std::vector<QuestionChoice> choices;  ///< of single, many, matrix
    std::vector<QuestionChoice> rows;     ///< of matrix and statements; their quota is 0
    std::int64_t min = 1, max = 5;        ///< of a scale
    std::int64_t chosen_max = 0;          ///< of many; 0: all
    std::optional<ShownIf> show_if;
};

struct Questionnaire {
    AnswerAccess access = AnswerAccess::open;
    std::string intro;
    std::int64_t answers_max = 0;  ///< sheets that are taken in all; 0: any number
    std::vector<Question> questions;
    [[nodiscard]] const Question* find(std::string_view id) const;
};

/// errors: bad_value, missing_key, unknown_key with `at` the pointer, such as
/// "/questions/2/choices": no questions, too many, an id that is empty, is not of a-z 0-9 _ or
/// comes twice, a title that is empty or too long, a scale without range, a condition that names no
/// earlier question or no choice of it, a quota where none can be counted.
[[nodiscard]] Result<Questionnaire> read_questionnaire(const Json& json);

/// Whether the question is asked of who answered so far.
[[nodiscard]] bool is_asked(const Question& question, const Json& sheet);

/// The sheet as it is kept: only what was asked, points made coarse, texts trimmed, lists in the
/// order of the choices. errors: missing_field (a required answer), bad_field (any other wrong
/// answer), unknown_field, too_large; `at` is "/answers/q1".
[[nodiscard]] Result<Json> check_sheet(const Questionnaire& questionnaire, const Json& sheet);

/// Bytes that no sheet of it exceeds in canonical form, whatever is answered: a function of the
/// questions alone, so that room can be kept whose size tells nothing.
[[nodiscard]] std::size_t sheet_bytes_max(const Questionnaire& questionnaire);

/// Sheets in which each choice with a quota stands, by "question/choice".
using QuotaCounts = std::map<std::string, std::int64_t>;
void count_quotas(const Questionnaire& questionnaire, const Json& sheet, QuotaCounts& counts);
/// in: counts before this sheet. errors: cap_reached with `at` "/answers/q1".
[[nodiscard]] Result<void>
check_quotas(const Questionnaire& questionnaire, const Json& sheet, const QuotaCounts& counts);

}  // namespace zt
