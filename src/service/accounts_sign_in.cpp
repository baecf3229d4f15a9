// Accounts: signing in. Every attempt that is not turned away for where it comes from costs one
// password hash, whether the name is anybody's, open, locked or disabled; what is wrong is looked
// at afterwards, under the lock, so that attempts side by side count one after the other.

#include "base/text.hpp"
#include "service/accounts.hpp"
#include "service/impl/account_inside.hpp"

#include <algorithm>
#include <iterator>

namespace zt::service {

using impl::AccountChanges;
using impl::AccountRow;
using impl::HeldSession;
using impl::Notes;

namespace {

/// Why a sign-in is refused, for the audit alone.
constexpr std::string_view locked = "locked";
constexpr std::string_view wrong_password = "wrong_password";
constexpr std::string_view wrong_code = "wrong_code";

/// Checks the code against the second factor and marks it used. errors: those of the vault.
Result<bool>
use_code(AccountRow& account, const vault::MasterKey& key, std::string_view code, UtcMs now) {
    if (account.totp.empty()) {
        return true;
    }
    TRY(const auto secret, vault::open_totp(key, account.id.value, account.totp));
    if (const auto step = vault::match_totp(secret, code, now, account.totp_step)) {
        account.totp_step = *step;
        return true;
    }
    return std::erase(account.recovery, vault::recovery_hash(key, account.id.value, code)) > 0;
}

/// The sessions that are one too many, unused longest first.
std::vector<SessionId> surplus(std::vector<HeldSession*> sessions) {
    std::vector<SessionId> ended;
    if (sessions.size() < sessions_per_account_max) {
        return ended;
    }
    std::ranges::sort(sessions, {}, [](const HeldSession* one) { return one->used(); });
    sessions.resize(sessions.size() - sessions_per_account_max + 1);
    for (const HeldSession* one : sessions) {
        ended.push_back(one->row.id);
    }
    return ended;
}

}  // namespace

bool Accounts::Inside::turns_away(RemoteScope remote, UtcMs now) {
    const std::lock_guard lock(gate);
    const bool is_barred = remotes.is_barred(remote.value, now);
    counts.refused_remote += is_barred ? 1 : 0;
    return is_barred;
}

void Accounts::sign_in(Credentials credentials, UtcMs now, Done<SignedIn> done) {
    Inside& in = *inside_;
    if (in.turns_away(credentials.remote, now)) {
        done(impl::sign_in_refused());
        return;
    }
    Attempt attempt;
    attempt.code = std::move(credentials.code);
    attempt.device = impl::label_of(credentials.device);
    attempt.replaces = std::move(credentials.replaces);
    attempt.remote = credentials.remote;
    attempt.now = now;
    attempt.stored = in.unmatchable;
    if (const auto name = sign_in_name(credentials.name)) {
        const std::lock_guard lock(in.table);
        if (const AccountRow* const found = in.book.account_named(*name)) {
            attempt.account = found->id;
            attempt.stored = found->password;
        }
    }
    vault::PasswordTry one{std::move(credentials.password), attempt.stored, in.new_salt()};
    in.begin_answer();
    in.parts.pool->verify(
        std::move(one),
        [this,
         attempt = std::move(attempt),
         done = std::move(done)](const Result<vault::PasswordAnswer>& answer) {
            done(finish_sign_in(attempt, answer));
            inside_->end_answer();
        }
    );
}

Result<std::string_view> Accounts::Inside::reason_to_refuse(
    const Attempt& attempt, const Result<vault::PasswordAnswer>& answer, AccountRow& account
) const {
    if (!account.id) {
        return "unknown_name";
    }
    if (is_locked(account, attempt.now)) {
        return locked;
    }
    // Changed since it was compared: by somebody who knew the old one, or by an administrator.
    if (!answer || !answer->matches || account.password != attempt.stored) {
        return wrong_password;
    }
    if (account.is_disabled) {
        return "disabled";
    }
    if (account.one_time_until && attempt.now >= *account.one_time_until) {
        return "one_time_over";
    }
    TRY(const bool is_code_right, use_code(account, *parts.key, attempt.code, attempt.now));
    return is_code_right ? std::string_view() : wrong_code;
}

Result<SignedIn> Accounts::Inside::refuse(
    const Attempt& attempt, const AccountRow* account, std::string_view reason, Notes& notes
) {
    bool is_locked_now = false;
    // Whoever knew the secrets is not counted; nor who is shut out: trying on lengthens nothing.
    if (account != nullptr && (reason == wrong_password || reason == wrong_code)) {
        TRY(is_locked_now, note_failure(*account, attempt.now));
    }
    // Of names that nobody has, and while an account is locked, there may be any number: counters.
    if (account != nullptr && reason != locked) {
        notes.add("sign_in_refused", *account, attempt.now).set("reason", reason);
    }
    if (is_locked_now) {
        notes.add("locked", *account, attempt.now);
    }
    const std::lock_guard lock(gate);
    remotes.note_failure(attempt.remote.value, attempt.now);
    ++counts.refused;
    counts.locked += is_locked_now ? 1 : 0;
    return impl::sign_in_refused();
}

Result<SignedIn>
Accounts::finish_sign_in(const Attempt& attempt, const Result<vault::PasswordAnswer>& answer) {
    if (!answer && answer.error().code == Errc::overloaded) {
        return std::unexpected(answer.error());
    }
    Inside& in = *inside_;
    Notes notes(*in.parts.audit);
    const std::lock_guard change(in.change);
    const AccountRow* const found = in.book.account(attempt.account);
    AccountRow account = found == nullptr ? AccountRow{} : *found;
    TRY(const std::string_view reason, in.reason_to_refuse(attempt, answer, account));
    if (!reason.empty()) {
        return in.refuse(attempt, found, reason, notes);
    }
    if (!answer->renewed.empty()) {
        account.password = answer->renewed;
    }
    account.locked_until.reset();
    TRY(auto signed_in, in.begin_session(attempt, account));
    notes.add("signed_in", account, attempt.now).set("session", signed_in.session.id.value);
    return signed_in;
}

Result<SignedIn>
Accounts::Inside::begin_session(const Attempt& attempt, const AccountRow& account) {
    const std::string token = new_token();
    AccountChanges changes;
    changes.accounts.push_back(account);
    std::vector<HeldSession*> living;
    for (HeldSession* const held : book.sessions_of(account.id)) {
        if (has_ended(*held, attempt.now)) {
            changes.ended.push_back(held->row.id);
        } else {
            living.push_back(held);
        }
    }
    std::ranges::copy(surplus(std::move(living)), std::back_inserter(changes.ended));
    if (const auto* const before = book.session(impl::hash_of_token(attempt.replaces))) {
        changes.ended.push_back(before->row.id);
    }
    impl::SessionRow row;
    row.id = book.next_session();
    row.token = impl::hash_of_token(token);
    row.account = account.id;
    row.made = row.last_used = attempt.now;
    row.device = attempt.device;
    changes.sessions.push_back(row);
    TRY_VOID(commit(changes));
    trials.erase(account.id);
    {
        const std::lock_guard lock(gate);
        ++counts.signed_in;
    }
    return SignedIn{view_of(*book.session(row.token)), {token, csrf_of(token)}};
}

}  // namespace zt::service
