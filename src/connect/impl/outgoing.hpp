#pragma once
// Outgoing: the only place that opens connections to the world, by libcurl. Only http, https, smtp,
// smtps; no redirects, no proxies from the environment; each address is looked at after it was
// resolved and before a socket is opened, so neither a name, nor a spelling, nor a second answer of
// DNS leads inside.

#include "connect/channels.hpp"
#include "connect/signature.hpp"

#include <atomic>
#include <memory>
#include <span>

namespace zt::connect::impl {

struct Request {
    std::string url;
    Headers headers;
    std::string body;
    const MailServer* mail = nullptr;  ///< null: an HTTP POST; borrowed
    std::string mail_to;
};

enum class Outcome : std::uint8_t {
    answered,
    no_connection,
    timed_out,
    private_address,
    bad_certificate,
    too_large,
    bad_request,
    stopped
};
[[nodiscard]] std::string_view name_of(Outcome outcome);

struct Reply {
    Outcome outcome = Outcome::no_connection;
    long status = 0;  ///< of HTTP or SMTP; 0 when mail was taken
    std::string body;
    Headers headers;  ///< those of ours, names in lower case
};

/// threads: one, but for wake.
class Outgoing {
  public:
    explicit Outgoing(OutgoingLimits limits);
    Outgoing(const Outgoing&) = delete;
    Outgoing& operator=(const Outgoing&) = delete;
    ~Outgoing();

    /// Sends all, several at once, and waits for their answers in order; ends early, `stopped`,
    /// when `stopping` turns true and wake is called.
    [[nodiscard]] std::vector<Reply>
    exchange(std::span<const Request> requests, const std::atomic<bool>& stopping);
    /// threads: any.
    void wake();

  private:
    class Handles;
    OutgoingLimits limits_;
    std::unique_ptr<Handles> handles_;
};

}  // namespace zt::connect::impl
