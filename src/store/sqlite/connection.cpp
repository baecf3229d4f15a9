#include "store/sqlite/connection.hpp"

#include "base/check.hpp"
#include "store/impl/files.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <thread>
#include <utility>

namespace zt::store::sqlite {
namespace {

constexpr int strict_since = 3037000;  // STRICT tables
constexpr int busy_wait_ms =
    5000;  // readers hold a snapshot for a chunk of rows, far less than that
constexpr int log_rest_bytes =
    64 << 20;  // a log that a slow reader let grow is cut to this when it starts anew
constexpr int page_bytes = 8 << 10;         // median batch of 256 hand-ins 4 ms; 6.5 ms with 4 KiB
constexpr int writer_cache_kib = 64 << 10;  // upper pages and the newest leaves of 10 M matters
constexpr int reader_cache_kib = 16 << 10;

/// The path as a URI of SQLite, in which `?`, `#` and `%` have a meaning.
std::string uri_of(const std::string& file, std::string_view parameters);
std::string message_of(int code);

}  // namespace

Query::Query(Query&& other) noexcept
    : connection_(other.connection_),
      statement_(std::exchange(other.statement_, nullptr)),
      parameter_(other.parameter_),
      has_row_(other.has_row_) {}

Query::~Query() {
    if (statement_ != nullptr) {
        reset();
        sqlite3_clear_bindings(statement_);
    }
}

Query& Query::integer(std::int64_t value) {
    CHECK(sqlite3_bind_int64(statement_, ++parameter_, value) == SQLITE_OK);
    return *this;
}

// An empty view may point to nothing, which SQLite would take for NULL.
Query& Query::text(std::string_view value) {
    const char* start = value.empty() ? "" : value.data();
    CHECK(
        sqlite3_bind_text64(
            statement_, ++parameter_, start, value.size(), SQLITE_STATIC, SQLITE_UTF8
        ) == SQLITE_OK
    );
    return *this;
}

Query& Query::bytes(std::string_view value) {
    const char* start = value.empty() ? "" : value.data();
    CHECK(
        sqlite3_bind_blob64(statement_, ++parameter_, start, value.size(), SQLITE_STATIC) ==
        SQLITE_OK
    );
    return *this;
}

Query& Query::bytes(std::span<const std::uint8_t> value) {
    CHECK(
        sqlite3_bind_blob64(statement_, ++parameter_, value.data(), value.size(), SQLITE_STATIC) ==
        SQLITE_OK
    );
    return *this;
}

Query& Query::null() {
    CHECK(sqlite3_bind_null(statement_, ++parameter_) == SQLITE_OK);
    return *this;
}

Result<bool> Query::next() {
    int code = sqlite3_step(statement_);
    for (int left = set_up_looks_max; left > 0 && !has_row_ && connection_->is_set_up_now(code);
         --left) {
        sqlite3_reset(statement_);
        std::this_thread::sleep_for(set_up_look);
        code = sqlite3_step(statement_);
    }
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        return std::unexpected(connection_->error_of(code));
    }
    // A caller either takes one row or reads to the end before it believes any.
    if (code == SQLITE_DONE || !has_row_) {
        TRY_VOID(connection_->check_untouched());
    }
    has_row_ = code == SQLITE_ROW;
    return has_row_;
}

Result<void> Query::run() {
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) {
        code = sqlite3_step(statement_);
    }
    const Error error = code == SQLITE_DONE ? Error{} : connection_->error_of(code);
    reset();
    if (code != SQLITE_DONE) {
        return std::unexpected(error);
    }
    return {};
}

void Query::reset() {
    sqlite3_reset(statement_);  // repeats the code of the step, which was seen there
    parameter_ = 0;
    has_row_ = false;
}

std::int64_t Query::integer_at(int column) const {
    return sqlite3_column_int64(statement_, column);
}

