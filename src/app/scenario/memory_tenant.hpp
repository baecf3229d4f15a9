#pragma once
// A place in memory, for scripts and random walks: ledger, views and everything that happened, and
// the proofs that hold after each step whatever was done.

#include "base/seeded_random.hpp"
#include "kindfile/place_file.hpp"
#include "service/tenant.hpp"

namespace zt::app::scenario {

struct Beginning {
    service::Definitions definitions;
    kindfile::Place place;
    std::string pack, calendar;
    service::SharedRules
        rules;  ///< when they were built before; else they are built from all of the above
    UtcMs at;   ///< of genesis
    std::uint64_t seed = 1;
};

class MemoryTenant {
  public:
    /// errors: those of build_rules and of genesis.
    [[nodiscard]] static Result<std::unique_ptr<MemoryTenant>> make(const Beginning& beginning);
    MemoryTenant(const MemoryTenant&) = delete;
    MemoryTenant& operator=(const MemoryTenant&) = delete;
    ~MemoryTenant();

    [[nodiscard]] service::Ledger& ledger() { return *ledger_; }
    [[nodiscard]] const service::Rules& rules() const { return ledger_->rules(); }
    [[nodiscard]] OfficeOffset offset() const { return rules().calendar.offset; }
    [[nodiscard]] const views::Figures& figures() const { return figures_; }
    [[nodiscard]] const views::OpenSet& open_set() const { return open_set_; }
    [[nodiscard]] store::Reader& reader() { return *store_; }
    [[nodiscard]] SeededRandom& random() { return random_; }
    /// Everything committed since genesis, in order.
    [[nodiscard]] const std::vector<service::Committed>& history() const { return history_; }
    /// What one cannot know: a key, as a client would make it.
    [[nodiscard]] Uuid fresh_key(UtcMs at);

    /// Each event committed from that place of the history on: apply gives what decide said, time
    /// and version go on, no due moves but by an event that says so, and what the kind guarantees
    /// holds. errors: fold_differs, check_failed, naming the event.
    [[nodiscard]] Result<void> check_steps(std::size_t from) const;
    /// The chain is whole, and figures and open set equal a replay from zero. cost: reading all
    /// events. errors: chain_broken, fold_differs.
    [[nodiscard]] Result<void> check_views();

  private:
    explicit MemoryTenant(std::uint64_t seed);

    SeededRandom random_;
    vault::MasterKey key_;
    std::unique_ptr<store::Store> store_;
    views::Figures figures_;
    views::OpenSet open_set_;
    std::unique_ptr<service::Ledger> ledger_;
    std::vector<service::Committed> history_;
};

/// One event by itself, as check_steps looks at each. errors: fold_differs, check_failed.
[[nodiscard]] Result<void>
check_committed(const service::Committed& one, const service::Rules& rules);

/// ORG.POST on that day. errors: unknown_org, unknown_post with the posts there are.
[[nodiscard]] Result<Actor>
find_actor(const Directory& directory, std::string_view org_and_post, Date day);
/// "office.clerk", "供电公司", by code; the number when unknown.
[[nodiscard]] std::string name_of(const Directory& directory, PostId post);
[[nodiscard]] std::string name_of(const Directory& directory, OrgId org);

}  // namespace zt::app::scenario
