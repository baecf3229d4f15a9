#include "http/call.hpp"

#include "base/check.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace zt::http {

std::string_view name_of(Method method) {
    switch (method) {
    case Method::get: return "GET";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::patch: return "PATCH";
    case Method::remove: return "DELETE";
    }
    UNREACHABLE();
}

const std::string& Call::path_value(std::string_view name) const {
    const auto found = std::ranges::find(path_values, name, &Pairs::value_type::first);
    CHECK(found != path_values.end());
    return found->second;
}

const std::string* Call::query_value(std::string_view name) const {
    const auto found = std::ranges::find(query, name, &Pairs::value_type::first);
    return found == query.end() ? nullptr : &found->second;
}

Reply json_reply(const Json& body, int status) {
    Reply reply;
    reply.status = status;
    reply.body = to_canonical(body);
    return reply;
}

Result<void> expect_json(const Call& call) {
    std::string type(trim(call.content_type.substr(0, call.content_type.find(';'))));
    std::ranges::transform(type, type.begin(), [](char one) {
        return one >= 'A' && one <= 'Z' ? static_cast<char>(one + ('a' - 'A')) : one;
    });
    if (type != "application/json") {
        return fail(
            Errc::media_type_unsupported,
            "expected is Content-Type: application/json",
            "Content-Type"
        );
    }
    return {};
}

Result<Uuid> expected_key(const Call& call) {
    if (call.idempotency_key.empty()) {
        return fail(
            Errc::key_missing_in_command, "a UUID of version 7 is expected", "Idempotency-Key"
        );
    }
    auto key = parse_uuid(call.idempotency_key);
    constexpr std::uint8_t version_7 = 7;
    if (!key || key->bytes[6] >> 4U != version_7) {
        return fail(Errc::bad_uuid, "a UUID of version 7 is expected", "Idempotency-Key");
    }
    return *key;
}

Result<std::optional<std::int64_t>> expected_version(const Call& call) {
    std::string_view text = call.if_match;
    if (text.empty() || text == "*") {
        return std::nullopt;
    }
    if (text.starts_with("W/")) {
        text.remove_prefix(2);
    }
    const bool is_quoted = text.size() > 2 && text.front() == '"' && text.back() == '"';
    const auto version = parse_int(is_quoted ? text.substr(1, text.size() - 2) : "");
    if (!version || *version < 0) {
        return fail(Errc::bad_request, "one version in quotes is expected", "If-Match");
    }
    return *version;
}

std::pair<std::string, std::string> session_cookie(const Call& call, std::string_view token) {
    std::string cookie(call.is_secure ? secure_cookie : plain_cookie);
    cookie += "=" + std::string(token) + "; Path=/; HttpOnly; SameSite=Lax";
    if (call.is_secure) {
        cookie += "; Secure";
    }
    if (token.empty()) {
        cookie += "; Max-Age=0";
    }
    return {"Set-Cookie", std::move(cookie)};
}

}  // namespace zt::http
