#pragma once
// Served: a tenant at work. Commands go to its one writer; readers look at it from many threads,
// each through connections of its own, and at the awaited views under a lock that the writer takes
// only while it folds.

#include "service/tenant.hpp"

#include <shared_mutex>

namespace zt::service {

struct ServedLimits {
    WriterLimits writer;
    std::size_t readers_max = 8;  ///< threads that read at the same time
};

/// What one reading thread works with. Borrowed from Served for the time of one request; what it
/// shows is committed. threads: one.
class Desk {
  public:
    Desk(Tenant& tenant, std::unique_ptr<store::Reader> reader);

    /// errors: unknown_matter, quarantined, damaged, io_failed.
    [[nodiscard]] Result<State> state(MatterId matter);
    /// Oldest first. errors: as state.
    [[nodiscard]] Result<std::vector<Event>> events(MatterId matter);
    [[nodiscard]] Result<MatterId> find_number(std::string_view number);
    /// The matter that the first command of a submit was about. in: key as the submit carried it.
    /// errors: not_found (no such submit was taken), io_failed.
    [[nodiscard]] Result<MatterId> find_submit(std::string_view credential, const Uuid& key);
    /// The sealed texts of events of one matter, by event. errors: not_found (erased), io_failed.
    [[nodiscard]] Result<std::vector<Personal>> open_texts(const Event& event);
    [[nodiscard]] store::Reader& reader() { return *reader_; }

  private:
    [[nodiscard]] Result<store::MatterRow> row_of(MatterId matter);

    Tenant& tenant_;
    std::unique_ptr<store::Reader> reader_;
    struct OpenKey {
        std::string wrapped;  ///< as it lay on disk: another, or none, means erased or changed
        vault::MatterKey key;
    };
    std::optional<std::pair<MatterId, OpenKey>> key_;  ///< of the matter read last
};

class Served {
  public:
    /// Begins to take commands at once; the awaited views fill meanwhile. Borrows clock. errors:
    /// io_failed.
    [[nodiscard]] static Result<std::unique_ptr<Served>>
    start(std::unique_ptr<Tenant> tenant, const WallClock& clock, ServedLimits limits);
    Served(const Served&) = delete;
    Served& operator=(const Served&) = delete;
    ~Served();
    /// Commits what waits and answers it, saves the views. Nothing may be handed in after.
    void stop();

    /// threads: any. `done` runs on the deciding thread.
    void submit(Submit one, Writer::Done done) { writer_->submit(std::move(one), std::move(done)); }
    [[nodiscard]] Result<Answer> submit(Submit one) { return writer_->submit(std::move(one)); }

    [[nodiscard]] UtcMs now() const { return clock_.now(); }
    [[nodiscard]] const Rules& rules() const { return tenant_->rules(); }
    /// As it stands now; holds still while the caller keeps it. threads: any.
    [[nodiscard]] std::shared_ptr<const Directory> directory() const;
    [[nodiscard]] Seq seq() const { return seq_; }
    [[nodiscard]] const vault::MasterKey* key() const { return tenant_->key(); }
    /// For the deciding thread alone: answers may read it.
    [[nodiscard]] Ledger& ledger() { return tenant_->ledger(); }
    [[nodiscard]] Writer& writer() { return *writer_; }
    [[nodiscard]] const Writer& writer() const { return *writer_; }

    /// Lends a desk to the caller; waits while all are lent. errors: io_failed.
    class Lent;
    [[nodiscard]] Result<Lent> desk();

    /// The awaited views are filled. Reads of them before that fail with `overloaded` (still
    /// starting).
    [[nodiscard]] bool has_views() const { return has_views_; }
    /// They cannot be read: the process has to stop, `verify` tells more.
    [[nodiscard]] bool has_failed() const { return has_failed_ || writer_->has_failed(); }
    /// Reads the open set while nothing is folded into it. threads: any, many at a time.
    /// errors: overloaded (not filled yet).
    [[nodiscard]] Result<void>
    with_open_set(const std::function<void(const views::OpenSet&, const views::Reading&)>& read
    ) const;
    /// The same for the figures, one reader at a time. errors: overloaded.
    [[nodiscard]] Result<void> with_figures(const std::function<void(const views::Figures&)>& read
    ) const;

    /// Told of each committed event in order, on the deciding thread, after the awaited views: must
    /// be quick. in: called before the first command.
    void on_commit(Ledger::Listener listener);

  private:
    Served(std::unique_ptr<Tenant> tenant, const WallClock& clock, ServedLimits limits);
    void give_back(std::unique_ptr<Desk> desk);
    void tell(const Committed& one);

    std::unique_ptr<Tenant> tenant_;
    const WallClock& clock_;
    const ServedLimits limits_;
    mutable std::mutex figures_guard_;  ///< tables make their sums when they are first asked for
    std::atomic<Seq> seq_ = 0;
    std::atomic<bool> has_views_ = false, has_failed_ = false;
    std::mutex desks_guard_;
    std::condition_variable desk_came_back_;
    std::vector<std::unique_ptr<Desk>> desks_;  // guarded by desks_guard_
    std::size_t desks_made_ = 0;                // guarded by desks_guard_
    std::vector<Ledger::Listener> listeners_;
    std::unique_ptr<Writer> writer_;
    std::thread filling_;
};

/// Gives the desk back when it goes.
class Served::Lent {
  public:
    Lent(Served& from, std::unique_ptr<Desk> desk) : from_(&from), desk_(std::move(desk)) {}
    Lent(Lent&&) = default;
    Lent& operator=(Lent&&) = delete;
    ~Lent() {
        if (desk_) {
            from_->give_back(std::move(desk_));
        }
    }
    [[nodiscard]] Desk* operator->() { return desk_.get(); }
    [[nodiscard]] Desk& operator*() { return *desk_; }

  private:
    Served* from_;
    std::unique_ptr<Desk> desk_;
};

}  // namespace zt::service
