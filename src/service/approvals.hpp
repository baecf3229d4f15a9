#pragma once
// Approvals: changes of the directory that one administrator prepared and another has to approve
// before they happen: appointing, leaving, ending and merging units, all that moves power or open
// work. What waits is kept in memory alone, since names of people stand in it: a restart drops it,
// and it is prepared again. What was done stands in the ledger, and who prepared and who approved
// it in the audit chain.

#include "base/world.hpp"
#include "domain/command.hpp"
#include "domain/permission.hpp"
#include "service/audit.hpp"

#include <map>
#include <mutex>

namespace zt::service {

/// Drawn, not counted: after a restart no old number leads to another change.
using ChangeId = Id<struct ChangeTag>;

/// Far more than two administrators look through in a day.
inline constexpr std::size_t changes_max = 200;
/// What nobody approves for so long is dropped.
inline constexpr Millis change_lasts = std::chrono::days{7};

enum class ChangeState : std::uint8_t { waiting, approved, withdrawn };
[[nodiscard]] std::string_view name_of(ChangeState state);

struct PreparedChange {
    ChangeId id;
    ChangeState state = ChangeState::waiting;
    Submit submit;  ///< acted by the post that prepared it; its key is fixed, so it happens once
    std::string why;
    PersonId prepared_by;
    PostId prepared_in;
    UtcMs prepared;
    PersonId closed_by;  ///< who approved or withdrew it
    std::optional<UtcMs> closed;
    Seq seq = 0;  ///< of its last event, once approved
};

/// Who decides on a change.
struct Approver {
    PersonId person;
    PostId post;
};

/// threads: any.
class Approvals {
  public:
    /// Borrows both. random: used by it alone.
    Approvals(AuditSink& audit, Random& random) : audit_(audit), random_(random) {}

    /// in: commands with their actor. The same commands that wait already, of the same person, are
    /// the same change. errors: cap_reached.
    [[nodiscard]] Result<PreparedChange>
    prepare(std::vector<Command> commands, std::string why, UtcMs now);
    /// Newest first.
    [[nodiscard]] std::vector<PreparedChange> list(UtcMs now);
    /// That may be handed to the ledger now; again and again until it is settled, always under the
    /// same key. errors: not_found; same_person, unless the place is so small that two
    /// administrators are one; wrong_stage (withdrawn).
    [[nodiscard]] Result<PreparedChange>
    begin_approval(ChangeId id, Approver by, AdministrationReport::Mode mode);
    /// The ledger took it. in: seq of its last event.
    void approved(ChangeId id, Approver by, Seq seq, UtcMs now);
    /// Takes it back, or refuses it: nothing happens. errors: not_found, wrong_stage (approved).
    [[nodiscard]] Result<void> withdraw(ChangeId id, Approver by, UtcMs now);

  private:
    void drop_old(UtcMs now);
    [[nodiscard]] PreparedChange* find(ChangeId id);
    [[nodiscard]] PreparedChange make(UtcMs now);
    void note(std::string_view what, const PreparedChange& change, Approver by, UtcMs now);

    AuditSink& audit_;
    Random& random_;  // guarded by mutex_
    std::mutex mutex_;
    std::map<ChangeId, PreparedChange> changes_;  // guarded by mutex_
};

}  // namespace zt::service
