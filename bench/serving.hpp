#pragma once
// A place behind the server as it is shipped: every route, every part, the limits of calls off.

#include "app/serving.hpp"
#include "bench/place.hpp"
#include "build/http_client.hpp"

#include <string>

namespace zt::bench {

class ServedPlace {
  public:
    /// in: the folder of a place that create_place made. Waits until the views are filled.
    explicit ServedPlace(const std::string& path);
    ServedPlace(const ServedPlace&) = delete;
    ServedPlace& operator=(const ServedPlace&) = delete;

    [[nodiscard]] std::uint16_t port() const { return serving_->port(); }
    /// A figure of /metrics. Gives up when there is none of that name.
    [[nodiscard]] double metric(const std::string& name) const;
    /// Header lines of a session of the office's clerk.
    [[nodiscard]] const std::string& session() const { return session_; }

  private:
    void give_account(service::Tenant& tenant);
    void sign_in();

    app::OsRandom random_;
    app::OsClock clock_;
    std::string password_, session_;
    std::unique_ptr<app::Serving> serving_;
};

/// What a resident's page sends: the whole request. in: `run` sets its keys apart.
[[nodiscard]] std::string portal_hand_in(std::int64_t number, UtcMs now, std::string_view run);

}  // namespace zt::bench
