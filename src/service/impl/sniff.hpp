#pragma once
// The type of a file by its content.

#include "base/result.hpp"

#include <string_view>

namespace zt::service::impl {

/// What libmagic calls it: `image/jpeg`; `application/octet-stream` when it does not know.
/// errors: io_failed when the table of libmagic cannot be read. threads: any, each has a table.
[[nodiscard]] Result<std::string_view> magic_type_of(std::string_view bytes);

/// The type in the words of file_types(), archives told apart by what is in them.
/// errors: type_refused, unsafe_file, io_failed.
[[nodiscard]] Result<std::string_view> sniff(std::string_view bytes);

/// The bytes end as a zip archive does, so that an unpacker would take them for one.
[[nodiscard]] bool ends_as_archive(std::string_view bytes);

}  // namespace zt::service::impl
