#include "service/impl/database.hpp"

#include <sqlite3.h>

#include <algorithm>

namespace zt::service::impl {

namespace {

/// A copy that is being made is waited for so long.
constexpr int busy_ms = 5000;

/// The codes that mean something else to us than a failed read or write.
Errc errc_of(int code) {
    switch (code & 0xFF) {
    case SQLITE_FULL: return Errc::disk_full;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return Errc::in_use;
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

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close(handle); }

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Result<std::unique_ptr<Database>> Database::open(const std::string& path, DatabaseAccess access) {
    std::unique_ptr<Database> out(new Database(path));
    sqlite3* handle = nullptr;
    const bool is_writing = access == DatabaseAccess::write;
    const int flags =
        is_writing ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    const int code = sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    out->handle_.reset(handle);
    if (code != SQLITE_OK) {
        Error error = out->error_of(code);
        const bool is_missing = code == SQLITE_CANTOPEN && !is_writing;
        error.code = is_missing ? Errc::not_found : error.code;
        return std::unexpected(std::move(error));
    }
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, busy_ms);
    TRY_VOID(out->run("PRAGMA cell_size_check=ON; PRAGMA trusted_schema=OFF"));
    if (is_writing) {
        // Freed pages are overwritten: what was a secret an hour ago is one still.
        TRY_VOID(
            out->run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                     "PRAGMA temp_store=MEMORY")
        );
    }
    return out;
}

Result<void> Database::run(const char* sql) {
    const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? Result<void>{} : std::unexpected(error_of(code));
}

Result<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v2(
        handle_.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr
    );
    if (code != SQLITE_OK) {
        return std::unexpected(error_of(code));
    }
    return Statement(*this, statement);
}

Result<std::int64_t> Database::ask(std::string_view sql) {
    TRY(auto statement, prepare(sql));
    TRY(const bool has_row, statement.next());
    return has_row ? statement.integer_at(0) : std::int64_t{0};
}

Error Database::error_of(int code) const {
    const char* const message =
        handle_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle_.get());
    return {errc_of(code), message, path_};
}

Error Database::damaged(std::string what) const {
    return {Errc::damaged, std::move(what) + "; restore it from a backup", path_};
}

Statement& Statement::integer(std::int64_t value) {
    sqlite3_bind_int64(statement_.get(), ++parameter_, value);
    return *this;
}

Statement& Statement::integer(std::optional<std::int64_t> value) {
    if (value) {
        return integer(*value);
    }
    sqlite3_bind_null(statement_.get(), ++parameter_);
    return *this;
}

Statement& Statement::text(std::string_view value) {
    sqlite3_bind_text64(
        statement_.get(), ++parameter_, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8
    );
    return *this;
}

Statement& Statement::bytes(std::string_view value) {
    // No bytes are a blob of length 0, not NULL.
    const char* const begin = value.empty() ? "" : value.data();
    sqlite3_bind_blob64(statement_.get(), ++parameter_, begin, value.size(), SQLITE_STATIC);
    return *this;
}

Statement& Statement::bytes(const Hash& value) {
    return bytes(std::string_view(reinterpret_cast<const char*>(value.data()), value.size()));
}

Result<bool> Statement::next() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW || code == SQLITE_DONE) {
        return code == SQLITE_ROW;
    }
    return std::unexpected(database_->error_of(code));
}

Result<void> Statement::run() {
    const Result<bool> stepped = next();
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
    parameter_ = 0;
    return stepped ? Result<void>{} : std::unexpected(stepped.error());
}

std::int64_t Statement::integer_at(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

std::optional<std::int64_t> Statement::optional_at(int column) const {
    if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) {
        return std::nullopt;
    }
    return integer_at(column);
}

std::string Statement::text_at(int column) const {
    const void* const bytes = sqlite3_column_blob(statement_.get(), column);
    const int size = sqlite3_column_bytes(statement_.get(), column);
    return bytes == nullptr
               ? std::string()
               : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

Result<Hash> Statement::hash_at(int column) const {
    const std::string bytes = text_at(column);
    Hash hash{};
    if (bytes.size() != hash.size()) {
        return std::unexpected(database_->damaged("a hash has another length"));
    }
    std::ranges::copy(bytes, hash.begin());
    return hash;
}

}  // namespace zt::service::impl
