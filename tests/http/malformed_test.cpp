// Requests that are not what they should be: refused, and the connection closed, so that nothing
// behind them is taken for a request.

#include "tests/http/edge.hpp"

namespace zt::http::test {
namespace {

using namespace std::string_view_literals;

/// What an attacker hopes to have answered as a request of its own.
constexpr auto hidden = "GET /api/v1/echo/hidden HTTP/1.1\r\nHost: h\r\n\r\n"sv;

std::string answer_to(const Edge& edge, std::string_view bytes) {
    Client client = edge.client();
    client.send(bytes).send(hidden);
    return client.rest();
}

TEST(malformed, what_could_smuggle_is_refused_and_closed) {
    const Edge edge;
    const std::array rows = {
        "POST /api/v1/raw HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n"
        "Content-Length: 3\r\n\r\nabc"sv,
        "POST /api/v1/raw HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n"
        "Content-Length: 50\r\n\r\nabc"sv,
        "POST /api/v1/raw HTTP/1.1\r\nHost: h\r\nContent-Length: 3,3\r\n\r\nabc"sv,
        "POST /api/v1/raw HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n"
        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"sv,
        "POST /api/v1/raw HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
        "Content-Length: 5\r\n\r\n0\r\n\r\n"sv,
        "POST /api/v1/raw HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"sv,
        "POST /api/v1/raw HTTP/1.1\r\nHost: h\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n"sv,
        "POST /api/v1/raw HTTP/1.1\r\nHost: h\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"sv,
        "POST /api/v1/raw HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
        "Transfer-Encoding: identity\r\n\r\n0\r\n\r\n"sv,
        "POST /api/v1/raw HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"sv,
        "GET /api/v1/echo/a HTTP/1.1\nHost: h\n\n"sv,
        "GET /api/v1/echo/a HTTP/1.1\r\nHost: h\n\r\n"sv,
        "GET /api/v1/echo/a HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n"sv,
        "GET /api/v1/echo/a HTTP/1.1\r\nHost: h\r\nHost: i\r\n\r\n"sv,
        "GET /api/v1/echo/a HTTP/1.1\r\n\r\n"sv,
        "GET http://other/api/v1/echo/a HTTP/1.1\r\nHost: h\r\n\r\n"sv,
        "GET /api/v1/echo/a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc"sv,
        "GET /api/v1/echo/a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"sv,
        "GET /api/v1/../secret HTTP/1.1\r\nHost: h\r\n\r\n"sv,
        "GET /api/v1/%2e%2e/secret HTTP/1.1\r\nHost: h\r\n\r\n"sv,
        "GET /api/v1/echo/a%2fb HTTP/1.1\r\nHost: h\r\n\r\n"sv,
        "GET /api/v1/echo/%00 HTTP/1.1\r\nHost: h\r\n\r\n"sv,
        "GET /api/v1/echo/%zz HTTP/1.1\r\nHost: h\r\n\r\n"sv,
        "POST /api/v1/raw HTTP/1.1\r\nHost: h\r\nExpect: tea\r\nContent-Length: 0\r\n\r\n"sv,
        "GET * HTTP/1.1\r\nHost: h\r\n\r\n"sv,
        "CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n"sv,
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"sv,
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"sv,
    };
    for (const auto row : rows) {
        const std::string answer = answer_to(edge, row);
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 ")) << row << "\n" << answer.substr(0, 200);
        EXPECT_NE(answer.find("Connection: close\r\n"), std::string::npos) << row;
        EXPECT_EQ(answer.find("hidden"), std::string::npos) << row;
    }
}

TEST(malformed, chunks_that_are_none_are_refused_and_closed) {
    const Edge edge;
    for (const auto chunks :
         {"3;ext=1\r\nabc\r\n0\r\n\r\n"sv,
          "zz\r\nabc\r\n0\r\n\r\n"sv,
          "3\nabc\n0\n\n"sv,
          "-1\r\n\r\n"sv,
          "3\r\nabcd\r\n0\r\n\r\n"sv,
          "fffffffffffffffff\r\nabc\r\n0\r\n\r\n"sv,
          "0x3\r\nabc\r\n0\r\n\r\n"sv}) {
        const std::string answer = answer_to(
            edge,
            "POST /api/v1/raw HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" +
                std::string(chunks)
        );
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 4")) << chunks << "\n" << answer.substr(0, 200);
        EXPECT_EQ(answer.find("hidden"), std::string::npos) << chunks;
    }
}

TEST(malformed, too_much_is_refused_before_it_is_read) {
    const Edge edge;
    Client client = edge.client();
    client.ask("POST /api/v1/raw", "Content-Length: 1001\r\n");
    Heard heard = client.hear();
    EXPECT_EQ(heard.status, 413);
    EXPECT_EQ(heard.field("connection"), "close");
    Client chunked = edge.client();
    chunked.ask("POST /api/v1/raw", "Transfer-Encoding: chunked\r\n");
    heard = chunked.send("3e9\r\n" + std::string(1001, 'a') + "\r\n0\r\n\r\n").hear();
    EXPECT_EQ(heard.status, 413);
    Client fits = edge.client();
    EXPECT_EQ(fits.post("/api/v1/raw", "", std::string(1000, 'a')).hear().status, 200);
    Client header = edge.client();
    header.send("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(20'000, 'a'));
    heard = header.hear();
    EXPECT_EQ(heard.status, 431);
    EXPECT_EQ(heard.field("connection"), "close");
    Client fields = edge.client();
    std::string many;
    for (int number = 0; number < 200; ++number) {
        many += "A: b\r\n";
    }
    EXPECT_EQ(fields.ask("GET /healthz", many).hear().status, 400);
}

TEST(malformed, our_own_host_may_stand_in_the_target) {
    const Edge edge;
    Client client = edge.client();
    EXPECT_EQ(client.ask("GET http://h/api/v1/echo/a").hear().status, 200);
    EXPECT_EQ(client.ask("GET HTTP://H/healthz").hear().status, 200);
}

TEST(malformed, bodies_that_are_no_json_of_ours_are_refused) {
    const Edge edge;
    Client client = edge.client();
    const auto code = [&client](std::string_view body) {
        const Heard heard = client.post("/api/v1/notes", "", body).hear();
        const std::size_t at = heard.body.find("\"code\":\"") + 8;
        return heard.body.substr(at, heard.body.find('"', at) - at);
    };
    EXPECT_EQ(code(R"({"text":"a","text":"b"})"), "bad_json");
    EXPECT_EQ(code(R"({"text":"a"}x)"), "bad_json");
    EXPECT_EQ(code(R"({"text":1})"), "bad_field");
    EXPECT_EQ(code(R"({"text":"a","more":1})"), "unknown_field");
    EXPECT_EQ(code(R"({})"), "missing_field");
    EXPECT_EQ(code("{\"text\":\"\xff\"}"), "bad_utf8");
    EXPECT_EQ(code(std::string(500, '[')), "bad_json");
    client.ask("POST /api/v1/notes", "Content-Type: text/plain\r\nContent-Length: 2\r\n");
    EXPECT_EQ(client.send("{}").hear().status, 415);
}

}  // namespace
}  // namespace zt::http::test
