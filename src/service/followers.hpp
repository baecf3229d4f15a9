#pragma once
// Followers: the thread that keeps the following views, lists, search and proof tree, within a
// second of the ledger. It reads what is committed through a reader of its own, so neither the
// writer nor those who are answered ever wait for it.
//
// A view is written by this thread alone; whoever reads it opens an object of its own on its file
// (Lists::open, Search::open with ListAccess::read), and opens it again when `generation` has
// moved: then the file was made anew. A view that fails is closed, opened or made anew, and
// counted; the server goes on.

#include "base/world.hpp"
#include "service/rules.hpp"
#include "store/store.hpp"
#include "vault/key.hpp"
#include "views/lists.hpp"
#include "views/proof_tree.hpp"
#include "views/search.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace zt::service {

enum class FollowingView : std::uint8_t { lists, search, proof_tree };
inline constexpr std::size_t following_views = 3;

/// Borrowed, and must outlive the followers; key may be null: then no sealed text is searched.
struct FollowerParts {
    store::Store* store = nullptr;
    const vault::MasterKey* key = nullptr;
    const WallClock* clock = nullptr;
    SharedRules rules;
    std::string lists_file, search_file, tree_file;  ///< not in memory: others read them
};

struct FollowerLimits {
    /// Events taken in at once: what a view may hold back the others and its readers for.
    std::int64_t events_max = 1000;
    /// Matters taken in at once while a view is made from zero.
    std::int64_t matters_max = 500;
    /// It looks for events that often even when nobody told it of any.
    std::chrono::milliseconds look_every{200};
};

/// How far a view is behind the ledger.
struct FollowerLag {
    std::int64_t events = 0;
    Millis time{};  ///< since the first event that it lacks was recorded
};

/// Since it began.
struct FollowerCounts {
    std::int64_t matters = 0;   ///< taken in, each time they changed
    std::int64_t failures = 0;  ///< times that the view could not be written
    std::int64_t rebuilds = 0;  ///< times that it was made from zero
    std::int64_t skipped = 0;   ///< matters that could not be read (quarantined, damaged)
};

class Followers {
  public:
    /// Begins to follow: the thread opens the views, looks whether they are sound, and makes anew
    /// what cannot be used. errors: io_failed, damaged (the ledger cannot be read).
    [[nodiscard]] static Result<std::unique_ptr<Followers>>
    start(FollowerParts parts, FollowerLimits limits);
    Followers(const Followers&) = delete;
    Followers& operator=(const Followers&) = delete;
    /// Ends the thread after the batch in hand.
    ~Followers();

    /// Something was committed up to there. Quick; for Ledger::on_commit. threads: any.
    void told(Seq seq);
    /// Waits until lists and search have seen it. errors: overloaded (not within the time).
    /// threads: any.
    [[nodiscard]] Result<void> await(Seq seq, std::chrono::milliseconds timeout);
    [[nodiscard]] Seq position(FollowingView view) const;
    [[nodiscard]] FollowerLag lag(FollowingView view) const;
    [[nodiscard]] FollowerCounts counts(FollowingView view) const;
    /// 0 until the view is there to be read; moves when its file was made anew.
    [[nodiscard]] std::int64_t generation(FollowingView view) const;
    [[nodiscard]] HashAlgorithm algorithm() const { return algorithm_; }
    /// A reader of the view was answered `damaged`: it is made anew. threads: any.
    void found_damaged(FollowingView view);

  private:
    /// One view as this thread keeps it.
    struct Kept {
        std::string file;
        std::optional<views::Lists> lists;
        std::optional<views::Search> search;
        std::optional<views::ProofTree> tree;
        bool is_open = false;
        bool is_spoilt = false;  ///< what lies there may not be used again
        /// While it is made from zero: the next matter, and up to which event the ledger was when
        /// that began.
        std::optional<MatterId> next_matter;
        Seq rebuilt_until = 0;
        // Read by others.
        std::atomic<Seq> position = 0;
        std::atomic<std::int64_t> matters = 0, failures = 0, rebuilds = 0, skipped = 0;
        std::atomic<std::int64_t> generation = 0;
        std::atomic<bool> is_found_damaged = false;
        std::atomic<std::int64_t> behind_since_ms = 0;  ///< 0: not behind
    };

    explicit Followers(FollowerParts parts, FollowerLimits limits);
    void run();
    /// One bounded step of a view. out: it has more to do.
    [[nodiscard]] bool step(FollowingView view, Seq head);
    [[nodiscard]] Result<void> step_or_fail(FollowingView view, Seq head);
    [[nodiscard]] Result<void> open(FollowingView view, Seq head);
    [[nodiscard]] Result<void> rebuild_some(FollowingView view);
    [[nodiscard]] Result<void> follow_some(FollowingView view, Seq head);
    [[nodiscard]] Result<void>
    put(FollowingView view, const std::vector<MatterId>& matters, Seq until);
    /// The proof tree goes by events.
    [[nodiscard]] Result<void> grow_tree(Seq from, Seq until);
    void fail_view(FollowingView view, const Error& error);
    void note_lag(FollowingView view, Seq head);
    [[nodiscard]] Kept& kept(FollowingView view) { return kept_[static_cast<std::size_t>(view)]; }
    [[nodiscard]] const Kept& kept(FollowingView view) const {
        return kept_[static_cast<std::size_t>(view)];
    }

    FollowerParts parts_;
    const FollowerLimits limits_;
    std::unique_ptr<store::Reader> reader_;  ///< of the thread
    HashAlgorithm algorithm_ = HashAlgorithm::sha256;
    std::array<Kept, following_views> kept_;
    std::atomic<Seq> head_ = 0;

    std::mutex mutex_;
    std::condition_variable something_came_, something_seen_;
    Seq told_ = 0;            // guarded by mutex_
    bool is_ending_ = false;  // guarded by mutex_
    std::thread thread_;      // last: it begins when all else stands
};

}  // namespace zt::service
