#include "base/seeded_random.hpp"
#include "service/approvals.hpp"

#include <gtest/gtest.h>

namespace zt::service {
namespace {

using Mode = AdministrationReport::Mode;

class Told final : public AuditSink {
  public:
    void note(const Json& text) override { whats.push_back(text["what"].as_string()); }
    std::vector<std::string> whats;
};

class ApprovalsTest : public ::testing::Test {
  protected:
    static std::vector<Command> change(std::int64_t holder) {
        Command command;
        command.verb = Verb::amend;
        command.matter = MatterId{7};
        command.actor.kind = ActorKind::post;
        command.actor.person = PersonId{1};
        command.actor.post = PostId{11};
        command.fields.set("holder", holder);
        return {command};
    }

    const UtcMs now_ = parse_instant("2022-08-01 09:00").value_or(UtcMs{});
    const Approver one_{PersonId{1}, PostId{11}}, other_{PersonId{2}, PostId{12}};
    Told told_;
    SeededRandom random_{1};
    Approvals approvals_{told_, random_};
};

TEST_F(ApprovalsTest, a_second_person_approves_and_it_happens_under_one_key) {
    const auto prepared = approvals_.prepare(change(5), "轮岗", now_);
    ASSERT_TRUE(prepared);
    const auto same = approvals_.prepare(change(5), "again", now_);
    EXPECT_EQ(same->id, prepared->id);
    EXPECT_NE(approvals_.prepare(change(6), "other", now_)->id, prepared->id);
    const auto own = approvals_.begin_approval(prepared->id, one_, Mode::three);
    EXPECT_EQ(own.error().code, Errc::same_person);
    EXPECT_EQ(
        approvals_.begin_approval(prepared->id, one_, Mode::unsound).error().code, Errc::same_person
    );
    EXPECT_TRUE(approvals_.begin_approval(prepared->id, one_, Mode::small_place));
    const auto first = approvals_.begin_approval(prepared->id, other_, Mode::three);
    ASSERT_TRUE(first);
    approvals_.approved(prepared->id, other_, 99, now_);
    approvals_.approved(prepared->id, other_, 99, now_);
    const auto second = approvals_.begin_approval(prepared->id, other_, Mode::three);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->submit.key, first->submit.key);
    EXPECT_EQ(second->seq, 99);
    EXPECT_EQ(approvals_.withdraw(prepared->id, one_, now_).error().code, Errc::wrong_stage);
    EXPECT_EQ(
        told_.whats,
        (std::vector<std::string>{
            "directory_change_prepared", "directory_change_prepared", "directory_change_approved"
        })
    );
}

TEST_F(ApprovalsTest, what_was_withdrawn_or_is_old_is_not_approved) {
    const auto prepared = approvals_.prepare(change(5), "轮岗", now_);
    ASSERT_TRUE(prepared);
    EXPECT_TRUE(approvals_.withdraw(prepared->id, one_, now_));
    EXPECT_TRUE(approvals_.withdraw(prepared->id, one_, now_));
    const auto refused = approvals_.begin_approval(prepared->id, other_, Mode::three);
    EXPECT_EQ(refused.error().code, Errc::wrong_stage);
    const auto anew = approvals_.prepare(change(5), "轮岗", now_);
    EXPECT_NE(anew->id, prepared->id);
    EXPECT_TRUE(approvals_.list(now_ + change_lasts + Millis{1}).empty());
    EXPECT_EQ(
        approvals_.begin_approval(anew->id, other_, Mode::three).error().code, Errc::not_found
    );
    EXPECT_EQ(approvals_.withdraw(anew->id, other_, now_).error().code, Errc::not_found);
}

TEST_F(ApprovalsTest, no_more_wait_than_anybody_looks_through) {
    for (std::size_t index = 0; index < changes_max; ++index) {
        ASSERT_TRUE(approvals_.prepare(change(static_cast<std::int64_t>(index) + 1), "x", now_));
    }
    EXPECT_EQ(approvals_.prepare(change(9'999), "x", now_).error().code, Errc::cap_reached);
    EXPECT_TRUE(approvals_.prepare(change(1), "x", now_)) << "that waits already";
}

}  // namespace
}  // namespace zt::service
