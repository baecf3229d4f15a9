// Retention: what is over is listed and erased on approval; what is open, on hold or linked to
// something open never is.

#include "build/story.hpp"
#include "service/retention.hpp"

#include <gtest/gtest.h>

namespace zt::service {
namespace {

using build::Story;

Date day(const char* text) { return parse_date(text).value(); }

class RetentionTest : public ::testing::Test {
  protected:
    RetentionTest() {
        closed_ = story_.appeal_in("handling");
        held_ = story_.appeal_in("handling");
        open_ = story_.appeal_in("handling");
        for (const MatterId appeal : {closed_, held_}) {
            story_.at("2022-08-02 10:00").answer_and_close(appeal);
            story_.as("callback.callback")
                .does(
                    Verb::call_back,
                    appeal,
                    {{"reached", "yes"}, {"satisfaction", "satisfied"}, {"solved", "solved"}}
                );
        }
        story_.as("office.signer").does(Verb::amend, held_, {{"hold", "yes"}, {"text", "审计"}});
    }
    Story story_;
    MatterId closed_, held_, open_;
};

TEST_F(RetentionTest, only_what_is_over_and_free_is_listed) {
    const auto early = list_retention(story_.ledger(), day("2032-08-02"));
    ASSERT_TRUE(early) << to_string(early.error());
    EXPECT_TRUE(early->due.empty());
    const auto report = list_retention(story_.ledger(), day("2032-08-03"));
    ASSERT_TRUE(report);
    ASSERT_EQ(report->due.size(), 1U);
    EXPECT_EQ(report->due.front().matter, closed_);
    EXPECT_EQ(report->due.front().until, day("2032-08-02"));
    EXPECT_EQ(report->kept.at("on_hold"), 1);
    EXPECT_EQ(report->kept.at("open"), 1);
}

TEST_F(RetentionTest, an_approved_run_erases_them_once_on_behalf_of_the_post) {
    story_.at("2032-09-01 10:00");
    const auto report = list_retention(story_.ledger(), day("2032-09-01"));
    ASSERT_TRUE(report);
    std::vector<Event> seen;
    story_.ledger().on_commit([&](const Committed& one) { seen.push_back(one.event); });
    const PostId approver = story_.post("office.signer");
    EXPECT_EQ(run_retention(story_.ledger(), *report, approver, story_.now()).value(), 1);
    EXPECT_EQ(run_retention(story_.ledger(), *report, approver, story_.now()).value(), 0);
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen.front().verb, Verb::erase);
    EXPECT_EQ(seen.front().actor.on_behalf, approver);
    EXPECT_TRUE(story_.state(closed_).is_erased);
    EXPECT_FALSE(story_.state(held_).is_erased);
    EXPECT_FALSE(story_.state(open_).is_erased);
    const auto after = list_retention(story_.ledger(), day("2032-09-01"));
    EXPECT_EQ(after->kept.at("erased"), 1);
}

TEST_F(RetentionTest, without_a_post_that_approves_nothing_is_erased) {
    const auto report = list_retention(story_.ledger(), day("2032-09-01"));
    const auto run = run_retention(story_.ledger(), *report, PostId{999'999}, story_.now());
    ASSERT_FALSE(run);
    EXPECT_EQ(run.error().code, Errc::unknown_post);
    EXPECT_FALSE(story_.state(closed_).is_erased);
}

TEST_F(RetentionTest, what_was_taken_up_again_since_the_list_stays) {
    const auto report = list_retention(story_.ledger(), day("2032-09-01"));
    ASSERT_EQ(report->due.size(), 1U);
    story_.at("2032-09-01 10:00").as("office.signer");
    story_.does(Verb::amend, closed_, {{"hold", "yes"}, {"text", "涉诉"}});
    EXPECT_EQ(
        run_retention(story_.ledger(), *report, story_.post("office.signer"), story_.now()).value(),
        0
    );
    EXPECT_FALSE(story_.state(closed_).is_erased);
}

}  // namespace
}  // namespace zt::service
