#pragma once
// Keys. One master key a data directory, in a file beside it; one random key a matter (a person is
// a matter), wrapped by the master key and kept by the store. Destroying the wrapped key is what
// erasing a matter means: nothing that was sealed under it can be opened again, on disk, in the log
// or in any backup that lacks the key row.
//
// The choice: XChaCha20-Poly1305 (libsodium, draft-irtf-cfrg-xchacha). Its nonces are long enough
// to be drawn at random for ever, and the associated data binds a wrapped key to its matter and a
// sealed text to its name, so that neither can be moved to another place and still open.

#include "base/hash.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/world.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace zt::vault {

/// 32 bytes of a key; wiped when they go.
class Secret {
  public:
    static constexpr std::size_t size = 32;

    Secret() = default;
    explicit Secret(const std::array<std::uint8_t, size>& bytes) : bytes_(bytes) {}
    Secret(const Secret&) = default;
    Secret& operator=(const Secret&) = default;
    ~Secret();

    [[nodiscard]] static Secret make(Random& random);
    [[nodiscard]] const std::uint8_t* data() const { return bytes_.data(); }
    [[nodiscard]] std::uint8_t* data() { return bytes_.data(); }
    [[nodiscard]] std::string_view view() const;

  private:
    std::array<std::uint8_t, size> bytes_{};
};

/// First bytes of a value derived from a key: enough to say "another key", useless to find it.
using KeyTag = std::array<std::uint8_t, 4>;

/// Keys of what must be found or compared again for as long as the place stands: values of claims,
/// bodies of submits, follow-up codes. They do not change with the master key. At first they are
/// derived from it; when it changes, the store keeps them sealed under the new one
/// (docs/adr/0006_change_of_the_master_key.md).
struct LookupKeys {
    Secret claims, bodies, codes;
};

class MasterKey {
  public:
    explicit MasterKey(const Secret& secret);
    [[nodiscard]] static MasterKey make(Random& random);

    /// 32 hex digits that the store keeps from `init` on, so that a wrong key is told before
    /// anything is opened.
    [[nodiscard]] const std::string& check_value() const { return check_value_; }
    /// errors: key_wrong.
    [[nodiscard]] Result<void> check(std::string_view stored_check_value) const;

    /// What a `unique:` claim stores instead of its value: equal for equal values of one kind and
    /// claim, under this key only. The value is taken byte by byte; the caller normalises it first.
    [[nodiscard]] Hash
    claim_hash(std::string_view kind, std::string_view claim, std::string_view value) const;

    [[nodiscard]] const LookupKeys& lookup() const { return lookup_; }
    /// The lookup keys that the place has had from before this master key.
    void keep_lookup(const LookupKeys& keys) { lookup_ = keys; }

    [[nodiscard]] const Secret& secret() const { return secret_; }
    [[nodiscard]] const Secret& wrapping() const { return wrapping_; }
    [[nodiscard]] const KeyTag& tag() const { return tag_; }

  private:
    Secret secret_;
    Secret wrapping_;  ///< derived, so that no key serves two purposes
    LookupKeys lookup_;
    KeyTag tag_{};
    std::string check_value_;
};

class MatterKey {
  public:
    explicit MatterKey(const Secret& secret);
    [[nodiscard]] static MatterKey make(Random& random);

    [[nodiscard]] const Secret& secret() const { return secret_; }
    [[nodiscard]] const KeyTag& tag() const { return tag_; }

  private:
    Secret secret_;
    KeyTag tag_{};
};

/// Bytes of a wrapped key; every row has this length, erased ones too, so that erasing overwrites
/// in place.
inline constexpr std::size_t wrapped_key_bytes = 77;

/// The row that the store keeps for the matter.
[[nodiscard]] std::string
wrap(const MasterKey& master, MatterId owner, const MatterKey& key, Random& random);
/// errors: not_found when it was erased, key_wrong when another master key wrapped it, damaged when
/// it was altered or belongs to another matter.
[[nodiscard]] Result<MatterKey>
unwrap(const MasterKey& master, MatterId owner, std::string_view wrapped);

/// It was wrapped by this master key, as far as its tag tells: another one has the same tag once in
/// four thousand million times, and opening then says so.
[[nodiscard]] bool is_wrapped_by(const MasterKey& master, std::string_view wrapped);

/// The lookup keys sealed under a master key, as hex digits: what the store keeps as a setting.
[[nodiscard]] std::string
seal_lookup(const MasterKey& master, const LookupKeys& keys, Random& random);
/// errors: key_wrong, damaged.
[[nodiscard]] Result<LookupKeys> open_lookup(const MasterKey& master, std::string_view sealed);

/// What the store writes over a wrapped key to erase the matter. The caller makes it durable, also
/// in the write-ahead log (`secure_delete`, then a checkpoint that truncates).
[[nodiscard]] std::string erased_key();
[[nodiscard]] bool is_erased(std::string_view wrapped);

}  // namespace zt::vault
