#include "views/search_text.hpp"

#include "base/text.hpp"
#include "views/impl/fold_text.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <unordered_set>

namespace zt::views {

using impl::append_character;
using impl::CharacterKind;
using impl::fold_text;
using impl::FoldedCharacter;

namespace {

/// Letters that may be somebody's way to type a title: more are a word.
constexpr std::size_t initials_min = 2, initials_max = 16;

void add_pairs(std::vector<SearchTerm>& out, std::span<const FoldedCharacter> run);
void add_word(std::vector<SearchTerm>& out, std::span<const FoldedCharacter> run);
/// What is typed, cut at spaces and quotation marks.
std::vector<std::string> words_of(std::string_view typed);
/// None when nothing in the word can be found.
std::optional<SearchPhrase> phrase_of(std::string_view word);
std::vector<std::string> initials_of(const std::vector<SearchTerm>& terms);
/// The bytes of a hit that begins at this term.
std::optional<std::pair<std::size_t, std::size_t>>
hit_at(std::span<const SearchTerm> terms, const SearchPhrase& phrase);
std::vector<std::pair<std::size_t, std::size_t>>
hits_in(const std::vector<SearchTerm>& terms, const std::vector<SearchPhrase>& phrases);
/// Where each character begins, and the end of the text. in: any bytes.
std::vector<std::size_t> character_begins(std::string_view text);

}  // namespace

std::vector<SearchTerm> search_terms(std::string_view text) {
    const std::vector<FoldedCharacter> characters = fold_text(text);
    std::vector<SearchTerm> out;
    out.reserve(characters.size());
    for (std::size_t from = 0; from < characters.size();) {
        const CharacterKind kind = characters[from].kind;
        std::size_t until = from + 1;
        while (until < characters.size() && characters[until].kind == kind) {
            ++until;
        }
        const auto run = std::span(characters).subspan(from, until - from);
        if (kind == CharacterKind::ideograph) {
            add_pairs(out, run);
        } else if (kind == CharacterKind::word) {
            add_word(out, run);
        }
        from = until;
    }
    return out;
}

Result<std::vector<SearchPhrase>> read_search(std::string_view words) {
    if (fold_text(words).size() > query_characters_max) {
        return fail(
            Errc::bad_value,
            "longer than " + std::to_string(query_characters_max) + " characters",
            "/words"
        );
    }
    std::vector<SearchPhrase> out;
    for (const std::string& word : words_of(words)) {
        auto phrase = phrase_of(word);
        if (phrase && std::ranges::find(out, *phrase) == out.end()) {
            out.push_back(*std::move(phrase));
        }
    }
    if (out.empty()) {
        return fail(Errc::bad_value, "there is no letter, digit or character in it", "/words");
    }
    return out;
}

Snippet snippet_of(std::string_view text, std::string_view words, std::size_t characters_max) {
    const auto phrases = read_search(words);
    const auto hits = phrases ? hits_in(search_terms(text), *phrases)
                              : std::vector<std::pair<std::size_t, std::size_t>>{};
    const std::vector<std::size_t> begins = character_begins(text);
    const std::size_t count = begins.size() - 1;
    std::size_t first = 0;
    if (!hits.empty()) {
        // A third of the piece stands before the first hit.
        const auto hit = std::ranges::lower_bound(begins, hits.front().first) - begins.begin();
        const auto index = static_cast<std::size_t>(hit);
        first = index - std::min(index, characters_max / 3);
        first = std::min(first, count - std::min(count, characters_max));
    }
    const std::size_t last = std::min(count, first + characters_max);
    const std::size_t begin = begins[first], end = begins[last];
    Snippet out;
    out.text = text.substr(begin, end - begin);
    out.is_cut_before = first > 0;
    out.is_cut_after = last < count;
    for (const auto& [from, until] : hits) {
        if (from >= begin && until <= end) {
            out.hits.emplace_back(from - begin, until - begin);
        }
    }
    return out;
}

std::vector<std::string>
shared_words(std::string_view one, std::string_view other, std::size_t limit) {
    std::unordered_set<std::string> there;
    for (SearchTerm& term : search_terms(other)) {
        if (term.is_word || term.is_pair) {
            there.insert(std::move(term.text));
        }
    }
    std::vector<std::string> out;
    for (SearchTerm& term : search_terms(one)) {
        if (out.size() == limit) {
            break;
        }
        if (there.erase(term.text) == 1) {
            out.push_back(std::move(term.text));
        }
    }
    return out;
}

namespace {

void add_pairs(std::vector<SearchTerm>& out, std::span<const FoldedCharacter> run) {
    for (std::size_t index = 0; index < run.size(); ++index) {
        SearchTerm& term = out.emplace_back();
        append_character(term.text, run[index].character);
        term.begin = run[index].begin;
        term.first_end = term.end = run[index].end;
        if (index + 1 < run.size()) {
            append_character(term.text, run[index + 1].character);
            term.end = run[index + 1].end;
            term.is_pair = true;
        }
    }
}

void add_word(std::vector<SearchTerm>& out, std::span<const FoldedCharacter> run) {
    for (std::size_t from = 0; from < run.size(); from += word_characters_max) {
        const auto piece = run.subspan(from, std::min(word_characters_max, run.size() - from));
        SearchTerm& term = out.emplace_back();
        for (const FoldedCharacter& character : piece) {
            append_character(term.text, character.character);
        }
        term.begin = piece.front().begin;
        term.first_end = piece.front().end;
        term.end = piece.back().end;
        term.is_word = true;
    }
}

std::vector<std::string> words_of(std::string_view typed) {
    std::vector<std::string> out(1);
    bool is_quoted = false;
    for (std::size_t at = 0; at < typed.size();) {
        const auto is_next = [&](std::string_view mark) {
            return typed.substr(at).starts_with(mark);
        };
        std::size_t size = 1;
        bool is_end = false;
        for (const std::string_view mark : {"\"", "“", "”", "＂"}) {
            if (is_next(mark)) {
                is_quoted = mark == "“" || (mark != "”" && !is_quoted);
                size = mark.size();
                is_end = true;
            }
        }
        for (const std::string_view space : {" ", "\t", "\n", "\r", "\u3000", "\u00A0"}) {
            if (is_next(space)) {
                size = space.size();
                is_end = !is_quoted;
            }
        }
        if (is_end) {
            out.emplace_back();
        } else {
            out.back() += typed.substr(at, size);
        }
        at += size;
    }
    return out;
}

std::optional<SearchPhrase> phrase_of(std::string_view word) {
    std::vector<SearchTerm> terms = search_terms(word);
    if (terms.empty()) {
        return std::nullopt;
    }
    SearchPhrase out;
    out.initials = initials_of(terms);
    if (!terms.back().is_word) {
        // The last character of what is typed need not be the last of a run in the text: it is the
        // second of a pair already, or else the beginning of one.
        if (terms.size() > 1 && terms[terms.size() - 2].is_pair) {
            terms.pop_back();
        } else {
            out.is_prefix = true;
        }
    }
    for (SearchTerm& term : terms) {
        out.terms.push_back(std::move(term.text));
    }
    return out;
}

std::vector<std::string> initials_of(const std::vector<SearchTerm>& terms) {
    const std::string& word = terms.front().text;
    const bool is_possible =
        terms.size() == 1 && word.size() >= initials_min && word.size() <= initials_max &&
        std::ranges::all_of(word, [](char letter) { return letter >= 'a' && letter <= 'z'; });
    std::vector<std::string> out;
    for (std::size_t index = 0; is_possible && index + 1 < word.size(); ++index) {
        out.push_back(word.substr(index, 2));
    }
    return out;
}

std::optional<std::pair<std::size_t, std::size_t>>
hit_at(std::span<const SearchTerm> terms, const SearchPhrase& phrase) {
    const std::size_t count = phrase.terms.size();
    if (terms.size() < count) {
        return std::nullopt;
    }
    const std::size_t exact = phrase.is_prefix ? count - 1 : count;
    for (std::size_t index = 0; index < exact; ++index) {
        if (terms[index].text != phrase.terms[index]) {
            return std::nullopt;
        }
    }
    if (!phrase.is_prefix) {
        return std::pair<std::size_t, std::size_t>(terms[0].begin, terms[count - 1].end);
    }
    if (!terms[count - 1].text.starts_with(phrase.terms.back())) {
        return std::nullopt;
    }
    return std::pair<std::size_t, std::size_t>(terms[0].begin, terms[count - 1].first_end);
}

std::vector<std::pair<std::size_t, std::size_t>>
hits_in(const std::vector<SearchTerm>& terms, const std::vector<SearchPhrase>& phrases) {
    std::vector<std::pair<std::size_t, std::size_t>> out;
    for (std::size_t index = 0; index < terms.size(); ++index) {
        for (const SearchPhrase& phrase : phrases) {
            const auto hit = hit_at(std::span(terms).subspan(index), phrase);
            if (!hit) {
                continue;
            }
            if (!out.empty() && hit->first <= out.back().second) {
                out.back().second = std::max(out.back().second, hit->second);
            } else {
                out.push_back(*hit);
            }
        }
    }
    return out;
}

std::vector<std::size_t> character_begins(std::string_view text) {
    std::vector<std::size_t> out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U) {
            out.push_back(at);
        }
    }
    out.push_back(text.size());
    return out;
}

}  // namespace
}  // namespace zt::views
