// A matter goes to another place and back, each time with a receipt, over a stub that loses
// answers.

#include "connect/hand_over.hpp"
#include "connect/signature.hpp"
#include "post_office.hpp"

namespace zt::connect {
namespace {

HandOver sample() {
    HandOver out;
    out.effect = {17, 6};
    out.tenant = "甲县";
    out.path = {"乙县 ZT-2022-000004", "甲县 ZT-2022-000009"};
    out.kind = "appeal";
    out.at = parse_instant("2022-08-01 09:00").value_or(UtcMs{});
    out.title = "邻县路段坑洼";
    out.text = "两公里";
    out.reason = "属邻县管辖";
    out.name = "某厂";
    out.contact = "13900000001";
    out.purpose = "help";
    out.category = "power";
    out.protection = "bad_service";
    out.is_hidden = true;
    return out;
}

TEST(hand_over, is_read_as_it_was_written) {
    const auto back = read_hand_over(to_text(sample()));
    ASSERT_TRUE(back.has_value()) << to_string(back.error());
    EXPECT_EQ(*back, sample());
    const Receipt receipt{{17, 6}, "甲县", "ZT-2022-000001"};
    EXPECT_EQ(read_receipt(to_text(receipt)), receipt);
    EXPECT_EQ(origin_path(origin_text(sample().path)), sample().path);
    EXPECT_TRUE(origin_path("").empty());
}

TEST(hand_over, that_is_none_or_goes_round_is_refused) {
    EXPECT_FALSE(read_hand_over(""));
    EXPECT_FALSE(read_hand_over("{}"));
    EXPECT_FALSE(read_receipt(to_text(sample())));
    EXPECT_FALSE(read_hand_over(std::string(hand_over_bytes_max + 1, ' ')));
    HandOver round = sample();
    round.path.assign(hops_max, "甲县 1");
    EXPECT_TRUE(read_hand_over(to_text(round)));
    round.path.emplace_back("乙县 2");
    EXPECT_FALSE(read_hand_over(to_text(round)));
    HandOver untitled = sample();
    untitled.title.clear();
    EXPECT_FALSE(read_hand_over(to_text(untitled)));
}

TEST(hand_over, registers_once_whatever_comes_twice) {
    PostOffice there;
    const Kind* kind = there.story.ledger().rules().kinds.newest("appeal");
    const auto submit = submit_of(sample(), *kind);
    ASSERT_TRUE(submit.has_value());
    const auto first = there.story.ledger().submit(*submit, there.story.now());
    ASSERT_TRUE(first.has_value()) << to_string(first.error());
    const auto second = there.story.ledger().submit(*submit, there.story.now());
    ASSERT_TRUE(second.has_value());
    EXPECT_TRUE(second->is_repeated);
    EXPECT_EQ(first->rows, second->rows);
    const State& state = there.story.state(first->rows[0].matter);
    EXPECT_EQ(state.field("handed_from").as_string(), origin_text(sample().path));
    EXPECT_EQ(state.channel, "handed");
    EXPECT_EQ(state.category, "power");
    EXPECT_EQ(state.protection, Protection::bad_service);
    EXPECT_TRUE(state.requester()->is_hidden);
    const Kind* task = there.story.ledger().rules().kinds.newest("task");
    EXPECT_FALSE(submit_of(sample(), *task));
}

/// The endpoint of a place, as the server will have it: verify, register, answer with a receipt.
Receiver::Answer take_over(PostOffice& place, const char* tenant, const Received& one) {
    const Signature signature{one.headers.at("zhitong-time"), one.headers.at("zhitong-signature")};
    const UtcMs now = place.story.now();
    EXPECT_TRUE(verify(shared_secret, signature, one.body, now));
    const auto message = read_hand_over(one.body);
    EXPECT_TRUE(message.has_value());
    const auto submit =
        submit_of(*message, *place.story.ledger().rules().kinds.newest(message->kind));
    EXPECT_TRUE(submit.has_value());
    const auto taken = place.story.ledger().submit(*submit, now);
    EXPECT_TRUE(taken.has_value()) << to_string(taken.error());
    Receiver::Answer answer;
    answer.status = 201;
    answer.body = to_text(Receipt{message->effect, tenant, taken->rows[0].number});
    for (const auto& [name, value] : signed_headers(shared_secret, now, answer.body)) {
        answer.headers += name + ": " + value + "\r\n";
    }
    return answer;
}

std::string receipt_of(PostOffice& place, MatterId matter) {
    return place.story.state(matter).field("receipt").as_string();
}

TEST(hand_over, goes_there_and_back_with_receipts) {
    PostOffice here, there;
    constexpr int lost_percent = 30;
    const Receiver at_there(lost_percent, [&](const Received& one) {
        return take_over(there, "there", one);
    });
    const Receiver at_here(
        lost_percent, [&](const Received& one) { return take_over(here, "here", one); }, 5
    );
    here.channels.partners = {{"邻县", "there", at_there.url(), shared_secret}};
    there.channels.partners = {{"本县", "here", at_here.url(), shared_secret}};
    const MatterId appeal = here.story.begins(
        "appeal", {{"channel", "hotline"}, {"for", "某厂"}, {"title", "邻县路段坑洼"}}
    );
    here.story.does(Verb::hand_over, appeal, {{"body", "邻县"}, {"text", "属邻县管辖"}});
    // Both clocks stand still but for the delays of new tries, which stay within the age of a
    // signature only when both move together.
    const auto until_receipt = [](PostOffice& from, PostOffice& to, MatterId matter) {
        for (int round = 0; round < 40 && receipt_of(from, matter).empty(); ++round) {
            from.look();
            const UtcMs next = from.clock().now() + std::chrono::minutes{1};
            from.clock().move_to(next);
            from.story.at(to_office_string(next));
            to.story.at(to_office_string(next));
            to.clock().move_to(next);
        }
        return receipt_of(from, matter);
    };
    const std::string receipt = until_receipt(here, there, appeal);
    ASSERT_TRUE(receipt.starts_with("there ZT-")) << receipt;
    const auto copy = there.story.ledger().find_number(receipt.substr(6));
    ASSERT_TRUE(copy.has_value());
    const MatterId there_id = *copy;
    EXPECT_TRUE(there.story.state(there_id)
                    .field("handed_from")
                    .as_string()
                    .ends_with(here.story.state(appeal).number));
    there.story.as("office.clerk")
        .does(Verb::hand_over, there_id, {{"body", "本县"}, {"text", "仍属你县"}});
    const std::string back = until_receipt(there, here, there_id);
    ASSERT_TRUE(back.starts_with("here ZT-")) << back;
    EXPECT_NE(back.substr(5), here.story.state(appeal).number);
}

TEST(hand_over, to_a_body_that_is_no_partner_goes_by_letter) {
    PostOffice here;
    const MatterId appeal = here.story.begins(
        "appeal", {{"channel", "hotline"}, {"for", "某厂"}, {"title", "海关查验慢"}}
    );
    here.story.does(Verb::hand_over, appeal, {{"body", "海关"}, {"text", "依职权移送"}});
    here.deliver();
    const auto moot = here.all(views::MessageState::moot);
    EXPECT_TRUE(std::ranges::any_of(moot, [](const views::Message& one) {
        return one.way == views::Way::hand_over && one.reason == "no_partner";
    }));
}

TEST(hand_over, with_a_receipt_that_is_not_the_partners_is_tried_again) {
    PostOffice here;
    const Receiver liar(0, [](const Received& one) {
        Receiver::Answer answer;
        const auto message = read_hand_over(one.body);
        answer.body = to_text(Receipt{message->effect, "there", "ZT-2022-000001"});
        return answer;  // unsigned
    });
    here.channels.partners = {{"邻县", "there", liar.url(), shared_secret}};
    const MatterId appeal = here.story.begins(
        "appeal", {{"channel", "hotline"}, {"for", "某厂"}, {"title", "邻县路段坑洼"}}
    );
    here.story.does(Verb::hand_over, appeal, {{"body", "邻县"}, {"text", "属邻县管辖"}});
    here.look();
    EXPECT_EQ(here.all(views::MessageState::waiting).at(0).reason, "bad_receipt");
    EXPECT_EQ(receipt_of(here, appeal), "");
}

}  // namespace
}  // namespace zt::connect
