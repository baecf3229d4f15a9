#pragma once
// Route: one row of the API. Method, path, role, limits, types and handler stand together; codec,
// OpenAPI, the permission matrix and the TypeScript client read the same rows.

#include "http/call.hpp"
#include "http/schema.hpp"

#include <functional>
#include <span>
#include <variant>

namespace zt::service {
struct Answer;
class Ledger;
}  // namespace zt::service

namespace zt::http {

/// Who may call at all. What a caller sees of a matter is decided below, by domain/permission.
enum class Role : std::uint8_t {
    anybody,
    /// With the number in the path and its code in the header; or of the firm that handed it in.
    follower,
    signed_in,  ///< a person, whatever the post
    in_post,    ///< a person acting in a post of a unit
    firm,       ///< a person acting for a firm or association
    program,    ///< a key with the scope that the row names, or a person in a post of a unit
    system_admin,
    security_admin,
    audit_admin
};
[[nodiscard]] std::string_view name_of(Role role);

/// The role of a row. Has no default, so that a row without one does not compile.
struct For {
    Role role;
    std::string_view scope;  ///< of role program: "matters.read"
    explicit constexpr For(Role who, std::string_view needs = {}) : role(who), scope(needs) {}
};

struct RouteLimits {
    std::size_t body_bytes = 64U << 10U;
    int seconds = 10;             ///< for the whole request
    int per_minute_anybody = 60;  ///< by remote scope, for callers not signed in; 0: no limit
};

/// What handlers work with, besides the call.
struct World;

/// A read: runs on a worker thread.
using Answering = Result<Reply> (*)(World&, const Call&);

/// A read from memory, without a lock that somebody holds for long: runs on the io thread, so it is
/// answered even when all workers are busy.
struct Instant {
    Answering answer = nullptr;
};

/// A read that takes a slow hash: runs on one of few threads for such work, so that the workers
/// stay free for others.
struct Slow {
    Answering answer = nullptr;
};

/// A change; its row says what it asks of the Idempotency-Key. Decoded on an io thread, decided by
/// the writer, answered on the deciding thread, so that `answer` must be quick; `ledger` may be
/// read by it.
struct Pending {
    Submit submit;
    std::function<Reply(const service::Answer&, service::Ledger&)> answer;
    /// What takes long and has to stand before the writer sees it (a slow hash): done on a thread
    /// for such work. May be empty.
    std::function<Result<void>(Submit&)> prepare{};
};
using Submitting = Result<Pending> (*)(World&, const Call&);

/// A change that is decoded on a worker, since what it names is looked up in the ledger first: no
/// io thread waits for the disk.
struct ReadingFirst {
    Submitting decode = nullptr;
};

/// Answered later, on another thread: by what waits for a slow hash. The call stands until then.
using Deliver = std::function<void(Result<Reply>)>;
using Deferring = void (*)(World&, const Call&, Deliver);

/// A long answer: called on a worker until it has no more; false from `write` means that the
/// caller has gone.
class Sink {
  public:
    virtual ~Sink() = default;
    [[nodiscard]] virtual bool write(std::string_view bytes) = 0;
};
struct Stream {
    std::string content_type;
    Headers headers;
    std::function<void(Sink&)> run;
    int status = 200;
};
using Streaming = Result<Stream> (*)(World&, const Call&);

/// Live changes: the connection stays and is told (http/live.hpp).
struct LiveChanges {};

/// What a change asks of the client's Idempotency-Key.
enum class KeyRule : std::uint8_t {
    by_handler,  ///< required of what is submitted, unknown to reads; other changes say one below
    required,
    /// Safe to send twice without one: it sets a state, or what a second send makes does no harm
    /// (a session more, an upload that nobody finishes and that goes in a day).
    repeatable,
    /// Of interfaces that others have fixed: who sends none gets one, which nobody can guess; a
    /// retry of theirs is another change.
    made_if_missing
};

/// How a route tells a refusal.
using Refusing = Reply (*)(const World&, const Call&, const Error&);

/// Where an interface that others have fixed puts the key of a program, in body or address; none
/// when there is none. The limit of calls by anybody is not for who sends a good one.
using ProgramKey = std::optional<std::string> (*)(const Call&);

struct Route {
    Method method;
    /// Segments in braces are values: "/api/v1/matters/{number}". The last may end in ".{format}".
    std::string_view path;
    For role;
    std::string_view summary;  ///< for OpenAPI, English
    Schema body, answer;       ///< none() where there is none
    std::variant<
        Answering,
        Instant,
        Slow,
        Submitting,
        ReadingFirst,
        Deferring,
        Streaming,
        LiveChanges>
        handler;
    RouteLimits limits{};
    Pairs query{};                      ///< names of query values with what they mean
    KeyRule key = KeyRule::by_handler;  ///< of a change
    Refusing refusing = nullptr;        ///< null: problem documents (RFC 9457)
    ProgramKey program_key = nullptr;   ///< null: in the field Authorization alone
};

/// All rows, in order of path. Found by listing each routes_*.cpp once, in routes.cpp.
[[nodiscard]] std::span<const Route> routes();
/// /healthz, /readyz, /metrics; the server adds them to whatever rows it is given.
[[nodiscard]] std::span<const Route> operating_routes();
/// Pages of portal and desk with their files; served beside the rows of the API.
[[nodiscard]] std::span<const Route> web_routes();
/// A change that is done once: it takes an Idempotency-Key.
[[nodiscard]] bool is_changing(const Route& route);
/// Names of the values in its path, in order.
[[nodiscard]] std::vector<std::string> path_names(const Route& route);

}  // namespace zt::http
