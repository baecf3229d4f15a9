#pragma once
// Rows of documents: what a question is filtered by and answered with, beside the terms.
//
// Hits come in the order of document numbers, that is, of arrival, newest first; answers are in the
// order of registration. The two differ where something was handed in late or imported, or got
// another text. So each row says how far `ahead` of its own registration the latest one is among it
// and all before it: whoever reads downwards knows what can still come, and stops there.

#include "views/impl/list_rows.hpp"
#include "views/impl/search_months.hpp"
#include "views/impl/signature.hpp"

namespace zt::views::impl {

extern const char* const search_tables;

/// Columns of a SearchRow of the table `document AS matter`, in the order that search_row_at reads.
[[nodiscard]] std::string search_columns();
/// The column after those of search_row_at.
inline constexpr int next_column = columns_count + 2;
/// errors: damaged.
[[nodiscard]] Result<SearchRow> search_row_at(const Cursor& cursor);

/// A document as the writer knows it.
struct Known {
    DocumentNo document = 0;
    std::int64_t month = 0;
    std::int64_t digest = 0;
    bool is_current = true;
};
/// Every document of a matter, stale ones too.
[[nodiscard]] Result<std::vector<Known>> known_documents(Database& database, MatterId matter);

struct NewDocument {
    Known known;
    const SearchRow* row = nullptr;
    Signature signature;
    std::int64_t ahead_ms = 0;
};
[[nodiscard]] Result<void> add_document(Database& database, const NewDocument& made);
/// The row of a document whose texts did not change.
[[nodiscard]] Result<void>
change_document(Database& database, DocumentNo document, const SearchRow& row);
[[nodiscard]] Result<void> make_stale(Database& database, DocumentNo document);
[[nodiscard]] Result<void> remove_document(Database& database, DocumentNo document);
[[nodiscard]] Result<std::vector<DocumentNo>>
stale_documents(Database& database, std::int64_t month);

/// Numbers that the view keeps of itself: schema, position, next_document, is_unwiped.
[[nodiscard]] Result<std::optional<std::int64_t>>
about(Database& database, const std::string& name);
[[nodiscard]] Result<void>
set_about(Database& database, const std::string& name, std::int64_t value);

/// A filter as SQL over `document AS matter`, but for the orgs, which `passes` looks at.
[[nodiscard]] Where filter_of(const ListFilter& filter);
[[nodiscard]] bool passes(const SearchRow& row, const ListFilter& filter, const Visible& visible);

}  // namespace zt::views::impl
