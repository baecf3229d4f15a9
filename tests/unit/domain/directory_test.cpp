// The directory as a dated value: look-ups by day, the line of offices, and protection that
// remembers every parent.

#include "domain/access.hpp"

#include <gtest/gtest.h>

namespace zt {
namespace {

const Date day = Date{std::chrono::days{19000}};

State record(std::int64_t id, const char* kind) {
    State state;
    state.id = MatterId{id};
    state.kind = kind;
    state.is_record = true;
    return state;
}

State org(
    std::int64_t id, const char* code, std::int64_t parent, std::vector<std::string> functions = {}
) {
    State state = record(id, "org");
    state.fields["code"] = Json(code);
    state.fields["name"] = Json(std::string(code) + "局");
    state.fields["parent"] = Json(parent);
    Json list = Json::array();
    for (auto& one : functions) {
        list.push(one);
    }
    state.fields["functions"] = list;
    return state;
}

State post(
    std::int64_t id, std::int64_t at_org, const char* word, std::vector<std::int64_t> leads = {}
) {
    State state = record(id, "post");
    state.fields["org"] = Json(at_org);
    state.fields["key"] = Json(word);
    state.fields["words"] = Json::array().push(word);
    Json list = Json::array();
    for (const auto one : leads) {
        list.push(one);
    }
    state.fields["leads"] = list;
    return state;
}

/// city(1) ─ city office(2); county(3) ─ county office(4), bureau(5) ─ station(6)
Directory small_place() {
    Directory directory;
    directory.fold(org(1, "city", 0));
    directory.fold(org(2, "city_office", 1, {"office"}));
    directory.fold(org(3, "county", 1));
    directory.fold(org(4, "office", 3, {"office", "intake"}));
    directory.fold(org(5, "bureau", 3));
    directory.fold(org(6, "station", 5));
    directory.fold(post(11, 3, "head", {3, 5}));
    directory.fold(post(12, 5, "handler"));
    return directory;
}

State report_against(std::int64_t accused) {
    State state;
    state.protection = Protection::wrong_done;
    state.office = OrgId{4};
    Party party;
    party.no = 1;
    party.role = "accused";
    party.org = OrgId{accused};
    state.parties.push_back(party);
    return state;
}

TEST(directory, orgs_are_found_by_code_before_name_and_only_on_their_days) {
    Directory directory = small_place();
    ASSERT_NE(directory.find_org("bureau", day), nullptr);
    EXPECT_EQ(directory.find_org("bureau局", day)->id, OrgId{5});
    State ended = org(5, "bureau", 3);
    ended.fields["until"] = Json(to_string(day));
    directory.fold(ended);
    EXPECT_EQ(directory.find_org("bureau", day), nullptr);
    EXPECT_NE(directory.find_org("bureau", day - std::chrono::days{1}), nullptr);
}

TEST(directory, the_nearest_office_is_beside_then_above) {
    const Directory directory = small_place();
    EXPECT_EQ(directory.nearest_with(OrgId{6}, "office", day)->id, OrgId{4});
    EXPECT_EQ(directory.nearest_with(OrgId{1}, "office", day)->id, OrgId{2});
    EXPECT_EQ(directory.nearest_with(OrgId{6}, "fire_brigade", day), nullptr);
}

TEST(directory, whoever_stands_below_follows_the_tree_as_it_is_moved) {
    Directory directory = small_place();
    const auto within = [&](std::int64_t id, std::size_t most = 100) {
        return directory.orgs_within(OrgId{id}, most);
    };
    EXPECT_EQ(within(3), (std::vector{OrgId{3}, OrgId{4}, OrgId{5}, OrgId{6}}));
    EXPECT_EQ(within(1, 3).size(), 3U);
    EXPECT_TRUE(within(99).empty());
    directory.fold(org(5, "bureau", 1));
    EXPECT_EQ(within(3), (std::vector{OrgId{3}, OrgId{4}}));
    EXPECT_EQ(within(5), (std::vector{OrgId{5}, OrgId{6}}));
    const auto top = directory.children_of(OrgId{1});
    EXPECT_EQ(std::vector(top.begin(), top.end()), (std::vector{OrgId{2}, OrgId{3}, OrgId{5}}));
    directory.fold(org(3, "county", 4));  // a correction that leads in a circle
    EXPECT_EQ(within(3), (std::vector{OrgId{3}, OrgId{4}}));
}

TEST(directory, the_nearest_is_the_same_whether_many_have_the_function_or_many_stand_beside) {
    Directory directory;
    directory.fold(org(1, "city", 0));
    for (std::int64_t id = 2; id < 60; ++id) {
        directory.fold(org(id, ("c" + std::to_string(id)).c_str(), 1));
    }
    directory.fold(org(30, "c30", 1, {"office"}));
    directory.fold(org(20, "c20", 1, {"office"}));
    EXPECT_EQ(directory.nearest_with(OrgId{7}, "office", day)->id, OrgId{20}) << "few have it";
    for (std::int64_t id = 100; id < 400; ++id) {
        directory.fold(org(id, ("v" + std::to_string(id)).c_str(), 59, {"office"}));
    }
    EXPECT_EQ(directory.nearest_with(OrgId{7}, "office", day)->id, OrgId{20}) << "many have it";
}

TEST(directory, a_loop_in_the_tree_ends) {
    Directory directory = small_place();
    directory.fold(org(3, "county", 6));
    EXPECT_TRUE(directory.is_at_or_below(OrgId{6}, OrgId{3}));
    EXPECT_FALSE(directory.is_at_or_below(OrgId{6}, OrgId{99}));
}

TEST(protection, the_accused_and_all_below_and_their_leaders_are_excluded) {
    const Directory directory = small_place();
    const State state = report_against(5);
    EXPECT_TRUE(is_excluded(state, OrgId{5}, directory));
    EXPECT_TRUE(is_excluded(state, OrgId{6}, directory));
    EXPECT_FALSE(is_excluded(state, OrgId{4}, directory));
    EXPECT_TRUE(is_excluded(state, PostId{11}, directory)) << "who has the bureau in charge";
    EXPECT_TRUE(is_excluded(state, PostId{12}, directory));
}

TEST(protection, moving_the_unit_in_the_tree_does_not_lift_it) {
    Directory directory = small_place();
    const State state = report_against(5);
    directory.fold(org(6, "station", 4));
    EXPECT_TRUE(is_excluded(state, OrgId{6}, directory)) << "it once stood below the accused";
}

TEST(protection, an_accused_county_moves_the_matter_to_the_city_office) {
    const Directory directory = small_place();
    const State state = report_against(3);
    const Org* office = competent_office(state, OrgId{4}, "office", directory, day);
    ASSERT_NE(office, nullptr);
    EXPECT_EQ(office->id, OrgId{2});
    EXPECT_EQ(competent_office(report_against(1), OrgId{4}, "office", directory, day), nullptr);
}

State area(std::int64_t id, std::int64_t parent) {
    State state = record(id, "area");
    state.fields["code"] = Json(std::to_string(id));
    state.fields["parent"] = Json(parent);
    return state;
}

TEST(areas, near_are_the_one_above_those_beside_and_all_below) {
    Directory directory;  // 1 ─ 2 ─ {3 ─ 5 ─ 6, 4}; 7 beside 2
    for (const auto& [id, parent] :
         {std::pair(1, 0), {2, 1}, {3, 2}, {4, 2}, {5, 3}, {6, 5}, {7, 1}}) {
        directory.fold(area(id, parent));
    }
    const auto near = [&](std::int64_t id) { return directory.areas_near(AreaId{id}); };
    EXPECT_EQ(near(3), (std::vector{AreaId{2}, AreaId{4}, AreaId{5}, AreaId{6}}));
    EXPECT_EQ(near(6), (std::vector{AreaId{5}}));
    EXPECT_EQ(near(1).size(), 6U) << "all are below it";
    EXPECT_TRUE(near(99).empty());
    EXPECT_TRUE(near(0).empty());
    directory.fold(area(3, 6));  // a correction that leads in a circle
    EXPECT_FALSE(near(5).empty());
}

}  // namespace
}  // namespace zt
