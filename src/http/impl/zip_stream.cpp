#include "http/impl/zip_stream.hpp"

#include "base/check.hpp"

#include <zlib.h>

#include <array>

namespace zt::http {

namespace {

// PKWARE APPNOTE 6.3, 4.3: signatures and the fields that never differ here.
constexpr std::uint32_t file_head = 0x04034b50, behind_file = 0x08074b50, list_row = 0x02014b50,
                        list_end = 0x06054b50;
constexpr std::uint16_t version = 20;
constexpr std::uint16_t flags = 0x0808;  ///< sizes stand behind; names are UTF-8
constexpr std::uint16_t deflated = 8;
constexpr std::uint16_t first_day = 0x0021;  ///< 1980-01-01: the archive tells no time
constexpr std::size_t part_bytes = std::size_t{32} * 1024;

void put16(std::string& out, std::uint16_t value) {
    out += static_cast<char>(value & 0xFFU);
    out += static_cast<char>(value >> 8U);
}

void put32(std::string& out, std::uint32_t value) {
    put16(out, static_cast<std::uint16_t>(value & 0xFFFFU));
    put16(out, static_cast<std::uint16_t>(value >> 16U));
}

void put_common(std::string& out) {
    put16(out, flags);
    put16(out, deflated);
    put16(out, 0);
    put16(out, first_day);
}

}  // namespace

struct ZipStream::Deflating {
    z_stream stream{};
    bool is_open = false;
    std::array<char, part_bytes> out{};
};

ZipStream::ZipStream(Write write)
    : write_(std::move(write)), deflating_(std::make_unique<Deflating>()) {}

ZipStream::~ZipStream() {
    if (deflating_->is_open) {
        deflateEnd(&deflating_->stream);
    }
}

void ZipStream::put(std::string_view bytes) {
    position_ += static_cast<std::uint32_t>(bytes.size());
    is_wanted_ = is_wanted_ && write_(bytes);
}

void ZipStream::begin(std::string name) {
    end_file();
    Entry& entry = entries_.emplace_back();
    entry.name = std::move(name);
    entry.at = position_;
    std::string head;
    put32(head, file_head);
    put16(head, version);
    put_common(head);
    put32(head, 0);
    put32(head, 0);
    put32(head, 0);
    put16(head, static_cast<std::uint16_t>(entry.name.size()));
    put16(head, 0);
    put(head + entry.name);
    deflating_->stream = z_stream{};
    constexpr int raw_window = -15, usual_memory = 8;
    const int outcome = deflateInit2(
        &deflating_->stream, Z_BEST_SPEED, Z_DEFLATED, raw_window, usual_memory, Z_DEFAULT_STRATEGY
    );
    CHECK(outcome == Z_OK);
    deflating_->is_open = is_open_ = true;
}

void ZipStream::add(std::string_view bytes) {
    CHECK(is_open_);
    Entry& entry = entries_.back();
    entry.crc = static_cast<std::uint32_t>(crc32(
        entry.crc, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())
    ));
    entry.size += static_cast<std::uint32_t>(bytes.size());
    deflate_some(bytes, Z_NO_FLUSH);
}

void ZipStream::deflate_some(std::string_view bytes, int flush) {
    z_stream& stream = deflating_->stream;
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data())
    );  // NOLINT(cppcoreguidelines-pro-type-const-cast): zlib reads it
    stream.avail_in = static_cast<uInt>(bytes.size());
    bool is_full = true;
    while (is_full && is_wanted_) {
        stream.next_out = reinterpret_cast<Bytef*>(deflating_->out.data());
        stream.avail_out = static_cast<uInt>(deflating_->out.size());
        const int outcome = deflate(&stream, flush);
        CHECK(outcome == Z_OK || outcome == Z_STREAM_END || outcome == Z_BUF_ERROR);
        const std::size_t made = deflating_->out.size() - stream.avail_out;
        is_full = stream.avail_out == 0;
        entries_.back().packed += static_cast<std::uint32_t>(made);
        if (made > 0) {
            put({deflating_->out.data(), made});
        }
    }
}

void ZipStream::end_file() {
    if (!is_open_) {
        return;
    }
    deflate_some({}, Z_FINISH);
    deflateEnd(&deflating_->stream);
    deflating_->is_open = is_open_ = false;
    const Entry& entry = entries_.back();
    std::string behind;
    put32(behind, behind_file);
    put32(behind, entry.crc);
    put32(behind, entry.packed);
    put32(behind, entry.size);
    put(behind);
}

void ZipStream::finish() {
    end_file();
    const std::uint32_t at = position_;
    std::string list;
    for (const Entry& entry : entries_) {
        put32(list, list_row);
        put16(list, version);
        put16(list, version);
        put_common(list);
        put32(list, entry.crc);
        put32(list, entry.packed);
        put32(list, entry.size);
        put16(list, static_cast<std::uint16_t>(entry.name.size()));
        list.append(12, '\0');  // no extra, no comment, first disk, no attributes
        put32(list, entry.at);
        list += entry.name;
    }
    const auto count = static_cast<std::uint16_t>(entries_.size());
    const auto size = static_cast<std::uint32_t>(list.size());
    put32(list, list_end);
    put32(list, 0);
    put16(list, count);
    put16(list, count);
    put32(list, size);
    put32(list, at);
    put16(list, 0);
    put(list);
}

}  // namespace zt::http
