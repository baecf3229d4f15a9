#pragma once
// Patrols and checks, and the lives of the hazards that they find.

#include "app/demo/world.hpp"

namespace zt::app::demo {

struct HazardStory {
    MatterId id, patrol;
    const Danger* danger = nullptr;
    std::size_t desk = 0;
    std::string hold;  ///< the stage in which it is found when the demo ends
    enum class Fate : std::uint8_t {
        on_the_spot,
        ordered,
        major,
        fire,
        handed_over,
        unfounded,
        not_put_right,
        returned
    } fate = Fate::on_the_spot;
};
using HazardPtr = std::shared_ptr<HazardStory>;

class Hazards {
  public:
    explicit Hazards(World& world);
    void plan(int count);

  private:
    using Step = Result<void> (Hazards::*)(const HazardPtr&);
    void later(UtcMs at, const HazardPtr& one, Step step);
    [[nodiscard]] Result<void> add_grids();
    void plan_patrols(int count);
    [[nodiscard]] Result<void> record_patrol(std::size_t desk);
    [[nodiscard]] Result<void> plan_check(int days, bool is_cancelled);
    void adopt(MatterId id);
    [[nodiscard]] Result<void> carry_out(MatterId id);
    [[nodiscard]] Result<void> find(const HazardPtr& one);
    [[nodiscard]] Result<void> treat(const HazardPtr& one);
    [[nodiscard]] Result<void> order(const HazardPtr& one);
    [[nodiscard]] Result<void> list(const HazardPtr& one, const State& state);
    [[nodiscard]] Result<void> rectify(const HazardPtr& one);
    [[nodiscard]] Result<void> recheck(const HazardPtr& one);
    [[nodiscard]] Result<void> after_close(const HazardPtr& one);
    [[nodiscard]] Actor finder_of(const HazardStory& one);
    [[nodiscard]] Actor
    at_desk(const HazardStory& one, std::string Desk::* unit, std::string_view word);

    World& world_;
    std::map<std::size_t, MatterId> last_patrol_;
};

}  // namespace zt::app::demo
