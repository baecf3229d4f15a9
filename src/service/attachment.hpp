#pragma once
// What an attachment is: looked at, cleaned, and served, as functions of its bytes.
//
// Nothing that somebody sends is believed. The type comes from the content (libmagic and our own
// reading of archives), never from the name. Only types of one closed table are taken; whatever a
// browser or a system would run is not among them. Pictures are decoded and encoded anew, so that
// nothing but their pixels is kept: no place, no device, no name, no bytes behind the end.

#include "base/result.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zt::service {

/// Largest file that is ever taken, whatever limits say: it is examined in memory.
inline constexpr std::int64_t attachment_bytes_max = std::int64_t{64} << 20U;
/// Largest picture: 50 megapixels are more than telephones take, and 150 MB once decoded.
inline constexpr std::int64_t picture_pixels_max = 50'000'000;
/// Longest side of a thumbnail: sharp in a list, and too small to read a document in it.
inline constexpr int thumbnail_side_max = 320;
/// Longest name that is kept, in code points; file systems take 255 bytes.
inline constexpr std::size_t file_name_characters_max = 80;
/// What an office document may unpack to, all entries together: a hundred times what real ones do.
inline constexpr std::int64_t unpacked_bytes_max = std::int64_t{128} << 20U;
/// Most entries of an office document; a presentation of 300 pages has about 2,000.
inline constexpr std::int64_t archive_entries_max = 10'000;

enum class FileGroup : std::uint8_t { picture, pdf, office, text, audio, video };
[[nodiscard]] std::span<const FileGroup> all_file_groups();
[[nodiscard]] std::string_view name_of(FileGroup group);

/// A type that is taken.
struct FileType {
    std::string_view type;  ///< `image/jpeg`
    FileGroup group{};
    std::string_view extensions;  ///< separated by spaces; the first is given to files without
};
[[nodiscard]] std::span<const FileType> file_types();
/// The row of that type, or null.
[[nodiscard]] const FileType* find_file_type(std::string_view type);

/// What is known of a file.
struct FileFacts {
    std::string name;  ///< as claimed, made safe; personal
    std::string type;  ///< of file_types()
    std::int64_t bytes = 0;
    int width = 0;  ///< of a picture as it is shown, else 0
    int height = 0;
    /// Author, programme, place may stand inside: only pictures and plain text are known clean.
    bool may_carry_metadata = false;
    /// The claimed name has an extension of another type; it is served under the right one.
    bool extension_differs = false;
    bool operator==(const FileFacts&) const = default;
};

/// Sniffs, and reads headers: nothing is decoded that was not measured before.
/// in: bytes, whole; name as claimed (any bytes); the groups that are allowed.
/// out: facts of the bytes as they came; a picture's size before it is turned upright.
/// errors: too_large (file, or pixels), type_refused (not in the table, not allowed, animated,
/// with macros, text under the name of a programme), unsafe_file (archive that lies or bursts, two
/// types at once), bad_file (header that cannot be read), io_failed (no libmagic table).
/// threads: any.
[[nodiscard]] Result<FileFacts>
look_at(std::string_view bytes, std::string_view name, std::span<const FileGroup> groups);

struct CleanFile {
    FileFacts facts;
    std::string bytes;
    std::string thumbnail;  ///< a JPEG; empty unless it is a picture
};
/// What is kept of a file: pictures upright, encoded anew; the rest as it is.
/// in: facts as look_at gave them for these bytes. errors: bad_file (cut or broken picture),
/// too_large (pixels; the new encoding), overloaded (no memory). threads: any. cost: up to 500 MB
/// and some seconds for the largest picture; the caller bounds how many at a time.
[[nodiscard]] Result<CleanFile> clean(std::string_view bytes, const FileFacts& facts);

/// A name that is safe to show, to send and to save: no folders, control characters, marks that
/// turn the direction of writing, or unseen characters; ending in an extension of the type.
/// in: any bytes. out: UTF-8, never empty.
[[nodiscard]] std::string safe_file_name(std::string_view claimed, const FileType& type);

/// Headers with which a file goes out.
struct Serving {
    std::string content_type;
    /// Always `attachment`, also for what browsers show: opened by its address, nothing somebody
    /// sent is ever a page of ours; pictures in pages do not ask for it (RFC 6266, 4.2).
    std::string disposition;
    std::string content_type_options;     ///< X-Content-Type-Options
    std::string content_security_policy;  ///< no script, no plug-in, no form, an origin of its own
    std::string cross_origin_policy;      ///< Cross-Origin-Resource-Policy
    std::string cache_control;            ///< kept nowhere on the way
};
[[nodiscard]] Serving serving_of(const FileFacts& facts);

}  // namespace zt::service
