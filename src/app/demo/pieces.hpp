#pragma once
// The lives of pieces of information: from visits, stations and members, edited, signed off, sent
// up level by level; and of the issues in which they go round.

#include "app/demo/registry.hpp"
#include "app/demo/world.hpp"

namespace zt::app::demo {

/// What a piece is about, as handed in and as edited.
struct PieceText {
    std::string_view category, title, text, edited;
};

struct PieceStory {
    MatterId id;
    const PieceText* about = nullptr;
    std::size_t desk = 0;
    std::string channel;
    std::string goal;      ///< the stage it goes to
    bool is_held = false;  ///< it is found in its goal when the demo ends
    bool is_taken_back = false;
};
using PiecePtr = std::shared_ptr<PieceStory>;

class Pieces {
  public:
    Pieces(World& world, Registry& registry) : world_(world), registry_(registry) {}
    void plan(int count);

  private:
    [[nodiscard]] PiecePtr make(std::string goal, bool is_held);
    [[nodiscard]] Result<void> hand_in(const PiecePtr& piece);
    [[nodiscard]] Result<void> screen(const PiecePtr& piece);
    [[nodiscard]] Result<void> sign_off(const PiecePtr& piece);
    [[nodiscard]] Result<void> send_up(const PiecePtr& piece);
    [[nodiscard]] Result<void> answer(const PiecePtr& piece);
    [[nodiscard]] Result<void> city_judges(const PiecePtr& piece);
    [[nodiscard]] Result<void> province_judges(const PiecePtr& piece);
    [[nodiscard]] Result<void> instructed(const PiecePtr& piece);
    [[nodiscard]] Result<void> tell_result(const PiecePtr& piece);
    void later(UtcMs at, const PiecePtr& piece, Result<void> (Pieces::*step)(const PiecePtr&));
    [[nodiscard]] Actor clerk_of(const PieceStory& piece);

    World& world_;
    Registry& registry_;
};

}  // namespace zt::app::demo
