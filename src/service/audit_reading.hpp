#pragma once
// Reading the second chain: newest first, by what happened, who, which matter, when.

#include "base/json.hpp"
#include "domain/directory.hpp"
#include "store/store.hpp"

#include <functional>

namespace zt::service {

/// Empty members let everything pass.
struct AuditFilter {
    std::vector<std::string> what{};  ///< "sign_in", "refused", "revealed" …
    std::optional<PersonId> person{};
    std::optional<MatterId> matter{};
    std::optional<UtcMs> from{}, until{};  ///< from ≤ t < until
};

struct AuditEntry {
    std::int64_t seq = 0;
    Json text = Json::object();
    std::string hash;  ///< hex: the chain up to this row, to be written down elsewhere
};

struct AuditPage {
    std::vector<AuditEntry> rows;      ///< newest first
    std::optional<std::int64_t> next;  ///< pass it as `before`; empty at the end of the chain
    std::int64_t last = 0;             ///< number of rows in all
};

/// Rows that one page looks at: a filter that finds little is told to go on.
inline constexpr std::int64_t audit_looked_at_max = 20'000;

/// in: before, a seq, or nothing for the newest; a page may have fewer rows than the limit and
/// still a next. errors: io_failed, damaged.
[[nodiscard]] Result<AuditPage> read_audit(
    store::Reader& reader,
    const AuditFilter& filter,
    std::optional<std::int64_t> before,
    std::size_t limit
);

/// Every row that fits, oldest first, up to the end as it stands at the beginning. `give` returns
/// false to stop. errors: io_failed, damaged.
[[nodiscard]] Result<void> for_each_audit(
    store::Reader& reader,
    const AuditFilter& filter,
    const std::function<bool(const AuditEntry&)>& give
);

}  // namespace zt::service
