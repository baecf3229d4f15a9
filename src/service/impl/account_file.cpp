#include "service/impl/account_file.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace zt::service::impl {

namespace {

/// "ZTac": tells our file from any other database.
constexpr std::int64_t application_number = 0x5A546163;

constexpr const char* make_tables = R"(
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE account(
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,
  person INTEGER NOT NULL UNIQUE, password TEXT NOT NULL, one_time_until INTEGER,
  totp BLOB NOT NULL, totp_step INTEGER NOT NULL, recovery BLOB NOT NULL,
  is_disabled INTEGER NOT NULL, locked_until INTEGER,
  created INTEGER NOT NULL, changed INTEGER NOT NULL) STRICT;
CREATE TABLE session(
  id INTEGER PRIMARY KEY AUTOINCREMENT, token BLOB NOT NULL UNIQUE,
  account INTEGER NOT NULL REFERENCES account(id), post INTEGER NOT NULL,
  on_behalf INTEGER NOT NULL, made INTEGER NOT NULL, last_used INTEGER NOT NULL,
  device TEXT NOT NULL) STRICT;
CREATE TABLE api_key(
  id INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL UNIQUE, label TEXT NOT NULL,
  scopes TEXT NOT NULL, post INTEGER NOT NULL, made_by INTEGER NOT NULL,
  made INTEGER NOT NULL, until INTEGER NOT NULL, last_used INTEGER) STRICT;
)";

std::int64_t number_of(UtcMs at) { return at.time_since_epoch().count(); }

std::optional<std::int64_t> number_of(const std::optional<UtcMs>& at) {
    return at ? std::optional(number_of(*at)) : std::nullopt;
}

UtcMs instant_of(std::int64_t number) { return UtcMs(Millis(number)); }

std::optional<UtcMs> instant_of(const std::optional<std::int64_t>& number) {
    return number ? std::optional(instant_of(*number)) : std::nullopt;
}

std::string bytes_of(const std::vector<Hash>& hashes) {
    std::string bytes;
    for (const Hash& hash : hashes) {
        bytes.append(reinterpret_cast<const char*>(hash.data()), hash.size());
    }
    return bytes;
}

std::vector<Hash> hashes_of(std::string_view bytes) {
    std::vector<Hash> hashes(bytes.size() / sizeof(Hash));
    for (std::size_t index = 0; index < hashes.size(); ++index) {
        std::ranges::copy(bytes.substr(index * sizeof(Hash), sizeof(Hash)), hashes[index].begin());
    }
    return hashes;
}

AccountRow account_at(const Statement& row) {
    AccountRow account;
    account.id = AccountId{row.integer_at(0)};
    account.name = row.text_at(1);
    account.person = PersonId{row.integer_at(2)};
    account.password = row.text_at(3);
    account.one_time_until = instant_of(row.optional_at(4));
    account.totp = row.text_at(5);
    account.totp_step = row.integer_at(6);
    account.recovery = hashes_of(row.text_at(7));
    account.is_disabled = row.integer_at(8) != 0;
    account.locked_until = instant_of(row.optional_at(9));
    account.created = instant_of(row.integer_at(10));
    account.changed = instant_of(row.integer_at(11));
    return account;
}

Result<SessionRow> session_at(const Statement& row) {
    SessionRow session;
    session.id = SessionId{row.integer_at(0)};
    TRY(session.token, row.hash_at(1));
    session.account = AccountId{row.integer_at(2)};
    session.choice = {PostId{row.integer_at(3)}, PostId{row.integer_at(4)}};
    session.made = instant_of(row.integer_at(5));
    session.last_used = instant_of(row.integer_at(6));
    session.device = row.text_at(7);
    return session;
}

Result<ApiKeyRow> key_at(const Statement& row) {
    ApiKeyRow key;
    key.key.id = ApiKeyId{row.integer_at(0)};
    TRY(key.hash, row.hash_at(1));
    key.key.label = row.text_at(2);
    key.key.scopes = split(row.text_at(3), ' ');
    key.key.post = PostId{row.integer_at(4)};
    key.key.made_by = AccountId{row.integer_at(5)};
    key.key.made = instant_of(row.integer_at(6));
    key.key.until = instant_of(row.integer_at(7));
    key.key.last_used = instant_of(row.optional_at(8));
    return key;
}

}  // namespace

