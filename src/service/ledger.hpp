#pragma once
// Ledger: the one writer of a tenant. Commands come in groups; each submit is decided against what
// stands, with its reactions, and the whole group is committed in one transaction and one sync
// before anybody is answered.

#include "base/world.hpp"
#include "service/answer.hpp"
#include "service/key_memory.hpp"
#include "service/rules.hpp"
#include "service/views_guard.hpp"
#include "store/store.hpp"
#include "vault/key.hpp"
#include "views/figures.hpp"
#include "views/open_set.hpp"

#include <functional>
#include <list>
#include <unordered_map>
#include <utility>

namespace zt::service {

/// Commands of one submit, and reactions of one command with all that follows from them.
inline constexpr std::size_t commands_max = 4096;  ///< genesis writes a place in few submits
inline constexpr int reaction_depth_max = 4;
inline constexpr std::size_t reactions_max = 1000;
/// States kept in memory between commands: about 4 kB each.
inline constexpr std::size_t states_cached_max = 20'000;

/// What the ledger works with. All borrowed, and must outlive it; key may be null while nothing
/// personal comes in; the views may be null until they are attached.
struct LedgerParts {
    store::Store* store = nullptr;
    const vault::MasterKey* key = nullptr;
    Random* random = nullptr;
    views::Figures* figures = nullptr;
    views::OpenSet* open_set = nullptr;
};

/// Something committed: for views, for `show`, for scripts.
struct Committed {
    Event event;
    std::shared_ptr<const State> before, after;
};

class Workspace;
/// Submits and lapses that are committed together: decided, being written, or settled.
class Group;

/// threads: one, but for write_group.
class Ledger {
  public:
    /// Folds the directory and reads the head. errors: io_failed, damaged, key_wrong.
    [[nodiscard]] static Result<std::unique_ptr<Ledger>> open(LedgerParts parts, SharedRules rules);
    ~Ledger();

    /// One transaction. out: one result for each submit, in order; a refusal changes nothing of its
    /// submit. errors: disk_full, io_failed (of the whole group: the process must stop unless the
    /// disk was full).
    [[nodiscard]] Result<std::vector<Result<Answer>>>
    submit_group(const std::vector<Submit>& group, UtcMs now);
    /// A group of one; the outer and the inner error in one.
    [[nodiscard]] Result<Answer> submit(const Submit& one, UtcMs now);
    /// Decides as submit_group would and keeps nothing; `see` gets each event that would have been
    /// committed. Groups do not see each other. errors: io_failed.
    [[nodiscard]] Result<std::vector<Result<Answer>>> rehearse_group(
        const std::vector<Submit>& group,
        UtcMs now,
        const std::function<void(const Committed&)>& see
    );
    /// Lapses every clock due by then. out: how many lapsed. errors: as submit_group.
    [[nodiscard]] Result<std::int64_t> tick(UtcMs now, Origin origin = Origin::live);
    /// The same for no more than so many matters: one transaction, the most urgent first.
    [[nodiscard]] Result<std::int64_t> tick_some(UtcMs now, std::size_t matters_max);
    /// After an import: lapses every clock due by `until`, recorded now; those of imported matters
    /// as part of the import, which addresses nobody, those of others as a tick would.
    [[nodiscard]] Result<std::int64_t> tick_import(UtcMs until, UtcMs now);
    // A group step by step, for who decides the next group while one is being written: begin,
    // decide and lapse into it, write, settle; the steps of one group in this order, each step in
    // the order of the groups. A group stands on what is settled and on the one begun before it, if
    // that is still under way; no more than two are. Letting go of a group that is not settled
    // drops it: one that could not be written, but first the one that stands on it.
    [[nodiscard]] std::shared_ptr<Group> begin_group(UtcMs now);
    /// The group has one more answer.
    void decide_into(Group& group, const Submit& submit);
    /// Lapses due clocks of no more than so many matters, the most urgent first. out: how many
    /// lapsed. errors: io_failed, damaged.
    [[nodiscard]] Result<std::int64_t> lapse_into(Group& group, std::size_t matters_max);
    /// Seals, chains, appends. threads: any, one at a time, beside begin, decide, lapse and settle
    /// of other groups when reads go through a reader of their own (read_through). errors: as
    /// submit_group.
    [[nodiscard]] Result<void> write_group(Group& group);
    /// Takes it into states and views; listeners hear of it. out: its answers. in: it was written.
    [[nodiscard]] std::vector<Result<Answer>> settle_group(Group& group);
    /// Views that another thread has filled up to some event: what was committed since goes into
    /// them, and whatever comes. Until then nothing lapses. in: no group is under way.
    void attach(views::Figures& figures, views::OpenSet& open_set);
    [[nodiscard]] bool has_due(UtcMs now) const;
    /// Reads go there from now on; null: to the store itself.
    void read_through(store::Reader* reader) { reader_ = reader; }

