// What holds under load, against slow clients, and at shutdown; and live changes.

#include "build/until.hpp"
#include "tests/http/edge.hpp"

#include <sys/resource.h>
#include <thread>

namespace zt::http::test {
namespace {

/// Waits until as many slow requests have reached their workers.
void await_slow(int count) {
    while (latch()->under_way < count) {
        std::this_thread::yield();
    }
}

TEST(limits_of_time, a_connection_that_says_nothing_is_closed) {
    const Edge edge(Settings{.idle = Millis{60}});
    Client silent = edge.client();
    EXPECT_TRUE(silent.ends());
    Client once = edge.client();
    EXPECT_EQ(once.ask("GET /healthz").hear().status, 200);
    EXPECT_TRUE(once.ends());
}

TEST(limits_of_time, a_header_that_drips_does_not_hold_a_connection) {
    const Edge edge(Settings{.header_time = Millis{80}});
    Client client = edge.client();
    client.send("GET /healthz HTTP/1.1\r\n");
    for (int drips = 0; drips < 100 && client.is_silent(10); ++drips) {
        client.send("X: y\r\n");
    }
    EXPECT_TRUE(client.ends());
}

TEST(overload, refuses_reads_at_once_while_work_in_hand_goes_on) {
    const Edge edge(Settings{.workers = 1, .workers_queue_max = 1});
    Client working = edge.client();
    working.ask("GET /api/v1/slow");
    await_slow(1);
    Client waiting = edge.client();
    waiting.ask("GET /api/v1/slow");
    EXPECT_EQ(waiting.is_silent(50), true);
    Client refused = edge.client();
    const Heard heard = refused.ask("GET /api/v1/slow").hear();
    EXPECT_EQ(heard.status, 503);
    EXPECT_EQ(heard.field("retry-after"), "1");
    EXPECT_EQ(refused.ask("GET /healthz").hear().status, 200);
    latch()->opens.set_value();
    EXPECT_EQ(working.hear().body, "\"slow\"");
    EXPECT_EQ(waiting.hear().body, "\"slow\"");
    EXPECT_EQ(refused.ask("GET /api/v1/echo/a").hear().status, 200);
}

TEST(overload, connections_are_counted_by_where_they_come_from) {
    const Edge edge(Settings{.connections_per_remote = 2});
    Client first = edge.client();
    EXPECT_EQ(first.ask("GET /healthz").hear().status, 200);
    {
        Client second = edge.client();
        EXPECT_EQ(second.ask("GET /healthz").hear().status, 200);
        Client third = edge.client();
        const Heard heard = third.hear();
        EXPECT_EQ(heard.status, 503);
        EXPECT_EQ(heard.body, R"({"code":"overloaded","retry_may_help":true,"status":503})");
        EXPECT_TRUE(third.ends());
        second.ask("GET /healthz", "Connection: close\r\n").hear();
        EXPECT_TRUE(second.ends());
    }
    // The count goes down when the coroutine has ended, a moment after the socket.
    EXPECT_TRUE(build::until([&] { return edge.client().ask("GET /healthz").hear().status == 200; })
    );
}

/// What a stop cuts off must go with the server; the address sanitizer tells of what stays.
TEST(server, stops_beside_whatever_is_under_way) {
    for (int times = 0; times < 40; ++times) {
        Edge edge;
        auto client = edge.client();
        EXPECT_EQ(client.ask("GET /healthz").hear().status, 200);
        client.ask("GET /healthz");
        auto half = edge.client();
        half.send("GET /heal");
    }
}

TEST(overload, slow_clients_do_not_keep_others_out) {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    const std::size_t most = std::min<std::size_t>(2000, files.rlim_cur / 3);
    const Edge edge(Settings{.connections_per_remote = 10'000});
    std::vector<Client> slow;
    for (std::size_t number = 0; number < most; ++number) {
        slow.push_back(edge.client());
        slow.back().send("POST /api/v1/notes HTTP/1.1\r\nHost: h\r\nContent-Le");
    }
    Client quick = edge.client();
    for (int number = 0; number < 100; ++number) {
        ASSERT_EQ(quick.ask("GET /api/v1/echo/a").hear().status, 200);
    }
}

TEST(shutdown, lets_work_in_hand_end_and_takes_no_more) {
    Edge edge;
    const std::uint16_t port = edge.server->port();
    Client idle = edge.client();
    EXPECT_EQ(idle.ask("GET /healthz").hear().status, 200);
    Client working = edge.client();
    working.ask("GET /api/v1/slow");
    await_slow(1);
    std::thread stopping([&edge] { edge.server->stop(); });
    EXPECT_TRUE(idle.ends());
    latch()->opens.set_value();
    const Heard heard = working.hear();
    EXPECT_EQ(heard.body, "\"slow\"");
    EXPECT_EQ(heard.field("connection"), "close");
    EXPECT_TRUE(working.ends());
    stopping.join();
    EXPECT_FALSE(Client(port).is_connected());
}

TEST(shutdown, cuts_what_does_not_end) {
    Edge edge(Settings{.drain_time = Millis{50}});
    Client working = edge.client();
    working.ask("GET /api/v1/slow");
    await_slow(1);
    std::thread stopping([&edge] { edge.server->stop(); });
    EXPECT_TRUE(working.ends());
    latch()->opens.set_value();
    stopping.join();
}

TEST(live, news_come_to_who_may_see_them) {
    Edge edge;
    Client client = edge.client();
    EXPECT_EQ(
        client.ask("GET /api/v1/live").hear(false).field("content-type"), "text/event-stream"
    );
    EXPECT_TRUE(client.read_until(": live\n\n"));
    edge.live.publish({101, MatterId{1}, "secret", "matter"});
    edge.live.publish({102, MatterId{1}, "appeal", "matter"});
    EXPECT_TRUE(client.read_until("id: 102\nevent: change\ndata: {"));
    edge.live.publish({103, MatterId{1}, "appeal", "inbox"});
    EXPECT_TRUE(client.read_until("\"inbox\""));
    edge.server->stop();
    EXPECT_EQ(client.rest().find("secret"), std::string::npos);
}

TEST(live, who_comes_back_gets_what_was_missed_or_reads_anew) {
    Edge edge;
    for (Seq seq = 101; seq <= 110; ++seq) {
        edge.live.publish({seq, MatterId{seq}, "appeal", "matter"});
    }
    Client resumed = edge.client();
    resumed.ask("GET /api/v1/live", "Last-Event-ID: 108\r\n");
    EXPECT_TRUE(resumed.read_until(": live\n\nid: 109\n"));
    EXPECT_TRUE(resumed.read_until("id: 110\n"));
    Client late = edge.client();
    late.ask("GET /api/v1/live", "Last-Event-ID: 5\r\n");
    EXPECT_TRUE(late.read_until("id: 110\nevent: reset\n"));
}

TEST(live, a_quiet_connection_hears_a_heartbeat) {
    const Edge edge(Settings{.heartbeat = Millis{20}});
    Client client = edge.client();
    client.ask("GET /api/v1/live");
    EXPECT_TRUE(client.read_until(": still here\n\n: still here\n\n"));
}

TEST(server, a_wrong_setting_is_told_by_name) {
    Edge edge({}, false);
    const auto code = [&edge](const Settings& settings) {
        const auto started = Server::start(edge.world, settings, test_routes());
        return started ? "started" : std::string(name_of(started.error().code));
    };
    EXPECT_EQ(code({.address = "nowhere", .port = 0}), "bad_value");
    EXPECT_EQ(code({.port = 0, .trusted_proxies = {"10.0.0.0/99"}}), "bad_value");
    EXPECT_EQ(
        code({.port = 0, .certificate_file = "absent.pem", .key_file = "absent.key"}), "bad_file"
    );
    edge.start();
    EXPECT_EQ(code({.port = edge.server->port()}), "in_use");
}

}  // namespace
}  // namespace zt::http::test
