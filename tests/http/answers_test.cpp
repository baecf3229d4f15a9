// What answers look like: statuses, headers, bodies.

#include "tests/http/edge.hpp"

namespace zt::http::test {
namespace {

TEST(answers, a_read_is_answered_and_the_connection_stays) {
    const Edge edge;
    Client client = edge.client();
    const Heard first = client.ask("GET /api/v1/echo/%E4%BB%B6?q=a+b").hear();
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first.body, R"({"name":"件","q":"a b"})");
    EXPECT_EQ(first.field("content-type"), "application/json");
    EXPECT_EQ(first.field("date"), "Mon, 01 Aug 2022 01:00:00 GMT");
    EXPECT_EQ(client.ask("GET /api/v1/echo/b").hear().body, R"({"name":"b"})");
    EXPECT_EQ(client.ask("GET /api/v1/echo/b", "Connection: close\r\n").hear().status, 200);
    EXPECT_TRUE(client.ends());
}

TEST(answers, every_answer_carries_the_headers_of_safety) {
    const Edge edge;
    for (const char* line :
         {"GET /api/v1/echo/a",
          "GET /healthz",
          "GET /nowhere",
          "PUT /api/v1/notes",
          "GET /api/v1/mine",
          "OPTIONS /api/v1/notes",
          "GET /api/v1/stream",
          "GET /%2e%2e",
          "GET /api/v1/live"}) {
        Client client = edge.client();
        const Heard heard = client.ask(line, "Connection: close\r\n").hear(false);
        EXPECT_NE(heard.status, 0) << line;
        EXPECT_TRUE(heard.field("content-security-policy").starts_with("default-src 'none'"))
            << line;
        EXPECT_EQ(heard.field("x-content-type-options"), "nosniff") << line;
        EXPECT_EQ(heard.field("referrer-policy"), "no-referrer") << line;
        EXPECT_EQ(heard.field("cross-origin-opener-policy"), "same-origin") << line;
        EXPECT_EQ(heard.field("cross-origin-resource-policy"), "same-origin") << line;
        EXPECT_EQ(heard.field("x-frame-options"), "DENY") << line;
        EXPECT_EQ(heard.field("cache-control"), "no-store") << line;
        EXPECT_EQ(heard.field("access-control-allow-origin"), "") << line;
        EXPECT_EQ(heard.field("server"), "") << line;
    }
}

TEST(answers, problems_have_code_title_and_pointer) {
    const Edge edge;
    Client client = edge.client();
    Heard heard = client.post("/api/v1/notes", "", R"({"text":""})").hear();
    EXPECT_EQ(heard.status, 400);
    EXPECT_EQ(heard.field("content-type"), "application/problem+json");
    EXPECT_NE(heard.body.find(R"("at":"/text")"), std::string::npos) << heard.body;
    EXPECT_NE(heard.body.find(R"("code":"bad_field")"), std::string::npos);
    heard = client.ask("GET /nowhere", "Accept-Language: en-GB,en\r\n").hear();
    EXPECT_EQ(heard.status, 404);
    EXPECT_NE(heard.body.find(R"("title":"not found")"), std::string::npos) << heard.body;
    heard = client.ask("GET /nowhere", "Accept-Language: zh-CN,en\r\n").hear();
    EXPECT_NE(heard.body.find("没有找到"), std::string::npos) << heard.body;
}

TEST(answers, head_is_as_get_without_its_body) {
    const Edge edge;
    Client client = edge.client();
    const Heard heard = client.ask("HEAD /api/v1/echo/a").hear(false);
    EXPECT_EQ(heard.status, 200);
    EXPECT_EQ(heard.field("content-length"), "12");
    EXPECT_EQ(client.ask("GET /api/v1/echo/b").hear().body, R"({"name":"b"})");
    EXPECT_EQ(client.ask("HEAD /nowhere").hear(false).status, 404);
    EXPECT_EQ(client.ask("GET /healthz").hear().body, "ok\n");
}

TEST(answers, another_method_is_told_what_is_allowed) {
    const Edge edge;
    Client client = edge.client();
    Heard heard = client.ask("PUT /api/v1/echo/a").hear();
    EXPECT_EQ(heard.status, 405);
    EXPECT_EQ(heard.field("allow"), "OPTIONS, GET, HEAD");
    EXPECT_EQ(client.ask("BREW /api/v1/notes").hear().field("allow"), "OPTIONS, POST");
    heard = client.ask("OPTIONS /api/v1/notes").hear();
    EXPECT_EQ(heard.status, 204);
    EXPECT_EQ(heard.field("allow"), "OPTIONS, POST");
    EXPECT_EQ(client.ask("OPTIONS /nowhere").hear().status, 404);
    EXPECT_EQ(client.ask("GET /api/v1/echo/").hear().status, 404);
}

TEST(answers, long_texts_are_compressed_but_no_secrets) {
    const Edge edge;
    Client client = edge.client();
    constexpr auto accepts = "Accept-Encoding: br, gzip\r\n";
    const Heard packed = client.ask("GET /api/v1/long", accepts).hear();
    EXPECT_EQ(packed.field("content-encoding"), "gzip");
    EXPECT_LT(packed.body.size(), 1000U);
    EXPECT_EQ(packed.body.substr(0, 2), "\x1f\x8b");
    EXPECT_EQ(packed.field("etag"), "W/\"7\"");
    EXPECT_NE(packed.field("vary").find("Accept-Encoding"), std::string::npos);
    EXPECT_EQ(client.ask("GET /api/v1/long").hear().body.size(), 4002U);
    EXPECT_EQ(client.ask("GET /api/v1/secret", accepts).hear().field("content-encoding"), "");
    EXPECT_EQ(client.ask("GET /api/v1/echo/a", accepts).hear().field("content-encoding"), "");
}

TEST(answers, what_is_known_is_not_sent_again) {
    const Edge edge;
    Client client = edge.client();
    EXPECT_EQ(client.ask("GET /api/v1/long").hear().field("etag"), "\"7\"");
    for (const char* tag : {"\"7\"", "W/\"7\"", "\"6\", \"7\"", "*"}) {
        const std::string field = "If-None-Match: " + std::string(tag) + "\r\n";
        const Heard heard = client.ask("GET /api/v1/long", field).hear();
        EXPECT_EQ(heard.status, 304) << tag;
        EXPECT_EQ(heard.field("etag"), "\"7\"");
        EXPECT_EQ(heard.field("content-length"), "");
        EXPECT_EQ(heard.field("cache-control"), "private, max-age=0");
    }
    EXPECT_EQ(client.ask("GET /api/v1/long", "If-None-Match: \"8\"\r\n").hear().status, 200);
}

TEST(answers, streams_come_in_chunks) {
    const Edge edge;
    Client client = edge.client();
    const Heard heard = client.ask("GET /api/v1/stream", "Connection: close\r\n").hear(false);
    EXPECT_EQ(heard.field("transfer-encoding"), "chunked");
    EXPECT_EQ(client.rest(), "6\r\nrow 0\n\r\n6\r\nrow 1\n\r\n6\r\nrow 2\n\r\n0\r\n\r\n");
    Client old = edge.client();
    old.send("GET /api/v1/stream HTTP/1.0\r\n\r\n");
    EXPECT_EQ(old.hear(false).field("transfer-encoding"), "");
    EXPECT_EQ(old.rest(), "row 0\nrow 1\nrow 2\n");
    Client again = edge.client();
    again.ask("GET /api/v1/stream").hear(false);
    EXPECT_TRUE(again.read_until("0\r\n\r\n"));
}

TEST(answers, pipelined_requests_are_answered_in_order) {
    const Edge edge;
    Client client = edge.client();
    std::string many;
    for (int number = 0; number < 50; ++number) {
        const std::string body = R"({"text":")" + std::to_string(number) + R"("})";
        many += "GET /api/v1/echo/" + std::to_string(number) + " HTTP/1.1\r\nHost: h\r\n\r\n";
        many += "POST /api/v1/notes HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                "Content-Length: " +
                std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    client.send(many);
    for (int number = 0; number < 50; ++number) {
        EXPECT_EQ(client.hear().body, R"({"name":")" + std::to_string(number) + R"("})");
        EXPECT_EQ(client.hear().body, R"({"text":")" + std::to_string(number) + R"("})");
    }
}

TEST(answers, bodies_come_whole_or_in_chunks) {
    const Edge edge;
    Client client = edge.client();
    EXPECT_EQ(client.post("/api/v1/raw", "", "abc").hear().body, "abc");
    client.ask("POST /api/v1/raw", "Transfer-Encoding: chunked\r\n");
    EXPECT_EQ(client.send("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n").hear().body, "abcde");
    client.ask("POST /api/v1/raw", "Transfer-Encoding: Chunked\r\n");
    client.send("3\r\na").send("bc\r\n").send("0\r\n").send("X-Trailer: a\r\n\r\n");
    EXPECT_EQ(client.hear().body, "abc");
    client.ask("POST /api/v1/raw", "Content-Length: 3\r\nExpect: 100-continue\r\n");
    EXPECT_TRUE(client.read_until("HTTP/1.1 100 Continue\r\n\r\n"));
    EXPECT_EQ(client.hear(false).status, 100);
    EXPECT_EQ(client.send("abc").hear().body, "abc");
    EXPECT_EQ(client.post("/api/v1/raw", "", "").hear().status, 200);
    EXPECT_EQ(client.ask("POST /api/v1/raw").hear().status, 200);
}

TEST(answers, metrics_tell_templates_and_codes_and_nothing_of_the_caller) {
    Edge edge;
    edge.world.gauges = [] { return std::vector<Gauge>{{"zhitong_queue_depth", "Waiting.", 3}}; };
    Client client = edge.client();
    client.ask("GET /api/v1/echo/canary?q=canary", "User-Agent: canary\r\n").hear();
    client.ask("GET /api/v1/canary").hear();
    const std::string page = client.ask("GET /metrics").hear().body;
    EXPECT_NE(page.find("zhitong_queue_depth 3\n"), std::string::npos) << page;
    EXPECT_NE(page.find("zhitong_http_connections 1\n"), std::string::npos);
    EXPECT_NE(page.find("zhitong_http_refusals_total{code=\"not_found\"} 1\n"), std::string::npos);
    EXPECT_NE(
        page.find("_count{method=\"GET\",route=\"/api/v1/echo/{name}\",status=\"200\"} 1\n"),
        std::string::npos
    );
    EXPECT_EQ(page.find("canary"), std::string::npos);
}

TEST(answers, readiness_is_what_the_world_says) {
    Edge edge({}, false);
    edge.world.is_ready = [] { return false; };
    edge.start();
    Client client = edge.client();
    EXPECT_EQ(client.ask("GET /healthz").hear().status, 200);
    const Heard heard = client.ask("GET /readyz").hear();
    EXPECT_EQ(heard.status, 503);
    EXPECT_EQ(heard.field("retry-after"), "1");
}

}  // namespace
}  // namespace zt::http::test