    /// Destroys the key of a matter's sealed parts, by an event. errors: unknown_matter, not_found
    /// (erased before).
    [[nodiscard]] Result<Answer> erase(MatterId matter, UtcMs now);
    /// The same for several, on behalf of the post that approved it, with one scrub at the end.
    /// in: at most commands_max; those erased before are left out. out: how many were erased.
    [[nodiscard]] Result<std::int64_t>
    erase_all(const std::vector<MatterId>& matters, PostId approved_by, UtcMs now);
    /// Cleans up behind an erase that was cut off between the event and its end. errors: those of
    /// the store's scrub.
    [[nodiscard]] Result<void> finish_erase();
    /// Other rules from now on (a calendar year was loaded): running clocks concerned are dated
    /// again, each by an event.
    [[nodiscard]] Result<std::int64_t> change_rules(SharedRules rules, UtcMs now);

    /// errors: unknown_matter, quarantined, damaged.
    [[nodiscard]] Result<std::shared_ptr<const State>> state(MatterId matter);
    [[nodiscard]] Result<MatterId> find_number(std::string_view number);
    [[nodiscard]] const Directory& directory() const { return *directory_; }
    /// Held while a group is taken into views and directory: who reads those from another thread
    /// holds it shared meanwhile. Each directory itself never changes.
    [[nodiscard]] ViewsGuard& views_guard() const { return views_guard_; }
    [[nodiscard]] std::shared_ptr<const Directory> shared_directory() const { return directory_; }
    [[nodiscard]] const Rules& rules() const { return *rules_; }
    [[nodiscard]] SharedRules shared_rules() const { return rules_; }
    [[nodiscard]] store::Store& store() { return *parts_.store; }
    [[nodiscard]] const vault::MasterKey* key() const { return parts_.key; }
    [[nodiscard]] Seq seq() const { return head_.seq; }
    [[nodiscard]] Context context(UtcMs now, Origin origin = Origin::live) const;
    using Listener = std::function<void(const Committed&)>;
    /// Called for each committed event in order, after the awaited views. out: who listened before.
    Listener on_commit(Listener listener) { return std::exchange(listener_, std::move(listener)); }

  private:
    friend class Workspace;
    friend class Group;
    Ledger(LedgerParts parts, SharedRules rules) : parts_(parts), rules_(std::move(rules)) {}

    [[nodiscard]] Result<void> load_directory();
    [[nodiscard]] Result<Answer> run_submit(const Submit& submit, UtcMs now, Workspace& group);
    using OriginOf = std::function<Origin(const State&)>;
    [[nodiscard]] Result<std::int64_t>
    lapse_until(UtcMs until, UtcMs now, const OriginOf& origin_of);
    [[nodiscard]] Result<std::int64_t>
    lapse_of(const std::vector<MatterId>& due, UtcMs until, UtcMs now, const OriginOf& origin_of);
    [[nodiscard]] Result<std::optional<store::KeyRow>>
    stored_key(const std::array<std::uint8_t, 16>& key);
    [[nodiscard]] Result<std::optional<Answer>> repeated(const Submit& submit, Workspace& group);
    /// Writes and settles it, or drops it. in: no other group is under way.
    [[nodiscard]] Result<std::vector<Result<Answer>>> commit(Group& group);
    [[nodiscard]] store::Batch batch_of(Group& group) const;
    void fold_group(Group& group);
    void settle_views(const Committed& one);
    [[nodiscard]] store::Reader& reads() const {
        return reader_ == nullptr ? *parts_.store : *reader_;
    }
    [[nodiscard]] Result<std::vector<Answer>>
    erase_group(const std::vector<MatterId>& matters, PostId approved_by, UtcMs now);
    void remember(MatterId matter, std::shared_ptr<const State> state);
    [[nodiscard]] Result<std::shared_ptr<const vault::MatterKey>> matter_key(MatterId matter);

    struct Cached {
        std::shared_ptr<const State> state;
        std::list<MatterId>::iterator place;
    };

    LedgerParts parts_;
    SharedRules rules_;
    store::Reader* reader_ = nullptr;
    store::Head head_;               ///< of what is settled
    store::Head written_;            ///< of what is written; of whoever writes
    std::vector<Group*> under_way_;  ///< begun and not settled, oldest first
    UtcMs last_recorded_{};
    std::shared_ptr<const Directory> directory_ = std::make_shared<Directory>();
    std::vector<MatterId> duty_lists_;
    std::unordered_map<MatterId, Cached> cache_;
    std::list<MatterId> recent_;  ///< newest first
    KeyMemory keys_;
    mutable ViewsGuard views_guard_;
    std::vector<Committed> unseen_;  ///< by the views, while there are none
    Listener listener_;
};

}  // namespace zt::service
