#pragma once
// FigureGroups: the rows of one table. Facts with equal dimensions form a group; groups are
// numbered as they are met, so that sums are vectors.

#include "views/figures.hpp"
#include "views/impl/fact_store.hpp"
#include "views/impl/key_numbers.hpp"

#include <limits>
#include <span>

namespace zt::views::impl {

enum class Dimension : std::uint8_t { kind, channel, org, area, category, month, year };

/// errors: bad_usage with what would be right.
[[nodiscard]] Result<std::vector<Dimension>> parse_dimensions(const std::vector<std::string>& by);

/// Number of a group, from 0.
using Group = std::uint32_t;

class FigureGroups {
  public:
    FigureGroups(const FactStore& facts, std::vector<Dimension> dimensions);

    [[nodiscard]] bool has_dimensions() const { return !dimensions_.empty(); }
    [[nodiscard]] bool has_time() const { return has_time_; }
    /// The groups of a year's facts, for the inner loop.
    class Year {
      public:
        /// Months with equal slots are of one group.
        [[nodiscard]] unsigned slot_of(unsigned month) const { return slots_ == 1 ? 0 : month; }
        [[nodiscard]] Group group_of(std::uint32_t cell, unsigned month) {
            const std::uint32_t part = part_of_cell_[cell];
            const unsigned slot = slot_of(month);
            Group& group = groups_[std::size_t{part} * slots_ + slot];
            if (group == none) {
                group = owner_.add_group(part, time_ + static_cast<std::int32_t>(slot));
            }
            return group;
        }

      private:
        friend class FigureGroups;
        Year(FigureGroups& owner, int year);

        FigureGroups& owner_;
        std::int32_t time_;
        unsigned slots_;  ///< of a part: one, or one a month
        std::span<const std::uint32_t> part_of_cell_;
        std::span<Group> groups_;
    };
    /// Valid as long as the groups are.
    [[nodiscard]] Year year(int number) { return {*this, number}; }
    [[nodiscard]] std::size_t size() const { return keys_.size(); }
    /// By the values of their dimensions in the order asked for: ids by number, words by their
    /// bytes.
    void sort(std::vector<Group>& groups) const;
    [[nodiscard]] std::vector<std::pair<std::string, std::string>>
    texts(Group group, const FigureNames& names) const;

  private:
    static constexpr Group none = std::numeric_limits<Group>::max();
    /// A part of the cells, and 12 × year + month, the year alone, or 0 when neither was asked for.
    struct Key {
        std::uint32_t part = 0;
        std::int32_t time = 0;
    };

    void part_cells();
    [[nodiscard]] Group add_group(std::uint32_t part, std::int32_t time);
    [[nodiscard]] const Cell& cell_of(Group group) const {
        return facts_.cells[sample_cell_[keys_[group].part]];
    }

    const FactStore& facts_;
    std::vector<Dimension> dimensions_;
    bool has_time_ = false, has_month_ = false;
    std::vector<std::uint32_t> part_of_cell_;  ///< cells with equal dimensions are one part
    std::vector<std::uint32_t> sample_cell_;   ///< a cell of each part, for its texts
    std::vector<Key> keys_;                    ///< by group
    std::map<std::int32_t, std::vector<Group>> groups_;  ///< by time of a year, part and slot
};

}  // namespace zt::views::impl
