#pragma once
// Call and Reply: a request and its answer as values, without sockets. A handler is a plain
// function from one to the other.

#include "base/json.hpp"
#include "base/uuid.hpp"
#include "domain/command.hpp"
#include "kindfile/texts.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zt::http {

enum class Method : std::uint8_t { get, post, put, patch, remove };
[[nodiscard]] std::string_view name_of(Method method);

/// Who calls: nobody, or somebody signed in (by session or by key of a program), acting in a post.
struct Caller {
    PersonId person;  ///< 0: nobody is signed in
    PostId post;      ///< chosen for this session; 0: none yet
    PostId on_behalf;
    std::vector<std::string> scopes;  ///< of a program's key; empty for people
    bool is_of_firm = false;  ///< the post stands at a firm or association, no unit of the place
    std::string session;      ///< public number of the session, for lists and the audit
    [[nodiscard]] bool is_signed_in() const { return person.value != 0; }
};

/// Name and decoded value, in the order of the address.
using Pairs = std::vector<std::pair<std::string, std::string>>;

/// What a handler sees. Views are borrowed for the call.
struct Call {
    Method method = Method::get;
    std::string_view path;     ///< as in the request line, without query
    std::string_view pattern;  ///< the route's: "/api/v1/matters/{number}"
    Pairs path_values, query;
    std::string_view body, content_type;
    std::string_view host;             ///< as sent, perhaps with a port
    std::string_view idempotency_key;  ///< as sent; `key` when it is a UUID of version 7
    std::optional<Uuid> key;
    std::string_view code;  ///< header Zhitong-Code: follow-up code of a requester
    /// Headers Zhitong-Time and Zhitong-Signature: of another place or a gateway that signs.
    std::string_view signed_at, signature;
    std::string_view if_match, if_none_match, last_event_id, user_agent;
    std::string_view accept_encoding;
    std::string_view range;  ///< "bytes=0-499", as sent
    std::string_view language = "zh";
    /// Keyed hash of the caller's address, new with each start: for limits, never stored.
    std::string remote_scope;
    std::string_view session_token, csrf_token;  ///< for the routes of sign-in alone
    bool is_secure = false;  ///< the caller speaks TLS, with us or with a trusted proxy
    bool is_local = false;   ///< from a loopback address, or from one that may read the metrics
    Caller caller;
    UtcMs now;

    /// Value of {name}; a name that the route does not have is a bug.
    [[nodiscard]] const std::string& path_value(std::string_view name) const;
    [[nodiscard]] const std::string* query_value(std::string_view name) const;
};

/// Name, value. Names as people write them: "Content-Disposition".
using Headers = std::vector<std::pair<std::string, std::string>>;

struct Reply {
    int status = 200;
    std::string content_type = "application/json";
    std::string body;
    Headers headers;
    std::string etag;  ///< without quotes; compared with If-None-Match by the server
    std::string cache_control = "no-store";
    std::string vary = "Accept-Encoding, Accept-Language, Cookie";
    /// A code or token stands in the body: it is not compressed, since the length of a compressed
    /// body tells of a secret beside text of the caller's choice (BREACH).
    bool holds_secret = false;
};

[[nodiscard]] Reply json_reply(const Json& body, int status = 200);

/// RFC 9457: status by code, `code`, `at`, title in the language of the texts. The detail is told
/// only where it speaks of what the caller sent himself.
[[nodiscard]] Reply problem(const Error& error, const kindfile::Texts& texts);
/// Each code has a row; a test counts them.
[[nodiscard]] int status_of(Errc code);
/// errors: media_type_unsupported.
[[nodiscard]] Result<void> expect_json(const Call& call);
/// The Idempotency-Key. errors: key_missing_in_command, bad_uuid (not one of version 7).
[[nodiscard]] Result<Uuid> expected_key(const Call& call);
/// The number in If-Match ("12", W/"12"), none without the field or with "*". errors: bad_request.
[[nodiscard]] Result<std::optional<std::int64_t>> expected_version(const Call& call);

/// Names of the session's cookie. The prefix binds it to the host and to TLS; browsers refuse it
/// on plain HTTP, where only a loopback address may sign in.
inline constexpr std::string_view secure_cookie = "__Host-zhitong";
inline constexpr std::string_view plain_cookie = "zhitong";
/// The field Set-Cookie that gives the session to the browser; an empty token takes it away.
[[nodiscard]] std::pair<std::string, std::string>
session_cookie(const Call& call, std::string_view token);

}  // namespace zt::http
