#pragma once
// ViewsGuard: many readers of the awaited views, one folder. A reader-preferring lock, which is
// what the C library gives, would let steady readers keep the writer out for ever; here whoever
// folds holds the gate that each reader passes, so readers that come later wait behind it.

#include <mutex>
#include <shared_mutex>

namespace zt::service {

/// Meets the requirements of std::lock_guard and std::shared_lock.
class ViewsGuard {
  public:
    void lock() {
        gate_.lock();
        guard_.lock();
    }
    void unlock() {
        guard_.unlock();
        gate_.unlock();
    }
    void lock_shared() {
        const std::lock_guard passing(gate_);
        guard_.lock_shared();
    }
    void unlock_shared() { guard_.unlock_shared(); }

  private:
    std::mutex gate_;
    std::shared_mutex guard_;
};

}  // namespace zt::service