Result<AccountFile> AccountFile::open(const std::string& path, const std::string& check_value) {
    TRY(auto database, Database::open(path, DatabaseAccess::write));
    AccountFile file(std::move(database));
    TRY_VOID(file.begin(check_value));
    return file;
}

Result<void> AccountFile::begin(const std::string& check_value) {
    Database& database = *database_;
    TRY(const std::int64_t tables, database.ask("SELECT count(*) FROM sqlite_schema"));
    TRY(const std::int64_t application, database.ask("PRAGMA application_id"));
    TRY(const std::int64_t schema, database.ask("PRAGMA user_version"));
    if (tables == 0 && application == 0 && schema == 0) {
        return database.transaction([&]() -> Result<void> {
            TRY_VOID(database.run(make_tables));
            TRY(auto insert, database.prepare("INSERT INTO setting VALUES('key_check', ?)"));
            TRY_VOID(insert.text(check_value).run());
            const std::string marks =
                "PRAGMA application_id=" + std::to_string(application_number) +
                "; PRAGMA user_version=" + std::to_string(accounts_schema);
            return database.run(marks.c_str());
        });
    }
    if (application != application_number || schema < 1) {
        return std::unexpected(database.damaged("it is not a file of accounts"));
    }
    if (schema > accounts_schema) {
        return fail(
            Errc::newer_version,
            "the file has schema " + std::to_string(schema) + ", this program knows " +
                std::to_string(accounts_schema) + "; use the newer program that wrote it",
            database.path()
        );
    }
    TRY(auto check, database.prepare("PRAGMA quick_check(1)"));
    TRY(const bool has_verdict, check.next());
    if (!has_verdict || check.text_at(0) != "ok") {
        return std::unexpected(database.damaged("its pages do not fit together"));
    }
    TRY(auto stored, database.prepare("SELECT value FROM setting WHERE name = 'key_check'"));
    TRY(const bool has_key, stored.next());
    if (!has_key || stored.text_at(0) != check_value) {
        return fail(
            Errc::key_wrong,
            "the accounts belong to another master key; give the key file of this data directory",
            database.path()
        );
    }
    return {};
}

Result<StoredAccounts> AccountFile::load() {
    StoredAccounts stored;
    TRY(auto accounts,
        database_->prepare("SELECT id, name, person, password, one_time_until, totp, totp_step, "
                           "recovery, is_disabled, locked_until, created, changed FROM account"));
    TRY(bool has_row, accounts.next());
    while (has_row) {
        stored.rows.accounts.push_back(account_at(accounts));
        TRY(has_row, accounts.next());
    }
    TRY(auto sessions,
        database_->prepare("SELECT id, token, account, post, on_behalf, made, last_used, device "
                           "FROM session"));
    TRY(has_row, sessions.next());
    while (has_row) {
        TRY(auto session, session_at(sessions));
        stored.rows.sessions.push_back(std::move(session));
        TRY(has_row, sessions.next());
    }
    TRY(auto keys,
        database_->prepare("SELECT id, hash, label, scopes, post, made_by, made, until, last_used "
                           "FROM api_key"));
    TRY(has_row, keys.next());
    while (has_row) {
        TRY(auto key, key_at(keys));
        stored.rows.keys.push_back(std::move(key));
        TRY(has_row, keys.next());
    }
    constexpr const char* last = "SELECT seq FROM sqlite_sequence WHERE name = ";
    TRY(stored.last_account.value, database_->ask(std::string(last) + "'account'"));
    TRY(stored.last_session.value, database_->ask(std::string(last) + "'session'"));
    TRY(stored.last_key.value, database_->ask(std::string(last) + "'api_key'"));
    return stored;
}

