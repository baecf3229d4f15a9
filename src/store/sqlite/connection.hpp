#pragma once
// The C interface of SQLite in two classes: a connection that closes itself, and one use of a
// prepared statement that resets itself, so that no read transaction stays open behind a return.
// Nothing throws.

#include "base/result.hpp"
#include "store/impl/files.hpp"
#include "store/sqlite/row_sum.hpp"
#include "store/sqlite/schema.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace zt::store::sqlite {

enum class Mode : std::uint8_t {
    create,     ///< as write, for a file that is still empty
    write,      ///< the one connection that writes and checkpoints
    beside,     ///< reads, in the process that writes
    apart,      ///< reads, in a process that may not touch the log nor its index
    untouched,  ///< reads a file without a log: nobody writes to it
    copy,       ///< the target of a copy, synced by the caller
};

/// A log of no more than this holds no commit. Such a one, as a crash can leave it, SQLite cannot
/// read without its index: it asks again for ten seconds and gives up.
inline constexpr std::int64_t log_header_bytes = 32;

/// A writer that starts sets up its log within milliseconds; a reader of another process that comes
/// just then looks again, so many times, after so long.
inline constexpr int set_up_looks_max = 50;
inline constexpr std::chrono::milliseconds set_up_look{20};

class Connection;

/// One use of a prepared statement. Bound bytes must live until the run or the next() that needs
/// them is over.
class Query {
  public:
    Query(Connection& connection, sqlite3_stmt* statement)
        : connection_(&connection), statement_(statement) {}
    Query(Query&& other) noexcept;
    Query& operator=(Query&&) = delete;
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    ~Query();

    /// Each binds the next parameter.
    Query& integer(std::int64_t value);
    Query& text(std::string_view value);
    Query& bytes(std::string_view value);
    Query& bytes(std::span<const std::uint8_t> value);
    Query& null();

    /// True when it stands on a row.
    [[nodiscard]] Result<bool> next();
    /// Runs to the end and is ready for other values.
    [[nodiscard]] Result<void> run();

    [[nodiscard]] std::int64_t integer_at(int column) const;
    [[nodiscard]] bool is_null_at(int column) const;
    /// Valid until the next call of next() or run().
    [[nodiscard]] std::string_view bytes_at(int column) const;
    /// errors: damaged when the length differs.
    [[nodiscard]] Result<void> copy_at(int column, std::span<std::uint8_t> out) const;
    /// errors: damaged when the column does not hold the sum that its row has.
    [[nodiscard]] Result<void> check_sum(int column, const Sum& sum) const;

  private:
    void reset();

    Connection* connection_;
    sqlite3_stmt* statement_;
    int parameter_ = 0;
    bool has_row_ = false;
};

/// One thread at a time.
class Connection {
  public:
    [[nodiscard]] static Result<std::unique_ptr<Connection>>
    open(const std::string& file, Mode mode);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    /// Not to be used twice at a time for the same sql.
    [[nodiscard]] Result<Query> query(Sql sql);
    /// Statements without rows that are used once.
    [[nodiscard]] Result<void> execute(const char* sql);
    /// The first column of the first row.
    [[nodiscard]] Result<std::string> ask(const char* sql);
    /// Rows that the last statement changed.
    [[nodiscard]] std::int64_t changed_rows() const;
    [[nodiscard]] bool is_in_transaction() const;
    /// Frames in the log after the last commit.
    [[nodiscard]] int log_pages() const { return log_pages_; }

    /// Moves the log into the file as far as readers allow, without waiting for them.
    [[nodiscard]] Result<void> checkpoint();
    /// The same to the end, and the log cut to nothing. errors: overloaded when a reader does not
    /// end.
    [[nodiscard]] Result<void> cut_log();
    /// Closing leaves the files as they are. SQLite would move the log into the file, and report
    /// nothing of what fails then.
    void touch_nothing_more();
    /// Copies all pages of one committed state into an empty database.
    [[nodiscard]] Result<void> copy_into(Connection& target);

    /// What a code of SQLite means for us.
    [[nodiscard]] Error error_of(int code) const;
    /// The code says that a writer of another process is setting up its log.
    [[nodiscard]] bool is_set_up_now(int code) const;
    /// errors: io_failed when somebody began to write to a file that is read as untouched.
    [[nodiscard]] Result<void> check_untouched() const;
    [[nodiscard]] Error damaged(const std::string& what) const;
    [[nodiscard]] const std::string& file() const { return file_; }

  private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };

    Connection(std::string file, Mode mode) : file_(std::move(file)), mode_(mode) {}
    [[nodiscard]] Result<void> connect();
    [[nodiscard]] Result<void> set_up();
    [[nodiscard]] Result<void> set_up_writer();
    static int count_log_pages(void* self, sqlite3* handle, const char* name, int pages);

    std::string file_;
    Mode mode_;
    int log_pages_ = 0;
    impl::Stamp stamp_;
    std::unique_ptr<sqlite3, Close> handle_;
    std::array<std::unique_ptr<sqlite3_stmt, Finalize>, sql_count>
        statements_;  // go before their connection
};

}  // namespace zt::store::sqlite
