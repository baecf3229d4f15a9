#include "views/impl/list_rows.hpp"

#include "base/text.hpp"
#include "views/outline.hpp"

namespace zt::views::impl {
namespace {

/// Kind and day of registration never change, so their indexes stay untouched by a change.
constexpr const char* put_row = R"sql(
INSERT INTO matter
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
    number = excluded.number, stage = excluded.stage, channel = excluded.channel,
    category = excluded.category, is_record = excluded.is_record, counts = excluded.counts,
    office = excluded.office, lead = excluded.lead, area = excluded.area,
    protection = excluded.protection, changed = excluded.changed, closed = excluded.closed,
    is_published = excluded.is_published, is_erased = excluded.is_erased,
    version = excluded.version, outline = excluded.outline,
    involved = excluded.involved, accused = excluded.accused
)sql";

std::string places(std::size_t count);
/// Rows of a matter in `involved` or `accused`, as they are and as they shall be.
struct OrgMove {
    std::string table;
    Orgs before, after;
};
Result<void> move_orgs(Database& database, const State& state, const OrgMove& move);

}  // namespace

std::string Where::sql() const {
    return from + (parts.empty() ? "" : " WHERE " + join(parts, " AND "));
}

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
    if (filter.highest_protection) {
        parts.emplace_back("protection <= ?");
        values.emplace_back(static_cast<std::int64_t>(*filter.highest_protection));
    }
    if (filter.lead) {
        parts.emplace_back("(lead = ? OR (lead = 0 AND office = ?))");
        values.emplace_back(filter.lead->value);
        values.emplace_back(filter.lead->value);
    }
    if (filter.office) {
        equals("office", filter.office->value);
    }
    if (filter.area) {
        equals("area", filter.area->value);
    }
    if (!filter.areas.empty()) {
        // As one value: a prefecture has more villages than a statement takes values.
        std::string list;
        for (const AreaId area : filter.areas) {
            list += (list.empty() ? "[" : ",") + std::to_string(area.value);
        }
        parts.emplace_back("area IN (SELECT value FROM json_each(?))");
        values.emplace_back(list + "]");
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
        parts.push_back(
            "id IN (SELECT id FROM involved WHERE org IN (" + places(filter.involved.size()) + "))"
        );
        bind_all(filter.involved);
    }
    if (!filter.not_accused.empty()) {
        parts.push_back(
            id + " NOT IN (SELECT id FROM accused WHERE org IN (" +
            places(filter.not_accused.size()) + "))"
        );
        bind_all(filter.not_accused);
    }
}

Result<ListRow> row_at(const Cursor& cursor) {
    const std::int64_t counts = cursor.number(7);
    const std::int64_t protection = cursor.number(11);
    ListRow out;
    out.id = MatterId{cursor.number(0)};
    if (counts < 0 || counts > static_cast<std::int64_t>(Counts::ended) || protection < 0 ||
        protection > static_cast<std::int64_t>(Protection::wrong_done)) {
        return fail(
            Errc::damaged,
            "the row of matter " + std::to_string(out.id.value) + " is not one that we wrote"
        );
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
    out.outline = cursor.text(18);
    return out;
}

Result<void> put_state(Database& database, const State& state) {
    OrgMove involved{"involved", {}, involved_in(state)}, accused{"accused", {}, accused_in(state)};
    {
        TRY(auto cursor,
            database.query("SELECT involved, accused FROM matter WHERE id = ?", {state.id.value}));
        TRY(const bool is_known, cursor.next());
        if (is_known) {
            involved.before = orgs_of(cursor.text(0));
            accused.before = orgs_of(cursor.text(1));
        }
    }
    std::vector<Value> values = values_of(row_of(state));
    values.emplace_back(text_of(involved.after));
    values.emplace_back(text_of(accused.after));
    TRY_VOID(database.change(put_row, values));
    TRY_VOID(move_orgs(database, state, involved));
    return move_orgs(database, state, accused);
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
    out.outline = outline_text(state);
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
        row.outline,
    };
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

namespace {

std::string places(std::size_t count) { return join(std::vector<std::string>(count, "?"), ", "); }

Result<void> move_orgs(Database& database, const State& state, const OrgMove& move) {
    const auto change = [&](const std::string& sql, std::int64_t org) {
        return database.change(sql, {org, ms(state.registered), state.id.value});
    };
    for (const std::int64_t org : move.after) {
        if (!move.before.contains(org)) {
            TRY_VOID(change("INSERT INTO " + move.table + " VALUES (?, ?, ?)", org));
        }
    }
    for (const std::int64_t org : move.before) {
        if (!move.after.contains(org)) {
            TRY_VOID(
                change("DELETE FROM " + move.table + " WHERE org = ? AND since = ? AND id = ?", org)
            );
        }
    }
    return {};
}

}  // namespace
}  // namespace zt::views::impl
