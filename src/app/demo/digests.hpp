#pragma once
// Digests of common problems, drawn up from appeals of one kind of problem, and what the heads make
// of them.

#include "app/demo/registry.hpp"
#include "app/demo/world.hpp"

namespace zt::app::demo {

struct DigestStory {
    MatterId id;
    std::string goal;
    bool is_held = false;
};
using DigestPtr = std::shared_ptr<DigestStory>;

class Digests {
  public:
    Digests(World& world, const Registry& registry) : world_(world), registry_(registry) {}
    void plan(int count);

  private:
    [[nodiscard]] Result<void> draw_up(const DigestPtr& digest);
    [[nodiscard]] std::vector<KnownAppeal> common_problem(std::size_t desk) const;
    [[nodiscard]] Result<void> go_on(const DigestPtr& digest);
    [[nodiscard]] Result<void> end(const DigestPtr& digest, const State& state);

    World& world_;
    const Registry& registry_;
};

}  // namespace zt::app::demo
