#include "service/retention.hpp"

#include <algorithm>

namespace zt::service {

namespace {

// Each group is one transaction and one clean-up of the store's log.
constexpr std::size_t erased_at_once = 1000;

Date years_after(Date day, std::int64_t years) {
    const std::chrono::year_month_day from(day);
    auto to = from + std::chrono::years{years};
    // 29 February: the last day of that month.
    if (!to.ok()) {
        to = to.year() / to.month() / std::chrono::last;
    }
    return Date(to);
}

Result<bool> is_linked_to_open(Ledger& ledger, const State& state) {
    for (const Link& link : state.links) {
        TRY(const auto other, ledger.state(link.to));
        if (!other->is_record && other->counts == Counts::open) {
            return true;
        }
    }
    return false;
}

std::optional<UtcMs> end_of(const State& state) {
    return state.past.ended ? state.past.ended : state.past.closed;
}

/// Empty when its years are over; else why it stays.
Result<std::string>
why_kept(Ledger& ledger, const State& state, const RetentionRow& row, Date today) {
    if (state.is_erased) {
        return "erased";
    }
    const bool is_waited_for = std::ranges::any_of(state.clocks, [](const Clock& clock) {
        return is_waiting(clock.state);
    });
    if (state.counts == Counts::open || (state.counts == Counts::closed && is_waited_for)) {
        return "open";
    }
    if (today <= row.until) {
        return "not_over";
    }
    if (state.field("hold").as_bool()) {
        return "on_hold";
    }
    TRY(const bool is_linked, is_linked_to_open(ledger, state));
    return is_linked ? "linked" : "";
}

RetentionRow row_for(const State& state, const PackRetention& rule, OfficeOffset offset) {
    RetentionRow row;
    row.matter = state.id;
    row.number = state.number;
    row.kind = state.kind;
    row.source = rule.source;
    row.years = rule.years;
    row.ended = office_date(end_of(state).value_or(state.changed), offset);
    row.until = years_after(row.ended, rule.years);
    return row;
}

}  // namespace

Result<RetentionReport> list_retention(Ledger& ledger, Date today) {
    const auto& rules = ledger.rules();
    std::vector<MatterId> candidates;
    TRY_VOID(ledger.store().scan_matters([&](const store::MatterRow& row) {
        if (rules.pack.retention.contains(row.kind)) {
            candidates.push_back(row.id);
        }
        return true;
    }));
    RetentionReport report;
    report.day = today;
    for (const MatterId matter : candidates) {
        TRY(const auto state, ledger.state(matter));
        if (state->is_record) {
            continue;
        }
        const auto& rule = rules.pack.retention.find(state->kind)->second;
        RetentionRow row = row_for(*state, rule, rules.calendar.offset);
        TRY(const std::string kept, why_kept(ledger, *state, row, today));
        if (kept.empty()) {
            report.due.push_back(std::move(row));
        } else {
            ++report.kept[kept];
        }
    }
    std::ranges::sort(report.due, {}, [](const RetentionRow& row) {
        return std::tie(row.kind, row.number);
    });
    return report;
}

Result<std::int64_t>
run_retention(Ledger& ledger, const RetentionReport& report, PostId approved_by, UtcMs now) {
    if (ledger.directory().post(approved_by) == nullptr) {
        return fail(Errc::unknown_post, "name the post that approves the list", "/approved_by");
    }
    std::vector<MatterId> some;
    std::int64_t erased = 0;
    const auto flush = [&]() -> Result<void> {
        TRY(const std::int64_t count, ledger.erase_all(some, approved_by, now));
        erased += count;
        some.clear();
        return {};
    };
    for (const RetentionRow& row : report.due) {
        TRY(const auto state, ledger.state(row.matter));
        TRY(const std::string kept, why_kept(ledger, *state, row, report.day));
        if (kept.empty()) {
            some.push_back(row.matter);
        }
        if (some.size() == erased_at_once) {
            TRY_VOID(flush());
        }
    }
    if (!some.empty()) {
        TRY_VOID(flush());
    }
    return erased;
}

}  // namespace zt::service
