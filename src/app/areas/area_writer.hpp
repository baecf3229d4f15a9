#pragma once
// Areas of a file into a place: shapes and points of areas that are there, areas that are new.

#include "app/areas/area_file.hpp"
#include "kindfile/place_file.hpp"
#include "service/ledger.hpp"

namespace zt::app {

enum class NewAreas : std::uint8_t { refused, added };
enum class AreaMode : std::uint8_t { rehearse, commit };

struct AreaOptions {
    std::string source;  ///< with its licence; goes with every point and shape
    std::string under;   ///< code: only that area and what lies below it; empty: all
    NewAreas new_areas = NewAreas::refused;
    AreaMode mode = AreaMode::commit;
};

struct AreaSummary {
    std::int64_t added = 0, changed = 0, unchanged = 0;
    std::int64_t shapes = 0, points = 0;  ///< in what was added and changed
    std::vector<std::string> unknown;     ///< codes or names that the place does not have
};

/// Commands of the system, each area in the directory as a record of its own: those that are there
/// are amended where something differs, so that a second time nothing happens. errors: those of the
/// commands, with the row.
[[nodiscard]] Result<AreaSummary> write_areas(
    service::Ledger& ledger,
    const std::vector<AreaEntry>& entries,
    const AreaOptions& options,
    UtcMs now
);

/// Gives points and shapes to the areas of a place that begins. errors: not_found for an entry that
/// none of them is.
[[nodiscard]] Result<void> put_outlines(
    kindfile::Place& place, const std::vector<AreaEntry>& entries, const std::string& source
);

}  // namespace zt::app
