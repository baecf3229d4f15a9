#pragma once
// Registers that live on: enterprises and their visits, and a village that is merged into its
// neighbour.

#include "app/demo/registry.hpp"
#include "app/demo/world.hpp"

namespace zt::app::demo {

class Records {
  public:
    Records(World& world, Registry& registry) : world_(world), registry_(registry) {}
    /// Registers the firms that stand at the beginning, now, and plans what comes later.
    [[nodiscard]] Result<void> plan(int firms);

  private:
    [[nodiscard]] Result<void> add_firm(int number);
    [[nodiscard]] Result<void> visit();
    [[nodiscard]] Result<void> change_firm();
    [[nodiscard]] Result<void> retire_firm();
    void plan_leaving();
    [[nodiscard]] Result<void> renew_duty_list();
    [[nodiscard]] Result<void> leave();

    World& world_;
    Registry& registry_;
};

}  // namespace zt::app::demo
