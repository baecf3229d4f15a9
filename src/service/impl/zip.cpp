#include "service/impl/zip.hpp"

#include "service/attachment.hpp"
#include "service/impl/sniff.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <optional>

namespace zt::service::impl {
namespace {

constexpr std::uint32_t end_mark = 0x06054b50;
constexpr std::uint32_t directory_mark = 0x02014b50;
constexpr std::uint32_t entry_mark = 0x04034b50;
constexpr std::size_t end_bytes = 22;
constexpr std::size_t directory_row_bytes = 46;
constexpr std::size_t entry_head_bytes = 30;
constexpr std::size_t comment_bytes_max = 65'535;
constexpr std::size_t name_bytes_max = 1'024;
constexpr unsigned flag_encrypted = 1;
constexpr unsigned flag_sizes_follow = 8;
constexpr unsigned method_stored = 0;
constexpr unsigned method_deflated = 8;

/// Little-endian numbers; the caller has seen to it that they lie inside.
unsigned short_at(std::string_view bytes, std::size_t at);
std::uint32_t long_at(std::string_view bytes, std::size_t at);
std::unexpected<Error> unsafe(const char* why) { return fail(Errc::unsafe_file, why); }

struct Directory {
    std::size_t at = 0, bytes = 0, entries = 0;
};
std::optional<std::size_t> find_end(std::string_view bytes);
Result<Directory> read_end(std::string_view bytes);
/// One row of the directory; `at` moves behind it.
Result<ZipEntry> read_row(std::string_view bytes, const Directory& directory, std::size_t& at);
/// What the entry itself says, compared with its row. out: where its bytes begin.
Result<std::size_t> check_head(std::string_view bytes, std::size_t row, std::size_t directory_at);
Result<void> check_name(std::string_view name);
Result<void> check_apart(const std::vector<ZipEntry>& entries, std::string_view bytes);

}  // namespace

bool ends_as_archive(std::string_view bytes) { return find_end(bytes).has_value(); }

Result<std::vector<ZipEntry>> read_zip(std::string_view bytes) {
    TRY(const Directory directory, read_end(bytes));
    std::vector<ZipEntry> entries;
    std::size_t at = directory.at;
    while (entries.size() < directory.entries) {
        TRY(ZipEntry entry, read_row(bytes, directory, at));
        entries.push_back(entry);
    }
    if (at != directory.at + directory.bytes) {
        return unsafe("its directory is longer than its entries");
    }
    TRY_VOID(check_apart(entries, bytes));
    return entries;
}

Result<std::string> unpack(const ZipEntry& entry, std::int64_t keep_max) {
    const auto keep = static_cast<std::size_t>(std::min(keep_max, entry.unpacked_bytes));
    if (!entry.is_deflated) {
        return std::string(entry.packed.substr(0, keep));
    }
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
        return fail(Errc::overloaded, "no memory to unpack");
    }
    // zlib reads only; its interface is older than const.
    stream.next_in =
        const_cast<Bytef*>(  // NOLINT(cppcoreguidelines-pro-type-const-cast): zlib takes no const
            reinterpret_cast<const Bytef*>(entry.packed.data())
        );
    stream.avail_in = static_cast<uInt>(entry.packed.size());
    std::string kept;
    std::array<Bytef, 65'536> piece{};
    std::int64_t count = 0;
    int state = Z_OK;
    while (state == Z_OK && count <= entry.unpacked_bytes) {
        stream.next_out = piece.data();
        stream.avail_out = piece.size();
        state = inflate(&stream, Z_NO_FLUSH);
        const std::size_t got = piece.size() - stream.avail_out;
        count += static_cast<std::int64_t>(got);
        const std::size_t wanted = std::min(got, keep - std::min(keep, kept.size()));
        kept.append(reinterpret_cast<const char*>(piece.data()), wanted);
    }
    const bool is_whole = state == Z_STREAM_END && stream.avail_in == 0;
    inflateEnd(&stream);
    if (!is_whole || count != entry.unpacked_bytes) {
        return unsafe("an entry does not unpack to the size that it declares");
    }
    return kept;
}

namespace {

unsigned short_at(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]) |
           (static_cast<unsigned>(static_cast<unsigned char>(bytes[at + 1])) << 8U);
}

std::uint32_t long_at(std::string_view bytes, std::size_t at) {
    return short_at(bytes, at) | (std::uint32_t{short_at(bytes, at + 2)} << 16U);
}

std::optional<std::size_t> find_end(std::string_view bytes) {
    if (bytes.size() < end_bytes) {
        return std::nullopt;
    }
    const std::size_t latest = bytes.size() - end_bytes;
    const std::size_t earliest = latest - std::min(latest, comment_bytes_max);
    for (std::size_t at = latest + 1; at-- > earliest;) {
        if (long_at(bytes, at) == end_mark &&
            at + end_bytes + short_at(bytes, at + 20) == bytes.size()) {
            return at;
        }
    }
    return std::nullopt;
}

