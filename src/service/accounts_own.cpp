// Accounts: what people change of their own account: password and second factor. Each asks for the
// present password, ends all other sessions and gives this one another token: whoever had stolen
// one of them is out.

#include "service/accounts.hpp"
#include "service/impl/account_inside.hpp"

#include <utility>

namespace zt::service {

using impl::AccountChanges;
using impl::AccountRow;
using impl::HeldSession;
using impl::Notes;

void Accounts::confirm_password(
    const std::string& token,
    vault::Password present,
    UtcMs now,
    std::function<void(Result<void>)> then
) {
    Inside& in = *inside_;
    Attempt attempt;
    attempt.now = now;
    {
        const std::lock_guard lock(in.table);
        if (const HeldSession* const held = in.living(token, now)) {
            attempt.account = held->row.account;
            attempt.stored = in.book.account(attempt.account)->password;
        }
    }
    if (!attempt.account) {
        then(impl::not_signed_in());
        return;
    }
    vault::PasswordTry one{std::move(present), attempt.stored, in.new_salt()};
    in.begin_answer();
    in.parts.pool->verify(
        std::move(one),
        [this,
         attempt = std::move(attempt),
         then = std::move(then)](const Result<vault::PasswordAnswer>& answer) {
            then(finish_confirmation(attempt, answer));
            inside_->end_answer();
        }
    );
}

Result<void>
Accounts::finish_confirmation(const Attempt& attempt, const Result<vault::PasswordAnswer>& answer) {
    if (!answer) {
        return std::unexpected(answer.error());
    }
    Inside& in = *inside_;
    Notes notes(*in.parts.audit);
    const std::lock_guard change(in.change);
    const AccountRow& account = *in.book.account(attempt.account);
    if (in.is_locked(account, attempt.now)) {
        return impl::sign_in_refused();
    }
    if (answer->matches && account.password == attempt.stored) {
        return {};
    }
    // Who sits down at an open session may not try passwords either.
    notes.add("confirmation_refused", account, attempt.now);
    TRY(const bool is_locked, in.note_failure(account, attempt.now));
    if (is_locked) {
        notes.add("locked", account, attempt.now);
    }
    return impl::sign_in_refused();
}

void Accounts::change_password(PasswordChange change, UtcMs now, Done<SessionSecrets> done) {
    Inside& in = *inside_;
    std::string name;
    {
        const std::lock_guard lock(in.table);
        if (const HeldSession* const held = in.living(change.token, now)) {
            name = in.book.account(held->row.account)->name;
        }
    }
    if (name.empty()) {
        done(impl::not_signed_in());
        return;
    }
    if (const auto checked = vault::check_password(change.next, name); !checked) {
        done(std::unexpected(checked.error()));
        return;
    }
    if (change.next.view() == change.present.view()) {
        done(fail(Errc::password_weak, "it is the present one", "same"));
        return;
    }
    // A function object has to be copyable, a password is not.
    const auto next = std::make_shared<vault::Password>(std::move(change.next));
    confirm_password(
        change.token,
        std::move(change.present),
        now,
        [this, token = change.token, next, now, done = std::move(done)](
            const Result<void>& confirmed
        ) {
            if (!confirmed) {
                done(std::unexpected(confirmed.error()));
                return;
            }
            inside_->begin_answer();
            inside_->parts.pool->hash(
                std::move(*next),
                inside_->new_salt(),
                [this, token, now, done](Result<std::string> stored) {
                    done(
                        stored ? store_password(token, *std::move(stored), now)
                               : std::unexpected(std::move(stored).error())
                    );
                    inside_->end_answer();
                }
            );
        }
    );
}

Result<SessionSecrets>
Accounts::store_password(const std::string& token, std::string stored, UtcMs now) {
    Inside& in = *inside_;
    Notes notes(*in.parts.audit);
    const std::lock_guard change(in.change);
    const HeldSession* const held = in.living(token, now);
    if (held == nullptr) {
        return impl::not_signed_in();
    }
    AccountChanges changes;
    changes.accounts.push_back(*in.book.account(held->row.account));
    changes.accounts.back().password = std::move(stored);
    changes.accounts.back().one_time_until.reset();
    changes.accounts.back().changed = now;
    SessionSecrets secrets = in.rotate_alone(*held, changes);
    TRY_VOID(in.commit(changes));
    notes.add("password_changed", changes.accounts.back(), now);
    return secrets;
}

void Accounts::begin_second_factor(
    const std::string& token, vault::Password present, UtcMs now, Done<Enrolment> done
) {
    confirm_password(
        token,
        std::move(present),
        now,
        [this, token, now, done = std::move(done)](const Result<void>& confirmed) {
            done(confirmed ? enrol(token, now) : std::unexpected(confirmed.error()));
        }
    );
}

Result<Enrolment> Accounts::enrol(const std::string& token, UtcMs now) {
    Inside& in = *inside_;
    const std::lock_guard change(in.change);
    const HeldSession* const held = in.living(token, now);
    if (held == nullptr) {
        return impl::not_signed_in();
    }
    const AccountRow& account = *in.book.account(held->row.account);
    if (account.one_time_until) {
        return fail(Errc::password_must_change, "the one-time password must be changed first");
    }
    vault::TotpSecret secret;
    {
        const std::lock_guard lock(in.chance);
        secret = vault::TotpSecret::make(*in.parts.random);
    }
    in.begun.insert_or_assign(held->row.id, secret);
    Enrolment enrolment;
    enrolment.secret = secret.base32();
    enrolment.uri = vault::totp_uri(secret, in.parts.issuer, account.name);
    TRY(enrolment.svg, vault::qr_svg(enrolment.uri));
    return enrolment;
}

Result<FactorSet>
Accounts::confirm_second_factor(std::string_view token, std::string_view code, UtcMs now) {
    Inside& in = *inside_;
    Notes notes(*in.parts.audit);
    const std::lock_guard change(in.change);
    const HeldSession* const held = in.living(token, now);
    if (held == nullptr) {
        return impl::not_signed_in();
    }
    const auto begun = in.begun.find(held->row.id);
    if (begun == in.begun.end()) {
        return fail(Errc::not_found, "no second factor was begun in this session");
    }
    const auto step = vault::match_totp(begun->second, code, now, 0);
    if (!step) {
        return fail(
            Errc::factor_code_wrong, "the code is not the one that the authenticator shows"
        );
    }
    AccountChanges changes;
    changes.accounts.push_back(*in.book.account(held->row.account));
    AccountRow& account = changes.accounts.back();
    FactorSet set;
    account.recovery.clear();
    {
        const std::lock_guard lock(in.chance);
        const vault::MasterKey& key = *in.parts.key;
        account.totp = vault::seal_totp(key, account.id.value, begun->second, *in.parts.random);
        for (std::size_t index = 0; index < vault::recovery_code_count; ++index) {
            set.recovery_codes.push_back(vault::make_recovery_code(*in.parts.random));
            account.recovery.push_back(
                vault::recovery_hash(key, account.id.value, set.recovery_codes.back())
            );
        }
    }
    account.totp_step = *step;
    account.changed = now;
    set.secrets = in.rotate_alone(*held, changes);
    TRY_VOID(in.commit(changes));
    in.begun.erase(begun);
    notes.add("second_factor_set", account, now);
    return set;
}

void Accounts::remove_second_factor(
    const std::string& token, vault::Password present, UtcMs now, Done<SessionSecrets> done
) {
    confirm_password(
        token,
        std::move(present),
        now,
        [this, token, now, done = std::move(done)](const Result<void>& confirmed) {
            done(confirmed ? drop_factor(token, now) : std::unexpected(confirmed.error()));
        }
    );
}

Result<SessionSecrets> Accounts::drop_factor(const std::string& token, UtcMs now) {
    Inside& in = *inside_;
    Notes notes(*in.parts.audit);
    const std::lock_guard change(in.change);
    const HeldSession* const held = in.living(token, now);
    if (held == nullptr) {
        return impl::not_signed_in();
    }
    AccountChanges changes;
    changes.accounts.push_back(*in.book.account(held->row.account));
    AccountRow& account = changes.accounts.back();
    if (account.totp.empty()) {
        return fail(Errc::not_found, "the account has no second factor");
    }
    account.totp.clear();
    account.recovery.clear();
    account.changed = now;
    SessionSecrets secrets = in.rotate_alone(*held, changes);
    TRY_VOID(in.commit(changes));
    notes.add("second_factor_removed", account, now).set("by", account.id.value);
    return secrets;
}

}  // namespace zt::service
