#include "connect/webhook.hpp"

#include "base/json.hpp"

#include <algorithm>

namespace zt::connect {

namespace {

std::string json_inner(std::string_view text) {
    const std::string quoted = to_canonical(Json(text));
    return quoted.substr(1, quoted.size() - 2);
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char byte : text) {
        const auto code = static_cast<unsigned char>(byte);
        const bool is_plain = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                              (byte >= 'A' && byte <= 'Z') || byte == '-' || byte == '.' ||
                              byte == '_' || byte == '~';
        if (is_plain) {
            out += byte;
        } else {
            out += '%';
            out += digits[code >> 4U];
            out += digits[code & 0xFU];
        }
    }
    return out;
}

std::string without_controls(std::string text) {
    std::erase_if(text, [](char byte) { return static_cast<unsigned char>(byte) < 0x20U; });
    return text;
}

}  // namespace

std::string webhook_body(const Webhook& webhook, const WebhookValues& values) {
    const auto escaped = [&](const std::string& text) {
        if (webhook.content_type.find("json") != std::string::npos) {
            return json_inner(text);
        }
        if (webhook.content_type.find("x-www-form-urlencoded") != std::string::npos) {
            return percent_encoded(text);
        }
        return without_controls(text);
    };
    return filled(
        webhook.body,
        {{"to", escaped(values.to)},
         {"text", escaped(values.text)},
         {"effect", escaped(values.effect)},
         {"number", escaped(values.number)},
         {"class", escaped(values.what)},
         {"date", escaped(values.date)},
         {"time", escaped(values.seconds)}}
    );
}

}  // namespace zt::connect
