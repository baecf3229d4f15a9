#pragma once
// Writer: the queue before the ledger. Any thread hands in. A thread of its own decides what comes,
// lapses the clocks that have come due, and answers; a second one writes what was decided, each
// group with one sync. Groups form by themselves: while one is being written, the next is decided,
// upon it, and takes in whatever comes until the disk is free.

#include "service/ledger.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <optional>
#include <thread>

namespace zt::service {

struct WriterLimits {
    std::size_t queue_max = 4096;       ///< submits waiting; beyond that they are refused at once
    std::size_t group_max = 256;        ///< submits in one transaction
    std::size_t notes_max = 65'536;     ///< texts for the audit waiting: a minute of a full disk
    std::size_t lapse_max = 16;         ///< matters whose clocks lapse in one transaction
    std::size_t lapse_max_quiet = 256;  ///< the same while nobody waits
    std::chrono::milliseconds tick_every{20};  ///< how often clocks are looked at
};

/// What it has done since it began.
struct WriterCounts {
    std::int64_t groups = 0, submits = 0, refused_full = 0, lapsed = 0;
};

class Writer {
  public:
    /// Called on the deciding thread once the group is on disk.
    using Done = std::function<void(const Result<Answer>&)>;

    /// Borrows all; nobody else may use the ledger while it lives.
    Writer(Ledger& ledger, const WallClock& clock, WriterLimits limits);
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

    /// Puts a text behind the end of the audit, with the next group; when the disk is full it waits
    /// for room. Beyond notes_max texts are lost, and the audit tells how many. in: canonical JSON.
    /// threads: any; returns at once.
    void note(std::string text);

    /// Runs it on the deciding thread while no group is under way, and waits for it: the task may
    /// use the ledger alone. threads: any but the writer's own.
    void perform(const std::function<void()>& task);

    /// A write failed other than by a full disk: nothing is taken any more.
    [[nodiscard]] bool has_failed() const { return has_failed_; }
    [[nodiscard]] WriterCounts counts() const;

  private:
    struct Waiting {
        Submit submit;
        Done done;
    };
    /// A group and who waits for it; without a group there is nothing to write.
    struct Round {
        std::shared_ptr<Group> group;
        std::vector<Waiting> waiting;
        std::vector<std::string> notes;
        std::int64_t lapsed = 0;
    };

    // On the deciding thread.
    void decide();
    void run_tasks();
    /// Decides what comes until the disk is free; without a group when nothing came.
    [[nodiscard]] Round next_round(const Round& writing);
    [[nodiscard]] std::vector<Waiting> wait_and_take(std::size_t room, bool is_writing);
    [[nodiscard]] bool is_something_to_do(bool is_writing) const;
    void decide_into(Round& round, std::vector<Waiting>&& some);
    void take_notes(Round& round);
    void give_back_notes(Round& round);
    void lapse_into(Round& round, std::size_t most);
    /// Takes work from the writing thread as long as there is nothing to decide.
    void prepare_some(Group& group);
    void hand_over(Group& group);
    [[nodiscard]] Result<void> await_write();
    void settle(Round& round);
    void fail_all(Round& round, const Error& error);
    /// Nothing may stand upon a group that was not written.
    void decide_again(Round& round, Round& failed, const Error& error);

    // On the writing thread.
    void write();

    Ledger& ledger_;
    const WallClock& clock_;
    const WriterLimits limits_;
    std::unique_ptr<store::Reader> reader_;  ///< null: groups cannot overlap

    // Of the deciding thread.
    bool is_behind_ = false;  ///< clocks are due
    bool is_full_ = false;    ///< the last write found the disk full

    mutable std::mutex mutex_;
    std::condition_variable something_came_;  ///< a submit, the end of a write, the end of all
    std::condition_variable group_came_;
    std::vector<Waiting> queue_;      // guarded by mutex_
    std::vector<std::string> notes_;  // guarded by mutex_
    std::int64_t notes_lost_ = 0;     // guarded by mutex_: since one was taken
    WriterCounts counts_;             // guarded by mutex_
    bool is_ending_ = false;          // guarded by mutex_
    bool has_ended_ = false;          // guarded by mutex_: nothing more is handed over
    std::vector<std::packaged_task<void()>> tasks_;  // guarded by mutex_
    std::size_t wake_at_ = 0;                        // guarded by mutex_: so many in the queue wake
    Group* being_written_ = nullptr;                 // guarded by mutex_
    std::optional<Result<void>> written_;            // guarded by mutex_: how the last write ended
    std::atomic<bool> has_failed_ = false;
    std::thread writing_, deciding_;  // last: they begin when all else stands
};

}  // namespace zt::service
