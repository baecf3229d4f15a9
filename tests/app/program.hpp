#pragma once
// The program as a user runs it: its words, what it printed, its exit code; and a folder of its own
// that goes away.

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace zt::test {

struct Outcome {
    int code = -1;
    std::string text;  ///< both streams, in order
};

/// in: a line as a shell would take it.
inline Outcome run_line(const std::string& line) {
    Outcome run;
    FILE* pipe = ::popen((line + " 2>&1 </dev/null").c_str(), "r");
    if (pipe == nullptr) {
        return run;
    }
    std::array<char, 4096> part{};
    std::size_t size = 0;
    while ((size = std::fread(part.data(), 1, part.size(), pipe)) > 0) {
        run.text.append(part.data(), size);
    }
    const int status = ::pclose(pipe);
    run.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return run;
}
/// in: words as a shell would take them.
inline Outcome run_program(const std::string& words) {
    return run_line(std::string(ZT_PROGRAM) + " " + words);
}

class Folder {
  public:
    Folder() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "zhitong-test-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::permissions(path_, std::filesystem::perms::owner_all, ignored);
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string operator/(const std::string& name) const {
        return path_ + "/" + name;
    }
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    std::string path_;
};

inline void write_file(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

inline std::string read_file(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

/// The first file below the folder whose bytes hold the canary; empty when none does.
inline std::string file_with(const std::string& folder, const std::string& canary) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file() &&
            read_file(entry.path().string()).find(canary) != std::string::npos) {
            return entry.path().string();
        }
    }
    return {};
}

}  // namespace zt::test