bool Query::is_null_at(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::string_view Query::bytes_at(int column) const {
    const void* start = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    return start == nullptr
               ? std::string_view()
               : std::string_view(static_cast<const char*>(start), static_cast<std::size_t>(size));
}

Result<void> Query::copy_at(int column, std::span<std::uint8_t> out) const {
    const std::string_view bytes = bytes_at(column);
    if (bytes.size() != out.size()) {
        return std::unexpected(connection_->damaged(
            "a row has " + std::to_string(bytes.size()) + " bytes where " +
            std::to_string(out.size()) + " belong (" + sqlite3_column_name(statement_, column) + ")"
        ));
    }
    std::ranges::transform(bytes, out.begin(), [](char byte) {
        return static_cast<std::uint8_t>(byte);
    });
    return {};
}

Result<void> Query::check_sum(int column, const Sum& sum) const {
    Sum stored{};
    TRY_VOID(copy_at(column, stored));
    if (stored != sum) {
        return std::unexpected(connection_->damaged(
            std::string("a row is not as it was written (") + sqlite3_sql(statement_) + ")"
        ));
    }
    return {};
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string& file, Mode mode) {
    CHECK(sqlite3_libversion_number() >= strict_since && sqlite3_threadsafe() != 0);
    std::unique_ptr<Connection> made(new Connection(file, mode));
    TRY_VOID(made->connect());
    TRY_VOID(made->set_up());
    return made;
}

Connection::~Connection() = default;

Result<void> Connection::connect() {
    stamp_ = impl::stamp_of(file_);
    std::string_view parameters;
    int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    switch (mode_) {
    case Mode::create:
    case Mode::write:
    case Mode::copy: flags |= SQLITE_OPEN_READWRITE; break;
    case Mode::beside: flags |= SQLITE_OPEN_READONLY; break;
    case Mode::apart:
        flags |= SQLITE_OPEN_READONLY;
        parameters = "?readonly_shm=1";
        break;
    case Mode::untouched:
        flags |= SQLITE_OPEN_READONLY;
        parameters = "?immutable=1";
        break;
    }
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(uri_of(file_, parameters).c_str(), &handle, flags, nullptr);
    handle_.reset(handle);  // SQLite gives a handle for a failed opening too
    if (code != SQLITE_OK) {
        return std::unexpected(error_of(code));
    }
    sqlite3_busy_timeout(handle_.get(), busy_wait_ms);
    return {};
}

Result<void> Connection::set_up() {
    // A damaged or hostile file must not run code through its schema, and mapped pages would hide
    // read errors.
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    TRY_VOID(execute("PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON"
    ));
    switch (mode_) {
    case Mode::create:
        TRY_VOID(execute(("PRAGMA page_size = " + std::to_string(page_bytes)).c_str()));
        return set_up_writer();
    case Mode::write: return set_up_writer();
    case Mode::copy: return execute("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF");
    case Mode::beside:
    case Mode::apart:
    case Mode::untouched: break;
    }
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    TRY_VOID(execute("PRAGMA query_only = ON"));
    return execute(("PRAGMA cache_size = -" + std::to_string(reader_cache_kib)).c_str());
}

Result<void> Connection::set_up_writer() {
    if (sqlite3_db_readonly(handle_.get(), "main") != 0) {
        return fail(Errc::read_only, "cannot be written; make it writable for this user", file_);
    }
    TRY(const std::string mode, ask("PRAGMA journal_mode = WAL"));
    TRY_VOID(execute("PRAGMA synchronous = FULL"));
    TRY_VOID(execute("PRAGMA secure_delete = ON"));
    TRY_VOID(execute(("PRAGMA cache_size = -" + std::to_string(writer_cache_kib)).c_str()));
    TRY_VOID(execute(("PRAGMA journal_size_limit = " + std::to_string(log_rest_bytes)).c_str()));
    // Our hook takes the place of SQLite's own checkpoints.
    sqlite3_wal_hook(handle_.get(), &Connection::count_log_pages, this);
    // The log and its index stay when the last connection closes: readers then never have to make
    // them.
    int keep = 1;
    sqlite3_file_control(handle_.get(), "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
    TRY(const std::string synchronous, ask("PRAGMA synchronous"));
    TRY(const std::string secure_delete, ask("PRAGMA secure_delete"));
    TRY(const std::string own_checkpoints, ask("PRAGMA wal_autocheckpoint"));
    if (mode != "wal" || synchronous != "2" || secure_delete != "1" || own_checkpoints != "0" ||
        keep != 1) {
        return fail(
            Errc::io_failed,
            "SQLite does not take the settings that make commits durable (journal " + mode +
                ", synchronous " + synchronous + ", secure_delete " + secure_delete +
                "); is the file system a network one?",
            file_
        );
    }
    return {};
}

int Connection::count_log_pages(void* self, sqlite3* /*handle*/, const char* /*name*/, int pages) {
    static_cast<Connection*>(self)->log_pages_ = pages;
    return SQLITE_OK;
}

Result<Query> Connection::query(Sql sql) {
    auto& statement = statements_[static_cast<std::size_t>(sql)];
    if (statement == nullptr) {
        sqlite3_stmt* made = nullptr;
        const int code = sqlite3_prepare_v3(
            handle_.get(), text_of(sql), -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr
        );
        if (code != SQLITE_OK) {
            return std::unexpected(error_of(code));
        }
        statement.reset(made);
    }
    CHECK(sqlite3_stmt_busy(statement.get()) == 0);
    return Query(*this, statement.get());
}

Result<void> Connection::execute(const char* sql) {
    const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        return std::unexpected(error_of(code));
    }
    return {};
}

Result<std::string> Connection::ask(const char* sql) {
    sqlite3_stmt* made = nullptr;
    int code = sqlite3_prepare_v2(handle_.get(), sql, -1, &made, nullptr);
    const std::unique_ptr<sqlite3_stmt, Finalize> statement(made);
    if (code == SQLITE_OK) {
        code = sqlite3_step(made);
    }
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        return std::unexpected(error_of(code));
    }
    if (code == SQLITE_DONE) {
        return std::string();
    }
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(made, 0));
    return std::string(text == nullptr ? "" : text);
}

