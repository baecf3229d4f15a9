#pragma once
// Server: listens, and carries each request to its route. Beast and Asio stay behind it.

#include "http/settings.hpp"
#include "http/world.hpp"

#include <memory>

namespace zt::http {

class Server {
  public:
    /// Listens when it returns. Borrows the worlds; the routes are copied. errors: bad_value (an
    /// address, a network), bad_file (certificate or key), in_use (the port), io_failed.
    [[nodiscard]] static Result<std::unique_ptr<Server>>
    start(const Worlds& worlds, const Settings& settings, std::span<const Route> routes);
    /// One place, under any name.
    [[nodiscard]] static Result<std::unique_ptr<Server>>
    start(World& world, const Settings& settings, std::span<const Route> routes);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    /// Stops. What the deciding thread was given may still be answered into it, so it is destroyed
    /// after the writer.
    ~Server();

    [[nodiscard]] std::uint16_t port() const;
    /// Takes no more connections and lets each go after the answer under way; those that are not
    /// done within Settings::drain_time are cut. Returns when all are gone. threads: any, one at a
    /// time, not an io thread.
    void stop();

  private:
    struct Parts;
    explicit Server(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace zt::http