Result<void> AccountFile::write(const AccountChanges& changes) {
    if (changes.empty()) {
        return {};
    }
    return database_->transaction([&]() -> Result<void> {
        TRY(auto end, database_->prepare("DELETE FROM session WHERE id = ?"));
        for (const SessionId id : changes.ended) {
            TRY_VOID(end.integer(id.value).run());
        }
        TRY(auto revoke, database_->prepare("DELETE FROM api_key WHERE id = ?"));
        for (const ApiKeyId id : changes.revoked) {
            TRY_VOID(revoke.integer(id.value).run());
        }
        TRY_VOID(write_accounts(changes.accounts));
        TRY_VOID(write_sessions(changes.sessions));
        return write_keys(changes.keys);
    });
}

Result<void> AccountFile::write_accounts(const std::vector<AccountRow>& rows) {
    TRY(auto put,
        database_->prepare(
            "INSERT INTO account(id, name, person, password, one_time_until, totp, totp_step, "
            "recovery, is_disabled, locked_until, created, changed) "
            "VALUES(?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(id) DO UPDATE SET "
            "password=excluded.password, one_time_until=excluded.one_time_until, "
            "totp=excluded.totp, totp_step=excluded.totp_step, recovery=excluded.recovery, "
            "is_disabled=excluded.is_disabled, locked_until=excluded.locked_until, "
            "changed=excluded.changed"
        ));
    for (const AccountRow& row : rows) {
        const std::string recovery = bytes_of(row.recovery);
        put.integer(row.id.value).text(row.name).integer(row.person.value).text(row.password);
        put.integer(number_of(row.one_time_until)).bytes(row.totp).integer(row.totp_step);
        put.bytes(recovery).integer(row.is_disabled ? 1 : 0).integer(number_of(row.locked_until));
        TRY_VOID(put.integer(number_of(row.created)).integer(number_of(row.changed)).run());
    }
    return {};
}

Result<void> AccountFile::write_sessions(const std::vector<SessionRow>& rows) {
    TRY(auto put,
        database_->prepare(
            "INSERT INTO session(id, token, account, post, on_behalf, made, last_used, device) "
            "VALUES(?,?,?,?,?,?,?,?) ON CONFLICT(id) DO UPDATE SET token=excluded.token, "
            "post=excluded.post, on_behalf=excluded.on_behalf, last_used=excluded.last_used"
        ));
    for (const SessionRow& row : rows) {
        put.integer(row.id.value).bytes(row.token).integer(row.account.value);
        put.integer(row.choice.post.value).integer(row.choice.on_behalf.value);
        put.integer(number_of(row.made)).integer(number_of(row.last_used));
        TRY_VOID(put.text(row.device).run());
    }
    return {};
}

Result<void> AccountFile::write_keys(const std::vector<ApiKeyRow>& rows) {
    TRY(auto put,
        database_->prepare(
            "INSERT INTO api_key(id, hash, label, scopes, post, made_by, made, until, last_used) "
            "VALUES(?,?,?,?,?,?,?,?,?) ON CONFLICT(id) DO UPDATE SET last_used=excluded.last_used"
        ));
    for (const ApiKeyRow& row : rows) {
        const std::string scopes = join(row.key.scopes, " ");
        put.integer(row.key.id.value).bytes(row.hash).text(row.key.label).text(scopes);
        put.integer(row.key.post.value).integer(row.key.made_by.value);
        put.integer(number_of(row.key.made)).integer(number_of(row.key.until));
        TRY_VOID(put.integer(number_of(row.key.last_used)).run());
    }
    return {};
}

}  // namespace zt::service::impl

namespace zt::service {

Result<void> copy_accounts(const std::string& from, const std::string& to) {
    auto source = impl::Database::open(from, impl::DatabaseAccess::read);
    if (!source && source.error().code == Errc::not_found) {
        return {};
    }
    TRY(const auto original, std::move(source));
    TRY(auto copy_out, original->prepare("VACUUM INTO ?"));
    TRY_VOID(copy_out.text(to).run());
    TRY(const auto copy, impl::Database::open(to, impl::DatabaseAccess::write));
    TRY_VOID(copy->run("DELETE FROM session"));
    // A write of its own syncs all that lies in the file, though there was no session.
    TRY(const std::int64_t schema, copy->ask("PRAGMA user_version"));
    const std::string rewrite = "PRAGMA user_version=" + std::to_string(schema);
    TRY_VOID(copy->run(rewrite.c_str()));
    return copy->run("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace zt::service
