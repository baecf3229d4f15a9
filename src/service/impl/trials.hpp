#pragma once
// Trials: wrong sign-ins of one account or from one place. A few are free, then each costs a wait
// twice as long as the one before, then nothing is taken for a while. It opens by itself: who locks
// others out on purpose wins a quarter of an hour.

#include "base/time.hpp"

#include <cstdint>
#include <list>
#include <unordered_map>

namespace zt::service::impl {

struct TrialLimits {
    int free = 0;          ///< failures without any wait
    int lock_at = 0;       ///< with so many it is locked
    Millis delay_first{};  ///< after the first that is not free; doubles with each further one
    Millis delay_max{};
    Millis lock_for{};
    Millis forget_after{};  ///< since the last failure
};

struct Trials {
    int failures = 0;
    UtcMs last{};
    UtcMs barred_until{};
};

[[nodiscard]] bool is_barred(const Trials& trials, UtcMs now);
/// One more failure; not to be called while barred, so that trying on does not lengthen it. out:
/// this one locked it.
[[nodiscard]] bool note_failure(Trials& trials, const TrialLimits& limits, UtcMs now);
[[nodiscard]] bool is_forgotten(const Trials& trials, const TrialLimits& limits, UtcMs now);

/// Trials by an opaque number of where they came from, in memory only, no more than so many: the
/// one that failed longest ago goes. threads: one at a time.
class RemoteTrials {
  public:
    RemoteTrials(TrialLimits limits, std::size_t places_max)
        : limits_(limits), places_max_(places_max) {}
    [[nodiscard]] bool is_barred(std::uint64_t remote, UtcMs now) const;
    void note_failure(std::uint64_t remote, UtcMs now);
    void forget_old(UtcMs now);
    [[nodiscard]] std::size_t size() const { return places_.size(); }

  private:
    struct Place {
        Trials trials;
        std::list<std::uint64_t>::iterator order;
    };
    TrialLimits limits_;
    std::size_t places_max_;
    std::list<std::uint64_t> oldest_first_;
    std::unordered_map<std::uint64_t, Place> places_;
};

}  // namespace zt::service::impl
