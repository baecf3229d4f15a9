#include "views/lists.hpp"

#include "base/check.hpp"
#include "views/impl/list_rows.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

namespace zt::views {

using impl::Database;
using impl::OpenMode;
using impl::Transaction;
using impl::Value;
using impl::Where;

namespace {

constexpr const char* tables = R"sql(
CREATE TABLE about (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE matter (
    id INTEGER PRIMARY KEY, number TEXT NOT NULL, kind TEXT NOT NULL, stage TEXT NOT NULL,
    channel TEXT NOT NULL, category TEXT NOT NULL, is_record INTEGER NOT NULL,
    counts INTEGER NOT NULL, office INTEGER NOT NULL, lead INTEGER NOT NULL,
    area INTEGER NOT NULL, protection INTEGER NOT NULL, registered INTEGER NOT NULL,
    changed INTEGER NOT NULL, closed INTEGER, is_published INTEGER NOT NULL,
    is_erased INTEGER NOT NULL, version INTEGER NOT NULL, outline TEXT NOT NULL,
    involved TEXT NOT NULL, accused TEXT NOT NULL
);
CREATE INDEX matter_by_time ON matter (registered, id);
CREATE INDEX matter_by_kind ON matter (kind, registered, id);
CREATE INDEX matter_by_lead ON matter (lead, registered, id) WHERE lead <> 0;
CREATE INDEX matter_by_number ON matter (number);
CREATE TABLE involved (
    org INTEGER NOT NULL, since INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (org, since, id)
) WITHOUT ROWID;
CREATE TABLE accused (
    org INTEGER NOT NULL, since INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (org, since, id)
) WITHOUT ROWID;
)sql";
constexpr const char* memory_path = ":memory:";

Result<std::vector<ListRow>>
rows_of(Database& database, const std::string& sql, const std::vector<Value>& values);
/// Counts what may be seen, row by row.
Result<ListCount> count_visible(Database& database, const ListFilter& filter);
/// Compares two tables of (org, since, id).
Result<std::optional<std::string>>
org_difference(Database& left, Database& right, const std::string& table);
Result<void> set_about(Database& database, std::string_view name, std::int64_t value);
/// Schema and position, or why the file cannot be used.
Result<Seq> read_position(Database& database, const std::string& path);
/// The same after a look at the structure of every page. cost: about 1 s per million rows.
Result<Seq> read_sound_position(Database& database, const std::string& path);
Result<void> make_tables(Database& database);
void remove_files(const std::string& path);

}  // namespace

Lists::Lists(std::unique_ptr<Database> database) : database_(std::move(database)) {}
Lists::Lists(Lists&& other) noexcept = default;
Lists& Lists::operator=(Lists&& other) noexcept = default;
Lists::~Lists() = default;

Result<Lists> Lists::open(const std::string& path, ListAccess access) {
    std::error_code problem;
    const bool is_new = path == memory_path || !std::filesystem::exists(path, problem);
    if (access == ListAccess::read) {
        TRY(auto database, Database::open(path, OpenMode::read));
        Lists out(std::move(database));
        TRY(out.position_, read_position(*out.database_, path));
        return out;
    }
    std::string reason;
    if (!is_new) {
        auto database = Database::open(path, OpenMode::write);
        const auto position =
            database ? read_sound_position(**database, path) : std::unexpected(database.error());
        if (position) {
            Lists out(*std::move(database));
            out.position_ = *position;
            return out;
        }
        if (position.error().code != Errc::damaged &&
            position.error().code != Errc::newer_version) {
            return std::unexpected(position.error());
        }
        reason = to_string(position.error());
        if (database) {
            database->reset();
        }
        remove_files(path);
    }
    TRY(auto database, Database::open(path, OpenMode::write));
    Lists out(std::move(database));
    TRY_VOID(make_tables(*out.database_));
    out.rebuild_reason_ = reason;
    return out;
}

Result<void> Lists::fold(std::span<const Step> steps) {
    std::map<MatterId, const State*> last;  // the events before it left no trace in the row
    Seq seq = position_;
    for (const Step& step : steps) {
        CHECK(step.event != nullptr && step.after != nullptr);
        if (step.event->seq > position_) {
            last[step.after->id] = step.after;
            seq = std::max(seq, step.event->seq);
        }
    }
    if (seq == position_) {
        return {};
    }
    std::vector<const State*> states;
    for (const auto& [id, state] : last) {
        states.push_back(state);
    }
    return put(states, seq);
}

Result<void> Lists::put(std::span<const State* const> states, Seq seq) {
    TRY(auto transaction, Transaction::begin(*database_));
    for (const State* state : states) {
        TRY_VOID(impl::put_state(*database_, *state));
    }
    TRY_VOID(set_about(*database_, "position", seq));
    TRY_VOID(transaction.commit());
    position_ = seq;
    return {};
}

Result<ListPage> Lists::page(
    const ListFilter& filter,
    const std::optional<ListKey>& after,
    std::size_t limit,
    ListOrder order
) const {
    CHECK(limit > 0 && limit <= list_page_max);
    const bool is_newest = order == ListOrder::newest;
    const std::string way = is_newest ? " DESC" : " ASC";
    Where where(filter);
    if (after) {
        where.parts.push_back(
            "(" + where.time + ", " + where.id + ")" + (is_newest ? " < " : " > ") + "(?, ?)"
        );
        where.values.emplace_back(impl::ms(after->registered));
        where.values.emplace_back(after->id.value);
    }
    const auto wanted = static_cast<std::int64_t>(limit) + 1;
    where.values.emplace_back(filter.is_visible ? list_looked_max : wanted);
    TRY(auto cursor,
        database_->query(
            "SELECT " + std::string(impl::columns) + where.sql() + " ORDER BY " + where.time + way +
                ", " + where.id + way + " LIMIT ?",
            where.values
        ));
    ListPage out;
    ListKey last;
    for (std::int64_t looked_at = 0;; ++looked_at) {
        TRY(const bool has_row, cursor.next());
        if (!has_row) {
            if (looked_at == list_looked_max) {
                out.next = last;
            }
            return out;
        }
        TRY(auto row, impl::row_at(cursor));
        last = ListKey{row.registered, row.id};
        if (filter.is_visible && !filter.is_visible(row)) {
            continue;
        }
        if (out.rows.size() == limit) {
            out.next = ListKey{out.rows.back().registered, out.rows.back().id};
            return out;
        }
        out.rows.push_back(std::move(row));
    }
}

Result<ListCount> Lists::count(const ListFilter& filter) const {
    if (filter.is_visible) {
        return count_visible(*database_, filter);
    }
    Where where(filter);
    where.values.emplace_back(list_count_max + 1);
    TRY(auto cursor,
        database_->query("SELECT count(*) FROM (SELECT 1" + where.sql() + " LIMIT ?)", where.values)
    );
    TRY(const bool has_row, cursor.next());
    CHECK(has_row);
    const std::int64_t found = cursor.number(0);
    return ListCount{std::min(found, list_count_max), found > list_count_max};
}

Result<std::map<AreaId, std::int64_t>> Lists::count_by_area(const ListFilter& filter) const {
    CHECK(!filter.is_visible);
    Where where(filter);
    TRY(auto cursor,
        database_->query("SELECT area, count(*)" + where.sql() + " GROUP BY area", where.values));
    std::map<AreaId, std::int64_t> counts;
    while (true) {
        TRY(const bool has_row, cursor.next());
        if (!has_row) {
            return counts;
        }
        counts[AreaId{cursor.number(0)}] = cursor.number(1);
    }
}

Result<std::optional<ListRow>> Lists::find(MatterId id) const {
    TRY(auto rows,
        rows_of(
            *database_,
            "SELECT " + std::string(impl::columns) + " FROM matter WHERE id = ?",
            {id.value}
        ));
    return rows.empty() ? std::nullopt : std::optional(rows[0]);
}

Result<std::optional<ListRow>> Lists::find_number(std::string_view number) const {
    TRY(auto rows,
        rows_of(
            *database_,
            "SELECT " + std::string(impl::columns) +
                " FROM matter WHERE number = ? ORDER BY id LIMIT 1",
            {std::string(number)}
        ));
    return rows.empty() ? std::nullopt : std::optional(rows[0]);
}

Result<std::optional<std::string>> Lists::difference(const Lists& other) const {
    if (position_ != other.position_) {
        return "positions " + std::to_string(position_) + " and " + std::to_string(other.position_);
    }
    const std::string matters = "SELECT " + std::string(impl::columns) + " FROM matter ORDER BY id";
    TRY(auto left, database_->query(matters));
    TRY(auto right, other.database_->query(matters));
    while (true) {
        TRY(const bool has_left, left.next());
        TRY(const bool has_right, right.next());
        if (!has_left && !has_right) {
            break;
        }
        if (!has_left || !has_right) {
            return "matter " + std::to_string((has_left ? left : right).number(0)) +
                   " is in one only";
        }
        TRY(const ListRow one, impl::row_at(left));
        TRY(const ListRow two, impl::row_at(right));
        if (one != two) {
            return "matter " + std::to_string(std::min(one.id, two.id).value) + " differs";
        }
    }
    for (const char* const table : {"involved", "accused"}) {
        TRY(auto found, org_difference(*database_, *other.database_, table));
        if (found) {
            return found;
        }
    }
    return std::optional<std::string>{};
}

namespace {

Result<std::vector<ListRow>>
rows_of(Database& database, const std::string& sql, const std::vector<Value>& values) {
    TRY(auto cursor, database.query(sql, values));
    std::vector<ListRow> out;
    while (true) {
        TRY(const bool has_row, cursor.next());
        if (!has_row) {
            return out;
        }
        TRY(auto row, impl::row_at(cursor));
        out.push_back(std::move(row));
    }
}

Result<ListCount> count_visible(Database& database, const ListFilter& filter) {
    Where where(filter);
    where.values.emplace_back(list_looked_max);
    TRY(auto cursor,
        database.query(
            "SELECT " + std::string(impl::columns) + where.sql() + " ORDER BY " + where.time +
                " DESC, " + where.id + " DESC LIMIT ?",
            where.values
        ));
    ListCount out;
    for (std::int64_t looked_at = 0;; ++looked_at) {
        TRY(const bool has_row, cursor.next());
        if (!has_row) {
            out.is_more = looked_at == list_looked_max;
            return out;
        }
        TRY(const auto row, impl::row_at(cursor));
        if (filter.is_visible(row) && ++out.count > list_count_max) {
            return ListCount{list_count_max, true};
        }
    }
}

Result<std::optional<std::string>>
org_difference(Database& left, Database& right, const std::string& table) {
    const std::string sql = "SELECT org, since, id FROM " + table + " ORDER BY org, since, id";
    TRY(auto one, left.query(sql));
    TRY(auto two, right.query(sql));
    while (true) {
        TRY(const bool has_one, one.next());
        TRY(const bool has_two, two.next());
        if (!has_one && !has_two) {
            return std::optional<std::string>{};
        }
        const auto same = [&](int column) { return one.number(column) == two.number(column); };
        if (has_one != has_two || !same(0) || !same(1) || !same(2)) {
            return "orgs " + table + " in matter " +
                   std::to_string((has_one ? one : two).number(2)) + " differ";
        }
    }
}

Result<void> set_about(Database& database, std::string_view name, std::int64_t value) {
    return database.change(
        "INSERT OR REPLACE INTO about VALUES (?, ?)", {std::string(name), value}
    );
}

Result<Seq> read_position(Database& database, const std::string& path) {
    std::map<std::string, std::int64_t> about;
    TRY(auto cursor, database.query("SELECT name, value FROM about"));
    while (true) {
        TRY(const bool has_row, cursor.next());
        if (!has_row) {
            break;
        }
        about[cursor.text(0)] = cursor.number(1);
    }
    if (!about.contains("schema") || !about.contains("position")) {
        return fail(
            Errc::damaged,
            "schema number or position is missing; the lists are rebuilt from the ledger",
            path
        );
    }
    if (about["schema"] != lists_schema) {
        return fail(
            Errc::newer_version,
            "the lists have schema number " + std::to_string(about["schema"]) + ", not " +
                std::to_string(lists_schema) + "; they are rebuilt from the ledger",
            path
        );
    }
    return about["position"];
}

Result<Seq> read_sound_position(Database& database, const std::string& path) {
    TRY(const Seq position, read_position(database, path));
    TRY(auto check, database.query("PRAGMA quick_check(1)"));
    TRY(const bool has_answer, check.next());
    if (!has_answer || check.text(0) != "ok") {
        return fail(Errc::damaged, has_answer ? check.text(0) : "the check gave no answer", path);
    }
    return position;
}

Result<void> make_tables(Database& database) {
    TRY(auto transaction, Transaction::begin(database));
    TRY_VOID(database.run(tables));
    TRY_VOID(set_about(database, "schema", lists_schema));
    TRY_VOID(set_about(database, "position", 0));
    return transaction.commit();
}

void remove_files(const std::string& path) {
    for (const char* const suffix : {"", "-wal", "-shm"}) {
        std::error_code left;  // what stays makes the opening fail, which is reported
        std::filesystem::remove(path + suffix, left);
    }
}

}  // namespace
}  // namespace zt::views
