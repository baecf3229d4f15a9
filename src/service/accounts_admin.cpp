// Accounts: administration. One account a person, no account from the beginning, and no password
// that an administrator knows for longer than its owner needs to change it.

#include "service/accounts.hpp"
#include "service/impl/account_inside.hpp"

#include <utility>

namespace zt::service {

using impl::AccountChanges;
using impl::AccountRow;
using impl::Notes;

namespace {

AccountView view_of(const AccountRow& row, UtcMs now) {
    AccountView view;
    view.id = row.id;
    view.name = row.name;
    view.person = row.person;
    view.is_disabled = row.is_disabled;
    if (row.locked_until && now < *row.locked_until) {
        view.locked_until = row.locked_until;
    }
    view.must_change_password = row.one_time_until.has_value();
    view.has_second_factor = !row.totp.empty();
    view.recovery_codes_left = row.recovery.size();
    view.created = row.created;
    view.changed = row.changed;
    return view;
}

}  // namespace

OneTimePassword Accounts::new_one_time(AccountId account, UtcMs now) {
    Inside& in = *inside_;
    OneTimePassword once;
    once.account = account;
    // Told to people: whole minutes.
    once.until = std::chrono::floor<std::chrono::minutes>(now + in.parts.limits.one_time_password);
    const std::lock_guard lock(in.chance);
    once.password = vault::make_one_time_password(*in.parts.random);
    return once;
}

Result<void> Accounts::check_new(const NewAccount& account) const {
    const Inside& in = *inside_;
    if (!account.person) {
        return fail(Errc::bad_value, "an account belongs to a person of the directory", "/person");
    }
    if (in.book.account_named(account.name) != nullptr) {
        return fail(Errc::name_taken, "another account has this sign-in name", "/name");
    }
    if (in.book.account_of(account.person) != nullptr) {
        return fail(Errc::person_has_account, "there is one account a person", "/person");
    }
    if (in.book.accounts().size() >= accounts_max) {
        return fail(
            Errc::cap_reached, "there are " + std::to_string(accounts_max) + " accounts already"
        );
    }
    return {};
}

void Accounts::make_account(NewAccount account, UtcMs now, Done<OneTimePassword> done) {
    Inside& in = *inside_;
    auto name = sign_in_name(account.name);
    if (!name) {
        done(std::unexpected(std::move(name).error()));
        return;
    }
    account.name = *std::move(name);
    Result<void> checked;
    {
        const std::lock_guard lock(in.table);
        checked = check_new(account);
    }
    if (!checked) {
        done(std::unexpected(std::move(checked).error()));
        return;
    }
    OneTimePassword once = new_one_time({}, now);
    vault::Password password{std::string_view(once.password)};
    in.begin_answer();
    in.parts.pool->hash(
        std::move(password),
        in.new_salt(),
        [this, account = std::move(account), once = std::move(once), now, done = std::move(done)](
            Result<std::string> stored
        ) {
            done(
                stored ? insert_account(account, *std::move(stored), once, now)
                       : std::unexpected(std::move(stored).error())
            );
            inside_->end_answer();
        }
    );
}

Result<OneTimePassword> Accounts::insert_account(
    const NewAccount& account, std::string stored, OneTimePassword once, UtcMs now
) {
    Inside& in = *inside_;
    Notes notes(*in.parts.audit);
    const std::lock_guard change(in.change);
    TRY_VOID(check_new(account));  // another may have been made meanwhile
    AccountRow row;
    row.id = once.account = in.book.next_account();
    row.name = account.name;
    row.person = account.person;
    row.password = std::move(stored);
    row.one_time_until = once.until;
    row.created = row.changed = now;
    AccountChanges changes;
    changes.accounts.push_back(row);
    TRY_VOID(in.commit(changes));
    notes.add("account_made", row, now).set("by", account.by.value);
    return once;
}

void Accounts::reset_password(
    AccountId account, AccountId by, UtcMs now, Done<OneTimePassword> done
) {
    Inside& in = *inside_;
    bool is_there = false;
    {
        const std::lock_guard lock(in.table);
        is_there = in.book.account(account) != nullptr;
    }
    if (!is_there) {
        done(impl::no_account());
        return;
    }
    OneTimePassword once = new_one_time(account, now);
    vault::Password password{std::string_view(once.password)};
    in.begin_answer();
    in.parts.pool->hash(
        std::move(password),
        in.new_salt(),
        [this, once = std::move(once), by, now, done = std::move(done)](Result<std::string> stored
        ) {
            done(
                stored ? store_one_time(once, *std::move(stored), by, now)
                       : std::unexpected(std::move(stored).error())
            );
            inside_->end_answer();
        }
    );
}

Result<OneTimePassword>
Accounts::store_one_time(OneTimePassword once, std::string stored, AccountId by, UtcMs now) {
    Inside& in = *inside_;
    Notes notes(*in.parts.audit);
    const std::lock_guard change(in.change);
    AccountChanges changes;
    changes.accounts.push_back(*in.book.account(once.account));  // accounts never go
    AccountRow& row = changes.accounts.back();
    row.password = std::move(stored);
    row.one_time_until = once.until;
    row.locked_until.reset();
    row.changed = now;
    changes.ended = in.others_of(row.id, {});
    TRY_VOID(in.commit(changes));
    in.trials.erase(row.id);
    notes.add("password_reset", row, now).set("by", by.value);
    return once;
}

Result<void> Accounts::Inside::change_account(const AccountChange& one, UtcMs now) {
    Notes notes(*parts.audit);
    const std::lock_guard lock(change);
    const AccountRow* const found = book.account(one.account);
    if (found == nullptr) {
        return impl::no_account();
    }
    AccountChanges changes;
    changes.accounts.push_back(*found);
    AccountRow& row = changes.accounts.back();
    one.apply(row);
    row.changed = now;
    if (one.ends_sessions == EndsSessions::yes) {
        // First in memory: a failing disk does not keep anybody in.
        TRY_VOID(end_now(others_of(row.id, {})));
    }
    TRY_VOID(commit(changes));
    notes.add(one.what, row, now).set("by", one.by.value);
    return {};
}

Result<void> Accounts::reset_second_factor(AccountId account, AccountId by, UtcMs now) {
    const auto drop = [](AccountRow& row) {
        row.totp.clear();
        row.recovery.clear();
    };
    return inside_->change_account(
        {account, by, "second_factor_removed", Inside::EndsSessions::yes, drop}, now
    );
}

Result<void> Accounts::disable(AccountId account, AccountId by, UtcMs now) {
    const auto close = [](AccountRow& row) { row.is_disabled = true; };
    return inside_->change_account(
        {account, by, "account_disabled", Inside::EndsSessions::yes, close}, now
    );
}

Result<void> Accounts::enable(AccountId account, AccountId by, UtcMs now) {
    const auto open = [](AccountRow& row) { row.is_disabled = false; };
    return inside_->change_account(
        {account, by, "account_enabled", Inside::EndsSessions::no, open}, now
    );
}

Result<void> Accounts::unlock(AccountId account, AccountId by, UtcMs now) {
    Inside& in = *inside_;
    Notes notes(*in.parts.audit);
    const std::lock_guard change(in.change);
    const AccountRow* const found = in.book.account(account);
    if (found == nullptr) {
        return impl::no_account();
    }
    AccountChanges changes;
    changes.accounts.push_back(*found);
    changes.accounts.back().locked_until.reset();
    TRY_VOID(in.commit(changes));
    in.trials.erase(account);
    notes.add("account_unlocked", *found, now).set("by", by.value);
    return {};
}

std::vector<AccountView> Accounts::accounts(UtcMs now) const {
    const std::lock_guard lock(inside_->table);
    std::vector<AccountView> list;
    for (const auto& [id, row] : inside_->book.accounts()) {
        list.push_back(view_of(row, now));
    }
    return list;
}

Result<AccountView> Accounts::find_account(std::string_view name, UtcMs now) const {
    TRY(const std::string folded, sign_in_name(name));
    const std::lock_guard lock(inside_->table);
    const AccountRow* const row = inside_->book.account_named(folded);
    return row == nullptr ? impl::no_account() : Result<AccountView>(view_of(*row, now));
}

Result<AccountView> Accounts::account(AccountId account, UtcMs now) const {
    const std::lock_guard lock(inside_->table);
    const AccountRow* const row = inside_->book.account(account);
    return row == nullptr ? impl::no_account() : Result<AccountView>(view_of(*row, now));
}

}  // namespace zt::service
