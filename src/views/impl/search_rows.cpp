#include "views/impl/search_rows.hpp"

#include <algorithm>

namespace zt::views::impl {
namespace {

constexpr const char* change_row = R"sql(
UPDATE document SET
    id = ?, number = ?, kind = ?, stage = ?, channel = ?, category = ?, is_record = ?, counts = ?,
    office = ?, lead = ?, area = ?, protection = ?, registered = ?, changed = ?, closed = ?,
    is_published = ?, is_erased = ?, version = ?, outline = ?, involved = ?, accused = ?
WHERE document = ?
)sql";
constexpr const char* add_row = R"sql(
INSERT INTO document
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
)sql";

std::string text_of_orgs(const std::vector<OrgId>& orgs);
std::vector<OrgId> orgs_in(const std::string& text);
/// In the order of `columns`, then involved and accused.
std::vector<Value> row_values(const SearchRow& row);
bool has_any(const std::vector<OrgId>& orgs, const std::vector<OrgId>& wanted);

}  // namespace

const char* const search_tables = R"sql(
CREATE TABLE about (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE month (
    id INTEGER PRIMARY KEY, generation INTEGER NOT NULL, current INTEGER NOT NULL,
    stale INTEGER NOT NULL, highest INTEGER NOT NULL
);
CREATE TABLE document (
    document INTEGER PRIMARY KEY, id INTEGER NOT NULL, number TEXT NOT NULL, kind TEXT NOT NULL,
    stage TEXT NOT NULL, channel TEXT NOT NULL, category TEXT NOT NULL, is_record INTEGER NOT NULL,
    counts INTEGER NOT NULL, office INTEGER NOT NULL, lead INTEGER NOT NULL,
    area INTEGER NOT NULL, protection INTEGER NOT NULL, registered INTEGER NOT NULL,
    changed INTEGER NOT NULL, closed INTEGER, is_published INTEGER NOT NULL,
    is_erased INTEGER NOT NULL, version INTEGER NOT NULL, outline TEXT NOT NULL,
    involved TEXT NOT NULL, accused TEXT NOT NULL, month INTEGER NOT NULL, ahead INTEGER NOT NULL,
    digest INTEGER NOT NULL, is_current INTEGER NOT NULL
);
CREATE INDEX document_by_matter ON document (id);
CREATE INDEX document_stale ON document (month) WHERE is_current = 0;
CREATE TABLE signature (
    document INTEGER PRIMARY KEY, terms INTEGER NOT NULL, hashes TEXT NOT NULL
);
)sql";

std::string search_columns() { return std::string(columns) + ", matter.involved, matter.accused"; }

Result<SearchRow> search_row_at(const Cursor& cursor) {
    SearchRow out;
    TRY(out.matter, row_at(cursor));
    out.involved = orgs_in(cursor.text(columns_count));
    out.accused = orgs_in(cursor.text(columns_count + 1));
    return out;
}

Result<std::vector<Known>> known_documents(Database& database, MatterId matter) {
    TRY(auto cursor,
        database.query(
            "SELECT document, month, digest, is_current FROM document WHERE id = ?"
            " ORDER BY document",
            {matter.value}
        ));
    std::vector<Known> out;
    while (true) {
        TRY(const bool has_row, cursor.next());
        if (!has_row) {
            return out;
        }
        out.push_back({cursor.number(0), cursor.number(1), cursor.number(2), cursor.number(3) != 0}
        );
    }
}

Result<void> add_document(Database& database, const NewDocument& made) {
    std::vector<Value> values = {made.known.document};
    for (Value& value : row_values(*made.row)) {
        values.push_back(std::move(value));
    }
    values.emplace_back(made.known.month);
    values.emplace_back(made.ahead_ms);
    values.emplace_back(made.known.digest);
    values.emplace_back(std::int64_t{1});
    TRY_VOID(database.change(add_row, values));
    return database.change(
        "INSERT INTO signature VALUES (?, ?, ?)",
        {made.known.document, made.signature.terms, bytes_of(made.signature)}
    );
}

Result<void> change_document(Database& database, DocumentNo document, const SearchRow& row) {
    std::vector<Value> values = row_values(row);
    values.emplace_back(document);
    return database.change(change_row, values);
}

Result<void> make_stale(Database& database, DocumentNo document) {
    TRY_VOID(database.change("DELETE FROM signature WHERE document = ?", {document}));
    return database.change("UPDATE document SET is_current = 0 WHERE document = ?", {document});
}

Result<void> remove_document(Database& database, DocumentNo document) {
    TRY_VOID(database.change("DELETE FROM signature WHERE document = ?", {document}));
    return database.change("DELETE FROM document WHERE document = ?", {document});
}

Result<std::vector<DocumentNo>> stale_documents(Database& database, std::int64_t month) {
    TRY(auto cursor,
        database.query(
            "SELECT document FROM document WHERE month = ? AND is_current = 0 ORDER BY document",
            {month}
        ));
    std::vector<DocumentNo> out;
    while (true) {
        TRY(const bool has_row, cursor.next());
        if (!has_row) {
            return out;
        }
        out.push_back(cursor.number(0));
    }
}

Result<std::optional<std::int64_t>> about(Database& database, const std::string& name) {
    TRY(auto cursor, database.query("SELECT value FROM about WHERE name = ?", {name}));
    TRY(const bool has_row, cursor.next());
    return has_row ? std::optional(cursor.number(0)) : std::nullopt;
}

Result<void> set_about(Database& database, const std::string& name, std::int64_t value) {
    return database.change("INSERT OR REPLACE INTO about VALUES (?, ?)", {name, value});
}

Where filter_of(const ListFilter& filter) {
    ListFilter cheap = filter;
    cheap.involved.clear();
    cheap.not_accused.clear();
    return Where(cheap);
}

bool passes(const SearchRow& row, const ListFilter& filter, const Visible& visible) {
    if (!filter.involved.empty() && !has_any(row.involved, filter.involved)) {
        return false;
    }
    return !has_any(row.accused, filter.not_accused) &&
           (!filter.is_visible || filter.is_visible(row.matter)) && (!visible || visible(row));
}

namespace {

std::string text_of_orgs(const std::vector<OrgId>& orgs) {
    Orgs ids;
    for (const OrgId org : orgs) {
        ids.insert(org.value);
    }
    return text_of(ids);
}

std::vector<OrgId> orgs_in(const std::string& text) {
    std::vector<OrgId> out;
    for (const std::int64_t id : orgs_of(text)) {
        out.push_back(OrgId{id});
    }
    return out;
}

std::vector<Value> row_values(const SearchRow& row) {
    std::vector<Value> out = values_of(row.matter);
    out.emplace_back(text_of_orgs(row.involved));
    out.emplace_back(text_of_orgs(row.accused));
    return out;
}

bool has_any(const std::vector<OrgId>& orgs, const std::vector<OrgId>& wanted) {
    return std::ranges::any_of(wanted, [&](OrgId org) {
        return std::ranges::find(orgs, org) != orgs.end();
    });
}

}  // namespace
}  // namespace zt::views::impl
