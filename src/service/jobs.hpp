#pragma once
// Jobs: work that takes longer than an answer, asked for by a post and watched by it: imports, one
// after the other on a thread of their own, and exports, which run while they are fetched.
//
// A job does not survive the end of the process. What is known of it does, in a small file without
// any text of a matter; a job that was not over is told as `lost` after the next start. Nothing is
// wrong then: rows that an import committed stay, and importing the same file again adds the rest.

#include "base/id.hpp"
#include "base/json.hpp"
#include "base/time.hpp"
#include "base/uuid.hpp"
#include "base/world.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace zt::service {

/// Older ones are forgotten when they are over.
inline constexpr std::size_t jobs_kept_max = 200;
/// Jobs that are not over, of all posts.
inline constexpr std::size_t jobs_open_max = 16;
/// Bytes of rejected rows that one import keeps for whoever mends them, and of all of them.
inline constexpr std::size_t rejects_bytes_max = std::size_t{32} << 20U;

enum class JobWhat : std::uint8_t { import_rows, export_rows };
[[nodiscard]] std::string_view name_of(JobWhat what);

/// ready: an export that waits to be fetched. lost: the process ended before the job.
enum class JobState : std::uint8_t { waiting, ready, running, done, failed, cancelled, lost };
[[nodiscard]] std::string_view name_of(JobState state);
[[nodiscard]] bool is_over(JobState state);

struct JobProgress {
    std::int64_t rows = 0;                  ///< read, or given out
    std::int64_t rejected = 0;              ///< of an import
    std::int64_t repeated = 0;              ///< of an import: were in the ledger already
    std::int64_t bytes = 0, bytes_all = 0;  ///< of what is imported
};

struct Job {
    Uuid id;  ///< the key by which it was asked for: asking again is answered with the same job
    JobWhat what = JobWhat::import_rows;
    JobState state = JobState::waiting;
    PersonId person;
    PostId post;         ///< who may see it
    std::string form;    ///< map of an import ("messages"), format of an export ("csv")
    std::string digest;  ///< of what was asked, so that a key is not used for something else
    std::string order;   ///< what was asked of an export; not remembered over an end
    UtcMs asked;
    std::optional<UtcMs> began, ended;
    JobProgress progress;
    std::map<std::string, std::int64_t> rejected_by_code;
    std::string refusal;  ///< code of what made it fail; empty otherwise
    bool has_rejects = false;
};

/// What the work of a job tells and asks. threads: one.
class JobWatch {
  public:
    virtual ~JobWatch() = default;
    virtual void progress(const JobProgress& now) = 0;
    [[nodiscard]] virtual bool is_cancelled() const = 0;
    /// Rows that were not taken, as JSON lines, and how many for which code.
    virtual void keep_rejects(std::string lines, std::map<std::string, std::int64_t> by_code) = 0;
};
using JobWork = std::function<Result<void>(JobWatch&)>;

/// threads: any.
class Jobs {
  public:
    /// Borrows clock. errors: io_failed. A file that cannot be understood is begun anew.
    [[nodiscard]] static Result<std::unique_ptr<Jobs>>
    open(std::string file, const WallClock& clock);
    Jobs(const Jobs&) = delete;
    Jobs& operator=(const Jobs&) = delete;
    /// Cancels what runs, and waits for it.
    ~Jobs();

    struct Added {
        Job job;
        bool is_repeated = false;  ///< it was asked for before: nothing was begun
    };
    /// An import: waits for its turn. errors: key_reused (the key stands for something else),
    /// overloaded (too many are open), io_failed.
    [[nodiscard]] Result<Added> add(Job asked, JobWork work);
    /// An export: ready to be fetched. errors: as above.
    [[nodiscard]] Result<Added> add_ready(Job asked);
    /// Runs a ready job on this thread, once. errors: not_found, in_use (it runs or is over), those
    /// of the work.
    [[nodiscard]] Result<void> run_ready(const Uuid& id, const JobWork& work);

    [[nodiscard]] std::optional<Job> find(const Uuid& id) const;
    /// Those of a post, newest first.
    [[nodiscard]] std::vector<Job> of_post(PostId post) const;
    /// Ends it after the rows in hand; those that were committed stay. Over: nothing happens.
    void cancel(const Uuid& id);
    /// Null when there are none any more: they are kept in memory only, the newest.
    [[nodiscard]] std::shared_ptr<const std::string> rejects(const Uuid& id) const;

  private:
    class Watching;
    struct Kept {
        Job job;
        JobWork work;
        bool is_cancelled = false;
        std::shared_ptr<const std::string> rejects;
    };
    Jobs(std::string file, const WallClock& clock) : file_(std::move(file)), clock_(clock) {}
    [[nodiscard]] Result<Added> put(Job asked, JobWork work, JobState state);
    void run();
    void end(const Uuid& id, const Result<void>& outcome);
    void forget_old();                         // in: mutex_ is held
    void save() const;                         // in: mutex_ is held
    [[nodiscard]] Kept* kept(const Uuid& id);  // in: mutex_ is held

    const std::string file_;
    const WallClock& clock_;
    mutable std::mutex mutex_;
    std::condition_variable something_came_;
    std::deque<Kept> jobs_;   // guarded by mutex_; in the order of asking
    bool is_ending_ = false;  // guarded by mutex_
    std::thread thread_;
};

}  // namespace zt::service
