#include "views/impl/month_sums.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <chrono>
#include <numeric>

namespace zt::views::impl {

static_assert(months_a_year <= 16, "a month has 4 bits of a key");
static_assert(bucket_count <= 1024, "a bucket has 10 bits of a key");

YearMonths::YearMonths(int year) {
    using namespace std::chrono;
    const sys_days first{std::chrono::year{year} / January / 1};
    for (unsigned month = 1; month <= months_a_year; ++month) {
        const sys_days begin{std::chrono::year{year} / std::chrono::month{month} / 1};
        // The days of the last month go on to the end: there is no other after it.
        std::fill(
            month_of_day_.begin() + (begin - first).count(),
            month_of_day_.end(),
            static_cast<std::uint8_t>(month - 1)
        );
    }
}

void MonthSums::make_sums_of(SumOf what) {
    if (what != what_) {
        *this = MonthSums();
        what_ = what;
    }
}

void MonthSums::add(const DayFact& fact, const YearMonths& year) {
    const unsigned month = year.month_of(fact.day_of_year);
    MonthFacts& facts = months_[month];
    if (facts.is_empty()) {
        facts = {fact_count_, fact_count_, fact.day_of_year, fact.day_of_year};
    }
    facts.end = ++fact_count_;
    facts.first_day = std::min(facts.first_day, fact.day_of_year);
    facts.last_day = std::max(facts.last_day, fact.day_of_year);
    if (what_ == SumOf::nothing) {
        return;
    }
    const bool is_by_bucket = what_ == SumOf::buckets;
    const int bucket = is_by_bucket ? bucket_of_change(fact.amount) : 0;
    const std::uint32_t number = keys_.number_of(packed({fact.cell, month, bucket}));
    if (number == sums_.size()) {
        sums_.push_back(0);
        buckets_.include(bucket);
    }
    sums_[number] += is_by_bucket ? change_of(fact.amount) : fact.amount;
}

void MonthSums::gather_cells() {
    if (sums_.size() <= gathered_ + gathered_ / 4) {
        return;
    }
    std::vector<std::size_t> place_of_cell;  // in the new order, of the next row
    for (const std::uint64_t key : keys_.keys()) {
        const std::size_t next = std::size_t{unpacked(key).cell} + 1;
        place_of_cell.resize(std::max(place_of_cell.size(), next + 1));
        ++place_of_cell[next];
    }
    std::partial_sum(place_of_cell.begin(), place_of_cell.end(), place_of_cell.begin());
    std::vector<std::uint32_t> order(sums_.size());
    for (std::size_t row = 0; row < sums_.size(); ++row) {
        order[place_of_cell[unpacked(keys_.keys()[row]).cell]++] = static_cast<std::uint32_t>(row);
    }
    KeyNumbers keys;
    std::vector<std::int64_t> sums;
    sums.reserve(sums_.size());
    for (const std::uint32_t row : order) {
        CHECK(keys.number_of(keys_.keys()[row]) == sums.size());
        sums.push_back(sums_[row]);
    }
    keys_ = std::move(keys);
    sums_ = std::move(sums);
    gathered_ = sums_.size();
}

}  // namespace zt::views::impl
