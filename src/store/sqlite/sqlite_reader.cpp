#include "store/sqlite/sqlite_reader.hpp"

#include <algorithm>
#include <utility>

namespace zt::store::sqlite {
namespace {

// A scan takes its rows in chunks: no snapshot is held while they are visited, so a slow visitor
// does not keep the log from being checkpointed, and a visitor may read. The ledger only grows:
// chunks add up to one state.
constexpr std::size_t chunk_rows = 256;
constexpr std::size_t chain_reserve_max =
    4096;  // a damaged version must not ask for all the memory

Result<void> take_event(const Query& query, EventRow& row);
void take_matter(const Query& query, MatterRow& row);
Result<std::optional<MatterRow>> one_matter(Query& query);
std::string string_at(const Query& query, int column);

}  // namespace

Result<Head> SqliteReader::head() {
    TRY(Query query, connection_->query(Sql::head));
    TRY(const bool found, query.next());
    const std::int64_t algorithm = found ? query.integer_at(0) : 0;
    if (algorithm != static_cast<std::int64_t>(HashAlgorithm::sha256) &&
        algorithm != static_cast<std::int64_t>(HashAlgorithm::sm3)) {
        return std::unexpected(connection_->damaged("it names no hash algorithm (table head)"));
    }
    Head head;
    head.algorithm = static_cast<HashAlgorithm>(algorithm);
    head.last_matter = MatterId{query.integer_at(1)};
    if (!query.is_null_at(2)) {
        head.seq = query.integer_at(2);
        TRY_VOID(query.copy_at(3, head.hash));
    }
    if (!query.is_null_at(4)) {
        head.audit_seq = query.integer_at(4);
        TRY_VOID(query.copy_at(5, head.audit_hash));
    }
    return head;
}

Result<std::optional<MatterRow>> SqliteReader::matter(MatterId id) {
    TRY(Query query, connection_->query(Sql::matter));
    query.integer(id.value);
    return one_matter(query);
}

Result<std::optional<MatterRow>> SqliteReader::matter_by_number(std::string_view number) {
    TRY(Query query, connection_->query(Sql::matter_by_number));
    query.text(number);
    return one_matter(query);
}

Result<std::vector<EventRow>> SqliteReader::events_of(const MatterRow& row) {
    std::vector<EventRow> events;
    events.reserve(std::min(
        static_cast<std::size_t>(std::max<std::int64_t>(row.version, 0)), chain_reserve_max
    ));
    Seq seq = row.last_seq;
    while (seq > 0) {
        TRY(std::optional<EventRow> found, event(seq));
        if (!found || found->matter != row.id || found->prev_seq >= seq) {
            return std::unexpected(connection_->damaged(
                "event " + std::to_string(seq) + " should be there and belong to matter " +
                std::to_string(row.id.value)
            ));
        }
        seq = found->prev_seq;
        events.push_back(std::move(*found));
    }
    std::ranges::reverse(events);
    return events;
}

Result<std::optional<EventRow>> SqliteReader::event(Seq seq) {
    TRY(Query query, connection_->query(Sql::event));
    TRY(const bool found, query.integer(seq).next());
    if (!found) {
        return std::optional<EventRow>();
    }
    EventRow row;
    TRY_VOID(take_event(query, row));
    return std::optional(std::move(row));
}

Result<void> SqliteReader::scan(Seq from, Seq until, const EventVisitor& visit) {
    std::vector<EventRow> rows(chunk_rows);  // their strings are used again
    while (from <= until) {
        std::size_t count = 0;
        {
            TRY(Query query, connection_->query(Sql::events));
            query.integer(from).integer(until).integer(static_cast<std::int64_t>(chunk_rows));
            TRY(bool found, query.next());
            while (found) {
                TRY_VOID(take_event(query, rows[count]));
                ++count;
                TRY(found, query.next());
            }
        }
        for (std::size_t index = 0; index < count; ++index) {
            if (!visit(rows[index])) {
                return {};
            }
        }
        if (count < chunk_rows) {
            return {};
        }
        from = rows[count - 1].seq + 1;
    }
    return {};
}

Result<void> SqliteReader::scan_matters(const MatterVisitor& visit) {
    std::vector<MatterRow> rows(chunk_rows);
    std::int64_t last = 0;
    std::size_t count = chunk_rows;
    while (count == chunk_rows) {
        count = 0;
        {
            TRY(Query query, connection_->query(Sql::matters));
            query.integer(last).integer(static_cast<std::int64_t>(chunk_rows));
            TRY(bool found, query.next());
            while (found) {
                take_matter(query, rows[count]);
                ++count;
                TRY(found, query.next());
            }
        }
        for (std::size_t index = 0; index < count; ++index) {
            if (!visit(rows[index])) {
                return {};
            }
            last = rows[index].id.value;
        }
    }
    return {};
}

Result<std::optional<KeyRow>> SqliteReader::key(const std::array<std::uint8_t, 16>& key) {
    TRY(Query query, connection_->query(Sql::key));
    TRY(const bool found, query.bytes(key).next());
    if (!found) {
        return std::optional<KeyRow>();
    }
    KeyRow row;
    row.key = key;
    TRY_VOID(query.copy_at(0, row.body));
    row.first_seq = query.integer_at(1);
    row.last_seq = query.integer_at(2);
    return std::optional(row);
}

Result<std::optional<MatterId>> SqliteReader::claim(const Hash& hash) {
    TRY(Query query, connection_->query(Sql::claim));
    TRY(const bool found, query.bytes(hash).next());
    return found ? std::optional(MatterId{query.integer_at(0)}) : std::nullopt;
}

Result<std::int64_t> SqliteReader::sequence(std::string_view name) {
    TRY(Query query, connection_->query(Sql::sequence));
    TRY(const bool found, query.text(name).next());
    return found ? query.integer_at(0) : 0;
}

Result<std::optional<std::string>> SqliteReader::seal_key(MatterId matter) {
    TRY(Query query, connection_->query(Sql::seal_key));
    TRY(const bool found, query.integer(matter.value).next());
    // A destroyed key is a row of zeros (docs/internals/ledger.md, "Destroying a key").
    if (!found || query.bytes_at(1).find_first_not_of('\0') == std::string_view::npos) {
        return std::optional<std::string>();
    }
    return std::optional(string_at(query, 1));
}

Result<std::vector<AuditRow>> SqliteReader::audit(std::int64_t from, std::int64_t limit) {
    TRY(Query query, connection_->query(Sql::audit));
    TRY(bool found, query.integer(from).integer(std::max<std::int64_t>(limit, 0)).next());
    std::vector<AuditRow> rows;
    while (found) {
        AuditRow& row = rows.emplace_back();
        row.seq = query.integer_at(0);
        row.text = string_at(query, 1);
        TRY_VOID(query.copy_at(2, row.hash));
        TRY(found, query.next());
    }
    return rows;
}

Result<std::optional<std::string>> SqliteReader::setting(std::string_view name) {
    TRY(Query query, connection_->query(Sql::setting));
    TRY(const bool found, query.text(name).next());
    return found ? std::optional(string_at(query, 0)) : std::nullopt;
}

Result<std::vector<DefinitionRow>> SqliteReader::definitions() {
    TRY(Query query, connection_->query(Sql::definitions));
    TRY(bool found, query.next());
    std::vector<DefinitionRow> rows;
    while (found) {
        DefinitionRow& row = rows.emplace_back();
        row.type = string_at(query, 0);
        row.name = string_at(query, 1);
        row.version = static_cast<std::uint32_t>(query.integer_at(2));
        row.text = string_at(query, 3);
        TRY(found, query.next());
    }
    return rows;
}

namespace {

Result<void> take_event(const Query& query, EventRow& row) {
    row.seq = query.integer_at(0);
    row.matter = MatterId{query.integer_at(1)};
    row.prev_seq = query.integer_at(2);
    row.envelope = query.bytes_at(3);
    row.payload = query.bytes_at(4);
    row.sealed = query.bytes_at(5);
    return query.copy_at(6, row.hash);
}

void take_matter(const Query& query, MatterRow& row) {
    row.id = MatterId{query.integer_at(0)};
    row.version = query.integer_at(1);
    row.last_seq = query.integer_at(2);
    row.kind = query.bytes_at(3);
    row.is_open = query.integer_at(4) != 0;
    row.number = query.bytes_at(5);
}

Result<std::optional<MatterRow>> one_matter(Query& query) {
    TRY(const bool found, query.next());
    if (!found) {
        return std::optional<MatterRow>();
    }
    MatterRow row;
    take_matter(query, row);
    return std::optional(std::move(row));
}

std::string string_at(const Query& query, int column) {
    return std::string(query.bytes_at(column));
}

}  // namespace
}  // namespace zt::store::sqlite
