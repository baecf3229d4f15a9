#include "views/impl/files.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace zt::views::impl {
namespace {

std::unexpected<Error> fail_with(int number, const std::string& what, const std::string& path);

}  // namespace

Result<std::string> read_whole(const std::string& path) {
    std::error_code problem;
    if (!std::filesystem::exists(path, problem)) {
        return fail(Errc::not_found, "there is no such file", path);
    }
    errno = 0;
    std::ifstream in(path, std::ios::binary);
    std::string bytes;
    if (in) {
        const auto size = std::filesystem::file_size(path, problem);
        bytes.resize(problem ? 0 : size);
        in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
    if (problem || !in) {
        return fail_with(errno, "cannot be read", path);
    }
    return bytes;
}

Result<void> replace_whole(const std::string& path, std::string_view bytes) {
    const std::string beside = path + ".tmp";
    errno = 0;
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) {
        const int number = errno;
        std::error_code ignored;
        std::filesystem::remove(beside, ignored);
        return fail_with(number, "cannot be written", path);
    }
    std::error_code problem;
    std::filesystem::rename(beside, path, problem);
    if (problem) {
        return fail_with(problem.value(), "cannot be put in place", path);
    }
    return {};
}

namespace {

std::unexpected<Error> fail_with(int number, const std::string& what, const std::string& path) {
    const Errc code = number == ENOSPC || number == EDQUOT                     ? Errc::disk_full
                      : number == EROFS || number == EACCES || number == EPERM ? Errc::read_only
                                                                               : Errc::io_failed;
    return fail(code, what + (number == 0 ? "" : std::string(": ") + std::strerror(number)), path);
}

}  // namespace
}  // namespace zt::views::impl
