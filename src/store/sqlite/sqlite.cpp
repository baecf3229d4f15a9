#include "store/sqlite.hpp"

#include "store/impl/files.hpp"
#include "store/sqlite/sqlite_store.hpp"

#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace zt::store {
namespace {

using sqlite::Connection;
using sqlite::Mode;
using sqlite::SqliteStore;

Result<std::unique_ptr<Store>> open_at_once(const std::string& file, Access access);
Result<std::unique_ptr<Store>> make_ledger(const std::string& file, HashAlgorithm algorithm);
Result<void> check_writable(const std::string& file);
Result<Mode> reading_mode(const std::string& file);

}  // namespace

Result<std::unique_ptr<Store>> create_sqlite(const std::string& file, HashAlgorithm algorithm) {
    if (impl::exists(file)) {
        return fail(Errc::already_initialised, "exists already; a ledger is made once", file);
    }
    Result<std::unique_ptr<Store>> made = make_ledger(file, algorithm);
    if (!made) {
        for (const char* ending : {"-wal", "-shm", "-mark", ""}) {
            ::unlink((file + ending).c_str());
        }
    }
    return made;
}

Result<std::unique_ptr<Store>> open_sqlite(const std::string& file, Access access) {
    for (int left = sqlite::set_up_looks_max;; --left) {
        auto store = open_at_once(file, access);
        if (store || access != Access::read || left == 0 ||
            store.error().code != Errc::overloaded) {
            return store;
        }
        std::this_thread::sleep_for(sqlite::set_up_look);
    }
}

namespace {

Result<std::unique_ptr<Store>> open_at_once(const std::string& file, Access access) {
    if (!impl::exists(file)) {
        return fail(Errc::damaged, "is missing; restore the directory from a backup", file);
    }
    Mode mode = Mode::write;
    if (access == Access::read) {
        TRY(mode, reading_mode(file));
    } else {
        TRY_VOID(check_writable(file));
    }
    TRY(std::unique_ptr<Connection> connection, Connection::open(file, mode));
    auto store = std::make_unique<SqliteStore>(std::move(connection), mode);
    TRY_VOID(store->check_file());
    return store;
}

Result<std::unique_ptr<Store>> make_ledger(const std::string& file, HashAlgorithm algorithm) {
    {
        // Made by us, because SQLite would make it readable for all; the log takes its mode from
        // it.
        TRY(const impl::File made, impl::open_file(file, O_RDWR | O_CREAT | O_EXCL));
    }
    ::unlink(sqlite::mark_file(file).c_str());  // of a ledger that was taken away
    TRY(std::unique_ptr<Connection> connection, Connection::open(file, Mode::create));
    auto store = std::make_unique<SqliteStore>(std::move(connection), Mode::create);
    TRY_VOID(store->make_tables(algorithm));
    TRY_VOID(impl::sync_path(impl::folder_of(file)));
    return store;
}

Result<void> check_writable(const std::string& file) {
    for (const std::string& path : {file, impl::folder_of(file)}) {
        if (::access(path.c_str(), W_OK) != 0) {
            return std::unexpected(impl::file_error(errno, "cannot be written", path));
        }
    }
    return {};
}

// A reader of another process may neither make nor change the log and its index. With both there,
// SQLite reads them as they are; without a log nobody writes, and the file is read as it is.
Result<Mode> reading_mode(const std::string& file) {
    const std::int64_t log_bytes = impl::file_bytes(file + "-wal");
    const bool has_header_only = log_bytes > 0 && log_bytes <= sqlite::log_header_bytes;
    if (impl::exists(file + "-wal") && impl::exists(file + "-shm") && !has_header_only) {
        return Mode::apart;
    }
    if (log_bytes == 0 || has_header_only) {
        return Mode::untouched;
    }
    return fail(
        Errc::io_failed,
        "there is a log beside it (-wal) but not its index (-shm), as after copying files by hand; run a command "
        "that writes once, for example `zhitong replay`",
        file
    );
}

}  // namespace
}  // namespace zt::store
