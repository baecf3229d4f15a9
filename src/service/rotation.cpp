#include "service/rotation.hpp"

#include "service/codec.hpp"
#include "store/data_directory.hpp"
#include "store/sqlite.hpp"
#include "vault/key_file.hpp"
#include "vault/seal.hpp"

#include <algorithm>
#include <optional>

namespace zt::service {

namespace {

constexpr std::string_view none = "none";

Result<std::string> setting_or_empty(store::Reader& store, std::string_view name) {
    TRY(const auto value, store.setting(name));
    return value.value_or(std::string());
}

/// The check value of the key that a change under way leads to; empty when none is.
Result<std::string> rotation_to(store::Reader& store) {
    TRY(auto value, setting_or_empty(store, rotation_setting));
    return value == none ? std::string() : value;
}

class Changeover {
  public:
    Changeover(const Rotation& rotation, store::Store& store)
        : rotation_(rotation),
          store_(store),
          key_file_(rotation.key_file.empty() ? rotation.path + ".key" : rotation.key_file) {}

    Result<RotationResult> run() {
        TRY(const std::string check, setting_or_empty(store_, key_check_setting));
        TRY_VOID(begin(check));
        if (next_ && check != next_->check_value()) {
            TRY(vault::MasterKey old, vault::load_key_file(key_file_, check));
            TRY_VOID(wrap_all(old));
            TRY_VOID(keep_lookup(old));
            TRY_VOID(store_.set_setting(key_check_setting, next_->check_value()));
            tell(RotationStep::switched);
        }
        TRY_VOID(vault::put_next_key_file_in_place(key_file_));
        tell(RotationStep::in_place);
        TRY_VOID(store_.scrub());
        tell(RotationStep::scrubbed);
        TRY_VOID(store_.set_setting(rotation_setting, none));
        tell(RotationStep::ended);
        return result_;
    }

  private:
    void tell(RotationStep step) const {
        if (rotation_.on_step) {
            rotation_.on_step(step, result_.wrapped);
        }
    }

    /// The next key: made, or the one that was made before. Without one, its file stands in place
    /// already and only the end is missing.
    Result<void> begin(const std::string& check) {
        TRY(const std::string to, rotation_to(store_));
        result_.is_resumed = !to.empty();
        if (to.empty()) {
            // The old key is looked at before anything is made.
            TRY(const auto old, vault::load_key_file(key_file_, check));
            ignore(old, "only that it is the right one");
            TRY(next_, vault::create_next_key_file(key_file_, *rotation_.random));
            tell(RotationStep::next_key_made);
            TRY_VOID(store_.set_setting(rotation_setting, next_->check_value()));
            tell(RotationStep::begun);
            return {};
        }
        auto next = vault::load_key_file(vault::next_key_file(key_file_), to);
        if (next) {
            next_ = *std::move(next);
            return {};
        }
        const auto in_place = vault::load_key_file(key_file_, to);
        if (in_place && check == to) {
            return {};
        }
        return std::unexpected(next.error());
    }

    Result<void> wrap_all(const vault::MasterKey& old) {
        TRY(const auto head, store_.head());
        store::Batch batch;
        const auto write = [&]() -> Result<void> {
            if (batch.seal_keys.empty()) {
                return {};
            }
            TRY_VOID(store_.append(batch));
            result_.wrapped += static_cast<std::int64_t>(batch.seal_keys.size());
            batch = {};
            tell(RotationStep::batch_wrapped);
            return {};
        };
        for (MatterId matter{1}; matter <= head.last_matter; ++matter.value) {
            TRY(const auto wrapped, store_.seal_key(matter));
            const bool is_done = !wrapped || wrapped->empty() || vault::is_erased(*wrapped) ||
                                 vault::is_wrapped_by(*next_, *wrapped);
            if (is_done) {
                continue;
            }
            TRY(const auto key, vault::unwrap(old, matter, *wrapped));
            batch.seal_keys.push_back({matter, vault::wrap(*next_, matter, key, *rotation_.random)}
            );
            if (batch.seal_keys.size() == rotation_.batch_max) {
                TRY_VOID(write());
            }
        }
        return write();
    }

