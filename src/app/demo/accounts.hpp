#pragma once
// Accountability: opened by a supervision officer from an appeal by a listed trigger, heard,
// reviewed by somebody who took no part, decided, objected to once.

#include "app/demo/registry.hpp"
#include "app/demo/world.hpp"

namespace zt::app::demo {

struct AccountStory {
    std::string outcome;  ///< dropped, reminder, talk, bulletin, handed_over
    std::string hold;     ///< the stage in which it is found when the demo ends
    bool is_objected = false, is_silent = false;
    int tries = 0;
};
using AccountPtr = std::shared_ptr<AccountStory>;

class Accounts {
  public:
    Accounts(World& world, Registry& registry);
    void plan(int count);

  private:
    [[nodiscard]] Result<void> open(const AccountPtr& story);
    [[nodiscard]] Result<bool> open_from(const KnownAppeal& appeal, const std::string& trigger);
    [[nodiscard]] Result<void> inform(const AccountPtr& story, MatterId id);
    [[nodiscard]] Result<void> state_case(const AccountPtr& story, MatterId id);
    [[nodiscard]] Result<void> review(const AccountPtr& story, MatterId id);
    [[nodiscard]] Result<void> decide(const AccountPtr& story, MatterId id);
    [[nodiscard]] Result<void> object(const AccountPtr& story, MatterId id);
    using Step = Result<void> (Accounts::*)(const AccountPtr&, MatterId);
    void later(UtcMs at, const AccountPtr& story, MatterId id, Step step);
    [[nodiscard]] Actor reviewer_of(const State& state);

    World& world_;
    Registry& registry_;
    std::vector<MatterId> born_;
};

}  // namespace zt::app::demo
