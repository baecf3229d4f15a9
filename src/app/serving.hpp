#pragma once
// Serving: all parts of a server, put together. The only list of them.

#include "app/messages_out.hpp"
#include "app/settings.hpp"
#include "app/world_os.hpp"
#include "http/server.hpp"
#include "service/accounts.hpp"
#include "service/follow_up.hpp"
#include "service/followers.hpp"
#include "service/phone_codes.hpp"
#include "service/published.hpp"
#include "service/served.hpp"

namespace zt::app {

struct Parts;

/// A place to serve, with settings of its own.
struct OnePlace {
    std::unique_ptr<service::Tenant> tenant;
    ServeSettings settings;
};

class Serving {
  public:
    /// Begins to serve; commands are taken when it returns. errors: those of Accounts::open and
    /// Server::start, io_failed.
    [[nodiscard]] static Result<std::unique_ptr<Serving>>
    start(std::unique_ptr<service::Tenant> tenant, const ServeSettings& settings);
    /// Several unrelated places in one process, told apart by the host that is asked for; they
    /// share the listening socket, its threads and its limits, and nothing else. The address and
    /// limits of the first count. errors: bad_value (a place without a name, a name twice); as
    /// above.
    [[nodiscard]] static Result<std::unique_ptr<Serving>> start(std::vector<OnePlace> places);
    Serving(const Serving&) = delete;
    Serving& operator=(const Serving&) = delete;
    /// Stops in order: no new calls, calls in hand, what was handed in, views.
    ~Serving();

    [[nodiscard]] std::uint16_t port() const;
    /// Something failed of which only a new start can tell more: the process has to stop.
    [[nodiscard]] bool has_failed() const;
    /// To be called each minute: sessions, uploads that nobody finished, recurring duties whose day
    /// has come.
    void upkeep();

  private:
    Serving();
    /// Everything but the listening.
    [[nodiscard]] static Result<std::unique_ptr<Serving>>
    prepare(std::unique_ptr<service::Tenant> tenant, const ServeSettings& settings);
    [[nodiscard]] Result<void> open_messages(const ServeSettings& settings, MessageParts parts);
    void open_jobs();
    [[nodiscard]] Result<void> open_edge(const ServeSettings& settings);
    [[nodiscard]] Result<void> listen(const ServeSettings& settings, const http::Worlds& worlds);
    void answer_for_all();
    [[nodiscard]] Result<void>
    open_papers(const ServeSettings& settings, const std::string& folder);
    [[nodiscard]] Result<void> sweep_files();
    [[nodiscard]] Result<void> begin_rounds();
    std::unique_ptr<Parts> parts_;
};

}  // namespace zt::app
