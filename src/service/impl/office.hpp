#pragma once
// Office documents: zip archives (OOXML, OpenDocument, OFD) and the older compound files. Whether
// one is what it says is proven from its directory; entries are unpacked to be counted, a piece at
// a time into one buffer, and thrown away.

#include "base/result.hpp"

#include <string_view>

namespace zt::service::impl {

/// in: bytes that begin as a zip does.
/// out: the type, by what the archive holds.
/// errors: type_refused (no office document, macros, encrypted), unsafe_file (sizes that lie,
/// overlapping entries, too many, too large unpacked, archives within archives within archives,
/// names that lead out of a folder).
[[nodiscard]] Result<std::string_view> archive_type(std::string_view bytes);

/// in: bytes that begin as a compound file (doc, xls, ppt) does. errors: type_refused.
[[nodiscard]] Result<std::string_view> compound_type(std::string_view bytes);

}  // namespace zt::service::impl
