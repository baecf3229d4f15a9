#pragma once
// JPEG by libjpeg-turbo.

#include "service/impl/picture.hpp"

namespace zt::service::impl {

[[nodiscard]] Result<PictureSize> measure_jpeg(std::string_view bytes);
[[nodiscard]] Result<Pixels> decode_jpeg(std::string_view bytes);
/// in: quality 1 … 100; pixels without transparency.
[[nodiscard]] Result<std::string> encode_jpeg(const Pixels& pixels, int quality);

}  // namespace zt::service::impl
