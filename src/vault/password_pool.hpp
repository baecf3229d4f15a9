#pragma once
// PasswordPool: threads that hash passwords. Each hash takes 64 MiB and a sixth of a second of a
// core, so how many run and how many wait is bounded, and who comes when all is full is refused at
// once: a flood of sign-ins costs neither the memory nor the time of those who work.

#include "base/result.hpp"
#include "vault/password.hpp"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace zt::vault {

struct PasswordPoolLimits {
    std::size_t threads = 2;   ///< at most this many times the memory of one hash
    std::size_t waiting = 32;  ///< about three seconds of work: nobody waits longer for a sign-in
};

struct PasswordAnswer {
    bool matches = false;
    std::string renewed;  ///< it matches, at an outdated cost: store this text instead
};

/// A check that is asked for.
struct PasswordTry {
    Password password;
    std::string stored;
    PasswordSalt salt{};  ///< new; for the renewed text
};

/// threads: any.
class PasswordPool {
  public:
    /// Called on a thread of the pool; on the caller's, at once, when it is refused.
    using Hashed = std::function<void(Result<std::string>)>;
    using Verified = std::function<void(Result<PasswordAnswer>)>;

    explicit PasswordPool(PasswordPoolLimits limits = {}, PasswordCost cost = {});
    PasswordPool(const PasswordPool&) = delete;
    PasswordPool& operator=(const PasswordPool&) = delete;
    /// What is under way is answered; what waits is refused.
    ~PasswordPool();

    /// errors, by `done`: overloaded; those of hash_password.
    void hash(Password password, const PasswordSalt& salt, Hashed done);
    /// errors, by `done`: overloaded; those of verify_password.
    void verify(PasswordTry one, Verified done);

    [[nodiscard]] PasswordCost cost() const { return cost_; }
    /// Hashes computed since it began.
    [[nodiscard]] std::int64_t computed() const;
    [[nodiscard]] std::int64_t refused_full() const;

  private:
    struct Work {
        PasswordTry one;
        Hashed hashed;  ///< exactly one of the two is set
        Verified verified;
    };
    void take(Work work);
    void run();
    void perform(Work& work);
    static void refuse(const Work& work);
    [[nodiscard]] Result<PasswordAnswer> verified(const PasswordTry& one);
    void count();

    const PasswordPoolLimits limits_;
    const PasswordCost cost_;
    mutable std::mutex mutex_;
    std::condition_variable something_came_;
    std::deque<Work> waiting_;          // guarded by mutex_
    std::size_t busy_ = 0;              // guarded by mutex_
    std::int64_t computed_ = 0;         // guarded by mutex_
    std::int64_t refused_full_ = 0;     // guarded by mutex_
    bool is_ending_ = false;            // guarded by mutex_
    std::vector<std::thread> threads_;  // last: they begin when all else stands
};

}  // namespace zt::vault
