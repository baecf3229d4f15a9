#include "tests/unit/service/file_samples.hpp"

#include "base/check.hpp"
#include "service/impl/picture.hpp"

#include <zlib.h>

namespace zt::service::test {
namespace {

enum class Order : std::uint8_t { little, big };

std::string number(std::uint64_t value, std::size_t bytes, Order order) {
    std::string text(bytes, '\0');
    for (std::size_t index = 0; index < bytes; ++index) {
        const std::size_t at = order == Order::little ? index : bytes - 1 - index;
        text[at] = static_cast<char>(value >> (8 * index));
    }
    return text;
}
std::string little(std::uint64_t value, std::size_t bytes) {
    return number(value, bytes, Order::little);
}
std::string big(std::uint64_t value, std::size_t bytes) { return number(value, bytes, Order::big); }

unsigned long crc(std::string_view text) {
    return crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size()));
}

/// Orientation, and the canary as the name of the maker.
std::string exif(int orientation) {
    const std::string maker = std::string(canary) + '\0';
    std::string text = "II" + little(42, 2) + little(8, 4) + little(2, 2);
    text += little(0x010F, 2) + little(2, 2) + little(maker.size(), 4) + little(38, 4);
    text += little(0x0112, 2) + little(3, 2) + little(1, 4);
    text += little(static_cast<std::uint64_t>(orientation), 4) + little(0, 4);
    return text + maker;
}

std::string png_chunk(std::string_view name, std::string_view text) {
    const std::string body = std::string(name) + std::string(text);
    return big(text.size(), 4) + body + big(crc(body), 4);
}

std::string jpeg_segment(int mark, std::string_view text) {
    return '\xFF' + std::string(1, static_cast<char>(mark)) + big(text.size() + 2, 2) +
           std::string(text);
}

std::string riff_chunk(std::string_view name, std::string_view text) {
    return std::string(name) + little(text.size(), 4) + std::string(text) +
           std::string(text.size() % 2, '\0');
}

std::string deflated(std::string_view text) {
    z_stream stream{};
    CHECK(deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string source(text);
    std::string out(deflateBound(&stream, static_cast<uLong>(source.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(source.data());
    stream.avail_in = static_cast<uInt>(source.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

}  // namespace

std::string picture(std::string_view type, int width, int height) {
    impl::Pixels pixels{width, height, 3, {}};
    pixels.bytes.resize(pixels.row_bytes() * static_cast<std::size_t>(height));
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const bool is_red = x < width / 2 && y < height / 2;
            const std::size_t at =
                static_cast<std::size_t>(y) * pixels.row_bytes() + static_cast<std::size_t>(x) * 3;
            pixels.bytes[at + (is_red ? 0 : 2)] = 255;
        }
    }
    return impl::encode(type, pixels).value();
}

std::string picture_with_metadata(std::string_view type, int width, int height, int orientation) {
    const std::string plain = picture(type, width, height);
    const std::string xmp = "http://ns.adobe.com/xap/1.0/" + std::string(1, '\0');
    const std::string trail(canary);
    if (type == "image/jpeg") {
        return plain.substr(0, 2) +
               jpeg_segment(0xE1, std::string("Exif\0\0", 6) + exif(orientation)) +
               jpeg_segment(0xE1, xmp + trail) + jpeg_segment(0xE2, "ICC_PROFILE" + trail) +
               jpeg_segment(0xFE, trail) + plain.substr(2) + trail;
    }
    if (type == "image/png") {
        constexpr std::size_t header_bytes = 33;
        return plain.substr(0, header_bytes) + png_chunk("eXIf", exif(orientation)) +
               png_chunk("tEXt", "Comment" + std::string(1, '\0') + trail) +
               plain.substr(header_bytes) + trail;
    }
    const std::string wide = little(8, 4) + little(static_cast<std::uint64_t>(width) - 1, 3) +
                             little(static_cast<std::uint64_t>(height) - 1, 3);
    const std::string chunks = "WEBP" + riff_chunk("VP8X", wide) + plain.substr(12) +
                               riff_chunk("EXIF", exif(orientation)) + riff_chunk("XMP ", trail);
    return riff_chunk("RIFF", chunks) + trail;
}

std::string png_that_claims(std::uint32_t width, std::uint32_t height) {
    const std::string header = big(width, 4) + big(height, 4) + std::string("\x08\x02\0\0\0", 5);
    return "\x89PNG\r\n\x1A\n" + png_chunk("IHDR", header) + png_chunk("IDAT", "x\x9C") +
           png_chunk("IEND", "");
}

std::string zip(const std::vector<Entry>& entries) {
    std::string out;
    std::string directory;
    for (const Entry& entry : entries) {
        const std::string packed = entry.is_deflated ? deflated(entry.text) : entry.text;
        const auto told = [&](std::int64_t bytes, std::uint64_t otherwise) {
            return little(bytes < 0 ? otherwise : static_cast<std::uint64_t>(bytes), 4);
        };
        const std::string method = little(entry.is_deflated ? 8 : 0, 2);
        const std::string begin =
            method + little(0, 4) + little(crc(entry.text), 4) + little(packed.size(), 4);
        const std::string local = told(entry.declared_bytes, entry.text.size());
        const std::string central =
            entry.directory_bytes < 0 ? local : told(entry.directory_bytes, entry.text.size());
        const std::string name_bytes = little(entry.name.size(), 2);
        directory += "PK\x01\x02" + little(20, 2) + little(20, 2) + little(0, 2) + begin + central +
                     name_bytes + std::string(12, '\0') + little(out.size(), 4) + entry.name;
        out += "PK\x03\x04" + little(20, 2) + little(0, 2) + begin + local + name_bytes +
               little(0, 2) + entry.name + packed;
    }
    const std::string count = little(entries.size(), 2);
    return out + directory + "PK\x05\x06" + little(0, 4) + count + count +
           little(directory.size(), 4) + little(out.size(), 4) + little(0, 2);
}

std::vector<Entry> letter() {
    return {
        {"[Content_Types].xml", "<Types/>"}, {"word/document.xml", "<w:document>直通</w:document>"}
    };
}

std::string pdf() {
    return "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
}

std::string compound(const std::vector<std::string>& streams) {
    std::string file = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(504, '\0');
    for (const std::string& stream : streams) {
        std::string entry;
        for (const char letter : stream) {
            entry += letter;
            entry += '\0';
        }
        entry.resize(128, '\0');
        file += entry;
    }
    return file + std::string(512, '\0');
}

}  // namespace zt::service::test
