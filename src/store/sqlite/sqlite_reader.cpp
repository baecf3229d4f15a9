#include "store/sqlite/sqlite_reader.hpp"

#include "store/sqlite/mark.hpp"

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
Result<void> take_key(const Query& query, KeyRow& row);
Result<void> take_claim(const Query& query, ClaimRow& row);
Result<void> take_sequence(const Query& query, SequenceRow& row);
Result<void> take_seal_key(const Query& query, SealKeyRow& row);
Result<void> check_setting(const Query& query);
bool is_destroyed(const SealKeyRow& row);
std::string string_at(const Query& query, int column);
void bind_after(Query& query, std::span<const std::uint8_t> last);

/// All rows that the query gives.
template <class Row, class Take>
Result<void> take_all(Query& query, std::vector<Row>& rows, const Take& take) {
    TRY(bool found, query.next());
    while (found) {
        TRY_VOID(take(query, rows.emplace_back()));
        TRY(found, query.next());
    }
    return {};
}

/// in: load: fills in the rows that follow `last` (null: the first).
template <class Row, class Load, class Visit>
Result<void> in_chunks(const Load& load, const Visit& visit) {
    std::vector<Row> done, rows;
    do {
        rows.clear();
        TRY_VOID(load(done.empty() ? nullptr : &done.back(), rows));
        for (const Row& row : rows) {
            visit(row);
        }
        std::swap(done, rows);
    } while (done.size() == chunk_rows);
    return {};
}

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
    const MatterId written{query.integer_at(6)};
    TRY_VOID(query.check_sum(7, sum_of_head(head.algorithm, written)));
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
    TRY_VOID(take_key(query, row));
    return std::optional(row);
}

Result<std::optional<std::array<std::uint8_t, 16>>> SqliteReader::last_key() {
    TRY(Query query, connection_->query(Sql::last_key));
    TRY(const bool found, query.next());
    if (!found) {
        return std::optional<std::array<std::uint8_t, 16>>();
    }
    KeyRow row;
    TRY_VOID(take_key(query, row));
    return std::optional(row.key);
}

Result<std::optional<MatterId>> SqliteReader::claim(const Hash& hash) {
    TRY(Query query, connection_->query(Sql::claim));
    TRY(const bool found, query.bytes(hash).next());
    if (!found) {
        return std::optional<MatterId>();
    }
    ClaimRow row;
    TRY_VOID(take_claim(query, row));
    return std::optional(row.matter);
}

Result<std::int64_t> SqliteReader::sequence(std::string_view name) {
    TRY(Query query, connection_->query(Sql::sequence));
    TRY(const bool found, query.text(name).next());
    if (!found) {
        return 0;
    }
    SequenceRow row;
    TRY_VOID(take_sequence(query, row));
    return row.value;
}

Result<std::optional<std::string>> SqliteReader::seal_key(MatterId matter) {
    TRY(Query query, connection_->query(Sql::seal_key));
    TRY(const bool found, query.integer(matter.value).next());
    if (!found) {
        return std::optional<std::string>();
    }
    SealKeyRow row;
    TRY_VOID(take_seal_key(query, row));
    return is_destroyed(row) ? std::nullopt : std::optional(std::move(row.wrapped));
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
    if (!found) {
        return std::optional<std::string>();
    }
    TRY_VOID(check_setting(query));
    return std::optional(string_at(query, 1));
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
        TRY_VOID(query.check_sum(4, sum_of(row)));
        TRY(found, query.next());
    }
    return rows;
}

Result<void> SqliteReader::scan_sides(const SideVisitors& visit) {
    TRY_VOID(check_end());
    TRY_VOID(check_settings());
    TRY(const auto rows, definitions());
    ignore(rows, "their sums were what was asked");
    TRY_VOID(scan_keys(visit.key));
    TRY_VOID(scan_claims(visit.claim));
    TRY_VOID(scan_seal_keys(visit.seal_key));
    std::vector<SequenceRow> sequences;
    TRY(Query query, connection_->query(Sql::sequences));
    TRY_VOID(take_all(query, sequences, take_sequence));
    std::ranges::for_each(sequences, visit.sequence);
    return {};
}

Result<void> SqliteReader::check_structure() {
    TRY(const std::string answer, connection_->ask("PRAGMA integrity_check(1)"));
    return answer == "ok" ? Result<void>{} : std::unexpected(connection_->damaged(answer));
}

