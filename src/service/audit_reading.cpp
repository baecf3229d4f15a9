#include "service/audit_reading.hpp"

#include <algorithm>

namespace zt::service {

namespace {

/// Rows that are read at once: some 200 kB.
constexpr std::int64_t window = 1'000;

bool fits(const Json& text, const AuditFilter& filter) {
    const auto is_one = [&](std::string_view name, std::int64_t value) {
        return text[name].is_int() && text[name].as_int() == value;
    };
    const UtcMs at{Millis{text["at"].as_int()}};
    return (filter.what.empty() ||
            std::ranges::find(filter.what, text["what"].as_string()) != filter.what.end()) &&
           (!filter.person || is_one("person", filter.person->value) ||
            is_one("by_person", filter.person->value)) &&
           (!filter.matter || is_one("matter", filter.matter->value)) &&
           (!filter.from || at >= *filter.from) && (!filter.until || at < *filter.until);
}

Result<AuditEntry> entry_of(const store::AuditRow& row) {
    AuditEntry entry{row.seq, {}, to_hex(row.hash)};
    TRY(entry.text, parse_canonical(row.text));
    return entry;
}

}  // namespace

Result<AuditPage> read_audit(
    store::Reader& reader,
    const AuditFilter& filter,
    std::optional<std::int64_t> before,
    std::size_t limit
) {
    TRY(const auto head, reader.head());
    AuditPage page;
    page.last = head.audit_seq;
    std::int64_t end = std::min(before.value_or(head.audit_seq + 1), head.audit_seq + 1);
    const std::int64_t floor = std::max<std::int64_t>(1, end - audit_looked_at_max);
    while (end > floor) {
        const std::int64_t from = std::max(floor, end - window);
        TRY(const auto rows, reader.audit(from, end - from));
        for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
            TRY(auto entry, entry_of(*row));
            if (!fits(entry.text, filter)) {
                continue;
            }
            page.rows.push_back(std::move(entry));
            if (page.rows.size() == limit) {
                page.next = row->seq > 1 ? std::optional(row->seq) : std::nullopt;
                return page;
            }
        }
        end = from;
    }
    page.next = floor > 1 ? std::optional(floor) : std::nullopt;
    return page;
}

Result<void> for_each_audit(
    store::Reader& reader,
    const AuditFilter& filter,
    const std::function<bool(const AuditEntry&)>& give
) {
    TRY(const auto head, reader.head());
    for (std::int64_t from = 1; from <= head.audit_seq; from += window) {
        TRY(const auto rows, reader.audit(from, std::min(window, head.audit_seq + 1 - from)));
        for (const auto& row : rows) {
            TRY(const auto entry, entry_of(row));
            if (fits(entry.text, filter) && !give(entry)) {
                return {};
            }
        }
    }
    return {};
}

}  // namespace zt::service
