#pragma once
// What searching makes of a text, and of what somebody types. A pure part: no file, no index.
//
// Text is folded first (NFKC, case, width; traditional characters stay what they are). Runs of
// characters that are written without spaces (Han, Kana, Hangul) become overlapping pairs, the last
// of a run stands alone; letters and digits become words; all else parts them. So every character
// begins exactly one term, a term's place is the character's place, a phrase is a row of terms, and
// one character is found as the beginning of a term.

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zt::views {

/// Characters of what is searched for; longer questions are `similar`.
inline constexpr std::size_t query_characters_max = 64;
/// A word of letters and digits is cut into pieces of so many characters.
inline constexpr std::size_t word_characters_max = 64;

/// A term of a text and the bytes it stands for.
struct SearchTerm {
    std::string text;
    std::uint32_t begin = 0;
    std::uint32_t first_end = 0;  ///< end of its first character
    std::uint32_t end = 0;
    bool is_word = false;  ///< letters and digits
    bool is_pair = false;
};

/// In order. Bytes that are no UTF-8 part terms like a space. cost: about 10 µs for 300 characters.
[[nodiscard]] std::vector<SearchTerm> search_terms(std::string_view text);

/// A word or phrase that must be found: these terms in a row.
struct SearchPhrase {
    std::vector<std::string> terms;
    bool is_prefix = false;             ///< the last is the beginning of a term
    std::vector<std::string> initials;  ///< as pinyin initials of a title; empty when it is none
    bool operator==(const SearchPhrase&) const = default;
};

/// Words are parted by spaces; what stands in "…" or “…” is one phrase; punctuation between words
/// is not searched for. out: at least one phrase. errors: bad_value (longer than
/// query_characters_max, or nothing in it that could be found).
[[nodiscard]] Result<std::vector<SearchPhrase>> read_search(std::string_view words);

/// A piece of a text around the first hits. Bytes of `text`, in order, not overlapping.
struct Snippet {
    std::string text;
    std::vector<std::pair<std::size_t, std::size_t>> hits;  ///< begin, end
    bool is_cut_before = false, is_cut_after = false;
    bool operator==(const Snippet&) const = default;
};

/// in: characters_max > 0; words as for a search. out: the beginning of the text without hits when
/// nothing is found.
[[nodiscard]] Snippet
snippet_of(std::string_view text, std::string_view words, std::size_t characters_max);

/// Pairs and words that both texts have, each once, in the order of the first: why two matters are
/// called similar. in: at most `limit` are given.
[[nodiscard]] std::vector<std::string>
shared_words(std::string_view one, std::string_view other, std::size_t limit);

}  // namespace zt::views
