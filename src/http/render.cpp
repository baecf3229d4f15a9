// What each answer carries besides its body.

#include "base/check.hpp"
#include "http/exchange.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace zt::http {

namespace {

/// Shorter ones gain nothing: they fit into one packet.
constexpr std::size_t compressed_from_bytes = 1024;

/// OWASP ASVS 5.0, 3.4. The answers of the API are no pages: nothing may be loaded from them. A
/// reply that brings one of these fields itself keeps its own.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> safety{{
    {"Content-Security-Policy",
     "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    {"Referrer-Policy", "no-referrer"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
}};

[[nodiscard]] bool has(const Headers& headers, std::string_view name) {
    return std::ranges::any_of(headers, [name](const auto& one) {
        return is_same_word(one.first, name);
    });
}

void add(std::string& head, std::string_view name, std::string_view value) {
    // A line break in a value would begin a header of somebody else's choice.
    CHECK(value.find_first_of("\r\n") == std::string_view::npos);
    head.append(name).append(": ").append(value).append("\r\n");
}

void add_common(std::string& head, const Exchange& exchange, After after, const Headers& own) {
    add(head, "Date", http_date(exchange.began));
    for (const auto& [name, value] : safety) {
        if (!has(own, name)) {
            add(head, name, value);
        }
    }
    if (exchange.call.is_secure) {
        add(head, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }
    for (const auto& [name, value] : own) {
        add(head, name, value);
    }
    if (after == After::close) {
        add(head, "Connection", "close");
    } else if (!exchange.head.is_version_1_1) {
        add(head, "Connection", "keep-alive");
    }
}

[[nodiscard]] bool is_text(std::string_view type) {
    return type.starts_with("text/") || type.starts_with("application/json") ||
           type.starts_with("application/problem+json") || type.starts_with("application/xml") ||
           type.starts_with("image/svg+xml");
}

/// Whether If-None-Match holds the tag, strong or weak.
[[nodiscard]] bool is_known(std::string_view if_none_match, std::string_view tag) {
    const std::string quoted = "\"" + std::string(tag) + "\"";
    return !tag.empty() && (if_none_match == "*" || lists_word(if_none_match, quoted) ||
                            lists_word(if_none_match, "W/" + quoted));
}

[[nodiscard]] std::string status_line(int status) {
    return fmt::format("HTTP/1.1 {} {}\r\n", status, reason_of(status));
}

void add_allowed(std::string& head, const std::vector<Method>& allowed) {
    std::string list = "OPTIONS";
    for (const Method method : allowed) {
        list += ", " + std::string(name_of(method));
        list += method == Method::get ? ", HEAD" : "";
    }
    add(head, "Allow", list);
}

/// How long a client that was refused should wait: a group takes milliseconds, a minute's
/// tokens come one by one.
[[nodiscard]] std::string_view retry_after(int status) {
    return status == 429 ? "5" : (status == 507 ? "60" : "1");
}

[[nodiscard]] bool may_compress(const Reply& reply, const Exchange& exchange) {
    return reply.body.size() >= compressed_from_bytes && !reply.holds_secret &&
           is_text(reply.content_type) && !has(reply.headers, "Content-Encoding") &&
           lists_word(exchange.head.field("Accept-Encoding"), "gzip");
}

}  // namespace

Rendered render(Reply reply, const Exchange& exchange, After after) {
    Rendered out;
    const bool is_unchanged =
        reply.status == 200 && is_known(exchange.call.if_none_match, reply.etag);
    out.status = is_unchanged ? 304 : reply.status;
    out.head.reserve(1024);
    out.head = status_line(out.status);
    const bool has_no_body = out.status == 204 || out.status == 304;
    bool is_compressed = false;
    if (!has_no_body && may_compress(reply, exchange)) {
        if (auto packed = gzip(reply.body)) {
            reply.body = *std::move(packed);
            is_compressed = true;
        }
    }
    if (!has_no_body) {
        add(out.head, "Content-Type", reply.content_type);
        add(out.head, "Content-Length", std::to_string(reply.body.size()));
    }
    if (is_compressed) {
        add(out.head, "Content-Encoding", "gzip");
    }
    if (!reply.etag.empty()) {
        // The tag names what is said, not its bytes, once these are packed.
        add(out.head, "ETag", (is_compressed ? "W/\"" : "\"") + reply.etag + "\"");
    }
    add(out.head, "Cache-Control", reply.cache_control);
    add(out.head, "Vary", reply.vary);
    if (reply.status == 405 || !exchange.allowed.empty()) {
        add_allowed(out.head, exchange.allowed);
    }
    const bool is_passing = reply.status == 429 || reply.status == 503 || reply.status == 507;
    if (is_passing && !has(reply.headers, "Retry-After")) {
        add(out.head, "Retry-After", retry_after(reply.status));
    }
    add_common(out.head, exchange, after, reply.headers);
    out.head += "\r\n";
    if (!has_no_body && !exchange.is_head) {
        out.body = std::move(reply.body);
    }
    return out;
}

std::string render_head(const Stream& stream, const Exchange& exchange, After after) {
    std::string head = status_line(stream.status);
    add(head, "Content-Type", stream.content_type);
    if (exchange.head.is_version_1_1) {
        add(head, "Transfer-Encoding", "chunked");
    }
    if (!has(stream.headers, "Cache-Control")) {
        add(head, "Cache-Control", "no-store");
    }
    add_common(head, exchange, after, stream.headers);
    return head + "\r\n";
}

std::string http_date(UtcMs at) {
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(at - day));
    return fmt::format(
        "{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
        days[std::chrono::weekday(day).c_encoding()],
        static_cast<unsigned>(date.day()),
        months[static_cast<unsigned>(date.month()) - 1],
        static_cast<int>(date.year()),
        clock.hours().count(),
        clock.minutes().count(),
        clock.seconds().count()
    );
}

std::string_view reason_of(int status) {
    struct Row {
        int status;
        std::string_view reason;
    };
    static constexpr std::array rows{
        Row{200, "OK"},
        Row{201, "Created"},
        Row{202, "Accepted"},
        Row{204, "No Content"},
        Row{206, "Partial Content"},
        Row{207, "Multi-Status"},
        Row{303, "See Other"},
        Row{304, "Not Modified"},
        Row{400, "Bad Request"},
        Row{401, "Unauthorized"},
        Row{403, "Forbidden"},
        Row{404, "Not Found"},
        Row{405, "Method Not Allowed"},
        Row{409, "Conflict"},
        Row{412, "Precondition Failed"},
        Row{413, "Content Too Large"},
        Row{415, "Unsupported Media Type"},
        Row{416, "Range Not Satisfiable"},
        Row{422, "Unprocessable Content"},
        Row{428, "Precondition Required"},
        Row{429, "Too Many Requests"},
        Row{431, "Request Header Fields Too Large"},
        Row{500, "Internal Server Error"},
        Row{503, "Service Unavailable"},
        Row{507, "Insufficient Storage"},
    };
    const auto* found = std::ranges::find(rows, status, &Row::status);
    return found == rows.end() ? "Answer" : found->reason;
}

}  // namespace zt::http
