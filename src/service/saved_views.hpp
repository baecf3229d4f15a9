#pragma once
// Saved views: filters of the inbox and of lists that a person keeps under a name of their own.
//
// They lie in a file of their own, `views.db`, and not in the ledger: what somebody likes to look
// at is no fact of a matter, it may go without a trace, and the chain is kept for ever. Nor in
// `sessions.db`, which a backup takes without its sessions and a place may begin anew. Name and
// filter are sealed, since people put names into both; the key is derived from one that does not
// change with the master key. The client names a view by a UUID, so that asking twice makes one.

#include "base/json.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "base/world.hpp"
#include "domain/directory.hpp"
#include "vault/key.hpp"

#include <memory>
#include <mutex>
#include <vector>

namespace zt::service {

namespace impl {
class Database;
}

/// Where they lie in a data directory.
[[nodiscard]] inline std::string saved_views_file(const std::string& data) {
    return data + "/views.db";
}
/// All of them, for a backup; none when there is no such file. errors: bad_file (`to` is there),
/// damaged, disk_full, io_failed.
[[nodiscard]] Result<void> copy_saved_views(const std::string& from, const std::string& to);

/// More would not be found again.
inline constexpr std::int64_t saved_views_max = 50;
inline constexpr std::size_t saved_view_name_characters_max = 40;
inline constexpr std::size_t saved_view_bytes_max = 4'000;

struct SavedView {
    Uuid id;
    std::string name;
    Json view = Json::object();  ///< what is looked at and how: whatever the caller described
    UtcMs changed;
    bool operator==(const SavedView&) const = default;
};

/// threads: any.
class SavedViews {
  public:
    /// Makes the file when it is not there. Borrows key and random; random is used under a lock of
    /// this object. errors: damaged (another file), newer_version, read_only, disk_full, io_failed.
    [[nodiscard]] static Result<std::unique_ptr<SavedViews>>
    open(const std::string& path, const vault::MasterKey& key, Random& random);
    ~SavedViews();

    /// By name, then by id. errors: key_wrong, damaged, io_failed.
    [[nodiscard]] Result<std::vector<SavedView>> of(PersonId person);
    /// Makes it, or puts it in the place of the one of that id. Again: the same. errors: bad_value
    /// (name or view are empty, too long, or not UTF-8), name_taken (another one of the person has
    /// that name), too_large (as many as may be), not_found (the id is another person's),
    /// disk_full, io_failed.
    [[nodiscard]] Result<void> put(PersonId person, const SavedView& view);
    /// Gone, whether it was there or not; another person's stays. errors: disk_full, io_failed.
    [[nodiscard]] Result<void> remove(PersonId person, const Uuid& id);

  private:
    SavedViews(std::unique_ptr<impl::Database> database, vault::MatterKey key, Random& random);
    [[nodiscard]] Result<std::vector<SavedView>> read(PersonId person);
    [[nodiscard]] Result<PersonId> owner_of(const Uuid& id);

    std::mutex mutex_;  // guards database_ and random_
    std::unique_ptr<impl::Database> database_;
    const vault::MatterKey key_;
    Random& random_;
};

}  // namespace zt::service
