#include "http/gate.hpp"

#include "base/check.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "service/answer.hpp"

#include <algorithm>

namespace zt::http {

namespace {

/// Scopes with a bucket: at some 150 bytes, 10 MB.
constexpr std::size_t buckets_max = 65'536;

/// Each slow hash takes some 60 ms of a core, so that two threads make 30 a second and who comes
/// last waits two seconds. Reads of others never wait behind them.
constexpr int slow_threads = 2;
constexpr std::size_t slow_queue_max = 64;

constexpr std::array methods{Method::get, Method::post, Method::put, Method::patch, Method::remove};

std::vector<Route> with_operating(std::span<const Route> routes) {
    std::vector<Route> all(routes.begin(), routes.end());
    all.insert(all.end(), operating_routes().begin(), operating_routes().end());
    return all;
}

std::optional<Method> parse_method(std::string_view name) {
    if (name == "HEAD") {
        return Method::get;
    }
    for (const Method method : methods) {
        if (name == name_of(method)) {
            return method;
        }
    }
    return std::nullopt;
}

/// The target without scheme and host, which have to be ours (RFC 9112, 3.2.2).
Result<std::string_view> origin_form(const Head& head) {
    std::string_view rest = head.target;
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (is_same_word(rest.substr(0, scheme.size()), scheme)) {
            rest.remove_prefix(scheme.size());
            const std::size_t slash = rest.find_first_of("/?");
            if (!is_same_word(rest.substr(0, slash), head.field("Host"))) {
                return fail(Errc::bad_request, "the target names another host", "target");
            }
            return slash == std::string_view::npos ? "/" : rest.substr(slash);
        }
    }
    return rest;
}

std::string_view cookie_value(std::string_view cookies, std::string_view name) {
    while (!cookies.empty()) {
        const std::size_t semicolon = cookies.find(';');
        const std::string_view one = trim(cookies.substr(0, semicolon));
        cookies = semicolon == std::string_view::npos ? std::string_view{}
                                                      : cookies.substr(semicolon + 1);
        if (one.size() > name.size() && one.starts_with(name) && one[name.size()] == '=') {
            return one.substr(name.size() + 1);
        }
    }
    return {};
}

/// The first of our languages that the list names; Chinese without one.
std::string_view language_of(std::string_view accepted) {
    const std::size_t zh = accepted.find("zh");
    const std::size_t en = accepted.find("en");
    return en != std::string_view::npos && (zh == std::string_view::npos || en < zh) ? "en" : "zh";
}

}  // namespace

Gate::Gate(const Worlds& worlds, const Settings& settings, std::span<const Route> routes)
    : worlds_(worlds),
      world_(worlds.first()),
      settings_(settings),
      routes_(with_operating(routes)),
      tree_(routes_),
      buckets_(buckets_max),
      workers_(settings.workers, settings.workers_queue_max),
      streams_(settings.streams_max, static_cast<std::size_t>(settings.streams_max)),
      slow_(slow_threads, slow_queue_max) {
    std::array<std::uint8_t, 32> key{};
    world_.random->fill(key);
    scope_key_.assign(key.begin(), key.end());
}

Result<std::unique_ptr<Gate>>
Gate::make(const Worlds& worlds, const Settings& settings, std::span<const Route> routes) {
    TRY(auto trusted, Networks::read(settings.trusted_proxies));
    TRY(auto readers, Networks::read(settings.metrics_readers));
    std::unique_ptr<Gate> gate(new Gate(worlds, settings, routes));
    gate->trusted_ = std::move(trusted);
    gate->metrics_readers_ = std::move(readers);
    return gate;
}

std::string Gate::scope_of(const Address& address) const {
    constexpr std::size_t scope_digits = 16;
    return to_hex(keyed_hash(scope_key_, address.network())).substr(0, scope_digits);
}

