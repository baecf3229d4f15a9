#pragma once
// Rounds (周期任务): rules that create matters on a schedule, one per org with a function or per
// record of a kind, and let the figures count whether they were done in time. Each creation has a
// key of its own made from rule, subject and period, so that running twice, or after a crash,
// creates nothing twice.

#include "service/ledger.hpp"

namespace zt::service {

/// One creation that a rule asks for.
struct RoundDue {
    std::string kind, round, period;  ///< "2022-08", "2022-Q3", "2022", "2022-W31"
    MatterId subject;                 ///< org or record
    Date day, done_by;
    bool operator==(const RoundDue&) const = default;
};

/// What falls due on days after `since` up to `until`. Pure. out: by day, then rule and subject.
[[nodiscard]] std::vector<RoundDue> rounds_due(
    const Rules& rules,
    const Directory& directory,
    const std::vector<std::pair<std::string, MatterId>>& records,
    Date since,
    Date until
);

/// Registers what has fallen due since the last run (kept as a setting of the store); the first run
/// only sets the mark. out: how many matters began; those refused are left out. errors: io_failed,
/// disk_full and others that are no refusal: what was not begun is, by the next run.
[[nodiscard]] Result<std::int64_t>
run_rounds(Ledger& ledger, UtcMs now, Origin origin = Origin::live);

}  // namespace zt::service
