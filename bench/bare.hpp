#pragma once
// The baselines: the same rows into bare SQLite (same tables, pages, sync, checkpoints), and the
// same bytes appended to a file with one fdatasync a group.

#include "store/store.hpp"

#include <string>
#include <vector>

namespace zt::bench {

/// Seconds that the batches take. in: a path that does not exist.
[[nodiscard]] double insert_bare(const std::string& file, const std::vector<store::Batch>& batches);
[[nodiscard]] double append_bare(const std::string& file, const std::vector<store::Batch>& batches);
/// Milliseconds of each of `count` syncs of 16 KiB appended to a file, one after the other.
[[nodiscard]] std::vector<double> sync_bare(const std::string& file, int count);
/// Bytes of the rows themselves.
[[nodiscard]] std::int64_t bytes_of(const std::vector<store::Batch>& batches);

}  // namespace zt::bench
