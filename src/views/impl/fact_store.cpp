#include "views/impl/fact_store.hpp"

#include "base/check.hpp"
#include "domain/score_sources.hpp"
#include "views/share.hpp"

#include <limits>

namespace zt::views::impl {
namespace {

/// A tenant never has more matters than this: 200 years of a city of 20 million.
constexpr std::int64_t matter_id_max = std::numeric_limits<std::uint32_t>::max();
constexpr std::string_view weight_suffix = "_weight";

SumOf sum_of(std::string_view counter, IndicatorForm form);

}  // namespace

std::uint32_t Words::intern(std::string_view word) {
    if (const auto found = numbers_.find(word); found != numbers_.end()) {
        return found->second;
    }
    const auto number = static_cast<std::uint32_t>(words_.size());
    words_.emplace_back(word);
    numbers_.emplace(word, number);
    return number;
}

std::optional<std::uint32_t> Words::find(std::string_view word) const {
    const auto found = numbers_.find(word);
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

std::size_t CellHash::operator()(const Cell& cell) const noexcept {
    std::uint64_t mixed = cell.kind;
    for (const std::uint64_t part :
         {std::uint64_t{cell.channel},
          std::uint64_t{cell.category},
          static_cast<std::uint64_t>(cell.org.value),
          static_cast<std::uint64_t>(cell.area.value)}) {
        mixed = (mixed ^ part) * 0x9E3779B97F4A7C15U;
        mixed ^= mixed >> 29U;
    }
    return mixed;
}

Date first_of_year(int year) { return Date{std::chrono::year{year} / std::chrono::January / 1}; }

void FactStore::add(const Fact& fact) {
    CHECK(fact.matter.value > 0 && fact.matter.value <= matter_id_max);
    const Latest& latest = latest_of(fact);
    Segment& segment = *latest.segment;
    CHECK(segment.size() == 0 || segment.seq[segment.size() - 1] <= fact.seq);
    segment.day_of_year.push(static_cast<std::uint16_t>((fact.day - latest.first).count()));
    segment.cell.push(cell_of(fact));
    segment.subject.push(fact.subject.value);
    segment.amount.push(fact.amount);
    segment.matter.push(static_cast<std::uint32_t>(fact.matter.value));
    segment.seq.push(fact.seq);
    segment.is_dirty = true;
}

bool FactStore::sum_up_for_table() {
    has_sums_ = was_table_asked_;
    was_table_asked_ = true;
    return sum_up_if_any();
}

bool FactStore::sum_up_if_any() {
    if (!has_sums_) {
        return false;
    }
    for (auto& [key, segment] : segments) {
        MonthSums& sums = segment.sums;
        const std::string& counter = words[key.indicator];
        sums.make_sums_of(sum_of(counter, rule_of(counter).form));
        const YearMonths year(key.year);
        for (std::size_t index = sums.fact_count(); index < segment.size(); ++index) {
            sums.add(
                {segment.day_of_year[index], segment.cell[index], segment.amount[index]}, year
            );
        }
        sums.gather_cells();
    }
    return true;
}

const FactStore::Latest& FactStore::latest_of(const Fact& fact) {
    const std::uint32_t indicator = words.intern(fact.indicator);
    if (indicator >= latest_.size()) {
        latest_.resize(indicator + 1);
    }
    Latest& latest = latest_[indicator];
    if (latest.segment == nullptr || fact.day < latest.first || fact.day >= latest.next) {
        const int year = year_of(fact.day);
        latest = {&segments[{indicator, year}], first_of_year(year), first_of_year(year + 1)};
    }
    return latest;
}

std::uint32_t FactStore::cell_of(const Fact& fact) {
    if (last_cell_) {
        const Cell& last = cells[*last_cell_];
        if (last.org == fact.org && last.area == fact.area && words[last.kind] == fact.kind &&
            words[last.channel] == fact.channel && words[last.category] == fact.category) {
            return *last_cell_;
        }
    }
    last_cell_ = intern(
        {words.intern(fact.kind),
         words.intern(fact.channel),
         words.intern(fact.category),
         fact.org,
         fact.area}
    );
    return *last_cell_;
}

std::uint32_t FactStore::intern(const Cell& cell) {
    const auto [found, is_new] =
        cell_numbers_.try_emplace(cell, static_cast<std::uint32_t>(cells.size()));
    if (is_new) {
        cells.push_back(cell);
    }
    return found->second;
}

CounterRule FactStore::rule_of(std::string_view counter) const {
    if (const auto found = declared.find(counter); found != declared.end()) {
        return found->second;
    }
    const IndicatorRow* row = find_indicator(counter);
    return {
        row == nullptr ? IndicatorForm::flow : row->form,
        counter.ends_with(weight_suffix) ? millionths : 1
    };
}

namespace {

SumOf sum_of(std::string_view counter, IndicatorForm form) {
    if (is_rating_counter(counter)) {
        return SumOf::nothing;  // they stand in no table
    }
    switch (form) {
    case IndicatorForm::flow:
    case IndicatorForm::stock: return SumOf::amounts;
    case IndicatorForm::spread: return SumOf::buckets;
    case IndicatorForm::distinct:
    case IndicatorForm::rate: return SumOf::nothing;
    }
    UNREACHABLE();
}

}  // namespace
}  // namespace zt::views::impl
