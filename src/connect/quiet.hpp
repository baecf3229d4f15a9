#pragma once
// When something may be sent: quiet hours, the hour of a digest, the delay of another try. Pure.

#include "base/world.hpp"
#include "connect/channels.hpp"

namespace zt::connect {

/// The instant itself, or the end of the quiet hours that it falls into.
[[nodiscard]] UtcMs open_from(UtcMs at, const QuietHours& quiet, OfficeOffset offset = {});
/// The next time of that minute of the day, after `at`. in: 0 ≤ minute < 1440.
[[nodiscard]] UtcMs next_minute(UtcMs at, int minute, OfficeOffset offset = {});
/// When the next try is made. in: attempts ≥ 1, those made.
[[nodiscard]] UtcMs next_try(UtcMs now, std::int64_t attempts, const Retry& retry, Random& random);

}  // namespace zt::connect
