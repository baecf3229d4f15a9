#pragma once
// Metrics: counts of the HTTP edge, and the page /metrics in the text form that Prometheus reads.
// Labels are templates of routes, statuses and codes: nothing that names a matter or a person.

#include "base/errc.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

namespace zt::http {

/// A figure of another room for the page: "zhitong_queue_depth".
struct Gauge {
    std::string_view name, help;
    std::int64_t value = 0;
    std::string labels = {};  ///< `place="2"`; rows of one name stand together
};

/// One answered request, as the log tells it.
struct RequestLine {
    std::string_view method, path;  ///< path: the template of the route, "-" without one
    int status = 0;
    std::int64_t ms = 0;
    std::size_t bytes = 0;  ///< of the answer's body
};

/// threads: any.
class Metrics {
  public:
    void count(const RequestLine& line);
    void count_refusal(Errc code);
    void connection_came() { ++connections_; }
    void connection_went() { --connections_; }
    [[nodiscard]] std::int64_t connections() const { return connections_; }
    [[nodiscard]] std::string page(std::span<const Gauge> others) const;

  private:
    static constexpr std::array<std::int64_t, 8> steps_ms{1, 5, 10, 50, 100, 500, 1000, 5000};
    struct Row {
        std::int64_t count = 0, ms = 0;
        std::array<std::int64_t, steps_ms.size()> within{};
    };
    std::atomic<std::int64_t> connections_ = 0;
    mutable std::mutex mutex_;
    std::map<std::string, Row, std::less<>> rows_;  // guarded by mutex_, by labels
    std::map<Errc, std::int64_t> refusals_;         // guarded by mutex_
};

}  // namespace zt::http
