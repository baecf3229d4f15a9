#include "store/sqlite/sqlite_store.hpp"

#include "base/text.hpp"
#include "store/impl/batch_rules.hpp"
#include "store/impl/files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace zt::store::sqlite {
namespace {

// A log of this length takes some 10 ms to move, and a crash leaves no more than it to be read
// again.
constexpr int checkpoint_pages = 1000;

void bind_matter(Query& query, const MatterRow& row);

}  // namespace

SqliteStore::SqliteStore(std::unique_ptr<Connection> connection, Mode mode)
    : connection_(*connection),
      reads_(std::move(connection)),
      mode_(mode),
      file_(connection_.file()),
      mark_(file_) {}

Result<void> SqliteStore::make_tables(HashAlgorithm algorithm) {
    TRY_VOID(in_transaction([&]() -> Result<void> {
        for (const std::string_view table : tables) {
            TRY_VOID(connection_.execute(table.data()));
        }
        TRY(Query query, connection_.query(Sql::add_head));
        const Sum sum = sum_of_head(algorithm, MatterId{});
        TRY_VOID(query.integer(static_cast<std::int64_t>(algorithm)).bytes(sum).run());
        TRY_VOID(connection_.execute(
            ("PRAGMA application_id = " + std::to_string(application_id)).c_str()
        ));
        return connection_.execute(
            ("PRAGMA user_version = " + std::to_string(schema_version)).c_str()
        );
    }));
    return scrub();  // the file alone is a ledger from here on
}

Result<void> SqliteStore::check_file() {
    TRY(const std::string application, connection_.ask("PRAGMA application_id"));
    if (application != std::to_string(application_id)) {
        return std::unexpected(
            connection_.damaged("it is not a ledger (application id " + application + ")")
        );
    }
    TRY(const std::string version, connection_.ask("PRAGMA user_version"));
    TRY(const std::int64_t number, parse_int(version));
    if (number < 1) {
        return std::unexpected(connection_.damaged("its version is " + version));
    }
    if (number > schema_version) {
        return fail(
            Errc::newer_version,
            "the ledger has version " + version + ", this program knows " +
                std::to_string(schema_version) + "; use the newer program that wrote it",
            file_
        );
    }
    for (const std::string_view table : tables) {
        TRY(Query query, connection_.query(Sql::schema));
        TRY(const bool found, query.text(table).next());
        if (!found) {
            const std::string_view name = table.substr(0, table.find(" ("));
            return std::unexpected(connection_.damaged("`" + std::string(name) + "` is not in it"));
        }
    }
    // The mark is read first: a writer may go on meanwhile.
    const auto mark = read_mark(file_);
    TRY(const Head head, reads_.head());
    return check_mark(mark, head, file_);
}

Result<void> SqliteStore::append(const Batch& batch) {
    TRY_VOID(check_writable());
    TRY_VOID(checkpoint_when_due());  // before, not behind: what is durable is answered at once
    if (!head_) {
        TRY(head_, reads_.head());
    }
    impl::check_batch(*head_, batch);
    TRY_VOID(commit([&] { return write(batch); }));
    head_ = impl::advanced(*head_, batch);
    mark_.put(*head_);
    return {};
}

Result<void> SqliteStore::tend() {
    TRY_VOID(check_writable());
    return checkpoint_when_due();
}

Result<void> SqliteStore::set_setting(std::string_view name, std::string_view value) {
    return in_transaction([&]() -> Result<void> {
        TRY(Query query, connection_.query(Sql::set_setting));
        const Sum sum = sum_of_setting(name, value);
        return query.text(name).text(value).bytes(sum).run();
    });
}

Result<void> SqliteStore::add_definition(const DefinitionRow& row) {
    return in_transaction([&]() -> Result<void> {
        {
            TRY(Query known, connection_.query(Sql::definition));
            TRY(const bool found, known.text(row.type).text(row.name).integer(row.version).next());
            if (found && known.bytes_at(0) == row.text) {
                return {};
            }
            if (found) {
                return std::unexpected(impl::definition_differs(row));
            }
        }
        TRY(Query query, connection_.query(Sql::add_definition));
        const Sum sum = sum_of(row);
        query.text(row.type).text(row.name).integer(row.version).text(row.text).bytes(sum);
        return query.run();
    });
}

Result<void> SqliteStore::replace_matters(const std::vector<MatterRow>& rows) {
    TRY_VOID(check_writable());
    TRY(const Head head, reads_.head());
    head_.reset();
    return in_transaction([&]() -> Result<void> {
        // Before the rows go that may tell it.
        TRY(Query last, connection_.query(Sql::set_last_matter));
        const Sum sum = sum_of_head(head.algorithm, head.last_matter);
        TRY_VOID(last.integer(head.last_matter.value).bytes(sum).run());
        TRY(Query clear, connection_.query(Sql::clear_matters));
        TRY_VOID(clear.run());
        TRY(Query put, connection_.query(Sql::put_matter));
        for (const MatterRow& row : rows) {
            bind_matter(put, row);
            TRY_VOID(put.run());
        }
        return {};
    });
}

