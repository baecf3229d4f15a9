#include "views/lists.hpp"

#include "base/check.hpp"
#include "base/text.hpp"
#include "views/impl/database.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

namespace zt::views {

using impl::Cursor;
using impl::Database;
using impl::OpenMode;
using impl::Transaction;
using impl::Value;

namespace {

constexpr const char* tables = R"sql(
CREATE TABLE about (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE matter (
    id INTEGER PRIMARY KEY, number TEXT NOT NULL, kind TEXT NOT NULL, stage TEXT NOT NULL, channel TEXT NOT NULL,
    category TEXT NOT NULL, is_record INTEGER NOT NULL, counts INTEGER NOT NULL, office INTEGER NOT NULL,
    lead INTEGER NOT NULL, area INTEGER NOT NULL, protection INTEGER NOT NULL, registered INTEGER NOT NULL,
    changed INTEGER NOT NULL, closed INTEGER, is_published INTEGER NOT NULL, is_erased INTEGER NOT NULL,
    version INTEGER NOT NULL, involved TEXT NOT NULL, accused TEXT NOT NULL
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
constexpr const char* columns =
    "matter.id, number, kind, stage, channel, category, is_record, counts, office, lead, area, protection, registered,"
    " changed, closed, is_published, is_erased, version";
/// Kind and day of registration never change, so their indexes stay untouched by a change.
constexpr const char* put_row = R"sql(
INSERT INTO matter VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET number = excluded.number, stage = excluded.stage, channel = excluded.channel,
    category = excluded.category, is_record = excluded.is_record, counts = excluded.counts, office = excluded.office,
    lead = excluded.lead, area = excluded.area, protection = excluded.protection, changed = excluded.changed,
    closed = excluded.closed, is_published = excluded.is_published, is_erased = excluded.is_erased,
    version = excluded.version, involved = excluded.involved, accused = excluded.accused
)sql";
constexpr const char* memory_path = ":memory:";

/// What a filter is in SQL. With one involved org the rows are met in the order of that org's list, so that a page reads
/// no more than it shows; otherwise in the order of matters.
struct Where {
    std::string from = " FROM matter";
    std::string time = "registered", id = "id";
    std::vector<std::string> parts;
    std::vector<Value> values;

    explicit Where(const ListFilter& filter);
    void equals(std::string_view column, std::int64_t value);
    void any_of(std::string_view column, const std::vector<std::string>& words);
    void add_orgs(const ListFilter& filter);
    [[nodiscard]] std::string sql() const {
        return from + (parts.empty() ? "" : " WHERE " + join(parts, " AND "));
    }
};

/// Ids of orgs, in order.
using Orgs = std::set<std::int64_t>;

std::string places(std::size_t count);
ListRow row_of(const State& state);
std::vector<Value> values_of(const ListRow& row);
/// errors: damaged (a number that names no counts or protection).
Result<ListRow> row_at(const Cursor& cursor);
Result<std::vector<ListRow>> rows_of(Database& database, const std::string& sql, const std::vector<Value>& values);
Result<void> put_state(Database& database, const State& state);
/// Parts never leave a matter, so whoever held a hand stays involved; an office that passed it up does not.
Orgs involved_in(const State& state);
Orgs accused_in(const State& state);
std::string text_of(const Orgs& orgs);
Orgs orgs_of(const std::string& text);
/// Makes the rows of a matter in `involved` or `accused` those of `after`.
Result<void> move_orgs(Database& database, const std::string& table, const State& state, const Orgs& before, const Orgs& after);
/// Compares two tables of (org, since, id).
Result<std::optional<std::string>> org_difference(Database& left, Database& right, const std::string& table);
Result<void> set_about(Database& database, std::string_view name, std::int64_t value);
/// Schema and position, or why the file cannot be used.
Result<Seq> read_position(Database& database, const std::string& path);
/// The same after a look at the structure of every page. cost: about 1 s per million rows.
Result<Seq> read_sound_position(Database& database, const std::string& path);
Result<void> make_tables(Database& database);
void remove_files(const std::string& path);
std::int64_t ms(UtcMs at) { return at.time_since_epoch().count(); }

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
        const auto position = database ? read_sound_position(**database, path) : std::unexpected(database.error());
        if (position) {
            Lists out(*std::move(database));
            out.position_ = *position;
            return out;
        }
        if (position.error().code != Errc::damaged && position.error().code != Errc::newer_version) {
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
        TRY_VOID(put_state(*database_, *state));
    }
    TRY_VOID(set_about(*database_, "position", seq));
    TRY_VOID(transaction.commit());
    position_ = seq;
    return {};
}

Result<ListPage> Lists::page(
    const ListFilter& filter, const std::optional<ListKey>& after, std::size_t limit
) const {
    CHECK(limit > 0 && limit <= list_page_max);
    Where where(filter);
    if (after) {
        where.parts.push_back("(" + where.time + ", " + where.id + ") < (?, ?)");
        where.values.emplace_back(ms(after->registered));
        where.values.emplace_back(after->id.value);
    }
    where.values.emplace_back(static_cast<std::int64_t>(limit) + 1);
    ListPage out;
    TRY(out.rows,
        rows_of(
            *database_,
            std::string("SELECT ") + columns + where.sql() + " ORDER BY " + where.time + " DESC, " + where.id +
                " DESC LIMIT ?",
            where.values
        ));
    if (out.rows.size() > limit) {
        out.rows.resize(limit);
        out.next = ListKey{out.rows.back().registered, out.rows.back().id};
    }
    return out;
}

Result<ListCount> Lists::count(const ListFilter& filter) const {
    Where where(filter);
    where.values.emplace_back(list_count_max + 1);
    TRY(auto cursor, database_->query("SELECT count(*) FROM (SELECT 1" + where.sql() + " LIMIT ?)", where.values));
    TRY(const bool has_row, cursor.next());
    CHECK(has_row);
    const std::int64_t found = cursor.number(0);
    return ListCount{std::min(found, list_count_max), found > list_count_max};
}

Result<std::optional<ListRow>> Lists::find(MatterId id) const {
    TRY(auto rows,
        rows_of(*database_, std::string("SELECT ") + columns + " FROM matter WHERE id = ?", {id.value}));
    return rows.empty() ? std::nullopt : std::optional(rows[0]);
}

Result<std::optional<ListRow>> Lists::find_number(std::string_view number) const {
    TRY(auto rows,
        rows_of(
            *database_, std::string("SELECT ") + columns + " FROM matter WHERE number = ? ORDER BY id LIMIT 1",
            {std::string(number)}
        ));
    return rows.empty() ? std::nullopt : std::optional(rows[0]);
}

Result<std::optional<std::string>> Lists::difference(const Lists& other) const {
    if (position_ != other.position_) {
        return "positions " + std::to_string(position_) + " and " + std::to_string(other.position_);
    }
    const std::string matters = std::string("SELECT ") + columns + " FROM matter ORDER BY id";
    TRY(auto left, database_->query(matters));
    TRY(auto right, other.database_->query(matters));
    while (true) {
        TRY(const bool has_left, left.next());
        TRY(const bool has_right, right.next());
        if (!has_left && !has_right) {
            break;
        }
        if (!has_left || !has_right) {
            return "matter " + std::to_string((has_left ? left : right).number(0)) + " is in one only";
        }
        TRY(const ListRow one, row_at(left));
        TRY(const ListRow two, row_at(right));
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

void Where::equals(std::string_view column, std::int64_t value) {
    parts.push_back(std::string(column) + " = ?");
    values.emplace_back(value);
}

void Where::any_of(std::string_view column, const std::vector<std::string>& words) {
    if (words.empty()) {
        return;
    }
    parts.push_back(std::string(column) + " IN (" + places(words.size()) + ")");
    values.insert(values.end(), words.begin(), words.end());
}

Where::Where(const ListFilter& filter) {
    add_orgs(filter);
    any_of("kind", filter.kinds);
    any_of("stage", filter.stages);
    any_of("category", filter.categories);
    any_of("channel", filter.channels);
    if (filter.counts) {
        equals("counts", static_cast<std::int64_t>(*filter.counts));
    }
    if (filter.is_record) {
        equals("is_record", *filter.is_record ? 1 : 0);
    }
    if (filter.is_published) {
        equals("is_published", *filter.is_published ? 1 : 0);
    }
    if (filter.lead) {
        equals("lead", filter.lead->value);
    }
    if (filter.office) {
        equals("office", filter.office->value);
    }
    if (filter.area) {
        equals("area", filter.area->value);
    }
    if (filter.from) {
        parts.emplace_back("registered >= ?");
        values.emplace_back(ms(*filter.from));
    }
    if (filter.until) {
        parts.emplace_back("registered < ?");
        values.emplace_back(ms(*filter.until));
    }
}

void Where::add_orgs(const ListFilter& filter) {
    const auto bind_all = [this](const std::vector<OrgId>& orgs) {
        for (const OrgId org : orgs) {
            values.emplace_back(org.value);
        }
    };
    if (filter.involved.size() == 1) {
        from = " FROM involved AS one CROSS JOIN matter ON matter.id = one.id";
        time = "one.since";
        id = "one.id";
        equals("one.org", filter.involved[0].value);
    } else if (!filter.involved.empty()) {
        parts.push_back("id IN (SELECT id FROM involved WHERE org IN (" + places(filter.involved.size()) + "))");
        bind_all(filter.involved);
    }
    if (!filter.not_accused.empty()) {
        parts.push_back(id + " NOT IN (SELECT id FROM accused WHERE org IN (" + places(filter.not_accused.size()) + "))");
        bind_all(filter.not_accused);
    }
}

std::string places(std::size_t count) {
    return join(std::vector<std::string>(count, "?"), ", ");
}

ListRow row_of(const State& state) {
    const Hand* lead = state.lead();
    ListRow out;
    out.id = state.id;
    out.number = state.number;
    out.kind = state.kind;
    out.stage = state.stage;
    out.channel = state.channel;
    out.category = state.category;
    out.is_record = state.is_record;
    out.counts = state.counts;
    out.office = state.office;
    out.lead = lead == nullptr ? OrgId{} : lead->org;
    out.area = state.area;
    out.protection = state.protection;
    out.registered = state.registered;
    out.changed = state.changed;
    out.closed = state.counts == Counts::open ? std::nullopt
                 : state.past.closed          ? state.past.closed
                                              : state.past.ended;
    out.is_published = state.is_published;
    out.is_erased = state.is_erased;
    out.version = state.version;
    return out;
}

std::vector<Value> values_of(const ListRow& row) {
    return {
        row.id.value,
        row.number,
        row.kind,
        row.stage,
        row.channel,
        row.category,
        std::int64_t{row.is_record},
        static_cast<std::int64_t>(row.counts),
        row.office.value,
        row.lead.value,
        row.area.value,
        static_cast<std::int64_t>(row.protection),
        ms(row.registered),
        ms(row.changed),
        row.closed ? Value(ms(*row.closed)) : Value(),
        std::int64_t{row.is_published},
        std::int64_t{row.is_erased},
        row.version,
    };
}

Result<ListRow> row_at(const Cursor& cursor) {
    const std::int64_t counts = cursor.number(7);
    const std::int64_t protection = cursor.number(11);
    ListRow out;
    out.id = MatterId{cursor.number(0)};
    if (counts < 0 || counts > static_cast<std::int64_t>(Counts::ended) || protection < 0 ||
        protection > static_cast<std::int64_t>(Protection::wrong_done)) {
        return fail(Errc::damaged, "the row of matter " + std::to_string(out.id.value) + " is not one that we wrote");
    }
    out.number = cursor.text(1);
    out.kind = cursor.text(2);
    out.stage = cursor.text(3);
    out.channel = cursor.text(4);
    out.category = cursor.text(5);
    out.is_record = cursor.number(6) != 0;
    out.counts = static_cast<Counts>(counts);
    out.office = OrgId{cursor.number(8)};
    out.lead = OrgId{cursor.number(9)};
    out.area = AreaId{cursor.number(10)};
    out.protection = static_cast<Protection>(protection);
    out.registered = UtcMs{Millis{cursor.number(12)}};
    out.changed = UtcMs{Millis{cursor.number(13)}};
    if (!cursor.is_null(14)) {
        out.closed = UtcMs{Millis{cursor.number(14)}};
    }
    out.is_published = cursor.number(15) != 0;
    out.is_erased = cursor.number(16) != 0;
    out.version = cursor.number(17);
    return out;
}

Result<std::vector<ListRow>> rows_of(Database& database, const std::string& sql, const std::vector<Value>& values) {
    TRY(auto cursor, database.query(sql, values));
    std::vector<ListRow> out;
    while (true) {
        TRY(const bool has_row, cursor.next());
        if (!has_row) {
            return out;
        }
        TRY(auto row, row_at(cursor));
        out.push_back(std::move(row));
    }
}

Result<void> put_state(Database& database, const State& state) {
    Orgs involved_before, accused_before;
    {
        TRY(auto cursor, database.query("SELECT involved, accused FROM matter WHERE id = ?", {state.id.value}));
        TRY(const bool is_known, cursor.next());
        if (is_known) {
            involved_before = orgs_of(cursor.text(0));
            accused_before = orgs_of(cursor.text(1));
        }
    }
    const Orgs involved = involved_in(state), accused = accused_in(state);
    std::vector<Value> values = values_of(row_of(state));
    values.emplace_back(text_of(involved));
    values.emplace_back(text_of(accused));
    TRY_VOID(database.change(put_row, values));
    TRY_VOID(move_orgs(database, "involved", state, involved_before, involved));
    return move_orgs(database, "accused", state, accused_before, accused);
}

Orgs involved_in(const State& state) {
    Orgs out = {state.office.value, state.registered_by.value};
    for (const Hand& hand : state.hands) {
        out.insert(hand.org.value);
    }
    out.erase(0);
    return out;
}

Orgs accused_in(const State& state) {
    Orgs out;
    for (const Party& party : state.parties) {
        if (state.protection == Protection::wrong_done && party.role == "accused" && party.org) {
            out.insert(party.org.value);
        }
    }
    return out;
}

std::string text_of(const Orgs& orgs) {
    std::string out;
    for (const std::int64_t org : orgs) {
        out += std::to_string(org) + " ";
    }
    return out;
}

Orgs orgs_of(const std::string& text) {
    Orgs out;
    for (const std::string& word : split(text, ' ')) {
        if (const auto org = parse_int(word)) {
            out.insert(*org);
        }
    }
    return out;
}

Result<void> move_orgs(Database& database, const std::string& table, const State& state, const Orgs& before, const Orgs& after) {
    const auto change = [&](const std::string& sql, std::int64_t org) {
        return database.change(sql, {org, ms(state.registered), state.id.value});
    };
    for (const std::int64_t org : after) {
        if (!before.contains(org)) {
            TRY_VOID(change("INSERT INTO " + table + " VALUES (?, ?, ?)", org));
        }
    }
    for (const std::int64_t org : before) {
        if (!after.contains(org)) {
            TRY_VOID(change("DELETE FROM " + table + " WHERE org = ? AND since = ? AND id = ?", org));
        }
    }
    return {};
}

Result<std::optional<std::string>> org_difference(Database& left, Database& right, const std::string& table) {
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
            return "orgs " + table + " in matter " + std::to_string((has_one ? one : two).number(2)) + " differ";
        }
    }
}

Result<void> set_about(Database& database, std::string_view name, std::int64_t value) {
    return database.change("INSERT OR REPLACE INTO about VALUES (?, ?)", {std::string(name), value});
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
        return fail(Errc::damaged, "schema number or position is missing; the lists are rebuilt from the ledger", path);
    }
    if (about["schema"] != lists_schema) {
        return fail(
            Errc::newer_version, "the lists have schema number " + std::to_string(about["schema"]) + ", not " +
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
