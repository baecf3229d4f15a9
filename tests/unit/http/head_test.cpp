#include "http/exchange.hpp"
#include "http/head.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace zt::http {
namespace {

using namespace std::string_view_literals;

std::string refusal(std::string_view text) {
    const auto head = parse_head(text);
    return head ? "accepted" : std::string(name_of(head.error().code));
}

TEST(head, an_ordinary_request_is_read) {
    constexpr auto text = "POST /a?b=c HTTP/1.1\r\nHost: h:8311\r\nContent-Length: 12\r\n"
                          "X: \t a b \t\r\nExpect: 100-Continue\r\nConnection: Close\r\n\r\n"sv;
    const auto head = parse_head(text);
    ASSERT_TRUE(head.has_value()) << to_string(head.error());
    EXPECT_EQ(head->method, "POST");
    EXPECT_EQ(head->target, "/a?b=c");
    EXPECT_EQ(head->field("host"), "h:8311");
    EXPECT_EQ(head->field("x"), "a b");
    EXPECT_EQ(head->content_length, 12U);
    EXPECT_TRUE(head->expects_continue);
    EXPECT_FALSE(head->keeps_alive);
    EXPECT_FALSE(head->is_chunked);
}

TEST(head, the_older_version_closes_unless_it_says_otherwise) {
    EXPECT_FALSE(parse_head("GET / HTTP/1.0\r\n\r\n")->keeps_alive);
    EXPECT_TRUE(parse_head("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")->keeps_alive);
    EXPECT_TRUE(parse_head("GET / HTTP/1.1\r\nHost: h\r\n\r\n")->keeps_alive);
}

/// Requests that two programs on the way could read differently, or that nobody writes.
TEST(head, what_could_be_read_in_two_ways_is_refused) {
    const std::array rows = {
        "GET / HTTP/1.1\nHost: h\n\n"sv,
        "GET / HTTP/1.1\r\nHost: h\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost: h\r\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost: h\r\nX: a\rb\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n"sv,
        "GET / HTTP/1.1\r\n Host: h\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost : h\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost: h\r\n: x\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost: h\r\nX\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost: h\r\nX: \x7F\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost: h\r\nX\x01: a\r\n\r\n"sv,
        "GET / HTTP/1.1\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost:\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost: h\r\nhost: other\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost: h/x\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost: u@h\r\n\r\n"sv,
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n"sv,
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1, 1\r\n\r\n"sv,
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +1\r\n\r\n"sv,
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n"sv,
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0x1\r\n\r\n"sv,
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length:\r\n\r\n"sv,
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n\r\n"sv,
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"sv,
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n"sv,
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"sv,
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n"sv,
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: identity\r\n\r\n"sv,
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding:\r\n\r\n"sv,
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
        "Transfer-Encoding: chunked\r\n\r\n"sv,
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"sv,
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: \x0B"
        "chunked\r\n\r\n"sv,
        "POST / HTTP/1.1\r\nHost: h\r\nExpect: tea\r\n\r\n"sv,
        "GET  / HTTP/1.1\r\nHost: h\r\n\r\n"sv,
        "GET /  HTTP/1.1\r\nHost: h\r\n\r\n"sv,
        "GET / x HTTP/1.1\r\nHost: h\r\n\r\n"sv,
        "GET /\tHTTP/1.1\r\nHost: h\r\n\r\n"sv,
        "GET / HTTP/1.2\r\nHost: h\r\n\r\n"sv,
        "GET / HTTP/2.0\r\nHost: h\r\n\r\n"sv,
        "GET / http/1.1\r\nHost: h\r\n\r\n"sv,
        "GET /\r\nHost: h\r\n\r\n"sv,
        "GET\r\n\r\n"sv,
        "\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"sv,
        "G(T / HTTP/1.1\r\nHost: h\r\n\r\n"sv,
        "GET /\xC3\xA9 HTTP/1.1\r\nHost: h\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost: h\r\n\r\nrest"sv,
        "GET / HTTP/1.1\r\nHost: h\r\nCookie: a=b\r\nCookie: a=c\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost: h\r\nAuthorization: a\r\nAuthorization: b\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nHost: h\r\nIdempotency-Key: a\r\nidempotency-key: b\r\n\r\n"sv,
        ""sv,
    };
    for (const auto row : rows) {
        EXPECT_EQ(refusal(row), "bad_request") << row;
    }
}

TEST(head, a_hundred_fields_are_enough) {
    std::string text = "GET / HTTP/1.1\r\nHost: h\r\n";
    for (std::size_t number = 1; number < head_fields_max; ++number) {
        text += "A: b\r\n";
    }
    EXPECT_EQ(refusal(text + "\r\n"), "accepted");
    EXPECT_EQ(refusal(text + "A: b\r\n\r\n"), "bad_request");
}

TEST(head, a_word_in_a_list_counts_unless_its_weight_is_none) {
    EXPECT_TRUE(lists_word("deflate, GZIP;q=0.5", "gzip"));
    EXPECT_FALSE(lists_word("gzip;q=0, br", "gzip"));
    EXPECT_FALSE(lists_word("gzip; q=0.000", "gzip"));
    EXPECT_FALSE(lists_word("xgzip", "gzip"));
    EXPECT_FALSE(lists_word("", "gzip"));
}

RC_GTEST_PROP(head, any_bytes_give_a_head_or_a_refusal, (const std::string& bytes)) {
    const std::string text = "GET / HTTP/1.1\r\nHost: h\r\nX: " + bytes + "\r\n\r\n";
    const auto head = parse_head(text);
    if (head) {
        RC_ASSERT(head->field("X").find_first_of("\r\n") == std::string_view::npos);
    } else {
        RC_ASSERT(head.error().code == Errc::bad_request);
    }
}

}  // namespace
}  // namespace zt::http
