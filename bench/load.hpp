#pragma once
// A load of HTTP requests from one thread over many connections. At a given rate it is an open
// loop: a request has its moment whether or not the one before it was answered, and its time counts
// from that moment.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace zt::bench {

struct Load {
    std::uint16_t port = 0;
    int connections = 64;
    std::int64_t count = 0;
    double per_s = 0;                                  ///< 0: as fast as answers come
    std::function<std::string(std::int64_t)> request;  ///< the n-th, header and body
    double seconds = 0;  ///< ends then, answered or not; 0: at the count
};

struct LoadOutcome {
    double per_s = 0, seconds = 0;
    double own_cpu_s = 0;            ///< of the thread that made the load
    std::vector<double> ms;          ///< of answers of 2xx
    std::vector<double> refused_ms;  ///< of all others
    std::int64_t refused = 0;
};

[[nodiscard]] LoadOutcome put_load_on(const Load& load);

/// So many connections that say no more than that, held by a process of its own: both ends of
/// 10,000 are more files than one process may open.
class IdleConnections {
  public:
    IdleConnections(std::uint16_t port, int count, std::string_view said);
    IdleConnections(const IdleConnections&) = delete;
    IdleConnections& operator=(const IdleConnections&) = delete;
    ~IdleConnections();

  private:
    int child_ = -1;
};

}  // namespace zt::bench
