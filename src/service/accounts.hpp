#pragma once
// Accounts: who may sign in, their sessions and the keys of programs, in a file of its own beside
// the ledger (`sessions.db`). It is no view: nothing can rebuild it, so a damaged one is refused.
//
// What lies where. An account is a sign-in name and the number of a person; the person's name and
// contact stand sealed in the ledger. On disk lie Argon2id hashes of passwords, hashes of session
// tokens, recovery codes and API keys, and the secret of the second factor sealed under the master
// key: who has the file alone can sign in nowhere. All of it is also held in memory, so what is
// asked with every request costs no disk, and what is ended is ended for all threads at once.
//
// One refusal. A wrong name, password or code, a locked or disabled account all give
// `sign_in_refused`, after the same work; which it was stands in the audit only.

#include "base/hash.hpp"
#include "base/world.hpp"
#include "service/audit.hpp"
#include "service/posts.hpp"
#include "vault/password_pool.hpp"
#include "vault/second_factor.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zt::service {

using AccountId = Id<struct AccountTag>;
using SessionId = Id<struct SessionTag>;
using ApiKeyId = Id<struct ApiKeyTag>;

inline constexpr int accounts_schema = 1;
/// Far above the staff of a prefecture; an account takes about 500 bytes of memory.
inline constexpr std::size_t accounts_max = 200'000;
/// An office, a laptop, a phone and a few forgotten ones; a further sign-in ends the one unused
/// longest.
inline constexpr std::size_t sessions_per_account_max = 12;
inline constexpr std::size_t api_keys_max = 1'000;
inline constexpr std::size_t api_scopes_max = 64;
inline constexpr std::size_t label_characters_max = 60;  ///< of devices and API keys

/// source: GB/T 22239-2019 8.1.4.1 b) idle exit; OWASP ASVS 5.0 7.3.1, 7.3.2.
struct AccountLimits {
    Millis session_idle = std::chrono::minutes{30};
    Millis session_whole = std::chrono::hours{12};
    Millis one_time_password = std::chrono::hours{72};  ///< what an administrator set
    Millis api_key_whole = std::chrono::days{366};
};

/// All borrowed, and must outlive it. random: used by one thread at a time, by it alone.
struct AccountParts {
    const vault::MasterKey* key = nullptr;
    Random* random = nullptr;
    vault::PasswordPool* pool = nullptr;
    AuditSink* audit = nullptr;
    std::string issuer = "Zhitong";  ///< what authenticators show: the name of the place
    AccountLimits limits{};
};

struct AccountView {
    AccountId id;
    std::string name;
    PersonId person;
    bool is_disabled = false;
    std::optional<UtcMs> locked_until;  ///< of a lock that still holds
    bool must_change_password = false;
    bool has_second_factor = false;
    std::size_t recovery_codes_left = 0;
    UtcMs created, changed;
};

struct Session {
    SessionId id;
    AccountId account;
    PersonId person;
    PostChoice choice;
    bool must_change_password = false;  ///< then it may do nothing but that
    bool has_second_factor = false;
    UtcMs made, last_used;
    std::string device;
};

/// Shown to the browser once. token: for the cookie. csrf: for the page; bound to the token.
struct SessionSecrets {
    std::string token, csrf;
};

struct SignedIn {
    Session session;
    SessionSecrets secrets;
};

/// Where a request comes from, as a keyed hash of the caller's: never on disk, in no log.
struct RemoteScope {
    std::uint64_t value = 0;
};

struct Credentials {
    std::string name;
    vault::Password password;
    std::string code;  ///< of the authenticator, or a recovery code; empty when there is none
    RemoteScope remote{};
    std::string device;    ///< a coarse word for the list of sessions: "Firefox, Windows"
    std::string replaces;  ///< the token that the browser had before, if any: it ends
};

struct PasswordChange {
    std::string token;
    vault::Password present, next;
};

/// What an authenticator app is set up with; shown once.
struct Enrolment {
    std::string secret, uri, svg;
};

/// The second factor is set; the codes are shown once.
struct FactorSet {
    SessionSecrets secrets;
    std::vector<std::string> recovery_codes;
};

/// by: the account of the administrator; 0 is who runs the command line.
struct NewAccount {
    std::string name;
    PersonId person;
    AccountId by;
};

