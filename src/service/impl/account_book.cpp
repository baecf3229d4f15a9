#include "service/impl/account_book.hpp"

#include <algorithm>

namespace zt::service::impl {

void HeldSession::use(UtcMs now) {
    const std::int64_t at = now.time_since_epoch().count();
    std::int64_t before = last_used.load();
    while (before < at && !last_used.compare_exchange_weak(before, at)) {
    }
}

ApiKey HeldKey::key() const {
    ApiKey key = row.key;
    const std::int64_t used = last_used.load();
    key.last_used = used == 0 ? std::nullopt : std::optional(UtcMs(Millis(used)));
    return key;
}

void AccountBook::begin(const StoredAccounts& stored) {
    apply(stored.rows);
    last_account_ = stored.last_account;
    last_session_ = stored.last_session;
    last_key_ = stored.last_key;
}

void AccountBook::apply(const AccountChanges& changes) {
    for (const SessionId id : changes.ended) {
        end(id);
    }
    for (const ApiKeyId id : changes.revoked) {
        if (const auto found = hashes_.find(id); found != hashes_.end()) {
            keys_.erase(found->second);
            hashes_.erase(found);
        }
    }
    for (const AccountRow& row : changes.accounts) {
        accounts_.insert_or_assign(row.id, row);
        by_name_.insert_or_assign(row.name, row.id);
        by_person_.insert_or_assign(row.person, row.id);
        last_account_ = std::max(last_account_, row.id);
    }
    for (const SessionRow& row : changes.sessions) {
        if (HeldSession* const held = session(row.token); held != nullptr) {
            held->row = row;  // it keeps its last use, which may be later by now
            continue;
        }
        end(row.id);  // it goes on under another token
        tokens_.emplace(row.id, row.token);
        sessions_of_[row.account].insert(row.id);
        sessions_.emplace(row.token, std::make_unique<HeldSession>(row));
        last_session_ = std::max(last_session_, row.id);
    }
    for (const ApiKeyRow& row : changes.keys) {
        if (hashes_.emplace(row.key.id, row.hash).second) {
            keys_.emplace(row.hash, std::make_unique<HeldKey>(row));
        } else {
            keys_.at(row.hash)->row.key.last_used = row.key.last_used;
        }
        last_key_ = std::max(last_key_, row.key.id);
    }
}

void AccountBook::end(SessionId id) {
    const auto found = tokens_.find(id);
    if (found == tokens_.end()) {
        return;
    }
    const auto held = sessions_.find(found->second);
    auto& beside = sessions_of_[held->second->row.account];
    beside.erase(id);
    if (beside.empty()) {
        sessions_of_.erase(held->second->row.account);
    }
    sessions_.erase(held);
    tokens_.erase(found);
}

const AccountRow* AccountBook::account(AccountId id) const {
    const auto found = accounts_.find(id);
    return found == accounts_.end() ? nullptr : &found->second;
}

const AccountRow* AccountBook::account_named(std::string_view name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : account(found->second);
}

const AccountRow* AccountBook::account_of(PersonId person) const {
    const auto found = by_person_.find(person);
    return found == by_person_.end() ? nullptr : account(found->second);
}

HeldSession* AccountBook::session(const Hash& token) const {
    const auto found = sessions_.find(token);
    return found == sessions_.end() ? nullptr : found->second.get();
}

std::vector<HeldSession*> AccountBook::sessions_of(AccountId account) const {
    std::vector<HeldSession*> list;
    if (const auto found = sessions_of_.find(account); found != sessions_of_.end()) {
        for (const SessionId id : found->second) {
            list.push_back(sessions_.at(tokens_.at(id)).get());
        }
    }
    return list;
}

std::vector<HeldSession*> AccountBook::sessions() const {
    std::vector<HeldSession*> list;
    for (const auto& [id, token] : tokens_) {
        list.push_back(sessions_.at(token).get());
    }
    return list;
}

HeldKey* AccountBook::key(const Hash& hash) const {
    const auto found = keys_.find(hash);
    return found == keys_.end() ? nullptr : found->second.get();
}

std::vector<HeldKey*> AccountBook::keys() const {
    std::vector<HeldKey*> list;
    for (const auto& [id, hash] : hashes_) {
        list.push_back(keys_.at(hash).get());
    }
    return list;
}

}  // namespace zt::service::impl
