#pragma once
// Ledger: the one writer of a tenant. Commands come in groups; each submit is decided against what
// stands, with its reactions, and the whole group is committed in one transaction and one sync
// before anybody is answered.

#include "base/world.hpp"
#include "service/answer.hpp"
#include "service/codec.hpp"
#include "service/rules.hpp"
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
/// personal comes in.
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

/// threads: one.
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
    /// Destroys the key of a matter's sealed parts, by an event. errors: unknown_matter,
    /// key_missing.
    [[nodiscard]] Result<Answer> erase(MatterId matter, UtcMs now);
    /// Other rules from now on (a calendar year was loaded): running clocks concerned are dated
    /// again, each by an event.
    [[nodiscard]] Result<std::int64_t> change_rules(SharedRules rules, UtcMs now);

    /// errors: unknown_matter, quarantined, damaged.
    [[nodiscard]] Result<std::shared_ptr<const State>> state(MatterId matter);
    [[nodiscard]] Result<MatterId> find_number(std::string_view number);
    [[nodiscard]] const Directory& directory() const { return *directory_; }
    [[nodiscard]] const Rules& rules() const { return *rules_; }
    [[nodiscard]] store::Store& store() { return *parts_.store; }
    [[nodiscard]] const vault::MasterKey* key() const { return parts_.key; }
    [[nodiscard]] Seq seq() const { return head_.seq; }
    [[nodiscard]] Context context(UtcMs now, Origin origin = Origin::live) const;
    using Listener = std::function<void(const Committed&)>;
    /// Called for each committed event in order, after the awaited views. out: who listened before.
    Listener on_commit(Listener listener) { return std::exchange(listener_, std::move(listener)); }

  private:
    friend class Workspace;
    Ledger(LedgerParts parts, SharedRules rules) : parts_(parts), rules_(std::move(rules)) {}

    [[nodiscard]] Result<void> load_directory();
    [[nodiscard]] Result<Answer> run_submit(const Submit& submit, UtcMs now, Workspace& group);
    [[nodiscard]] std::vector<Result<Answer>>
    run_group(const std::vector<Submit>& group, UtcMs now, Workspace& work);
    using OriginOf = std::function<Origin(const State&)>;
    [[nodiscard]] Result<std::int64_t>
    lapse_until(UtcMs until, UtcMs now, const OriginOf& origin_of);
    [[nodiscard]] Result<std::int64_t>
    lapse_of(const std::vector<MatterId>& due, UtcMs until, UtcMs now, const OriginOf& origin_of);
    [[nodiscard]] Result<std::optional<Answer>> repeated(const Submit& submit, Workspace& group);
    [[nodiscard]] Result<void> commit(Workspace& group, std::vector<store::AuditRow> audit);
    [[nodiscard]] store::AuditRow audit_row(const Submit& submit, const Error& refusal, UtcMs now);
    void remember(MatterId matter, std::shared_ptr<const State> state);
    [[nodiscard]] Result<std::shared_ptr<const vault::MatterKey>> matter_key(MatterId matter);

    struct Cached {
        std::shared_ptr<const State> state;
        std::list<MatterId>::iterator place;
    };

    LedgerParts parts_;
    SharedRules rules_;
    store::Head head_;
    UtcMs last_recorded_{};
    std::shared_ptr<const Directory> directory_ = std::make_shared<Directory>();
    std::vector<MatterId> duty_lists_;
    std::unordered_map<MatterId, Cached> cache_;
    std::list<MatterId> recent_;  ///< newest first
    Listener listener_;
};

}  // namespace zt::service
