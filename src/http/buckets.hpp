#pragma once
// Buckets: how often somebody may call, as token buckets by scope. The table is bounded: when it is
// full, buckets that have filled up again go first, since they say nothing.

#include "base/time.hpp"

#include <mutex>
#include <string>
#include <unordered_map>

namespace zt::http {

class Buckets {
  public:
    explicit Buckets(std::size_t entries_max) : entries_max_(entries_max) {}
    /// Takes one token; a full bucket holds `per_minute`. out: false when none is left.
    /// threads: any.
    [[nodiscard]] bool take(const std::string& scope, int per_minute, UtcMs now);
    [[nodiscard]] std::size_t size() const;

  private:
    /// In sixty-thousandths of a token: a token a minute is one of them a millisecond.
    struct Bucket {
        std::int64_t left = 0, full = 0;
        std::int64_t per_ms = 0;
        UtcMs at;
    };
    static void refill(Bucket& bucket, UtcMs now);
    void make_room(UtcMs now);

    const std::size_t entries_max_;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;  // guarded by mutex_
};

}  // namespace zt::http
