#pragma once
// Webhooks: a message put into a gateway's template. Pure.

#include "connect/channels.hpp"
#include "connect/wording.hpp"

namespace zt::connect {

/// {to} {text} {effect} {number} {class} {date} {time} of the template, escaped for JSON when its
/// content type says so, percent-encoded for forms, else as they are without control characters.
struct WebhookValues {
    std::string to, text, effect, number, what, date, seconds;
};
[[nodiscard]] std::string webhook_body(const Webhook& webhook, const WebhookValues& values);

}  // namespace zt::connect