Result<void> Gate::admit(Exchange& exchange) {
    exchange.began = exchange.call.now = world_.clock->now();
    TRY(exchange.head, parse_head(exchange.head_text));
    read_fields(exchange);
    read_remote(exchange);
    TRY_VOID(find_route(exchange));
    TRY_VOID(find_world(exchange));
    read_caller(exchange);
    if (exchange.route->program_key == nullptr) {
        TRY_VOID(check_rate(exchange));
    }
    TRY_VOID(check_origin(exchange));
    TRY_VOID(check_role(exchange));
    TRY_VOID(check_key(exchange));
    if (exchange.head.content_length.value_or(0) > exchange.route->limits.body_bytes) {
        return fail(
            Errc::body_too_large,
            "at most " + std::to_string(exchange.route->limits.body_bytes) + " bytes are taken here"
        );
    }
    return {};
}

void Gate::read_fields(Exchange& exchange) {
    const Head& head = exchange.head;
    Call& call = exchange.call;
    call.host = head.field("Host");
    call.content_type = head.field("Content-Type");
    call.idempotency_key = head.field("Idempotency-Key");
    call.code = head.field("Zhitong-Code");
    call.signed_at = head.field("Zhitong-Time");
    call.signature = head.field("Zhitong-Signature");
    call.if_match = head.field("If-Match");
    call.if_none_match = head.field("If-None-Match");
    call.last_event_id = head.field("Last-Event-ID");
    call.user_agent = head.field("User-Agent");
    call.range = head.field("Range");
    call.accept_encoding = head.field("Accept-Encoding");
    call.csrf_token = head.field("Zhitong-CSRF");
    call.language = language_of(head.field("Accept-Language"));
}

void Gate::read_remote(Exchange& exchange) {
    std::string forwarded;
    for (const auto& [name, value] : exchange.head.fields) {
        if (is_same_word(name, "X-Forwarded-For")) {
            forwarded += (forwarded.empty() ? "" : ",") + std::string(value);
        }
    }
    const Address client = client_address(exchange.peer, forwarded, trusted_);
    exchange.call.remote_scope = scope_of(client);
    const bool is_behind = trusted_.contains(exchange.peer);
    // A proxy on this machine that nobody listed as trusted speaks for somebody else.
    const bool speaks_for_another = !forwarded.empty() && !is_behind;
    exchange.call.is_local =
        !speaks_for_another && (client.is_loopback() || metrics_readers_.contains(client));
    const std::string_view scheme = exchange.head.field("X-Forwarded-Proto");
    exchange.call.is_secure = is_behind && !scheme.empty() ? scheme == "https" : exchange.is_tls;
}

Result<void> Gate::find_route(Exchange& exchange) {
    TRY(const auto target, origin_form(exchange.head));
    TRY(exchange.target, parse_target(target));
    const auto method = parse_method(exchange.head.method);
    exchange.is_head = exchange.head.method == "HEAD";
    RouteTree::Found found;
    if (method) {
        found = tree_.find(*method, exchange.target.segments);
    }
    if (!method || found.route == nullptr) {
        exchange.allowed = allowed_at(exchange.target.segments);
        return exchange.allowed.empty()
                   ? fail(Errc::not_found, "there is nothing at this address")
                   : fail(Errc::method_not_allowed, "another method is expected here");
    }
    if (found.route->method == Method::get && exchange.head.has_body()) {
        return fail(Errc::bad_request, "a read has no body", "header");
    }
    exchange.route = found.route;
    exchange.call.method = found.route->method;
    exchange.call.path = exchange.target.path;
    exchange.call.pattern = found.route->path;
    exchange.call.path_values = std::move(found.values);
    exchange.call.query = exchange.target.query;
    return {};
}

/// What operates the server is asked of the machine, whatever name it goes by.
Result<void> Gate::find_world(Exchange& exchange) const {
    exchange.world = worlds_.find(exchange.call.host);
    if (exchange.world != nullptr) {
        return {};
    }
    exchange.world = &world_;
    const bool is_operating = std::ranges::any_of(operating_routes(), [&](const Route& row) {
        return row.path == exchange.route->path;
    });
    return is_operating ? Result<void>{}
                        : fail(Errc::not_found, "no place is served under this name", "host");
}