    Result<void> keep_lookup(vault::MasterKey& old) {
        TRY(const std::string sealed, setting_or_empty(store_, lookup_setting));
        if (!sealed.empty() && vault::open_lookup(*next_, sealed)) {
            return {};  // done before it was cut off
        }
        TRY_VOID(take_lookup_keys(store_, old));
        TRY_VOID(store_.set_setting(
            lookup_setting, vault::seal_lookup(*next_, old.lookup(), *rotation_.random)
        ));
        tell(RotationStep::lookup_sealed);
        return {};
    }

    const Rotation& rotation_;
    store::Store& store_;
    std::string key_file_;
    std::optional<vault::MasterKey> next_;
    RotationResult result_;
};

/// One matter's sealed texts, each compared with its commitment.
Result<std::int64_t>
open_parts(store::Reader& store, MatterId matter, const vault::MatterKey& key) {
    TRY(const auto row, store.matter(matter));
    if (!row) {
        return 0;
    }
    TRY(const auto rows, store.events_of(*row));
    std::int64_t opened = 0;
    for (const auto& one : rows) {
        TRY(const Event event, event_of_row(one));
        for (const auto& part : event.sealed) {
            TRY(const auto text, vault::unseal(key, part.name, part.bytes));
            const bool is_committed = std::ranges::any_of(event.commitments, [&](const auto& c) {
                return c.name == part.name && vault::matches(c.value, text);
            });
            if (!is_committed) {
                return fail(
                    Errc::damaged,
                    "a sealed text is not the one committed to",
                    "event " + std::to_string(event.seq)
                );
            }
            ++opened;
        }
    }
    return opened;
}

Result<void> check_alone_opens_nothing(
    const vault::Share& share, std::string_view check, MatterId matter, std::string_view wrapped
) {
    const vault::MasterKey alone(share.bytes);
    if (alone.check(check) || vault::unwrap(alone, matter, wrapped)) {
        return fail(
            Errc::share_wrong,
            "share " + std::to_string(share.number) + " alone opens the place: it is the key itself"
        );
    }
    return {};
}

}  // namespace

Result<RotationResult> rotate_master_key(const Rotation& rotation) {
    TRY(const auto directory, store::DataDirectory::open(rotation.path, store::Access::write));
    TRY(auto store, store::open_sqlite(directory.ledger_file(), store::Access::write));
    return Changeover(rotation, *store).run();
}

Result<void> check_no_rotation(store::Reader& store) {
    TRY(const std::string to, rotation_to(store));
    if (to.empty()) {
        return {};
    }
    return fail(
        Errc::rotation_open,
        "the master key is being changed and that was cut off; run `zhitong key rotate` to finish it"
    );
}

Result<void> take_lookup_keys(store::Reader& store, vault::MasterKey& key) {
    TRY(const std::string sealed, setting_or_empty(store, lookup_setting));
    if (!sealed.empty()) {
        TRY(const auto keys, vault::open_lookup(key, sealed));
        key.keep_lookup(keys);
    }
    return {};
}

Result<DrillResult> drill_shares(
    store::Reader& store,
    const vault::Share& one,
    const vault::Share& other,
    std::int64_t matters_max
) {
    TRY_VOID(check_no_rotation(store));
    TRY(const std::string check, setting_or_empty(store, key_check_setting));
    TRY(const auto secret, vault::combine(one, other));
    vault::MasterKey key(secret);
    if (!key.check(check)) {
        return fail(
            Errc::share_wrong, "these shares give a key, but not that of this data directory"
        );
    }
    TRY_VOID(take_lookup_keys(store, key));
    TRY(const auto head, store.head());
    DrillResult result;
    for (MatterId matter = head.last_matter; matter && result.keys_opened < matters_max;
         --matter.value) {
        TRY(const auto wrapped, store.seal_key(matter));
        if (!wrapped || wrapped->empty() || vault::is_erased(*wrapped)) {
            continue;
        }
        TRY(const auto matter_key, vault::unwrap(key, matter, *wrapped));
        ++result.keys_opened;
        TRY(const std::int64_t parts, open_parts(store, matter, matter_key));
        result.parts_opened += parts;
        TRY_VOID(check_alone_opens_nothing(one, check, matter, *wrapped));
        TRY_VOID(check_alone_opens_nothing(other, check, matter, *wrapped));
    }
    if (result.parts_opened == 0) {
        return fail(Errc::not_found, "nothing is sealed here yet, so that nothing can be proven");
    }
    return result;
}

}  // namespace zt::service
