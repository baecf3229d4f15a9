#pragma once
// The few file calls of the store, with errors that say what to do.

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace zt::store::impl {

/// An open file, closed when it goes.
class File {
  public:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    File(File&& other) noexcept;
    File& operator=(File&& other) noexcept;
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File();
    [[nodiscard]] int get() const { return descriptor_; }
    /// The caller closes it from now on.
    [[nodiscard]] int release();

  private:
    int descriptor_ = -1;
};

/// read_only, disk_full or io_failed, by errno. what: "cannot be written".
[[nodiscard]] Error file_error(int number, std::string_view what, const std::string& path);

[[nodiscard]] bool exists(const std::string& path);
/// Tells that a file was written; all 0 when there is none.
struct Stamp {
    std::int64_t bytes = 0, seconds = 0, nanoseconds = 0;
    bool operator==(const Stamp&) const = default;
};
[[nodiscard]] Stamp stamp_of(const std::string& path);
/// 0 when there is no such file.
[[nodiscard]] std::int64_t file_bytes(const std::string& path);
[[nodiscard]] std::string folder_of(const std::string& path);

/// in: flags as for open(2), new files are readable by their owner only.
[[nodiscard]] Result<File> open_file(const std::string& path, int flags);
/// At most bytes_max bytes of a small file.
[[nodiscard]] Result<std::string> read_start(const std::string& path, std::size_t bytes_max);
[[nodiscard]] Result<void>
write_all(const File& file, std::string_view bytes, const std::string& path);
/// Waits until the file, or the names in a folder, are on the disk.
[[nodiscard]] Result<void> sync_path(const std::string& path);
/// Written beside, synced, renamed: the name shows either nothing or the whole.
[[nodiscard]] Result<void> write_file(const std::string& path, std::string_view bytes);

}  // namespace zt::store::impl
