#pragma once
// The lives of circulated issues and special reports, made of pieces that were signed off.

#include "app/demo/registry.hpp"
#include "app/demo/world.hpp"

namespace zt::app::demo {

struct IssueStory {
    MatterId id;
    std::string goal;  ///< the stage it goes to; "read" is closed without an instruction
    bool is_held = false;
    bool is_special = false;
    int number = 0;
};
using IssuePtr = std::shared_ptr<IssueStory>;

class Issues {
  public:
    Issues(World& world, const Registry& registry) : world_(world), registry_(registry) {}
    void plan(int count);

  private:
    [[nodiscard]] Result<void> draw_up(const IssuePtr& issue);
    [[nodiscard]] Result<void> go_on(const IssuePtr& issue);
    [[nodiscard]] Result<void> step(const IssuePtr& issue, const State& state);
    [[nodiscard]] Result<void> send_round(const IssuePtr& issue, const State& state);
    [[nodiscard]] Result<void> instruct(const IssuePtr& issue, const State& state);
    [[nodiscard]] Result<void> follow_up(const IssuePtr& issue, const State& state);
    void plan_next(const IssuePtr& issue);

    World& world_;
    const Registry& registry_;
    int numbered_ = 0;
};

}  // namespace zt::app::demo
