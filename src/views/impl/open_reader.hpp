#pragma once
// OpenReader: one read of the open set. It judges each shape once, each lane by the two ends of its
// blocks, and rows only where a block shows more than one lamp or a category is asked for.
//
// cost: the shapes asked, their blocks, the rows of blocks on a border between lamps; with a filter
// of categories or channels the rows of all shapes that pass, some nanoseconds each.

#include "views/impl/open_holder.hpp"
#include "views/impl/open_rows.hpp"

#include <array>

namespace zt::views::impl {

/// Words that a filter names; none named lets all pass.
class WantedWords {
  public:
    WantedWords(const OpenRows& rows, const std::vector<std::string>& words);
    [[nodiscard]] bool is_all() const { return are_wanted_.empty(); }
    [[nodiscard]] bool has(std::uint32_t word) const {
        return are_wanted_.empty() || are_wanted_[word];
    }

  private:
    std::vector<bool> are_wanted_;  ///< by number of the word
};

class OpenReader {
  public:
    /// All borrowed for the life of the reader.
    OpenReader(const OpenRows& rows, const OpenFilter& filter, const Reading& reading);

    [[nodiscard]] OpenPage page(std::size_t offset, std::size_t limit);
    [[nodiscard]] OpenPage inbox(const Post& post, std::size_t limit);
    [[nodiscard]] LampCounts count_lamps();
    [[nodiscard]] std::map<AreaId, LampCounts> lamps_by_area();
    [[nodiscard]] OpenRow row(const SlimRow& slim);

  private:
    /// How a kind's clocks stand at `now`, by the word of their name, as far as they were asked.
    struct KindClocks {
        const Kind* kind = nullptr;
        std::vector<std::pair<std::uint16_t, DueLimits>> limits{};
    };
    /// Lamps of the rows of one lane.
    struct LaneLamps {
        const ShapeKey& key;
        const Lane& lane;
        bool is_known = false;            ///< the kind is
        std::vector<DueLimits> limits{};  ///< clock by clock

        [[nodiscard]] Lamp at(std::span<const std::int64_t> dues) const;
    };
    /// What passes: how many, and the first in order.
    struct Taken {
        std::size_t most = 0;
        std::size_t count = 0;
        std::vector<DueEntry> first{};  ///< when there are `most`: a heap, the last in order on top

        /// out: false when no later one of the same order can be among the first.
        [[nodiscard]] bool offer(const DueEntry& entry);
        [[nodiscard]] bool offer_in_order(std::span<const DueEntry> entries);
    };

    /// Lanes with rows of a shape that is seen and `is_wanted` says yes to.
    template <class IsWanted, class Visit>
    void visit(std::uint32_t shape, const IsWanted& is_wanted, const Visit& visit_lane);
    template <class Visit>
    void visit_passing(const Visit& visit_lane);
    void take_held(const Post& post, const OpenHolder& holder, const StageKey& stage, Taken& taken);
    void take(const Lane& lane, Taken& taken);
    void take_block(const LaneLamps& lamps, std::size_t block, Taken& taken) const;
    void count(const LaneLamps& lamps, std::size_t block, LampCounts& counts) const;
    [[nodiscard]] bool passes(const StageKey& stage) const;
    [[nodiscard]] bool passes(Lamp lamp) const;
    [[nodiscard]] bool passes(const State& outline) const;
    [[nodiscard]] bool passes(const DueEntry& entry) const;
    /// No filter tells rows of a lane apart but that of lamps.
    [[nodiscard]] bool are_rows_alike() const {
        return categories_.is_all() && channels_.is_all() && filter_.areas.empty();
    }
    /// Those behind the key of the page before. in: in order.
    [[nodiscard]] std::span<const DueEntry> to_give(std::span<const DueEntry> entries) const;
    [[nodiscard]] KindClocks& clocks_of(const StageKey& stage);
    [[nodiscard]] const DueLimits& limits_of(KindClocks& clocks, std::uint16_t name);
    [[nodiscard]] LaneLamps lamps_of(const Lane& lane);
    [[nodiscard]] OpenPage page_of(Taken& taken, std::size_t offset);

    const OpenRows& rows_;
    const OpenShapes& shapes_;
    const OpenFilter& filter_;
    const Reading& reading_;
    WantedWords kinds_, stages_, categories_, channels_;
    std::vector<std::uint32_t> areas_;  ///< numbers of those the filter names, in order
    std::map<std::pair<std::uint16_t, std::uint32_t>, KindClocks> clocks_;
    /// Few: the different lengths by which kinds warn.
    std::vector<std::pair<calendar::Length, DueLimits>> limits_;
    State outline_;  ///< of the shape being asked; its memory serves the next one
};

}  // namespace zt::views::impl
