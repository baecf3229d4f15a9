// How long a sheet of answers may become: what the questions alone tell.

#include "domain/questions.hpp"

#include <algorithm>

namespace zt {

namespace {

/// Quotes, colon, comma and brackets around a name or a value.
constexpr std::size_t punctuation_bytes = 8;
/// A control character is written as backslash, u and four digits.
constexpr std::size_t character_bytes_max = 6;

std::size_t longest_id(const std::vector<QuestionChoice>& choices) {
    std::size_t longest = 0;
    for (const auto& choice : choices) {
        longest = std::max(longest, choice.id.size());
    }
    return longest;
}

std::size_t answer_bytes_max(const Question& question) {
    constexpr std::size_t vote_bytes = std::string_view("disagree").size();
    constexpr std::size_t number_bytes = 32;  // a point, the longest of them
    std::size_t bytes = question.id.size() + 2 * punctuation_bytes;
    switch (question.type) {
    case QuestionType::single: return bytes + longest_id(question.choices);
    case QuestionType::many:
        for (const auto& choice : question.choices) {
            bytes += choice.id.size() + punctuation_bytes;
        }
        return bytes;
    case QuestionType::matrix:
    case QuestionType::statements:
        for (const auto& row : question.rows) {
            bytes += row.id.size() + punctuation_bytes +
                     std::max(vote_bytes, longest_id(question.choices));
        }
        return bytes;
    case QuestionType::text: return bytes + answer_text_characters_max * character_bytes_max;
    case QuestionType::scale:
    case QuestionType::place: return bytes + number_bytes;
    }
    return bytes;
}

}  // namespace

std::size_t sheet_bytes_max(const Questionnaire& questionnaire) {
    std::size_t bytes = punctuation_bytes;
    for (const auto& question : questionnaire.questions) {
        bytes += answer_bytes_max(question);
    }
    return std::min(bytes, answer_sheet_bytes_max);
}

}  // namespace zt
