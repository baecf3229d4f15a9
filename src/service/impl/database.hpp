#pragma once
// Database: a SQLite connection that makes every commit durable; one of them writes a file and
// moves its log. For what the service keeps beside the ledger and nothing can rebuild.

#include "base/hash.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace zt::service::impl {

class Database;

/// A prepared statement, run once or row by row.
class Statement {
  public:
    /// Each binds the next parameter. Bytes must live until the run is over.
    Statement& integer(std::int64_t value);
    Statement& integer(std::optional<std::int64_t> value);
    Statement& text(std::string_view value);
    Statement& bytes(std::string_view value);
    Statement& bytes(const Hash& value);

    /// True when it stands on a row.
    [[nodiscard]] Result<bool> next();
    /// Runs to the end and is ready for other values.
    [[nodiscard]] Result<void> run();

    [[nodiscard]] std::int64_t integer_at(int column) const;
    [[nodiscard]] std::optional<std::int64_t> optional_at(int column) const;
    [[nodiscard]] std::string text_at(int column) const;
    /// errors: damaged when it is not as long as a hash.
    [[nodiscard]] Result<Hash> hash_at(int column) const;

  private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    Statement(Database& database, sqlite3_stmt* statement)
        : database_(&database), statement_(statement) {}
    Database* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    int parameter_ = 0;
};

enum class DatabaseAccess : std::uint8_t { read, write };

/// threads: one at a time.
class Database {
  public:
    /// For writing: makes the file when it is not there. errors: not_found (reading), damaged,
    /// read_only, disk_full, io_failed; `at` is the path.
    [[nodiscard]] static Result<std::unique_ptr<Database>>
    open(const std::string& path, DatabaseAccess access);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    [[nodiscard]] Result<void> run(const char* sql);
    [[nodiscard]] Result<Statement> prepare(std::string_view sql);
    /// The integer in the first row.
    [[nodiscard]] Result<std::int64_t> ask(std::string_view sql);
    /// All that `work` does, or nothing.
    template <class Work>
    [[nodiscard]] Result<void> transaction(const Work& work) {
        TRY_VOID(run("BEGIN IMMEDIATE"));
        Result<void> done = work();
        if (done) {
            done = run("COMMIT");
        }
        if (!done) {
            ignore(run("ROLLBACK"), "the error that led here is the one to report");
        }
        return done;
    }
    [[nodiscard]] Error error_of(int code) const;
    [[nodiscard]] Error damaged(std::string what) const;
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    explicit Database(std::string path) : path_(std::move(path)) {}
    std::string path_;
    std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace zt::service::impl
