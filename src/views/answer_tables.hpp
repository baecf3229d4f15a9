#pragma once
// Tables of the answers to a questionnaire: counts, and counts by the answer to another question.
// Pure folds of sheets that were let in; what speaks of fewer than `people_min` is not told.

#include "domain/questions.hpp"
#include "views/opinion_groups.hpp"

#include <span>

namespace zt::views {

/// Fewer people than that are no group.
inline constexpr std::int64_t people_min = OpinionRules{}.people_min;
/// Different texts and points of one question that a table tells.
inline constexpr std::size_t texts_max = 500;

/// How the three votes on a statement are called.
struct VoteWords {
    std::string agree = "agree", disagree = "disagree", pass = "pass";
};
/// Answers that can be counted, with their titles; those of a scale are its numbers.
[[nodiscard]] std::vector<QuestionChoice>
countable_answers(const Question& question, const VoteWords& words = {});

struct TallyRow {
    std::string row;                   ///< of matrix and statements; else empty
    std::vector<std::int64_t> counts;  ///< in the order of countable_answers
    bool operator==(const TallyRow&) const = default;
};
struct TallyText {
    std::string text;
    std::int64_t count = 0;
    bool operator==(const TallyText&) const = default;
};
struct Tally {
    std::string question;
    std::int64_t answered = 0;     ///< sheets with any answer to it
    std::vector<TallyRow> rows;    ///< one, or one a row; none for texts and places
    std::vector<TallyText> texts;  ///< the commonest first, then by text; equal ones together
};
/// In the order of the questions.
[[nodiscard]] std::vector<Tally>
tally_of(const Questionnaire& questionnaire, std::span<const Json> sheets);

struct TallyGroup {
    std::string answer;  ///< to the question that the table goes by
    std::int64_t people = 0;
    bool is_hidden = false;      ///< fewer than people_min: no counts
    std::vector<Tally> tallies;  ///< without texts
};
/// One group an answer, in the order of countable_answers. `many` counts a sheet in each group that
/// it names. When one group alone is hidden the next smallest is too, or the difference would tell
/// it. errors: bad_value with `at` "/by" (single, many or scale is expected).
[[nodiscard]] Result<std::vector<TallyGroup>> tally_by(
    const Questionnaire& questionnaire, std::span<const Json> sheets, std::string_view question
);

/// What each sheet says of the statements, for opinion_groups.hpp. in: a question of that type.
[[nodiscard]] std::vector<Votes> votes_of(const Question& question, std::span<const Json> sheets);

/// Heads of a table with one column a question, or a row of one.
[[nodiscard]] std::vector<std::string> sheet_columns(const Questionnaire& questionnaire);
/// The sheet in words, a cell a column.
[[nodiscard]] std::vector<std::string>
sheet_cells(const Questionnaire& questionnaire, const Json& sheet, const VoteWords& words);

}  // namespace zt::views
