// Accounts: API keys, with which programs come in. A key has 256 bits of chance, so a plain hash
// guards it as well as a slow one.

#include "base/text.hpp"
#include "service/accounts.hpp"
#include "service/impl/account_inside.hpp"

#include <algorithm>

namespace zt::service {

using impl::AccountChanges;
using impl::Notes;

namespace {

/// Tells scanners of repositories and logs what they have found.
constexpr std::string_view key_prefix = "ztk_";
constexpr std::size_t scope_bytes_max = 60;

bool is_scope(std::string_view text) {
    return !text.empty() && text.size() <= scope_bytes_max &&
           std::ranges::all_of(text, [](char one) {
               return (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9') || one == '.' ||
                      one == '_';
           });
}

Result<void> check_key(const NewApiKey& key, UtcMs now, Millis whole) {
    if (trim(key.label).empty() || !is_utf8(key.label) ||
        count_characters(key.label) > label_characters_max) {
        return fail(
            Errc::bad_value,
            "a key says which program it is for, in 1 to " + std::to_string(label_characters_max) +
                " characters",
            "/label"
        );
    }
    if (key.scopes.empty() || key.scopes.size() > api_scopes_max ||
        !std::ranges::all_of(key.scopes, is_scope)) {
        return fail(
            Errc::bad_value,
            "a key has 1 to " + std::to_string(api_scopes_max) + " scopes of a-z, 0-9, '.' and '_'",
            "/scopes"
        );
    }
    if (!key.post) {
        return fail(Errc::bad_value, "a key belongs to a post", "/post");
    }
    if (key.until <= now || key.until > now + whole) {
        return fail(Errc::bad_value, "a key ends, within a year from now", "/until");
    }
    return {};
}

}  // namespace

Result<MadeApiKey> Accounts::make_api_key(NewApiKey key, UtcMs now) {
    Inside& in = *inside_;
    TRY_VOID(check_key(key, now, in.parts.limits.api_key_whole));
    Notes notes(*in.parts.audit);
    const std::lock_guard change(in.change);
    if (in.book.keys().size() >= api_keys_max) {
        return fail(
            Errc::cap_reached,
            "there are " + std::to_string(api_keys_max) + " keys; revoke those not in use"
        );
    }
    std::ranges::sort(key.scopes);
    const auto [rest, end] = std::ranges::unique(key.scopes);
    key.scopes.erase(rest, end);
    MadeApiKey made;
    made.id = in.book.next_key();
    made.text = std::string(key_prefix) + in.new_token();
    impl::ApiKeyRow row;
    row.hash = impl::hash_of_token(made.text);
    row.key = ApiKey{
        made.id,
        impl::label_of(trim(key.label)),
        std::move(key.scopes),
        key.post,
        key.by,
        now,
        key.until,
        std::nullopt
    };
    AccountChanges changes;
    changes.keys.push_back(std::move(row));
    TRY_VOID(in.commit(changes));
    notes.add("api_key_made", now)
        .set("key", made.id.value)
        .set("post", key.post.value)
        .set("by", key.by.value);
    return made;
}

Result<ApiKey> Accounts::find_api_key(std::string_view text, UtcMs now) {
    Inside& in = *inside_;
    const std::lock_guard lock(in.table);
    impl::HeldKey* const held = in.book.key(impl::hash_of_token(text));
    if (held == nullptr || held->row.key.until <= now) {
        return impl::not_signed_in();
    }
    held->last_used.store(now.time_since_epoch().count());
    return held->key();
}

std::vector<ApiKey> Accounts::api_keys() const {
    const std::lock_guard lock(inside_->table);
    std::vector<ApiKey> list;
    for (const impl::HeldKey* held : inside_->book.keys()) {
        list.push_back(held->key());
    }
    return list;
}

Result<void> Accounts::revoke_api_key(ApiKeyId key, AccountId by, UtcMs now) {
    Inside& in = *inside_;
    Notes notes(*in.parts.audit);
    const std::lock_guard change(in.change);
    const auto held = in.book.keys();
    const bool is_there = std::ranges::any_of(held, [key](const impl::HeldKey* one) {
        return one->row.key.id == key;
    });
    if (!is_there) {
        return fail(Errc::not_found, "there is no such key");
    }
    AccountChanges changes;
    changes.revoked.push_back(key);
    {
        // First in memory, as with sessions: a failing disk keeps no program in.
        const std::lock_guard lock(in.table);
        in.book.apply(changes);
    }
    notes.add("api_key_revoked", now).set("key", key.value).set("by", by.value);
    return in.file.write(changes);
}

}  // namespace zt::service
