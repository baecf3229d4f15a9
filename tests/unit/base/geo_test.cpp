// Points, shapes and the one conversion.
//
// Golden points of the conversion. The first three are published: the table `TESTS` of
// googollee/eviltransform (transform_test), WGS-84 beside GCJ-02. The other seven were computed in
// another way than the program goes, by Newton's method with a numeric Jacobian on the published
// forward formula (Python, double precision), at the centres that Chinese maps give for places in
// all corners of the country.

#include "base/geo.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace zt {
namespace {

struct Golden {
    const char* name;
    double gcj_latitude, gcj_longitude, latitude, longitude;
};
constexpr Golden golden[] = {
    {"Shanghai", 31.17530398364597, 121.531541859215, 31.1774276, 121.5272106},
    {"Shenzhen", 22.540796131694766, 113.9171764808363, 22.543847, 113.912316},
    {"Beijing", 39.91334545536069, 116.38404722455657, 39.911954, 116.377817},
    {"Loudi", 27.70027, 111.99448, 27.7036003, 111.9889798},
    {"Louxing", 27.729863, 112.001914, 27.7331743, 111.9963878},
    {"Changsha", 28.22808, 112.938884, 28.2315957, 112.9334448},
    {"Urumqi", 43.8256, 87.6168, 43.8243960, 87.6139528},
    {"Harbin", 45.8038, 126.535, 45.8018023, 126.5289370},
    {"Lhasa", 29.65, 91.1, 29.6526990, 91.0984316},
    {"Sanya", 18.2528, 109.5119, 18.2544936, 109.5078039},
};

GeoPoint point_at(double latitude, double longitude) {
    return {std::llround(latitude * 1e6), std::llround(longitude * 1e6)};
}

double metres_between(GeoPoint a, GeoPoint b) {
    constexpr double metres_per_unit = 40'030'000.0 / 360 / 1e6;
    const double latitude = static_cast<double>(a.latitude + b.latitude) / 2e6;
    const double north = static_cast<double>(a.latitude - b.latitude) * metres_per_unit;
    const double east = static_cast<double>(a.longitude - b.longitude) * metres_per_unit *
                        std::cos(latitude / 180 * std::numbers::pi);
    return std::hypot(north, east);
}

TEST(Conversion, ten_golden_points_come_within_a_metre) {
    for (const Golden& one : golden) {
        const GeoPoint given = point_at(one.gcj_latitude, one.gcj_longitude);
        const GeoPoint wanted = point_at(one.latitude, one.longitude);
        EXPECT_LT(metres_between(from_gcj02(given), wanted), 1.0) << one.name;
        // Not converted it would be hundreds of metres away: the row tests something.
        EXPECT_GT(metres_between(given, wanted), 200.0) << one.name;
    }
}

TEST(Point, is_read_latitude_first_and_written_with_six_decimals) {
    EXPECT_EQ(to_string(*parse_point(" 27.7281, 112.0019 ")), "27.728100,112.001900");
    EXPECT_EQ(to_string(*parse_point("-0.5,-179.9999996")), "-0.500000,-180.000000");
    EXPECT_EQ(to_string(*parse_point("27,112")), "27.000000,112.000000");
    EXPECT_EQ(to_string(*parse_point("-0.000001,0")), "-0.000001,0.000000");
}

TEST(Point, what_is_none_is_refused) {
    for (const char* text :
         {"",
          "27.7",
          "27.7 112.0",
          "27.7,112.0,3",
          "112.0,27.7",
          "27.,112.0",
          ".5,112",
          "1e1,2",
          "27.7,1812.0",
          "north,east",
          "27.7,112.0x"}) {
        const auto point = parse_point(text);
        ASSERT_FALSE(point) << text;
        EXPECT_EQ(point.error().code, Errc::bad_value);
    }
}

TEST(Shape, is_read_back_as_it_is_written) {
    const auto shape = parse_shape("[[[112.0, 27.5], [112.5,27.5,31], [112.5,28],[112.0,27.5]]]");
    ASSERT_TRUE(shape) << to_string(shape.error());
    EXPECT_EQ(to_string(*shape), "[[[[112,27.5],[112.5,27.5],[112.5,28],[112,27.5]]]]");
    EXPECT_EQ(*parse_shape(to_string(*shape)), *shape);
}

TEST(Shape, what_is_none_is_refused) {
    for (const char* text :
         {"",
          "[]",
          "[[]]",
          "[1,2]",
          "[[[1,1],[2,2],[1,1]]]",
          "[[[1,1],[2,1],[2,2],[1,2]]]",
          "[[[1,1],[2,1],[2,200],[1,1]]]",
          "[[[1,1],[2,1],[2,2],[1,1]]",
          "[[[1,1],[2,1],[2,2],[1,1]]]x",
          "[[[1],[2,1],[2,2],[1]]]",
          "[[[\"a\",1]]]",
          "[[[[[1,1]]]]]"}) {
        EXPECT_FALSE(parse_shape(text)) << text;
    }
}

TEST(Shape, with_too_many_points_is_refused) {
    std::string ring = "[[[1,1]";
    for (std::size_t i = 0; i < geo_points_max; ++i) {
        ring += ",[2,2]";
    }
    EXPECT_FALSE(parse_shape(ring + ",[1,1]]]"));
}

/// A square of four degrees with a hole of one, and an island.
constexpr const char* holed =
    "[[[[110,20],[114,20],[114,24],[110,24],[110,20]],[[111,21],[112,21],[112,22],[111,22],[111,21]]],"
    "[[[120,20],[121,20],[121,21],[120,20]]]]";

TEST(Contains, within_a_ring_not_in_its_hole) {
    const auto shape = parse_shape(holed);
    ASSERT_TRUE(shape);
    EXPECT_TRUE(contains(*shape, point_at(20.5, 110.5)));
    EXPECT_TRUE(contains(*shape, point_at(23.999999, 113.999999)));
    EXPECT_TRUE(contains(*shape, point_at(20.2, 120.9)));   // the island
    EXPECT_FALSE(contains(*shape, point_at(21.5, 111.5)));  // the hole
    EXPECT_FALSE(contains(*shape, point_at(19.9, 112)));
    EXPECT_FALSE(contains(*shape, point_at(22, 109.9)));
    EXPECT_FALSE(contains(*shape, point_at(20.9, 120.1)));  // beside the slope of the island
}

TEST(Contains, a_point_on_a_shared_edge_is_in_one_of_two) {
    const auto west = parse_shape("[[[0,0],[1,0],[1,1],[0,1],[0,0]]]");
    const auto east = parse_shape("[[[1,0],[2,0],[2,1],[1,1],[1,0]]]");
    const auto north = parse_shape("[[[0,1],[1,1],[1,2],[0,2],[0,1]]]");
    EXPECT_NE(contains(*west, point_at(0.5, 1)), contains(*east, point_at(0.5, 1)));
    EXPECT_NE(contains(*west, point_at(1, 0.5)), contains(*north, point_at(1, 0.5)));
}

TEST(InnerPoint, lies_within_also_of_a_crescent) {
    for (const char* text :
         {holed,
          "[[[0,0],[4,0],[4,4],[3,4],[3,1],[1,1],[1,4],[0,4],[0,0]]]",
          "[[[0,0],[9,1],[0,2],[0,0]]]"}) {
        const auto shape = parse_shape(text);
        ASSERT_TRUE(shape) << text;
        EXPECT_TRUE(contains(*shape, inner_point(*shape))) << text;
    }
}

}  // namespace
}  // namespace zt
