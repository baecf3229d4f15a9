#pragma once
// What Accounts holds: the file, the book of all rows, and who may touch which when.

#include "service/impl/account_book.hpp"
#include "service/impl/trials.hpp"

#include <condition_variable>
#include <mutex>

namespace zt::service::impl {

/// Three slips are free; then one waits 1, 2, 4 … seconds; the tenth locks for a quarter of an
/// hour. Under a thousand tries a day, where ten characters take billions. An error of yesterday
/// does not count.
/// source: GB/T 22239-2019 8.1.4.1 b); NIST SP 800-63B 3.2.2 (at most 100 in a row).
inline constexpr TrialLimits account_trials{
    3,
    10,
    std::chrono::seconds{1},
    std::chrono::seconds{60},
    std::chrono::minutes{15},
    std::chrono::hours{24}
};
/// A whole office may stand behind one address: ten times as much, and forgotten sooner.
inline constexpr TrialLimits remote_trials{
    30,
    100,
    std::chrono::seconds{1},
    std::chrono::seconds{60},
    std::chrono::minutes{15},
    std::chrono::minutes{15}
};
/// About 100 bytes each; more senders than that are an attack that the limits of connections meet.
inline constexpr std::size_t remotes_max = 65'536;

/// Told to the audit when it goes, after the locks that were taken behind it.
class Notes {
  public:
    explicit Notes(AuditSink& sink) : sink_(sink) {}
    Notes(const Notes&) = delete;
    Notes& operator=(const Notes&) = delete;
    ~Notes() {
        for (const Json& text : texts_) {
            sink_.note(text);
        }
    }
    /// A text to add members to.
    Json& add(const char* what, const AccountRow& account, UtcMs now);
    Json& add(const char* what, UtcMs now);

  private:
    AuditSink& sink_;
    std::vector<Json> texts_;
};

[[nodiscard]] Hash hash_of_token(std::string_view token);
[[nodiscard]] std::unexpected<Error> not_signed_in();
[[nodiscard]] std::unexpected<Error> sign_in_refused();
[[nodiscard]] std::unexpected<Error> no_account();
/// At most label_characters_max, and no control characters: it is shown to people.
[[nodiscard]] std::string label_of(std::string_view text);

}  // namespace zt::service::impl

namespace zt::service {

struct Accounts::Inside {
    Inside(AccountParts given, impl::AccountFile opened)
        : parts(std::move(given)), file(std::move(opened)) {}

    /// Writes and takes in. in: change is held. errors: nothing was changed then.
    [[nodiscard]] Result<void> commit(const impl::AccountChanges& changes);
    /// Ends sessions for all threads even when the disk fails. in: change is held.
    [[nodiscard]] Result<void> end_now(std::vector<SessionId> ended);
    /// The session of that token while it lives. in: table or change is held.
    [[nodiscard]] impl::HeldSession* living(std::string_view token, UtcMs now) const;
    [[nodiscard]] bool has_ended(const impl::HeldSession& session, UtcMs now) const;
    /// All sessions of the account but one. in: change is held.
    [[nodiscard]] std::vector<SessionId> others_of(AccountId account, SessionId except) const;
    /// The session goes on under another token; all others of the account end.
    [[nodiscard]] SessionSecrets
    rotate_alone(const impl::HeldSession& held, impl::AccountChanges& changes);
    /// 256 bits as 64 hex digits.
    [[nodiscard]] std::string new_token();
    [[nodiscard]] vault::PasswordSalt new_salt();
    [[nodiscard]] Session view_of(const impl::HeldSession& held) const;
    /// One more wrong password or code. in: change is held. out: whether it locked the account.
    [[nodiscard]] Result<bool> note_failure(const impl::AccountRow& account, UtcMs now);
    [[nodiscard]] bool is_locked(const impl::AccountRow& account, UtcMs now) const;
    void begin_answer();
    void end_answer();

    enum class EndsSessions : std::uint8_t { no, yes };
    /// What an administrator does to an account, and how the audit calls it.
    struct AccountChange {
        AccountId account, by;
        const char* what = nullptr;
        EndsSessions ends_sessions = EndsSessions::no;
        std::function<void(impl::AccountRow&)> apply;
    };
    [[nodiscard]] Result<void> change_account(const AccountChange& one, UtcMs now);

    /// Too many came from there; counts it.
    [[nodiscard]] bool turns_away(RemoteScope remote, UtcMs now);
    /// Empty when it is not refused; then the account has its code marked as used. in: an account
    /// without a number for a name that nobody has; change is held. errors: those of the vault.
    [[nodiscard]] Result<std::string_view> reason_to_refuse(
        const Attempt& attempt,
        const Result<vault::PasswordAnswer>& answer,
        impl::AccountRow& account
    ) const;
    /// Counts, locks, notes. in: change is held. out: always the one refusal, or a failed write.
    [[nodiscard]] Result<SignedIn> refuse(
        const Attempt& attempt,
        const impl::AccountRow* account,
        std::string_view reason,
        impl::Notes& notes
    );
    /// in: the account as it is to stand; change is held.
    [[nodiscard]] Result<SignedIn>
    begin_session(const Attempt& attempt, const impl::AccountRow& account);

    AccountParts parts;
    std::string unmatchable;  ///< checked for names that nobody has

    /// One change at a time: held from looking at the book until the book has changed.
    std::mutex change;
    impl::AccountFile file;                        // guarded by change
    std::map<AccountId, impl::Trials> trials;      // guarded by change
    std::map<SessionId, vault::TotpSecret> begun;  // guarded by change: not yet confirmed

    /// Held by who reads the book without `change`, and by who changes it under `change`; for the
    /// time of a few look-ups, never while the disk works. A plain mutex: one that lets readers in
    /// side by side lets them keep a writer out, and what is ended has to end at once.
    mutable std::mutex table;
    impl::AccountBook book;  // guarded by table

    std::mutex chance;  // guards parts.random

    std::mutex gate;
    impl::RemoteTrials remotes{impl::remote_trials, impl::remotes_max};  // guarded by gate
    SignInCounts counts;                                                 // guarded by gate
    std::int64_t under_way = 0;                                          // guarded by gate
    std::condition_variable all_answered;
};

struct Accounts::Attempt {
    AccountId account;   ///< 0: nobody has the name
    std::string stored;  ///< what the password was compared with
    std::string code, device, replaces;
    RemoteScope remote{};
    UtcMs now{};
};

}  // namespace zt::service
