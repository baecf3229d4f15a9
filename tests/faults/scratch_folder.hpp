#pragma once
// A folder for a while, in memory where there is a file system for that.

#include "base/check.hpp"

#include <cstdlib>
#include <filesystem>
#include <string>

namespace zt::faults {

class ScratchFolder {
  public:
    ScratchFolder() {
        const bool has_memory = std::filesystem::is_directory("/dev/shm");
        const auto above =
            has_memory ? std::filesystem::path("/dev/shm") : std::filesystem::temp_directory_path();
        std::string name = (above / "zhitong-faults-XXXXXX").string();
        CHECK(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string operator/(const std::string& name) const {
        return path_ + "/" + name;
    }

  private:
    std::string path_;
};

}  // namespace zt::faults
