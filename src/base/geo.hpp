#pragma once
// Points and shapes on the map. Kept, sent and compared is WGS-84, as telephones give it, in whole
// millionths of a degree (0.1 m): integers, so that every machine finds a point in the same area.
// Chinese maps publish GCJ-02, up to 700 m beside it; what comes from them passes from_gcj02 once,
// where it is read.

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zt {

/// Millionths of a degree.
struct GeoPoint {
    std::int64_t latitude = 0, longitude = 0;
    auto operator<=>(const GeoPoint&) const = default;
};

/// Closed: the last point is the first.
using GeoRing = std::vector<GeoPoint>;
/// The outer ring, then holes.
using GeoPolygon = std::vector<GeoRing>;
using GeoShape = std::vector<GeoPolygon>;

/// Points of one shape. The outline of a county has some 2,000, of a province 10,000.
inline constexpr std::size_t geo_points_max = 20'000;

/// in: "27.7281,112.0019", latitude first as telephones show it. errors: bad_value.
[[nodiscard]] Result<GeoPoint> parse_point(std::string_view text);
/// "27.728100,112.001900"
[[nodiscard]] std::string to_string(GeoPoint point);

/// in: `coordinates` of a GeoJSON Polygon or MultiPolygon, longitude first. errors: bad_value: no
/// such list, a ring that is open or has fewer than four points, no coordinate on earth, more than
/// geo_points_max points.
[[nodiscard]] Result<GeoShape> parse_shape(std::string_view text);
/// `coordinates` of a GeoJSON MultiPolygon; parse_shape reads it back to the same.
[[nodiscard]] std::string to_string(const GeoShape& shape);

/// Within an outer ring and in no hole of it. A point on an edge that two shapes share is in one of
/// them. cost: O(points).
[[nodiscard]] bool contains(const GeoShape& shape, GeoPoint point);
/// A point within, away from the edges: where a name is written. in: a shape with a point.
[[nodiscard]] GeoPoint inner_point(const GeoShape& shape);

/// What is published as `point` in GCJ-02, to 0.1 m. Only within China is anything published so.
/// source: the forward formula is that of googollee/eviltransform; inverted by iteration.
[[nodiscard]] GeoPoint from_gcj02(GeoPoint point);

}  // namespace zt
