// Accounts: opening, sessions, upkeep.

#include "service/accounts.hpp"

#include "base/check.hpp"
#include "base/text.hpp"
#include "service/impl/account_inside.hpp"

#include <algorithm>
#include <array>
#include <ranges>

namespace zt::service {

using impl::AccountChanges;
using impl::HeldSession;
using impl::Notes;

namespace {

/// What the limits ask to be written no more often.
constexpr Millis last_use_every = std::chrono::minutes{1};

bool is_name_character(char one) {
    return (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9') || one == '.' || one == '_' ||
           one == '-';
}

}  // namespace

Result<std::string> sign_in_name(std::string_view name) {
    constexpr std::size_t characters_min = 3;
    constexpr std::size_t characters_max = 32;
    std::string lower(trim(name));
    std::ranges::transform(lower, lower.begin(), [](char one) {
        return one >= 'A' && one <= 'Z' ? static_cast<char>(one - 'A' + 'a') : one;
    });
    const bool is_fit = lower.size() >= characters_min && lower.size() <= characters_max &&
                        lower.front() >= 'a' && lower.front() <= 'z' &&
                        std::ranges::all_of(lower, is_name_character);
    if (!is_fit) {
        return fail(
            Errc::bad_value,
            "a sign-in name has 3 to 32 of a-z, 0-9, '.', '_', '-' and begins with a letter",
            "/name"
        );
    }
    return lower;
}

std::string csrf_of(std::string_view token) { return to_hex(keyed_hash(token, "zhitong.csrf")); }

bool is_csrf(std::string_view token, std::string_view given) {
    // Comparing hashes of both gives away nothing of where they differ.
    return hash_of(HashAlgorithm::sha256, csrf_of(token)) == hash_of(HashAlgorithm::sha256, given);
}

Accounts::Accounts(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

Accounts::~Accounts() {
    std::unique_lock lock(inside_->gate);
    inside_->all_answered.wait(lock, [this] { return inside_->under_way == 0; });
}

Result<std::unique_ptr<Accounts>> Accounts::open(const std::string& path, AccountParts parts) {
    CHECK(parts.key != nullptr && parts.random != nullptr);
    CHECK(parts.pool != nullptr && parts.audit != nullptr);
    TRY(auto file, impl::AccountFile::open(path, parts.key->check_value()));
    TRY(const auto stored, file.load());
    auto inside = std::make_unique<Inside>(std::move(parts), std::move(file));
    inside->book.begin(stored);
    inside->unmatchable =
        vault::unmatchable_hash(*inside->parts.random, inside->parts.pool->cost());
    return std::unique_ptr<Accounts>(new Accounts(std::move(inside)));
}

Result<Session> Accounts::find_session(std::string_view token, UtcMs now) {
    Inside& in = *inside_;
    const std::lock_guard lock(in.table);
    HeldSession* const held = in.living(token, now);
    if (held == nullptr) {
        return impl::not_signed_in();
    }
    held->use(now);
    return in.view_of(*held);
}

Result<void> Accounts::sign_out(std::string_view token, UtcMs now) {
    Inside& in = *inside_;
    Notes notes(*in.parts.audit);
    const std::lock_guard change(in.change);
    const HeldSession* const held = in.living(token, now);
    if (held == nullptr) {
        return impl::not_signed_in();
    }
    const SessionId id = held->row.id;
    notes.add("signed_out", *in.book.account(held->row.account), now).set("session", id.value);
    return in.end_now({id});
}

Result<SignedIn> Accounts::choose_post(
    std::string_view token, const PostChoice& choice, const Directory& directory, UtcMs now
) {
    Inside& in = *inside_;
    const std::lock_guard change(in.change);
    const HeldSession* const held = in.living(token, now);
    if (held == nullptr) {
        return impl::not_signed_in();
    }
    const impl::AccountRow& account = *in.book.account(held->row.account);
    if (account.one_time_until) {
        return fail(Errc::password_must_change, "the one-time password must be changed first");
    }
    TRY_VOID(actor_in(account.person, choice, directory, office_date(now)));
    const std::string fresh = in.new_token();
    AccountChanges changes;
    changes.sessions.push_back(held->row);
    changes.sessions.back().token = impl::hash_of_token(fresh);
    changes.sessions.back().choice = choice;
    changes.sessions.back().last_used = now;
    TRY_VOID(in.commit(changes));
    const Session session = in.view_of(*in.book.session(changes.sessions.back().token));
    return SignedIn{session, {fresh, csrf_of(fresh)}};
}

std::vector<Session> Accounts::sessions_of(AccountId account, UtcMs now) const {
    const Inside& in = *inside_;
    const std::lock_guard lock(in.table);
    std::vector<Session> list;
    for (const HeldSession* held : in.book.sessions_of(account)) {
        if (!in.has_ended(*held, now)) {
            list.push_back(in.view_of(*held));
        }
    }
    std::ranges::sort(list, [](const Session& left, const Session& right) {
        return std::tie(right.last_used, right.id) < std::tie(left.last_used, left.id);
    });
    return list;
}

Result<void> Accounts::end_session(AccountId account, SessionId session, AccountId by, UtcMs now) {
    Inside& in = *inside_;
    Notes notes(*in.parts.audit);
    const std::lock_guard change(in.change);
    const auto held = in.book.sessions_of(account);
    const bool is_there = std::ranges::any_of(held, [&](const HeldSession* one) {
        return one->row.id == session && !in.has_ended(*one, now);
    });
    if (!is_there) {
        return fail(Errc::not_found, "the account has no such session");
    }
    notes.add("session_ended", *in.book.account(account), now)
        .set("session", session.value)
        .set("by", by.value);
    return in.end_now({session});
}

Result<std::int64_t>
Accounts::end_sessions(AccountId account, SessionId except, AccountId by, UtcMs now) {
    Inside& in = *inside_;
    Notes notes(*in.parts.audit);
    const std::lock_guard change(in.change);
    const impl::AccountRow* const row = in.book.account(account);
    if (row == nullptr) {
        return impl::no_account();
    }
    std::vector<SessionId> ended = in.others_of(account, except);
    const auto count = static_cast<std::int64_t>(ended.size());
    if (count > 0) {
        notes.add("sessions_ended", *row, now).set("count", count).set("by", by.value);
        TRY_VOID(in.end_now(std::move(ended)));
    }
    return count;
}

Result<void> Accounts::upkeep(UtcMs now) {
    Inside& in = *inside_;
    {
        const std::lock_guard gate(in.gate);
        in.remotes.forget_old(now);
    }
    const std::lock_guard change(in.change);
    std::erase_if(in.trials, [now](const auto& one) {
        return impl::is_forgotten(one.second, impl::account_trials, now);
    });
    AccountChanges changes;
    for (const HeldSession* held : in.book.sessions()) {
        if (in.has_ended(*held, now)) {
            changes.ended.push_back(held->row.id);
        } else if (held->used() - held->row.last_used >= last_use_every) {
            changes.sessions.push_back(held->row);
            changes.sessions.back().last_used = held->used();
        }
    }
    for (const SessionId id : changes.ended) {
        in.begun.erase(id);
    }
    for (const impl::HeldKey* held : in.book.keys()) {
        const ApiKey key = held->key();
        const auto before = held->row.key.last_used.value_or(UtcMs{});
        if (key.until <= now) {
            changes.revoked.push_back(key.id);
        } else if (key.last_used && *key.last_used - before >= last_use_every) {
            changes.keys.push_back({key, held->row.hash});
        }
    }
    return in.commit(changes);
}

SignInCounts Accounts::counts() const {
    const std::lock_guard gate(inside_->gate);
    return inside_->counts;
}

}  // namespace zt::service
