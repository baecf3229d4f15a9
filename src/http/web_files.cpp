#include "http/web_files.hpp"

#include "base/text.hpp"
#include "http/head.hpp"

#include <array>

namespace zt::http {

namespace {

constexpr std::string_view first_line = "zhitong-web 1";

struct Row {
    WebFile file;
    std::array<std::size_t, 3> sizes{};
};

/// The line without its end, taken off the front of the rest.
Result<std::string_view> take_line(std::string_view& rest) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) {
        return fail(Errc::bad_file, "the archive of pages ends within its list");
    }
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

Result<Row> read_row(std::string_view line) {
    constexpr std::size_t columns = 6;
    std::array<std::string_view, columns> cells;
    for (std::size_t index = 0; index < columns; ++index) {
        const std::size_t tab = line.find('\t');
        if ((tab == std::string_view::npos) != (index + 1 == columns)) {
            return fail(Errc::bad_file, "a line of the archive of pages has six columns");
        }
        cells[index] = line.substr(0, tab);
        line.remove_prefix(tab == std::string_view::npos ? line.size() : tab + 1);
    }
    Row row;
    row.file.path = cells[0];
    row.file.type = cells[1];
    row.file.hash = cells[2];
    for (std::size_t index = 0; index < row.sizes.size(); ++index) {
        const auto size = parse_int(cells[index + 3]);
        if (!size || *size < 0) {
            return fail(Errc::bad_file, "a size in the archive of pages is no number");
        }
        row.sizes[index] = static_cast<std::size_t>(*size);
    }
    return row;
}

}  // namespace

std::string_view name_of(Packing packing) {
    switch (packing) {
    case Packing::brotli: return "br";
    case Packing::gzip: return "gzip";
    case Packing::none: return "";
    }
    return "";
}

std::pair<Packing, std::string_view> WebFile::best(std::string_view accept_encoding) const {
    if (!brotli.empty() && lists_word(accept_encoding, "br")) {
        return {Packing::brotli, brotli};
    }
    if (!gzip.empty() && lists_word(accept_encoding, "gzip")) {
        return {Packing::gzip, gzip};
    }
    return {Packing::none, plain};
}

Result<WebFiles> WebFiles::read(std::string_view archive) {
    std::vector<Row> rows;
    TRY(auto line, take_line(archive));
    if (line != first_line) {
        return fail(Errc::bad_file, "this is no archive of pages");
    }
    for (;;) {
        TRY(line, take_line(archive));
        if (line.empty()) {
            break;
        }
        TRY(auto row, read_row(line));
        rows.push_back(row);
    }
    WebFiles files;
    for (auto& [file, sizes] : rows) {
        std::array<std::string_view*, 3> parts{&file.plain, &file.gzip, &file.brotli};
        for (std::size_t index = 0; index < parts.size(); ++index) {
            if (archive.size() < sizes[index]) {
                return fail(Errc::bad_file, "the archive of pages is cut off");
            }
            *parts[index] = archive.substr(0, sizes[index]);
            archive.remove_prefix(sizes[index]);
        }
        if (!files.files_.emplace(file.path, file).second) {
            return fail(Errc::bad_file, "the archive of pages has a path twice");
        }
    }
    if (!archive.empty()) {
        return fail(Errc::bad_file, "the archive of pages is longer than its list says");
    }
    return files;
}

const WebFile* WebFiles::find(std::string_view path) const {
    const auto found = files_.find(path);
    return found == files_.end() ? nullptr : &found->second;
}

}  // namespace zt::http
