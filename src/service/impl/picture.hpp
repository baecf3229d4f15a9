#pragma once
// Pictures: measured, decoded, turned upright, made small, encoded anew. Only pixels pass through.

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zt::service::impl {

struct PictureSize {
    std::int64_t width = 0, height = 0;
};

/// Rows from the top, without gaps; 8 bits a channel, sRGB.
struct Pixels {
    int width = 0, height = 0;
    int channels = 3;  ///< 1 grey, 3 colour, 4 colour with transparency
    std::vector<std::uint8_t> bytes;

    [[nodiscard]] std::size_t row_bytes() const {
        return static_cast<std::size_t>(width) * static_cast<std::size_t>(channels);
    }
};

/// The size that the header declares; nothing is decoded. in: type image/jpeg, image/png or
/// image/webp. errors: bad_file, too_large (pixels), type_refused (animated WebP).
[[nodiscard]] Result<PictureSize> measure(std::string_view type, std::string_view bytes);

/// errors: bad_file (broken or cut), too_large, type_refused, as measure.
[[nodiscard]] Result<Pixels> decode(std::string_view type, std::string_view bytes);
/// In the same type; without any metadata. errors: bad_file, too_large.
[[nodiscard]] Result<std::string> encode(std::string_view type, const Pixels& pixels);

struct PreparedPicture {
    std::string bytes, thumbnail;
    int width = 0, height = 0;
};
/// Decoded, turned upright, encoded in its type and as a small JPEG of at most `side_max`.
/// errors: those of decode and encode; overloaded when there is no memory for it.
[[nodiscard]] Result<PreparedPicture>
prepare(std::string_view type, std::string_view bytes, int side_max);

/// How the camera was held: 1 … 8 as in Exif (TIFF tag 274); 1 when nothing is said. Reads that one
/// number and follows no other pointer: makers' notes have no business here.
[[nodiscard]] int orientation_of(std::string_view type, std::string_view bytes);
[[nodiscard]] Pixels upright(Pixels pixels, int orientation);
/// At most `side_max` wide and high, on white, by the mean of what falls together.
[[nodiscard]] Pixels smaller(const Pixels& pixels, int side_max);

}  // namespace zt::service::impl
