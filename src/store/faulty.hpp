#pragma once
// A store that fails when told to, around any other: what the service does when the disk fails is
// tested with it.

#include "store/store.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>

namespace zt::store {

/// Which call fails, and how. Calls are counted from 0, those of the readers too.
struct Fault {
    enum class Calls : std::uint8_t { all, writes };
    enum class Repeat : std::uint8_t { once, sticky };
    /// after: the work is done, yet the caller is told that it failed, as when a sync fails after
    /// the write.
    enum class Moment : std::uint8_t { before, after };

    std::int64_t call = 0;
    Errc code = Errc::io_failed;
    Repeat repeat = Repeat::once;
    Moment moment = Moment::before;
    Calls calls = Calls::all;
};

/// The switch in the test's hand. threads: any.
class FaultPlan {
  public:
    /// Counts from 0 again.
    void arm(Fault fault);
    void disarm();
    /// Calls of the kind that is counted (all, while disarmed) since the plan was made or armed.
    [[nodiscard]] std::int64_t calls() const;
    [[nodiscard]] bool has_fired() const;

    /// For the wrapper: counts a call and tells whether it fails.
    [[nodiscard]] std::optional<Fault> next(Fault::Calls kind);

  private:
    mutable std::mutex mutex_;  // guards all below
    std::optional<Fault> fault_;
    std::int64_t calls_ = 0;
    bool has_fired_ = false;
};

/// in: plan outlives the store and its readers.
[[nodiscard]] std::unique_ptr<Store> open_faulty(std::unique_ptr<Store> inner, FaultPlan& plan);

}  // namespace zt::store
