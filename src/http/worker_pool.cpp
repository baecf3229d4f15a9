#include "http/worker_pool.hpp"

#include <utility>

namespace zt::http {

WorkerPool::WorkerPool(int threads, std::size_t queue_max) : queue_max_(queue_max) {
    for (int number = 0; number < threads; ++number) {
        threads_.emplace_back([this] { work(); });
    }
}

bool WorkerPool::offer(Task task) {
    {
        const std::lock_guard lock(mutex_);
        if (queue_.size() >= queue_max_ || is_ending_) {
            return false;
        }
        queue_.push_back(std::move(task));
    }
    something_came_.notify_one();
    return true;
}

std::size_t WorkerPool::waiting() const {
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

void WorkerPool::stop() {
    {
        const std::lock_guard lock(mutex_);
        is_ending_ = true;
    }
    something_came_.notify_all();
    for (auto& thread : threads_) {
        if (thread.joinable()) {
            thread.join();
        }
    }
}

void WorkerPool::work() {
    for (;;) {
        Task task;
        {
            std::unique_lock lock(mutex_);
            something_came_.wait(lock, [this] { return is_ending_ || !queue_.empty(); });
            if (queue_.empty()) {
                return;
            }
            task = std::move(queue_.front());
            queue_.pop_front();
        }
        task();
    }
}

}  // namespace zt::http
