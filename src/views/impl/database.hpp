#pragma once
// Database: a connection to a view's own SQLite file and its prepared statements. A view can be
// rebuilt, so the log is synced at checkpoints only: a power cut may lose the newest steps, never
// their order.

#include "base/result.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace zt::views::impl {

using Value = std::variant<std::monostate, std::int64_t, std::string>;

class Database;

/// A statement that is being run. Reset when it goes out of scope.
class Cursor {
  public:
    Cursor(Database& database, sqlite3_stmt* statement)
        : database_(&database), statement_(statement) {}
    Cursor(Cursor&& other) noexcept : database_(other.database_), statement_(other.statement_) {
        other.statement_ = nullptr;
    }
    Cursor& operator=(Cursor&&) = delete;
    Cursor(const Cursor&) = delete;
    Cursor& operator=(const Cursor&) = delete;
    ~Cursor();

    /// True on a row, false at the end.
    [[nodiscard]] Result<bool> next();
    [[nodiscard]] std::int64_t number(int column) const;
    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::string text(int column) const;

  private:
    Database* database_;
    sqlite3_stmt* statement_;
};

enum class OpenMode : std::uint8_t { read, write };

class Database {
  public:
    /// errors: not_found (reading a file that is not there), damaged, read_only, disk_full,
    /// io_failed; `at` is the path.
    [[nodiscard]] static Result<std::unique_ptr<Database>>
    open(const std::string& path, OpenMode mode);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    /// Statements without answer, separated by semicolons.
    [[nodiscard]] Result<void> run(const std::string& sql);
    /// Binds and starts; statements are kept by their text. No other cursor with the same text may
    /// be open.
    [[nodiscard]] Result<Cursor>
    query(const std::string& sql, const std::vector<Value>& values = {});
    /// One statement without answer.
    [[nodiscard]] Result<void> change(const std::string& sql, const std::vector<Value>& values);
    [[nodiscard]] Error error_of(int code) const;
    /// For functions of ours in SQL.
    [[nodiscard]] sqlite3* handle() { return handle_; }

  private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    explicit Database(std::string path) : path_(std::move(path)) {}

    std::string path_;
    sqlite3* handle_ = nullptr;
    std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;
};

/// Undone unless committed.
class Transaction {
  public:
    [[nodiscard]] static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept : database_(other.database_) {
        other.database_ = nullptr;
    }
    Transaction& operator=(Transaction&&) = delete;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();
    [[nodiscard]] Result<void> commit();

  private:
    explicit Transaction(Database& database) : database_(&database) {}
    Database* database_;
};

}  // namespace zt::views::impl
