#pragma once
// Retention: what is sealed of a matter is kept for as many years as the pack says of its kind,
// from the day on which it ended (or was closed, where nothing ended it). Then it is listed; who
// answers for it approves the list, and the run erases it, each matter by an event on behalf of
// that post.
//
// Never touched, whatever the years: what is open or has a clock that is still waited for (contest,
// supervision order, promise), what is on hold (field `hold`), what is linked to an open matter,
// records, and kinds without a row.

#include "service/ledger.hpp"

namespace zt::service {

/// A matter whose years are over.
struct RetentionRow {
    MatterId matter;
    std::string number, kind, source;
    std::int64_t years = 0;
    Date ended, until;  ///< until: the last day on which it had to be kept
    bool operator==(const RetentionRow&) const = default;
};

struct RetentionReport {
    Date day;
    std::vector<RetentionRow> due;  ///< by kind, then number
    /// Why others of these kinds stay: not_over, open, on_hold, linked, erased.
    std::map<std::string, std::int64_t> kept;
};

/// in: today. errors: io_failed, damaged. cost: reading every matter of these kinds.
[[nodiscard]] Result<RetentionReport> list_retention(Ledger& ledger, Date today);

/// Erases what the report lists, each looked at again before. out: how many were erased.
/// errors: unknown_post; those of erase. A run that is cut off is gone on with by another.
[[nodiscard]] Result<std::int64_t>
run_retention(Ledger& ledger, const RetentionReport& report, PostId approved_by, UtcMs now);

}  // namespace zt::service
