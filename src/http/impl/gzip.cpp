#include "http/exchange.hpp"

#include <zlib.h>

namespace zt::http {

namespace {

constexpr int quick_level = 4;        // twice as fast as the usual 6, texts some 3 % longer
constexpr int gzip_window = 15 + 16;  // 32 KiB; + 16 asks for the gzip form
constexpr int usual_memory = 8;

}  // namespace

std::optional<std::string> gzip(std::string_view bytes) {
    z_stream stream{};
    if (deflateInit2(
            &stream, quick_level, Z_DEFLATED, gzip_window, usual_memory, Z_DEFAULT_STRATEGY
        ) != Z_OK) {
        return std::nullopt;
    }
    std::string input(bytes);  // zlib takes what it does not change as changeable
    std::string out(deflateBound(&stream, input.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int outcome = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return outcome == Z_STREAM_END ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace zt::http
