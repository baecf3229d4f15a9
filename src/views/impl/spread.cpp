#include "views/impl/spread.hpp"

#include "base/check.hpp"

#include <bit>

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

void Spread::add(std::int64_t amount) {
    const std::int64_t by = amount < 0 ? -1 : 1;
    buckets_[bucket_of(amount < 0 ? -amount : amount)] += by;
    count_ += by;
}

std::optional<std::int64_t> Spread::quantile(std::int64_t per_mille) const {
    if (count_ <= 0) {
        return std::nullopt;
    }
    std::int64_t seen = 0;
    for (const auto& [bucket, count] : buckets_) {
        seen += count;
        if (seen * 1000 >= count_ * per_mille) {
            return middle_of(bucket);
        }
    }
    return middle_of(buckets_.rbegin()->first);
}

}  // namespace zt::views::impl
