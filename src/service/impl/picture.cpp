#include "service/impl/picture.hpp"

#include "service/impl/jpeg.hpp"
#include "service/impl/png_webp.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <utility>

namespace zt::service::impl {
namespace {

constexpr int jpeg_quality = 90;  // no loss that anybody sees, a third of the bytes of 98
constexpr int thumbnail_quality = 80;

Result<PreparedPicture>
prepare_in_memory(std::string_view type, std::string_view bytes, int side_max);
/// Mean of each channel over a rectangle, transparency over white.
std::array<std::uint8_t, 3> mean(const Pixels& from, PictureSize begin, PictureSize end);

}  // namespace

Result<PictureSize> measure(std::string_view type, std::string_view bytes) {
    if (type == "image/jpeg") {
        return measure_jpeg(bytes);
    }
    return type == "image/png" ? measure_png(bytes) : measure_webp(bytes);
}

Result<Pixels> decode(std::string_view type, std::string_view bytes) {
    if (type == "image/jpeg") {
        return decode_jpeg(bytes);
    }
    return type == "image/png" ? decode_png(bytes) : decode_webp(bytes);
}

Result<std::string> encode(std::string_view type, const Pixels& pixels) {
    if (type == "image/jpeg") {
        return encode_jpeg(pixels, jpeg_quality);
    }
    return type == "image/png" ? encode_png(pixels) : encode_webp(pixels);
}

Result<PreparedPicture> prepare(std::string_view type, std::string_view bytes, int side_max) {
    try {
        return prepare_in_memory(type, bytes, side_max);
    } catch (const std::bad_alloc&) {
        return fail(Errc::overloaded, "no memory to decode the picture");
    }
}

Pixels upright(Pixels pixels, int orientation) {
    if (orientation <= 1 || orientation > 8) {
        return pixels;
    }
    const bool is_across = orientation >= 5;
    Pixels turned;
    turned.channels = pixels.channels;
    turned.width = is_across ? pixels.height : pixels.width;
    turned.height = is_across ? pixels.width : pixels.height;
    turned.bytes.resize(pixels.bytes.size());
    // Where the first row and the first column of what is stored belong (Exif 2.32, 4.6.4 A).
    const bool is_from_right =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool is_from_below =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    const auto channels = static_cast<std::size_t>(pixels.channels);
    for (int y = 0; y < turned.height; ++y) {
        std::uint8_t* out = turned.bytes.data() + static_cast<std::size_t>(y) * turned.row_bytes();
        for (int x = 0; x < turned.width; ++x, out += channels) {
            const int column = is_across ? y : x;
            const int row = is_across ? x : y;
            const int from_x = is_from_right ? pixels.width - 1 - column : column;
            const int from_y = is_from_below ? pixels.height - 1 - row : row;
            const std::uint8_t* in = pixels.bytes.data() +
                                     static_cast<std::size_t>(from_y) * pixels.row_bytes() +
                                     static_cast<std::size_t>(from_x) * channels;
            std::copy_n(in, channels, out);
        }
    }
    return turned;
}

Pixels smaller(const Pixels& pixels, int side_max) {
    const int longest = std::max(pixels.width, pixels.height);
    const auto scaled = [&](int side) {
        return longest <= side_max
                   ? side
                   : std::max(1, static_cast<int>(std::int64_t{side} * side_max / longest));
    };
    Pixels small;
    small.channels = 3;
    small.width = scaled(pixels.width);
    small.height = scaled(pixels.height);
    small.bytes.resize(small.row_bytes() * static_cast<std::size_t>(small.height));
    auto out = small.bytes.begin();
    for (std::int64_t y = 0; y < small.height; ++y) {
        const std::int64_t top = y * pixels.height / small.height;
        const std::int64_t below = std::max(top + 1, (y + 1) * pixels.height / small.height);
        for (std::int64_t x = 0; x < small.width; ++x) {
            const std::int64_t left = x * pixels.width / small.width;
            const std::int64_t right = std::max(left + 1, (x + 1) * pixels.width / small.width);
            out = std::ranges::copy(mean(pixels, {left, top}, {right, below}), out).out;
        }
    }
    return small;
}

namespace {

Result<PreparedPicture>
prepare_in_memory(std::string_view type, std::string_view bytes, int side_max) {
    PreparedPicture prepared;
    TRY(Pixels pixels, decode(type, bytes));
    pixels = upright(std::move(pixels), orientation_of(type, bytes));
    TRY(prepared.bytes, encode(type, pixels));
    TRY(prepared.thumbnail, encode_jpeg(smaller(pixels, side_max), thumbnail_quality));
    prepared.width = pixels.width;
    prepared.height = pixels.height;
    return prepared;
}

std::array<std::uint8_t, 3> mean(const Pixels& from, PictureSize begin, PictureSize end) {
    std::array<std::uint64_t, 3> sums{};
    const auto channels = static_cast<std::size_t>(from.channels);
    for (std::int64_t y = begin.height; y < end.height; ++y) {
        const std::uint8_t* in = from.bytes.data() +
                                 static_cast<std::size_t>(y) * from.row_bytes() +
                                 static_cast<std::size_t>(begin.width) * channels;
        for (std::int64_t x = begin.width; x < end.width; ++x, in += channels) {
            const unsigned opacity = channels == 4 ? in[3] : 255U;
            for (std::size_t channel = 0; channel < sums.size(); ++channel) {
                const unsigned value = in[channels == 1 ? 0 : channel];
                sums[channel] += (value * opacity + 255U * (255U - opacity)) / 255U;
            }
        }
    }
    const auto count =
        static_cast<std::uint64_t>((end.width - begin.width) * (end.height - begin.height));
    std::array<std::uint8_t, 3> means{};
    for (std::size_t channel = 0; channel < sums.size(); ++channel) {
        means[channel] = static_cast<std::uint8_t>(sums[channel] / count);
    }
    return means;
}

}  // namespace
}  // namespace zt::service::impl
