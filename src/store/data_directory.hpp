#pragma once
// The data directory: VERSION, lock, ledger.db, one file per following view, figures/, files/,
// kinds/, run.sock.

#include "base/result.hpp"

#include <cstdint>
#include <string>

namespace zt::store {

inline constexpr int data_version = 1;

enum class Access : std::uint8_t { read, write };

/// What was learned from the place's messages; needs no lock, it is replaced whole.
[[nodiscard]] inline std::string classifier_file(const std::string& directory) {
    return directory + "/classifier";
}

/// An opened directory. Holds the lock while it lives when opened for writing; one process writes.
class DataDirectory {
  public:
    /// Creates the layout. errors: already_initialised, io_failed, read_only, disk_full.
    [[nodiscard]] static Result<DataDirectory> create(const std::string& path);
    /// errors: not_initialised (names `init`), newer_version, in_use (with the pid that holds it),
    /// read_only, damaged.
    [[nodiscard]] static Result<DataDirectory> open(const std::string& path, Access access);

    DataDirectory(DataDirectory&& other) noexcept;
    DataDirectory& operator=(DataDirectory&& other) noexcept;
    DataDirectory(const DataDirectory&) = delete;
    DataDirectory& operator=(const DataDirectory&) = delete;
    ~DataDirectory();

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string ledger_file() const { return path_ + "/ledger.db"; }
    [[nodiscard]] std::string lists_file() const { return path_ + "/lists.db"; }
    [[nodiscard]] std::string sessions_file() const { return path_ + "/sessions.db"; }
    [[nodiscard]] std::string search_file() const { return path_ + "/search.db"; }
    [[nodiscard]] std::string tree_file() const { return path_ + "/proof_tree.db"; }
    [[nodiscard]] std::string delivery_file() const { return path_ + "/delivery.db"; }
    [[nodiscard]] std::string socket_file() const { return path_ + "/run.sock"; }
    [[nodiscard]] std::string open_set_file() const { return path_ + "/open_set"; }
    [[nodiscard]] std::string figures_folder() const { return path_ + "/figures"; }
    [[nodiscard]] Access access() const { return access_; }

  private:
    DataDirectory(std::string path, Access access, int lock)
        : path_(std::move(path)), access_(access), lock_(lock) {}
    std::string path_;
    Access access_ = Access::read;
    int lock_ = -1;
};

}  // namespace zt::store
