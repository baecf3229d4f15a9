#include "app/import/byte_source.hpp"

#include <zlib.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace zt::app {

namespace {

/// zlib's own default of 8 kB makes twice as many calls.
constexpr unsigned buffer_bytes = 64U << 10U;

gzFile gz(void* file) { return static_cast<gzFile>(file); }

}  // namespace

void ByteSource::Close::operator()(void* file) const { ::gzclose(gz(file)); }

Result<ByteSource> ByteSource::open(const std::string& path) {
    ByteSource source;
    source.path_ = path;
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
        return fail(Errc::bad_file, "is a folder; name a file of rows", path);
    }
    const auto size = std::filesystem::file_size(path, error);
    if (error) {
        return fail(Errc::bad_file, "cannot be read: " + error.message(), path);
    }
    source.size_ = static_cast<std::int64_t>(size);
    errno = 0;
    source.file_.reset(::gzopen(path.c_str(), "rb"));
    if (!source.file_) {
        return fail(Errc::bad_file, std::string("cannot be read: ") + std::strerror(errno), path);
    }
    ::gzbuffer(gz(source.file_.get()), buffer_bytes);
    return source;
}

Result<std::size_t> ByteSource::read(std::span<char> out) {
    const int count = ::gzread(gz(file_.get()), out.data(), static_cast<unsigned>(out.size()));
    int code = Z_OK;
    const char* message = ::gzerror(gz(file_.get()), &code);
    if (count < 0 || (code != Z_OK && code != Z_STREAM_END)) {
        const bool is_cut = code == Z_BUF_ERROR;
        const std::string what =
            is_cut ? "the gzip file is cut short" : std::string("reading failed: ") + message;
        return fail(Errc::bad_file, what, path_);
    }
    return static_cast<std::size_t>(count);
}

std::int64_t ByteSource::position() const { return ::gzoffset(gz(file_.get())); }

}  // namespace zt::app
