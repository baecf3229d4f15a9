#pragma once
// A folder of a test's own under the system's temporary folder, gone with the object.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace zt::views::test {

class ScratchFolder {
  public:
    ScratchFolder() {
        const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
        path_ = ::testing::TempDir() + "zt_views_" + test->test_suite_name() + "_" + test->name();
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() {
        std::error_code left;
        std::filesystem::remove_all(path_, left);
    }
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    std::string path_;
};

}  // namespace zt::views::test
