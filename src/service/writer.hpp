#pragma once
// Writer: the queue before the ledger. Any thread hands in; one thread of its own decides and
// commits what has gathered as one group with one sync, answers everybody in it, and between groups
// lapses the clocks that have come due. Groups form by themselves: while one is being synced the
// next gathers; only when fewer wait than were just answered does it linger for them.

#include "service/ledger.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace zt::service {

struct WriterLimits {
    std::size_t queue_max = 4096;  ///< submits waiting; beyond that they are refused at once
    std::size_t group_max = 256;   ///< submits in one transaction
    std::size_t lapse_max = 64;    ///< matters whose clocks lapse between two groups
    std::chrono::microseconds linger{100};
    std::chrono::milliseconds tick_every{20};  ///< how often clocks are looked at
};

/// What it has done since it began.
struct WriterCounts {
    std::int64_t groups = 0, submits = 0, refused_full = 0, lapsed = 0;
};

class Writer {
  public:
    /// Called on the writer's thread once the group is on disk. A refusal is the inner error.
    using Done = std::function<void(const Result<Answer>&)>;

    /// Borrows all; nobody else may use the ledger while it lives.
    Writer(
        Ledger& ledger, const views::OpenSet& open_set, const WallClock& clock, WriterLimits limits
    );
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    /// Commits what waits, then ends its thread.
    ~Writer();

    /// threads: any. errors, by `done`: overloaded (at once, on the calling thread: nothing was
    /// taken); disk_full (nothing written, may be tried again); io_failed (whether it was written
    /// only the disk knows: the process has to stop, the same key asks again after it); those of a
    /// refusal.
    void submit(Submit one, Done done);
    /// The same, waiting. threads: any but the writer's own.
    [[nodiscard]] Result<Answer> submit(Submit one);

    /// A write failed other than by a full disk: nothing is taken any more.
    [[nodiscard]] bool has_failed() const { return has_failed_; }
    [[nodiscard]] WriterCounts counts() const;

  private:
    struct Waiting {
        Submit submit;
        Done done;
    };

    void run();
    void gather(std::unique_lock<std::mutex>& lock, std::vector<Waiting>& group);
    void commit(std::vector<Waiting>& group);
    /// out: whether more clocks are due than were looked at.
    [[nodiscard]] bool lapse();

    Ledger& ledger_;
    const views::OpenSet& open_set_;
    const WallClock& clock_;
    const WriterLimits limits_;

    mutable std::mutex mutex_;
    std::condition_variable some_wait_;
    std::vector<Waiting> queue_;  // guarded by mutex_
    WriterCounts counts_;         // guarded by mutex_
    bool is_ending_ = false;      // guarded by mutex_
    std::size_t wanted_ = 1;      // guarded by mutex_: how many must wait to wake the writer
    std::size_t last_group_ = 0;  // of the writer's thread
    bool is_behind_ = false;      // of the writer's thread: clocks are due
    std::atomic<bool> has_failed_ = false;
    std::thread thread_;  // last: it begins when all else stands
};

}  // namespace zt::service
