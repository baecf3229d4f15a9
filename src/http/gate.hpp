#pragma once
// Gate: between a request and its handler. Who may pass is settled by the header alone, before any
// of the body is read; then the body goes to the handler, on the thread that its row asks for.

#include "http/buckets.hpp"
#include "http/exchange.hpp"
#include "http/route_tree.hpp"
#include "http/settings.hpp"
#include "http/worker_pool.hpp"
#include "http/world.hpp"

#include <atomic>

namespace zt::http {

/// How a request ended. Called once, on any thread.
using Ended = std::function<void(Outcome)>;

/// threads: any.
class Gate {
  public:
    /// Borrows the worlds. errors: bad_value (a network in the settings).
    [[nodiscard]] static Result<std::unique_ptr<Gate>>
    make(const Worlds& worlds, const Settings& settings, std::span<const Route> routes);

    /// Reads exchange.head_text and settles where it goes and who calls. errors, in this order:
    /// bad_request, not_found, method_not_allowed, too_many_requests, not_same_origin,
    /// not_signed_in, forbidden, key_missing_in_command, bad_uuid, body_too_large.
    [[nodiscard]] Result<void> admit(Exchange& exchange);
    /// Runs the handler; problems become replies. in: admitted, with its body.
    void run(const std::shared_ptr<Exchange>& exchange, Ended ended);
    /// The reply that tells an error, counted.
    [[nodiscard]] Reply refuse(const Exchange& exchange, const Error& error);
    /// Counts and logs an answer that goes out.
    void count(const Exchange& exchange, const Rendered& answer);

    /// That of the first place: clock, metrics and journal are shared.
    [[nodiscard]] World& world() { return world_; }
    [[nodiscard]] WorkerPool& streams() { return streams_; }
    /// Scope of an address for limits: a keyed hash, new with each start.
    [[nodiscard]] std::string scope_of(const Address& address) const;
    /// Answers what waits, then ends the workers.
    void stop();

  private:
    Gate(const Worlds& worlds, const Settings& settings, std::span<const Route> routes);
    [[nodiscard]] Result<void> find_route(Exchange& exchange);
    [[nodiscard]] Result<void> find_world(Exchange& exchange) const;
    [[nodiscard]] std::vector<Method> allowed_at(std::span<const std::string> segments) const;
    void read_fields(Exchange& exchange);
    void read_remote(Exchange& exchange);
    void read_caller(Exchange& exchange);
    [[nodiscard]] Result<void> check_rate(const Exchange& exchange);
    [[nodiscard]] Result<void> check_rate_with_body(const Exchange& exchange);
    [[nodiscard]] Result<void> check_origin(const Exchange& exchange) const;
    [[nodiscard]] Result<void> check_role(const Exchange& exchange) const;
    [[nodiscard]] Result<void> check_key(Exchange& exchange);
    [[nodiscard]] Uuid made_key(UtcMs now);
    void hand_over(const std::shared_ptr<Exchange>& exchange, Pending pending, Ended ended);
    void run_submit(const std::shared_ptr<Exchange>& exchange, Submitting handler, Ended ended);
    void
    run_reading_first(const std::shared_ptr<Exchange>& exchange, Submitting handler, Ended ended);
    void run_on_slow(const std::shared_ptr<Exchange>& exchange, Answering answer, Ended ended);
    void run_on_worker(const std::shared_ptr<Exchange>& exchange, Ended ended);

    const Worlds worlds_;
    World& world_;  ///< the first
    const Settings settings_;
    std::vector<Route> routes_;
    RouteTree tree_;
    Networks trusted_, metrics_readers_;
    std::string scope_key_;
    std::atomic<std::uint64_t> keys_made_ = 0;
    Buckets buckets_;
    WorkerPool workers_, streams_;
    WorkerPool slow_;  ///< rows of Slow, and what Pending::prepare does
};

}  // namespace zt::http
