#include "service/impl/jpeg.hpp"

#include "base/check.hpp"
#include "service/attachment.hpp"

#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <jerror.h>
#include <jpeglib.h>

// libjpeg tells errors by a call that must not return. It jumps back to the frame that began, and
// between the two there are only C frames and ours without destructors: all that owns memory lives
// in the object that the caller holds.

namespace zt::service::impl {
namespace {

/// A progressive picture of ten thousand scans of some bytes each keeps a decoder busy for hours;
/// real ones have about ten.
constexpr int scans_max = 64;
/// What decoding may take beside the pixels: a progressive picture keeps all coefficients.
constexpr long memory_bytes_max = 320L << 20U;

struct Errors {
    jpeg_error_mgr base{};  // first: libjpeg hands back a pointer to it
    std::jmp_buf back{};
    bool is_cut = false;
};

struct Decoding {
    jpeg_decompress_struct jpeg{};
    jpeg_progress_mgr progress{};
    Errors errors;
    Pixels pixels;

    Decoding();
    Decoding(const Decoding&) = delete;
    Decoding& operator=(const Decoding&) = delete;
    ~Decoding() { jpeg_destroy_decompress(&jpeg); }
};

struct Encoding {
    jpeg_compress_struct jpeg{};
    Errors errors;
    unsigned char* out = nullptr;
    unsigned long out_bytes = 0;

