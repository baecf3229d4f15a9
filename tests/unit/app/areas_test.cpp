// Areas out of files: what is read, what is turned into WGS-84, what a place takes of it; and the
// map of the invented place.

#include "app/areas/area_writer.hpp"
#include "app/definitions.hpp"
#include "app/demo/outlines.hpp"
#include "app/scenario/memory_tenant.hpp"
#include "base/check.hpp"
#include "unit/app/scratch.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace zt::app {
namespace {

constexpr const char* two_counties = R"({"type":"FeatureCollection","features":[
  {"type":"Feature","properties":{"adcode":431302,"name":"甲区","level":"district","center":[112.001914,27.729863],
    "parent":{"adcode":431300}},
   "geometry":{"type":"Polygon","coordinates":[[[112,27],[112.5,27],[112.5,27.5],[112,27.5],[112,27]]]}},
  {"type":"Feature","properties":{"code":"jd","name":"乙街道"},
   "geometry":{"type":"Point","coordinates":[112.25,27.25]}}]})";

TEST(AreaFile, features_carry_code_name_level_and_outline) {
    const auto entries = read_geojson(two_counties, "two.geojson", Coordinates::wgs84);
    ASSERT_TRUE(entries) << to_string(entries.error());
    ASSERT_EQ(entries->size(), 2U);
    const AreaEntry& county = entries->front();
    EXPECT_EQ(county.code, "431302");
    EXPECT_EQ(county.name, "甲区");
    EXPECT_EQ(county.parent, "431300");
    EXPECT_EQ(county.level, Level::county);
    EXPECT_EQ(to_string(*county.point), "27.729863,112.001914");
    EXPECT_TRUE(contains(*county.shape, *parse_point("27.25,112.25")));
    const AreaEntry& street = entries->back();
    EXPECT_EQ(street.code, "jd");
    EXPECT_FALSE(street.shape);
    EXPECT_EQ(to_string(*street.point), "27.250000,112.250000");
}

TEST(AreaFile, what_a_chinese_map_publishes_is_turned_into_wgs84) {
    const auto entries = read_geojson(two_counties, "two.geojson", Coordinates::gcj02);
    ASSERT_TRUE(entries);
    EXPECT_EQ(*entries->front().point, from_gcj02(*parse_point("27.729863,112.001914")));
    const GeoPoint corner = entries->front().shape->front().front().front();
    const GeoPoint wanted = from_gcj02(*parse_point("27,112"));
    EXPECT_NEAR(static_cast<double>(corner.latitude), static_cast<double>(wanted.latitude), 5);
    EXPECT_NEAR(static_cast<double>(corner.longitude), static_cast<double>(wanted.longitude), 5);
    EXPECT_EQ(corner.latitude % 10, 0) << "kept to 1 m";
}

TEST(AreaFile, a_geometry_alone_is_named_by_its_file) {
    const test::Scratch scratch;
    const std::string path = scratch.write(
        "431302.json",
        R"({"type":"MultiPolygon","coordinates":[[[[112,27],[112.5,27],[112.5,27.5],[112,27]]]]})"
    );
    const auto entries = read_area_file(path, Coordinates::wgs84);
    ASSERT_TRUE(entries) << to_string(entries.error());
    EXPECT_EQ(entries->front().code, "431302");
    EXPECT_EQ(whole_code("431302"), whole_code("431302000000"));
    EXPECT_NE(whole_code("jd"), whole_code("jd0"));
}

TEST(AreaFile, a_table_of_divisions_is_read_also_when_packed) {
    const test::Scratch scratch;
    const std::string table = "code,parent,name,level,virtual,longitude,latitude\n"
                              "431302000000,431300000000,甲区,county,f,112.001914,27.729863\n"
                              "431301000000,431300000000,市辖区,county,t,,\n"
                              "431302001000,431302000000,乐坪街道,town,f,,\n";
    for (const auto& path :
         {scratch.write("table.csv", table), scratch.write_gzip("table.csv.gz", table)}) {
        const auto entries = read_area_file(path, Coordinates::wgs84);
        ASSERT_TRUE(entries) << to_string(entries.error());
        ASSERT_EQ(entries->size(), 2U) << "what stands for no area is left out";
        EXPECT_EQ(entries->back().level, Level::township);
        EXPECT_EQ(entries->back().parent, "431302000000");
        EXPECT_FALSE(entries->back().point);
    }
}

