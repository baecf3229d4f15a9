#pragma once
// Change of the master key. Every wrapped key of a matter is opened with the old key and wrapped by
// the new one, in batches; the old key is overwritten when nothing needs it any more. Whoever is
// killed on the way, at any point, runs it again and it goes on; until then the place does not open
// with a key (rotation_open).
//
// What must survive the change (claims, bodies of submits, follow-up codes) is hashed under the
// lookup keys, which stay and are sealed anew. Backups of before open only with the old key: with
// its shares, as long as they are kept (docs/operating/keys.md).

#include "base/world.hpp"
#include "store/store.hpp"
#include "vault/key.hpp"
#include "vault/shares.hpp"

#include <functional>
#include <string>

namespace zt::service {

/// Settings of the store.
inline constexpr std::string_view key_check_setting = "key_check";
inline constexpr std::string_view lookup_setting = "lookup_keys";
inline constexpr std::string_view rotation_setting = "rotation_to";

enum class RotationStep : std::uint8_t {
    next_key_made,
    begun,
    batch_wrapped,
    lookup_sealed,
    switched,
    in_place,
    scrubbed,
    ended
};

struct Rotation {
    std::string path;      ///< of the data directory, which nobody else may have open for writing
    std::string key_file;  ///< empty: PATH.key
    Random* random = nullptr;
    std::size_t batch_max = 1000;  ///< keys in one transaction: a tenth of a second
    /// Told after each step, with the keys wrapped so far. May be empty.
    std::function<void(RotationStep, std::int64_t)> on_step{};
};

struct RotationResult {
    std::int64_t wrapped = 0;  ///< keys wrapped anew by this run
    bool is_resumed = false;   ///< it went on with one that had been cut off
};

/// errors: those of opening; key_missing, key_wrong; damaged, naming the matter; io_failed,
/// disk_full: run it again.
[[nodiscard]] Result<RotationResult> rotate_master_key(const Rotation& rotation);

/// errors: rotation_open while a change is not finished; io_failed.
[[nodiscard]] Result<void> check_no_rotation(store::Reader& store);
/// The place's lookup keys into a key that was loaded. errors: key_wrong, damaged, io_failed.
[[nodiscard]] Result<void> take_lookup_keys(store::Reader& store, vault::MasterKey& key);

struct DrillResult {
    std::int64_t keys_opened = 0;   ///< wrapped keys of matters
    std::int64_t parts_opened = 0;  ///< sealed texts, each the one that its event committed to
};

/// Proves in memory that two shares open what is sealed here and that neither does alone. Writes
/// nothing. in: matters_max, how many matters to open, from the newest down.
/// errors: share_wrong (of another key, or one share is enough), not_found (nothing is sealed yet),
/// damaged.
[[nodiscard]] Result<DrillResult> drill_shares(
    store::Reader& store,
    const vault::Share& one,
    const vault::Share& other,
    std::int64_t matters_max
);

}  // namespace zt::service
