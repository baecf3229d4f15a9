#include "connect/impl/composer.hpp"

#include "base/check.hpp"
#include "connect/hand_over.hpp"
#include "connect/mail.hpp"
#include "connect/quiet.hpp"
#include "connect/webhook.hpp"
#include "service/codec.hpp"

#include <algorithm>

namespace zt::connect::impl {

using views::Message;
using views::MessageState;
using views::Settled;
using views::Way;

namespace {

Settled moot(const Message& message, const char* reason) {
    Settled out;
    out.id = message.id;
    out.state = MessageState::moot;
    out.reason = reason;
    return out;
}

Settled call_line(const Message& message) {
    Settled out;
    out.id = message.id;
    out.state = MessageState::waiting;
    out.way = Way::call;
    out.not_before = message.not_before;
    return out;
}

Settled later(const Message& message, UtcMs from, const char* reason) {
    Settled out;
    out.id = message.id;
    out.state = MessageState::waiting;
    out.reason = reason;
    out.not_before = from;
    return out;
}

std::string party_part(PartNo party, const char* what) {
    return "party." + std::to_string(party) + "." + what;
}

}  // namespace

Result<Told> Composer::read(MatterId matter) const {
    TRY(const auto row, reader_.matter(matter));
    if (!row) {
        return fail(Errc::unknown_matter, "there is no matter " + std::to_string(matter.value));
    }
    TRY(const auto rows, reader_.events_of(*row));
    Told out;
    TRY(out.state, service::fold(rows));
    for (const auto& one : rows) {
        TRY(auto event, service::event_of_row(one));
        out.events.push_back(std::move(event));
    }
    return out;
}

Result<std::string> Composer::opened_in(const Event& event, std::string_view name) const {
    const auto has_name = [&](const auto& part) { return part.name == name; };
    if (std::ranges::none_of(event.sealed, has_name)) {
        return std::string();
    }
    const auto texts = doors_.open_texts(event);
    if (!texts) {
        if (texts.error().code == Errc::not_found) {
            return std::string();
        }
        return std::unexpected(texts.error());
    }
    const auto found = std::ranges::find_if(*texts, has_name);
    return found == texts->end() ? std::string() : found->text;
}

Result<std::string> Composer::opened(const Told& told, std::string_view name) const {
    for (auto event = told.events.rbegin(); event != told.events.rend(); ++event) {
        TRY(auto text, opened_in(*event, name));
        if (!text.empty()) {
            return text;
        }
    }
    return std::string();
}

Result<std::string> Composer::asked_reason(const Event& granted) const {
    store::MatterRow until;
    until.id = granted.matter;
    until.last_seq = granted.seq;
    TRY(const auto rows, reader_.events_of(until));
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        TRY(const Event event, service::event_of_row(*row));
        if (event.verb == Verb::ask_extension) {
            return event.input["reason"].as_string();
        }
    }
    return std::string();
}

Result<Prepared> Composer::prepare(const Message& message, UtcMs now) const {
    if (message.way == Way::hand_over) {
        return to_partner(message, now);
    }
    if (message.way == Way::call) {
        return Prepared(call_line(message));
    }
    const UtcMs open = open_from(now, channels_.quiet, rules_.calendar.offset);
    if (!message.is_at_once && open > now) {
        return Prepared(later(message, open, "quiet"));
    }
    return message.party != 0 ? to_party(message, now) : to_person(message, now);
}

Result<Prepared> Composer::to_party(Message message, UtcMs now) const {
    TRY(const Told told, read(message.matter));
    if (told.state.is_erased) {
        return Prepared(moot(message, "erased"));
    }
    // The class may have been raised since.
    message.is_neutral = message.is_neutral || told.state.protection == Protection::wrong_done;
    TRY(const std::string contact, opened(told, party_part(message.party, "contact")));
    if (contact.empty()) {
        return Prepared(moot(message, "no_contact"));
    }
    return letter(message, reach_of(contact), now);
}

Result<Prepared> Composer::to_person(const Message& message, UtcMs now) const {
    TRY(const Told told, read(MatterId{message.person.value}));
    if (message.way == Way::chat) {
        return letter(message, {Way::chat, told.state.field("code").as_string()}, now);
    }
    TRY(const std::string contact, opened(told, "contact"));
    const Reach reach = reach_of(contact);
    if (reach.way != message.way) {
        return Prepared(moot(message, "no_address"));
    }
    return letter(message, reach, now);
}

