// A lattice of four by five cells with its knots pushed about; an edge between two knots is bent in
// the same way for the cells on both its sides. A county is four or so cells that touch, a township
// one of them, or two where the county has only three townships; an outline is what remains of the
// edges of its cells when those that two of them share are taken away.

#include "app/demo/outlines.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace zt::app::demo {

namespace {

struct Knot {
    int row = 0, column = 0;
    auto operator<=>(const Knot&) const = default;
};
using Edge = std::pair<Knot, Knot>;
using Cells = std::vector<Knot>;  ///< a cell by the knot at its south-west

/// Cells of the counties in their order; the last two of each touch.
const std::array<Cells, 5> county_cells{{
    {{3, 0}, {3, 1}, {2, 0}, {2, 1}},
    {{3, 2}, {3, 3}, {2, 2}, {2, 3}},
    {{3, 4}, {2, 4}, {1, 3}, {1, 4}},
    {{1, 0}, {1, 1}, {0, 0}, {0, 1}},
    {{1, 2}, {0, 2}, {0, 3}, {0, 4}},
}};

constexpr GeoPoint south_west{27'600'000, 123'400'000};
constexpr std::int64_t cell_height = 130'000, cell_width = 160'000;
constexpr int bends = 3;  ///< an edge is halved so often

/// Evenly from −1,000 to 1,000; equal for equal arguments.
std::int64_t drawn(std::uint64_t a, std::uint64_t b) {
    std::uint64_t x = a * 0x9E3779B97F4A7C15ULL + b * 0xC2B2AE3D27D4EB4FULL + 0x165667B19E3779F9ULL;
    x ^= x >> 31U;
    x *= 0xBF58476D1CE4E5B9ULL;
    x ^= x >> 29U;
    return static_cast<std::int64_t>(x % 2001U) - 1000;
}

std::uint64_t key_of(GeoPoint point) {
    return static_cast<std::uint64_t>(point.latitude) << 32U |
           static_cast<std::uint64_t>(point.longitude);
}

GeoPoint place_of(Knot knot) {
    const auto number =
        static_cast<std::uint64_t>(knot.row) * 16 + static_cast<std::uint64_t>(knot.column);
    return {
        south_west.latitude + knot.row * cell_height + drawn(number, 1) * cell_height / 4500,
        south_west.longitude + knot.column * cell_width + drawn(number, 2) * cell_width / 4500
    };
}

/// Points from a to b without b; the same ones backwards from b to a.
void bend(GeoPoint a, GeoPoint b, int left, GeoRing& ring) {
    if (left == 0) {
        ring.push_back(a);
        return;
    }
    const GeoPoint low = std::min(a, b), high = std::max(a, b);
    // Aside by at most a seventh of the length, so that what is bent twice meets nothing.
    const std::int64_t aside = drawn(key_of(low), key_of(high));
    const GeoPoint middle{
        (low.latitude + high.latitude) / 2 + (high.longitude - low.longitude) * aside / 7000,
        (low.longitude + high.longitude) / 2 - (high.latitude - low.latitude) * aside / 7000
    };
    bend(a, middle, left - 1, ring);
    bend(middle, b, left - 1, ring);
}

/// The outline of cells that touch, counter-clockwise.
GeoShape outline_of(const Cells& cells) {
    std::set<Edge> edges;
    for (const Knot cell : cells) {
        const std::array<Knot, 5> around{
            {cell,
             {cell.row, cell.column + 1},
             {cell.row + 1, cell.column + 1},
             {cell.row + 1, cell.column},
             cell}
        };
        for (std::size_t i = 1; i < around.size(); ++i) {
            if (edges.erase({around[i], around[i - 1]}) == 0) {
                edges.insert({around[i - 1], around[i]});
            }
        }
    }
    std::map<Knot, Knot> next;
    for (const auto& [from, to] : edges) {
        next[from] = to;
    }
    CHECK(next.size() == edges.size());
    GeoRing ring;
    const Knot first = next.begin()->first;
    Knot at = first;
    do {
        bend(place_of(at), place_of(next[at]), bends, ring);
        at = next[at];
    } while (at != first);
    ring.push_back(ring.front());
    return {{ring}};
}

GeoPoint centre_of(Knot cell) {
    const GeoPoint a = place_of(cell), b = place_of({cell.row + 1, cell.column + 1});
    return {(a.latitude + b.latitude) / 2, (a.longitude + b.longitude) / 2};
}

/// Around the middle of the cell, each village elsewhere.
GeoPoint village_at(Knot cell, std::size_t number) {
    const auto key =
        static_cast<std::uint64_t>(cell.row) * 16 + static_cast<std::uint64_t>(cell.column);
    const GeoPoint centre = centre_of(cell);
    return {
        centre.latitude + drawn(key, 100 + number) * cell_height / 5000,
        centre.longitude + drawn(key, 200 + number) * cell_width / 5000
    };
}

kindfile::PlaceArea& area_of(Scene& scene, const std::string& code) {
    auto& areas = scene.place.areas;
    const auto found = std::ranges::find(areas, code, &kindfile::PlaceArea::code);
    CHECK(found != areas.end());
    found->map_source = "虚构的地图 (an invented map)";
    return *found;
}

void put_town(Scene& scene, const std::string& town, const Cells& cells) {
    auto& area = area_of(scene, town);
    const GeoShape shape = outline_of(cells);
    area.shape = to_string(shape);
    area.point = inner_point(shape);
    std::vector<std::string> villages;
    for (const auto& one : scene.place.areas) {
        if (one.parent == town) {
            villages.push_back(one.code);
        }
    }
    for (std::size_t i = 0; i < villages.size(); ++i) {
        area_of(scene, villages[i]).point = village_at(cells[i % cells.size()], i);
    }
}

}  // namespace

void put_outlines(Scene& scene) {
    Cells all;
    for (std::size_t i = 0; i < county_cells.size(); ++i) {
        const Cells& cells = county_cells[i];
        const Desk& desk = scene.desks[i + 1];
        const GeoShape shape = outline_of(cells);
        auto& county = area_of(scene, desk.prefix);
        county.shape = to_string(shape);
        county.point = inner_point(shape);
        all.insert(all.end(), cells.begin(), cells.end());
        CHECK(desk.towns.size() + 1 >= cells.size() && desk.towns.size() <= cells.size());
        for (std::size_t town = 0; town < desk.towns.size(); ++town) {
            const bool is_last = town + 1 == desk.towns.size();
            const auto begin = cells.begin() + static_cast<std::ptrdiff_t>(town);
            put_town(scene, desk.towns[town], {begin, is_last ? cells.end() : begin + 1});
        }
    }
    auto& city = area_of(scene, scene.place.areas.front().code);
    const GeoShape shape = outline_of(all);
    city.shape = to_string(shape);
    city.point = inner_point(shape);
}

}  // namespace zt::app::demo
