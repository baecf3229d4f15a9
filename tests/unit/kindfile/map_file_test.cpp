// Map files and the forms of times: what is read, and what is refused with its place.

#include "kindfile/map_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zt::kindfile {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

std::string read(std::string_view format, std::string_view text) {
    const auto parsed = TimeFormat::parse(format);
    if (!parsed) {
        return "format: " + parsed.error().detail;
    }
    const auto written = parsed->read(text);
    if (!written) {
        return std::string(name_of(written.error().code));
    }
    std::string out = zt::to_string(written->day);
    if (written->time_of_day) {
        out = to_office_string(start_of(written->day) + *written->time_of_day);
    }
    return out;
}

TEST(time_format, reads_what_sources_write) {
    EXPECT_EQ(read("y/M/d H:m:s", "2019/4/25 9:32:09"), "2019-04-25 09:32:09");
    EXPECT_EQ(read("y-M-d H:m:s", "2017-06-08 17:31:20"), "2017-06-08 17:31:20");
    EXPECT_EQ(read("y/M/d", "2018/4/24"), "2018-04-24");
    EXPECT_EQ(read("MM/dd/yyyy", "12/08/2016"), "2016-12-08");
    EXPECT_EQ(read("dd/MM/yyyy", "12/08/2016"), "2016-08-12");
    EXPECT_EQ(read("MM/dd/yyyy hh:mm:ss a", "04/12/2018 12:45:48 PM"), "2018-04-12 12:45:48");
    EXPECT_EQ(read("MM/dd/yyyy hh:mm:ss a", "04/12/2018 12:05:00 am"), "2018-04-12 00:05");
    EXPECT_EQ(read("y年M月d日 ah:m", "2019年4月5日 下午3:20"), "2019-04-05 15:20");
    EXPECT_EQ(
        read("yyyy-MM-ddTHH:mm:ss.SSS", "2012-01-02T03:04:05.678"), "2012-01-02 03:04:05.678"
    );
}

TEST(time_format, refuses_other_forms_and_days_that_do_not_exist) {
    EXPECT_EQ(read("y/M/d H:m:s", "2019/4/25"), "bad_value");
    EXPECT_EQ(read("y/M/d", "2019/4/25 9:32:09"), "bad_value");
    EXPECT_EQ(read("MM/dd/yyyy", "1/2/2016"), "bad_value");
    EXPECT_EQ(read("y-M-d", "19-04-25"), "bad_value");
    EXPECT_EQ(read("y/M/d", "2019/2/29"), "bad_date");
    EXPECT_EQ(read("y/M/d", "2019/0/29"), "bad_date");
    EXPECT_EQ(read("MM/dd/yyyy", "25/12/2016"), "bad_date");
    EXPECT_EQ(read("y/M/d H:m", "2019/2/28 24:00"), "bad_date");
    EXPECT_EQ(read("MM/dd/yyyy hh:mm:ss a", "04/12/2018 13:00:00 PM"), "bad_date");
}

TEST(time_format, refuses_formats_that_cannot_mean_a_time) {
    EXPECT_THAT(read("y/d", ""), HasSubstr("needs y, M and d"));
    EXPECT_THAT(read("y/M/d D", ""), HasSubstr("is no part of a time"));
    EXPECT_THAT(read("y/M/d h:m", ""), HasSubstr("h goes with a"));
    EXPECT_THAT(read("y/M/d/M", ""), HasSubstr("stands twice"));
    EXPECT_THAT(read("yy/M/d", ""), HasSubstr("y or yyyy"));
}

constexpr std::string_view sound = R"(map: letters
version: 1
title: {zh: 来信, en: Letters}
source: letters
kind: appeal
format: csv
id: [box, number]
offset: "-05:00"
hour: "09:30"
times:
  - columns: [came, answered]
    formats: [y-M-d H:m, y-M-d]
steps:
  - do: register
    at: came
    set: {channel: letter}
    take:
      title: subject
      purpose:
        column: sort
        words:
          - {from: [ask, question], to: inquiry}
        else: help
  - do: transfer
    repeat: passed_on
    set: {to: intake}
  - do: reply
    at: {column: answered, else: came, plus_days: days}
    when:
      - {column: answer, given: yes}
      - {column: sort, is_not: [spam]}
    take: {text: {column: answer, trim: no}}
)";

TEST(map_file, reads_every_key) {
    const auto map = read_map_file(sound, "maps/letters.yaml");
    ASSERT_TRUE(map) << to_string(map.error().front());
    EXPECT_EQ(map->name, "letters");
    EXPECT_EQ(map->format, RowFormat::csv);
    EXPECT_EQ(map->offset.value, -5h);
    EXPECT_EQ(map->hour, 9h + 30min);
    EXPECT_EQ(map->org, "intake");
    ASSERT_EQ(map->id.size(), 2U);
    EXPECT_EQ(map->id[1], (ColumnUse{"number", "maps/letters.yaml:7"}));
    ASSERT_EQ(map->steps.size(), 3U);
    const MapStep& first = map->steps[0];
    EXPECT_EQ(first.verb, Verb::register_);
    EXPECT_EQ(first.set.at(0).value, "letter");
    EXPECT_EQ(first.take.at(1).otherwise, "help");
    EXPECT_EQ(first.take.at(1).words.at(0).from, (std::vector<std::string>{"ask", "question"}));
    EXPECT_EQ(map->steps[1].repeat->name, "passed_on");
    const MapStep& reply = map->steps[2];
    EXPECT_EQ(reply.time.otherwise->name, "came");
    EXPECT_EQ(reply.time.days_later->name, "days");
    EXPECT_EQ(reply.when.at(1).test, RowCondition::Test::is_not);
    EXPECT_FALSE(reply.take.at(0).is_trimmed);
    EXPECT_EQ(map->formats_of("answered")->size(), 2U);
    EXPECT_EQ(map->formats_of("subject"), nullptr);
}

