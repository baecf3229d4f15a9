#pragma once
// Whole files: read, and replaced in one step.

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace zt::views::impl {

/// errors: not_found, io_failed; `at` is the path.
[[nodiscard]] Result<std::string> read_whole(const std::string& path);
/// Writes beside the file and renames: a reader sees the old or the new bytes. No sync: what is
/// lost in a power cut is found by its hash and rebuilt from the ledger. errors: io_failed,
/// disk_full, read_only; `at` is the path.
[[nodiscard]] Result<void> replace_whole(const std::string& path, std::string_view bytes);

}  // namespace zt::views::impl