    Encoding();
    Encoding(const Encoding&) = delete;
    Encoding& operator=(const Encoding&) = delete;
    ~Encoding() {
        jpeg_destroy_compress(&jpeg);
        std::free(out);  // libjpeg took it by malloc
    }
};

[[noreturn]] void jump_back(j_common_ptr jpeg);
void note_warning(j_common_ptr jpeg, int level);
void watch_scans(j_common_ptr jpeg);
/// out: false when libjpeg gave up.
bool read_header(Decoding& decoding, std::string_view bytes);
bool read_rows(Decoding& decoding);
bool write_rows(Encoding& encoding, const Pixels& pixels, int quality);
void to_colour(Decoding& decoding);
Result<PictureSize> size_of(const Decoding& decoding);
std::unexpected<Error> broken() { return fail(Errc::bad_file, "the JPEG is broken or cut"); }

}  // namespace

Result<PictureSize> measure_jpeg(std::string_view bytes) {
    Decoding decoding;
    if (!read_header(decoding, bytes)) {
        return broken();
    }
    return size_of(decoding);
}

Result<Pixels> decode_jpeg(std::string_view bytes) {
    Decoding decoding;
    if (!read_header(decoding, bytes)) {
        return broken();
    }
    TRY(const PictureSize size, size_of(decoding));
    jpeg_decompress_struct& jpeg = decoding.jpeg;
    const bool has_four = jpeg.jpeg_color_space == JCS_CMYK || jpeg.jpeg_color_space == JCS_YCCK;
    const bool is_grey = jpeg.jpeg_color_space == JCS_GRAYSCALE;
    jpeg.out_color_space = has_four ? JCS_CMYK : is_grey ? JCS_GRAYSCALE : JCS_RGB;
    Pixels& pixels = decoding.pixels;
    pixels.width = static_cast<int>(size.width);
    pixels.height = static_cast<int>(size.height);
    pixels.channels = has_four ? 4 : is_grey ? 1 : 3;
    pixels.bytes.resize(pixels.row_bytes() * static_cast<std::size_t>(size.height));
    if (!read_rows(decoding) || decoding.errors.is_cut) {
        return broken();
    }
    if (has_four) {
        to_colour(decoding);
    }
    return std::move(decoding.pixels);
}

Result<std::string> encode_jpeg(const Pixels& pixels, int quality) {
    CHECK(pixels.channels != 4);
    Encoding encoding;
    if (!write_rows(encoding, pixels, quality)) {
        return fail(Errc::bad_file, "the picture cannot be encoded");
    }
    return std::string(reinterpret_cast<const char*>(encoding.out), encoding.out_bytes);
}

namespace {

Decoding::Decoding() {
    jpeg.err = jpeg_std_error(&errors.base);
    errors.base.error_exit = jump_back;
    errors.base.emit_message = note_warning;
    progress.progress_monitor = watch_scans;
}

Encoding::Encoding() {
    jpeg.err = jpeg_std_error(&errors.base);
    errors.base.error_exit = jump_back;
    errors.base.emit_message = note_warning;
}

[[noreturn]] void jump_back(j_common_ptr jpeg) {
    std::longjmp(reinterpret_cast<Errors*>(jpeg->err)->back, 1);
}

void note_warning(j_common_ptr jpeg, int level) {
    if (level >= 0) {
        return;  // a trace
    }
    auto* const errors = reinterpret_cast<Errors*>(jpeg->err);
    const int code = errors->base.msg_code;
    errors->is_cut = errors->is_cut || code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER;
}

void watch_scans(j_common_ptr jpeg) {
    if (jpeg->is_decompressor != 0 &&
        reinterpret_cast<j_decompress_ptr>(jpeg)->input_scan_number > scans_max) {
        jump_back(jpeg);
    }
}

bool read_header(Decoding& decoding, std::string_view bytes) {
    jpeg_decompress_struct& jpeg = decoding.jpeg;
    if (setjmp(decoding.errors.back) != 0) {
        return false;
    }
    jpeg_create_decompress(&jpeg);
    jpeg.progress = &decoding.progress;
    jpeg.mem->max_memory_to_use = memory_bytes_max;
    jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return jpeg_read_header(&jpeg, TRUE) == JPEG_HEADER_OK;
}

bool read_rows(Decoding& decoding) {
    jpeg_decompress_struct& jpeg = decoding.jpeg;
    if (setjmp(decoding.errors.back) != 0) {
        return false;
    }
    jpeg_start_decompress(&jpeg);
    Pixels& pixels = decoding.pixels;
    if (static_cast<int>(jpeg.output_width) != pixels.width ||
        static_cast<int>(jpeg.output_height) != pixels.height ||
        jpeg.output_components != pixels.channels) {
        return false;
    }
    while (jpeg.output_scanline < jpeg.output_height) {
        JSAMPROW row = pixels.bytes.data() + jpeg.output_scanline * pixels.row_bytes();
        jpeg_read_scanlines(&jpeg, &row, 1);
    }
    return jpeg_finish_decompress(&jpeg) != FALSE;
}

bool write_rows(Encoding& encoding, const Pixels& pixels, int quality) {
    jpeg_compress_struct& jpeg = encoding.jpeg;
    if (setjmp(encoding.errors.back) != 0) {
        return false;
    }
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &encoding.out, &encoding.out_bytes);
    jpeg.image_width = static_cast<JDIMENSION>(pixels.width);
    jpeg.image_height = static_cast<JDIMENSION>(pixels.height);
    jpeg.input_components = pixels.channels;
    jpeg.in_color_space = pixels.channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, quality, TRUE);
    jpeg.optimize_coding = TRUE;
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height) {
        // libjpeg reads only; its interface is older than const.
        auto* row = const_cast<JSAMPROW>(  // NOLINT(cppcoreguidelines-pro-type-const-cast): as said
            pixels.bytes.data() + jpeg.next_scanline * pixels.row_bytes()
        );
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    return true;
}

/// Four inks to three lights, in place. Programmes that write them say so with Adobe's marker and
/// store them the other way round.
void to_colour(Decoding& decoding) {
    Pixels& pixels = decoding.pixels;
    const bool is_inverted = decoding.jpeg.saw_Adobe_marker != FALSE;
    const auto light = [is_inverted](std::uint8_t ink) {
        return static_cast<unsigned>(is_inverted ? ink : 255 - ink);
    };
    const std::size_t count = pixels.bytes.size() / 4;
    for (std::size_t pixel = 0; pixel < count; ++pixel) {
        const unsigned black = light(pixels.bytes[pixel * 4 + 3]);
        for (std::size_t channel = 0; channel < 3; ++channel) {
            pixels.bytes[pixel * 3 + channel] =
                static_cast<std::uint8_t>(light(pixels.bytes[pixel * 4 + channel]) * black / 255);
        }
    }
    pixels.bytes.resize(count * 3);
    pixels.channels = 3;
}

Result<PictureSize> size_of(const Decoding& decoding) {
    const PictureSize size{decoding.jpeg.image_width, decoding.jpeg.image_height};
    if (size.width * size.height > picture_pixels_max) {
        return fail(Errc::too_large, "the picture has more pixels than are decoded");
    }
    return size;
}

}  // namespace
}  // namespace zt::service::impl
