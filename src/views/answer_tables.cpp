#include "views/answer_tables.hpp"

#include "base/check.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <tuple>

namespace zt::views {

namespace {

bool has_rows(const Question& question) {
    return question.type == QuestionType::matrix || question.type == QuestionType::statements;
}
bool has_texts(const Question& question) {
    return question.type == QuestionType::text || question.type == QuestionType::place;
}

std::string word_of(const Json& answer) {
    return answer.is_int() ? std::to_string(answer.as_int()) : answer.as_string();
}

void count_word(
    const std::vector<QuestionChoice>& words, const Json& answer, std::vector<std::int64_t>& counts
) {
    const auto found = std::ranges::find(words, word_of(answer), &QuestionChoice::id);
    if (found != words.end()) {
        ++counts[static_cast<std::size_t>(found - words.begin())];
    }
}

void count_answer(
    const std::vector<QuestionChoice>& words, const Json& answer, std::vector<std::int64_t>& counts
) {
    if (!answer.is_array()) {
        count_word(words, answer, counts);
        return;
    }
    for (const Json& one : answer.as_array()) {
        count_word(words, one, counts);
    }
}

std::vector<TallyText> texts_of(const std::map<std::string, std::int64_t>& counts) {
    std::vector<TallyText> texts;
    for (const auto& [text, count] : counts) {
        texts.push_back({text, count});
    }
    std::ranges::sort(texts, [](const TallyText& one, const TallyText& other) {
        return std::tie(other.count, one.text) < std::tie(one.count, other.text);
    });
    texts.resize(std::min(texts.size(), texts_max));
    return texts;
}

Tally tally_question(const Question& question, std::span<const Json> sheets) {
    const auto words = countable_answers(question);
    Tally tally;
    tally.question = question.id;
    if (has_rows(question)) {
        for (const auto& row : question.rows) {
            tally.rows.push_back({row.id, std::vector<std::int64_t>(words.size())});
        }
    } else if (!has_texts(question)) {
        tally.rows.push_back({"", std::vector<std::int64_t>(words.size())});
    }
    std::map<std::string, std::int64_t> texts;
    for (const Json& sheet : sheets) {
        const Json* const answer = sheet.find(question.id);
        if (answer == nullptr) {
            continue;
        }
        ++tally.answered;
        if (has_texts(question)) {
            ++texts[answer->as_string()];
        }
        for (auto& row : tally.rows) {
            count_answer(words, row.row.empty() ? *answer : (*answer)[row.row], row.counts);
        }
    }
    tally.texts = texts_of(texts);
    return tally;
}

bool names(const Json& answer, const std::string& word) {
    if (!answer.is_array()) {
        return !answer.is_null() && word_of(answer) == word;
    }
    return std::ranges::any_of(answer.as_array(), [&](const Json& one) {
        return word_of(one) == word;
    });
}

/// One hidden group alone could be counted as what lacks to the whole.
void hide_second(std::vector<TallyGroup>& groups) {
    const auto is_told = [](const TallyGroup& one) { return !one.is_hidden && one.people > 0; };
    const auto hidden =
        std::ranges::count_if(groups, [](const TallyGroup& one) { return one.is_hidden; });
    if (hidden != 1) {
        return;
    }
    TallyGroup* smallest = nullptr;
    for (auto& group : groups) {
        if (is_told(group) && (smallest == nullptr || group.people < smallest->people)) {
            smallest = &group;
        }
    }
    if (smallest != nullptr) {
        smallest->is_hidden = true;
    }
}

std::string title_in(const std::vector<QuestionChoice>& words, const Json& answer) {
    const auto found = std::ranges::find(words, word_of(answer), &QuestionChoice::id);
    return found == words.end() ? word_of(answer) : found->title;
}

}  // namespace

std::vector<QuestionChoice> countable_answers(const Question& question, const VoteWords& words) {
    switch (question.type) {
    case QuestionType::single:
    case QuestionType::many:
    case QuestionType::matrix: return question.choices;
    case QuestionType::statements:
        return {
            {"agree", words.agree, 0}, {"disagree", words.disagree, 0}, {"pass", words.pass, 0}
        };
    case QuestionType::scale: {
        std::vector<QuestionChoice> steps;
        for (std::int64_t step = question.min; step <= question.max; ++step) {
            steps.push_back({std::to_string(step), std::to_string(step), 0});
        }
        return steps;
    }
    case QuestionType::text:
    case QuestionType::place: return {};
    }
    return {};
}

std::vector<Tally> tally_of(const Questionnaire& questionnaire, std::span<const Json> sheets) {
    std::vector<Tally> tallies;
    for (const auto& question : questionnaire.questions) {
        tallies.push_back(tally_question(question, sheets));
    }
    return tallies;
}

Result<std::vector<TallyGroup>> tally_by(
    const Questionnaire& questionnaire, std::span<const Json> sheets, std::string_view question
) {
    const Question* const by = questionnaire.find(question);
    if (by == nullptr || has_rows(*by) || has_texts(*by)) {
        return fail(Errc::bad_value, "a question with choices or a scale", "/by");
    }
    std::vector<TallyGroup> groups;
    std::vector<std::vector<Json>> members;
    for (const auto& word : countable_answers(*by)) {
        TallyGroup group;
        group.answer = word.id;
        auto& own = members.emplace_back();
        for (const Json& sheet : sheets) {
            if (names(sheet[by->id], word.id)) {
                own.push_back(sheet);
            }
        }
        group.people = static_cast<std::int64_t>(own.size());
        group.is_hidden = group.people > 0 && group.people < people_min;
        groups.push_back(std::move(group));
    }
    hide_second(groups);
    for (std::size_t index = 0; index < groups.size(); ++index) {
        if (groups[index].is_hidden) {
            groups[index].people = 0;
            continue;
        }
        groups[index].tallies = tally_of(questionnaire, members[index]);
        for (auto& tally : groups[index].tallies) {
            tally.texts.clear();
        }
    }
    return groups;
}

std::vector<Votes> votes_of(const Question& question, std::span<const Json> sheets) {
    CHECK(question.type == QuestionType::statements);
    std::vector<Votes> out;
    for (const Json& sheet : sheets) {
        const Json& said = sheet[question.id];
        Votes votes;
        for (const QuestionChoice& row : question.rows) {
            const std::string& vote = said[row.id].as_string();
            votes.push_back(
                vote == "agree"      ? Vote::agree
                : vote == "disagree" ? Vote::disagree
                : vote == "pass"     ? Vote::pass
                                     : Vote::none
            );
        }
        out.push_back(std::move(votes));
    }
    return out;
}

std::vector<std::string> sheet_columns(const Questionnaire& questionnaire) {
    std::vector<std::string> columns;
    for (const auto& question : questionnaire.questions) {
        if (!has_rows(question)) {
            columns.push_back(question.title);
        }
        for (const auto& row : question.rows) {
            columns.push_back(question.title + " / " + row.title);
        }
    }
    return columns;
}

std::vector<std::string>
sheet_cells(const Questionnaire& questionnaire, const Json& sheet, const VoteWords& votes) {
    std::vector<std::string> cells;
    for (const auto& question : questionnaire.questions) {
        const auto words = countable_answers(question, votes);
        const Json& answer = sheet[question.id];
        if (has_rows(question)) {
            for (const auto& row : question.rows) {
                cells.push_back(title_in(words, answer[row.id]));
            }
        } else if (answer.is_array()) {
            std::vector<std::string> titles;
            for (const Json& one : answer.as_array()) {
                titles.push_back(title_in(words, one));
            }
            cells.push_back(join(titles, "; "));
        } else {
            cells.push_back(title_in(words, answer));
        }
    }
    return cells;
}

}  // namespace zt::views
