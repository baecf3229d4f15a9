#include "http/pages/found.hpp"

#include "base/check.hpp"
#include "http/pages/public_reading.hpp"
#include "service/matter_texts.hpp"

#include <algorithm>

namespace zt::http {

namespace {

constexpr std::size_t snippets_max = 3;
constexpr std::size_t snippet_characters = 80;

api::Snippet parted(const views::SearchText& text, const views::Snippet& cut) {
    api::Snippet out;
    out.section = name_of(text.section);
    out.is_cut_before = cut.is_cut_before;
    out.is_cut_after = cut.is_cut_after;
    std::size_t from = 0;
    const auto add = [&](std::size_t until, bool is_hit) {
        if (until > from) {
            out.parts.push_back({cut.text.substr(from, until - from), is_hit});
        }
        from = until;
    };
    for (const auto& [begin, end] : cut.hits) {
        add(begin, false);
        add(end, true);
    }
    add(cut.text.size(), false);
    return out;
}

}  // namespace

std::string_view name_of(views::Section section) {
    switch (section) {
    case views::Section::title: return "title";
    case views::Section::text: return "text";
    case views::Section::reply: return "reply";
    case views::Section::work: return "work";
    case views::Section::note: return "note";
    case views::Section::published: return "published";
    }
    UNREACHABLE();
}

Result<std::vector<views::SearchText>> texts_of(Looking& looking, MatterId matter) {
    TRY(const auto events, looking.desk->events(matter));
    std::vector<views::SearchText> out;
    for (const auto& event : events) {
        const auto texts = looking.desk->open_texts(event);
        if (!texts) {
            if (texts.error().code == Errc::not_found) {
                return std::vector<views::SearchText>();  // erased
            }
            return std::unexpected(texts.error());
        }
        for (const auto& text : *texts) {
            if (const auto section = service::section_of(event.verb, text.name)) {
                out.push_back({*section, text.text});
            }
        }
    }
    return out;
}

std::vector<api::Snippet> snippets_of(
    const std::vector<views::SearchText>& texts,
    std::string_view words,
    std::span<const views::Section> sections
) {
    std::vector<api::Snippet> out;
    for (const views::Section section : sections) {
        for (auto text = texts.rbegin(); text != texts.rend(); ++text) {
            if (text->section != section || out.size() == snippets_max) {
                continue;
            }
            const views::Snippet cut = views::snippet_of(text->text, words, snippet_characters);
            if (!cut.hits.empty()) {
                out.push_back(parted(*text, cut));
            }
        }
    }
    return out;
}

Result<std::optional<api::PublishedLine>>
published_line(Looking& looking, MatterId matter, std::string_view language) {
    TRY(auto page, read_published(looking, matter, language));
    return page ? std::optional(std::move(page->line)) : std::nullopt;
}

}  // namespace zt::http
