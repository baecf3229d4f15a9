#pragma once
// The lives of suggestions, on both tracks.

#include "app/demo/world.hpp"

namespace zt::app::demo {

struct SuggestionStory {
    MatterId id;
    const Idea* idea = nullptr;
    bool is_online = true;
    std::string goal;      ///< the stage it goes to
    bool is_held = false;  ///< it is found in its goal when the demo ends
};
using SuggestionPtr = std::shared_ptr<SuggestionStory>;

class Suggestions {
  public:
    explicit Suggestions(World& world) : world_(world) {}
    void plan(int count);

  private:
    [[nodiscard]] Result<void> hand_in(const SuggestionPtr& one);
    [[nodiscard]] Result<void> screen(const SuggestionPtr& one);
    [[nodiscard]] Result<void> go_on(const SuggestionPtr& one);
    [[nodiscard]] Result<void> recommend(const SuggestionPtr& one, const State& state);
    [[nodiscard]] Result<void> adopt(const SuggestionPtr& one, const State& state);
    [[nodiscard]] Result<void> answer(const SuggestionPtr& one, const State& state);
    void later(
        UtcMs at, const SuggestionPtr& one, Result<void> (Suggestions::*step)(const SuggestionPtr&)
    );
    [[nodiscard]] Actor clerk_of(const State& state);
    [[nodiscard]] std::string department_of(const State& state);

    World& world_;
};

}  // namespace zt::app::demo
