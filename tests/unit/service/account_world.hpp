#pragma once
// Accounts in a folder of their own, with a clock moved by hand, cheap password hashes and an audit
// that remembers.

#include "base/seeded_random.hpp"
#include "service/accounts.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <mutex>
#include <sstream>

namespace zt::service::test {

class RecordingAudit final : public AuditSink {
  public:
    void note(const Json& text) override {
        const std::lock_guard lock(mutex_);
        texts_.push_back(text);
    }
    [[nodiscard]] std::vector<Json> texts() const {
        const std::lock_guard lock(mutex_);
        return texts_;
    }
    /// What happened, in order: "account_made signed_in …".
    [[nodiscard]] std::string words() const {
        std::string all;
        for (const Json& text : texts()) {
            all += (all.empty() ? "" : " ") + text["what"].as_string();
        }
        return all;
    }
    void clear() {
        const std::lock_guard lock(mutex_);
        texts_.clear();
    }

  private:
    mutable std::mutex mutex_;
    std::vector<Json> texts_;
};

/// What an authenticator reads from base32.
inline vault::TotpSecret secret_of(const std::string& base32) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::array<std::uint8_t, vault::TotpSecret::size> bytes{};
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        const std::size_t value = letters.find(base32[bit / 5]);
        const std::size_t shifted = std::size_t{bytes[bit / 8]} * 2;
        bytes[bit / 8] = static_cast<std::uint8_t>(shifted | ((value >> (4 - bit % 5)) & 1U));
    }
    return vault::TotpSecret(bytes);
}

/// Waits for what is answered on another thread.
template <class T, class Start>
Result<T> wait_for(const Start& start) {
    std::promise<Result<T>> answer;
    start([&answer](Result<T> result) { answer.set_value(std::move(result)); });
    return answer.get_future().get();
}

class AccountWorld {
  public:
    AccountWorld() {
        std::string pattern = ::testing::TempDir() + "zt_accounts_XXXXXX";
        folder_ = ::mkdtemp(pattern.data());
        reopen();
    }
    AccountWorld(const AccountWorld&) = delete;
    AccountWorld& operator=(const AccountWorld&) = delete;
    ~AccountWorld() {
        accounts_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    void close() { accounts_.reset(); }
    [[nodiscard]] Result<void> try_open() {
        accounts_.reset();
        TRY(accounts_, Accounts::open(path(), parts()));
        return {};
    }
    void reopen() {
        const auto opened = try_open();
        ASSERT_TRUE(opened) << to_string(opened.error());
    }
    [[nodiscard]] AccountParts parts() {
        AccountParts parts;
        parts.key = &key_;
        parts.random = &random_;
        parts.pool = &pool_;
        parts.audit = &audit_;
        return parts;
    }
    [[nodiscard]] std::string path() const { return folder_ + "/sessions.db"; }
    Accounts* operator->() { return accounts_.get(); }
    [[nodiscard]] RecordingAudit& audit() { return audit_; }
    [[nodiscard]] vault::PasswordPool& pool() { return pool_; }
    [[nodiscard]] const vault::MasterKey& key() const { return key_; }

    [[nodiscard]] UtcMs now() const { return now_; }
    void pass(Millis time) { now_ += time; }

    [[nodiscard]] Result<OneTimePassword> make(const std::string& name, std::int64_t person) {
        return wait_for<OneTimePassword>([&](auto done) {
            accounts_->make_account({name, PersonId{person}, {}}, now_, std::move(done));
        });
    }
    [[nodiscard]] Result<SignedIn> sign_in(Credentials credentials) {
        return wait_for<SignedIn>([&](auto done) {
            accounts_->sign_in(std::move(credentials), now_, std::move(done));
        });
    }
    [[nodiscard]] Result<SignedIn>
    sign_in(const std::string& name, const std::string& password, const std::string& code = {}) {
        return sign_in({name, vault::Password(std::string_view(password)), code, {}, "test", {}});
    }
    [[nodiscard]] Result<SessionSecrets>
    change_password(const std::string& token, const std::string& present, const std::string& next) {
        return wait_for<SessionSecrets>([&](auto done) {
            accounts_->change_password(
                {token,
                 vault::Password(std::string_view(present)),
                 vault::Password(std::string_view(next))},
                now_,
                std::move(done)
            );
        });
    }
    [[nodiscard]] Result<OneTimePassword> reset(AccountId account) {
        return wait_for<OneTimePassword>([&](auto done) {
            accounts_->reset_password(account, {}, now_, std::move(done));
        });
    }
    [[nodiscard]] Result<Enrolment>
    begin_factor(const std::string& token, const std::string& present) {
        return wait_for<Enrolment>([&](auto done) {
            accounts_->begin_second_factor(
                token, vault::Password(std::string_view(present)), now_, std::move(done)
            );
        });
    }
    /// An account that has its own password already.
    AccountId add(const std::string& name, std::int64_t person, const std::string& password) {
        const auto once = make(name, person);
        EXPECT_TRUE(once);
        const auto in = sign_in(name, once->password);
        EXPECT_TRUE(in);
        const auto changed = change_password(in->secrets.token, once->password, password);
        EXPECT_TRUE(changed);
        EXPECT_TRUE(accounts_->sign_out(changed->token, now_));
        return once->account;
    }
    /// All bytes of the file and of its log.
    [[nodiscard]] std::string bytes() const {
        std::ostringstream all;
        for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
            all << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        }
        return all.str();
    }

  private:
    std::string folder_;
    SeededRandom random_{42};
    vault::MasterKey key_ = vault::MasterKey::make(random_);
    RecordingAudit audit_;
    vault::PasswordPool pool_{{2, 64}, vault::PasswordCost{1, 8}};
    UtcMs now_ = *parse_instant("2024-07-01 09:00");
    std::unique_ptr<Accounts> accounts_;
};

}  // namespace zt::service::test
