// The runner itself: scripts that fail are reported at the right line with what would be right,
// scripts that hold pass.

#include "app/scenario/suite.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zt::app::scenario {
namespace {

using testing::HasSubstr;

constexpr std::string_view head = "kind appeal pack county-default calendar cn place small\n";
constexpr std::string_view begins =
    "at 2022-08-01 09:00 as office.clerk register a1 channel=hotline title=停电 -> registered due accept 2022-08-01 11:00\n";

Played play_text(const std::string& text) {
    const auto files = Definitions::find(ZT_SOURCE_DIR "/kinds");
    EXPECT_TRUE(files.has_value());
    Suite suite(*files);
    suite.play_text(text, ZT_SOURCE_DIR "/kinds/inline.case");
    suite.judge_coverage();
    return suite.played().front();
}

Outcome outcome_of(const std::string& text) { return play_text(text).outcome; }

std::string with_head(std::string_view lines) { return std::string(head) + std::string(lines); }

/// The only failure; fails the test when there is none or more.
Failure only_failure(const std::string& text) {
    const Outcome outcome = outcome_of(text);
    EXPECT_EQ(outcome.failures.size(), 1U);
    return outcome.failures.empty() ? Failure{} : outcome.failures.front();
}

TEST(runner, a_script_that_holds_passes) {
    const Outcome outcome = outcome_of(with_head(begins));
    EXPECT_EQ(outcome.steps, 1);
    EXPECT_TRUE(outcome.failures.empty()) << outcome.failures.front().message;
}

TEST(runner, another_stage_is_told_with_its_line_and_the_log) {
    const Failure failure = only_failure(with_head(
        "# a comment\nat 2022-08-01 09:00 as office.clerk register a1 channel=hotline title=停电 -> accepted\n"
    ));
    EXPECT_EQ(failure.line, 3);
    EXPECT_THAT(failure.message, HasSubstr("expected: accepted"));
    EXPECT_THAT(failure.message, HasSubstr("but got:  registered"));
    EXPECT_THAT(failure.log, HasSubstr("office.clerk"));
}

TEST(runner, another_due_is_told) {
    const Failure failure = only_failure(
        with_head("at 2022-08-01 09:00 as office.clerk register a1 channel=hotline title=停电\n"
                  "   -> registered due accept 2022-08-01 12:00\n")
    );
    EXPECT_THAT(failure.message, HasSubstr("but got:  registered due accept 2022-08-01 11:00"));
}

TEST(runner, a_refusal_nobody_expected_is_told_with_its_reason) {
    const Failure failure = only_failure(with_head(
        "at 2022-08-01 09:00 as 供电公司.handler register a1 channel=hotline title=停电\n"
    ));
    EXPECT_THAT(failure.message, HasSubstr("refused wrong_role"));
}

TEST(runner, a_refusal_that_does_not_come_is_told) {
    const Failure failure = only_failure(with_head(
        std::string(begins) +
        "at 2022-08-01 09:10 as office.clerk accept a1 -> refused wrong_role\n"
    ));
    EXPECT_EQ(failure.line, 3);
    EXPECT_THAT(failure.message, HasSubstr("but got:  accepted"));
}

TEST(runner, a_lapse_is_told_by_matter_and_clock) {
    EXPECT_TRUE(
        outcome_of(
            with_head(
                std::string(begins) +
                "at 2022-08-01 10:59 tick -> nothing\nat 2022-08-01 11:00 tick -> a1 lapsed accept\n"
            )
        )
            .failures.empty()
    );
    const Failure failure =
        only_failure(with_head(std::string(begins) + "at 2022-08-01 11:00 tick -> nothing\n"));
    EXPECT_THAT(failure.message, HasSubstr("but got:  a1 lapsed accept"));
}

TEST(runner, expectations_notices_and_figures_are_compared_word_by_word) {
    const std::string first(begins);
    EXPECT_THAT(
        only_failure(with_head(first + "expect a1 stage=accepted turn=1\n")).message,
        HasSubstr("but got:  a1 stage=registered turn=1")
    );
    EXPECT_THAT(
        only_failure(with_head(first + "figures received=2 accepted=0\n")).message,
        HasSubstr("but got:  received=1 accepted=0")
    );
    EXPECT_THAT(
        only_failure(with_head(first + "notices a1 nobody=1\n")).message,
        HasSubstr("but got:  a1 nobody=0")
    );
}

TEST(runner, time_may_not_go_back) {
    const Failure failure = only_failure(
        with_head(std::string(begins) + "at 2022-08-01 08:00 as office.clerk accept a1\n")
    );
    EXPECT_EQ(failure.line, 3);
    EXPECT_THAT(failure.message, HasSubstr("time goes back"));
}

TEST(runner, a_for_line_names_the_iteration) {
    const Outcome outcome = outcome_of(with_head(
        "for i in 1..3 at 2022-08-01 09:00 as office.clerk register a$i channel=hotline title=停电$i -> registered\n"
        "expect a2 number=ZT-2022-000002\n"
        "for i in 1..3 at 2022-08-01 09:01 as office.clerk accept a$i -> closed\n"
        "figures accepted=3\n"
    ));
    ASSERT_EQ(outcome.failures.size(), 3U);
    EXPECT_EQ(outcome.failures[1].line, 4);
    EXPECT_EQ(outcome.failures[1].iteration, "i=2");
}

TEST(runner, verbs_joined_by_plus_happen_all_or_not_at_all) {
    const Outcome outcome = outcome_of(with_head(
        "at 2022-08-01 09:00 as office.clerk register a1 channel=web title=问 + accept a1 + close a1 -> refused "
        "wrong_stage\n"
        "figures received=0\n"
        "at 2022-08-01 09:00 as office.clerk register a1 channel=web title=问 + accept -> accepted\n"
        "figures received=1 accepted=1\n"
    ));
    for (const auto& failure : outcome.failures) {
        ADD_FAILURE() << failure.line << ": " << failure.message;
    }
}

TEST(runner, accept_rewrites_expectations_in_place_and_nothing_else) {
    const std::string text =
        "kind appeal place small  # head\n"
        "at 2022-08-01 09:00 as office.clerk register a1 channel=web title=\"a # b\"  "
        "-> closed due accept 2022-08-09  # why\n"
        "\n"
        "expect a1   stage=closed number=X # see\n"
        "at 2022-08-01 10:00 as office.clerk\n"
        "    accept a1\n"
        "    -> refused wrong_role\n"
        "figures accepted=7\n";
    const Played played = play_text(text);
    EXPECT_EQ(
        corrected(played.script, played.outcome.corrections),
        "kind appeal place small  # head\n"
        "at 2022-08-01 09:00 as office.clerk register a1 channel=web title=\"a # b\"  "
        "-> registered due accept 2022-08-01"
        "  # why\n"
        "\n"
        "expect a1 stage=registered number=ZT-2022-000001  # see\n"
        "at 2022-08-01 10:00 as office.clerk\n"
        "    accept a1\n"
        "    -> accepted\n"
        "figures accepted=1\n"
    );
}

TEST(runner, what_was_accepted_passes) {
    const Played first = play_text(with_head(
        "at 2022-08-01 09:00 as office.clerk register a1 channel=web title=问 -> closed due accept 2022-08-09 10:00\n"
        "at 2022-08-01 12:00 tick -> nothing\n"
        "expect a1 lamp=green rating bad\n"
    ));
    EXPECT_EQ(first.outcome.failures.size(), 3U);
    const Outcome again = outcome_of(corrected(first.script, first.outcome.corrections));
    EXPECT_TRUE(again.failures.empty()) << again.failures.front().message;
}

TEST(runner, coverage_names_what_was_never_shown) {
    const Outcome outcome = outcome_of(with_head(std::string(begins) + "coverage all\n"));
    ASSERT_EQ(outcome.failures.size(), 1U);
    EXPECT_EQ(outcome.failures.front().line, 3);
    EXPECT_THAT(outcome.failures.front().message, HasSubstr("verb accept in registered"));
    EXPECT_THAT(outcome.failures.front().message, HasSubstr("guard reason_in(refuse) refused"));
    EXPECT_THAT(outcome.failures.front().message, HasSubstr("lapse of accept"));
    EXPECT_THAT(outcome.failures.front().message, Not(HasSubstr("clock accept started")));
}

TEST(runner, a_place_or_pack_that_is_missing_is_told) {
    EXPECT_THAT(only_failure("kind appeal place nowhere\n").message, HasSubstr("nowhere"));
    EXPECT_THAT(only_failure("kind appeal pack none place small\n").message, HasSubstr("none"));
}

struct Malformed {
    std::string_view text;
    int line;
    std::string_view told;
};

TEST(script, what_is_malformed_is_refused_with_its_line) {
    const Malformed rows[] = {
        {"kind appeal\nat noon as office.clerk accept a1\n", 2, "no time"},
        {"kind appeal\nat 2022-02-30 09:00 as office.clerk accept a1\n", 2, "no time"},
        {"kind appeal\nat 2022-08-01 09:00 as office accept a1\n", 2, "ORG.POST"},
        {"kind appeal\nat 2022-08-01 09:00 by office.clerk accept a1\n", 2, "is expected"},
        {"kind appeal\nat 2022-08-01 09:00 as office.clerk accept\n", 2, "name of a matter"},
        {"kind appeal\nat 2022-08-01 09:00 as office.clerk accept a1 text\n", 2, "field=value"},
        {"kind appeal\nat 2022-08-01 09:00 as office.clerk accept a1 text=\"x\n", 2, "not closed"},
        {"kind appeal\n\nfor i in 9..1 at 2022-08-01 09:00 tick\n", 3, "for NAME in"},
        {"kind appeal\nfigures accepted=1\nplace small\n", 3, "no line of a script"},
        {"kind\n", 1, "a name after"},
        {"origin nowhere\n", 1, "origin live"},
        {"kind appeal\nexpect\n", 2, "needs more words"},
    };
    for (const auto& row : rows) {
        const auto script = parse_script(row.text, "x.case");
        ASSERT_FALSE(script.has_value()) << row.text;
        EXPECT_EQ(script.error().at, "x.case:" + std::to_string(row.line)) << row.text;
        EXPECT_THAT(script.error().detail, HasSubstr(std::string(row.told)));
    }
}

TEST(script, words_and_quotes_come_back_as_written) {
    const auto script = parse_script(
        "at 2022-08-01 09:00 as office.clerk behalf 街道办.clerk register a1 "
        "title=\"a \\\"b\\\" # c\" list=x,y + accept\n",
        "x.case"
    );
    ASSERT_TRUE(script.has_value());
    const ScriptLine& line = script->lines.front();
    EXPECT_EQ(line.actor.on_behalf, "街道办.clerk");
    ASSERT_EQ(line.commands.size(), 2U);
    EXPECT_EQ(line.commands[0].fields[0].value, "a \"b\" # c");
    EXPECT_EQ(line.commands[1].matter, "a1");
    EXPECT_EQ(to_string(line.commands[0].fields), "title=\"a \\\"b\\\" # c\" list=x,y");
}

}  // namespace
}  // namespace zt::app::scenario
