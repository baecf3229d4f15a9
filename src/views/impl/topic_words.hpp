#pragma once
// The words that run through the texts of a topic.

#include "views/search_text.hpp"
#include "views/topics.hpp"

namespace zt::views::impl {

/// Single characters stand in too many texts to tell any.
[[nodiscard]] inline bool tells(const SearchTerm& term) { return term.is_pair || term.is_word; }

/// A word is a row of terms that follow each other in a text, one of them heavy and the others
/// heavy or in most of the texts; the longer and the more texts have it, the more it tells. Small
/// cells are hidden: at least five texts have it. in: the names of heavy terms. out: at most
/// words_max, the most telling first, no two with a pair of characters in common.
[[nodiscard]] std::vector<std::string> topic_words(
    const std::vector<const TopicText*>& texts,
    const std::vector<std::string>& heavy,
    std::size_t words_max
);

}  // namespace zt::views::impl
