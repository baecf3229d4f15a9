#include "views/impl/spread.hpp"

#include "base/check.hpp"

#include <bit>
#include <numeric>

namespace zt::views::impl {
namespace {

constexpr int part_bits = 4;
constexpr std::int64_t parts = std::int64_t{1} << part_bits;

}  // namespace

int bucket_of(std::int64_t amount) {
    CHECK(amount >= 0);
    const int width = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(amount)));
    const int shift = width <= part_bits + 1 ? 0 : width - (part_bits + 1);
    // The top five bits are 16 … 31 for shift > 0, and the amount itself for shift 0.
    return static_cast<int>(shift * parts + (amount >> shift));
}

std::int64_t middle_of(int bucket) {
    CHECK(bucket >= 0);
    if (bucket < 2 * parts) {
        return bucket;
    }
    const int shift = bucket / static_cast<int>(parts) - 1;
    const std::int64_t top = bucket - shift * parts;
    return (top << shift) + ((std::int64_t{1} << shift) - 1) / 2;
}

int bucket_of_change(std::int64_t amount) { return bucket_of(amount < 0 ? -amount : amount); }

std::int64_t change_of(std::int64_t amount) { return amount < 0 ? -1 : 1; }

void Spread::make_room(BucketRange buckets) {
    if (buckets.is_empty()) {
        return;
    }
    CHECK(buckets.first >= 0 && buckets.last < bucket_count);
    if (counts_.empty()) {
        lowest_ = buckets.first;
    }
    if (buckets.first < lowest_) {
        counts_.insert(counts_.begin(), static_cast<std::size_t>(lowest_ - buckets.first), 0);
        lowest_ = buckets.first;
    }
    const auto size = static_cast<std::size_t>(buckets.last - lowest_) + 1;
    counts_.resize(std::max(size, counts_.size()));
}

std::int64_t Spread::count() const {
    return std::accumulate(counts_.begin(), counts_.end(), std::int64_t{0});
}

std::optional<std::int64_t> Spread::quantile(std::int64_t per_mille) const {
    const std::int64_t all = count();
    if (all <= 0) {
        return std::nullopt;
    }
    std::int64_t seen = 0;
    int bucket = lowest_;
    for (const std::int64_t here : counts_) {
        seen += here;
        if (seen * 1000 >= all * per_mille) {
            break;
        }
        ++bucket;
    }
    return middle_of(bucket);
}

}  // namespace zt::views::impl
