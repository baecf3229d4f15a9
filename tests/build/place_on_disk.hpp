#pragma once
// The small place of kinds/places in a data directory on disk.

#include "base/seeded_random.hpp"
#include "kindfile/place_file.hpp"
#include "service/tenant.hpp"

namespace zt::build {

/// With the shipped definitions; genesis is written and the views are saved. in: the tenant's
/// name, empty for that of the file. errors: as Tenant::create.
[[nodiscard]] Result<void>
make_small_place(const std::string& path, UtcMs at, Random& random, const std::string& tenant = {});
/// Any place, likewise.
[[nodiscard]] Result<void> make_place(
    const std::string& path,
    const kindfile::Place& place,
    UtcMs at,
    Random& random,
    const std::string& tenant = {}
);
/// For writing, with the key beside it.
[[nodiscard]] Result<std::unique_ptr<service::Tenant>>
open_place(const std::string& path, Random& random, bool fills_later = false);

/// A folder of its own under the system's for temporary files; goes with its key file at the end.
class PlaceOnDisk {
  public:
    explicit PlaceOnDisk(std::string_view name, const std::string& tenant = {});
    /// Another place than the small one, that began another day.
    PlaceOnDisk(std::string_view name, const kindfile::Place& place, UtcMs began);
    /// What another one holds, which nobody has open.
    PlaceOnDisk(std::string_view name, const PlaceOnDisk& like);
    PlaceOnDisk(const PlaceOnDisk&) = delete;
    PlaceOnDisk& operator=(const PlaceOnDisk&) = delete;
    ~PlaceOnDisk();

    /// When the place began: the small one Monday 2022-08-01 09:00.
    [[nodiscard]] UtcMs began() const { return began_; }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] Random& random() { return random_; }
    /// The place, open for writing; one at a time.
    [[nodiscard]] std::unique_ptr<service::Tenant> open(bool fills_later = false);
    /// An appeal from outside, with a key of that text.
    [[nodiscard]] Submit hand_in(const std::string& key) const;

  private:
    std::string path_;
    UtcMs began_;
    SeededRandom random_;  ///< of its own for each tenant's name: keys and tokens differ
};

}  // namespace zt::build