Result<std::unique_ptr<Reader>> SqliteStore::reader() {
    const Mode mode = mode_ == Mode::write || mode_ == Mode::create ? Mode::beside : mode_;
    TRY(std::unique_ptr<Connection> connection, Connection::open(file_, mode));
    return std::make_unique<SqliteReader>(std::move(connection));
}

// From a connection of its own: one committed state, while the writer goes on.
Result<void> SqliteStore::copy_to(const std::string& path) {
    if (impl::exists(path)) {
        return fail(Errc::bad_file, "exists already; name a file that does not exist", path);
    }
    const std::string part = path + ".part";
    const auto copy = [&]() -> Result<void> {
        {
            const Mode mode = mode_ == Mode::write || mode_ == Mode::create ? Mode::beside : mode_;
            TRY(const std::unique_ptr<Connection> source, Connection::open(file_, mode));
            TRY(const impl::File made, impl::open_file(part, O_RDWR | O_CREAT | O_TRUNC));
            TRY(const std::unique_ptr<Connection> target, Connection::open(part, Mode::copy));
            TRY_VOID(source->copy_into(*target));
        }
        TRY_VOID(impl::sync_path(part));
        if (std::rename(part.c_str(), path.c_str()) != 0) {
            return std::unexpected(impl::file_error(errno, "cannot be renamed", part));
        }
        return impl::sync_path(impl::folder_of(path));
    };
    Result<void> done = copy();
    if (!done) {
        ::unlink(part.c_str());
    }
    return done;
}

Result<void> SqliteStore::scrub() {
    TRY_VOID(check_writable());
    Result<void> done = connection_.cut_log();
    checkpointed_pages_ = 0;
    return judged(std::move(done));
}

Result<void> SqliteStore::in_transaction(const std::function<Result<void>()>& work) {
    TRY_VOID(check_writable());
    TRY_VOID(commit(work));
    return checkpoint_when_due();
}

Result<void> SqliteStore::commit(const std::function<Result<void>()>& work) {
    const auto transaction = [&]() -> Result<void> {
        TRY(Query begin, connection_.query(Sql::begin));
        TRY_VOID(begin.run());
        TRY_VOID(work());
        TRY(Query commit, connection_.query(Sql::commit));
        return commit.run();
    };
    Result<void> done = transaction();
    if (!done && connection_.is_in_transaction()) {
        Result<Query> rollback = connection_.query(Sql::rollback);
        const Result<void> undone = rollback ? rollback->run() : std::unexpected(rollback.error());
        if (!undone) {
            return judged(undone);
        }
    }
    return judged(std::move(done));
}

Result<void> SqliteStore::check_writable() const {
    if (mode_ != Mode::write && mode_ != Mode::create) {
        return fail(Errc::read_only, "is open for reading", file_);
    }
    if (broken_) {
        return fail(
            Errc::io_failed,
            "a write failed before (" + broken_->detail + "); start the program again",
            file_
        );
    }
    return {};
}

Result<void> SqliteStore::checkpoint_when_due() {
    const int pages = connection_.log_pages();
    if (pages < checkpointed_pages_) {
        checkpointed_pages_ = 0;  // the log began anew
    }
    if (pages < checkpointed_pages_ + checkpoint_pages) {
        return {};
    }
    // A reader may hold pages back: the next try is a thousand pages on, not at the next commit.
    checkpointed_pages_ = pages;
    return judged(connection_.checkpoint());
}

Result<void> SqliteStore::judged(Result<void> done) {
    if (done) {
        return done;
    }
    switch (done.error().code) {
    case Errc::disk_full:
    case Errc::bad_value:
    case Errc::overloaded: break;
    default: broken_ = done.error(); connection_.touch_nothing_more();
    }
    return done;
}

Result<void> SqliteStore::write(const Batch& batch) {
    TRY_VOID(write_events(batch.events));
    TRY_VOID(write_matters(batch.matters));
    TRY_VOID(write_keys(batch.keys));
    TRY_VOID(write_claims(batch.claims));
    TRY_VOID(write_sequences(batch.sequences));
    TRY_VOID(write_seal_keys(batch.seal_keys));
    TRY_VOID(write_audit(batch.audit));
    return write_last_matter(batch);
}

Result<void> SqliteStore::write_events(const std::vector<EventRow>& rows) {
    TRY(Query query, connection_.query(Sql::add_event));
    for (const EventRow& row : rows) {
        query.integer(row.seq).integer(row.matter.value).integer(row.prev_seq);
        TRY_VOID(
            query.bytes(row.envelope).bytes(row.payload).bytes(row.sealed).bytes(row.hash).run()
        );
    }
    return {};
}

