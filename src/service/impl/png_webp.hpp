#pragma once
// PNG by libpng's simple interface, WebP by libwebp.

#include "service/impl/picture.hpp"

namespace zt::service::impl {

[[nodiscard]] Result<PictureSize> measure_png(std::string_view bytes);
/// An animated PNG gives the picture that programmes show which do not know it.
[[nodiscard]] Result<Pixels> decode_png(std::string_view bytes);
[[nodiscard]] Result<std::string> encode_png(const Pixels& pixels);

/// errors: type_refused when it is animated: no picture of it stands for the others.
[[nodiscard]] Result<PictureSize> measure_webp(std::string_view bytes);
[[nodiscard]] Result<Pixels> decode_webp(std::string_view bytes);
[[nodiscard]] Result<std::string> encode_webp(const Pixels& pixels);

}  // namespace zt::service::impl
