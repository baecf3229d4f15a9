#pragma once
// Settings of the HTTP edge, with the limits that stand when nobody sets them.

#include "base/result.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zt::http {

/// Pictures behind the shapes of a map, from one server; empty: none.
struct MapTiles {
    std::string url = {};          ///< "https://tiles.example.cn/{z}/{x}/{y}.png"
    std::string attribution = {};  ///< shown on every map that has them

    /// "https://tiles.example.cn": the one host that the content policy opens.
    [[nodiscard]] std::string origin() const;
};
/// errors: bad_value: no address of http(s) with {z}, {x} and {y} once each, on a plain host name.
[[nodiscard]] Result<std::string> tile_url_of(std::string_view text);

/// Where a legal way leads in this place; what is empty is not shown.
struct LegalOffice {
    std::string way = {};  ///< key in the pack's list `legal_ways`
    std::string authority = {}, address = {}, telephone = {};
    std::string within = {};  ///< how long it may be taken, as definition files write it: "30d"
};

enum class RateLimits : std::uint8_t { on, off };

struct Settings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8311;                         ///< 0: any free one
    std::string certificate_file = {}, key_file = {};  ///< PEM; both empty: plain HTTP
    std::vector<std::string> trusted_proxies = {};     ///< addresses or networks: "10.0.0.0/8"
    std::vector<std::string> metrics_readers = {};     ///< the same; loopback may always

    int io_threads = 2;
    int workers = 4;  ///< for reads: they wait for the disk
    std::size_t workers_queue_max = 256;
    int streams_max = 2;  ///< long answers under way, a thread each

    std::size_t header_bytes = 16U << 10U;
    std::size_t connections_max = 20'000;
    std::size_t connections_per_remote = 256;  ///< an office behind one address has hundreds
    Millis idle{75'000};                       ///< between two requests
    Millis header_time{10'000};  ///< from the first byte of a request to the end of its header
    Millis write_time{30'000};   ///< for an answer, and 1 s more for each 16 KiB
    Millis heartbeat{15'000};    ///< of live connections
    Millis drain_time{10'000};   ///< work in hand at shutdown
    RateLimits rate_limits = RateLimits::on;
    Millis slow{500};  ///< longer calls are logged as slow
};

}  // namespace zt::http
