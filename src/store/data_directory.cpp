#include "store/data_directory.hpp"

#include "base/text.hpp"
#include "store/impl/files.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <string_view>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

// The lock is flock(2) on the file `lock`, because the kernel drops it whenever and however its
// holder ends. It belongs to the open file, so a second opening in the same process is refused too.
// The pid written into it is for people.

namespace zt::store {
namespace {

constexpr std::size_t short_file_bytes_max = 64;  // VERSION and lock hold one number
constexpr mode_t folder_mode = 0700;
constexpr std::array<std::string_view, 3> folders = {"figures", "files", "kinds"};
/// What a create that was cut short may have left; anything else in the folder belongs to somebody
/// else.
constexpr std::array<std::string_view, 5> own_names = {
    "figures", "files", "kinds", "lock", "VERSION.new"
};

Result<void> make_folder(const std::string& path);
Result<void> check_empty(const std::string& path);
Result<void> check_version(const std::string& path);
Result<int> take_lock(const std::string& path);

}  // namespace

Result<DataDirectory> DataDirectory::create(const std::string& path) {
    TRY_VOID(make_folder(path));
    if (impl::exists(path + "/VERSION")) {
        return fail(
            Errc::already_initialised,
            "is a data directory already; name another folder, or use this one without `init`",
            path
        );
    }
    TRY_VOID(check_empty(path));
    TRY(const int lock, take_lock(path));
    DataDirectory made(path, Access::write, lock);
    for (const std::string_view folder : folders) {
        TRY_VOID(make_folder(path + "/" + std::string(folder)));
    }
    // Last: a folder without VERSION is not initialised, so a create that was cut short can be run
    // again.
    TRY_VOID(impl::write_file(path + "/VERSION", std::to_string(data_version) + "\n"));
    TRY_VOID(impl::sync_path(impl::folder_of(path)));
    return made;
}

Result<DataDirectory> DataDirectory::open(const std::string& path, Access access) {
    TRY_VOID(check_version(path));
    if (access == Access::read) {
        return DataDirectory(path, access, -1);
    }
    if (::access(path.c_str(), W_OK) != 0) {
        return std::unexpected(impl::file_error(errno, "the data directory cannot be written", path)
        );
    }
    TRY(const int lock, take_lock(path));
    return DataDirectory(path, access, lock);
}

DataDirectory::DataDirectory(DataDirectory&& other) noexcept
    : path_(std::move(other.path_)),
      access_(other.access_),
      lock_(std::exchange(other.lock_, -1)) {}

DataDirectory& DataDirectory::operator=(DataDirectory&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(access_, other.access_);
    std::swap(lock_, other.lock_);
    return *this;
}

DataDirectory::~DataDirectory() {
    if (lock_ >= 0) {
        ::close(lock_);
    }
}

namespace {

Result<void> make_folder(const std::string& path) {
    if (::mkdir(path.c_str(), folder_mode) == 0) {
        return {};
    }
    const int number = errno;
    struct stat status{};
    if (number == EEXIST && ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) {
        return {};
    }
    if (number == EEXIST) {
        return fail(Errc::io_failed, "is a file; a folder is needed here", path);
    }
    return std::unexpected(impl::file_error(number, "the folder cannot be made", path));
}

Result<void> check_empty(const std::string& path) {
    const auto close = [](DIR* folder) { ::closedir(folder); };
    const std::unique_ptr<DIR, decltype(close)> folder(::opendir(path.c_str()), close);
    if (folder == nullptr) {
        return std::unexpected(impl::file_error(errno, "the folder cannot be read", path));
    }
    while (const dirent* entry = ::readdir(folder.get())) {
        const std::string name = entry->d_name;
        if (name != "." && name != ".." && std::ranges::find(own_names, name) == own_names.end()) {
            return fail(
                Errc::already_initialised,
                "is not empty (it holds `" + name +
                    "`); name a folder that is empty or does not exist",
                path
            );
        }
    }
    return {};
}

Result<void> check_version(const std::string& path) {
    const std::string file = path + "/VERSION";
    if (!impl::exists(file)) {
        const char* what = impl::exists(path) ? "is not a data directory" : "does not exist";
        return fail(
            Errc::not_initialised,
            std::string(what) + "; make one with `zhitong init --data " + path + "`",
            path
        );
    }
    TRY(const std::string text, impl::read_start(file, short_file_bytes_max));
    const Result<std::int64_t> version = parse_int(trim(text));
    if (!version || *version < 1) {
        return fail(
            Errc::damaged,
            "should hold the number of the version, as `1`; restore the directory from a backup",
            file
        );
    }
    if (*version > data_version) {
        return fail(
            Errc::newer_version,
            "the directory has version " + std::to_string(*version) + ", this program knows " +
                std::to_string(data_version) + "; use the newer program that wrote it",
            file
        );
    }
    return {};
}

Error in_use(const std::string& path, const std::string& lock_file) {
    std::string holder = "another process";
    if (const Result<std::string> text = impl::read_start(lock_file, short_file_bytes_max)) {
        if (const Result<std::int64_t> pid = parse_int(trim(*text))) {
            holder = "process " + std::to_string(*pid);
        }
    }
    return {Errc::in_use, holder + " is writing here; stop it first, or wait for its end", path};
}

Result<int> take_lock(const std::string& path) {
    const std::string lock_file = path + "/lock";
    TRY(impl::File file, impl::open_file(lock_file, O_RDWR | O_CREAT));
    if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
        const int number = errno;
        return std::unexpected(
            number == EWOULDBLOCK ? in_use(path, lock_file)
                                  : impl::file_error(number, "cannot be locked", lock_file)
        );
    }
    if (::ftruncate(file.get(), 0) != 0) {
        return std::unexpected(impl::file_error(errno, "cannot be written", lock_file));
    }
    TRY_VOID(impl::write_all(file, std::to_string(::getpid()) + "\n", lock_file));
    return file.release();
}

}  // namespace
}  // namespace zt::store
