#pragma once
// Questionnaires: their questions, answers as they are given, and what was answered.

#include "base/time.hpp"
#include "http/codec.hpp"

#include <optional>
#include <string>
#include <vector>

namespace zt::http::api {

struct AskedChoice {
    std::string id, title;
    std::optional<std::int64_t> quota;  ///< none or 0: any number
};
BOOST_DESCRIBE_STRUCT(AskedChoice, (), (id, title, quota))

struct AskedIf {
    std::string question;
    std::vector<std::string> any;
};
BOOST_DESCRIBE_STRUCT(AskedIf, (), (question, any))

struct AskedQuestion {
    std::string id, title;
    std::string type;  ///< single, many, scale, matrix, statements, text, place
    std::optional<bool> is_required;
    std::optional<std::vector<AskedChoice>> choices;  ///< of single, many, matrix
    std::optional<std::vector<AskedChoice>> rows;     ///< of matrix, statements
    std::optional<std::int64_t> min, max;             ///< of a scale
    std::optional<std::int64_t> chosen_max;           ///< of many
    std::optional<AskedIf> show_if;
};
BOOST_DESCRIBE_STRUCT(
    AskedQuestion, (), (id, title, type, is_required, choices, rows, min, max, chosen_max, show_if)
)

/// domain/questions.hpp says what of it is sound.
struct Questions {
    std::string access;  ///< open, invited, staff
    std::string intro;
    std::int64_t answers_max = 0;  ///< 0: any number
    std::vector<AskedQuestion> questions;
};
BOOST_DESCRIBE_STRUCT(Questions, (), (access, intro, answers_max, questions))

/// As whoever is asked sees it.
struct QuestionnairePage {
    std::string number, title, audience, closes_on;
    bool is_open = false;
    Questions questions;
};
BOOST_DESCRIBE_STRUCT(
    QuestionnairePage, (), (number, title, audience, closes_on, is_open, questions)
)
struct QuestionnaireLine {
    std::string number, title, audience, closes_on;
};
BOOST_DESCRIBE_STRUCT(QuestionnaireLine, (), (number, title, audience, closes_on))
struct QuestionnaireList {
    std::vector<QuestionnaireLine> questionnaires;
};
BOOST_DESCRIBE_STRUCT(QuestionnaireList, (), (questionnaires))

/// `token`: 16 to 64 characters that the browser drew and keeps, or the one-time code.
struct AnswerSheet {
    std::string token;
    Json answers = Json::object();
};
BOOST_DESCRIBE_STRUCT(AnswerSheet, (), (token, answers))
constexpr auto field_rows(const AnswerSheet*) {
    return std::array{FieldRow{.name = "token", .min = 1, .max = 64}};
}
struct StaffSheet {
    Json answers = Json::object();
};
BOOST_DESCRIBE_STRUCT(StaffSheet, (), (answers))
/// `form`: the number printed on the sheet of paper.
struct PaperSheet {
    std::string form;
    Json answers = Json::object();
};
BOOST_DESCRIBE_STRUCT(PaperSheet, (), (form, answers))
constexpr auto field_rows(const PaperSheet*) {
    return std::array{FieldRow{.name = "form", .min = 1, .max = 32}};
}
/// The first sheet of a token counts; a second one changes nothing.
struct SheetTaken {
    bool was_given_before = false;
};
BOOST_DESCRIBE_STRUCT(SheetTaken, (), (was_given_before))

struct LetInDay {
    Date day{};
    std::int64_t answers = 0;
};
BOOST_DESCRIBE_STRUCT(LetInDay, (), (day, answers))

/// As its office sees it.
struct QuestionnaireState {
    std::string number, title, stage;
    std::string phase;                   ///< none, draft, open, closed
    std::optional<Questions> questions;  ///< none: nothing was drafted yet
    std::int64_t received = 0;           ///< sheets taken
    std::int64_t let_in = 0;             ///< answers that results tell of
    std::int64_t codes_given = 0;
    std::vector<LetInDay> days;
    std::string questions_hash, answers_hash;
    bool matches_ledger = false;  ///< hashes and counts are those on record
    bool may_edit = false, may_open = false, may_close = false, may_enter = false;
};
BOOST_DESCRIBE_STRUCT(
    QuestionnaireState,
    (),
    (number,
     title,
     stage,
     phase,
     questions,
     received,
     let_in,
     codes_given,
     days,
     questions_hash,
     answers_hash,
     matches_ledger,
     may_edit,
     may_open,
     may_close,
     may_enter)
)

struct CodesWanted {
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(CodesWanted, (), (count))
constexpr auto field_rows(const CodesWanted*) {
    return std::array{FieldRow{.name = "count", .min = 1, .max = 2'000}};
}
/// Told once.
struct CodesGiven {
    std::vector<std::string> codes;
};
BOOST_DESCRIBE_STRUCT(CodesGiven, (), (codes))

struct CountedAnswer {
    std::string id, title;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(CountedAnswer, (), (id, title, count))
struct CountedRow {
    std::string id, title;  ///< empty unless a matrix or statements
    std::vector<CountedAnswer> counts;
};
BOOST_DESCRIBE_STRUCT(CountedRow, (), (id, title, counts))
struct CountedText {
    std::string text;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(CountedText, (), (text, count))
struct CountedQuestion {
    std::string id, title, type;
    std::int64_t answered = 0;
    std::vector<CountedRow> rows;
    std::vector<CountedText> texts;
};
BOOST_DESCRIBE_STRUCT(CountedQuestion, (), (id, title, type, answered, rows, texts))
/// Those who gave one answer to the question that the table goes by.
struct CountedGroup {
    std::string id, title;
    std::int64_t people = 0;
    bool is_hidden = false;  ///< too few to be told
    std::vector<CountedQuestion> questions;
};
BOOST_DESCRIBE_STRUCT(CountedGroup, (), (id, title, people, is_hidden, questions))
struct QuestionnaireResults {
    std::int64_t let_in = 0;
    std::vector<CountedQuestion> questions;
    std::vector<CountedGroup> groups;  ///< of a cross table
};
BOOST_DESCRIBE_STRUCT(QuestionnaireResults, (), (let_in, questions, groups))

/// Of one group, or of one statement among all.
struct OpinionCount {
    std::string id;  ///< of the statement
    std::int64_t agree = 0, disagree = 0, pass = 0;
};
BOOST_DESCRIBE_STRUCT(OpinionCount, (), (id, agree, disagree, pass))
/// People who judge alike, never fewer than ten and never who.
struct OpinionCamp {
    std::int64_t people = 0;
    std::vector<OpinionCount> statements;
    std::vector<std::string> agreed, disagreed;  ///< ids: what tells it from the others
};
BOOST_DESCRIBE_STRUCT(OpinionCamp, (), (people, statements, agreed, disagreed))
struct OpinionShare {
    std::string id, title;
    std::int64_t permille = 0;
};
BOOST_DESCRIBE_STRUCT(OpinionShare, (), (id, title, permille))
struct OpinionList {
    std::int64_t people = 0;              ///< who judged enough statements
    std::vector<OpinionCamp> groups;      ///< none when nothing parts them
    std::int64_t silhouette = 0;          ///< how well they are parted, −1000 … 1000
    std::vector<OpinionShare> consensus;  ///< product of the groups' shares of agreement
    std::vector<OpinionShare> dividing;   ///< how far these are apart
};
BOOST_DESCRIBE_STRUCT(OpinionList, (), (people, groups, silhouette, consensus, dividing))

}  // namespace zt::http::api
