#include "http/buckets.hpp"

#include <algorithm>
#include <iterator>

namespace zt::http {

namespace {

constexpr std::int64_t token = 60'000;

}  // namespace

bool Buckets::take(const std::string& scope, int per_minute, UtcMs now) {
    const std::lock_guard lock(mutex_);
    auto found = buckets_.find(scope);
    if (found == buckets_.end()) {
        make_room(now);
        const std::int64_t full = per_minute * token;
        found = buckets_.emplace(scope, Bucket{full, full, per_minute, now}).first;
    }
    Bucket& bucket = found->second;
    refill(bucket, now);
    if (bucket.left < token) {
        return false;
    }
    bucket.left -= token;
    return true;
}

std::size_t Buckets::size() const {
    const std::lock_guard lock(mutex_);
    return buckets_.size();
}

void Buckets::refill(Bucket& bucket, UtcMs now) {
    // A clock that was set back gives nothing and takes nothing.
    const std::int64_t passed = std::clamp<std::int64_t>((now - bucket.at).count(), 0, token);
    bucket.left = std::min(bucket.full, bucket.left + passed * bucket.per_ms);
    bucket.at = now;
}

void Buckets::make_room(UtcMs now) {
    if (buckets_.size() < entries_max_) {
        return;
    }
    for (auto one = buckets_.begin(); one != buckets_.end();) {
        refill(one->second, now);
        one = one->second.left == one->second.full ? buckets_.erase(one) : std::next(one);
    }
    // Half stays free afterwards, or each newcomer would walk through all of it again.
    while (buckets_.size() > entries_max_ / 2) {
        buckets_.erase(buckets_.begin());
    }
}

}  // namespace zt::http
