#include "bench/bare.hpp"

#include "bench/measure.hpp"

#include <sqlite3.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace zt::bench {

namespace {

constexpr int checkpoint_pages = 1000;  // as the store

void need(bool holds, const char* what) {
    if (!holds) {
        std::fprintf(stderr, "bench: bare baseline: %s failed\n", what);
        std::exit(1);
    }
}

/// A statement with its parameters bound in order.
class Insert {
  public:
    Insert(sqlite3* db, const char* sql) {
        need(sqlite3_prepare_v2(db, sql, -1, &statement_, nullptr) == SQLITE_OK, sql);
    }
    Insert(const Insert&) = delete;
    Insert& operator=(const Insert&) = delete;
    ~Insert() { sqlite3_finalize(statement_); }

    Insert& integer(std::int64_t value) {
        sqlite3_bind_int64(statement_, ++parameter_, value);
        return *this;
    }
    Insert& text(std::string_view value) {
        sqlite3_bind_text(
            statement_, ++parameter_, value.data(), static_cast<int>(value.size()), SQLITE_STATIC
        );
        return *this;
    }
    Insert& bytes(const void* data, std::size_t size) {
        sqlite3_bind_blob(
            statement_,
            ++parameter_,
            data == nullptr ? "" : data,
            static_cast<int>(size),
            SQLITE_STATIC
        );
        return *this;
    }
    void run() {
        need(sqlite3_step(statement_) == SQLITE_DONE, "step");
        sqlite3_reset(statement_);
        parameter_ = 0;
    }

  private:
    sqlite3_stmt* statement_ = nullptr;
    int parameter_ = 0;
};

class BareLedger {
  public:
    explicit BareLedger(const std::string& file) {
        need(sqlite3_open(file.c_str(), &db_) == SQLITE_OK, "open");
        for (const char* sql :
             {"PRAGMA page_size = 8192",
              "PRAGMA journal_mode = WAL",
              "PRAGMA synchronous = FULL",
              "PRAGMA secure_delete = ON",
              "PRAGMA cache_size = -65536",
              "PRAGMA wal_autocheckpoint = 0",
              "CREATE TABLE event (seq INTEGER PRIMARY KEY, matter INTEGER NOT NULL, prev_seq "
              "INTEGER NOT NULL, envelope TEXT NOT NULL, payload TEXT NOT NULL, sealed BLOB NOT "
              "NULL, hash BLOB NOT NULL) STRICT",
              "CREATE TABLE matter (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, last_seq "
              "INTEGER NOT NULL, kind TEXT NOT NULL, is_open INTEGER NOT NULL, number TEXT UNIQUE) "
              "STRICT",
              "CREATE TABLE key (key BLOB PRIMARY KEY, body BLOB NOT NULL, first_seq INTEGER NOT "
              "NULL, last_seq INTEGER NOT NULL, row_sum BLOB NOT NULL) STRICT, WITHOUT ROWID",
              "CREATE TABLE sequence (name TEXT PRIMARY KEY, value INTEGER NOT NULL, row_sum "
              "BLOB NOT NULL) STRICT, WITHOUT ROWID",
              "CREATE TABLE seal_key (slot INTEGER PRIMARY KEY, matter INTEGER NOT NULL, wrapped "
              "BLOB NOT NULL, row_sum BLOB NOT NULL) STRICT",
              "CREATE INDEX seal_key_of ON seal_key (matter)"}) {
            need(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) == SQLITE_OK, sql);
        }
    }
    BareLedger(const BareLedger&) = delete;
    BareLedger& operator=(const BareLedger&) = delete;
    ~BareLedger() { sqlite3_close_v2(db_); }

    [[nodiscard]] sqlite3* db() const { return db_; }
    void execute(const char* sql) const {
        need(sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) == SQLITE_OK, sql);
    }
    void checkpoint_when_due() {
        int pages = 0, moved = 0;
        sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
    }

  private:
    sqlite3* db_ = nullptr;
};

}  // namespace

