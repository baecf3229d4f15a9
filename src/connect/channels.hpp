#pragma once
// Channels: how a place speaks to the world outside, as one value of its settings. A channel that
// is not set up is not used: messages by it go to the call list or stay in the inbox of the desk.

#include "base/result.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace zt::connect {

/// A shared secret shorter than this can be guessed by trying.
inline constexpr std::size_t secret_bytes_min = 32;

enum class MailSecurity : std::uint8_t {
    tls,       ///< from the first byte, `smtps://`
    starttls,  ///< refuses to go on without
    none       ///< only inside the building
};

struct MailServer {
    std::string url;             ///< "smtps://mail.example.cn:465"
    std::string from;            ///< "zhitong@example.cn"
    std::string user, password;  ///< both empty: without sign-in
    MailSecurity security = MailSecurity::tls;
};

/// A gateway that takes a request for each message: SMS, government chat. The body is a template
/// with {to} {text} {effect} {number} {class} {date} {time}, escaped for its content type.
struct Webhook {
    std::string url;
    std::string secret;
    std::string content_type = "application/json";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    /// When not empty, only an answer that contains it counts as taken: many gateways answer 200
    /// with an error inside.
    std::string answer_contains;
};

/// Another place with which matters are handed over, both ways, under one secret.
struct Partner {
    std::string name;    ///< as `body` names it in a hand-over
    std::string tenant;  ///< its code
    std::string url;     ///< its endpoint for what is handed over
    std::string secret;
};

/// Minutes of the day in office time, from ≤ t < until; from > until goes over midnight, equal:
/// none.
struct QuietHours {
    int from_minute = 21 * 60;
    int until_minute = 8 * 60;
};

/// The n-th try comes first × 2^(n−1) after the one before, at most `longest`, each between half
/// and one and a half of that; after `attempts_max` it is dead.
struct Retry {
    std::chrono::seconds first{30};
    std::chrono::seconds longest{std::chrono::hours{6}};
    std::int64_t attempts_max = 12;  ///< about a day and a half
};

struct OutgoingLimits {
    bool allows_private = false;  ///< loopback, private and link-local addresses
    std::chrono::milliseconds connect_timeout{5'000};
    std::chrono::milliseconds total_timeout{20'000};
    std::size_t answer_bytes_max = std::size_t{64} * 1024;  ///< a receipt has a few hundred
    std::size_t connections_max = 16;
    std::vector<std::string> addresses;  ///< "host:port:address", instead of asking DNS
    std::string certificates;            ///< file of authorities; empty: the system's
};

struct Channels {
    std::string place;  ///< its name, as it signs messages
    std::optional<MailServer> mail;
    std::optional<Webhook> sms, chat;
    std::vector<Partner> partners;
    QuietHours quiet;
    Retry retry;
    OutgoingLimits outgoing;
    /// What happened longer ago says nothing new: it is not sent by itself any more.
    std::chrono::hours age_max{7 * 24};
    /// What is done is kept so long, for receivers that ask again.
    std::chrono::hours kept_for{90 * 24};
};

/// errors: bad_value, `at` names the setting ("mail.url"): another protocol than http, https, smtp,
/// smtps; a short secret; a line break in what becomes a header; a time that is none.
[[nodiscard]] Result<void> check(const Channels& channels);
[[nodiscard]] const Partner* find_partner(const Channels& channels, std::string_view name);

}  // namespace zt::connect
