#pragma once
// A disk that is watched: SQLite's way to files with a log of all that changes them, and a switch
// that makes the n-th call fail. Registered as the default in test programs only; it passes all
// calls on to the one of the system.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace zt::faults {

/// A call that changes a file or makes changes last. Marks are put in by the test.
struct Call {
    enum class What : std::uint8_t { write, truncate, sync, submitted, acknowledged };
    What what = What::write;
    bool is_log = false;  ///< the file: the write-ahead log, else the ledger itself
    std::int64_t at = 0;  ///< offset, new size, or number of the step
    std::string bytes;
};

/// How a call fails. Calls that the fault is not for are not counted.
struct CallFault {
    enum class How : std::uint8_t {
        io,         ///< any call: EIO, nothing done
        full,       ///< writes: no room, nothing done
        cut,        ///< writes: EIO after the first half
        cut_full,   ///< writes: no room after the first half
        after,      ///< writes, truncates, syncs: done, yet reported as EIO
        sync_drop,  ///< syncs: EIO, and what was not synced is gone, as kernels do it
    };
    How how = How::io;
    bool is_sticky = false;
    std::int64_t call = 0;  ///< counted from 0
};

/// threads: one.
class WatchedDisk {
  public:
    /// Registers it, once a process.
    static WatchedDisk& install();
    /// The way of the system is the default again.
    static void uninstall();

    /// Writes what happens behind what stands there; null: no more.
    void log_to(std::vector<Call>* log) { log_ = log; }
    void mark(Call::What what, std::int64_t step);
    /// Counts from 0 again.
    void arm(CallFault fault);
    void disarm() { fault_.reset(); }
    [[nodiscard]] bool has_fired() const { return fired_; }
    /// A sync was answered with a failure.
    [[nodiscard]] bool has_failed_sync() const { return failed_sync_; }
    /// Calls that the armed fault is for; all reads, writes and so on while none is armed.
    [[nodiscard]] std::int64_t calls() const { return calls_; }
    /// Writes and truncates of any file since the fault fired first.
    [[nodiscard]] std::int64_t changes_since() const { return changes_since_; }

    /// Openings of the ledger itself, not of its log, that have written to it.
    [[nodiscard]] std::size_t writers() const { return writers_.size(); }

    /// For the files of it.
    enum class Kind : std::uint8_t { open, read, write, truncate, sync };
    [[nodiscard]] std::optional<CallFault::How> next(Kind kind);
    void note(Call call);
    void note_writer(std::int64_t opening) { writers_.insert(opening); }
    [[nodiscard]] std::int64_t next_opening() { return ++openings_; }

  private:
    WatchedDisk() = default;
    std::vector<Call>* log_ = nullptr;
    std::optional<CallFault> fault_;
    bool fired_ = false, failed_sync_ = false;
    std::int64_t calls_ = 0, changes_since_ = 0, openings_ = 0;
    std::set<std::int64_t> writers_;
};

}  // namespace zt::faults