double insert_bare(const std::string& file, const std::vector<store::Batch>& batches) {
    BareLedger ledger(file);
    Insert event(ledger.db(), "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)");
    Insert matter(ledger.db(), "INSERT OR REPLACE INTO matter VALUES (?, ?, ?, ?, ?, ?)");
    Insert key(ledger.db(), "INSERT INTO key VALUES (?, ?, ?, ?, ?)");
    Insert sequence(ledger.db(), "INSERT OR REPLACE INTO sequence VALUES (?, ?, ?)");
    Insert seal(ledger.db(), "INSERT INTO seal_key (matter, wrapped, row_sum) VALUES (?, ?, ?)");
    constexpr std::array<std::uint8_t, 4> sum{};  // any: as many bytes as the store writes
    std::int64_t pages = 0;
    sqlite3_wal_hook(
        ledger.db(),
        [](void* to, sqlite3*, const char*, int count) {
            *static_cast<std::int64_t*>(to) = count;
            return SQLITE_OK;
        },
        &pages
    );
    std::int64_t moved_at = 0;
    const Watch watch;
    for (const auto& batch : batches) {
        ledger.execute("BEGIN IMMEDIATE");
        for (const auto& row : batch.events) {
            event.integer(row.seq).integer(row.matter.value).integer(row.prev_seq);
            event.text(row.envelope).text(row.payload);
            event.bytes(row.sealed.data(), row.sealed.size());
            event.bytes(row.hash.data(), row.hash.size()).run();
        }
        for (const auto& row : batch.matters) {
            matter.integer(row.id.value).integer(row.version).integer(row.last_seq).text(row.kind);
            matter.integer(row.is_open ? 1 : 0).text(row.number).run();
        }
        for (const auto& row : batch.keys) {
            key.bytes(row.key.data(), row.key.size()).bytes(row.body.data(), row.body.size());
            key.integer(row.first_seq).integer(row.last_seq);
            key.bytes(sum.data(), sum.size()).run();
        }
        for (const auto& row : batch.sequences) {
            sequence.text(row.name).integer(row.value).bytes(sum.data(), sum.size()).run();
        }
        for (const auto& row : batch.seal_keys) {
            seal.integer(row.matter.value).bytes(row.wrapped.data(), row.wrapped.size());
            seal.bytes(sum.data(), sum.size()).run();
        }
        ledger.execute("COMMIT");
        moved_at = pages < moved_at ? 0 : moved_at;
        if (pages >= moved_at + checkpoint_pages) {
            moved_at = pages;
            ledger.checkpoint_when_due();
        }
    }
    return watch.seconds();
}

std::int64_t bytes_of(const std::vector<store::Batch>& batches) {
    std::size_t bytes = 0;
    for (const auto& batch : batches) {
        for (const auto& row : batch.events) {
            bytes += row.envelope.size() + row.payload.size() + row.sealed.size() + 32 + 24;
        }
        for (const auto& row : batch.seal_keys) {
            bytes += row.wrapped.size() + 8;
        }
        bytes += 40 * (batch.matters.size() + batch.keys.size());
    }
    return static_cast<std::int64_t>(bytes);
}

double append_bare(const std::string& file, const std::vector<store::Batch>& batches) {
    const int out = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0600);
    need(out >= 0, "open");
    need(::posix_fallocate(out, 0, bytes_of(batches) + 1) == 0, "preallocate");
    need(::fsync(out) == 0, "sync");
    std::string group;
    const Watch watch;
    for (const auto& batch : batches) {
        group.clear();
        for (const auto& row : batch.events) {
            group += row.envelope;
            group += row.payload;
            group += row.sealed;
            group.append(reinterpret_cast<const char*>(row.hash.data()), row.hash.size());
        }
        for (const auto& row : batch.seal_keys) {
            group += row.wrapped;
        }
        group.append(40 * (batch.matters.size() + batch.keys.size()), 'r');
        need(
            ::write(out, group.data(), group.size()) == static_cast<ssize_t>(group.size()), "write"
        );
        need(::fdatasync(out) == 0, "fdatasync");
    }
    const double seconds = watch.seconds();
    ::close(out);
    return seconds;
}

std::vector<double> sync_bare(const std::string& file, int count) {
    constexpr std::size_t group_bytes = 16U << 10U;
    const int out = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0600);
    need(out >= 0, "open");
    const std::string group(group_bytes, 'r');
    std::vector<double> ms;
    for (int i = 0; i < count; ++i) {
        need(
            ::write(out, group.data(), group.size()) == static_cast<ssize_t>(group.size()), "write"
        );
        const Watch watch;
        need(::fdatasync(out) == 0, "fdatasync");
        ms.push_back(1000 * watch.seconds());
    }
    ::close(out);
    return ms;
}

}  // namespace zt::bench
