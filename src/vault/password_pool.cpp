#include "vault/password_pool.hpp"

#include "base/check.hpp"

#include <utility>

namespace zt::vault {

PasswordPool::PasswordPool(PasswordPoolLimits limits, PasswordCost cost)
    : limits_(limits), cost_(cost) {
    CHECK(limits_.threads > 0);
    threads_.reserve(limits_.threads);
    for (std::size_t index = 0; index < limits_.threads; ++index) {
        threads_.emplace_back([this] { run(); });
    }
}

PasswordPool::~PasswordPool() {
    std::deque<Work> left;
    {
        const std::lock_guard lock(mutex_);
        is_ending_ = true;
        left.swap(waiting_);
    }
    something_came_.notify_all();
    for (const Work& work : left) {
        refuse(work);
    }
    for (std::thread& thread : threads_) {
        thread.join();
    }
}

void PasswordPool::hash(Password password, const PasswordSalt& salt, Hashed done) {
    take(Work{PasswordTry{std::move(password), {}, salt}, std::move(done), {}});
}

void PasswordPool::verify(PasswordTry one, Verified done) {
    take(Work{std::move(one), {}, std::move(done)});
}

std::int64_t PasswordPool::computed() const {
    const std::lock_guard lock(mutex_);
    return computed_;
}

std::int64_t PasswordPool::refused_full() const {
    const std::lock_guard lock(mutex_);
    return refused_full_;
}

void PasswordPool::take(Work work) {
    {
        const std::lock_guard lock(mutex_);
        // A free thread counts as a place: it may not have taken yet what was put in before.
        const std::size_t places = limits_.waiting + limits_.threads;
        if (!is_ending_ && waiting_.size() + busy_ < places) {
            waiting_.push_back(std::move(work));
            something_came_.notify_one();
            return;
        }
        ++refused_full_;
    }
    refuse(work);
}

void PasswordPool::run() {
    while (true) {
        Work work;
        {
            std::unique_lock lock(mutex_);
            something_came_.wait(lock, [this] { return is_ending_ || !waiting_.empty(); });
            if (waiting_.empty()) {
                return;
            }
            work = std::move(waiting_.front());
            waiting_.pop_front();
            ++busy_;
        }
        perform(work);
        const std::lock_guard lock(mutex_);
        --busy_;
    }
}

void PasswordPool::perform(Work& work) {
    if (work.hashed) {
        Result<std::string> text = hash_password(work.one.password, work.one.salt, cost_);
        count();
        work.hashed(std::move(text));
        return;
    }
    Result<PasswordAnswer> answer = verified(work.one);
    work.verified(std::move(answer));
}

Result<PasswordAnswer> PasswordPool::verified(const PasswordTry& one) {
    const auto check = verify_password(one.password, one.stored, cost_);
    count();
    if (!check) {
        return std::unexpected(check.error());
    }
    PasswordAnswer answer{check->matches, {}};
    if (check->is_outdated) {
        // Without memory for it now, the next sign-in renews it.
        answer.renewed = hash_password(one.password, one.salt, cost_).value_or(std::string());
        count();
    }
    return answer;
}

void PasswordPool::count() {
    const std::lock_guard lock(mutex_);
    ++computed_;
}

void PasswordPool::refuse(const Work& work) {
    const auto full = [] {
        return fail(Errc::overloaded, "too many sign-ins at a time; try again in a moment");
    };
    if (work.hashed) {
        work.hashed(full());
    } else {
        work.verified(full());
    }
}

}  // namespace zt::vault
