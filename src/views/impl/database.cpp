#include "views/impl/database.hpp"

#include <sqlite3.h>

namespace zt::views::impl {
namespace {

/// Readers wait this long for a writer's checkpoint before they give up.
constexpr int busy_ms = 2000;
/// Filters make many different texts; beyond this many the kept statements are dropped.
constexpr std::size_t statements_max = 256;

Errc errc_of(int code);

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const std::string& path, OpenMode mode) {
    std::unique_ptr<Database> out(new Database(path));
    const int flags =
        mode == OpenMode::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    if (const int code =
            sqlite3_open_v2(path.c_str(), &out->handle_, flags | SQLITE_OPEN_NOMUTEX, nullptr);
        code != SQLITE_OK) {
        Error error = out->error_of(code);
        if (code == SQLITE_CANTOPEN && mode == OpenMode::read) {
            error.code = Errc::not_found;
        }
        return std::unexpected(std::move(error));
    }
    sqlite3_extended_result_codes(out->handle_, 1);
    sqlite3_busy_timeout(out->handle_, busy_ms);
    if (mode == OpenMode::write) {
        TRY_VOID(out->run(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cell_size_check=ON"
        ));
    } else {
        TRY_VOID(out->run("PRAGMA query_only=ON; PRAGMA cell_size_check=ON"));
    }
    return out;
}

Database::~Database() {
    statements_.clear();
    sqlite3_close(handle_);
}

void Database::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Result<void> Database::run(const std::string& sql) {
    const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? Result<void>{} : std::unexpected(error_of(code));
}

Result<Cursor> Database::query(const std::string& sql, const std::vector<Value>& values) {
    auto found = statements_.find(sql);
    if (found == statements_.end()) {
        if (statements_.size() >= statements_max) {
            statements_.clear();
        }
        sqlite3_stmt* statement = nullptr;
        if (const int code = sqlite3_prepare_v2(
                handle_, sql.c_str(), static_cast<int>(sql.size()), &statement, nullptr
            );
            code != SQLITE_OK) {
            return std::unexpected(error_of(code));
        }
        found = statements_.emplace(sql, std::unique_ptr<sqlite3_stmt, Finalize>(statement)).first;
    }
    sqlite3_stmt* const statement = found->second.get();
    Cursor cursor(*this, statement);
    for (std::size_t index = 0; index < values.size(); ++index) {
        const int place = static_cast<int>(index) + 1;
        int code = SQLITE_OK;
        if (const auto* number = std::get_if<std::int64_t>(&values[index])) {
            code = sqlite3_bind_int64(statement, place, *number);
        } else if (const auto* text = std::get_if<std::string>(&values[index])) {
            code = sqlite3_bind_text64(
                statement, place, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8
            );
        }
        if (code != SQLITE_OK) {
            return std::unexpected(error_of(code));
        }
    }
    return cursor;
}

Result<void> Database::change(const std::string& sql, const std::vector<Value>& values) {
    TRY(auto cursor, query(sql, values));
    TRY(const bool has_row, cursor.next());
    return has_row ? fail(Errc::io_failed, "a change gave a row back", path_) : Result<void>{};
}

Error Database::error_of(int code) const {
    const char* const message = handle_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle_);
    return {errc_of(code), message, path_};
}

Cursor::~Cursor() {
    if (statement_ != nullptr) {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }
}

Result<bool> Cursor::next() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW || code == SQLITE_DONE) {
        return code == SQLITE_ROW;
    }
    return std::unexpected(database_->error_of(code));
}

std::int64_t Cursor::number(int column) const { return sqlite3_column_int64(statement_, column); }

bool Cursor::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::string Cursor::text(int column) const {
    const void* const bytes = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    return bytes == nullptr
               ? std::string()
               : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

Result<Transaction> Transaction::begin(Database& database) {
    TRY_VOID(database.run("BEGIN IMMEDIATE"));
    return Transaction(database);
}

Transaction::~Transaction() {
    if (database_ != nullptr) {
        ignore(database_->run("ROLLBACK"), "the error that led here is the one to report");
    }
}

Result<void> Transaction::commit() {
    TRY_VOID(database_->run("COMMIT"));
    database_ = nullptr;
    return {};
}

namespace {

Errc errc_of(int code) {
    switch (code & 0xFF) {
    case SQLITE_FULL: return Errc::disk_full;
    case SQLITE_READONLY:
    case SQLITE_PERM: return Errc::read_only;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR:  // a table or column that is not there: not the file that we made
    case SQLITE_FORMAT: return Errc::damaged;
    default: return Errc::io_failed;
    }
}

}  // namespace
}  // namespace zt::views::impl