/// The first error of the sound map with one text put for another.
std::string error_with(std::string_view from, std::string_view to) {
    std::string text(sound);
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    const auto map = read_map_file(text, "m.yaml");
    return map ? std::string("no error") : to_string(map.error().front());
}

TEST(map_file, says_where_and_what_is_wrong) {
    EXPECT_THAT(
        error_with("times:", "tmies:"),
        testing::AllOf(HasSubstr("m.yaml:10"), HasSubstr("did you mean times"))
    );
    EXPECT_THAT(
        error_with("do: transfer", "do: transfre"),
        testing::AllOf(HasSubstr("m.yaml:24"), HasSubstr("transfer"))
    );
    EXPECT_THAT(error_with("y-M-d H:m,", "y-X-d,"), HasSubstr("is no part of a time"));
    EXPECT_THAT(error_with("hour: \"09:30\"\n", ""), HasSubstr("the key `hour` must say"));
    EXPECT_THAT(error_with("\"09:30\"", "\"9.30\""), HasSubstr("is no hour"));
    EXPECT_THAT(error_with("\"-05:00\"", "\"EST\""), HasSubstr("is no offset"));
    EXPECT_THAT(error_with("at: came", "at: subject"), HasSubstr("holds no times"));
    EXPECT_THAT(error_with("    at: came\n", ""), HasSubstr("the first step is `register`"));
    EXPECT_THAT(error_with("given: yes", "given: yes, is: [x]"), HasSubstr("exactly one of"));
    EXPECT_THAT(error_with("do: reply", "do: register"), HasSubstr("one row is one matter"));
    EXPECT_THAT(
        error_with("repeat: passed_on", "repeat: passed_on\n    at: came"),
        HasSubstr("are estimated")
    );
    EXPECT_THAT(error_with("{channel: letter}", "{title: x}"), HasSubstr("is set and taken"));
}

TEST(map_file, unknown_columns_are_named_with_the_nearest) {
    const auto map = read_map_file(sound, "m.yaml");
    ASSERT_TRUE(map);
    const std::vector<std::string> columns{
        "box", "number", "came", "answered", "subjct", "sort", "passed_on", "days", "answer"
    };
    const auto errors = check_columns(*map, columns);
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].code, Errc::unknown_column);
    EXPECT_EQ(errors[0].at, "m.yaml:18");
    EXPECT_THAT(
        errors[0].detail, testing::AllOf(HasSubstr("'subject'"), HasSubstr("did you mean subjct?"))
    );
}

TEST(map_file, kind_verbs_and_fields_must_exist) {
    const auto map = read_map_file(sound, "m.yaml");
    ASSERT_TRUE(map);
    EXPECT_EQ(check_map(*map, Kinds{}).at(0).code, Errc::unknown_kind);
    const auto kinds = load_kinds(std::filesystem::path(ZT_SOURCE_DIR) / "kinds");
    ASSERT_TRUE(kinds);
    EXPECT_EQ(check_map(*map, kinds->kinds), Errors{});
    std::string text(sound);
    text.replace(text.find("title: subject"), 5, "titel");
    const auto wrong = read_map_file(text, "m.yaml");
    ASSERT_TRUE(wrong);
    const auto errors = check_map(*wrong, kinds->kinds);
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].code, Errc::unknown_field);
    EXPECT_THAT(errors[0].detail, HasSubstr("did you mean title"));
}

class shipped_map : public testing::TestWithParam<const char*> {};

TEST_P(shipped_map, is_sound_and_fits_the_shipped_kinds) {
    const std::string file = std::string("maps/") + GetParam() + ".yaml";
    const auto text = read_text_file(std::filesystem::path(ZT_SOURCE_DIR) / file);
    ASSERT_TRUE(text);
    const auto map = read_map_file(*text, file);
    ASSERT_TRUE(map) << to_string(map.error().front());
    EXPECT_EQ(map->name, GetParam());
    const auto kinds = load_kinds(std::filesystem::path(ZT_SOURCE_DIR) / "kinds");
    ASSERT_TRUE(kinds);
    EXPECT_EQ(check_map(*map, kinds->kinds), Errors{});
}

INSTANTIATE_TEST_SUITE_P(
    all, shipped_map, testing::Values("messages", "orders", "proposals", "us311")
);

}  // namespace
}  // namespace zt::kindfile
