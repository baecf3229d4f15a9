#include "service/impl/file_calls.hpp"

#include <cerrno>
#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace zt::service::impl {
namespace {

constexpr mode_t owner_only = 0600;
constexpr mode_t owner_only_folder = 0700;

// The path is no secret (folder, random id, hash), but an id lets its holder go on with an upload.
std::unexpected<Error> fail_by(int number, std::string_view what);
Result<void> write_all(const OpenFile& file, std::string_view bytes);
std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

}  // namespace

OpenFile::OpenFile(OpenFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

OpenFile& OpenFile::operator=(OpenFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

OpenFile::~OpenFile() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

Result<OpenFile> open_path(const std::string& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, owner_only);
    if (descriptor < 0) {
        return fail_by(errno, "a file cannot be opened");
    }
    return OpenFile(descriptor);
}

Result<void> make_folder(const std::string& path) {
    if (::mkdir(path.c_str(), owner_only_folder) == 0) {
        return sync_folder(folder_of(path));
    }
    if (errno == EEXIST) {
        return {};
    }
    return fail_by(errno, "a folder cannot be made");
}

Result<std::vector<std::string>> names_in(const std::string& folder) {
    const auto close = [](DIR* open) { ::closedir(open); };
    const std::unique_ptr<DIR, decltype(close)> open(::opendir(folder.c_str()), close);
    if (open == nullptr) {
        return fail_by(errno, "a folder cannot be read");
    }
    std::vector<std::string> names;
    while (const dirent* entry = ::readdir(open.get())) {
        const std::string name = entry->d_name;
        if (name != "." && name != "..") {
            names.push_back(name);
        }
    }
    return names;
}

bool is_there(const std::string& path) {
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0;
}

Result<std::int64_t> size_of(const OpenFile& file) {
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) {
        return fail_by(errno, "a file cannot be measured");
    }
    return status.st_size;
}

Result<std::string> read_at(const OpenFile& file, std::int64_t at, std::size_t size) {
    std::string bytes(size, '\0');
    std::size_t count = 0;
    while (count < size) {
        const ssize_t got = ::pread(
            file.get(), bytes.data() + count, size - count, at + static_cast<std::int64_t>(count)
        );
        if (got < 0 && errno != EINTR) {
            return fail_by(errno, "a file cannot be read");
        }
        if (got == 0) {
            return fail(Errc::damaged, "the file ends before its contents do");
        }
        count += static_cast<std::size_t>(got < 0 ? 0 : got);
    }
    return bytes;
}

Result<std::string> read_path(const std::string& path, std::int64_t bytes_max) {
    TRY(const OpenFile file, open_path(path, O_RDONLY));
    TRY(const std::int64_t size, size_of(file));
    if (size > bytes_max) {
        return fail(Errc::damaged, "the file is longer than it can be");
    }
    return read_at(file, 0, static_cast<std::size_t>(size));
}

Result<void> append_to(const OpenFile& file, std::string_view bytes) {
    TRY(const std::int64_t size, size_of(file));
    Result<void> written = write_all(file, bytes);
    if (!written) {
        TRY_VOID(cut_to(file, size));
    }
    return written;
}

Result<void> cut_to(const OpenFile& file, std::int64_t size) {
    if (::ftruncate(file.get(), size) != 0) {
        return fail_by(errno, "a file cannot be cut back");
    }
    return {};
}

Result<void> write_path(const std::string& path, std::string_view bytes) {
    Result<void> written;
    {
        TRY(const OpenFile file, open_path(path, O_WRONLY | O_CREAT | O_EXCL));
        written = write_all(file, bytes);
    }
    if (!written) {
        ignore(remove_path(path), "the first error says more");
    }
    return written;
}

Result<void> write_durably(
    const std::string& path, const std::string& beside, std::string_view bytes, UtcMs at
) {
    const auto write_beside = [&]() -> Result<void> {
        TRY(const OpenFile file, open_path(beside, O_WRONLY | O_CREAT | O_TRUNC));
        TRY_VOID(write_all(file, bytes));
        const auto seconds = std::chrono::floor<std::chrono::seconds>(at.time_since_epoch());
        const timespec age{seconds.count(), 0};
        const timespec both[2] = {age, age};
        if (::futimens(file.get(), both) != 0) {
            return fail_by(errno, "the age of a file cannot be set");
        }
        if (::fsync(file.get()) != 0) {
            return fail_by(errno, "a file cannot be synced");
        }
        return {};
    };
    Result<void> written = write_beside();
    if (written && std::rename(beside.c_str(), path.c_str()) != 0) {
        written = fail_by(errno, "a file cannot be renamed");
    }
    if (!written) {
        ignore(remove_path(beside), "the first error says more");
        return written;
    }
    return sync_folder(folder_of(path));
}

Result<UtcMs> changed_at(const std::string& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) {
        return fail_by(errno, "a file cannot be measured");
    }
    return UtcMs(std::chrono::seconds(status.st_mtim.tv_sec));
}

Result<void> remove_path(const std::string& path) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
        return fail_by(errno, "a file cannot be removed");
    }
    return {};
}

Result<void> wipe_path(const std::string& path) {
    Result<OpenFile> file = open_path(path, O_WRONLY);
    if (!file) {
        return file.error().code == Errc::not_found ? Result<void>()
                                                    : std::unexpected(file.error());
    }
    TRY(const std::int64_t size, size_of(*file));
    TRY_VOID(write_all(*file, std::string(static_cast<std::size_t>(size), '\0')));
    if (::fsync(file->get()) != 0) {
        return fail_by(errno, "a file cannot be synced");
    }
    return remove_path(path);
}

Result<void> sync_folder(const std::string& path) {
    TRY(const OpenFile folder, open_path(path, O_RDONLY | O_DIRECTORY));
    if (::fsync(folder.get()) != 0) {
        return fail_by(errno, "a folder cannot be synced");
    }
    return {};
}

namespace {

std::unexpected<Error> fail_by(int number, std::string_view what) {
    const std::string reason = std::string(what) + ": " + std::generic_category().message(number);
    switch (number) {
    case ENOENT: return fail(Errc::not_found, reason);
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return fail(Errc::disk_full, reason + "; make room and try again");
    case EROFS:
    case EACCES:
    case EPERM: return fail(Errc::read_only, reason + "; make files/ writable for this user");
    default: return fail(Errc::io_failed, reason);
    }
}

Result<void> write_all(const OpenFile& file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return fail_by(errno, "a file cannot be written");
        }
        bytes.remove_prefix(static_cast<std::size_t>(written < 0 ? 0 : written));
    }
    return {};
}

}  // namespace
}  // namespace zt::service::impl
