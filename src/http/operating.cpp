// The routes for who operates the server.

#include "http/codec.hpp"
#include "http/world.hpp"

namespace zt::http {

namespace {

Reply plain(std::string text, int status = 200) {
    Reply reply;
    reply.status = status;
    reply.content_type = "text/plain; charset=utf-8";
    reply.body = std::move(text);
    return reply;
}

Result<Reply> answer_health(World&, const Call&) { return plain("ok\n"); }

Result<Reply> answer_ready(World& world, const Call&) {
    const bool is_ready = !world.is_ready || world.is_ready();
    return is_ready ? plain("ready\n") : plain("not ready\n", 503);
}

Result<Reply> answer_metrics(World& world, const Call& call) {
    if (!call.is_local) {
        return fail(Errc::not_found, "there is nothing at this address");
    }
    Reply reply = plain(world.metrics.page(world.gauges ? world.gauges() : std::vector<Gauge>{}));
    reply.content_type = "text/plain; version=0.0.4; charset=utf-8";
    return reply;
}

constexpr RouteLimits often{.body_bytes = 0, .per_minute_anybody = 0};

}  // namespace

std::span<const Route> operating_routes() {
    static const std::array rows = {
        Route{
            Method::get,
            "/healthz",
            For(Role::anybody),
            "The process answers.",
            none(),
            any_bytes(),
            Instant{answer_health},
            often
        },
        Route{
            Method::get,
            "/metrics",
            For(Role::anybody),
            "Figures for Prometheus; only from loopback and listed addresses.",
            none(),
            any_bytes(),
            Instant{answer_metrics},
            often
        },
        Route{
            Method::get,
            "/readyz",
            For(Role::anybody),
            "Reads and changes are taken.",
            none(),
            any_bytes(),
            Instant{answer_ready},
            often
        },
    };
    return rows;
}

}  // namespace zt::http
