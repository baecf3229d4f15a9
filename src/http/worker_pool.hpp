#pragma once
// WorkerPool: threads for work that waits for the disk, with a bounded queue before them.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace zt::http {

class WorkerPool {
  public:
    using Task = std::function<void()>;

    WorkerPool(int threads, std::size_t queue_max);
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;
    ~WorkerPool() { stop(); }

    /// False when so many wait already: nothing was taken. threads: any.
    [[nodiscard]] bool offer(Task task);
    [[nodiscard]] std::size_t waiting() const;
    /// Does what waits, then ends.
    void stop();

  private:
    void work();

    const std::size_t queue_max_;
    mutable std::mutex mutex_;
    std::condition_variable something_came_;
    std::deque<Task> queue_;  // guarded by mutex_
    bool is_ending_ = false;  // guarded by mutex_
    std::vector<std::thread> threads_;
};

}  // namespace zt::http
