// The past under other rules: acts stay, due dates, lapses and figures follow. Told by verbs on the
// shipped kinds, under packs that change one number.

#include "build/story.hpp"
#include "service/rehearsal.hpp"

#include <gtest/gtest.h>

namespace zt::service {
namespace {

using build::Story;

SharedRules rules_with(const std::string& numbers) {
    Definitions definitions = build::shipped_definitions();
    definitions.packs.emplace_back(
        "other.yaml",
        "pack: other\nversion: 1\ntitle: {zh: 甲, en: a}\nsource: s\nextends: county-default\n" +
            numbers
    );
    const auto rules = build_rules(definitions, "other", "cn", "small");
    EXPECT_TRUE(rules.has_value()) << (rules ? "" : to_string(rules.error()));
    return rules.value_or(nullptr);
}

Rehearsal under(Story& story, const SharedRules& rules, const char* from = "2022-08-01") {
    auto rehearsal =
        rehearse(story.store(), {rules.get(), &story.ledger().directory(), *parse_date(from)});
    EXPECT_TRUE(rehearsal.has_value()) << (rehearsal ? "" : to_string(rehearsal.error()));
    return std::move(rehearsal).value_or(Rehearsal{});
}

std::string count(const views::Figures& figures, std::string_view name) {
    const auto table = figures.table({});
    for (const auto& [one, value] : table->rows.front().values) {
        if (one == name) {
            return value.count;
        }
    }
    return "none";
}

std::string due(UtcMs at) { return to_office_string(at); }

/// What became of that clock; empty fields when nothing changed.
ClockDifference of_clock(const Rehearsal& rehearsal, std::string_view clock) {
    for (const ClockDifference& one : rehearsal.differences) {
        if (one.clock == clock) {
            return one;
        }
    }
    return {};
}

TEST(rehearsal, under_its_own_rules_the_past_stays_as_it_was) {
    Story story;
    const MatterId appeal = story.appeal_in("handling");
    story.at("2022-08-03 10:00").as("office.clerk");
    story.does(Verb::pause, appeal, {{"reason", "expert"}});
    story.at("2022-08-05 10:00").does(Verb::resume, appeal);
    story.at("2022-08-08 10:00").as("供电公司.handler");
    story.does(Verb::ask_extension, appeal, {{"length", "3wd"}, {"reason", "complex"}});
    story.as("office.signer").does(Verb::grant_extension, appeal, {{"length", "3wd"}});
    story.at("2022-08-20 10:00").answer_and_close(appeal);
    const Rehearsal same = under(story, rules_with(""));
    EXPECT_EQ(same.matters, 1);
    EXPECT_GT(same.clocks, 4);
    EXPECT_TRUE(same.differences.empty()) << same.differences.front().clock;
    for (const char* const name : {"closed", "closed_late", "signed_late", "responded_late"}) {
        EXPECT_EQ(count(same.before, name), "1") << name;
        EXPECT_EQ(count(same.after, name), "1") << name;
    }
}

TEST(rehearsal, a_shorter_clock_lapses_before_the_reply_and_the_figures_say_so) {
    Story story;
    const MatterId appeal = story.appeal_in("handling");
    story.at("2022-08-05 10:00").answer_and_close(appeal);
    const Rehearsal shorter =
        under(story, rules_with("clocks:\n  appeal.handle: {length: 2wd, source: s}\n"));
    const ClockDifference handle = of_clock(shorter, "handle");
    EXPECT_EQ(due(handle.due_before), "2022-08-09 00:00");
    EXPECT_EQ(due(handle.due_after), "2022-08-04 00:00");
    EXPECT_FALSE(handle.was_late);
    EXPECT_TRUE(handle.would_be_late);
    EXPECT_EQ(count(shorter.before, "closed_on_time"), "1");
    EXPECT_EQ(count(shorter.after, "closed_on_time"), "0");
    EXPECT_EQ(count(shorter.after, "closed_late"), "1");
}

TEST(rehearsal, a_longer_clock_takes_a_lapse_back) {
    Story story;
    const MatterId appeal = story.appeal_in("handling");
    story.at("2022-08-03 10:00").answer_and_close(appeal);
    const Rehearsal longer =
        under(story, rules_with("clocks:\n  appeal.sign: {length: 5wd, source: s}\n"));
    EXPECT_TRUE(of_clock(longer, "sign").was_late);
    EXPECT_FALSE(of_clock(longer, "sign").would_be_late);
    EXPECT_EQ(count(longer.before, "signed_late"), "1");
    EXPECT_EQ(count(longer.after, "signed_on_time"), "1");
    EXPECT_EQ(of_clock(longer, "contact"), ClockDifference{});
}

TEST(rehearsal, pauses_and_extensions_keep_their_own_length) {
    Story story;
    const MatterId appeal = story.appeal_in("handling");
    story.at("2022-08-02 10:00").as("office.clerk");
    story.does(Verb::pause, appeal, {{"reason", "expert"}});
    story.at("2022-08-03 10:00").does(Verb::resume, appeal);
    const Rehearsal paused =
        under(story, rules_with("clocks:\n  appeal.handle: {length: 10wd, source: s}\n"));
    // Two days of the pause are touched, so ten working days from 2 August on end on the 17th.
    EXPECT_EQ(due(of_clock(paused, "handle").due_before), "2022-08-11 00:00");
    EXPECT_EQ(due(of_clock(paused, "handle").due_after), "2022-08-18 00:00");
    story.at("2022-08-08 10:00").as("供电公司.handler");
    story.does(Verb::ask_extension, appeal, {{"length", "3wd"}, {"reason", "complex"}});
    story.as("office.signer").does(Verb::grant_extension, appeal, {{"length", "3wd"}});
    const Rehearsal extended =
        under(story, rules_with("clocks:\n  appeal.handle: {length: 10wd, source: s}\n"));
    EXPECT_EQ(due(of_clock(extended, "handle").due_before), "2022-08-16 00:00");
    EXPECT_EQ(due(of_clock(extended, "handle").due_after), "2022-08-23 00:00");
}

TEST(rehearsal, ratings_weigh_what_the_other_pack_says) {
    Story story;
    const MatterId appeal = story.appeal_in("handling");
    story.at("2022-08-01 09:30").answer_and_close(appeal);
    story.at("2022-08-02 09:00").as_requester();
    story.does(Verb::rate, appeal, {{"satisfaction", "basically"}, {"solved", "partly"}});
    const Rehearsal strict = under(
        story,
        rules_with("weights:\n  appeal.satisfaction: {answers: {satisfied: 1, basically: 0.5, "
                   "dissatisfied: 0}, source: s}\n")
    );
    EXPECT_TRUE(strict.differences.empty());
    EXPECT_EQ(count(strict.before, "rating_weight"), "0.8");
    EXPECT_EQ(count(strict.after, "rating_weight"), "0.5");
}

TEST(rehearsal, matters_registered_before_the_first_day_stay_as_they_were) {
    Story story;
    const MatterId appeal = story.appeal_in("handling");
    story.at("2022-08-05 10:00").answer_and_close(appeal);
    const auto rules = rules_with("clocks:\n  appeal.handle: {length: 2wd, source: s}\n");
    const Rehearsal later = under(story, rules, "2022-08-02");
    EXPECT_EQ(later.matters, 0);
    EXPECT_TRUE(later.differences.empty());
    EXPECT_EQ(count(later.after, "closed_on_time"), "1");
}

}  // namespace
}  // namespace zt::service
