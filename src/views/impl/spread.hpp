#pragma once
// Spread: a histogram whose buckets are fixed for ever, so that histograms add and a rebuilt one is
// equal.
//
// Buckets: amounts below 32 each have their own; above, every power of two is cut into 16 equal
// parts. A bucket is at most 1/16 of its lower end wide and is reported by its middle, so a
// quantile is off by at most 1/32 = 3.2 % (the bound that we promise is 5 %). Whole numbers only:
// no logarithm that could round differently on another machine.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace zt::views::impl {

inline constexpr int bucket_count = 960;  ///< of all amounts that an int64 holds

/// in: amount ≥ 0.
[[nodiscard]] int bucket_of(std::int64_t amount);
/// A negative amount −x takes an x out again, the compensating fact: its bucket is that of x and it
/// changes the number there by −1.
[[nodiscard]] int bucket_of_change(std::int64_t amount);
[[nodiscard]] std::int64_t change_of(std::int64_t amount);
/// The middle of the bucket, rounded down.
[[nodiscard]] std::int64_t middle_of(int bucket);

/// From the first to the last, both included; none when the last is lower.
struct BucketRange {
    int first = bucket_count, last = -1;
    [[nodiscard]] bool is_empty() const { return last < first; }
    void include(int bucket) {
        first = std::min(first, bucket);
        last = std::max(last, bucket);
    }
};

class Spread {
  public:
    /// Saves moving when many buckets are added.
    void make_room(BucketRange buckets);
    /// A negative amount takes one out again.
    void add(std::int64_t amount) { add(bucket_of_change(amount), change_of(amount)); }
    void add(int bucket, std::int64_t count) {
        if (bucket < lowest_ || static_cast<std::size_t>(bucket - lowest_) >= counts_.size()) {
            make_room({bucket, bucket});
        }
        counts_[static_cast<std::size_t>(bucket - lowest_)] += count;
    }
    /// cost: of its buckets.
    [[nodiscard]] std::int64_t count() const;
    /// The smallest bucket at or below which at least per_mille/1000 of all lie; empty when there
    /// are none.
    [[nodiscard]] std::optional<std::int64_t> quantile(std::int64_t per_mille) const;

  private:
    std::vector<std::int64_t> counts_;  ///< of the buckets from lowest_ on: few lie far apart
    int lowest_ = 0;
};

}  // namespace zt::views::impl
