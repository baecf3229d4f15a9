#include "views/impl/search_months.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace zt::views::impl {
namespace {

/// Terms are made by us; `ascii` takes every byte above 127 as part of a term and lower-case ASCII
/// as it is, so they stay what they are.
constexpr const char* options = ", content='', tokenize='ascii')";
/// Bytes of terms gathered before they are written as a sorted run: larger runs, fewer merges.
constexpr std::int64_t run_bytes = std::int64_t{8} * 1024 * 1024;
/// Parts of a table that FTS5 keeps without content.
constexpr std::array shadow_tables{"data", "idx", "docsize", "config"};
constexpr std::size_t titles = 1, initials = 2;

/// A term of a leaving document: column, place in it, text.
using Placed = std::tuple<std::string, std::int64_t, std::string>;
using Leaving = std::map<DocumentNo, std::vector<Placed>>;

Month month_at(const Cursor& cursor);
Result<void> make_table(Database& database, const std::string& table);
Result<void> set_run_bytes(Database& database, const std::string& table);
Result<Leaving>
read_back(Database& database, const Month& month, const std::vector<DocumentNo>& leaving);
TermColumns columns_of(std::vector<Placed>& placed);
std::string names_of_columns();
Result<void> move_table(Database& database, const std::string& from, const std::string& to);
std::string quoted(std::span<const std::string> terms);

}  // namespace

std::string Month::table() const {
    return "m" + std::to_string(id) + "_" + std::to_string(generation);
}

std::int64_t month_of(UtcMs at) {
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
    return static_cast<std::int64_t>(static_cast<int>(day.year())) * 100 +
           static_cast<std::int64_t>(static_cast<unsigned>(day.month()));
}

UtcMs begin_of_month(std::int64_t id) {
    const auto month = static_cast<unsigned>(id % 100);
    return UtcMs{Date{
        std::chrono::year{static_cast<int>(id / 100)} / std::chrono::month{month} /
        std::chrono::day{1}
    }};
}

Result<std::vector<Month>> load_months(Database& database) {
    TRY(auto cursor,
        database.query("SELECT id, generation, current, stale, highest FROM month ORDER BY id DESC")
    );
    std::vector<Month> out;
    while (true) {
        TRY(const bool has_row, cursor.next());
        if (!has_row) {
            return out;
        }
        out.push_back(month_at(cursor));
    }
}

Result<std::optional<Month>> load_month(Database& database, std::int64_t id) {
    TRY(auto cursor,
        database.query(
            "SELECT id, generation, current, stale, highest FROM month WHERE id = ?", {id}
        ));
    TRY(const bool has_row, cursor.next());
    return has_row ? std::optional(month_at(cursor)) : std::nullopt;
}

Result<Month> make_month(Database& database, std::int64_t id) {
    Month out;
    out.id = id;
    TRY_VOID(make_table(database, out.table()));
    TRY_VOID(set_run_bytes(database, out.table()));
    return out;
}

Result<void> keep_month(Database& database, const Month& month) {
    return database.change(
        "INSERT OR REPLACE INTO month VALUES (?, ?, ?, ?, ?)",
        {month.id, month.generation, month.current, month.stale, month.highest}
    );
}

Result<void>
add_terms(Database& database, const Month& month, DocumentNo document, const TermColumns& terms) {
    std::vector<Value> values = {document};
    values.insert(values.end(), terms.begin(), terms.end());
    return database.change(
        "INSERT INTO " + month.table() + " (rowid, " + names_of_columns() +
            ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values
    );
}

Result<void> rewrite(Database& database, Month& month, const std::vector<DocumentNo>& leaving) {
    const std::string before = month.table();
    TRY(auto terms, read_back(database, month, leaving));
    for (auto& [document, placed] : terms) {
        std::vector<Value> values = {"delete", document};
        TermColumns columns = columns_of(placed);
        values.insert(values.end(), columns.begin(), columns.end());
        TRY_VOID(database.change(
            "INSERT INTO " + before + " (" + before + ", rowid, " + names_of_columns() +
                ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values
        ));
    }
    TRY_VOID(database.run("INSERT INTO " + before + " (" + before + ") VALUES ('optimize')"));
    ++month.generation;
    TRY_VOID(make_table(database, month.table()));
    TRY_VOID(move_table(database, before, month.table()));
    return keep_month(database, month);
}

