#include "service/impl/account_inside.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace zt::service {

Result<void> Accounts::Inside::commit(const impl::AccountChanges& changes) {
    TRY_VOID(file.write(changes));
    const std::lock_guard lock(table);
    book.apply(changes);
    return {};
}

Result<void> Accounts::Inside::end_now(std::vector<SessionId> ended) {
    impl::AccountChanges changes;
    changes.ended = std::move(ended);
    {
        const std::lock_guard lock(table);
        book.apply(changes);
    }
    return file.write(changes);
}

bool Accounts::Inside::has_ended(const impl::HeldSession& session, UtcMs now) const {
    return now - session.used() >= parts.limits.session_idle ||
           now - session.row.made >= parts.limits.session_whole;
}

impl::HeldSession* Accounts::Inside::living(std::string_view token, UtcMs now) const {
    impl::HeldSession* const held = book.session(impl::hash_of_token(token));
    if (held == nullptr || has_ended(*held, now)) {
        return nullptr;
    }
    const impl::AccountRow* const account = book.account(held->row.account);
    return account == nullptr || account->is_disabled ? nullptr : held;
}

std::vector<SessionId> Accounts::Inside::others_of(AccountId account, SessionId except) const {
    std::vector<SessionId> others;
    for (const impl::HeldSession* held : book.sessions_of(account)) {
        if (held->row.id != except) {
            others.push_back(held->row.id);
        }
    }
    return others;
}

SessionSecrets
Accounts::Inside::rotate_alone(const impl::HeldSession& held, impl::AccountChanges& changes) {
    const std::string token = new_token();
    impl::SessionRow row = held.row;
    row.last_used = held.used();
    row.token = impl::hash_of_token(token);
    changes.ended = others_of(row.account, row.id);
    changes.sessions.push_back(std::move(row));
    return {token, csrf_of(token)};
}

std::string Accounts::Inside::new_token() {
    Hash bytes{};
    const std::lock_guard lock(chance);
    parts.random->fill(bytes);
    return to_hex(bytes);
}

vault::PasswordSalt Accounts::Inside::new_salt() {
    const std::lock_guard lock(chance);
    return vault::make_password_salt(*parts.random);
}

Session Accounts::Inside::view_of(const impl::HeldSession& held) const {
    const impl::AccountRow& account = *book.account(held.row.account);
    Session session;
    session.id = held.row.id;
    session.account = account.id;
    session.person = account.person;
    session.choice = held.row.choice;
    session.must_change_password = account.one_time_until.has_value();
    session.has_second_factor = !account.totp.empty();
    session.made = held.row.made;
    session.last_used = held.used();
    session.device = held.row.device;
    return session;
}

bool Accounts::Inside::is_locked(const impl::AccountRow& account, UtcMs now) const {
    const auto found = trials.find(account.id);
    return (account.locked_until && now < *account.locked_until) ||
           (found != trials.end() && impl::is_barred(found->second, now));
}

Result<bool> Accounts::Inside::note_failure(const impl::AccountRow& account, UtcMs now) {
    impl::Trials& own = trials[account.id];
    if (!impl::note_failure(own, impl::account_trials, now)) {
        return false;
    }
    impl::AccountChanges changes;
    changes.accounts.push_back(account);
    changes.accounts.back().locked_until = own.barred_until;
    TRY_VOID(commit(changes));
    return true;
}

void Accounts::Inside::begin_answer() {
    const std::lock_guard lock(gate);
    ++under_way;
}

void Accounts::Inside::end_answer() {
    const std::lock_guard lock(gate);
    --under_way;
    // Under the lock: whoever waits may take all this away as soon as it is let go.
    all_answered.notify_all();
}

namespace impl {

Json& Notes::add(const char* what, const AccountRow& account, UtcMs now) {
    return add(what, now).set("account", account.id.value).set("person", account.person.value);
}

Json& Notes::add(const char* what, UtcMs now) {
    texts_.push_back(Json::object());
    return texts_.back().set("what", what).set("at", std::int64_t{now.time_since_epoch().count()});
}

Hash hash_of_token(std::string_view token) { return hash_of(HashAlgorithm::sha256, token); }

std::unexpected<Error> not_signed_in() {
    return fail(Errc::not_signed_in, "sign in, then try again");
}

std::unexpected<Error> sign_in_refused() {
    return fail(Errc::sign_in_refused, "name, password or code do not fit, or it is not open now");
}

std::unexpected<Error> no_account() { return fail(Errc::not_found, "there is no such account"); }

std::string label_of(std::string_view text) {
    if (!is_utf8(text)) {
        return {};
    }
    std::string label = first_characters(text, label_characters_max);
    std::ranges::replace_if(
        label, [](char one) { return static_cast<unsigned char>(one) < 0x20 || one == 0x7F; }, ' '
    );
    return label;
}

}  // namespace impl
}  // namespace zt::service
