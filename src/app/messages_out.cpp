#include "app/messages_out.hpp"

#include "app/texts.hpp"
#include "base/text.hpp"
#include "connect/hand_over.hpp"
#include "http/api_notices.hpp"
#include "http/codec.hpp"
#include "service/sealed_texts.hpp"

#include <algorithm>

namespace zt::app {

namespace {

constexpr std::chrono::seconds await_longest{1};

connect::TextOf texts_in(Language language) {
    return [&texts = texts_of(language)](std::string_view key) { return texts.get(key); };
}

Language language_of(std::string_view name) { return name == "en" ? Language::en : Language::zh; }

/// Who is no partner and who signs wrongly hear the same.
std::unexpected<Error> not_signed() {
    return fail(Errc::not_signed_in, "no place or gateway is known here under that signature");
}

bool is_signed(const http::Call& call, const std::string& secret) {
    const connect::Signature signature{std::string(call.signed_at), std::string(call.signature)};
    return connect::verify(secret, signature, call.body, call.now).has_value();
}

/// The last place that it came through is the one that signs.
bool came_from(const connect::HandOver& message) {
    return message.path.back().starts_with(message.tenant + " ");
}

http::Reply
receipt_reply(const connect::Receipt& receipt, const std::string& secret, UtcMs now, int status) {
    http::Reply reply;
    reply.status = status;
    reply.body = connect::to_text(receipt);
    reply.headers = connect::signed_headers(secret, now, reply.body);
    return reply;
}

}  // namespace

Result<std::unique_ptr<PlaceMessages>> PlaceMessages::start(MessageParts parts) {
    std::unique_ptr<PlaceMessages> messages(new PlaceMessages(std::move(parts)));
    PlaceMessages& self = *messages;
    TRY(self.outbox_, views::Outbox::open(self.parts_.file));
    const connect::CourierParts courier_parts{
        self.parts_.courier_reader.get(), self.outbox_.get(), self.parts_.clock, &self.random_
    };
    TRY(auto courier,
        connect::Courier::open(courier_parts, self.parts_.rules, self.parts_.channels, self.doors())
    );
    self.delivery_ = std::make_unique<connect::Delivery>(std::move(courier), *self.outbox_);
    return messages;
}

PlaceMessages::~PlaceMessages() = default;

connect::Doors PlaceMessages::doors() {
    connect::Doors doors;
    doors.texts = texts_in(Language::zh);
    doors.open_texts = [this](const Event& event) {
        return service::open_texts(*parts_.courier_reader, parts_.served->key(), event);
    };
    doors.submit = [this](Submit submit) { return parts_.served->submit(std::move(submit)); };
    doors.told = [this](std::span<const PersonId> people) { heard(people); };
    return doors;
}

void PlaceMessages::heard(std::span<const PersonId> people) {
    {
        // So that whoever looked before, and waits now, cannot miss it.
        const std::lock_guard lock(mutex_);
    }
    went_on_.notify_all();
    if (parts_.told && !people.empty()) {
        parts_.told(people);
    }
}

std::string PlaceMessages::say(const views::InboxLine& line, std::string_view language) const {
    const Language chosen = language_of(language);
    const auto texts = texts_in(chosen);
    return connect::say(line, {&texts, parts_.rules.get(), chosen, parts_.channels.place});
}

std::string PlaceMessages::say(const views::Message& message, std::string_view language) const {
    const Language chosen = language_of(language);
    const auto texts = texts_in(chosen);
    return connect::say(message, {&texts, parts_.rules.get(), chosen, parts_.channels.place}).text;
}

bool PlaceMessages::has_channel(views::Way way) const {
    switch (way) {
    case views::Way::mail: return parts_.channels.mail.has_value();
    case views::Way::sms: return parts_.channels.sms.has_value();
    case views::Way::chat: return parts_.channels.chat.has_value();
    case views::Way::hand_over: return !parts_.channels.partners.empty();
    case views::Way::in_app:
    case views::Way::contact:
    case views::Way::call: return true;
    }
    return false;
}

void PlaceMessages::await(Seq seq) {
    delivery_->wake();
    std::unique_lock lock(mutex_);
    const bool is_there =
        went_on_.wait_for(lock, await_longest, [&] { return outbox_->position() >= seq; });
    ignore(is_there, "a view that lags is read as it stands");
}

Result<http::Reply> PlaceMessages::take_over(const http::Call& call) {
    TRY(const auto message, connect::read_hand_over(call.body));
    const auto& partners = parts_.channels.partners;
    const auto partner = std::ranges::find(partners, message.tenant, &connect::Partner::tenant);
    if (partner == partners.end() || !is_signed(call, partner->secret) || !came_from(message)) {
        return not_signed();
    }
    const Kind* kind = parts_.served->rules().kinds.newest(message.kind);
    if (kind == nullptr) {
        return fail(Errc::bad_value, "no kind of this name is kept here", "/kind");
    }
    TRY(auto submit, connect::submit_of(message, *kind));
    TRY(const auto taken, parts_.served->submit(std::move(submit)));
    const connect::Receipt receipt{
        message.effect, parts_.served->rules().tenant, taken.rows.front().number
    };
    return receipt_reply(receipt, partner->secret, call.now, taken.is_repeated ? 200 : 201);
}

Result<http::Reply> PlaceMessages::replay(const http::Call& call) {
    TRY(const auto body, http::read_body<http::api::ReplayAsk>(call));
    const bool is_chat = body.way == "chat";
    const auto& gateway = is_chat ? parts_.channels.chat : parts_.channels.sms;
    if ((!is_chat && body.way != "sms") || !gateway || !is_signed(call, gateway->secret)) {
        return not_signed();
    }
    connect::ReplayAsk ask;
    ask.way = is_chat ? views::Way::chat : views::Way::sms;
    if (body.after) {
        TRY(ask.after, views::parse_effect_id(*body.after));
    }
    const auto most = static_cast<std::int64_t>(ask.limit);
    ask.limit =
        static_cast<std::size_t>(std::clamp<std::int64_t>(body.limit.value_or(most), 1, most));
    const std::lock_guard one_at_a_time(replaying_);
    OsRandom random;
    connect::Doors own = doors();
    own.open_texts = [this](const Event& event) {
        return service::open_texts(*parts_.replay_reader, parts_.served->key(), event);
    };
    TRY(const auto page,
        connect::replay(
            ask,
            {parts_.replay_reader.get(), outbox_.get(), parts_.clock, &random},
            *parts_.rules,
            parts_.channels,
            own
        ));
    http::api::ReplayPage answer;
    for (const auto& one : page.calls) {
        http::api::ReplayedCall& made = answer.calls.emplace_back();
        made.id = views::to_string(one.id);
        made.body = one.body;
        for (const auto& [name, value] : one.headers) {
            made.headers.push_back({name, value});
        }
    }
    answer.next = page.next ? std::optional(views::to_string(*page.next)) : std::nullopt;
    http::Reply reply = http::json_reply(http::to_json(answer));
    reply.holds_secret = true;  // contacts stand in it
    return reply;
}

}  // namespace zt::app
