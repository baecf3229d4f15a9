#pragma once
// The store on disk: one SQLite file in WAL mode. What lies where: docs/internals/ledger.md.
//
// One connection does all writes and all checkpoints (SQLite before 3.51.3 can damage the file when
// two do); the data directory's lock keeps other processes from writing. Nothing else in the
// process may open() and close() the file: that would drop the locks which SQLite holds on it
// (POSIX locks belong to the process, not to the descriptor).

#include "store/data_directory.hpp"
#include "store/store.hpp"

#include <memory>
#include <string>

namespace zt::store {

/// Makes an empty ledger and opens it for writing. On failure no file stays.
/// errors: already_initialised (the file exists), read_only, disk_full, io_failed.
[[nodiscard]] Result<std::unique_ptr<Store>>
create_sqlite(const std::string& file, HashAlgorithm algorithm);

/// Access::read creates and changes nothing, also while another process writes, and its writing
/// calls answer read_only. Access::write needs the lock of the data directory, and no reader opened
/// before it in the same process. errors: damaged (also when the file is missing or not a ledger),
/// newer_version, read_only, disk_full, io_failed.
[[nodiscard]] Result<std::unique_ptr<Store>> open_sqlite(const std::string& file, Access access);

}  // namespace zt::store