std::vector<Method> Gate::allowed_at(std::span<const std::string> segments) const {
    std::vector<Method> allowed;
    for (const Method method : methods) {
        if (tree_.find(method, segments).route != nullptr) {
            allowed.push_back(method);
        }
    }
    return allowed;
}

void Gate::read_caller(Exchange& exchange) {
    SignedIn* const signed_in = exchange.world->signed_in;
    if (signed_in == nullptr) {
        return;
    }
    constexpr std::string_view bearer = "Bearer ";
    Call& call = exchange.call;
    const std::string_view authorization = exchange.head.field("Authorization");
    if (authorization.starts_with(bearer)) {
        const std::string_view key = trim(authorization.substr(bearer.size()));
        call.caller = signed_in->caller_of_key(key, call.now).value_or(Caller{});
        return;
    }
    // On plain HTTP a session is taken from loopback alone: elsewhere anybody on the way reads it.
    if (!call.is_secure && !exchange.peer.is_loopback()) {
        return;
    }
    const std::string_view cookies = exchange.head.field("Cookie");
    call.session_token = cookie_value(cookies, call.is_secure ? secure_cookie : plain_cookie);
    if (!call.session_token.empty()) {
        call.caller = signed_in->caller_of_session(call.session_token, call.now).value_or(Caller{});
    }
}

Result<void> Gate::check_rate(const Exchange& exchange) {
    const int per_minute = exchange.route->limits.per_minute_anybody;
    const Call& call = exchange.call;
    if (settings_.rate_limits == RateLimits::off || per_minute == 0 || call.caller.is_signed_in()) {
        return {};
    }
    const std::string scope =
        call.remote_scope + std::string(name_of(call.method)) + std::string(call.pattern);
    if (!buckets_.take(scope, per_minute, call.now)) {
        return fail(Errc::too_many_requests, std::to_string(per_minute) + " a minute are taken");
    }
    return {};
}

/// Where the key of a program may stand in the body, the limit waits for it.
Result<void> Gate::check_rate_with_body(const Exchange& exchange) {
    const ProgramKey program_key = exchange.route->program_key;
    if (program_key == nullptr) {
        return {};
    }
    SignedIn* const signed_in = exchange.world->signed_in;
    const auto key = program_key(exchange.call);
    const bool is_known =
        key && signed_in != nullptr && signed_in->caller_of_key(*key, exchange.call.now);
    return is_known ? Result<void>{} : check_rate(exchange);
}

/// A page of another site may make a browser send a request with our cookie, but neither hide where
/// it comes from nor read the second token (OWASP ASVS 5.0, 3.5).
Result<void> Gate::check_origin(const Exchange& exchange) const {
    const Call& call = exchange.call;
    if (call.method == Method::get || exchange.head.field("Authorization").starts_with("Bearer ")) {
        return {};
    }
    const std::string_view site = exchange.head.field("Sec-Fetch-Site");
    if (!site.empty() && site != "same-origin") {
        return fail(Errc::not_same_origin, "Sec-Fetch-Site is not same-origin");
    }
    const std::string_view origin = exchange.head.field("Origin");
    const std::string own =
        (call.is_secure ? "https://" : "http://") + std::string(exchange.head.field("Host"));
    if (!origin.empty() && !is_same_word(origin, own)) {
        return fail(Errc::not_same_origin, "Origin is another one");
    }
    if (call.caller.is_signed_in() &&
        !exchange.world->signed_in->csrf_matches(call.session_token, call.csrf_token)) {
        return fail(Errc::not_same_origin, "Zhitong-CSRF is missing or another one");
    }
    return {};
}

