#include "app/import/memory_file.hpp"

#include <cerrno>
#include <cstring>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace zt::app {

namespace {

std::unexpected<Error> failed(const char* what) {
    return fail(Errc::io_failed, std::string(what) + ": " + std::strerror(errno));
}

}  // namespace

Result<MemoryFile> MemoryFile::make(std::string_view content) {
    const int number = ::memfd_create("rows", MFD_CLOEXEC);
    if (number < 0) {
        return failed("no room for a file in memory");
    }
    MemoryFile file(number);
    while (!content.empty()) {
        const ssize_t count = ::write(number, content.data(), content.size());
        if (count <= 0) {
            return failed("writing to memory failed");
        }
        content.remove_prefix(static_cast<std::size_t>(count));
    }
    return file;
}

MemoryFile::MemoryFile(MemoryFile&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

MemoryFile::~MemoryFile() {
    if (number_ >= 0) {
        ::close(number_);
    }
}

std::string MemoryFile::path() const { return "/proc/self/fd/" + std::to_string(number_); }

Result<std::string> MemoryFile::content() const {
    std::string all;
    constexpr std::size_t part_bytes = std::size_t{64} * 1024;
    std::string part(part_bytes, '\0');
    for (off_t from = 0;;) {
        const ssize_t count = ::pread(number_, part.data(), part.size(), from);
        if (count < 0) {
            return failed("reading from memory failed");
        }
        if (count == 0) {
            return all;
        }
        all.append(part, 0, static_cast<std::size_t>(count));
        from += count;
    }
}

}  // namespace zt::app
