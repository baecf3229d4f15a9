#pragma once
// The place that the fault programs work on: the small one of kinds/places, on disk, under a clock
// that runs fast, so that deadlines pass within seconds.

#include "service/tenant.hpp"

#include <string>

namespace zt::faults {

/// The place begins on a Monday; real seconds since `origin` count as ten hours each.
class FastClock final : public WallClock {
  public:
    explicit FastClock(std::int64_t origin_ms) : origin_ms_(origin_ms) {}
    [[nodiscard]] UtcMs now() const override;

  private:
    std::int64_t origin_ms_;
};

[[nodiscard]] std::int64_t real_now_ms();

/// Lays out a data directory with its key file beside it and writes the genesis.
[[nodiscard]] Result<void> make_place(const std::string& path, Random& random);
/// As `zhitong verify` and `zhitong replay` open it.
[[nodiscard]] Result<std::unique_ptr<service::Tenant>>
open_place(const std::string& path, store::Access access, Random& random, bool fills_later = false);

}  // namespace zt::faults
