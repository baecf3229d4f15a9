#include "kindfile/place_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace zt::kindfile {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string source = ZT_SOURCE_DIR;
const std::string head =
    "place: p\ntitle: {zh: 甲, en: p}\nlevel: county\npack: county-default\ncalendar: cn\nintake: office\n";
const std::string office = "  - {code: office, name: 办, functions: office}\n";

std::string first_error(const std::string& text) {
    const auto place = read_place(head + text, "p.yaml");
    return place ? std::string("no error") : to_string(place.error().front());
}

TEST(place_file, shipped_and_test_places_are_sound) {
    for (const char* file : {"/places/example.yaml", "/kinds/places/small.yaml"}) {
        const auto place = load_place(source + file);
        ASSERT_TRUE(place.has_value()) << to_string(place.error().front());
        EXPECT_EQ(place->pack, "county-default");
        EXPECT_EQ(place->calendar, "cn");
        EXPECT_EQ(place->intake, "office");
        for (const char* function :
             {"office", "intake", "callback", "supervision", "outside_body"}) {
            EXPECT_TRUE(std::ranges::any_of(
                place->orgs,
                [&](const PlaceOrg& org) {
                    return std::ranges::find(org.functions, function) != org.functions.end();
                }
            )) << file
               << " " << function;
        }
        // The top of the tree, and the body outside it.
        EXPECT_EQ(std::ranges::count(place->orgs, std::string(), &PlaceOrg::parent), 2) << file;
        EXPECT_FALSE(place->duty_lists.empty());
    }
}

TEST(place_file, the_tree_gives_parent_level_and_area_to_what_stands_below) {
    const auto place = load_place(source + "/kinds/places/small.yaml");
    ASSERT_TRUE(place.has_value());
    const auto desk = std::ranges::find(place->orgs, "callback", &PlaceOrg::code);
    EXPECT_EQ(desk->parent, "county");
    EXPECT_EQ(desk->level, Level::county);
    EXPECT_EQ(desk->area, "xx");
    const auto power = std::ranges::find(place->orgs, "供电公司", &PlaceOrg::code);
    EXPECT_TRUE(power->is_outside);
    const auto signer = std::ranges::find_if(place->posts, [](const PlacePost& post) {
        return post.org == "供电公司" && post.key == "signer";
    });
    EXPECT_THAT(signer->leads, ElementsAre("供电公司"));
    EXPECT_THAT(signer->words, ElementsAre("signer"));
    EXPECT_EQ(zt::to_string(signer->from), place_from_default);
}

TEST(place_file, parents_come_before_children_however_they_are_written) {
    const auto place = read_place(
        head +
            "orgs:\n  - {code: c, name: 丙, parent: b}\n  - {code: b, name: 乙, parent: office}\n" +
            office,
        "p.yaml"
    );
    ASSERT_TRUE(place.has_value()) << to_string(place.error().front());
    EXPECT_EQ(place->orgs[0].code, "office");
    EXPECT_EQ(place->orgs[1].code, "b");
    EXPECT_EQ(place->orgs[2].code, "c");
}

TEST(place_file, the_code_of_a_person_is_never_the_name_and_equal_names_are_one_person) {
    const auto place = read_place(
        head +
            "people: {li: {name: 李甲, contact: 123}}\norgs:\n  - code: office\n    name: 办\n    functions: office\n"
            "    posts:\n      - {key: a, title: 甲, person: 张乙}\n      - {key: b, title: 乙, person: 张乙}\n"
            "      - {key: c, title: 丙, person: li}\n      - {key: d, title: 丁}\n",
        "p.yaml"
    );
    ASSERT_TRUE(place.has_value()) << to_string(place.error().front());
    EXPECT_EQ(place->people.size(), 2U);
    EXPECT_EQ(place->posts[0].person, place->posts[1].person);
    EXPECT_NE(place->posts[0].person, "张乙");
    EXPECT_EQ(place->posts[2].person, "li");
    EXPECT_EQ(place->posts[3].person, "");
}

TEST(place_file, what_does_not_exist_is_named_with_its_line) {
    EXPECT_THAT(
        first_error("orgs:\n" + office + "  - {code: b, name: 乙, parent: offce}\n"),
        HasSubstr("p.yaml:9: b: no org has the code offce; did you mean office?")
    );
    EXPECT_THAT(
        first_error(
            "orgs:\n" + office +
            "  - {code: b, name: 乙, parent: c}\n  - {code: c, name: 丙, parent: b}\n"
        ),
        HasSubstr("circle")
    );
    EXPECT_THAT(first_error("orgs:\n" + office + office), HasSubstr("stands twice"));
    EXPECT_THAT(
        first_error("orgs:\n  - {code: office, name: 办, functions: office, area: x}\n"),
        HasSubstr("no area")
    );
    EXPECT_THAT(
        first_error("orgs:\n  - {code: office, name: 办}\n"), HasSubstr("needs the function office")
    );
    EXPECT_THAT(first_error("orgs:\n  - {code: b, name: 办}\n"), HasSubstr("intake"));
    EXPECT_THAT(
        first_error(
            "orgs:\n  - {code: office, name: 办, functions: office, posts: [{key: a, title: 甲, leads: x}]}\n"
        ),
        HasSubstr("office.a leads")
    );
    EXPECT_THAT(
        first_error("orgs:\n" + office + "duty_lists: [{org: x}]\n"), HasSubstr("duty list")
    );
}

}  // namespace
}  // namespace zt::kindfile
