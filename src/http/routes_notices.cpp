// Notices: what people of the place are told, how they want to hear it, whom the office has to
// call, and what did not arrive. A line of an inbox is a letter that was delivered: number, state
// and date, never content; it stays with whom it was addressed to, whatever they may see later.

#include "base/text.hpp"
#include "http/api_notices.hpp"
#include "http/codec.hpp"
#include "http/messages_out.hpp"
#include "http/pages/following.hpp"
#include "http/pages/looking.hpp"
#include "http/pages/numbers.hpp"
#include "http/route_lists.hpp"

#include <algorithm>
#include <array>

namespace zt::http {

namespace {

using views::MessageState;
using views::NoticeClass;
using views::Way;

constexpr std::size_t notices_max = 200;
constexpr int minutes_of_hour = 60;
/// Ways that people choose besides their inbox.
constexpr std::array chosen_ways{Way::mail, Way::sms, Way::chat};

/// A place that sends nothing has no such pages.
Result<MessagesOut*> messages_of(const World& world) {
    if (world.messages == nullptr) {
        return fail(Errc::not_found, "this place sends no messages");
    }
    return world.messages;
}

Result<std::optional<views::EffectId>> after_of(const Call& call) {
    const std::string* text = call.query_value("after");
    if (text == nullptr || text->empty()) {
        return std::optional<views::EffectId>{};
    }
    auto id = views::parse_effect_id(*text);
    if (!id) {
        return fail(Errc::bad_value, "the `next` of the page before is expected", "/after");
    }
    return std::optional(*id);
}

Result<views::EffectId> effect_of(const Call& call) {
    const auto id = views::parse_effect_id(call.path_value("message"));
    return id ? id : fail(Errc::not_found, "there is no such message");
}

Reply no_content() {
    Reply reply;
    reply.status = 204;
    return reply;
}

std::optional<std::string> text_of(const std::optional<views::EffectId>& id) {
    return id ? std::optional(views::to_string(*id)) : std::nullopt;
}

// ---- one's own notices --------------------------------------------------------------------------

Result<void> await_seen(MessagesOut& messages, const Call& call) {
    const std::string* seq = call.query_value("seq");
    if (seq == nullptr) {
        return {};
    }
    const auto number = parse_int(*seq);
    if (!number || *number < 0) {
        return fail(Errc::bad_number, "the seq that the page must have seen", "/seq");
    }
    messages.await(*number);
    return {};
}

Result<Reply> get_notices(World& world, const Call& call) {
    TRY(MessagesOut* const messages, messages_of(world));
    TRY_VOID(await_seen(*messages, call));
    TRY(const auto after, after_of(call));
    const std::size_t limit = pages::limit_of(call, notices_max);
    TRY(const auto page, messages->outbox().inbox(call.caller.person, after, limit));
    api::NoticeList list;
    for (const auto& line : page.lines) {
        list.rows.push_back(
            {views::to_string(line.id),
             std::string(line.is_neutral ? "news" : name_of(line.what)),
             messages->say(line, call.language),
             line.number,
             line.at,
             line.due,
             line.read}
        );
    }
    list.next = text_of(page.next);
    TRY(list.unread, messages->outbox().count_unread(call.caller.person));
    return json_reply(to_json(list));
}

Result<Reply> get_unread(World& world, const Call& call) {
    TRY(MessagesOut* const messages, messages_of(world));
    TRY_VOID(await_seen(*messages, call));
    TRY(const auto unread, messages->outbox().count_unread(call.caller.person));
    return json_reply(to_json(api::Unread{unread}));
}

/// Safe to send twice: what was read stays read at its first instant.
Result<Reply> post_read(World& world, const Call& call) {
    TRY(MessagesOut* const messages, messages_of(world));
    TRY(const auto body, read_body<api::MarkRead>(call));
    views::Outbox& outbox = messages->outbox();
    if (!body.ids) {
        TRY_VOID(outbox.mark_all_read(call.caller.person, call.now));
    } else {
        std::vector<views::EffectId> ids;
        for (const auto& text : *body.ids) {
            auto id = views::parse_effect_id(text);
            if (!id) {
                return fail(
                    Errc::bad_value,
                    "the id of a notice is expected: 1234-8",
                    "/ids/" + std::to_string(ids.size())
                );
            }
            ids.push_back(*id);
        }
        TRY(const auto count, outbox.mark_read(call.caller.person, ids, call.now));
        ignore(count, "the answer tells how many are left");
    }
    TRY(const auto unread, outbox.count_unread(call.caller.person));
    return json_reply(to_json(api::Unread{unread}));
}

// ---- choice -------------------------------------------------------------------------------------

std::string text_of_minute(int minute) {
    const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return two(minute / minutes_of_hour) + ":" + two(minute % minutes_of_hour);
}

Result<int> minute_of(const std::string& text) {
    constexpr std::size_t written = 5;
    constexpr int hours_of_day = 24;
    const bool has_form = text.size() == written && text[2] == ':';
    const auto hour = has_form ? parse_int(text.substr(0, 2)) : fail(Errc::bad_number);
    const auto minute = has_form ? parse_int(text.substr(3)) : fail(Errc::bad_number);
    if (!hour || !minute || *hour < 0 || *hour >= hours_of_day || *minute < 0 ||
        *minute >= minutes_of_hour) {
        return fail(Errc::bad_value, "a time of the day: 00:00 to 23:59", "/digest");
    }
    return static_cast<int>(*hour) * minutes_of_hour + static_cast<int>(*minute);
}

Result<NoticeClass> muted_of(const std::string& name, const std::string& at) {
    const auto what = views::parse_notice_class(name);
    if (!what) {
        return fail(Errc::unknown_word, "no notices are called so; `classes` lists them", at);
    }
    if (views::is_escalating(*what)) {
        return fail(Errc::bad_value, "what escalates cannot be muted", at);
    }
    return *what;
}

Result<Way> way_of(const std::string& name, const MessagesOut& messages) {
    const auto way = views::parse_way(name);
    if (!way || std::ranges::find(chosen_ways, *way) == chosen_ways.end() ||
        !messages.has_channel(*way)) {
        return fail(Errc::bad_value, "not a way of this place; `ways` lists them", "/way");
    }
    return *way;
}

Result<views::Choice> choice_of(const api::NoticeChoice& body, const MessagesOut& messages) {
    views::Choice choice;
    for (const auto& name : body.muted) {
        TRY(const auto what, muted_of(name, "/muted/" + std::to_string(choice.muted.size())));
        choice.muted.push_back(what);
    }
    if (body.way) {
        TRY(choice.way, way_of(*body.way, messages));
    }
    choice.is_at_once = body.is_at_once;
    if (body.digest) {
        TRY(choice.digest_minute, minute_of(*body.digest));
    }
    return choice;
}

api::NoticeChoicePage page_of(const views::Choice& choice, const MessagesOut& messages) {
    api::NoticeChoicePage page;
    for (const NoticeClass what : choice.muted) {
        page.choice.muted.emplace_back(name_of(what));
    }
    if (choice.way) {
        page.choice.way = std::string(name_of(*choice.way));
    }
    page.choice.is_at_once = choice.is_at_once;
    if (choice.digest_minute) {
        page.choice.digest = text_of_minute(*choice.digest_minute);
    }
    for (std::size_t index = 0; index < views::notice_classes; ++index) {
        const auto what = static_cast<NoticeClass>(index);
        auto& list = views::is_escalating(what) ? page.never_muted : page.classes;
        list.emplace_back(name_of(what));
    }
    for (const Way way : chosen_ways) {
        if (messages.has_channel(way)) {
            page.ways.emplace_back(name_of(way));
        }
    }
    return page;
}

Result<Reply> get_choice(World& world, const Call& call) {
    TRY(MessagesOut* const messages, messages_of(world));
    TRY(const auto choice, messages->outbox().choice({call.caller.person, {}, 0}));
    return json_reply(to_json(page_of(choice, *messages)));
}

Result<Reply> put_choice(World& world, const Call& call) {
    TRY(MessagesOut* const messages, messages_of(world));
    TRY(const auto body, read_body<api::NoticeChoice>(call));
    TRY(const auto choice, choice_of(body, *messages));
    TRY_VOID(messages->outbox().choose({call.caller.person, {}, 0}, choice));
    return json_reply(to_json(page_of(choice, *messages)));
}

/// The requester's own choice, for one matter. A summary a day is for people of the place.
Result<views::Chooser> requester_of(World& world, const Call& call) {
    TRY(auto desk, world.served->desk());
    TRY(const MatterId matter, followed(world, call, *desk));
    TRY(const State state, desk->state(matter));
    const PartNo party = acting_follower(state, call, *world.served->directory()).party;
    if (party == 0) {
        return fail(Errc::not_found, "nobody is told of this matter");
    }
    return views::Chooser{{}, matter, party};
}

Result<Reply> get_requester_choice(World& world, const Call& call) {
    TRY(MessagesOut* const messages, messages_of(world));
    TRY(const auto who, requester_of(world, call));
    TRY(const auto choice, messages->outbox().choice(who));
    return json_reply(to_json(page_of(choice, *messages)));
}

Result<Reply> put_requester_choice(World& world, const Call& call) {
    TRY(MessagesOut* const messages, messages_of(world));
    TRY(const auto body, read_body<api::NoticeChoice>(call));
    if (body.digest || body.way) {
        return fail(
            Errc::bad_value,
            "messages go one by one, to the contact that was left",
            body.digest ? "/digest" : "/way"
        );
    }
    TRY(const auto choice, choice_of(body, *messages));
    TRY(const auto who, requester_of(world, call));
    TRY_VOID(messages->outbox().choose(who, choice));
    return json_reply(to_json(page_of(choice, *messages)));
}

// ---- the call list ------------------------------------------------------------------------------

/// Who may see the contact may call: the rules of the reveal are those of the list.
Result<bool> may_call(Looking& looking, const Call& call, MatterId matter) {
    TRY(const State state, looking.desk->state(matter));
    return may_reveal(state, viewer_of(call.caller), looking.context) != Persons::none;
}

Result<Reply> get_calls(World& world, const Call& call) {
    TRY(MessagesOut* const messages, messages_of(world));
    TRY(auto looking, look(world, call));
    TRY(auto after, after_of(call));
    const std::size_t limit = pages::limit_of(call, notices_max);
    api::CallList list;
    while (list.rows.size() < limit) {
        TRY(const auto page, messages->outbox().calls(after, limit));
        for (const auto& message : page.messages) {
            TRY(const bool is_shown, may_call(looking, call, message.matter));
            if (!is_shown) {
                continue;
            }
            if (list.rows.size() == limit) {
                list.next = list.rows.back().id;
                return json_reply(to_json(list));
            }
            list.rows.push_back(
                {views::to_string(message.id),
                 message.number,
                 std::string(message.is_neutral ? "news" : name_of(message.what)),
                 messages->say(message, call.language),
                 message.at}
            );
        }
        if (!page.next) {
            return json_reply(to_json(list));
        }
        after = page.next;
    }
    list.next = text_of(after);
    return json_reply(to_json(list));
}

/// Safe to send twice: a call that was made stays made.
Result<Reply> post_called(World& world, const Call& call) {
    TRY(MessagesOut* const messages, messages_of(world));
    TRY(const auto id, effect_of(call));
    TRY(const auto message, messages->outbox().find(id));
    if (!message || message->way != Way::call) {
        return fail(Errc::not_found, "there is no such message");
    }
    TRY(auto looking, look(world, call));
    TRY(const bool is_shown, may_call(looking, call, message->matter));
    if (!is_shown) {
        return fail(Errc::not_found, "there is no such message");
    }
    if (message->state != MessageState::done) {
        TRY_VOID(messages->outbox().finish_call(id, call.now));
    }
    return no_content();
}

// ---- what did not arrive ------------------------------------------------------------------------

Result<Reply> get_dead_letters(World& world, const Call& call) {
    TRY(MessagesOut* const messages, messages_of(world));
    TRY(const auto after, after_of(call));
    views::Outbox& outbox = messages->outbox();
    TRY(const auto page,
        outbox.page(MessageState::dead, after, pages::limit_of(call, notices_max)));
    api::DeadLetterList list;
    for (const auto& message : page.messages) {
        list.rows.push_back(
            {views::to_string(message.id),
             std::string(name_of(message.way)),
             std::string(name_of(message.what)),
             message.reason,
             message.at,
             message.attempts}
        );
    }
    list.next = text_of(page.next);
    TRY(const auto counts, outbox.counts());
    std::tie(list.due, list.sending, list.waiting, list.done, list.dead, list.moot) =
        std::tuple_cat(counts);
    return json_reply(to_json(list));
}

/// Safe to send twice: what is under way again is not begun anew.
Result<Reply> post_again(World& world, const Call& call) {
    TRY(MessagesOut* const messages, messages_of(world));
    TRY(const auto id, effect_of(call));
    TRY(const auto message, messages->outbox().find(id));
    if (!message) {
        return fail(Errc::not_found, "there is no such message");
    }
    if (message->state == MessageState::dead) {
        TRY_VOID(messages->outbox().send_again(id, call.now));
    }
    return no_content();
}

Result<Reply> post_replay(World& world, const Call& call) {
    TRY(MessagesOut* const messages, messages_of(world));
    return messages->replay(call);
}

const Pairs page_values{{"after", "`next` of the page before"}, {"limit", "rows, 50 if left out"}};

std::vector<Route> own_routes() {
    Pairs with_seq = page_values;
    with_seq.emplace_back("seq", "an event that the answer must have seen");
    return {
        {.method = Method::get,
         .path = "/api/v1/notices",
         .role = For(Role::signed_in),
         .summary = "What one was told, newest first",
         .body = none(),
         .answer = schema_of<api::NoticeList>(),
         .handler = Answering(get_notices),
         .query = with_seq},
        {.method = Method::get,
         .path = "/api/v1/notices/unread",
         .role = For(Role::signed_in),
         .summary = "How many of them are new",
         .body = none(),
         .answer = schema_of<api::Unread>(),
         .handler = Answering(get_unread),
         .query = {{"seq", "an event that the answer must have seen"}}},
        {.method = Method::post,
         .path = "/api/v1/notices/read",
         .role = For(Role::signed_in),
         .summary = "Mark some of them as read, or all",
         .body = schema_of<api::MarkRead>(),
         .answer = schema_of<api::Unread>(),
         .handler = Answering(post_read),
         .key = KeyRule::repeatable},
        {.method = Method::get,
         .path = "/api/v1/notices/choice",
         .role = For(Role::signed_in),
         .summary = "By which way one hears of what, and what may be chosen",
         .body = none(),
         .answer = schema_of<api::NoticeChoicePage>(),
         .handler = Answering(get_choice)},
        {.method = Method::put,
         .path = "/api/v1/notices/choice",
         .role = For(Role::signed_in),
         .summary = "Choose; what escalates cannot be muted",
         .body = schema_of<api::NoticeChoice>(),
         .answer = schema_of<api::NoticeChoicePage>(),
         .handler = Answering(put_choice),
         .key = KeyRule::repeatable},
    };
}

std::vector<Route> requester_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/portal/matters/{number}/notices",
         .role = For(Role::follower),
         .summary = "Of what the requester wants to hear",
         .body = none(),
         .answer = schema_of<api::NoticeChoicePage>(),
         .handler = Answering(get_requester_choice)},
        {.method = Method::put,
         .path = "/api/v1/portal/matters/{number}/notices",
         .role = For(Role::follower),
         .summary = "Choose: what is muted, and whether also in quiet hours",
         .body = schema_of<api::NoticeChoice>(),
         .answer = schema_of<api::NoticeChoicePage>(),
         .handler = Answering(put_requester_choice),
         .key = KeyRule::repeatable},
    };
}

