#pragma once
// AccountBook: all accounts, sessions and API keys in memory, by what they are asked for by.

#include "service/impl/account_file.hpp"

#include <atomic>
#include <cstring>
#include <map>
#include <set>
#include <unordered_map>

namespace zt::service::impl {

/// A token's or key's hash is as good as random already.
struct HashStart {
    std::size_t operator()(const Hash& hash) const noexcept {
        std::size_t start = 0;
        std::memcpy(&start, hash.data(), sizeof start);
        return start;
    }
};

/// The last use is moved by whoever looks it up, beside others that look.
struct HeldSession {
    SessionRow row;
    std::atomic<std::int64_t> last_used;  ///< milliseconds; row.last_used is what the disk has
    explicit HeldSession(SessionRow one)
        : row(std::move(one)), last_used(row.last_used.time_since_epoch().count()) {}
    [[nodiscard]] UtcMs used() const { return UtcMs(Millis(last_used.load())); }
    /// Never backwards. in: now.
    void use(UtcMs now);
};

struct HeldKey {
    ApiKeyRow row;
    std::atomic<std::int64_t> last_used;  ///< 0: never
    explicit HeldKey(ApiKeyRow one)
        : row(std::move(one)),
          last_used(row.key.last_used ? row.key.last_used->time_since_epoch().count() : 0) {}
    [[nodiscard]] ApiKey key() const;
};

/// threads: any that read, or one that changes.
class AccountBook {
  public:
    void begin(const StoredAccounts& stored);
    void apply(const AccountChanges& changes);

    [[nodiscard]] const AccountRow* account(AccountId id) const;
    [[nodiscard]] const AccountRow* account_named(std::string_view name) const;
    [[nodiscard]] const AccountRow* account_of(PersonId person) const;
    [[nodiscard]] const std::map<AccountId, AccountRow>& accounts() const { return accounts_; }
    /// By the hash of the token. The caller may move the last use, no more.
    [[nodiscard]] HeldSession* session(const Hash& token) const;
    [[nodiscard]] std::vector<HeldSession*> sessions_of(AccountId account) const;
    [[nodiscard]] std::vector<HeldSession*> sessions() const;
    [[nodiscard]] HeldKey* key(const Hash& hash) const;
    [[nodiscard]] std::vector<HeldKey*> keys() const;  ///< by id

    [[nodiscard]] AccountId next_account() const { return {last_account_.value + 1}; }
    [[nodiscard]] SessionId next_session() const { return {last_session_.value + 1}; }
    [[nodiscard]] ApiKeyId next_key() const { return {last_key_.value + 1}; }

  private:
    void end(SessionId id);

    std::map<AccountId, AccountRow> accounts_;
    std::map<std::string, AccountId, std::less<>> by_name_;
    std::map<PersonId, AccountId> by_person_;
    std::unordered_map<Hash, std::unique_ptr<HeldSession>, HashStart> sessions_;
    std::map<SessionId, Hash> tokens_;
    std::map<AccountId, std::set<SessionId>> sessions_of_;
    std::unordered_map<Hash, std::unique_ptr<HeldKey>, HashStart> keys_;
    std::map<ApiKeyId, Hash> hashes_;
    AccountId last_account_;
    SessionId last_session_;
    ApiKeyId last_key_;
};

}  // namespace zt::service::impl
