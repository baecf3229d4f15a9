#pragma once
// Documents made by hand, and a search without an index to compare with.

#include "tests/unit/views/state_builder.hpp"
#include "views/impl/fold_text.hpp"
#include "views/search.hpp"

#include <algorithm>
#include <map>

namespace zt::views::test {

inline SearchDocument document(
    std::int64_t id,
    const std::string& registered,
    const std::string& title,
    const std::string& text = {}
) {
    SearchDocument out = document_of(matter(id, registered));
    out.texts = {{Section::title, title}, {Section::text, text}};
    return out;
}

/// Reads every text for every question. It cuts texts into characters and words, and asks whether
/// those of the question stand in a row; no terms, no pairs.
class Reference {
  public:
    void put(const SearchDocument& document) {
        if (document.row.matter.is_erased) {
            documents_.erase(document.row.matter.id);
        } else {
            documents_[document.row.matter.id] = document;
        }
    }
    /// In the order of answers: newest first.
    [[nodiscard]] std::vector<MatterId>
    find(const std::vector<std::string>& words, const Visible& is_visible) const {
        std::vector<ListKey> keys;
        for (const auto& [id, document] : documents_) {
            const bool has_all = std::ranges::all_of(words, [&](const std::string& word) {
                return holds(document, word);
            });
            if (has_all && is_visible(document.row)) {
                keys.push_back({document.row.matter.registered, id});
            }
        }
        std::ranges::sort(keys, std::greater{});
        std::vector<MatterId> out;
        for (const ListKey& key : keys) {
            out.push_back(key.id);
        }
        return out;
    }

  private:
    struct Unit {
        std::u32string text;
        bool is_word = false;
        bool is_joined = false;  ///< a character right behind another
        bool operator==(const Unit&) const = default;
    };

    [[nodiscard]] static bool holds(const SearchDocument& document, const std::string& word) {
        std::map<Section, std::string> sections;
        for (const SearchText& text : document.texts) {
            sections[text.section] += text.text + " ";
        }
        const std::vector<Unit> wanted = units_of(word);
        bool is_found = is_in_a_row(units_of(document.row.matter.number), wanted);
        for (const auto& [section, text] : sections) {
            is_found = is_found || is_in_a_row(units_of(text), wanted);
        }
        return is_found;
    }
    [[nodiscard]] static std::vector<Unit> units_of(const std::string& text) {
        std::vector<Unit> out;
        auto before = impl::CharacterKind::other;
        for (const impl::FoldedCharacter& one : impl::fold_text(text)) {
            const bool is_word = one.kind == impl::CharacterKind::word;
            if (is_word && before == one.kind) {
                out.back().text += one.character;
            } else if (one.kind != impl::CharacterKind::other) {
                out.push_back({{one.character}, is_word, !is_word && before == one.kind});
            }
            before = one.kind;
        }
        return out;
    }
    [[nodiscard]] static bool
    is_in_a_row(const std::vector<Unit>& text, const std::vector<Unit>& wanted) {
        for (std::size_t at = 0; at + wanted.size() <= text.size(); ++at) {
            bool is_same = text[at].text == wanted[0].text;
            for (std::size_t index = 1; is_same && index < wanted.size(); ++index) {
                is_same = text[at + index] == wanted[index];
            }
            if (is_same) {
                return true;
            }
        }
        return false;
    }

    std::map<MatterId, SearchDocument> documents_;
};

}  // namespace zt::views::test