TEST(AreaFile, what_cannot_be_read_is_refused_with_its_place) {
    const test::Scratch scratch;
    const auto refused = [](const std::string& text) {
        const auto entries = read_geojson(text, "x.json", Coordinates::wgs84);
        EXPECT_FALSE(entries) << text;
        return entries ? std::string() : entries.error().at;
    };
    EXPECT_EQ(refused("{"), "x.json");
    EXPECT_EQ(refused(R"({"type":"LineString","coordinates":[[1,1],[2,2]]})"), "x.json");
    EXPECT_EQ(refused(R"({"type":"Polygon","coordinates":[[[1,1],[2,2],[3,3],[4,4]]]})"), "x.json");
    EXPECT_EQ(
        refused(
            R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"a"},
                "geometry":{"type":"Point","coordinates":["x",1]}}]})"
        ),
        "x.json: feature 1"
    );
    EXPECT_FALSE(read_area_file(scratch.file("nothing.json"), Coordinates::wgs84));
    const auto headless = read_area_file(scratch.write("a.csv", "name\n甲\n"), Coordinates::wgs84);
    ASSERT_FALSE(headless);
    EXPECT_EQ(headless.error().code, Errc::unknown_column);
    const auto far = read_area_file(
        scratch.write("b.csv", "code,longitude,latitude\n1,27,112\n"), Coordinates::wgs84
    );
    ASSERT_FALSE(far);
    EXPECT_TRUE(far.error().at.ends_with("b.csv:2")) << far.error().at;
}

class AreasOfAPlace : public testing::Test {
  protected:
    void SetUp() override {
        const auto files = Definitions::find(ZT_SOURCE_DIR "/kinds");
        ASSERT_TRUE(files.has_value());
        scenario::Beginning beginning;
        beginning.definitions = *files->service_definitions();
        beginning.place = *kindfile::load_place(ZT_SOURCE_DIR "/kinds/places/small.yaml");
        beginning.pack = "county-default";
        beginning.calendar = "cn";
        beginning.at = now_;
        auto made = scenario::MemoryTenant::make(beginning);
        ASSERT_TRUE(made.has_value()) << to_string(made.error());
        tenant_ = *std::move(made);
    }
    Result<AreaSummary> write(AreaOptions options = {}) {
        options.source = options.source.empty() ? "虚构" : options.source;
        return write_areas(tenant_->ledger(), entries_, options, now_);
    }
    const Area& area(const std::string& code) {
        const Area* found = tenant_->ledger().directory().find_area(code);
        CHECK(found != nullptr);
        return *found;
    }

    const UtcMs now_ = *parse_instant("2022-08-01 09:00");
    std::unique_ptr<scenario::MemoryTenant> tenant_;
    std::vector<AreaEntry> entries_ = *read_geojson(
        R"({"type":"FeatureCollection","features":[
         {"properties":{"code":"xx"},"geometry":{"type":"Polygon","coordinates":[[[112,27],[113,27],[113,28],[112,28],[112,27]]]}},
         {"properties":{"code":"jd"},"geometry":{"type":"Polygon","coordinates":[[[112,27],[112.5,27],[112.5,28],[112,28],[112,27]]]}},
         {"properties":{"name":"东街社区"},"geometry":{"type":"Point","coordinates":[112.2,27.5]}},
         {"properties":{"code":"wx","name":"西街街道","parent":"xx","level":"township"},"geometry":null}]})",
        "small.geojson",
        Coordinates::wgs84
    );
};

TEST_F(AreasOfAPlace, take_shapes_points_and_their_source_and_a_second_time_nothing) {
    const auto first = write();
    ASSERT_TRUE(first) << to_string(first.error());
    EXPECT_EQ(first->changed, 3);
    EXPECT_EQ(first->shapes, 2);
    EXPECT_EQ(first->points, 1);
    EXPECT_EQ(first->unknown, std::vector<std::string>{"wx"});
    EXPECT_EQ(area("xx").map_source, "虚构");
    EXPECT_EQ(area("东街社区").point, parse_point("27.5,112.2").value());
    const auto& directory = tenant_->ledger().directory();
    EXPECT_EQ(directory.area_at(*parse_point("27.5,112.2")), &area("jd"));
    EXPECT_EQ(directory.area_at(*parse_point("27.5,112.7")), &area("xx"));
    EXPECT_EQ(directory.area_at(*parse_point("27.5,113.7")), nullptr);
    const auto again = write();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->changed, 0);
    EXPECT_EQ(again->unchanged, 3);
    const auto checked = tenant_->check_steps(0);
    EXPECT_TRUE(checked) << to_string(checked.error());
}

