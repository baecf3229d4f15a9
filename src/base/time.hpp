#pragma once
// Instants and office dates. Instants are UTC milliseconds; office time is one fixed offset (no
// zone database).

#include "base/result.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace zt {

/// Milliseconds since 1970-01-01T00:00Z.
using UtcMs = std::chrono::sys_time<std::chrono::milliseconds>;
/// A day in office time.
using Date = std::chrono::sys_days;
using Millis = std::chrono::milliseconds;

/// Offset of office time from UTC. Default +08:00.
struct OfficeOffset {
    std::chrono::minutes value{8 * 60};
    bool operator==(const OfficeOffset&) const = default;
};

[[nodiscard]] Date office_date(UtcMs at, OfficeOffset offset = {});
/// 00:00 office time of that day, as an instant; the end of day D is start_of(D + 1 day).
[[nodiscard]] UtcMs start_of(Date day, OfficeOffset offset = {});
/// Milliseconds since 00:00 office time of its day, 0 … 86 399 999.
[[nodiscard]] Millis time_of_day(UtcMs at, OfficeOffset offset = {});

/// "2022-08-01".
[[nodiscard]] std::string to_string(Date day);
/// "2022-08-01 09:00" in office time, with ":SS" (and ".mmm") only when not zero.
[[nodiscard]] std::string to_office_string(UtcMs at, OfficeOffset offset = {});
/// "2022-08-01T01:00:00.000Z".
[[nodiscard]] std::string to_iso_utc(UtcMs at);

/// "YYYY-MM-DD"; errors: bad_date (also for 2022-02-30).
[[nodiscard]] Result<Date> parse_date(std::string_view text);
/// "YYYY-MM-DD[ T]HH:MM[:SS[.mmm]][Z|±HH:MM]"; without a zone it is office time; a date alone is
/// its 00:00. errors: bad_date.
[[nodiscard]] Result<UtcMs> parse_instant(std::string_view text, OfficeOffset offset = {});

[[nodiscard]] int year_of(Date day);

}  // namespace zt