std::vector<Route> office_routes() {
    return {
        {.method = Method::get,
         .path = "/api/v1/calls",
         .role = For(Role::in_post),
         .summary = "Whom to call because no message reaches them, oldest first",
         .body = none(),
         .answer = schema_of<api::CallList>(),
         .handler = Answering(get_calls),
         .query = page_values},
        {.method = Method::post,
         .path = "/api/v1/calls/{message}/done",
         .role = For(Role::in_post),
         .summary = "They were called",
         .body = none(),
         .answer = none(),
         .handler = Answering(post_called),
         .key = KeyRule::repeatable},
        {.method = Method::get,
         .path = "/api/v1/admin/dead-letters",
         .role = For(Role::system_admin),
         .summary = "Messages that did not arrive, and how many stand how",
         .body = none(),
         .answer = schema_of<api::DeadLetterList>(),
         .handler = Answering(get_dead_letters),
         .query = page_values},
        {.method = Method::post,
         .path = "/api/v1/admin/dead-letters/{message}/retry",
         .role = For(Role::system_admin),
         .summary = "Try one again",
         .body = none(),
         .answer = none(),
         .handler = Answering(post_again),
         .key = KeyRule::repeatable},
        {.method = Method::post,
         .path = "/api/v1/messages/replay",
         .role = For(Role::anybody),
         .summary = "What a gateway missed, signed by its secret in Zhitong-Signature",
         .body = schema_of<api::ReplayAsk>(),
         .answer = schema_of<api::ReplayPage>(),
         .handler = Answering(post_replay),
         .limits = {.body_bytes = 4096},
         .key = KeyRule::repeatable},
    };
}

}  // namespace

std::vector<Route> notice_routes() {
    auto rows = own_routes();
    std::ranges::move(requester_routes(), std::back_inserter(rows));
    std::ranges::move(office_routes(), std::back_inserter(rows));
    return rows;
}

}  // namespace zt::http
