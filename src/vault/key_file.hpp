#pragma once
// The file of the master key: one line of text, `zhitong-key-1 <64 hex digits> <8 hex digits of
// check>`, mode 0600, beside the data directory and never in it, so that a copy of the directory
// alone opens nothing.

#include "base/result.hpp"
#include "vault/key.hpp"

#include <string>
#include <string_view>

namespace zt::vault {

/// Makes a key and its file, durably. Never overwrites.
/// errors: already_initialised when the file exists, disk_full, io_failed; then no file is left
/// that was not there.
[[nodiscard]] Result<MasterKey> create_key_file(const std::string& path, Random& random);

/// errors: key_missing when it cannot be read, key_wrong when it is no key file, is incomplete, may
/// be read by everybody, or does not give `check_value` (empty: not compared).
[[nodiscard]] Result<MasterKey>
load_key_file(const std::string& path, std::string_view check_value);

// A change of the master key has two files for a while: the one in use and, beside it, the next.

[[nodiscard]] std::string next_key_file(const std::string& path);

/// The next key: made durably, or the one that an interrupted change left there. A file that was
/// not written to its end sealed nothing yet and is made again.
/// errors: disk_full, io_failed, key_wrong (it may be read by everybody).
[[nodiscard]] Result<MasterKey> create_next_key_file(const std::string& path, Random& random);

/// The next key takes the place of the one in use, whose bytes are overwritten first. May be
/// repeated after a kill at any point; without a next file nothing is left to do.
/// errors: io_failed.
[[nodiscard]] Result<void> put_next_key_file_in_place(const std::string& path);

/// A key file from a key that was put together again from shares. Never overwrites.
/// errors: as create_key_file.
[[nodiscard]] Result<void> write_key_file(const std::string& path, const MasterKey& key);

}  // namespace zt::vault
