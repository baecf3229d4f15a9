#include "app/message_settings.hpp"

#include "app/settings.hpp"
#include "base/text.hpp"

#include <fstream>
#include <sstream>

namespace zt::app {

namespace {

using connect::Channels;
using connect::MailServer;
using connect::Webhook;

constexpr std::size_t secret_file_bytes_max = 64U << 10U;

Result<void> bad(std::string_view text, std::string_view right) {
    return fail(Errc::bad_value, "'" + std::string(text) + "' is not " + std::string(right));
}

MailServer& mail_of(ServeSettings& settings) {
    auto& mail = settings.messages.channels.mail;
    return mail ? *mail : mail.emplace();
}

template <auto Channel>
Webhook& gateway_of(ServeSettings& settings) {
    auto& gateway = settings.messages.channels.*Channel;
    return gateway ? *gateway : gateway.emplace();
}

template <auto Member>
Result<void> set_mail(ServeSettings& settings, std::string_view text) {
    mail_of(settings).*Member = std::string(text);
    return {};
}

Result<void> set_security(ServeSettings& settings, std::string_view text) {
    using connect::MailSecurity;
    for (const auto& [name, security] :
         {std::pair{"tls", MailSecurity::tls},
          std::pair{"starttls", MailSecurity::starttls},
          std::pair{"none", MailSecurity::none}}) {
        if (text == name) {
            mail_of(settings).security = security;
            return {};
        }
    }
    return bad(text, "tls, starttls or none");
}

template <auto Channel, auto Member>
Result<void> set_gateway(ServeSettings& settings, std::string_view text) {
    gateway_of<Channel>(settings).*Member = std::string(text);
    return {};
}

template <auto Member>
Result<void> set_file(ServeSettings& settings, std::string_view text) {
    settings.messages.*Member = std::string(text);
    return {};
}

/// "21:00" as minutes of the day.
template <auto Member>
Result<void> set_minute(ServeSettings& settings, std::string_view text) {
    constexpr int hours = 24, minutes = 60;
    const std::size_t colon = text.find(':');
    const auto hour = parse_int(text.substr(0, colon));
    const auto minute = colon == std::string_view::npos ? fail(Errc::bad_number)
                                                        : parse_int(text.substr(colon + 1));
    if (!hour || !minute || *hour < 0 || *hour >= hours || *minute < 0 || *minute >= minutes) {
        return bad(text, "a time of the day: 00:00 to 23:59");
    }
    settings.messages.channels.quiet.*Member =
        static_cast<int>(*hour) * minutes + static_cast<int>(*minute);
    return {};
}

template <auto Group, auto Member, std::int64_t most>
Result<void> set_count(ServeSettings& settings, std::string_view text) {
    const auto number = parse_int(text);
    if (!number || *number < 1 || *number > most) {
        return bad(text, "a number from 1 to " + std::to_string(most));
    }
    auto& member = settings.messages.channels.*Group.*Member;
    member = std::remove_reference_t<decltype(member)>(*number);
    return {};
}

template <auto Member, std::int64_t unit, std::int64_t most>
Result<void> set_hours(ServeSettings& settings, std::string_view text) {
    const auto number = parse_int(text);
    if (!number || *number < 1 || *number > most) {
        return bad(text, "a number from 1 to " + std::to_string(most));
    }
    settings.messages.channels.*Member = std::chrono::hours(*number * unit);
    return {};
}

Result<void> set_private(ServeSettings& settings, std::string_view text) {
    if (text != "on" && text != "off") {
        return bad(text, "on or off");
    }
    settings.messages.channels.outgoing.allows_private = text == "on";
    return {};
}

Result<void> set_addresses(ServeSettings& settings, std::string_view text) {
    auto& addresses = settings.messages.channels.outgoing.addresses;
    addresses.clear();
    for (const auto& one : split(text, ',')) {
        if (const auto word = trim(one); !word.empty()) {
            addresses.emplace_back(word);
        }
    }
    return {};
}

Result<void> set_certificates(ServeSettings& settings, std::string_view text) {
    settings.messages.channels.outgoing.certificates = std::string(text);
    return {};
}

Result<void> set_hosts(ServeSettings& settings, std::string_view text) {
    settings.hosts.clear();
    if (trim(text).empty()) {
        return {};
    }
    for (const auto& one : split(text, ',')) {
        std::string name(trim(one));
        for (char& letter : name) {
            const bool is_large = letter >= 'A' && letter <= 'Z';
            letter = is_large ? static_cast<char>(letter - 'A' + 'a') : letter;
        }
        if (name.empty() || name.find_first_of(" /") != std::string::npos) {
            return bad(text, "a list of host names without port: a.example.cn,b.example.cn");
        }
        settings.hosts.push_back(std::move(name));
    }
    return {};
}

/// The six rows of a gateway.
struct GatewayNames {
    std::string_view url, secret_file, content_type, body, headers_file, answer_contains;
};

template <auto Channel, auto Secret, auto Headers>
void add_gateway(std::vector<SettingRow>& rows, const GatewayNames& names, std::string_view what) {
    rows.push_back({names.url, "", what, set_gateway<Channel, &Webhook::url>});
    rows.push_back(
        {names.secret_file,
         "",
         "file with the secret that signs, 32 characters or more",
         set_file<Secret>}
    );
    rows.push_back(
        {names.content_type,
         "application/json",
         "of the template",
         set_gateway<Channel, &Webhook::content_type>}
    );
    rows.push_back(
        {names.body,
         "",
         "template with {to} {text} {effect} {number} {class} {date} {time}",
         set_gateway<Channel, &Webhook::body>}
    );
    rows.push_back(
        {names.headers_file, "", "file with further header lines, `Name: value`", set_file<Headers>}
    );
    rows.push_back(
        {names.answer_contains,
         "",
         "only an answer that contains it counts as taken",
         set_gateway<Channel, &Webhook::answer_contains>}
    );
}

void add_mail(std::vector<SettingRow>& rows) {
    rows.push_back(
        {"mail.url", "", "smtps://host:465, or smtp:// with starttls", set_mail<&MailServer::url>}
    );
    rows.push_back({"mail.from", "", "address of the sender", set_mail<&MailServer::from>});
    rows.push_back({"mail.user", "", "name to sign in by", set_mail<&MailServer::user>});
    rows.push_back(
        {"mail.password_file",
         "",
         "file with the password",
         set_file<&MessageSettings::mail_password_file>}
    );
    rows.push_back(
        {"mail.security", "tls", "tls, starttls, none (inside the building)", set_security}
    );
}

void add_times(std::vector<SettingRow>& rows) {
    using connect::QuietHours;
    using connect::Retry;
    constexpr auto retry = &Channels::retry;
    constexpr std::int64_t day_seconds = 86'400;
    rows.push_back(
        {"quiet.from",
         "21:00",
         "office time from which messages wait",
         set_minute<&QuietHours::from_minute>}
    );
    rows.push_back(
        {"quiet.until",
         "08:00",
         "until then; the same as from: no quiet hours",
         set_minute<&QuietHours::until_minute>}
    );
    rows.push_back(
        {"retry.first_seconds",
         "30",
         "before the second try; each wait is twice the last",
         set_count<retry, &Retry::first, day_seconds>}
    );
    rows.push_back(
        {"retry.longest_seconds",
         "21600",
         "no wait is longer",
         set_count<retry, &Retry::longest, 7 * day_seconds>}
    );
    rows.push_back(
        {"retry.attempts_max",
         "12",
         "tries, then it is a dead letter",
         set_count<retry, &Retry::attempts_max, 100>}
    );
    rows.push_back(
        {"messages.age_hours",
         "168",
         "what happened longer ago is not sent by itself",
         set_hours<&Channels::age_max, 1, 8760>}
    );
    rows.push_back(
        {"messages.kept_days",
         "90",
         "what was sent is kept so long for replay",
         set_hours<&Channels::kept_for, 24, 3650>}
    );
}

void add_outgoing(std::vector<SettingRow>& rows) {
    using connect::OutgoingLimits;
    constexpr auto outgoing = &Channels::outgoing;
    rows.push_back(
        {"outgoing.allows_private",
         "off",
         "on: also loopback, private and link-local addresses",
         set_private}
    );
    rows.push_back(
        {"outgoing.connect_ms",
         "5000",
         "time to connect",
         set_count<outgoing, &OutgoingLimits::connect_timeout, 600'000>}
    );
    rows.push_back(
        {"outgoing.total_ms",
         "20000",
         "time for one message",
         set_count<outgoing, &OutgoingLimits::total_timeout, 600'000>}
    );
    rows.push_back(
        {"outgoing.connections_max",
         "16",
         "connections at the same time",
         set_count<outgoing, &OutgoingLimits::connections_max, 256>}
    );
    rows.push_back(
        {"outgoing.addresses", "", "host:port:address, instead of asking DNS", set_addresses}
    );
    rows.push_back(
        {"outgoing.certificates_file", "", "authorities; empty: the system's", set_certificates}
    );
}

/// Without the line break at its end.
Result<std::string> read_secret(const std::string& file, const std::string& setting) {
    std::ifstream stream(file, std::ios::binary);
    std::string text(secret_file_bytes_max, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (stream.bad() || !stream.eof()) {
        return fail(Errc::io_failed, "the file '" + file + "' cannot be read", setting);
    }
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return std::string(trim(text));
}

Result<void> read_headers(Webhook& gateway, const std::string& file, const std::string& setting) {
    TRY(const auto text, read_secret(file, setting));
    for (const auto& line : split(text, '\n')) {
        const std::size_t colon = line.find(':');
        if (trim(line).empty()) {
            continue;
        }
        if (colon == std::string::npos || colon == 0) {
            return fail(Errc::bad_value, "a line is not `Name: value`", setting);
        }
        const std::string_view whole(line);
        gateway.headers.emplace_back(trim(whole.substr(0, colon)), trim(whole.substr(colon + 1)));
    }
    return {};
}

Result<void> open_gateway(
    std::optional<Webhook>& gateway,
    const std::string& name,
    const std::string& secret_file,
    const std::string& headers_file
) {
    if (!gateway) {
        return {};
    }
    TRY(gateway->secret, read_secret(secret_file, name + ".secret_file"));
    return headers_file.empty() ? Result<void>{}
                                : read_headers(*gateway, headers_file, name + ".headers_file");
}

}  // namespace

const std::vector<SettingRow>& message_setting_rows() {
    static const std::vector<SettingRow> rows = [] {
        std::vector<SettingRow> all;
        all.push_back(
            {"place.hosts", "", "names under which this place is served, one of several", set_hosts}
        );
        add_mail(all);
        add_gateway<
            &Channels::sms,
            &MessageSettings::sms_secret_file,
            &MessageSettings::sms_headers_file>(
            all,
            {"sms.url",
             "sms.secret_file",
             "sms.content_type",
             "sms.body",
             "sms.headers_file",
             "sms.answer_contains"},
            "gateway that takes SMS"
        );
        add_gateway<
            &Channels::chat,
            &MessageSettings::chat_secret_file,
            &MessageSettings::chat_headers_file>(
            all,
            {"chat.url",
             "chat.secret_file",
             "chat.content_type",
             "chat.body",
             "chat.headers_file",
             "chat.answer_contains"},
            "gateway of the government chat"
        );
        add_times(all);
        add_outgoing(all);
        return all;
    }();
    return rows;
}

Result<Channels> channels_of(const MessageSettings& settings, const std::string& place) {
    Channels channels = settings.channels;
    channels.place = place;
    if (channels.mail && !settings.mail_password_file.empty()) {
        TRY(channels.mail->password,
            read_secret(settings.mail_password_file, "mail.password_file"));
    }
    TRY_VOID(open_gateway(channels.sms, "sms", settings.sms_secret_file, settings.sms_headers_file)
    );
    TRY_VOID(
        open_gateway(channels.chat, "chat", settings.chat_secret_file, settings.chat_headers_file)
    );
    for (const auto& one : settings.partners) {
        TRY(auto secret, read_secret(one.secret_file, "partners.secret_file"));
        channels.partners.push_back({one.name, one.tenant, one.url, std::move(secret)});
    }
    TRY_VOID(connect::check(channels));
    return channels;
}

}  // namespace zt::app
