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

}  // namespace zt::vault
