#pragma once
// Importer: the rows of a file through a map into the ledger, group by group. Running it again adds
// nothing: a row whose key is known is answered and not done again. docs/operating/import.md.

#include "app/import/row_submit.hpp"

#include <functional>
#include <map>

namespace zt::app {

/// Rows that share one transaction and one sync.
inline constexpr std::size_t import_group_rows = 256;

enum class ImportMode : std::uint8_t {
    commit,
    rehearse  ///< every row is decided as it would be, nothing is kept
};

struct ImportOptions {
    std::string input;
    std::string rejects;  ///< side file; empty: INPUT.rejected.jsonl, or here when that folder
                          ///< cannot be written
    std::optional<UtcMs>
        until;  ///< clocks due by then lapse after the last row; empty: the newest time of the file
    ImportMode mode = ImportMode::commit;
    UtcMs now;
    std::size_t group_rows = import_group_rows;
    /// All that touches the ledger runs through it; empty: at once, on this thread. A server gives
    /// Writer::perform, so that nobody else is at the ledger meanwhile.
    std::function<void(const std::function<void()>&)> alone{};
    /// Asked between groups; what was committed stays.
    std::function<bool()> is_cancelled{};
};

struct ImportProgress {
    std::int64_t rows = 0, rejected = 0, repeated = 0;
    std::int64_t bytes_read = 0, bytes = 0;  ///< of the file
};

struct ImportSummary {
    std::int64_t rows = 0, imported = 0, repeated = 0, rejected = 0;
    std::int64_t events = 0, estimated = 0, lapsed = 0;
    std::int64_t irregular = 0;                             ///< events with at least one mark
    std::map<std::string, std::int64_t> irregular_by_code;  ///< marks
    std::map<std::string, std::int64_t> rejected_by_code;   ///< rows
    std::int64_t unknown_orgs = 0;
    std::optional<UtcMs> newest;
    std::optional<UtcMs> until;  ///< up to when clocks lapsed; empty in a rehearsal
    std::string rejects;         ///< empty when no row was rejected
};

/// in: map already read; the ledger's tenant opened for writing, or with its key when only
/// rehearsed. errors: those of probe_columns, check_columns, RowSubmitter::make; bad_file while
/// reading, io_failed when the side file cannot be written; those of the store. Groups that were
/// committed before an error stay; running again goes on. Where others use the ledger too (`alone`)
/// clocks due lapse with each group, as part of the import, before a timer sees them.
[[nodiscard]] Result<ImportSummary> import_rows(
    service::Ledger& ledger,
    const kindfile::ImportMap& map,
    const ImportOptions& options,
    const std::function<void(const ImportProgress&)>& progress
);

}  // namespace zt::app
