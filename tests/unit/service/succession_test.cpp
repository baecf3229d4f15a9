// A unit, post or person that ends: the open work goes on elsewhere in the same step.

#include "build/story.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace zt::service {
namespace {

using build::Story;

std::vector<UtcMs> waiting_dues(const State& state) {
    std::vector<UtcMs> dues;
    for (const Clock& clock : state.clocks) {
        if (is_waiting(clock.state)) {
            dues.push_back(clock.due);
        }
    }
    std::ranges::sort(dues);
    return dues;
}

MatterId record_of(const Story& story, std::string_view code) {
    return MatterId{story.org(code).value};
}

TEST(succession, a_unit_with_open_work_does_not_end_without_a_successor) {
    Story story;
    const MatterId appeal = story.appeal_in("handling");
    story.as_system();
    const auto refused = story.tries(Verb::retire, record_of(story, "供电公司"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::missing_field);
    EXPECT_EQ(refused.error().at, "/fields/successor");
    EXPECT_EQ(story.state(appeal).lead()->org, story.org("供电公司"));
}

TEST(succession, hands_marks_and_clocks_go_on_as_they_stand_at_the_successor) {
    Story story;
    const MatterId appeal = story.appeal_in("handling");
    story.as("供电公司.handler").at("2022-08-01 10:30").does(Verb::sign_for, appeal);
    const auto dues = waiting_dues(story.state(appeal));
    const HandState stood = story.state(appeal).lead()->state;
    const OrgId old_unit = story.org("供电公司"), heir = story.org("自然资源局");
    story.as_system().at("2022-08-01 11:00");
    story.does(Verb::retire, record_of(story, "供电公司"), {{"successor", "自然资源局"}});

    const State& state = story.state(appeal);
    ASSERT_NE(state.lead(), nullptr);
    EXPECT_EQ(state.lead()->org, heir);
    EXPECT_EQ(state.lead()->state, stood);
    EXPECT_EQ(waiting_dues(state), dues) << "no due date moves";
    EXPECT_TRUE(std::ranges::none_of(state.hands, [&](const Hand& hand) {
        return hand.org == old_unit && is_open(hand.state);
    }));
    story.as("自然资源局.handler").at("2022-08-01 11:30");
    EXPECT_TRUE(story.tries(Verb::contact, appeal, {{"text", "已联系"}}));
}

TEST(succession, a_unit_without_work_ends_by_itself) {
    Story story;
    const MatterId appeal = story.appeal_in("handling");
    story.as_system();
    EXPECT_TRUE(story.tries(Verb::retire, record_of(story, "商会")));
    EXPECT_EQ(story.state(appeal).lead()->org, story.org("供电公司"));
}

TEST(succession, who_holds_a_post_leaves_it_to_somebody) {
    Story story;
    const PostId post = story.post("供电公司.handler");
    ASSERT_NE(story.ledger().directory().post(post), nullptr);
    const MatterId person{story.ledger().directory().post(post)->holder.value};
    const PersonId heir = story.ledger().directory().post(story.post("自然资源局.handler"))->holder;
    story.as_system();
    const auto refused = story.tries(Verb::retire, person);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::missing_field);
    const std::string successor = std::to_string(heir.value);
    story.does(Verb::retire, person, {{"successor", successor.c_str()}});
    EXPECT_EQ(story.ledger().directory().post(post)->holder, heir);
}

TEST(succession, on_behalf_is_for_deputy_and_secretary_alone) {
    Story story;
    const MatterId appeal = story.appeal_in("registered");
    Submit submit = story.submit(Verb::accept, appeal);
    const PostId clerk = story.post("office.clerk"), other = story.post("住建局.handler");
    Actor& actor = submit.commands.front().actor;
    actor.post = other;
    actor.person = story.ledger().directory().post(other)->holder;
    actor.on_behalf = clerk;
    const auto refused = story.ledger().submit(submit, story.now());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::not_in_post);
    const std::string secretary = std::to_string(actor.person.value);
    story.as_system().does(Verb::amend, MatterId{clerk.value}, {{"secretary", secretary.c_str()}});
    submit.key = uuid7_from_text(story.now(), "as secretary");
    const auto taken = story.ledger().submit(submit, story.now());
    ASSERT_TRUE(taken) << taken.error().detail;
    EXPECT_EQ(story.state(appeal).stage, "accepted");
}

}  // namespace
}  // namespace zt::service
