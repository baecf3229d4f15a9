#include "service/impl/trials.hpp"

#include <algorithm>

namespace zt::service::impl {

bool is_barred(const Trials& trials, UtcMs now) { return now < trials.barred_until; }

bool note_failure(Trials& trials, const TrialLimits& limits, UtcMs now) {
    if (is_forgotten(trials, limits, now)) {
        trials = Trials{};
    }
    ++trials.failures;
    trials.last = now;
    if (trials.failures >= limits.lock_at) {
        trials.failures = 0;
        trials.barred_until = now + limits.lock_for;
        return true;
    }
    const int paid = trials.failures - limits.free;
    if (paid > 0) {
        // Beyond a few doublings the bound holds in any case; shifting on would overflow.
        constexpr int doublings_max = 20;
        const auto factor = std::int64_t{1} << std::min(paid - 1, doublings_max);
        trials.barred_until = now + std::min(limits.delay_first * factor, limits.delay_max);
    }
    return false;
}

bool is_forgotten(const Trials& trials, const TrialLimits& limits, UtcMs now) {
    return !is_barred(trials, now) && now - trials.last > limits.forget_after;
}

bool RemoteTrials::is_barred(std::uint64_t remote, UtcMs now) const {
    const auto found = places_.find(remote);
    return found != places_.end() && impl::is_barred(found->second.trials, now);
}

void RemoteTrials::note_failure(std::uint64_t remote, UtcMs now) {
    auto found = places_.find(remote);
    if (found == places_.end()) {
        if (places_.size() >= places_max_) {
            places_.erase(oldest_first_.front());
            oldest_first_.pop_front();
        }
        oldest_first_.push_back(remote);
        found = places_.emplace(remote, Place{{}, std::prev(oldest_first_.end())}).first;
    } else {
        oldest_first_.splice(oldest_first_.end(), oldest_first_, found->second.order);
    }
    // One that came in before it was barred is answered after: it does not count again.
    if (!impl::is_barred(found->second.trials, now)) {
        static_cast<void>(impl::note_failure(found->second.trials, limits_, now));
    }
}

void RemoteTrials::forget_old(UtcMs now) {
    while (!oldest_first_.empty()) {
        const auto found = places_.find(oldest_first_.front());
        if (!is_forgotten(found->second.trials, limits_, now)) {
            return;
        }
        places_.erase(found);
        oldest_first_.pop_front();
    }
}

}  // namespace zt::service::impl
