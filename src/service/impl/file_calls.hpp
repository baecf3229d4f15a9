#pragma once
// The few file calls of files/, with errors that say what to do.

#include "base/result.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zt::service::impl {

/// An open file, closed when it goes.
class OpenFile {
  public:
    explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
    OpenFile(OpenFile&& other) noexcept;
    OpenFile& operator=(OpenFile&& other) noexcept;
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile();
    [[nodiscard]] int get() const { return descriptor_; }

  private:
    int descriptor_ = -1;
};

/// in: flags as for open(2); new files are readable by their owner only, links are not followed.
/// errors: not_found, read_only, disk_full, io_failed.
[[nodiscard]] Result<OpenFile> open_path(const std::string& path, int flags);
/// errors: io_failed, read_only, disk_full.
[[nodiscard]] Result<void> make_folder(const std::string& path);
/// Names in a folder, but `.` and `..`. errors: io_failed.
[[nodiscard]] Result<std::vector<std::string>> names_in(const std::string& folder);
[[nodiscard]] bool is_there(const std::string& path);
[[nodiscard]] Result<std::int64_t> size_of(const OpenFile& file);
/// Exactly that many bytes, or damaged.
[[nodiscard]] Result<std::string> read_at(const OpenFile& file, std::int64_t at, std::size_t size);
/// At most bytes_max, else damaged.
[[nodiscard]] Result<std::string> read_path(const std::string& path, std::int64_t bytes_max);
/// Behind what is there; on an error the file is as long as before.
[[nodiscard]] Result<void> append_to(const OpenFile& file, std::string_view bytes);
[[nodiscard]] Result<void> cut_to(const OpenFile& file, std::int64_t size);
/// A new file, not synced; on an error it is gone.
[[nodiscard]] Result<void> write_path(const std::string& path, std::string_view bytes);
/// A file that is whole, durable, and of that age before it has its name.
[[nodiscard]] Result<void>
write_durably(const std::string& path, const std::string& beside, std::string_view bytes, UtcMs at);
[[nodiscard]] Result<UtcMs> changed_at(const std::string& path);
/// No error when there is none.
[[nodiscard]] Result<void> remove_path(const std::string& path);
/// Zeros over its bytes, synced, before it goes: for keys.
[[nodiscard]] Result<void> wipe_path(const std::string& path);
[[nodiscard]] Result<void> sync_folder(const std::string& path);

}  // namespace zt::service::impl