Result<void> Gate::check_role(const Exchange& exchange) const {
    const Call& call = exchange.call;
    const Caller& caller = call.caller;
    const World& world = *exchange.world;
    const For needs = exchange.route->role;
    if (needs.role == Role::anybody) {
        return {};
    }
    if (needs.role == Role::follower) {
        const bool may_follow = !call.code.empty() || caller.is_of_firm;
        return may_follow ? Result<void>{} : fail(Errc::not_signed_in, "Zhitong-Code is missing");
    }
    if (!caller.is_signed_in()) {
        return fail(Errc::not_signed_in, "a session or a key is expected");
    }
    const bool is_program = !caller.scopes.empty();
    const auto is_allowed = [&] {
        switch (needs.role) {
        case Role::anybody:
        case Role::follower: return true;
        case Role::signed_in: return !is_program;
        case Role::in_post: return !is_program && caller.post.value != 0 && !caller.is_of_firm;
        case Role::firm: return !is_program && caller.is_of_firm;
        case Role::program:
            return is_program ? std::ranges::count(caller.scopes, needs.scope) > 0
                              : caller.post.value != 0 && !caller.is_of_firm;
        case Role::system_admin:
        case Role::security_admin:
        case Role::audit_admin:
            return !is_program && world.holds && world.holds(caller, needs.role);
        }
        UNREACHABLE();
    };
    return is_allowed() ? Result<void>{} : fail(Errc::forbidden, "the role is another one");
}

Uuid Gate::made_key(UtcMs now) {
    const Hash hash = keyed_hash(scope_key_, "key." + std::to_string(++keys_made_));
    std::array<std::uint8_t, 10> rest{};
    std::copy_n(hash.begin(), rest.size(), rest.begin());
    return uuid7(now, rest);
}

Result<void> Gate::check_key(Exchange& exchange) {
    if (!is_changing(*exchange.route)) {
        return {};
    }
    Call& call = exchange.call;
    if (call.idempotency_key.empty() && exchange.route->key == KeyRule::made_if_missing) {
        call.key = made_key(call.now);
        return {};
    }
    TRY(call.key, expected_key(call));
    return {};
}

Reply Gate::refuse(const Exchange& exchange, const Error& error) {
    if (error.code == Errc::method_not_allowed && exchange.head.method == "OPTIONS") {
        Reply reply;  // Allow says it all
        reply.status = 204;
        return reply;
    }
    world_.metrics.count_refusal(error.code);
    const Refusing refusing = exchange.route == nullptr ? nullptr : exchange.route->refusing;
    Reply reply = refusing != nullptr ? refusing(*exchange.world, exchange.call, error)
                                      : problem(error, world_.texts(exchange.call.language));
    if (error.code == Errc::in_flight) {
        reply.headers.emplace_back("Retry-After", "1");
    }
    if (reply.status == 401) {
        reply.headers.emplace_back("WWW-Authenticate", "Bearer");
    }
    return reply;
}

void Gate::run(const std::shared_ptr<Exchange>& exchange, Ended ended) {
    exchange->call.body = exchange->body;
    if (const auto limited = check_rate_with_body(*exchange); !limited) {
        return ended(refuse(*exchange, limited.error()));
    }
    const auto& handler = exchange->route->handler;
    if (const auto* instant = std::get_if<Instant>(&handler)) {
        auto reply = instant->answer(*exchange->world, exchange->call);
        ended(reply ? *std::move(reply) : refuse(*exchange, reply.error()));
    } else if (const auto* submitting = std::get_if<Submitting>(&handler)) {
        run_submit(exchange, *submitting, std::move(ended));
    } else if (const auto* reading = std::get_if<ReadingFirst>(&handler)) {
        run_reading_first(exchange, reading->decode, std::move(ended));
    } else if (const auto* deferring = std::get_if<Deferring>(&handler)) {
        (*deferring)(
            *exchange->world,
            exchange->call,
            [this, exchange, ended = std::move(ended)](Result<Reply> reply) {
                ended(reply ? *std::move(reply) : refuse(*exchange, reply.error()));
            }
        );
    } else if (const auto* slow = std::get_if<Slow>(&handler)) {
        run_on_slow(exchange, slow->answer, std::move(ended));
    } else if (std::holds_alternative<LiveChanges>(handler)) {
        ended(LiveChanges{});
    } else {
        run_on_worker(exchange, std::move(ended));
    }
}

