#pragma once
// FigureSums: adds facts up by the dimensions asked for. One object answers one query.
//
// Months of which the query takes all days come from the sums that are kept by cell and month
// (MonthSums); a month that a bound cuts is added up from its facts. So is everything in the
// first table of a process and when an earlier seq is asked for, and counters of different subjects
// always. Sums of whole numbers: both
// ways give the same.

#include "views/impl/figure_groups.hpp"
#include "views/impl/spread.hpp"

#include <limits>

namespace zt::views::impl {

/// Days, seqs and rows of the segment that count, as plain numbers for the inner loop.
struct Bounds {
    Date from = Date::min(), until = Date::max();
    Seq known_at = 0;
    std::size_t begin = 0, end = std::numeric_limits<std::size_t>::max();
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
    const std::size_t end = std::min(bounds.end, segment.size());
    for (std::size_t index = bounds.begin; index < end && segment.seq[index] <= bounds.known_at;
         ++index) {
        const Date day = first + std::chrono::days{segment.day_of_year[index]};
        if (day >= bounds.from && day <= bounds.until && is_cell_taken[segment.cell[index]]) {
            visit(index, day);
        }
    }
}

/// Number of a counter in a FigureSums, from 0.
using CounterIndex = std::size_t;

class FigureSums {
  public:
    /// The sums by month are made or brought up to date if the query can use them.
    FigureSums(FactStore& facts, const FigureQuery& query, std::vector<Dimension> dimensions);

    CounterIndex add_counter(std::string_view counter);
    /// Those that are not all zero, in their order; without dimensions the one that there is.
    [[nodiscard]] std::vector<Group> groups() const;
    [[nodiscard]] const FigureGroups& all_groups() const { return groups_; }
    /// Sum of a counter in a group; of a distinct one the number of subjects with more than 0, of a
    /// spread the count.
    [[nodiscard]] std::int64_t sum(CounterIndex counter, Group group) const {
        const std::vector<std::int64_t>& sums = totals_[counter].sums;
        return group < sums.size() ? sums[group] : 0;
    }
    /// out: null when the group may have none.
    [[nodiscard]] const Spread* spread(CounterIndex counter, Group group) const {
        const std::vector<Spread>& spreads = totals_[counter].spreads;
        return group < spreads.size() ? &spreads[group] : nullptr;
    }
    [[nodiscard]] const Bounds& bounds() const { return bounds_; }

  private:
    /// What a counter adds up to, by group; vectors may end before groups that it does not have.
    struct Total {
        IndicatorForm form = IndicatorForm::flow;
        std::vector<std::int64_t> sums;
        Spread no_spread;  ///< with room for the buckets of the counter
        std::vector<Spread> spreads;
        std::map<std::pair<Group, std::int64_t>, std::int64_t> by_subject;
    };
    struct Part {
        const Segment& segment;
        int number;  ///< of the year
        FigureGroups::Year year;
    };

    void add_part(Total& total, Part part);
    void add_facts(Total& total, Part& part, const Bounds& bounds);
    void add_months(Total& total, Part& part, const std::array<bool, months_a_year>& months);
    [[nodiscard]] Bounds bounds_of(IndicatorForm form) const;

    const FactStore& facts_;
    FigureGroups groups_;
    Bounds bounds_;
    bool has_sums_ = false;
    std::vector<bool> is_cell_taken_;
    std::vector<Total> totals_;
};

}  // namespace zt::views::impl
