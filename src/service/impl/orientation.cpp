#include "service/impl/picture.hpp"

#include <cstdint>
#include <optional>

namespace zt::service::impl {
namespace {

enum class Order : std::uint8_t { little, big };

constexpr std::string_view exif_start{"Exif\0\0", 6};
constexpr unsigned orientation_tag = 0x0112;
constexpr unsigned short_format = 3;
constexpr unsigned entries_max = 512;  // the first directory of cameras has about 15

/// Little- or big-endian number of `count` bytes; nothing when it does not lie inside.
std::optional<std::uint32_t>
number_at(std::string_view bytes, std::size_t at, std::size_t count, Order order);
std::string_view exif_of_jpeg(std::string_view bytes);
std::string_view exif_of_png(std::string_view bytes);
std::string_view exif_of_webp(std::string_view bytes);
/// The orientation of a TIFF block's first directory, else 1.
int orientation_in(std::string_view tiff);

}  // namespace

int orientation_of(std::string_view type, std::string_view bytes) {
    if (type == "image/jpeg") {
        return orientation_in(exif_of_jpeg(bytes));
    }
    return orientation_in(type == "image/png" ? exif_of_png(bytes) : exif_of_webp(bytes));
}

namespace {

std::optional<std::uint32_t>
number_at(std::string_view bytes, std::size_t at, std::size_t count, Order order) {
    if (at > bytes.size() || bytes.size() - at < count) {
        return std::nullopt;
    }
    std::uint32_t number = 0;
    for (std::size_t index = 0; index < count; ++index) {
        const std::size_t from = order == Order::big ? at + index : at + count - 1 - index;
        number = number << 8U | static_cast<unsigned char>(bytes[from]);
    }
    return number;
}

std::string_view exif_of_jpeg(std::string_view bytes) {
    constexpr unsigned application_1 = 0xE1;
    constexpr unsigned start_of_scan = 0xDA;
    std::size_t at = 2;  // behind the start of the image
    while (true) {
        const auto mark = number_at(bytes, at, 2, Order::big);
        const auto length = number_at(bytes, at + 2, 2, Order::big);
        if (!mark || !length || *mark >> 8U != 0xFFU || *length < 2 ||
            (*mark & 0xFFU) == start_of_scan || bytes.size() - at - 2 < *length) {
            return {};
        }
        const std::string_view segment = bytes.substr(at + 4, *length - 2);
        if ((*mark & 0xFFU) == application_1 && segment.starts_with(exif_start)) {
            return segment.substr(exif_start.size());
        }
        at += 2 + *length;
    }
}

std::string_view exif_of_png(std::string_view bytes) {
    std::size_t at = 8;  // behind the signature
    while (true) {
        const auto length = number_at(bytes, at, 4, Order::big);
        if (!length || bytes.size() - at < 12 || bytes.size() - at - 12 < *length) {
            return {};
        }
        if (bytes.substr(at + 4, 4) == "eXIf") {
            return bytes.substr(at + 8, *length);
        }
        at += 12 + std::size_t{*length};
    }
}

std::string_view exif_of_webp(std::string_view bytes) {
    std::size_t at = 12;  // behind RIFF, size, WEBP
    while (true) {
        const auto length = number_at(bytes, at + 4, 4, Order::little);
        if (!length || bytes.size() - at - 8 < *length) {
            return {};
        }
        if (bytes.substr(at, 4) == "EXIF") {
            std::string_view block = bytes.substr(at + 8, *length);
            block.remove_prefix(block.starts_with(exif_start) ? exif_start.size() : 0);
            return block;
        }
        at += 8 + std::size_t{*length} + *length % 2;
    }
}

int orientation_in(std::string_view tiff) {
    const Order order = tiff.starts_with("II") ? Order::little : Order::big;
    const auto first = number_at(tiff, 4, 4, order);
    const auto count = first ? number_at(tiff, *first, 2, order) : std::nullopt;
    if (!count || *count > entries_max) {
        return 1;
    }
    for (std::size_t index = 0; index < *count; ++index) {
        const std::size_t entry = *first + 2 + index * 12;
        if (number_at(tiff, entry, 2, order) == orientation_tag &&
            number_at(tiff, entry + 2, 2, order) == short_format) {
            const auto value = number_at(tiff, entry + 8, 2, order);
            return value && *value >= 1 && *value <= 8 ? static_cast<int>(*value) : 1;
        }
    }
    return 1;
}

}  // namespace
}  // namespace zt::service::impl
