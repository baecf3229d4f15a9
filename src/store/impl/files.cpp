#include "store/impl/files.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace zt::store::impl {
namespace {

constexpr mode_t owner_only = 0600;  // the ledger names offices and cases: nobody else's business

}  // namespace

File::File(File&& other) noexcept : descriptor_(other.release()) {}

File& File::operator=(File&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

File::~File() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

int File::release() { return std::exchange(descriptor_, -1); }

Error file_error(int number, std::string_view what, const std::string& path) {
    const std::string reason = std::string(what) + ": " + std::generic_category().message(number);
    if (number == ENOSPC || number == EDQUOT) {
        return {Errc::disk_full, reason + "; make room and try again", path};
    }
    if (number == EROFS || number == EACCES || number == EPERM) {
        return {Errc::read_only, reason + "; make it writable for this user", path};
    }
    return {Errc::io_failed, reason, path};
}

bool exists(const std::string& path) {
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0;
}

Stamp stamp_of(const std::string& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) {
        return {};
    }
    return {status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

std::int64_t file_bytes(const std::string& path) { return stamp_of(path).bytes; }

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) {
        return ".";
    }
    return slash == 0 ? "/" : path.substr(0, slash);
}

Result<File> open_file(const std::string& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, owner_only);
    if (descriptor < 0) {
        return std::unexpected(file_error(errno, "cannot be opened", path));
    }
    return File(descriptor);
}

Result<std::string> read_start(const std::string& path, std::size_t bytes_max) {
    TRY(const File file, open_file(path, O_RDONLY));
    std::string text(bytes_max, '\0');
    std::size_t count = 0;
    while (count < bytes_max) {
        const ssize_t got = ::read(file.get(), text.data() + count, bytes_max - count);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return std::unexpected(file_error(errno, "cannot be read", path));
        }
        if (got == 0) {
            break;
        }
        count += static_cast<std::size_t>(got);
    }
    text.resize(count);
    return text;
}

Result<void> write_all(const File& file, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return std::unexpected(file_error(errno, "cannot be written", path));
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> sync_path(const std::string& path) {
    TRY(const File file, open_file(path, O_RDONLY));
    if (::fsync(file.get()) != 0) {
        return std::unexpected(file_error(errno, "cannot be synced", path));
    }
    return {};
}

Result<void> write_file(const std::string& path, std::string_view bytes) {
    const std::string beside = path + ".new";
    {
        TRY(const File file, open_file(beside, O_WRONLY | O_CREAT | O_TRUNC));
        TRY_VOID(write_all(file, bytes, beside));
    }
    TRY_VOID(sync_path(beside));
    if (std::rename(beside.c_str(), path.c_str()) != 0) {
        return std::unexpected(file_error(errno, "cannot be renamed", path));
    }
    return sync_path(folder_of(path));
}

}  // namespace zt::store::impl
