#include "views/impl/topic_words.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <span>

namespace zt::views::impl {

namespace {

constexpr std::size_t told_min = 5;

struct Word {
    std::size_t texts = 0, terms = 0;
};

/// Terms that most of the texts have: they end words that heavy ones begin (新城 + 小区).
std::map<std::string, bool, std::less<>> usual_in(const std::vector<const TopicText*>& texts) {
    std::map<std::string, std::size_t> texts_with;
    for (const TopicText* const text : texts) {
        std::set<std::string> own;
        for (auto& term : search_terms(text->title + "\n" + text->text)) {
            if (term.is_pair) {
                own.insert(std::move(term.text));
            }
        }
        for (const auto& name : own) {
            ++texts_with[name];
        }
    }
    std::map<std::string, bool, std::less<>> out;
    for (const auto& [name, count] : texts_with) {
        if (count * 2 > texts.size()) {
            out.emplace(name, false);
        }
    }
    return out;
}

/// in: terms that may stand in a word, and whether they are heavy: one of a word must be. into:
/// words with the number of their terms.
void add_words(
    const std::string& text,
    const std::map<std::string, bool, std::less<>>& names,
    std::map<std::string, std::size_t>& into
) {
    constexpr std::size_t terms_max = 9;
    std::vector<SearchTerm> row;
    const auto is_heavy = [&](const SearchTerm& term) { return names.find(term.text)->second; };
    for (auto& term : search_terms(text)) {
        if (!tells(term) || !names.contains(term.text)) {
            row.clear();
            continue;
        }
        if (!row.empty() && term.begin >= row.back().end) {
            row.clear();  // what parts terms, parts words
        }
        row.push_back(std::move(term));
        const std::size_t longest = std::min(row.size(), terms_max);
        for (std::size_t terms = 1; terms <= longest; ++terms) {
            const auto word = std::span(row).last(terms);
            if (std::ranges::any_of(word, is_heavy)) {
                const std::size_t begin = word.front().begin;
                into[text.substr(begin, word.back().end - begin)] = terms;
            }
        }
    }
}

bool shares_a_pair(std::string_view one, std::string_view other) {
    const auto terms = search_terms(one);
    return std::ranges::any_of(terms, [&](const SearchTerm& term) {
        return tells(term) && other.contains(one.substr(term.begin, term.end - term.begin));
    });
}

std::vector<std::string> best(const std::map<std::string, Word>& words, std::size_t limit) {
    std::vector<std::pair<std::size_t, const std::string*>> ranked;
    for (const auto& [text, word] : words) {
        if (word.texts >= told_min) {
            ranked.emplace_back(word.texts * word.terms, &text);
        }
    }
    std::ranges::sort(ranked, [](const auto& one, const auto& other) {
        return std::pair(other.first, *one.second) < std::pair(one.first, *other.second);
    });
    std::vector<std::string> out;
    for (const auto& [tells_so_much, text] : ranked) {
        const bool is_told = std::ranges::any_of(out, [&](const std::string& one) {
            return shares_a_pair(one, *text);
        });
        if (!is_told && out.size() < limit) {
            out.push_back(*text);
        }
    }
    return out;
}

}  // namespace

std::vector<std::string> topic_words(
    const std::vector<const TopicText*>& texts,
    const std::vector<std::string>& heavy,
    std::size_t words_max
) {
    std::map<std::string, bool, std::less<>> names = usual_in(texts);
    for (const auto& name : heavy) {
        names[name] = true;
    }
    std::map<std::string, Word> found;
    for (const TopicText* const text : texts) {
        std::map<std::string, std::size_t> own;
        add_words(text->title, names, own);
        add_words(text->text, names, own);
        for (const auto& [word, terms] : own) {
            Word& counted = found[word];
            ++counted.texts;
            counted.terms = terms;
        }
    }
    return best(found, words_max);
}

}  // namespace zt::views::impl