std::int64_t Connection::changed_rows() const { return sqlite3_changes64(handle_.get()); }

bool Connection::is_in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

Result<void> Connection::checkpoint() {
    const int code = sqlite3_wal_checkpoint_v2(
        handle_.get(), "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr
    );
    const int primary = code & 0xFF;
    // Busy, or no room to let the file grow: the log keeps every page until a later checkpoint.
    if (code == SQLITE_OK || primary == SQLITE_BUSY || primary == SQLITE_FULL) {
        return {};
    }
    return std::unexpected(error_of(code));
}

Result<void> Connection::cut_log() {
    const int code = sqlite3_wal_checkpoint_v2(
        handle_.get(), "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr
    );
    if ((code & 0xFF) == SQLITE_BUSY) {
        return fail(Errc::overloaded, "a reader holds the log; let it end and try again", file_);
    }
    if (code != SQLITE_OK) {
        return std::unexpected(error_of(code));
    }
    log_pages_ = 0;
    // SQLite cuts the file without a sync: after a power cut the old frames could be back.
    return impl::sync_path(file_ + "-wal");
}

void Connection::touch_nothing_more() {
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

Result<void> Connection::copy_into(Connection& target) {
    sqlite3_backup* backup =
        sqlite3_backup_init(target.handle_.get(), "main", handle_.get(), "main");
    if (backup == nullptr) {
        return std::unexpected(target.error_of(sqlite3_extended_errcode(target.handle_.get())));
    }
    const int step = sqlite3_backup_step(backup, -1);
    const int end = sqlite3_backup_finish(backup);
    if (step != SQLITE_DONE || end != SQLITE_OK) {
        return std::unexpected(target.error_of(end != SQLITE_OK ? end : step));
    }
    return check_untouched();
}

Error Connection::error_of(int code) const {
    const std::string reason = message_of(code);
    switch (code & 0xFF) {
    case SQLITE_FULL:
        return {Errc::disk_full, "no room for it; nothing was written; make room", file_};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR:  // a table or column that we know is not there
    case SQLITE_FORMAT: return damaged(reason);
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
        return {
            Errc::bad_value,
            "the row contradicts one that is there: " + std::string(sqlite3_errmsg(handle_.get())),
            file_
        };
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return mode_ == Mode::apart
                   ? Error{Errc::overloaded, "its writer sets up the log; try again", file_}
                   : Error{Errc::read_only, "cannot be written (" + reason + ")", file_};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {Errc::in_use, "another program holds the file; close it (" + reason + ")", file_};
    default: return {Errc::io_failed, "reading or writing failed: " + reason, file_};
    }
}

bool Connection::is_set_up_now(int code) const {
    return mode_ == Mode::apart && (code & 0xFF) == SQLITE_READONLY;
}

Result<void> Connection::check_untouched() const {
    if (mode_ == Mode::untouched &&
        (impl::file_bytes(file_ + "-wal") > log_header_bytes || impl::stamp_of(file_) != stamp_)) {
        return fail(
            Errc::io_failed, "somebody began to write while it was read; run it again", file_
        );
    }
    return {};
}

Error Connection::damaged(const std::string& what) const {
    return {Errc::damaged, "the ledger is damaged: " + what + "; restore it from a backup", file_};
}

void Connection::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

void Connection::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

namespace {

std::string uri_of(const std::string& file, std::string_view parameters) {
    std::string uri = file.starts_with('/') ? "file://" : "file:";
    for (const char byte : file) {
        switch (byte) {
        case '?': uri += "%3f"; break;
        case '#': uri += "%23"; break;
        case '%': uri += "%25"; break;
        default: uri += byte;
        }
    }
    return uri.append(parameters);
}

std::string message_of(int code) {
    return std::string(sqlite3_errstr(code)) + " (SQLite " + std::to_string(code) + ")";
}

}  // namespace
}  // namespace zt::store::sqlite
