#pragma once
// Spread: a histogram whose buckets are fixed for ever, so that histograms add and a rebuilt one is
// equal.
//
// Buckets: amounts below 32 each have their own; above, every power of two is cut into 16 equal
// parts. A bucket is at most 1/16 of its lower end wide and is reported by its middle, so a
// quantile is off by at most 1/32 = 3.2 % (the bound that we promise is 5 %). Whole numbers only:
// no logarithm that could round differently on another machine.

#include <cstdint>
#include <map>
#include <optional>

namespace zt::views::impl {

/// in: amount ≥ 0.
[[nodiscard]] int bucket_of(std::int64_t amount);
/// The middle of the bucket, rounded down.
[[nodiscard]] std::int64_t middle_of(int bucket);

class Spread {
  public:
    /// A negative amount −x takes an x out again: the compensating fact.
    void add(std::int64_t amount);
    [[nodiscard]] std::int64_t count() const { return count_; }
    /// The smallest bucket at or below which at least per_mille/1000 of all lie; empty when there
    /// are none.
    [[nodiscard]] std::optional<std::int64_t> quantile(std::int64_t per_mille) const;

  private:
    std::map<int, std::int64_t> buckets_;
    std::int64_t count_ = 0;
};

}  // namespace zt::views::impl
