#pragma once
// Areas on a map: shapes and points as everybody may see them, and what lies where.

#include "http/api.hpp"

namespace zt::http::api {

struct AreaOnMap {
    std::int64_t id = 0;
    std::string name, level;
    std::int64_t parent = 0;  ///< 0: none
    bool has_below = false;   ///< there are areas below it
    /// "27.728100,112.001900", latitude first, WGS-84: within the shape, else that of the area;
    /// empty: unknown.
    std::string point;
    std::string shape;  ///< coordinates of a GeoJSON MultiPolygon, WGS-84; empty: unknown
};
BOOST_DESCRIBE_STRUCT(AreaOnMap, (), (id, name, level, parent, has_below, point, shape))

/// Pictures behind the shapes.
struct TileServer {
    std::string url;  ///< "https://tiles.example.cn/{z}/{x}/{y}.png"
    std::string attribution;
};
BOOST_DESCRIBE_STRUCT(TileServer, (), (url, attribution))

struct AreaMap {
    std::optional<AreaOnMap> within;   ///< none: the place has no one area above all others
    std::vector<Reference> above;      ///< of `within`, from the top
    std::vector<AreaOnMap> areas;      ///< those right below it
    std::vector<std::string> sources;  ///< of points and shapes, with their licences: to be shown
    std::optional<TileServer> tiles;
};
BOOST_DESCRIBE_STRUCT(AreaMap, (), (within, above, areas, sources, tiles))

/// Open matters of an area and all below it.
struct AreaLamps {
    Reference area;
    Lamps lamps;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(AreaLamps, (), (area, lamps, count))

struct AreaLampList {
    std::vector<AreaLamps> areas;     ///< those right below the one asked for, by name
    std::optional<AreaLamps> within;  ///< the one asked for, with all below it
    AreaLamps unplaced;               ///< of the whole place, those that name no area
    /// A past day, of which the figures know what was open and what past its final due: `count` and
    /// `red`; the other lamps are not told.
    std::optional<Date> as_of;
    std::int64_t seq = 0;
};
BOOST_DESCRIBE_STRUCT(AreaLampList, (), (areas, within, unplaced, as_of, seq))

struct AreaCount {
    Reference area;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(AreaCount, (), (area, count))

struct AreaCounts {
    std::vector<AreaCount> areas;  ///< those right below the one asked for, by name
    std::int64_t count = 0;        ///< in the one asked for and all below it
    std::int64_t unplaced = 0;     ///< published without an area
};
BOOST_DESCRIBE_STRUCT(AreaCounts, (), (areas, count, unplaced))

}  // namespace zt::http::api
