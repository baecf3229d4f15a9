#pragma once
// FigureSums: adds facts up by the dimensions asked for. One object answers one query.

#include "views/figures.hpp"
#include "views/impl/fact_store.hpp"
#include "views/impl/spread.hpp"

namespace zt::views::impl {

enum class Dimension : std::uint8_t { kind, channel, org, area, category, month, year };

/// errors: bad_usage with what would be right.
[[nodiscard]] Result<std::vector<Dimension>> parse_dimensions(const std::vector<std::string>& by);
[[nodiscard]] std::string_view name_of(Dimension dimension);

/// Days and seqs that count, as plain numbers for the inner loop.
struct Bounds {
    Date from = Date::min(), until = Date::max();
    Seq known_at = 0;
};

/// Which cells are of the kinds asked for.
[[nodiscard]] std::vector<bool>
cells_of_kinds(const FactStore& facts, const std::vector<std::string>& kinds);

/// Calls visit(index, day) for each fact of the segment that counts.
template <class Visit>
void each_fact(
    const Segment& segment,
    int year,
    const Bounds& bounds,
    const std::vector<bool>& is_cell_taken,
    Visit visit
) {
    const Date first = first_of_year(year);
    if (first > bounds.until || first_of_year(year + 1) <= bounds.from) {
        return;
    }
    for (std::size_t index = 0; index < segment.size() && segment.seq[index] <= bounds.known_at;
         ++index) {
        const Date day = first + std::chrono::days{segment.day_of_year[index]};
        if (day >= bounds.from && day <= bounds.until && is_cell_taken[segment.cell[index]]) {
            visit(index, day);
        }
    }
}

/// A group of facts with equal dimensions: the group of its cell, and month or year (0 when not
/// asked for).
struct GroupKey {
    std::uint32_t cell_group = 0;
    std::int32_t time = 0;
    auto operator<=>(const GroupKey&) const = default;
};

class FigureSums {
  public:
    FigureSums(const FactStore& facts, const FigureQuery& query, std::vector<Dimension> dimensions);

    void add_counter(const std::string& counter);
    /// Values of the dimensions of a group, and their order.
    [[nodiscard]] std::vector<GroupKey> groups() const;
    [[nodiscard]] std::vector<std::pair<std::string, std::string>>
    texts(const GroupKey& key, const FigureNames&) const;
    /// Sum of a counter in a group; of a distinct one the number of subjects with more than 0, of a
    /// spread the count.
    [[nodiscard]] std::int64_t sum(std::string_view counter, const GroupKey& key) const;
    [[nodiscard]] const Spread* spread(std::string_view counter, const GroupKey& key) const;
    [[nodiscard]] const Bounds& bounds() const { return bounds_; }

  private:
    void group_cells();
    [[nodiscard]] std::int32_t time_of(Date day) const;
    [[nodiscard]] Bounds bounds_of(IndicatorForm form) const;

    const FactStore& facts_;
    std::vector<Dimension> dimensions_;
    bool has_time_ = false, has_month_ = false;
    Bounds bounds_;
    std::vector<bool> is_cell_taken_;
    std::vector<std::uint32_t> group_of_cell_;
    std::vector<std::uint32_t> sample_cell_;  ///< a cell of each group, for its texts
    std::map<std::string, std::map<GroupKey, std::int64_t>, std::less<>> sums_;
    std::map<std::string, std::map<GroupKey, Spread>, std::less<>> spreads_;
};

}  // namespace zt::views::impl
