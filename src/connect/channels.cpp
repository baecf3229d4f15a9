#include "connect/channels.hpp"

#include <algorithm>
#include <string_view>

namespace zt::connect {

namespace {

constexpr int minutes_of_day = 24 * 60;

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char byte) {
        return static_cast<unsigned char>(byte) < 0x20U || byte == 0x7F;
    });
}

Result<void> check_url(
    std::string_view url, std::initializer_list<std::string_view> schemes, const std::string& at
) {
    const bool is_known =
        std::ranges::any_of(schemes, [&](auto scheme) { return url.starts_with(scheme); });
    if (!is_known || has_control(url)) {
        return fail(Errc::bad_value, "the address begins with none of the protocols allowed", at);
    }
    return {};
}

Result<void> check_secret(const std::string& secret, const std::string& at) {
    if (secret.size() < secret_bytes_min) {
        return fail(
            Errc::bad_value,
            "the secret needs at least " + std::to_string(secret_bytes_min) + " characters",
            at
        );
    }
    return {};
}

Result<void> check_plain(std::string_view text, const std::string& at) {
    return has_control(text) ? fail(Errc::bad_value, "a line break or control character", at)
                             : Result<void>{};
}

Result<void> check_mail(const MailServer& mail) {
    if (mail.security == MailSecurity::tls) {
        TRY_VOID(check_url(mail.url, {"smtps://"}, "mail.url"));
    } else {
        TRY_VOID(check_url(mail.url, {"smtp://"}, "mail.url"));
    }
    if (mail.from.find('@') == std::string::npos) {
        return fail(Errc::bad_value, "the sender is an address with @", "mail.from");
    }
    return check_plain(mail.from, "mail.from");
}

Result<void> check_webhook(const Webhook& webhook, const std::string& name) {
    TRY_VOID(check_url(webhook.url, {"http://", "https://"}, name + ".url"));
    TRY_VOID(check_secret(webhook.secret, name + ".secret"));
    TRY_VOID(check_plain(webhook.content_type, name + ".content_type"));
    for (const auto& [key, value] : webhook.headers) {
        TRY_VOID(check_plain(key + value, name + ".headers"));
    }
    for (const char* const needed : {"{to}", "{text}"}) {
        if (webhook.body.find(needed) == std::string::npos) {
            return fail(
                Errc::bad_value, std::string("the template lacks ") + needed, name + ".body"
            );
        }
    }
    return {};
}

}  // namespace

Result<void> check(const Channels& channels) {
    TRY_VOID(check_plain(channels.place, "place"));
    if (channels.mail) {
        TRY_VOID(check_mail(*channels.mail));
    }
    if (channels.sms) {
        TRY_VOID(check_webhook(*channels.sms, "sms"));
    }
    if (channels.chat) {
        TRY_VOID(check_webhook(*channels.chat, "chat"));
    }
    for (const Partner& partner : channels.partners) {
        TRY_VOID(check_url(partner.url, {"http://", "https://"}, "partners.url"));
        TRY_VOID(check_secret(partner.secret, "partners.secret"));
        TRY_VOID(check_plain(partner.name + partner.tenant, "partners.name"));
    }
    for (const int minute : {channels.quiet.from_minute, channels.quiet.until_minute}) {
        if (minute < 0 || minute >= minutes_of_day) {
            return fail(Errc::bad_value, "a time of the day is 00:00 … 23:59", "quiet");
        }
    }
    const Retry& retry = channels.retry;
    if (retry.first.count() < 1 || retry.longest < retry.first || retry.attempts_max < 1) {
        return fail(Errc::bad_value, "first ≥ 1 s, longest ≥ first, attempts ≥ 1", "retry");
    }
    const OutgoingLimits& outgoing = channels.outgoing;
    if (outgoing.connections_max < 1 || outgoing.answer_bytes_max < 1) {
        return fail(
            Errc::bad_value, "connections and bytes of an answer are at least 1", "outgoing"
        );
    }
    return {};
}

const Partner* find_partner(const Channels& channels, std::string_view name) {
    const auto found = std::ranges::find(channels.partners, name, &Partner::name);
    return found == channels.partners.end() ? nullptr : &*found;
}

}  // namespace zt::connect