Result<void> SqliteStore::write_matters(const std::vector<MatterRow>& rows) {
    TRY(Query put, connection_.query(Sql::put_matter));
    TRY(Query move, connection_.query(Sql::move_matter));
    const MatterId last_matter = head_.value_or(Head{}).last_matter;
    for (const MatterRow& row : rows) {
        if (row.id <= last_matter) {
            bind_matter(move, row);
            TRY_VOID(move.run());
            if (connection_.changed_rows() == 1) {
                continue;
            }
        }
        bind_matter(put, row);
        TRY_VOID(put.run());
    }
    return {};
}

Result<void> SqliteStore::write_keys(const std::vector<KeyRow>& rows) {
    TRY(Query query, connection_.query(Sql::add_key));
    for (const KeyRow& row : rows) {
        const Sum sum = sum_of(row);
        query.bytes(row.key).bytes(row.body).integer(row.first_seq).integer(row.last_seq);
        TRY_VOID(query.bytes(sum).run());
    }
    return {};
}

Result<void> SqliteStore::write_claims(const std::vector<ClaimRow>& rows) {
    TRY(Query take, connection_.query(Sql::take_claim));
    TRY(Query free, connection_.query(Sql::free_claim));
    for (const ClaimRow& row : rows) {
        if (!row.matter) {
            TRY_VOID(free.bytes(row.hash).run());
            continue;
        }
        const Sum sum = sum_of(row);
        TRY_VOID(take.bytes(row.hash).integer(row.matter.value).bytes(sum).run());
        if (connection_.changed_rows() == 0) {
            return std::unexpected(impl::claim_taken(row));
        }
    }
    return {};
}

Result<void> SqliteStore::write_sequences(const std::vector<SequenceRow>& rows) {
    TRY(Query query, connection_.query(Sql::set_sequence));
    for (const SequenceRow& row : rows) {
        const Sum sum = sum_of(row);
        TRY_VOID(query.text(row.name).integer(row.value).bytes(sum).run());
    }
    return {};
}

// A key is destroyed by zeros of its length, in place; see the table in schema.hpp.
Result<void> SqliteStore::write_seal_keys(const std::vector<SealKeyRow>& rows) {
    TRY(Query add, connection_.query(Sql::add_seal_key));
    TRY(Query overwrite, connection_.query(Sql::overwrite_seal_key));
    MatterId known =
        head_.value_or(Head{}).last_matter;  // matters above it are new and have no key yet
    for (const SealKeyRow& row : rows) {
        std::int64_t slot = 0;
        std::size_t size = 0;
        if (row.matter <= known) {
            TRY(Query old, connection_.query(Sql::seal_key));
            TRY(const bool found, old.integer(row.matter.value).next());
            slot = found ? old.integer_at(0) : 0;
            size = found ? old.bytes_at(2).size() : 0;
        }
        known = std::max(known, row.matter);
        const bool fits = slot != 0 && size == row.wrapped.size();
        if (slot != 0) {
            const SealKeyRow put{row.matter, fits ? row.wrapped : std::string(size, '\0')};
            const Sum sum = sum_of(put);
            TRY_VOID(overwrite.integer(slot).bytes(put.wrapped).bytes(sum).run());
        }
        if (!fits && !row.wrapped.empty()) {
            const Sum sum = sum_of(row);
            TRY_VOID(add.integer(row.matter.value).bytes(row.wrapped).bytes(sum).run());
        }
    }
    return {};
}

Result<void> SqliteStore::write_audit(const std::vector<AuditRow>& rows) {
    TRY(Query query, connection_.query(Sql::add_audit));
    for (const AuditRow& row : rows) {
        TRY_VOID(query.integer(row.seq).text(row.text).bytes(row.hash).run());
    }
    return {};
}

// Mostly the newest matter row tells it, which saves a page a commit.
Result<void> SqliteStore::write_last_matter(const Batch& batch) {
    MatterId told = head_.value_or(Head{}).last_matter;
    for (const MatterRow& row : batch.matters) {
        told = std::max(told, row.id);
    }
    if (batch.last_matter <= told) {
        return {};
    }
    TRY(Query query, connection_.query(Sql::set_last_matter));
    const Sum sum = sum_of_head(head_.value_or(Head{}).algorithm, batch.last_matter);
    return query.integer(batch.last_matter.value).bytes(sum).run();
}

namespace {

void bind_matter(Query& query, const MatterRow& row) {
    query.integer(row.id.value).integer(row.version).integer(row.last_seq).text(row.kind);
    query.integer(row.is_open ? 1 : 0);
    if (row.number.empty()) {
        query.null();
    } else {
        query.text(row.number);
    }
}

}  // namespace
}  // namespace zt::store::sqlite
