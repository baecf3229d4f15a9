#pragma once
// AccountFile: `sessions.db`. Read whole when it is opened; after that each change is one
// transaction of whole rows.

#include "service/accounts.hpp"
#include "service/impl/database.hpp"

namespace zt::service::impl {

struct AccountRow {
    AccountId id;
    std::string name;
    PersonId person;
    std::string password;                 ///< Argon2id
    std::optional<UtcMs> one_time_until;  ///< the password is for one use, until then
    std::string totp;                     ///< sealed; empty: no second factor
    std::int64_t totp_step = 0;           ///< the last that was used
    std::vector<Hash> recovery;           ///< of codes not yet used
    bool is_disabled = false;
    std::optional<UtcMs> locked_until;
    UtcMs created, changed;
};

struct SessionRow {
    SessionId id;
    Hash token{};
    AccountId account;
    PostChoice choice;
    UtcMs made, last_used;
    std::string device;
};

struct ApiKeyRow {
    ApiKey key;
    Hash hash{};
};

/// What one step changes: rows as they are to stand, and what goes.
struct AccountChanges {
    std::vector<AccountRow> accounts;
    std::vector<SessionRow> sessions;
    std::vector<SessionId> ended;
    std::vector<ApiKeyRow> keys;
    std::vector<ApiKeyId> revoked;
    [[nodiscard]] bool empty() const {
        return accounts.empty() && sessions.empty() && ended.empty() && keys.empty() &&
               revoked.empty();
    }
};

/// All rows, and the highest number ever given to each: none is given twice.
struct StoredAccounts {
    AccountChanges rows;
    AccountId last_account;
    SessionId last_session;
    ApiKeyId last_key;
};

/// threads: one at a time.
class AccountFile {
  public:
    /// in: the check value of the master key, kept from the beginning on. errors: as
    /// Accounts::open.
    [[nodiscard]] static Result<AccountFile>
    open(const std::string& path, const std::string& check_value);
    /// errors: damaged, io_failed.
    [[nodiscard]] Result<StoredAccounts> load();
    /// All or nothing, durable when it returns. errors: disk_full, io_failed.
    [[nodiscard]] Result<void> write(const AccountChanges& changes);

  private:
    explicit AccountFile(std::unique_ptr<Database> database) : database_(std::move(database)) {}
    [[nodiscard]] Result<void> begin(const std::string& check_value);
    [[nodiscard]] Result<void> write_accounts(const std::vector<AccountRow>& rows);
    [[nodiscard]] Result<void> write_sessions(const std::vector<SessionRow>& rows);
    [[nodiscard]] Result<void> write_keys(const std::vector<ApiKeyRow>& rows);
    std::unique_ptr<Database> database_;
};

}  // namespace zt::service::impl
