#pragma once
// Bytes of a file, plain or gzip, in order and once.

#include "base/result.hpp"

#include <cstdint>
#include <memory>
#include <span>

namespace zt::app {

class ByteSource {
  public:
    /// errors: bad_file.
    [[nodiscard]] static Result<ByteSource> open(const std::string& path);

    /// out: how many bytes were written to `out`; 0 only at the end. errors: bad_file (broken or
    /// cut gzip, disk).
    [[nodiscard]] Result<std::size_t> read(std::span<char> out);
    /// Bytes of the file itself that were read so far, and all that it has: for progress.
    [[nodiscard]] std::int64_t position() const;
    [[nodiscard]] std::int64_t size() const { return size_; }

  private:
    struct Close {
        void operator()(void* file) const;
    };
    ByteSource() = default;

    std::string path_;
    std::unique_ptr<void, Close> file_;  ///< zlib's; it reads plain files too
    std::int64_t size_ = 0;
};

}  // namespace zt::app
