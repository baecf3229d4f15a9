#include "app/embedded.hpp"

#include <algorithm>

extern "C" {
/// A row of the table that CMake writes (src/app/CMakeLists.txt); the last has no path.
struct ZtEmbeddedRow {
    const char* path;
    const char* begin;
    const char* end;
};
extern const ZtEmbeddedRow zt_embedded_rows[];
extern const char zt_web_begin[];
extern const char zt_web_end[];
}

namespace zt::app {

namespace {

std::vector<EmbeddedFile> read_rows() {
    std::vector<EmbeddedFile> files;
    for (const ZtEmbeddedRow* row = zt_embedded_rows; row->path != nullptr; ++row) {
        files.push_back({row->path, std::string_view(row->begin, row->end)});
    }
    std::ranges::sort(files, {}, &EmbeddedFile::path);
    return files;
}

}  // namespace

const std::vector<EmbeddedFile>& embedded_files() {
    static const std::vector<EmbeddedFile> files = read_rows();
    return files;
}

std::string_view embedded_web() { return {zt_web_begin, zt_web_end}; }

const EmbeddedFile* find_embedded(std::string_view path) {
    const auto& files = embedded_files();
    const auto found = std::ranges::find(files, path, &EmbeddedFile::path);
    return found == files.end() ? nullptr : &*found;
}

std::vector<EmbeddedFile> embedded_in(std::string_view folder) {
    std::vector<EmbeddedFile> found;
    for (const auto& file : embedded_files()) {
        if (file.path.size() > folder.size() && file.path.starts_with(folder) &&
            file.path.rfind('/') == folder.size()) {
            found.push_back(file);
        }
    }
    return found;
}

}  // namespace zt::app