struct OneTimePassword {
    AccountId account;
    std::string password;  ///< shown once
    UtcMs until;
};

struct ApiKey {
    ApiKeyId id;
    std::string label;  ///< which program it is for; no names of people
    std::vector<std::string> scopes;
    PostId post;  ///< owns it: what the key does, this post does
    AccountId made_by;
    UtcMs made, until;
    std::optional<UtcMs> last_used;
};

struct NewApiKey {
    std::string label;
    std::vector<std::string> scopes;  ///< `matters.read` and the like: lower case, '.', '_'
    PostId post;
    UtcMs until;
    AccountId by;
};

struct MadeApiKey {
    ApiKeyId id;
    std::string text;  ///< `ztk_…`, shown once
};

/// Since the start, for /metrics.
struct SignInCounts {
    std::int64_t signed_in = 0, refused = 0, refused_remote = 0, locked = 0;
};

/// How an answer comes that takes a password hash: on a thread of the pool, or at once on the
/// caller's thread. It must return soon, and not end the Accounts.
template <class T>
using Done = std::function<void(Result<T>)>;

/// `name` in lower case. errors: bad_value: 3 to 32 of a–z, 0–9, '.', '_', '-', beginning with a
/// letter: so that nobody signs in by a telephone or identity number.
[[nodiscard]] Result<std::string> sign_in_name(std::string_view name);
/// The token that a page must send beside the cookie; derived, so nothing of it is stored.
[[nodiscard]] std::string csrf_of(std::string_view token);
/// Compares in constant time.
[[nodiscard]] bool is_csrf(std::string_view token, std::string_view given);

/// For a backup and for bringing it back, also while the file is in use; nothing when there is no
/// file `from`. The copy has no sessions: those that were ended since would live again. errors:
/// damaged, disk_full, io_failed.
[[nodiscard]] Result<void> copy_accounts(const std::string& from, const std::string& to);

/// threads: any. Functions that change something wait for the disk.
class Accounts {
  public:
    /// Makes the file when there is none. in: a path in a directory that this process holds the
    /// lock of. errors: damaged, newer_version, key_wrong, io_failed, read_only, disk_full; `at` is
    /// the path.
    [[nodiscard]] static Result<std::unique_ptr<Accounts>>
    open(const std::string& path, AccountParts parts);
    Accounts(const Accounts&) = delete;
    Accounts& operator=(const Accounts&) = delete;
    /// Waits for answers that are under way.
    ~Accounts();

    // ---- signing in ----
    /// errors: sign_in_refused whatever the reason; overloaded; io_failed, disk_full.
    void sign_in(Credentials credentials, UtcMs now, Done<SignedIn> done);
    /// Whose token it is; it has been used now. No disk. errors: not_signed_in.
    [[nodiscard]] Result<Session> find_session(std::string_view token, UtcMs now);
    [[nodiscard]] Result<void> sign_out(std::string_view token, UtcMs now);

    // ---- one's own account. errors of all: not_signed_in; sign_in_refused when the present
    // password is wrong; io_failed, disk_full ----
    /// Ends all other sessions; this one goes on with another token. errors: password_weak (`at`:
    /// see vault::check_password, or `same`), overloaded.
    void change_password(PasswordChange change, UtcMs now, Done<SessionSecrets> done);
    /// A new secret, in force once a code of it was given. errors: password_must_change,
    /// overloaded.
    void begin_second_factor(
        const std::string& token, vault::Password present, UtcMs now, Done<Enrolment> done
    );
    /// Ends all other sessions, gives another token and ten recovery codes; replaces a factor that
    /// was there. errors: factor_code_wrong, not_found (nothing was begun).
    [[nodiscard]] Result<FactorSet>
    confirm_second_factor(std::string_view token, std::string_view code, UtcMs now);
    /// Ends all other sessions and gives another token. errors: not_found (there is none),
    /// overloaded.
    void remove_second_factor(
        const std::string& token, vault::Password present, UtcMs now, Done<SessionSecrets> done
    );
    /// The post that the session acts in from now on; gives another token. in: today. errors:
    /// not_in_post, password_must_change.
    [[nodiscard]] Result<SignedIn> choose_post(
        std::string_view token, const PostChoice& choice, const Directory& directory, UtcMs now
    );

