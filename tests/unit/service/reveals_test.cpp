// Who may see name and contact: one person with a reason where the class asks for no more, else
// two; and what the requester is shown of it.

#include "build/story.hpp"
#include "service/codec.hpp"
#include "service/reveals.hpp"
#include "service/watermark.hpp"

#include <gtest/gtest.h>

namespace zt::service {
namespace {

using build::Story;

class RevealTest : public ::testing::Test {
  protected:
    MatterId appeal_for(const char* purpose) {
        story_.as("office.clerk");
        return story_.begins(
            "appeal",
            {{"title", "门口停电"},
             {"channel", "hotline"},
             {"purpose", purpose},
             {"for", "王小满"},
             {"contact", "0000-1234567"}}
        );
    }
    [[nodiscard]] std::vector<Event> events(MatterId matter) {
        const auto row = story_.store().matter(matter);
        std::vector<Event> list;
        for (const auto& one : story_.store().events_of(**row).value()) {
            list.push_back(event_of_row(one).value());
        }
        return list;
    }
    [[nodiscard]] Actor actor(std::string_view post) const {
        Actor one;
        one.kind = ActorKind::post;
        one.post = story_.post(post);
        return one;
    }
    [[nodiscard]] bool may_see(MatterId matter, std::string_view post) {
        return may_see_identity(events(matter), actor(post), story_.now());
    }
    Story story_;
};

TEST_F(RevealTest, one_person_is_enough_for_what_asks_for_help) {
    const MatterId appeal = appeal_for("help");
    EXPECT_FALSE(may_see(appeal, "office.clerk"));
    story_.does(Verb::reveal, appeal, {{"reason", "contact_needed"}});
    EXPECT_TRUE(may_see(appeal, "office.clerk"));
    EXPECT_FALSE(may_see(appeal, "office.signer"));
    const auto rows = reveals_of(events(appeal), story_.ledger().directory());
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows.front().org, story_.org("office"));
    EXPECT_EQ(rows.front().word, "clerk");
    EXPECT_EQ(rows.front().reason, "contact_needed");
    EXPECT_FALSE(rows.front().confirmed_by);
    story_.at("2022-08-02 09:00");
    EXPECT_FALSE(may_see(appeal, "office.clerk")) << "the look is over after a day";
}

TEST_F(RevealTest, a_reason_outside_the_list_is_refused) {
    const MatterId appeal = appeal_for("help");
    const auto refused = story_.tries(Verb::reveal, appeal, {{"reason", "curious"}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::reason_missing);
    EXPECT_EQ(story_.tries(Verb::reveal, appeal).error().code, Errc::missing_field);
}

TEST_F(RevealTest, a_complaint_needs_a_second_person) {
    const MatterId appeal = appeal_for("complaint");
    story_.does(Verb::reveal, appeal, {{"reason", "verify_facts"}, {"text", "需核对工单"}});
    EXPECT_FALSE(may_see(appeal, "office.clerk"));
    EXPECT_TRUE(reveals_of(events(appeal), story_.ledger().directory()).empty());
    const auto pending = pending_reveal(events(appeal));
    ASSERT_TRUE(pending);
    EXPECT_EQ(pending->asker.post, story_.post("office.clerk"));
    story_.as("office.signer").does(Verb::reveal, appeal, {{"granted", "yes"}});
    EXPECT_TRUE(may_see(appeal, "office.clerk"));
    EXPECT_FALSE(may_see(appeal, "office.signer")) << "who confirms does not look";
    const auto rows = reveals_of(events(appeal), story_.ledger().directory());
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows.front().confirmed_by, story_.org("office"));
    EXPECT_FALSE(pending_reveal(events(appeal)));
}

TEST_F(RevealTest, a_refused_request_shows_nothing_and_may_be_asked_again) {
    const MatterId appeal = appeal_for("complaint");
    story_.does(Verb::reveal, appeal, {{"reason", "verify_facts"}, {"text", "需核对"}});
    story_.as("office.signer");
    story_.does(Verb::reveal, appeal, {{"granted", "no"}, {"text", "不需要姓名"}});
    EXPECT_FALSE(may_see(appeal, "office.clerk"));
    EXPECT_TRUE(reveals_of(events(appeal), story_.ledger().directory()).empty());
    story_.as("office.clerk");
    story_.does(Verb::reveal, appeal, {{"reason", "danger"}, {"text", "有危险"}});
    EXPECT_TRUE(pending_reveal(events(appeal)));
}

TEST_F(RevealTest, a_request_that_nobody_confirms_is_void_after_a_day) {
    const MatterId appeal = appeal_for("complaint");
    story_.does(Verb::reveal, appeal, {{"reason", "verify_facts"}, {"text", "需核对"}});
    story_.at("2022-08-02 09:30");
    ASSERT_TRUE(story_.ledger().tick(story_.now()));
    EXPECT_FALSE(pending_reveal(events(appeal)));
    const auto late = story_.as("office.signer").tries(Verb::reveal, appeal, {{"granted", "yes"}});
    ASSERT_FALSE(late);
    EXPECT_FALSE(may_see(appeal, "office.clerk"));
}

TEST_F(RevealTest, who_asked_does_not_confirm) {
    const MatterId appeal = appeal_for("complaint");
    story_.as("office.signer");
    story_.does(Verb::reveal, appeal, {{"reason", "call_back"}, {"text", "回访"}});
    const auto refused = story_.tries(Verb::reveal, appeal, {{"granted", "yes"}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::same_person);
    EXPECT_TRUE(pending_reveal(events(appeal)));
    story_.as("supervision.supervisor").does(Verb::reveal, appeal, {{"granted", "yes"}});
    EXPECT_TRUE(may_see(appeal, "office.signer"));
}

TEST(watermark, it_says_who_looked_in_which_minute_and_is_the_same_within_it) {
    const UtcMs at = parse_instant("2022-08-01 09:05").value();
    const Viewer viewer{"李四", "办公室", "经办员"};
    const Watermark mark = watermark_for(viewer, at, OfficeOffset{});
    EXPECT_EQ(mark.text, "李四 · 办公室 经办员 · 2022-08-01 09:05");
    EXPECT_EQ(mark, watermark_for(viewer, at + Millis{59'999}, OfficeOffset{}));
    EXPECT_NE(
        mark.short_mark, watermark_for(viewer, at + Millis{60'000}, OfficeOffset{}).short_mark
    );
    EXPECT_NE(mark.text, watermark_for({"王五", "办公室", "经办员"}, at, OfficeOffset{}).text);
    EXPECT_GE(mark.step_x, 240);
    EXPECT_EQ(export_line(mark, 42), mark.text + " · #42 · " + mark.short_mark);
}

}  // namespace
}  // namespace zt::service
