// What scripts and walks look at after each step: each check must find the fault that it is for.

#include "app/definitions.hpp"
#include "app/scenario/memory_tenant.hpp"
#include "domain/apply.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zt::app::scenario {
namespace {

using service::Committed;
using testing::HasSubstr;

class EventChecks : public testing::Test {
  protected:
    /// A tenant with one appeal, registered and accepted by the clerk.
    void SetUp() override {
        const auto files = Definitions::find(ZT_SOURCE_DIR "/kinds");
        ASSERT_TRUE(files.has_value());
        Beginning beginning;
        beginning.definitions = *files->service_definitions();
        beginning.place = *kindfile::load_place(ZT_SOURCE_DIR "/kinds/places/small.yaml");
        beginning.pack = "county-default";
        beginning.calendar = "cn";
        beginning.at = *parse_instant("2022-07-31 09:00");
        auto made = MemoryTenant::make(beginning);
        ASSERT_TRUE(made.has_value()) << to_string(made.error());
        tenant_ = *std::move(made);
        Command command;
        command.verb = Verb::register_;
        command.kind = "appeal";
        command.fields.set("channel", "hotline").set("title", "停电");
        act(command);
        command.verb = Verb::accept;
        command.fields = Json::object();
        command.matter = tenant_->history().front().event.matter;
        act(command);
    }

    void act(Command command) {
        const UtcMs now = *parse_instant("2022-08-01 09:00");
        command.actor =
            *find_actor(tenant_->ledger().directory(), "office.clerk", office_date(now));
        Submit submit;
        submit.key = tenant_->fresh_key(now);
        submit.credential = "test";
        submit.commands.push_back(std::move(command));
        const auto answer = tenant_->ledger().submit(submit, now);
        ASSERT_TRUE(answer.has_value()) << to_string(answer.error());
    }

    [[nodiscard]] std::string told(const Committed& one) const {
        const auto checked = check_committed(one, tenant_->rules());
        return checked ? "" : to_string(checked.error());
    }
    [[nodiscard]] Committed accepted() const { return tenant_->history().back(); }

    std::unique_ptr<MemoryTenant> tenant_;
};

TEST_F(EventChecks, what_happened_passes) {
    EXPECT_TRUE(tenant_->check_steps(0).has_value());
    const auto views = tenant_->check_views();
    EXPECT_TRUE(views.has_value()) << to_string(views.error());
}

TEST_F(EventChecks, a_state_that_does_not_follow_from_the_event_is_found) {
    Committed one = accepted();
    State other = *one.after;
    other.category = "water";
    one.after = std::make_shared<const State>(std::move(other));
    EXPECT_THAT(told(one), HasSubstr("apply gives another state"));
}

TEST_F(EventChecks, time_that_goes_back_is_found) {
    Committed one = accepted();
    one.event.at = one.before->changed - Millis{1};
    State after = *one.before;
    apply(after, one.event);
    one.after = std::make_shared<const State>(std::move(after));
    EXPECT_THAT(told(one), HasSubstr("time does not go on"));
}

TEST_F(EventChecks, closing_without_an_answer_is_found) {
    Committed one = accepted();
    one.event.changes = {StageEntered{"closed", Counts::closed}};
    State after = *one.before;
    apply(after, one.event);
    one.after = std::make_shared<const State>(std::move(after));
    EXPECT_THAT(told(one), HasSubstr("answered_before_closed"));
}

TEST_F(EventChecks, posts_are_found_by_org_and_key_and_missing_ones_told) {
    const Directory& directory = tenant_->ledger().directory();
    const Date day = *parse_date("2022-08-01");
    const auto clerk = find_actor(directory, "office.clerk", day);
    ASSERT_TRUE(clerk.has_value());
    EXPECT_EQ(name_of(directory, clerk->post), "office.clerk");
    EXPECT_EQ(find_actor(directory, "nowhere.clerk", day).error().code, Errc::unknown_org);
    const auto missing = find_actor(directory, "office.cook", day);
    EXPECT_EQ(missing.error().code, Errc::unknown_post);
    EXPECT_THAT(missing.error().detail, HasSubstr("clerk"));
}

}  // namespace
}  // namespace zt::app::scenario
