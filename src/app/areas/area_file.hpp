#pragma once
// Files with areas: GeoJSON with shapes and points, or a table of divisions. What Chinese maps
// publish is turned into WGS-84 here and nowhere else.

#include "base/geo.hpp"
#include "domain/directory.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace zt::app {

enum class Coordinates : std::uint8_t { wgs84, gcj02 };

struct AreaEntry {
    std::string code, name;
    std::string parent;  ///< code; empty: unknown
    Level level = Level::none;
    std::optional<GeoPoint> point;
    std::optional<GeoShape> shape;
    std::string at;  ///< file and row or feature, for messages
};

/// GeoJSON: a FeatureCollection, a Feature, or a geometry alone, whose code is then the name of the
/// file. Of the properties are read code or adcode, name, parent, level, center. errors: bad_file
/// (no GeoJSON), bad_value (a geometry that is none), both with the feature.
[[nodiscard]] Result<std::vector<AreaEntry>>
read_geojson(std::string_view text, const std::string& file, Coordinates coordinates);

/// A file ending in .json or .geojson as above; any other a table with a header (CSV, also .gz):
/// code, and of name, parent, level, longitude, latitude what there is; rows with `virtual` t stand
/// for no area. errors: as read_geojson; bad_csv, unknown_column, bad_number.
[[nodiscard]] Result<std::vector<AreaEntry>>
read_area_file(const std::string& path, Coordinates coordinates);

/// Codes of divisions are written with and without the zeros at their end: 431302 is 431302000000.
[[nodiscard]] std::string whole_code(std::string_view code);

}  // namespace zt::app
