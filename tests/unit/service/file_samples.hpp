#pragma once
// Files made up for tests: honest ones, and those that somebody would send to do harm.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zt::service::test {

/// Stands where a camera writes who and where.
inline constexpr std::string_view canary = "CANARY-39.9087N-116.3975E";

/// A picture whose upper left quarter is red and the rest blue. in: type as in file_types().
[[nodiscard]] std::string picture(std::string_view type, int width, int height);
/// The same with the canary in Exif, XMP or comments, the orientation given, and behind the end.
[[nodiscard]] std::string
picture_with_metadata(std::string_view type, int width, int height, int orientation);
/// A PNG whose header alone says that size.
[[nodiscard]] std::string png_that_claims(std::uint32_t width, std::uint32_t height);

struct Entry {
    std::string name, text;
    bool is_deflated = true;
    std::int64_t declared_bytes = -1;   ///< −1: the truth
    std::int64_t directory_bytes = -1;  ///< what the directory declares; −1: as declared_bytes
};
[[nodiscard]] std::string zip(const std::vector<Entry>& entries);
/// Entries of a small .docx.
[[nodiscard]] std::vector<Entry> letter();
[[nodiscard]] std::string pdf();
/// A compound file with streams of these names.
[[nodiscard]] std::string compound(const std::vector<std::string>& streams);

}  // namespace zt::service::test