Prepared Composer::letter(const Message& message, const Reach& reach, UtcMs now) const {
    if (reach.way == Way::mail && channels_.mail) {
        const Said said = say(message, {&doors_.texts, &rules_, doors_.language, channels_.place});
        const MailServer& server = *channels_.mail;
        auto text = mail_text(
            {server.from,
             reach.to,
             channels_.place,
             said.subject,
             said.text,
             to_string(message.id),
             now}
        );
        if (!text) {
            return call_line(message);
        }
        Letter out;
        out.way = Way::mail;
        out.request.url = server.url;
        out.request.mail = &server;
        out.request.mail_to = reach.to;
        out.request.body = *std::move(text);
        return out;
    }
    const bool has_gateway =
        (reach.way == Way::sms && channels_.sms) || (reach.way == Way::chat && channels_.chat);
    if (has_gateway) {
        return webhook_letter(message, reach, now);
    }
    // Nobody calls the place's own people: they have the desk.
    return message.party != 0 ? Prepared(call_line(message))
                              : Prepared(moot(message, "no_channel"));
}

Prepared Composer::webhook_letter(const Message& message, const Reach& reach, UtcMs now) const {
    const auto& channel = reach.way == Way::sms ? channels_.sms : channels_.chat;
    CHECK(channel.has_value());
    const Webhook& webhook = *channel;
    const Said said = say(message, {&doors_.texts, &rules_, doors_.language, channels_.place});
    WebhookValues values;
    values.to = reach.to;
    values.text = said.text;
    values.effect = to_string(message.id);
    values.number = message.number;
    values.what = message.is_neutral ? "news" : name_of(message.what);
    values.date = to_string(office_date(message.at, rules_.calendar.offset));
    values.seconds = std::to_string(
        std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count()
    );
    Letter out;
    out.way = reach.way;
    out.request.url = webhook.url;
    out.request.body = webhook_body(webhook, values);
    out.request.headers = signed_headers(webhook.secret, now, out.request.body);
    out.request.headers.emplace_back(effect_header, values.effect);
    out.request.headers.emplace_back("Content-Type", webhook.content_type);
    for (const auto& header : webhook.headers) {
        out.request.headers.push_back(header);
    }
    out.answer_contains = webhook.answer_contains;
    return out;
}

Result<Prepared> Composer::to_partner(const Message& message, UtcMs now) const {
    const Partner* partner = find_partner(channels_, message.text);
    if (partner == nullptr) {
        return Prepared(moot(message, "no_partner"));  // goes by letter, as the clerk knows
    }
    TRY(const Told told, read(message.matter));
    const State& state = told.state;
    HandOver out;
    out.effect = message.id;
    out.tenant = rules_.tenant;
    out.path = origin_path(state.field("handed_from").as_string());
    out.path.push_back(rules_.tenant + " " + state.number);
    out.kind = state.kind;
    out.at = message.at;
    TRY(out.title, opened(told, "title"));
    TRY(out.text, opened_in(told.events.front(), "text"));
    for (const Event& event : told.events) {
        if (event.seq == message.id.seq) {
            TRY(out.reason, opened_in(event, "text"));
        }
    }
    if (const Party* requester = state.requester()) {
        TRY(out.name, opened(told, party_part(requester->no, "name")));
        TRY(out.contact, opened(told, party_part(requester->no, "contact")));
        out.is_hidden = requester->is_hidden;
    }
    if (out.title.empty()) {
        return Prepared(moot(message, "erased"));
    }
    out.purpose = state.purpose;
    out.category = state.category;
    out.protection = name_of(state.protection);
    Letter letter;
    letter.way = Way::hand_over;
    letter.partner = partner;
    letter.request.url = partner->url;
    letter.request.body = to_text(out);
    letter.request.headers = signed_headers(partner->secret, now, letter.request.body);
    letter.request.headers.emplace_back(effect_header, to_string(message.id));
    letter.request.headers.emplace_back("Content-Type", "application/json");
    letter.request.headers.emplace_back("Zhitong-Tenant", rules_.tenant);
    return Prepared(std::move(letter));
}

}  // namespace zt::connect::impl
