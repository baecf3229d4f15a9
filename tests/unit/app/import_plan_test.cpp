// A row through a map: verbs, times, fields; what makes a row refused.

#include "app/import/row_plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zt::app {
namespace {

using testing::HasSubstr;

constexpr std::string_view map_text = R"(map: sample
version: 1
title: {zh: 样例, en: Sample}
source: sample
kind: appeal
format: jsonl
id: [box, number]
hour: "12:00"
times:
  - columns: [came, answered, due]
    formats: [y-M-d H:m, y-M-d]
steps:
  - do: register
    at: came
    set: {channel: web}
    take:
      title: subject
      text: {column: body, trim: no}
      purpose:
        column: sort
        words:
          - {from: [ask], to: inquiry}
        else: help
  - do: accept
    take: {due: due}
  - do: transfer
    repeat: moves
    set: {to: intake}
  - do: reply
    at: {column: answered, else: came, plus_days: days}
    when:
      - {column: answer, given: yes}
    take: {text: answer}
)";

Row row_with(std::vector<std::pair<std::string, std::string>> cells) {
    auto columns = std::make_shared<std::vector<std::string>>();
    Row row;
    row.line = 7;
    for (auto& [name, value] : cells) {
        columns->push_back(std::move(name));
        row.values.push_back(std::move(value));
    }
    row.columns = columns;
    return row;
}

/// The plan as lines "VERB TIME[~] field=text …", or the error.
std::vector<std::string> plan(std::vector<std::pair<std::string, std::string>> cells) {
    static const auto map = kindfile::read_map_file(map_text, "m.yaml");
    const auto planned = plan_row(*map, row_with(std::move(cells)));
    if (!planned) {
        return {to_string(planned.error())};
    }
    std::vector<std::string> lines;
    for (const auto& step : planned->steps) {
        std::string line = std::string(row_of(step.verb).name) + " " + to_office_string(step.at);
        line += step.is_estimated ? "~" : "";
        for (const auto& field : step.fields) {
            line +=
                " " + field.name + "=" + field.text + (field.formats != nullptr ? "(time)" : "");
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

TEST(row_plan, takes_fields_from_constants_columns_and_words) {
    EXPECT_EQ(
        plan(
            {{"box", "A"},
             {"number", "1"},
             {"came", " 2019-04-01 09:30 "},
             {"subject", "　lamp\n"},
             {"body", " dark "},
             {"sort", "ask"},
             {"due", "2019-04-09"}}
        ),
        (std::vector<std::string>{
            "register 2019-04-01 09:30 channel=web title=lamp text= dark  purpose=inquiry",
            "accept 2019-04-01 09:30 due=2019-04-09(time)"
        })
    );
}

TEST(row_plan, a_word_that_is_not_listed_takes_else) {
    EXPECT_THAT(
        plan({{"box", "A"}, {"number", "1"}, {"came", "2019-04-01 09:30"}, {"sort", "other"}})
            .at(0),
        testing::EndsWith("channel=web purpose=help")
    );
}

TEST(row_plan, a_date_without_hour_takes_the_hour_of_the_map_but_not_before_the_step_ahead) {
    const auto at_noon = plan(
        {{"box", "A"},
         {"number", "1"},
         {"came", "2019-04-01"},
         {"answered", "2019-04-03"},
         {"days", "0"},
         {"answer", "yes"}}
    );
    EXPECT_EQ(at_noon.front(), "register 2019-04-01 12:00 channel=web purpose=help");
    EXPECT_EQ(at_noon.back(), "reply 2019-04-03 12:00 text=yes");
    const auto same_day = plan(
        {{"box", "A"},
         {"number", "1"},
         {"came", "2019-04-01 15:00"},
         {"answered", "2019-04-01"},
         {"days", "0"},
         {"answer", "yes"}}
    );
    EXPECT_EQ(same_day.back(), "reply 2019-04-01 15:00 text=yes");
}

TEST(row_plan, days_are_added_and_the_second_column_stands_in) {
    const auto lines = plan(
        {{"box", "A"}, {"number", "1"}, {"came", "2019-02-27"}, {"days", "3.0"}, {"answer", "yes"}}
    );
    EXPECT_EQ(lines.back(), "reply 2019-03-02 12:00 text=yes");
}

TEST(row_plan, repeated_steps_lie_evenly_and_are_estimated) {
    EXPECT_EQ(
        plan(
            {{"box", "A"},
             {"number", "1"},
             {"came", "2019-04-01 08:00"},
             {"moves", "3"},
             {"answered", "2019-04-01 16:00"},
             {"days", "0"},
             {"answer", "yes"}}
        ),
        (std::vector<std::string>{
            "register 2019-04-01 08:00 channel=web purpose=help",
            "accept 2019-04-01 08:00",
            "transfer 2019-04-01 10:00~ to=intake",
            "transfer 2019-04-01 12:00~ to=intake",
            "transfer 2019-04-01 14:00~ to=intake",
            "reply 2019-04-01 16:00 text=yes"
        })
    );
}

TEST(row_plan, repeated_steps_with_nothing_behind_stand_with_the_step_ahead) {
    const auto lines =
        plan({{"box", "A"}, {"number", "1"}, {"came", "2019-04-01 08:00"}, {"moves", "2"}});
    EXPECT_EQ(lines.size(), 4U);
    EXPECT_EQ(lines.back(), "transfer 2019-04-01 08:00~ to=intake");
}

TEST(row_plan, says_which_column_is_wrong) {
    const auto with = [](std::string name, std::string value) {
        std::vector<std::pair<std::string, std::string>> cells{
            {"box", "A"},
            {"number", "1"},
            {"came", "2019-04-01 08:00"},
            {"answer", "yes"},
            {"days", "1"},
            {"moves", ""}
        };
        for (auto& [column, cell] : cells) {
            cell = column == name ? value : cell;
        }
        return plan(cells).at(0);
    };
    EXPECT_THAT(
        with("number", " "),
        testing::AllOf(HasSubstr("column 'number'"), HasSubstr("missing_field"))
    );
    EXPECT_THAT(
        with("came", ""), testing::AllOf(HasSubstr("column 'came'"), HasSubstr("missing_field"))
    );
    EXPECT_THAT(
        with("came", "2019-02-29 08:00"),
        testing::AllOf(HasSubstr("no such day"), HasSubstr("bad_date"))
    );
    EXPECT_THAT(with("came", "soon"), HasSubstr("'soon' is not of the form `y-M-d H:m`, `y-M-d`"));
    EXPECT_THAT(
        with("days", ""), testing::AllOf(HasSubstr("column 'days'"), HasSubstr("bad_number"))
    );
    EXPECT_THAT(
        with("days", "-1"), testing::AllOf(HasSubstr("column 'days'"), HasSubstr("bad_number"))
    );
    EXPECT_THAT(with("moves", "2000"), HasSubstr("more than can be meant"));
}

TEST(row_plan, the_parts_of_an_id_do_not_run_together) {
    const auto map = kindfile::read_map_file(map_text, "m.yaml");
    const auto one = row_id(*map, row_with({{"box", "1"}, {"number", "23"}}));
    const auto other = row_id(*map, row_with({{"box", "12"}, {"number", "3"}}));
    EXPECT_NE(one.value_or("a"), other.value_or("a"));
}

}  // namespace
}  // namespace zt::app
