#pragma once
// The lives of CPPCC proposals, and the seasons in which they are collected.

#include "app/demo/world.hpp"

namespace zt::app::demo {

struct ProposalStory {
    MatterId id, season;
    const Motion* about = nullptr;
    std::size_t desk = 0;
    std::string hold;  ///< the stage in which it is found when the demo ends
    enum class Fate : std::uint8_t {
        ordinary,
        refused,
        converted,
        merged,
        withdrawn,
        terminated,
        sent_back,
        key,
        parts,
        rated_bad,
        extended
    } fate = Fate::ordinary;
};
using ProposalPtr = std::shared_ptr<ProposalStory>;

/// The hands of units that have not replied in this turn: no seats of supervisors.
[[nodiscard]] std::vector<Hand> hands_at_work(const State& state);

class Proposals {
  public:
    explicit Proposals(World& world);
    void plan(int count);

  private:
    using Step = Result<void> (Proposals::*)(const ProposalPtr&);
    void later(UtcMs at, const ProposalPtr& one, Step step);
    /// Goes on unless the story stays where it is.
    void next(const State& state, const ProposalPtr& one, int low, int high, Step step);
    void plan_seasons();
    [[nodiscard]] Result<void> begin_season(int days, bool is_cancelled);
    [[nodiscard]] Result<void> end_season(MatterId id);
    [[nodiscard]] Result<void> take_up(MatterId id);
    [[nodiscard]] Result<void> hand_in(const ProposalPtr& one);
    [[nodiscard]] Result<void> answer_cosigners(const ProposalPtr& one);
    [[nodiscard]] Result<void> review(const ProposalPtr& one);
    [[nodiscard]] Result<void> file(const ProposalPtr& one);
    [[nodiscard]] Result<void> offer(const ProposalPtr& one);
    [[nodiscard]] Result<void> agree(const ProposalPtr& one);
    [[nodiscard]] Result<void> hand_over(const ProposalPtr& one);
    [[nodiscard]] Result<void> make_key(const ProposalPtr& one, const State& state);
    [[nodiscard]] Result<void> work(const ProposalPtr& one);
    [[nodiscard]] Result<void> reply(const ProposalPtr& one);
    [[nodiscard]] Result<void> reply_of(const ProposalPtr& one, const Hand& hand);
    [[nodiscard]] Result<void> conclude(const ProposalPtr& one);
    [[nodiscard]] Result<void> judge(const ProposalPtr& one);
    [[nodiscard]] Result<void> publish(const ProposalPtr& one, const State& state);
    [[nodiscard]] Actor at_office(const State& state, std::string_view word);
    [[nodiscard]] std::string
    unit_of(const ProposalStory& one, const State& state, std::string_view but);
    [[nodiscard]] std::string office_code(std::size_t desk) const;

    World& world_;
    MatterId collecting_;                    ///< the city's season, while it collects
    std::map<std::size_t, MatterId> filed_;  ///< by desk, one into which others may be merged
};

}  // namespace zt::app::demo