std::string
match_text(const std::vector<SearchPhrase>& phrases, std::span<const Section> sections) {
    static constexpr std::array<std::size_t, 6> column_of{titles, 3, 4, 5, 6, 7};
    std::string columns(term_columns[0]);
    bool has_titles = false;
    for (const Section section : sections) {
        columns += " " + std::string(term_columns[column_of[static_cast<std::size_t>(section)]]);
        has_titles = has_titles || section == Section::title;
    }
    std::vector<std::string> parts;
    for (const SearchPhrase& phrase : phrases) {
        std::string part =
            "{" + columns + "} : " + quoted(phrase.terms) + (phrase.is_prefix ? " *" : "");
        if (has_titles && !phrase.initials.empty()) {
            part = "(" + part + " OR " + std::string(term_columns[initials]) + " : " +
                   quoted(phrase.initials) + ")";
        }
        parts.push_back(std::move(part));
    }
    return join(parts, " AND ");
}

std::string match_published(const std::vector<std::string>& terms) {
    std::vector<std::string> parts;
    for (const std::string& term : terms) {
        parts.push_back(quoted(std::span(&term, 1)));
    }
    return "{published} : (" + join(parts, " OR ") + ")";
}

std::string match_of_term(std::string_view term) {
    return "{titles texts} : \"" + std::string(term) + "\"";
}

namespace {

Month month_at(const Cursor& cursor) {
    return {
        cursor.number(0), cursor.number(1), cursor.number(2), cursor.number(3), cursor.number(4)
    };
}

Result<void> make_table(Database& database, const std::string& table) {
    return database.run(
        "CREATE VIRTUAL TABLE " + table + " USING fts5(" + names_of_columns() + options
    );
}

Result<void> set_run_bytes(Database& database, const std::string& table) {
    return database.run(
        "INSERT INTO " + table + " (" + table + ", rank) VALUES ('hashsize', " +
        std::to_string(run_bytes) + ")"
    );
}

Result<Leaving>
read_back(Database& database, const Month& month, const std::vector<DocumentNo>& leaving) {
    TRY_VOID(database.run(
        "CREATE TEMP TABLE leaving (document INTEGER PRIMARY KEY);"
        "CREATE VIRTUAL TABLE temp.instances USING fts5vocab(main, " +
        month.table() + ", 'instance')"
    ));
    Leaving out;
    for (const DocumentNo document : leaving) {
        out[document];
        TRY_VOID(database.change("INSERT OR IGNORE INTO leaving VALUES (?)", {document}));
    }
    {
        // The text names the month, so that no statement outlives the table that it reads.
        TRY(auto cursor,
            database.query(
                "SELECT doc, col, offset, term FROM temp.instances /* " + month.table() +
                " */ WHERE doc IN (SELECT document FROM leaving)"
            ));
        while (true) {
            TRY(const bool has_row, cursor.next());
            if (!has_row) {
                break;
            }
            out[cursor.number(0)].emplace_back(cursor.text(1), cursor.number(2), cursor.text(3));
        }
    }
    TRY_VOID(database.run("DROP TABLE temp.instances; DROP TABLE leaving"));
    return out;
}

TermColumns columns_of(std::vector<Placed>& placed) {
    std::ranges::sort(placed);
    TermColumns out;
    for (const auto& [column, place, term] : placed) {
        const auto index = std::ranges::find(term_columns, column) - term_columns.begin();
        std::string& text = out.at(static_cast<std::size_t>(index));
        text += (text.empty() ? "" : " ") + term;
    }
    return out;
}

std::string names_of_columns() {
    std::vector<std::string> names(term_columns.begin(), term_columns.end());
    return join(names, ", ");
}

Result<void> move_table(Database& database, const std::string& from, const std::string& to) {
    // Deleting rows may leave copies of them between the rows of a page; dropping a table
    // overwrites its pages whole. Nothing may have been asked or told of the new one before: FTS5
    // would remember its empty structure and write over what is put in here.
    for (const char* const shadow : shadow_tables) {
        TRY_VOID(database.run("DELETE FROM " + to + "_" + shadow));
        TRY_VOID(database.run(
            "INSERT INTO " + to + "_" + shadow + " SELECT * FROM " + from + "_" + shadow
        ));
    }
    return database.run("DROP TABLE " + from);
}

std::string quoted(std::span<const std::string> terms) {
    std::string out;
    for (const std::string& term : terms) {
        out += (out.empty() ? "" : " ") + term;
    }
    return "\"" + out + "\"";
}

}  // namespace
}  // namespace zt::views::impl