Result<Directory> read_end(std::string_view bytes) {
    const std::optional<std::size_t> end = find_end(bytes);
    if (!end) {
        return unsafe("the archive has no end, or something stands behind it");
    }
    const unsigned disks = short_at(bytes, *end + 4) | short_at(bytes, *end + 6);
    const Directory directory{
        long_at(bytes, *end + 16), long_at(bytes, *end + 12), short_at(bytes, *end + 10)
    };
    if (disks != 0 || directory.entries != short_at(bytes, *end + 8)) {
        return unsafe("an archive of several parts, or of more than an office document has");
    }
    if (directory.entries > static_cast<std::size_t>(archive_entries_max)) {
        return unsafe("too many entries");
    }
    // No gap: what stands before the end is the directory, so two readers see the same one.
    if (directory.at > *end || directory.bytes != *end - directory.at) {
        return unsafe("its directory is not where its end says");
    }
    return directory;
}

Result<ZipEntry> read_row(std::string_view bytes, const Directory& directory, std::size_t& at) {
    const std::size_t end = directory.at + directory.bytes;
    if (end - at < directory_row_bytes || long_at(bytes, at) != directory_mark) {
        return unsafe("its directory ends before its entries do");
    }
    const std::size_t row = at;
    const std::size_t name_bytes = short_at(bytes, row + 28);
    const std::size_t whole =
        directory_row_bytes + name_bytes + short_at(bytes, row + 30) + short_at(bytes, row + 32);
    if (end - at < whole) {
        return unsafe("an entry is longer than the directory");
    }
    at += whole;
    const unsigned method = short_at(bytes, row + 10);
    if ((short_at(bytes, row + 8) & flag_encrypted) != 0) {
        return fail(Errc::type_refused, "it is encrypted, so that nobody can see what it holds");
    }
    if (method != method_stored && method != method_deflated) {
        return fail(Errc::type_refused, "no office document is packed by this method");
    }
    ZipEntry entry;
    entry.name = bytes.substr(row + directory_row_bytes, name_bytes);
    TRY_VOID(check_name(entry.name));
    TRY(const std::size_t begin, check_head(bytes, row, directory.at));
    entry.packed = bytes.substr(begin, long_at(bytes, row + 20));
    entry.unpacked_bytes = long_at(bytes, row + 24);
    entry.is_deflated = method == method_deflated;
    if (!entry.is_deflated && entry.packed.size() != long_at(bytes, row + 24)) {
        return unsafe("an entry that is not packed has two sizes");
    }
    return entry;
}

Result<std::size_t> check_head(std::string_view bytes, std::size_t row, std::size_t directory_at) {
    const std::size_t head = long_at(bytes, row + 42);
    const std::size_t packed = long_at(bytes, row + 20);
    if (head > directory_at || directory_at - head < entry_head_bytes ||
        long_at(bytes, head) != entry_mark) {
        return unsafe("an entry is not where the directory says");
    }
    const std::size_t name_bytes = short_at(bytes, head + 26);
    const std::size_t begin = head + entry_head_bytes + name_bytes + short_at(bytes, head + 28);
    if (begin > directory_at || packed > directory_at - begin) {
        return unsafe("an entry reaches into the directory");
    }
    const std::size_t row_name_bytes = short_at(bytes, row + 28);
    const bool has_same_name = bytes.substr(head + entry_head_bytes, name_bytes) ==
                               bytes.substr(row + directory_row_bytes, row_name_bytes);
    const bool has_same_method = short_at(bytes, head + 8) == short_at(bytes, row + 10);
    const bool sizes_follow = (short_at(bytes, head + 6) & flag_sizes_follow) != 0;
    const bool has_same_sizes = long_at(bytes, head + 18) == packed &&
                                long_at(bytes, head + 22) == long_at(bytes, row + 24);
    if (!has_same_name || !has_same_method || (!sizes_follow && !has_same_sizes)) {
        return unsafe("an entry says other things than the directory");
    }
    return begin;
}

Result<void> check_name(std::string_view name) {
    const bool leads_out = name.starts_with('/') || name.starts_with("../") || name == ".." ||
                           name.find("/../") != std::string_view::npos || name.ends_with("/..");
    const bool is_odd = name.empty() || name.size() > name_bytes_max ||
                        name.find_first_of(std::string_view("\\:\0", 3)) != std::string_view::npos;
    if (leads_out || is_odd) {
        return unsafe("the name of an entry is none that an office document has");
    }
    return {};
}

Result<void> check_apart(const std::vector<ZipEntry>& entries, std::string_view bytes) {
    std::vector<std::string_view> pieces;
    for (const ZipEntry& entry : entries) {
        pieces.push_back(entry.packed);
    }
    const char* const start = bytes.data();
    const auto begin_of = [start](std::string_view piece) { return piece.data() - start; };
    std::ranges::sort(pieces, {}, [&](std::string_view piece) {
        return std::pair(begin_of(piece), piece.size());
    });
    for (std::size_t index = 1; index < pieces.size(); ++index) {
        const std::string_view before = pieces[index - 1];
        // Each entry has a header of its own, so their bytes cannot touch.
        const auto gap =
            begin_of(pieces[index]) - begin_of(before) - static_cast<std::ptrdiff_t>(before.size());
        if (gap < static_cast<std::ptrdiff_t>(entry_head_bytes)) {
            return unsafe("entries lie over one another");
        }
    }
    return {};
}

}  // namespace
}  // namespace zt::service::impl
