#include "app/import/side_file.hpp"

#include "base/json.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace zt::app {

namespace {

constexpr const char* suffix = ".rejected.jsonl";

std::FILE* create(const std::string& path) {
    const int number = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    return number < 0 ? nullptr : ::fdopen(number, "w");
}

}  // namespace

Result<void> SideFile::open() {
    const std::string beside = input_ + suffix;
    opened_ = path_.empty() ? beside : path_;
    file_.reset(create(opened_));
    if (!file_ && path_.empty()) {
        opened_ = std::filesystem::path(beside).filename().string();
        file_.reset(create(opened_));
    }
    if (!file_) {
        return fail(
            Errc::io_failed,
            std::string("rejected rows cannot be written here: ") + std::strerror(errno) +
                "; name another file by --rejects FILE",
            path_.empty() ? beside : path_
        );
    }
    return {};
}

Result<void> SideFile::add(const Row& row, const std::string& id, const Error& why) {
    if (!file_) {
        TRY_VOID(open());
    }
    Json one = Json::object();
    one.set("line", row.line).set("id", id).set("code", name_of(why.code)).set("row", row.text);
    one.set("reason", (why.at.empty() ? "" : why.at + ": ") + why.detail);
    const std::string text = to_canonical(one) + "\n";
    if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) {
        return fail(
            Errc::io_failed, std::string("writing failed: ") + std::strerror(errno), opened_
        );
    }
    return {};
}

Result<void> SideFile::finish() {
    if (file_ && std::fflush(file_.get()) != 0) {
        return fail(
            Errc::io_failed, std::string("writing failed: ") + std::strerror(errno), opened_
        );
    }
    return {};
}

}  // namespace zt::app