TEST_F(AreasOfAPlace, new_ones_are_registered_when_that_is_asked_for) {
    AreaOptions options;
    options.new_areas = NewAreas::added;
    const auto written = write(options);
    ASSERT_TRUE(written) << to_string(written.error());
    EXPECT_EQ(written->added, 1);
    EXPECT_EQ(area("wx").parent, area("xx").id);
    EXPECT_EQ(area("wx").level, Level::township);
}

TEST_F(AreasOfAPlace, a_rehearsal_writes_nothing_and_says_the_same) {
    AreaOptions options;
    options.mode = AreaMode::rehearse;
    const auto written = write(options);
    ASSERT_TRUE(written);
    EXPECT_EQ(written->changed, 3);
    EXPECT_EQ(area("xx").shape, nullptr);
}

TEST_F(AreasOfAPlace, only_what_lies_under_an_area_is_taken) {
    for (auto& entry : entries_) {
        entry.parent = entry.code == "jd" ? "xx" : "";
    }
    AreaOptions options;
    options.under = "xx";
    const auto written = write(options);
    ASSERT_TRUE(written);
    EXPECT_EQ(written->changed, 2);
    EXPECT_TRUE(written->unknown.empty());
}

TEST_F(AreasOfAPlace, an_area_that_ended_is_on_no_map) {
    ASSERT_TRUE(write());
    Command command;
    command.verb = Verb::retire;
    command.kind = "area";
    command.matter = MatterId{area("jd").id.value};
    command.actor.kind = ActorKind::system;
    command.fields = Json::object().set("note", "撤并");
    Submit submit;
    submit.key = tenant_->fresh_key(now_);
    submit.commands.push_back(std::move(command));
    const auto answer = tenant_->ledger().submit(submit, now_);
    ASSERT_TRUE(answer) << to_string(answer.error());
    EXPECT_EQ(tenant_->ledger().directory().area_at(*parse_point("27.5,112.2")), &area("xx"));
}

TEST(Outlines, of_a_place_file_name_areas_that_it_has) {
    kindfile::Place place;
    place.areas.push_back({"a", "甲", "", Level::county, 1});
    auto entries = *read_geojson(
        R"({"type":"Feature","properties":{"code":"a"},"geometry":{"type":"Point","coordinates":[112,27]}})",
        "a.geojson",
        Coordinates::wgs84
    );
    ASSERT_TRUE(put_outlines(place, entries, "虚构"));
    EXPECT_EQ(place.areas.front().point, parse_point("27,112").value());
    EXPECT_EQ(place.areas.front().map_source, "虚构");
    entries.front().code = "b";
    const auto refused = put_outlines(place, entries, "虚构");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::not_found);
}

/// Every town of every seed: villages lie in their township, townships in their county and in no
/// other township.
TEST(Outlines, of_the_invented_place_do_not_overlap) {
    for (const std::uint64_t seed : {1U, 2U, 3U, 7U, 42U}) {
        demo::Chance chance(seed);
        demo::Names names(chance);
        const demo::Scene scene = demo::make_scene(chance, names);
        std::map<std::string, GeoShape> shapes;
        for (const auto& area : scene.place.areas) {
            if (!area.shape.empty()) {
                shapes[area.code] = *parse_shape(area.shape);
            }
        }
        for (const auto& area : scene.place.areas) {
            ASSERT_TRUE(area.point) << area.code;
            EXPECT_EQ(area.shape.empty(), area.level == Level::village) << area.code;
            EXPECT_FALSE(area.map_source.empty());
            for (const auto& other : scene.place.areas) {
                if (other.level == Level::township && area.level >= Level::township) {
                    EXPECT_EQ(
                        contains(shapes[other.code], *area.point),
                        other.code == area.code || other.code == area.parent
                    ) << area.code
                      << " in " << other.code << ", seed " << seed;
                }
            }
            if (area.level == Level::township) {
                EXPECT_TRUE(contains(shapes[area.parent], *area.point)) << area.code;
            }
        }
    }
}

}  // namespace
}  // namespace zt::app
