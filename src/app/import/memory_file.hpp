#pragma once
// A file that lies in memory alone and goes with its owner: rows that name people pass through it
// and never touch a disk.

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace zt::app {

class MemoryFile {
  public:
    /// errors: io_failed.
    [[nodiscard]] static Result<MemoryFile> make(std::string_view content);
    MemoryFile(MemoryFile&& other) noexcept;
    MemoryFile& operator=(MemoryFile&&) = delete;
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile();

    /// To be opened by this process while the file lives.
    [[nodiscard]] std::string path() const;
    /// errors: io_failed.
    [[nodiscard]] Result<std::string> content() const;

  private:
    explicit MemoryFile(int number) : number_(number) {}
    int number_ = -1;
};

}  // namespace zt::app