    // ---- sessions ----
    /// Newest use first.
    [[nodiscard]] std::vector<Session> sessions_of(AccountId account, UtcMs now) const;
    /// by: the account itself, an administrator, or 0. errors: not_found when that account has no
    /// such session.
    [[nodiscard]] Result<void>
    end_session(AccountId account, SessionId session, AccountId by, UtcMs now);
    /// All but one (0: all). out: how many.
    [[nodiscard]] Result<std::int64_t>
    end_sessions(AccountId account, SessionId except, AccountId by, UtcMs now);

    // ---- administration. errors of all: not_found, io_failed, disk_full ----
    /// With a one-time password. errors: bad_value (name, person), name_taken,
    /// person_has_account, cap_reached, overloaded.
    void make_account(NewAccount account, UtcMs now, Done<OneTimePassword> done);
    /// Ends the account's sessions and its lock. errors: overloaded.
    void reset_password(AccountId account, AccountId by, UtcMs now, Done<OneTimePassword> done);
    /// For who lost phone and codes. Ends the account's sessions.
    [[nodiscard]] Result<void> reset_second_factor(AccountId account, AccountId by, UtcMs now);
    /// Ends its sessions.
    [[nodiscard]] Result<void> disable(AccountId account, AccountId by, UtcMs now);
    [[nodiscard]] Result<void> enable(AccountId account, AccountId by, UtcMs now);
    [[nodiscard]] Result<void> unlock(AccountId account, AccountId by, UtcMs now);
    [[nodiscard]] std::vector<AccountView> accounts(UtcMs now) const;  ///< by id
    [[nodiscard]] Result<AccountView> find_account(std::string_view name, UtcMs now) const;
    [[nodiscard]] Result<AccountView> account(AccountId account, UtcMs now) const;

    // ---- keys of programs ----
    /// errors: bad_value (`at` is the member), cap_reached, io_failed, disk_full.
    [[nodiscard]] Result<MadeApiKey> make_api_key(NewApiKey key, UtcMs now);
    /// Whose key it is; it has been used now. No disk. errors: not_signed_in.
    [[nodiscard]] Result<ApiKey> find_api_key(std::string_view text, UtcMs now);
    [[nodiscard]] std::vector<ApiKey> api_keys() const;  ///< by id
    [[nodiscard]] Result<void> revoke_api_key(ApiKeyId key, AccountId by, UtcMs now);

    // ---- upkeep ----
    /// To be called each minute: writes last uses, takes away what has ended by itself.
    [[nodiscard]] Result<void> upkeep(UtcMs now);
    [[nodiscard]] SignInCounts counts() const;

  private:
    struct Inside;
    struct Attempt;
    explicit Accounts(std::unique_ptr<Inside> inside);
    [[nodiscard]] Result<SignedIn>
    finish_sign_in(const Attempt& attempt, const Result<vault::PasswordAnswer>& answer);
    /// Asks for the present password of a session's account, then goes on.
    void confirm_password(
        const std::string& token,
        vault::Password present,
        UtcMs now,
        std::function<void(Result<void>)> then
    );
    [[nodiscard]] Result<void>
    finish_confirmation(const Attempt& attempt, const Result<vault::PasswordAnswer>& answer);
    [[nodiscard]] Result<SessionSecrets>
    store_password(const std::string& token, std::string stored, UtcMs now);
    [[nodiscard]] Result<Enrolment> enrol(const std::string& token, UtcMs now);
    [[nodiscard]] Result<SessionSecrets> drop_factor(const std::string& token, UtcMs now);
    [[nodiscard]] Result<void> check_new(const NewAccount& account) const;
    [[nodiscard]] Result<OneTimePassword>
    insert_account(const NewAccount& account, std::string stored, OneTimePassword once, UtcMs now);
    [[nodiscard]] Result<OneTimePassword>
    store_one_time(OneTimePassword once, std::string stored, AccountId by, UtcMs now);
    [[nodiscard]] OneTimePassword new_one_time(AccountId account, UtcMs now);

    std::unique_ptr<Inside> inside_;
};

}  // namespace zt::service