void Gate::run_submit(const std::shared_ptr<Exchange>& exchange, Submitting handler, Ended ended) {
    World& world = *exchange->world;
    auto pending = handler(world, exchange->call);
    if (!pending) {
        return ended(refuse(*exchange, pending.error()));
    }
    if (!pending->prepare) {
        return hand_over(exchange, *std::move(pending), std::move(ended));
    }
    const auto waiting = std::make_shared<std::pair<Pending, Ended>>(*std::move(pending), ended);
    const bool is_taken = slow_.offer([this, exchange, waiting] {
        auto& [one, told] = *waiting;
        const auto prepared = one.prepare(one.submit);
        if (prepared) {
            hand_over(exchange, std::move(one), std::move(told));
        } else {
            told(refuse(*exchange, prepared.error()));
        }
    });
    if (!is_taken) {
        ended(refuse(*exchange, Error{Errc::overloaded, "too many codes are being made", {}}));
    }
}

void Gate::run_reading_first(
    const std::shared_ptr<Exchange>& exchange, Submitting handler, Ended ended
) {
    const auto shared = std::make_shared<Ended>(std::move(ended));
    const bool is_taken = workers_.offer([this, exchange, handler, shared] {
        run_submit(exchange, handler, std::move(*shared));
    });
    if (!is_taken) {
        (*shared)(refuse(*exchange, Error{Errc::overloaded, "too many reads wait; try again", {}}));
    }
}

void Gate::hand_over(const std::shared_ptr<Exchange>& exchange, Pending pending, Ended ended) {
    World& world = *exchange->world;
    CHECK(world.submit);
    world.submit(
        std::move(pending.submit),
        [this, exchange, ended = std::move(ended), answer = std::move(pending.answer)](
            const Result<service::Answer>& given
        ) {
            ended(
                given ? answer(*given, *exchange->world->ledger) : refuse(*exchange, given.error())
            );
        }
    );
}

void Gate::run_on_slow(const std::shared_ptr<Exchange>& exchange, Answering answer, Ended ended) {
    const auto shared = std::make_shared<Ended>(std::move(ended));
    const bool is_taken = slow_.offer([this, exchange, answer, shared] {
        auto reply = answer(*exchange->world, exchange->call);
        (*shared)(reply ? *std::move(reply) : refuse(*exchange, reply.error()));
    });
    if (!is_taken) {
        (*shared)(refuse(*exchange, Error{Errc::overloaded, "too many codes are looked at", {}}));
    }
}

void Gate::run_on_worker(const std::shared_ptr<Exchange>& exchange, Ended ended) {
    const auto shared = std::make_shared<Ended>(std::move(ended));
    const bool is_taken = workers_.offer([this, exchange, shared] {
        const auto& handler = exchange->route->handler;
        if (const auto* answering = std::get_if<Answering>(&handler)) {
            auto reply = (*answering)(*exchange->world, exchange->call);
            return (*shared)(reply ? *std::move(reply) : refuse(*exchange, reply.error()));
        }
        auto stream = std::get<Streaming>(handler)(*exchange->world, exchange->call);
        (*shared)(
            stream ? Outcome(*std::move(stream)) : Outcome(refuse(*exchange, stream.error()))
        );
    });
    if (!is_taken) {
        (*shared)(refuse(*exchange, Error{Errc::overloaded, "too many reads wait; try again", {}}));
    }
}

void Gate::count(const Exchange& exchange, const Rendered& answer) {
    RequestLine line;
    line.method = exchange.route != nullptr ? name_of(exchange.route->method) : "-";
    line.path = exchange.route != nullptr ? exchange.route->path : "-";
    line.status = answer.status;
    line.ms = (world_.clock->now() - exchange.began).count();
    line.bytes = answer.body.size();
    world_.metrics.count(line);
    if (world_.journal) {
        world_.journal(line);
    }
}

void Gate::stop() {
    workers_.stop();
    streams_.stop();
    slow_.stop();
}

}  // namespace zt::http
