#pragma once
// The directory of a zip archive (APPNOTE 6.3), read strictly: one disk, no zip64, nothing behind
// the end, entries that lie side by side and say the same in both of their headers.

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zt::service::impl {

struct ZipEntry {
    std::string_view name;
    std::string_view packed;          ///< as it lies in the archive
    std::int64_t unpacked_bytes = 0;  ///< as declared
    bool is_deflated = false;
};

/// in: bytes that outlive the entries. errors: unsafe_file, type_refused (encrypted, or packed by
/// another method than deflate).
[[nodiscard]] Result<std::vector<ZipEntry>> read_zip(std::string_view bytes);

/// Unpacks at most the declared bytes. in: keep_max, how many are kept (the rest is counted only).
/// out: the first of the unpacked bytes. errors: unsafe_file when they are not as many as declared,
/// or cannot be unpacked.
[[nodiscard]] Result<std::string> unpack(const ZipEntry& entry, std::int64_t keep_max);

}  // namespace zt::service::impl
