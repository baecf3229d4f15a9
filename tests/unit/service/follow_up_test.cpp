// Follow-up by number and code, through the ledger and in the desk that says yes or no.

#include "place_on_disk.hpp"
#include "service/follow_up.hpp"

namespace zt::service {
namespace {

class FollowUpTest : public test::PlaceOnDisk {};

TEST_F(FollowUpTest, the_code_opens_the_matter_after_a_restart_and_a_retry_has_the_same) {
    std::string number, code;
    {
        const auto tenant = open();
        ASSERT_TRUE(tenant) << to_string(tenant.error());
        const Submit submit = hand_in("one", {{"title", "路灯不亮"}, {"for", "甲"}});
        const auto answer = (*tenant)->ledger().submit(submit, now_);
        ASSERT_TRUE(answer) << to_string(answer.error());
        number = answer->rows.front().number;
        const auto& keys = (*tenant)->key()->lookup();
        code = vault::follow_code(keys, number, raw_key("one"));
        const auto again = (*tenant)->ledger().submit(submit, now_);
        ASSERT_TRUE(again) << to_string(again.error());
        EXPECT_TRUE(again->is_repeated);
        EXPECT_EQ(vault::follow_code(keys, again->rows.front().number, raw_key("one")), code);
    }
    const auto tenant = open(store::Access::read);
    ASSERT_TRUE(tenant) << to_string(tenant.error());
    const auto state = (*tenant)->ledger().state((*tenant)->ledger().find_number(number).value());
    ASSERT_TRUE(state);
    vault::SlowHashes hashes({.passes = 1, .memory_bytes = 8192}, 1, 1);
    Attempts attempts({}, random_);
    FollowUps desk((*tenant)->key()->lookup(), hashes, attempts);
    const std::string kept = (*state)->field(follow_field).as_string();
    EXPECT_TRUE(desk.check({number, vault::grouped(code), kept}, now_));
    for (const std::string& wrong :
         {std::string(), std::string("XXXX"), code.substr(1) + code[0]}) {
        const auto refused = desk.check({number, wrong, kept}, now_);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, Errc::code_wrong);
    }
    EXPECT_FALSE(desk.check({number, code, ""}, now_));
}

TEST_F(FollowUpTest, no_file_holds_the_code_or_what_it_is_made_from) {
    std::string number, code;
    const Submit submit = hand_in("one", {{"title", "路灯不亮"}});
    {
        const auto tenant = open();
        ASSERT_TRUE(tenant);
        const auto answer = (*tenant)->ledger().submit(submit, now_);
        ASSERT_TRUE(answer);
        code = vault::follow_code(
            (*tenant)->key()->lookup(), answer->rows.front().number, raw_key("one")
        );
        ASSERT_TRUE((*tenant)->save_views());
    }
    const Uuid raw = raw_key("one");
    const std::string_view bytes(reinterpret_cast<const char*>(raw.bytes.data()), raw.bytes.size());
    EXPECT_EQ(file_with(code), "");
    EXPECT_EQ(file_with(vault::grouped(code)), "");
    EXPECT_EQ(file_with(bytes.substr(6)), "");
    EXPECT_EQ(file_with(to_string(raw)), "");
    EXPECT_NE(file_with(to_string(submit.key)), "") << "the blinded key does stand there";
}

TEST_F(FollowUpTest, a_new_code_is_an_event_and_the_old_one_dies) {
    const auto tenant = open();
    ASSERT_TRUE(tenant);
    auto& ledger = (*tenant)->ledger();
    const auto answer = ledger.submit(hand_in("one", {{"title", "路灯不亮"}, {"for", "甲"}}), now_);
    ASSERT_TRUE(answer);
    const AnswerRow row = answer->rows.front();
    const auto& keys = (*tenant)->key()->lookup();
    Submit renew;
    renew.credential = "clerk";
    renew.follow = FollowKey{raw_key("two"), {}};
    renew.key = vault::blinded(renew.follow->raw);
    Command command;
    command.verb = Verb::amend;
    command.matter = row.matter;
    command.actor.kind = ActorKind::post;
    const Org* office = ledger.directory().find_org("office", office_date(now_));
    command.actor.post = ledger.directory().find_post(office->id, "clerk", office_date(now_))->id;
    command.fields.set("reached", true);
    renew.commands.push_back(command);
    const auto renewed = ledger.submit(renew, now_ + Millis{60'000});
    ASSERT_TRUE(renewed) << to_string(renewed.error());
    const std::string kept = (*ledger.state(row.matter))->field(follow_field).as_string();
    EXPECT_FALSE(vault::is_follow_code(
        keys, row.number, vault::follow_code(keys, row.number, raw_key("one")), kept
    ));
    EXPECT_TRUE(vault::is_follow_code(
        keys, row.number, vault::follow_code(keys, row.number, raw_key("two")), kept
    ));
    EXPECT_TRUE((*tenant)->verify());
}

TEST_F(FollowUpTest, whoever_gave_no_name_gets_no_new_code) {
    const auto tenant = open();
    ASSERT_TRUE(tenant);
    auto& ledger = (*tenant)->ledger();
    const auto answer = ledger.submit(hand_in("one", {{"title", "路灯不亮"}}), now_);
    ASSERT_TRUE(answer);
    Submit renew;
    Command command;
    command.verb = Verb::amend;
    command.matter = answer->rows.front().matter;
    command.actor.kind = ActorKind::post;
    const Org* office = ledger.directory().find_org("office", office_date(now_));
    command.actor.post = ledger.directory().find_post(office->id, "clerk", office_date(now_))->id;
    command.fields.set("reached", true);
    renew.commands.push_back(command);
    const auto refused = ledger.submit(renew, now_);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::not_requester);
}

TEST_F(FollowUpTest, a_phone_code_is_checked_against_its_slow_hash) {
    const auto tenant = open();
    ASSERT_TRUE(tenant);
    const auto& keys = (*tenant)->key()->lookup();
    vault::SlowHashes hashes({.passes = 1, .memory_bytes = 8192}, 1, 1);
    Submit submit = hand_in("one", {{"title", "路灯不亮"}});
    const std::string code = vault::phone_code(keys, raw_key("one"));
    submit.follow->phone_hash = hashes.make(code, random_).value();
    const auto answer = (*tenant)->ledger().submit(submit, now_);
    ASSERT_TRUE(answer);
    const AnswerRow row = answer->rows.front();
    const auto state = (*tenant)->ledger().state(row.matter);
    const std::string kept = (*state)->field(phone_field).as_string();
    Attempts attempts({}, random_);
    FollowUps desk(keys, hashes, attempts);
    EXPECT_TRUE(desk.check_phone({row.number, vault::grouped_phone_code(code), kept}, now_));
    EXPECT_FALSE(desk.check_phone({row.number, "0000 0000 0000 0000", kept}, now_));
    EXPECT_FALSE(desk.check_phone({row.number, code, ""}, now_));
    EXPECT_EQ(file_with(code), "");
}

TEST(attempts, wrong_tries_slow_down_their_number_alone) {
    SeededRandom random(1);
    UtcMs now{Millis{1'000'000'000}};
    Attempts attempts({}, random);
    for (int index = 0; index < 5; ++index) {
        attempts.failed("ZT-1", now);
        EXPECT_EQ(attempts.wait("ZT-1", now), Millis{0});
    }
    Millis before{0};
    for (int index = 0; index < 20; ++index) {
        attempts.failed("ZT-1", now);
        const Millis wait = attempts.wait("ZT-1", now);
        EXPECT_GE(wait, before);
        EXPECT_LE(wait, Millis{900'000});
        before = wait;
    }
    EXPECT_EQ(before, Millis{900'000});
    EXPECT_EQ(attempts.wait("ZT-2", now), Millis{0});
    EXPECT_EQ(attempts.wait("ZT-1", now + Millis{900'000}), Millis{0});
    attempts.succeeded("ZT-1");
    EXPECT_EQ(attempts.wait("ZT-1", now), Millis{0});
}

TEST(attempts, a_flood_on_other_numbers_does_not_wash_away_the_count_of_one) {
    SeededRandom random(2);
    const UtcMs now{Millis{1'000'000'000}};
    Attempts attempts({.places = 64}, random);
    for (int index = 0; index < 10; ++index) {
        attempts.failed("ZT-1", now);
    }
    for (int index = 0; index < 10'000; ++index) {
        attempts.failed("ZT-x" + std::to_string(index), now);
    }
    EXPECT_GT(attempts.wait("ZT-1", now), Millis{0});
}

TEST(follow_ups, a_right_code_is_let_in_while_its_number_is_attacked) {
    SeededRandom random(3);
    const auto master = vault::MasterKey::make(random);
    vault::SlowHashes hashes({.passes = 1, .memory_bytes = 8192}, 1, 1);
    Attempts attempts({}, random);
    FollowUps desk(master.lookup(), hashes, attempts);
    const UtcMs now{Millis{1'000'000'000}};
    const std::string code = vault::follow_code(master.lookup(), "ZT-1", Uuid{});
    const std::string kept = vault::follow_check(master.lookup(), "ZT-1", code);
    Errc last{};
    for (int index = 0; index < 20; ++index) {
        last = desk.check({"ZT-1", "wrong", kept}, now).error().code;
    }
    EXPECT_EQ(last, Errc::too_often);
    EXPECT_TRUE(desk.check({"ZT-1", code, kept}, now));
}

}  // namespace
}  // namespace zt::service
