#pragma once
// The terms of a month: one FTS5 table without content for the matters registered in it. A document
// is one version of a matter's texts; its number is the row in the table of its month. A matter
// whose texts changed gets a new document at the end, the old one is *stale*: nobody finds it, and
// it goes when the month is rewritten.

#include "views/impl/database.hpp"
#include "views/search.hpp"

#include <array>

namespace zt::views::impl {

/// Columns of a month's table. Places in match_text and the weights of ranked answers follow it.
inline constexpr std::array<std::string_view, 8> term_columns{
    "numbers", "titles", "initials", "texts", "replies", "works", "notes", "published"
};
using TermColumns = std::array<std::string, term_columns.size()>;

using DocumentNo = std::int64_t;

struct Month {
    std::int64_t id = 0;                  ///< 202208, by UTC: it only cuts
    std::int64_t generation = 0;          ///< how often it was rewritten
    std::int64_t current = 0, stale = 0;  ///< documents
    /// The latest registration of any document so far, in ms: see `ahead` in search_rows.hpp.
    std::int64_t highest = 0;
    [[nodiscard]] std::string table() const;
};

[[nodiscard]] std::int64_t month_of(UtcMs at);
[[nodiscard]] UtcMs begin_of_month(std::int64_t id);
[[nodiscard]] constexpr std::int64_t next_month(std::int64_t id) {
    return id % 100 == 12 ? id + 89 : id + 1;
}

/// Newest first.
[[nodiscard]] Result<std::vector<Month>> load_months(Database& database);
[[nodiscard]] Result<std::optional<Month>> load_month(Database& database, std::int64_t id);
[[nodiscard]] Result<Month> make_month(Database& database, std::int64_t id);
[[nodiscard]] Result<void> keep_month(Database& database, const Month& month);
/// in: numbers of one table ascend.
[[nodiscard]] Result<void>
add_terms(Database& database, const Month& month, DocumentNo document, const TermColumns& terms);
/// Takes documents out of a month so that no byte of their terms stays in the file: what they held
/// is read back from the index, deleted, the rest is merged and copied into fresh tables, the old
/// ones are dropped and overwritten. cost: about 10 s for 100,000 documents. in: within a
/// transaction; `month` gets its new generation.
[[nodiscard]] Result<void>
rewrite(Database& database, Month& month, const std::vector<DocumentNo>& leaving);

/// What FTS5 is asked: all phrases, each somewhere in these sections, in the number, or in the
/// initials when titles are among them.
[[nodiscard]] std::string
match_text(const std::vector<SearchPhrase>& phrases, std::span<const Section> sections);
/// Any of the terms in what was published.
[[nodiscard]] std::string match_published(const std::vector<std::string>& terms);
/// One term in titles or texts.
[[nodiscard]] std::string match_of_term(std::string_view term);

}  // namespace zt::views::impl