// The mark is read first: a writer may go on meanwhile.
Result<void> SqliteReader::check_end() {
    const auto mark = read_mark(connection_->file());
    TRY(const Head now, head());
    TRY_VOID(check_mark(mark, now, connection_->file()));
    if (!mark || mark->seq == 0) {
        return {};
    }
    TRY(const auto row, event(mark->seq));
    if (!row || row->hash != mark->hash) {
        return std::unexpected(connection_->damaged(
            "event " + std::to_string(mark->seq) + " is not the one that was acknowledged"
        ));
    }
    return {};
}

Result<void> SqliteReader::check_settings() {
    TRY(Query query, connection_->query(Sql::settings));
    TRY(bool found, query.next());
    while (found) {
        TRY_VOID(check_setting(query));
        TRY(found, query.next());
    }
    return {};
}

Result<void> SqliteReader::scan_keys(const std::function<void(const KeyRow&)>& visit) {
    return in_chunks<KeyRow>(
        [&](const KeyRow* last, std::vector<KeyRow>& rows) -> Result<void> {
            TRY(Query query, connection_->query(Sql::keys));
            bind_after(query, last == nullptr ? std::span<const std::uint8_t>() : last->key);
            return take_all(query, rows, take_key);
        },
        visit
    );
}

Result<void> SqliteReader::scan_claims(const std::function<void(const ClaimRow&)>& visit) {
    return in_chunks<ClaimRow>(
        [&](const ClaimRow* last, std::vector<ClaimRow>& rows) -> Result<void> {
            TRY(Query query, connection_->query(Sql::claims));
            bind_after(query, last == nullptr ? std::span<const std::uint8_t>() : last->hash);
            return take_all(query, rows, take_claim);
        },
        visit
    );
}

Result<void> SqliteReader::scan_seal_keys(const std::function<void(const SealKeyRow&)>& visit) {
    struct Slot {
        std::int64_t slot = 0;
        SealKeyRow row;
    };
    const auto take = [](const Query& query, Slot& slot) {
        slot.slot = query.integer_at(0);
        return take_seal_key(query, slot.row);
    };
    return in_chunks<Slot>(
        [&](const Slot* last, std::vector<Slot>& rows) -> Result<void> {
            TRY(Query query, connection_->query(Sql::seal_keys));
            query.integer(last == nullptr ? 0 : last->slot);
            query.integer(static_cast<std::int64_t>(chunk_rows));
            return take_all(query, rows, take);
        },
        [&](const Slot& slot) {
            if (!is_destroyed(slot.row)) {
                visit(slot.row);
            }
        }
    );
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

Result<void> take_key(const Query& query, KeyRow& row) {
    TRY_VOID(query.copy_at(0, row.key));
    TRY_VOID(query.copy_at(1, row.body));
    row.first_seq = query.integer_at(2);
    row.last_seq = query.integer_at(3);
    return query.check_sum(4, sum_of(row));
}

Result<void> take_claim(const Query& query, ClaimRow& row) {
    TRY_VOID(query.copy_at(0, row.hash));
    row.matter = MatterId{query.integer_at(1)};
    return query.check_sum(2, sum_of(row));
}

Result<void> take_sequence(const Query& query, SequenceRow& row) {
    row.name = string_at(query, 0);
    row.value = query.integer_at(1);
    return query.check_sum(2, sum_of(row));
}

Result<void> take_seal_key(const Query& query, SealKeyRow& row) {
    row.matter = MatterId{query.integer_at(1)};
    row.wrapped = string_at(query, 2);
    return query.check_sum(3, sum_of(row));
}

Result<void> check_setting(const Query& query) {
    return query.check_sum(2, sum_of_setting(query.bytes_at(0), query.bytes_at(1)));
}

// A destroyed key is a row of zeros (docs/internals/ledger.md, "Destroying a key").
bool is_destroyed(const SealKeyRow& row) {
    return row.wrapped.find_first_not_of('\0') == std::string::npos;
}

void bind_after(Query& query, std::span<const std::uint8_t> last) {
    // An empty span may point to nothing, which SQLite would take for NULL.
    if (last.empty()) {
        query.bytes(std::string_view());
    } else {
        query.bytes(last);
    }
    query.integer(static_cast<std::int64_t>(chunk_rows));
}

std::string string_at(const Query& query, int column) {
    return std::string(query.bytes_at(column));
}

}  // namespace
}  // namespace zt::store::sqlite
