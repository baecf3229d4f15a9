#pragma once
// The lives of whistles: a township blows, departments report on the spot, work under its
// direction, and both sides rate.

#include "app/demo/registry.hpp"
#include "app/demo/world.hpp"

namespace zt::app::demo {

/// What a township cannot solve alone, with the county units that it calls.
struct WhistleText {
    std::string_view situation, urgency, title, spot;
    std::string_view units[3];
};

struct WhistleStory {
    MatterId id;
    const WhistleText* about = nullptr;
    std::string town;
    std::string hold;  ///< the stage in which it is found when the demo ends
    enum class Fate : std::uint8_t {
        ordinary,
        late,
        sent_back,
        let_off,
        called_off,
        supervised,
        not_done,
        back_again
    } fate = Fate::ordinary;
};
using WhistlePtr = std::shared_ptr<WhistleStory>;

class Whistles {
  public:
    Whistles(World& world, const Registry& registry) : world_(world), registry_(registry) {}
    void plan(int count);

  private:
    using Step = Result<void> (Whistles::*)(const WhistlePtr&, OrgId);
    void later(UtcMs at, const WhistlePtr& whistle, OrgId org, Step step);
    [[nodiscard]] Result<void> blow(const WhistlePtr& whistle, OrgId);
    [[nodiscard]] Result<MatterId> troubled_appeal(WhistleStory& whistle);
    [[nodiscard]] Result<void> call(const WhistlePtr& whistle, OrgId);
    void plan_arrivals(const WhistlePtr& whistle, const State& state);
    [[nodiscard]] Result<void> say_not_ours(const WhistlePtr& whistle, OrgId org);
    [[nodiscard]] Result<void> let_off(const WhistlePtr& whistle, OrgId org);
    [[nodiscard]] Result<void> supervise(const WhistlePtr& whistle, OrgId);
    [[nodiscard]] Result<void> arrive(const WhistlePtr& whistle, OrgId org);
    [[nodiscard]] Result<void> direct(const WhistlePtr& whistle, OrgId org);
    [[nodiscard]] Result<void> report(const WhistlePtr& whistle, OrgId org);
    [[nodiscard]] Result<void> confirm(const WhistlePtr& whistle, OrgId);
    [[nodiscard]] Result<void> rate_each(const WhistlePtr& whistle, OrgId);
    [[nodiscard]] Result<void> blow_again(const WhistlePtr& whistle, OrgId);
    [[nodiscard]] UtcMs soon_or_today(const WhistleStory& whistle, int emergency, int otherwise);
    [[nodiscard]] Actor director_of(const WhistleStory& whistle) {
        return world_.post(whistle.town, "signer");
    }

    World& world_;
    const Registry& registry_;
};

}  // namespace zt::app::demo
