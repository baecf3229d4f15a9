// Who fills each role of a kind in a place.

#include "kindfile/check.hpp"
#include "kindfile/place_file.hpp"
#include "unit/kindfile/place_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zt::kindfile {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const std::string source = ZT_SOURCE_DIR;
const Date day = parse_date("2022-08-01").value();

Kind complaint() {
    const auto text = read_text_file(source + "/tests/kinds_good/complaint.yaml");
    return read_kind(text.value_or(""), "complaint.yaml").value_or(Kind{});
}

PlaceReport report_of(const std::string& place_text) {
    const auto place = read_place(place_text, "p.yaml");
    EXPECT_TRUE(place.has_value()) << (place ? "" : to_string(place.error().front()));
    return check_place(complaint(), directory_of(*place), day);
}

const std::string head =
    "place: p\ntitle: {zh: 甲, en: p}\nlevel: county\npack: county-default\ncalendar: cn\nintake: office\norgs:\n";

TEST(place_report, the_small_place_fills_every_role_of_the_county_office) {
    const auto text = read_text_file(source + "/kinds/places/small.yaml");
    const PlaceReport report = report_of(text.value_or(""));
    EXPECT_THAT(
        report.lines,
        Contains(HasSubstr("complaint @ office: clerk (主管办公室的受理员) = office.clerk"))
    );
    EXPECT_THAT(report.lines, Contains(HasSubstr("supervision.supervisor")));
    EXPECT_THAT(report.lines, Contains(HasSubstr("callback.callback")));
    EXPECT_THAT(report.missing, Not(Contains(HasSubstr("@ office:"))));
    EXPECT_THAT(report.missing, Not(Contains(HasSubstr("stands apart"))));
}

TEST(place_report, a_role_that_nobody_fills_is_missing) {
    const PlaceReport report = report_of(
        head + "  - {code: office, name: 办, functions: office, posts: [{key: clerk, title: 员}]}\n"
    );
    EXPECT_THAT(report.missing, Contains(HasSubstr("callback (未参与办理单位的回访员): nobody")));
    EXPECT_THAT(report.missing, Contains(HasSubstr("supervisor")));
    EXPECT_THAT(report.missing, Not(Contains(HasSubstr("clerk ("))));
}

TEST(place_report, a_desk_above_the_only_worker_cannot_stand_apart) {
    const PlaceReport report = report_of(
        head +
        "  - code: office\n    name: 办\n    functions: office\n    posts: [{key: callback, title: 访}]\n"
        "    below:\n      - {code: unit, name: 局, posts: [{key: handler, title: 员}]}\n"
    );
    EXPECT_THAT(
        report.missing, Contains(HasSubstr("when unit works on a matter no callback stands apart"))
    );
}

TEST(place_report, a_place_without_the_office_is_told) {
    Kind kind = complaint();
    kind.office_function = "proposal";
    const auto place =
        read_place(head + "  - {code: office, name: 办, functions: office}\n", "p.yaml");
    ASSERT_TRUE(place.has_value());
    const PlaceReport report = check_place(kind, directory_of(*place), day);
    EXPECT_THAT(report.missing, Contains(HasSubstr("no org has the function proposal")));
}

}  // namespace
}  // namespace zt::kindfile
