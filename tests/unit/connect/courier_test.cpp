// The courier against gateways in the test process: who hears what, and when, by which way.

#include "base/text.hpp"
#include "build/story.hpp"
#include "post_office.hpp"

namespace zt::connect {
namespace {

using views::MessageState;
using views::NoticeClass;
using views::Way;

/// The texts that the gateway got, in the order of their effects.
std::vector<std::string> texts_of(const Receiver& receiver) {
    std::map<views::EffectId, std::string> by_effect;
    for (const Received& one : receiver.received()) {
        const std::size_t from = one.body.find("\"text\":\"") + 8;
        const std::string text = one.body.substr(from, one.body.find('"', from) - from);
        by_effect[*views::parse_effect_id(one.headers.at("zhitong-effect"))] = text;
    }
    std::vector<std::string> out;
    for (const auto& [id, text] : by_effect) {
        out.push_back(text);
    }
    return out;
}

MatterId hand_in(build::Story& story, const char* contact, const char* purpose = "help") {
    story.as("office.clerk");
    return story.begins(
        "appeal",
        {{"channel", "hotline"},
         {"for", "金丝雀姓名"},
         {"contact", contact},
         {"title", "金丝雀标题"},
         {"purpose", purpose}}
    );
}

TEST(courier, tells_the_requester_number_state_and_date) {
    const Receiver gateway;
    PostOffice office(gateway.url());
    auto& story = office.story;
    const MatterId appeal = hand_in(story, "13900000001");
    story.does(Verb::accept, appeal);
    story.does(Verb::pause, appeal, {{"reason", "expert"}});
    story.at("2022-08-02 09:00").does(Verb::resume, appeal);
    story.does(Verb::assign, appeal, {{"lead", "供电公司"}});
    office.deliver();
    const std::string number = story.state(appeal).number;
    EXPECT_EQ(
        texts_of(gateway),
        (std::vector<std::string>{
            "您的诉求（" + number + "）已收到（2022-08-01）",
            number + " 已受理（2022-08-01）",
            number + " 中止计时：鉴定、检测、听证（2022-08-01）",
            number + " 恢复计时，期限改为 2022-08-09（2022-08-02）",
            number + " 已交办（2022-08-02）"
        })
    );
    EXPECT_EQ(office.count(MessageState::dead), 0);
}

TEST(courier, says_why_a_deadline_moved_and_why_something_was_refused) {
    const Receiver gateway;
    PostOffice office(gateway.url());
    auto& story = office.story;
    const MatterId appeal = hand_in(story, "13900000001");
    story.does(Verb::accept, appeal);
    story.does(Verb::assign, appeal, {{"lead", "供电公司"}});
    story.as("供电公司.handler")
        .does(Verb::ask_extension, appeal, {{"length", "5wd"}, {"reason", "site_work"}});
    story.as("office.signer").does(Verb::grant_extension, appeal, {{"length", "5wd"}});
    const MatterId other = hand_in(story, "13900000002");
    story.does(Verb::refuse, other, {{"reason", "in_court"}, {"text", "金丝雀"}});
    office.deliver();
    const auto texts = texts_of(gateway);
    const auto has = [&](const std::string& part) {
        return std::ranges::any_of(texts, [&](const auto& text) {
            return text.find(part) != std::string::npos;
        });
    };
    EXPECT_TRUE(has("施工、采购需要时间，期限改为 2022-08-15"));
    EXPECT_TRUE(has("不予受理，理由和复核途径见告知内容（2022-08-01）。理由：已进入诉讼"));
    EXPECT_TRUE(has("依法申请复核"));
}

TEST(courier, has_a_neutral_text_for_wrong_done) {
    const Receiver gateway;
    PostOffice office(gateway.url());
    auto& story = office.story;
    const MatterId appeal = hand_in(story, "13900000001", "report");
    story.does(Verb::accept, appeal);
    office.deliver();
    ASSERT_EQ(gateway.count(), 2U);
    for (const Received& one : gateway.received()) {
        for (const char* const word : {"诉求", "举报", "受理", "投诉", "appeal", "report"}) {
            EXPECT_EQ(one.body.find(word), std::string::npos) << one.body;
        }
        EXPECT_NE(one.body.find("有新进展"), std::string::npos);
    }
}

TEST(courier, keeps_quiet_at_night_unless_asked_otherwise) {
    const Receiver gateway;
    PostOffice office(gateway.url());
    auto& story = office.story;
    story.at("2022-08-01 22:30");
    const MatterId held = hand_in(story, "13900000001");
    const MatterId at_once = hand_in(story, "13900000002");
    views::Choice choice;
    choice.is_at_once = true;
    ASSERT_TRUE(office.outbox->choose({{}, at_once, 1}, choice));
    office.look();
    EXPECT_EQ(gateway.count(), 1U);
    EXPECT_NE(gateway.received().at(0).body.find("13900000002"), std::string::npos);
    office.clock().move_to(*parse_instant("2022-08-02 07:59:59"));
    office.look();
    EXPECT_EQ(gateway.count(), 1U);
    office.clock().move_to(*parse_instant("2022-08-02 08:00"));
    office.look();
    EXPECT_EQ(gateway.count(), 2U);
    EXPECT_FALSE(story.state(held).number.empty());
}

TEST(courier, sends_nothing_for_what_is_not_live) {
    const Receiver gateway;
    PostOffice office(gateway.url());
    auto& story = office.story;
    for (const Origin origin : {Origin::import, Origin::demo, Origin::live}) {
        Submit submit = story.submit(
            Verb::register_,
            {},
            {{"channel", "hotline"}, {"for", "甲"}, {"contact", "13900000001"}, {"title", "乙"}}
        );
        submit.commands[0].kind = "appeal";
        submit.origin = origin;
        ASSERT_TRUE(story.ledger().submit(submit, story.now()));
    }
    office.deliver();
    EXPECT_EQ(gateway.count(), 1U);
    EXPECT_EQ(*office.outbox->count_unread(office.holder("office.clerk")), 1);
}

TEST(courier, tries_again_buries_and_sends_again) {
    std::atomic<int> status = 500;
    const Receiver gateway(0, [&](const Received&) { return Receiver::Answer{status}; });
    PostOffice office(gateway.url());
    office.channels.retry.attempts_max = 3;
    const MatterId appeal = hand_in(office.story, "13900000001");
    EXPECT_TRUE(appeal);
    office.look();
    EXPECT_EQ(office.all(MessageState::waiting).at(0).reason, "server_error");
    office.deliver_until(office.story.now() + std::chrono::hours{2});
    ASSERT_EQ(office.count(MessageState::dead), 1);
    EXPECT_EQ(gateway.count(), 3U);
    const auto id = office.all(MessageState::dead).at(0).id;
    status = 200;
    EXPECT_FALSE(office.outbox->send_again({id.seq, id.n + 1}, office.clock().now()));
    ASSERT_TRUE(office.outbox->send_again(id, office.clock().now()));
    office.deliver_until(office.clock().now());
    EXPECT_EQ(office.count(MessageState::dead), 0);
    EXPECT_EQ(gateway.count(), 4U);
}

/// status or body of the gateway → where the message ends, and its reason.
struct AnswerRow {
    Receiver::Answer answer;
    MessageState state;
    const char* reason;
};

TEST(courier, judges_each_kind_of_answer) {
    const std::vector<AnswerRow> rows{
        {{200, "ok"}, MessageState::done, ""},
        {{204, ""}, MessageState::waiting, "answer_differs"},
        {{200, R"({"code":1})"}, MessageState::waiting, "answer_differs"},
        {{302, "", "Location: http://127.0.0.1:1/\r\n"}, MessageState::dead, "redirected"},
        {{400, "ok"}, MessageState::dead, "refused"},
        {{429, "ok"}, MessageState::waiting, "busy"},
        {{503, "ok"}, MessageState::waiting, "server_error"},
        {{200, "ok" + std::string(100'000, 'x')}, MessageState::waiting, "too_large"},
    };
    for (const AnswerRow& row : rows) {
        const Receiver gateway(0, [&](const Received&) { return row.answer; });
        PostOffice office(gateway.url());
        office.channels.sms->answer_contains = "ok";
        EXPECT_TRUE(hand_in(office.story, "13900000001"));
        office.look();
        ASSERT_EQ(office.count(row.state), 1) << row.answer.status;
        EXPECT_EQ(office.all(row.state).at(0).reason, row.reason) << row.answer.status;
    }
}

TEST(courier, opens_no_connection_into_the_house) {
    const Receiver inside;
    const std::string port = ":" + std::to_string(inside.port()) + "/";
    for (const std::string host :
         {"127.0.0.1",
          "localhost",
          "[::1]",
          "2130706433",
          "0177.0.0.1",
          "0x7f.0.0.1",
          "127.1",
          "[::ffff:127.0.0.1]",
          "10.0.0.1",
          "169.254.169.254",
          "192.168.0.1",
          "inside.example"}) {
        PostOffice office("http://" + host + port);
        office.channels.outgoing.allows_private = false;
        office.channels.outgoing.addresses = {
            "inside.example:" + std::to_string(inside.port()) + ":127.0.0.1"
        };
        EXPECT_TRUE(hand_in(office.story, "13900000001"));
        office.look();
        ASSERT_EQ(office.count(MessageState::dead), 1) << host;
        EXPECT_EQ(office.all(MessageState::dead).at(0).reason, "private_address") << host;
    }
    EXPECT_EQ(inside.count(), 0U);
}

TEST(courier, puts_who_takes_no_sms_on_the_call_list) {
    const Receiver gateway;
    PostOffice office(gateway.url());
    EXPECT_TRUE(hand_in(office.story, "0734-8221234"));
    office.deliver();
    const auto calls = office.outbox->calls({}, 10);
    ASSERT_TRUE(calls.has_value());
    ASSERT_EQ(calls->messages.size(), 1U);
    EXPECT_EQ(gateway.count(), 0U);
    const auto id = calls->messages[0].id;
    ASSERT_TRUE(office.outbox->finish_call(id, office.clock().now()));
    EXPECT_FALSE(office.outbox->finish_call(id, office.clock().now()));
    EXPECT_TRUE(office.outbox->calls({}, 10)->messages.empty());
}

TEST(courier, sends_mail_and_hears_when_it_is_refused) {
    for (const bool is_refused : {false, true}) {
        const MailReceiver server(is_refused ? "550 nobody" : "250 ok");
        PostOffice office;
        office.channels.mail =
            MailServer{server.url(), "zhitong@example.cn", "", "", MailSecurity::none};
        EXPECT_TRUE(hand_in(office.story, "wang@example.cn"));
        office.look();
        const std::string spoken = server.spoken();
        EXPECT_NE(spoken.find("RCPT TO:<wang@example.cn>"), std::string::npos) << spoken;
        EXPECT_EQ(spoken.find("金丝雀"), std::string::npos);
        EXPECT_EQ(office.count(MessageState::dead), is_refused ? 1 : 0) << spoken;
        EXPECT_EQ(office.count(MessageState::done), is_refused ? 0 : 1) << spoken;
        EXPECT_EQ(spoken.find("Subject: =?UTF-8?B?") != std::string::npos, !is_refused);
    }
}

TEST(desk, hears_in_the_inbox_and_reads) {
    PostOffice office;
    auto& story = office.story;
    const MatterId appeal = story.appeal_in("handling");
    office.deliver();
    const PersonId handler = office.holder("供电公司.handler");
    const auto page = office.outbox->inbox(handler, {}, 10);
    ASSERT_TRUE(page.has_value());
    ASSERT_EQ(page->lines.size(), 1U);
    EXPECT_EQ(page->lines[0].what, NoticeClass::assigned);
    EXPECT_EQ(page->lines[0].matter, appeal);
    EXPECT_EQ(*office.outbox->count_unread(handler), 1);
    const std::vector<views::EffectId> ids{page->lines[0].id};
    EXPECT_EQ(*office.outbox->mark_read(handler, ids, story.now()), 1);
    EXPECT_EQ(*office.outbox->mark_read(handler, ids, story.now()), 0);
    EXPECT_EQ(*office.outbox->count_unread(handler), 0);
}

TEST(desk, mutes_what_it_likes_but_not_what_escalates) {
    PostOffice office;
    auto& story = office.story;
    const PersonId handler = office.holder("供电公司.handler");
    views::Choice choice;
    choice.muted = {NoticeClass::assigned, NoticeClass::overdue, NoticeClass::ordered};
    ASSERT_TRUE(office.outbox->choose({handler, {}, 0}, choice));
    const MatterId appeal = story.appeal_in("handling");
    story.as("office.supervisor").does(Verb::order_supervision, appeal);
    office.deliver();
    const auto page = office.outbox->inbox(handler, {}, 10);
    ASSERT_EQ(page->lines.size(), 1U);
    EXPECT_EQ(page->lines[0].what, NoticeClass::ordered);
}

/// Three hand-ins, and three warnings of the same day.
TEST(desk, gets_one_summary_at_the_chosen_hour) {
    const Receiver gateway;
    PostOffice office(gateway.url());
    auto& story = office.story;
    views::Choice choice;
    choice.way = Way::chat;
    choice.digest_minute = 17 * 60;
    ASSERT_TRUE(office.outbox->choose({office.holder("office.clerk"), {}, 0}, choice));
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(hand_in(story, ""));
    }
    office.deliver_until(*parse_instant("2022-08-01 16:59"));
    EXPECT_EQ(gateway.count(), 0U);
    office.deliver_until(*parse_instant("2022-08-01 17:00"));
    ASSERT_EQ(gateway.count(), 1U);
    EXPECT_NE(gateway.received().at(0).body.find("6 条新消息"), std::string::npos);
}

TEST(desk, is_warned_before_a_clock_runs_out_and_not_when_it_was_stopped) {
    PostOffice office;
    auto& story = office.story;
    const MatterId open = hand_in(story, "13900000001");
    const MatterId accepted = hand_in(story, "13900000001");
    story.at("2022-08-01 09:30").does(Verb::accept, accepted);
    office.deliver_until(*parse_instant("2022-08-01 10:30"));
    std::vector<MatterId> warned;
    const auto lines = office.outbox->inbox(office.holder("office.clerk"), {}, 100)->lines;
    for (const auto& line : lines) {
        if (line.what == NoticeClass::nearly_due) {
            warned.push_back(line.matter);
        }
    }
    EXPECT_EQ(warned, (std::vector{open}));
}

TEST(replay, gives_a_receiver_what_it_missed_with_the_same_effects) {
    const Receiver gateway;
    PostOffice office(gateway.url());
    for (int i = 0; i < 5; ++i) {
        EXPECT_TRUE(hand_in(office.story, "13900000001"));
    }
    office.deliver();
    ASSERT_EQ(gateway.count(), 5U);
    ReplayAsk ask;
    ask.limit = 2;
    std::size_t count = 0;
    while (true) {
        const auto page =
            replay(ask, office.parts(), *office.rules(), office.channels, office.doors());
        ASSERT_TRUE(page.has_value()) << to_string(page.error());
        for (const Replayed& call : page->calls) {
            const auto received = gateway.received();
            EXPECT_TRUE(std::ranges::any_of(received, [&](const Received& one) {
                return one.body == call.body &&
                       one.headers.at("zhitong-effect") == to_string(call.id);
            }));
            ++count;
        }
        if (!page->next) {
            break;
        }
        ask.after = page->next;
    }
    EXPECT_EQ(count, 5U);
}

/// In: whatever the verbs, no message carries what was sealed.
TEST(courier, carries_no_sealed_text_whatever_happens) {
    const Receiver gateway;
    PostOffice office(gateway.url());
    auto& story = office.story;
    SeededRandom random(11);
    const std::vector<const char*> actors{
        "office.clerk",
        "office.signer",
        "office.supervisor",
        "供电公司.handler",
        "供电公司.signer",
        "callback.callback",
        "county.head"
    };
    std::vector<MatterId> appeals;
    for (int step = 0; step < 400; ++step) {
        if (step % 40 == 0) {
            appeals.push_back(hand_in(story, "13900000001", step % 80 == 0 ? "help" : "report"));
            continue;
        }
        const auto rows = verb_rows();
        const Verb verb = rows[random.below(rows.size())].verb;
        if (verb == Verb::register_ || verb == Verb::lapse || verb == Verb::erase) {
            continue;
        }
        story.as(actors[random.below(actors.size())]);
        ignore(
            story.tries(
                verb,
                appeals[random.below(appeals.size())],
                {{"text", "金丝雀正文"}, {"reason", "金丝雀理由"}, {"lead", "供电公司"}}
            ),
            "most are refused"
        );
        ignore(
            story.tries(verb, appeals[random.below(appeals.size())], {{"text", "金丝雀正文"}}),
            "so are these"
        );
    }
    office.deliver();
    EXPECT_GT(gateway.count(), 10U);
    for (const Received& one : gateway.received()) {
        EXPECT_EQ(one.body.find("金丝雀"), std::string::npos) << one.body;
    }
}

}  // namespace
}  // namespace zt::connect
