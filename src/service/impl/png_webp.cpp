#include "service/impl/png_webp.hpp"

#include "service/attachment.hpp"

#include <cstring>
#include <png.h>
#include <utility>
#include <webp/decode.h>
#include <webp/encode.h>

namespace zt::service::impl {
namespace {

constexpr std::size_t png_header_bytes = 33;  // signature and IHDR
constexpr std::size_t png_width_at = 16;
constexpr float webp_quality = 90;
/// Beyond it libpng spends seconds for the last percents.
constexpr std::int64_t thorough_pixels_max = 8'000'000;

/// Freed by libpng however reading ends.
struct PngImage {
    png_image image{};

    PngImage() { image.version = PNG_IMAGE_VERSION; }
    PngImage(const PngImage&) = delete;
    PngImage& operator=(const PngImage&) = delete;
    ~PngImage() { png_image_free(&image); }
};

std::int64_t number_at(std::string_view bytes, std::size_t at);
Result<PictureSize> bounded(PictureSize size);
Pixels make_pixels(PictureSize size, int channels);
const std::uint8_t* bytes_of(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

}  // namespace

Result<PictureSize> measure_png(std::string_view bytes) {
    constexpr std::string_view header_name = "IHDR";
    if (bytes.size() < png_header_bytes || bytes.substr(12, header_name.size()) != header_name) {
        return fail(Errc::bad_file, "the PNG has no header");
    }
    return bounded({number_at(bytes, png_width_at), number_at(bytes, png_width_at + 4)});
}

Result<Pixels> decode_png(std::string_view bytes) {
    TRY(const PictureSize size, measure_png(bytes));
    PngImage png;
    if (png_image_begin_read_from_memory(&png.image, bytes.data(), bytes.size()) == 0) {
        return fail(Errc::bad_file, "the PNG is broken");
    }
    if (png.image.width != size.width || png.image.height != size.height) {
        return fail(Errc::bad_file, "the PNG has two sizes");
    }
    const bool has_alpha = (png.image.format & PNG_FORMAT_FLAG_ALPHA) != 0;
    const bool has_colour = (png.image.format & PNG_FORMAT_FLAG_COLOR) != 0;
    const int channels = has_alpha ? 4 : has_colour ? 3 : 1;
    png.image.format = has_alpha ? PNG_FORMAT_RGBA : has_colour ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
    Pixels pixels = make_pixels(size, channels);
    if (png_image_finish_read(&png.image, nullptr, pixels.bytes.data(), 0, nullptr) == 0) {
        return fail(Errc::bad_file, "the PNG is broken or cut");
    }
    return pixels;
}

Result<std::string> encode_png(const Pixels& pixels) {
    PngImage png;
    png.image.width = static_cast<png_uint_32>(pixels.width);
    png.image.height = static_cast<png_uint_32>(pixels.height);
    png.image.format = pixels.channels == 4   ? PNG_FORMAT_RGBA
                       : pixels.channels == 3 ? PNG_FORMAT_RGB
                                              : PNG_FORMAT_GRAY;
    if (std::int64_t{pixels.width} * pixels.height > thorough_pixels_max) {
        png.image.flags |= PNG_IMAGE_FLAG_FAST;
    }
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(png.image);
    std::string out(size, '\0');
    if (png_image_write_to_memory(
            &png.image, out.data(), &size, 0, pixels.bytes.data(), 0, nullptr
        ) == 0) {
        return fail(Errc::bad_file, "the picture cannot be encoded");
    }
    out.resize(size);
    out.shrink_to_fit();
    return out;
}

Result<PictureSize> measure_webp(std::string_view bytes) {
    WebPBitstreamFeatures features{};
    if (WebPGetFeatures(bytes_of(bytes), bytes.size(), &features) != VP8_STATUS_OK) {
        return fail(Errc::bad_file, "the WebP has no header");
    }
    if (features.has_animation != 0) {
        return fail(Errc::type_refused, "an animated WebP");
    }
    return bounded({features.width, features.height});
}

Result<Pixels> decode_webp(std::string_view bytes) {
    TRY(const PictureSize size, measure_webp(bytes));
    WebPBitstreamFeatures features{};
    ignore(WebPGetFeatures(bytes_of(bytes), bytes.size(), &features), "measured just now");
    const bool has_alpha = features.has_alpha != 0;
    Pixels pixels = make_pixels(size, has_alpha ? 4 : 3);
    const auto decode_into = has_alpha ? WebPDecodeRGBAInto : WebPDecodeRGBInto;
    if (decode_into(
            bytes_of(bytes),
            bytes.size(),
            pixels.bytes.data(),
            pixels.bytes.size(),
            static_cast<int>(pixels.row_bytes())
        ) == nullptr) {
        return fail(Errc::bad_file, "the WebP is broken or cut");
    }
    return pixels;
}

Result<std::string> encode_webp(const Pixels& pixels) {
    std::uint8_t* encoded = nullptr;
    const auto encode_pixels = pixels.channels == 4 ? WebPEncodeRGBA : WebPEncodeRGB;
    const std::size_t size = encode_pixels(
        pixels.bytes.data(),
        pixels.width,
        pixels.height,
        static_cast<int>(pixels.row_bytes()),
        webp_quality,
        &encoded
    );
    std::string out(reinterpret_cast<const char*>(encoded), size);
    WebPFree(encoded);
    if (out.empty()) {
        return fail(Errc::bad_file, "the picture cannot be encoded");
    }
    return out;
}

namespace {

std::int64_t number_at(std::string_view bytes, std::size_t at) {
    std::int64_t number = 0;
    for (std::size_t byte = 0; byte < 4; ++byte) {
        number = number * 256 + static_cast<unsigned char>(bytes[at + byte]);
    }
    return number;
}

Result<PictureSize> bounded(PictureSize size) {
    if (size.width <= 0 || size.height <= 0) {
        return fail(Errc::bad_file, "the picture has no size");
    }
    // Each side alone first: the product of two may not overflow.
    if (size.width > picture_pixels_max || size.height > picture_pixels_max ||
        size.width * size.height > picture_pixels_max) {
        return fail(Errc::too_large, "the picture has more pixels than are decoded");
    }
    return size;
}

Pixels make_pixels(PictureSize size, int channels) {
    Pixels pixels;
    pixels.width = static_cast<int>(size.width);
    pixels.height = static_cast<int>(size.height);
    pixels.channels = channels;
    pixels.bytes.resize(pixels.row_bytes() * static_cast<std::size_t>(pixels.height));
    return pixels;
}

}  // namespace
}  // namespace zt::service::impl
