#pragma once
// What search shows of a hit: pieces of the texts that the caller may read, and of a published
// matter what everybody may read.

#include "http/pages/rows.hpp"
#include "views/search.hpp"

namespace zt::http {

/// Texts of a matter that a search may have met, by section, the newest of each last.
[[nodiscard]] Result<std::vector<views::SearchText>> texts_of(Looking& looking, MatterId matter);
/// Title, text and replies, and with `work` what those who work on it wrote, each where something
/// was hit: in the order of the sections, the newest first; at most three pieces.
[[nodiscard]] std::vector<api::Snippet> snippets_of(
    const std::vector<views::SearchText>& texts,
    std::string_view words,
    std::span<const views::Section> sections
);
[[nodiscard]] std::string_view name_of(views::Section section);

/// What everybody may read of a published matter; none when nothing. errors: those of reading it.
[[nodiscard]] Result<std::optional<api::PublishedLine>>
published_line(Looking& looking, MatterId matter, std::string_view language);

}  // namespace zt::http
