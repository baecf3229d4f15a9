// The server as it is shipped: hand-ins beside Beast alone, their latency at half of that load,
// idle and slow connections, overload, and the pages of the desk.

#include "bench/busy.hpp"
#include "bench/echo.hpp"
#include "bench/load.hpp"
#include "bench/serving.hpp"

#include <algorithm>
#include <random>
#include <sys/resource.h>
#include <thread>

namespace zt::bench {

namespace {

constexpr int connections = 64;

void allow_many_sockets() {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
}

/// `count` hand-ins, at `per_s` or as fast as answers come. in: `run` sets their keys apart.
LoadOutcome
hand_ins(const ServedPlace& place, std::int64_t count, double per_s, std::string_view run) {
    const UtcMs now = app::OsClock{}.now();
    auto outcome = put_load_on({place.port(), connections, count, per_s, [&](std::int64_t i) {
                                    return portal_hand_in(i, now, run);
                                }});
    if (outcome.refused > 0) {
        give_up("load", Error{Errc::check_failed, "an answer was not 2xx", {}});
    }
    return outcome;
}

void measure_hand_ins(const ServedPlace& place, const Options& options, Figures& figures) {
    constexpr std::size_t answer_bytes = 250;  // as a hand-in is answered
    const UtcMs now = app::OsClock{}.now();
    ignore(hand_ins(place, options.count / 4 + 1, 0, "warm"), "warms up");
    std::vector<double> ours, echoes, ratios;
    double cpu_share = 0;
    for (int round = 1; round <= options.rounds; ++round) {
        const auto mine = hand_ins(place, options.count, 0, "round " + std::to_string(round));
        const Echo echo(answer_bytes);
        const auto bare =
            put_load_on({echo.port(), connections, 4 * options.count, 0, [&](std::int64_t i) {
                             return portal_hand_in(i, now, "echo");
                         }});
        ours.push_back(mine.per_s);
        echoes.push_back(bare.per_s);
        ratios.push_back(mine.per_s / bare.per_s);
        cpu_share = mine.own_cpu_s / mine.seconds;
    }
    const double most = quantile(ours, 0.5);
    const double rate = most / 2;
    constexpr double seconds = 10;
    const auto half =
        hand_ins(place, std::max<std::int64_t>(1000, std::llround(rate * seconds)), rate, "half");
    figures.add("http_per_s", most).add("echo_per_s", quantile(echoes, 0.5));
    figures.add("http_vs_echo", quantile(ratios, 0.5)).add("ratios", ratios);
    figures.add("half_load_per_s", half.per_s);
    figures.add("http_p50_ms_half_load", quantile(half.ms, 0.5));
    figures.add("http_p99_ms_half_load", quantile(half.ms, 0.99));
    figures.add("generator_cpu_share", cpu_share);
    figures.add("generator_cpu_share_half_load", half.own_cpu_s / half.seconds);
}

/// Connections that say nothing, and those that begin a request and never end it.
void measure_waiting(const ServedPlace& place, const Options& options, Figures& figures) {
    constexpr int idle_connections = 10'000;
    constexpr int slow_connections = 2'000;
    const std::int64_t before = resident_bytes();
    {
        const IdleConnections idle(place.port(), idle_connections, "");
        const Watch waiting;
        constexpr double patience_seconds = 30;
        while (place.metric("zhitong_http_connections") < idle_connections) {
            if (waiting.seconds() > patience_seconds) {
                give_up("idle connections", Error{Errc::check_failed, "not all are held", {}});
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        figures.add("idle_connections_mb", static_cast<double>(resident_bytes() - before) / 1e6);
    }
    std::vector<double> ratios;
    for (int round = 1; round <= options.rounds; ++round) {
        const std::string name = std::to_string(round);
        const double free = hand_ins(place, options.count / 2, 0, "free " + name).per_s;
        const IdleConnections slow(
            place.port(), slow_connections, "POST /api/v1/portal/matters HTTP/1.1\r\nHost: h"
        );
        ratios.push_back(hand_ins(place, options.count / 2, 0, "slow " + name).per_s / free);
    }
    figures.add("beside_slow_vs_free", quantile(ratios, 0.5));
}

/// Ten times what it can take, for so many seconds.
void measure_overload(
    const ServedPlace& place, double most_per_s, double seconds, Figures& figures
) {
    constexpr int many_connections = 4'000;
    const UtcMs now = app::OsClock{}.now();
    const std::int64_t before = resident_bytes();
    Load load{place.port(), many_connections, 0, 10 * most_per_s, [&](std::int64_t i) {
                  return portal_hand_in(i, now, "flood");
              }};
    load.count = std::int64_t{1} << 40U;
    load.seconds = seconds;
    const auto flood = put_load_on(load);
    const auto done = static_cast<double>(flood.ms.size());
    figures.add("overload_goodput_per_s", done / flood.seconds);
    figures.add("overload_vs_most", done / flood.seconds / most_per_s);
    figures.add("overload_refused", static_cast<double>(flood.refused));
    figures.add("overload_refused_p99_ms", quantile(flood.refused_ms, 0.99));
    figures.add("overload_grew_mb", static_cast<double>(resident_bytes() - before) / 1e6);
}

/// One page asked for again and again, one at a time, for half a minute at most: p99 in ms.
double
p99_of(const ServedPlace& place, int count, const std::function<std::string(std::int64_t)>& path) {
    constexpr double seconds = 30;
    Load load{place.port(), 1, count, 0, [&](std::int64_t i) {
                  return build::request_text("GET " + path(i), place.session(), "");
              }};
    load.seconds = seconds;
    const auto outcome = put_load_on(load);
    if (outcome.refused > 0) {
        give_up("page", Error{Errc::check_failed, path(0), {}});
    }
    return quantile(outcome.ms, 0.99);
}

}  // namespace

void run_http(const Options& options) {
    allow_many_sockets();
    app::OsRandom random;
    ignore(create_place(options.dir + "/http", random), "opened by the server");
    const ServedPlace place(options.dir + "/http");
    Figures figures;
    measure_hand_ins(place, options, figures);
    measure_waiting(place, options, figures);
    figures.print();
}

void run_overload(const Options& options) {
    allow_many_sockets();
    app::OsRandom random;
    ignore(create_place(options.dir + "/overload", random), "opened by the server");
    const ServedPlace place(options.dir + "/overload");
    constexpr std::int64_t measured = 40'000;
    ignore(hand_ins(place, measured / 4, 0, "warm"), "warms up");
    const double most = hand_ins(place, measured, 0, "most").per_s;
    Figures figures;
    figures.add("most_per_s", most);
    measure_overload(place, most, static_cast<double>(options.count), figures);
    figures.add("after_vs_most", hand_ins(place, measured, 0, "after").per_s / most);
    figures.print();
}

void run_pages(const Options& options) {
    std::vector<std::string> numbers;
    {
        app::OsRandom random;
        const auto tenant = create_place(options.dir + "/pages", random);
        Busy busy(*tenant, random, Busy::Keep::nothing);
        const Day day(busy.ledger().directory(), app::OsClock{}.now());
        const auto matters = hand_in_many(busy.ledger(), day, options.count);
        constexpr std::size_t looked_at = 5'000;
        std::mt19937_64 dice(7);
        for (std::size_t i = 0; i < looked_at; ++i) {
            const MatterId matter = matters[dice() % matters.size()];
            numbers.push_back(must(busy.ledger().state(matter), "state")->number);
        }
    }
    const ServedPlace place(options.dir + "/pages");
    constexpr int pages = 2'000;
    const auto number = [&](std::int64_t i) {
        return numbers[static_cast<std::size_t>(i) % numbers.size()];
    };
    Figures figures;
    figures.add("open", static_cast<double>(options.count));
    figures.add("matter_page_p99_ms", p99_of(place, pages, [&](std::int64_t i) {
                    return "/api/v1/matters/" + number(i);
                }));
    figures.add("inbox_p99_ms", p99_of(place, pages, [](std::int64_t) {
                    return std::string("/api/v1/inbox?limit=50");
                }));
    figures.add("list_two_filters_p99_ms", p99_of(place, pages, [](std::int64_t) {
                    return std::string("/api/v1/matters?counts=open&kind=appeal&lamp=green&limit=50"
                    );
                }));
    figures.print();
}

}  // namespace zt::bench
