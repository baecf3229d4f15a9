#pragma once
// Workspace: what a submit (over its group, over the ledger) has done so far and not committed. A
// refused submit's workspace is thrown away; nothing else has to be undone.

#include "service/ledger.hpp"
#include "vault/seal.hpp"

#include <map>

namespace zt::service {

/// Texts of one event that are sealed when it is written.
struct Unsealed {
    std::size_t event = 0;  ///< index in the workspace's events
    std::shared_ptr<const vault::MatterKey> key;
    std::vector<Personal> texts;
    std::vector<vault::SealingChance> chances;  ///< one a text
};

class Workspace {
  public:
    /// A group's workspace stands on the ledger, or on the group that is being written; a submit's
    /// on its group's.
    Workspace(Ledger& ledger, UtcMs now, Origin origin);
    Workspace(Workspace& below, Origin origin);
    Workspace(Workspace& below, UtcMs now, Origin origin);
    /// What it stood on has become the ledger's.
    void stand_on_ledger() { below_ = nullptr; }

    /// Decides a command and everything that follows from it. out: the answer row of the command
    /// itself.
    [[nodiscard]] Result<AnswerRow> run(Command command, const Submit& submit, std::int32_t part);
    /// Lapses the matter's clocks due by then. out: how many.
    [[nodiscard]] Result<std::int64_t> lapse(MatterId matter, UtcMs at);
    /// Takes over what a submit's workspace did.
    void merge(Workspace&& above);

    [[nodiscard]] Result<std::shared_ptr<const State>> state(MatterId matter);
    [[nodiscard]] const Directory& directory() const;
    [[nodiscard]] MatterId last_begun() const { return last_begun_; }
    [[nodiscard]] Seq seq() const { return seq_; }
    [[nodiscard]] const store::KeyRow* key_row(const std::array<std::uint8_t, 16>& key) const;

    std::vector<Committed> events;
    std::vector<store::KeyRow> keys;
    std::map<std::string, std::int64_t> sequences;
    std::map<Hash, MatterId> claims;         ///< who holds them after this workspace
    std::vector<store::ClaimRow> claim_log;  ///< in order: freed before taken again
    std::map<MatterId, std::string> seal_keys;
    std::vector<Unsealed> unsealed;  ///< in order of events
    std::map<MatterId, std::shared_ptr<const State>> states;
    std::shared_ptr<Directory> changed_directory;
    std::vector<MatterId> new_duty_lists;
    MatterId last_matter;

  private:
    friend class Ledger;
    [[nodiscard]] Result<AnswerRow> step(const Command& command, int depth, Seq cause);
    [[nodiscard]] Result<void>
    follow(const std::vector<Reaction>& reactions, MatterId cause_matter, Seq cause, int depth);
    [[nodiscard]] Result<void>
    take(Decision decision, std::shared_ptr<const State> before, Seq cause);
    [[nodiscard]] Result<std::vector<std::shared_ptr<const State>>>
    reads_of(const State* state, const Command& command);
    [[nodiscard]] Result<std::vector<MatterId>> duty_lists_of(const Command& command);
    /// Matters in which a unit or post that ends has a part. errors: overloaded while the open set
    /// is being folded, too_many_reactions.
    [[nodiscard]] Result<std::vector<MatterId>>
    work_of(const State* before, const Command& command);
    [[nodiscard]] Result<void>
    add_owned(OrgId org, const views::Reading& reading, std::vector<MatterId>& work);
    [[nodiscard]] Result<std::int64_t> next_in(const std::string& name);
    [[nodiscard]] Result<void> give_numbers(Decision& decision);
    /// What the ledger keeps of a new follow-up code: the event says that there is one.
    [[nodiscard]] Result<void> give_code(Decision& decision) const;
    [[nodiscard]] Result<void> settle_claims(const Decision& decision);
    /// What is to be sealed into the event that comes next.
    [[nodiscard]] Result<void> keep_unsealed(Decision& decision);
    [[nodiscard]] Result<std::shared_ptr<const vault::MatterKey>>
    key_of(MatterId matter, bool begins);
    [[nodiscard]] Result<std::int64_t> sequence(const std::string& name);
    [[nodiscard]] Result<MatterId> claim(const Hash& hash);
    [[nodiscard]] Result<std::int64_t> lapse_due(MatterId matter, UtcMs at, int depth);

    Ledger& ledger_;
    Workspace* below_ = nullptr;
    UtcMs now_;
    Origin origin_;
    Seq seq_ = 0;
    MatterId last_begun_;
    std::size_t reactions_ = 0;
    Uuid key_;
    const FollowKey* follow_ = nullptr;  ///< of the submit that is being decided
    std::int32_t part_ = 0;
    std::map<MatterId, std::shared_ptr<const vault::MatterKey>> open_keys_;
};

}  // namespace zt::service
