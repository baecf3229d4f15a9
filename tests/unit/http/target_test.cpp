#include "http/target.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace zt::http {
namespace {

using Segments = std::vector<std::string>;

Segments segments(std::string_view text) {
    const auto target = parse_target(text);
    return target ? target->segments : Segments{"refused"};
}

Pairs query(std::string_view text) {
    const auto target = parse_target("/?" + std::string(text));
    return target ? target->query : Pairs{{"refused", ""}};
}

TEST(target, segments_are_decoded_once) {
    EXPECT_EQ(segments("/"), Segments{""});
    EXPECT_EQ(segments("/a/%E4%BB%B6/c"), (Segments{"a", "件", "c"}));
    EXPECT_EQ(segments("/a%252e"), Segments{"a%2e"});
    EXPECT_EQ(segments("/a+b;c=1@x"), Segments{"a+b;c=1@x"});
    EXPECT_EQ(segments("/a//b/"), (Segments{"a", "", "b", ""}));
}

TEST(target, no_address_climbs_or_hides_a_slash) {
    for (const char* text :
         {"/..",    "/a/../b", "/.",     "/%2e%2e/a",    "/a/%2E", "/.%2e",      "/a%2Fb",
          "/a%5Cb", "/a\\b",   "/a%00b", "/a%0d%0ab",    "/a%7f",  "/%",         "/%2",
          "/%zz",   "/a b",    "/a\"b",  "/%C0%AF",      "/%ff",   "/%ED%A0%80", "a",
          "",       "*",       "/a#b",   "/\xE4\xBB\xB6"}) {
        EXPECT_EQ(segments(text), Segments{"refused"}) << text;
    }
}

TEST(target, queries_are_pairs_in_order) {
    EXPECT_EQ(query("a=1&b=%E4%BB%B6&a=2"), (Pairs{{"a", "1"}, {"b", "件"}, {"a", "2"}}));
    EXPECT_EQ(query("a=b+c%2B&d&&e="), (Pairs{{"a", "b c+"}, {"d", ""}, {"e", ""}}));
    EXPECT_EQ(query("a=b=c"), (Pairs{{"a", "b=c"}}));
    EXPECT_EQ(query("attribute[x]=1"), (Pairs{{"attribute[x]", "1"}}));
    EXPECT_EQ(query("a=../.."), (Pairs{{"a", "../.."}}));
    for (const char* text : {"a=%", "a=%0a", "a=%00", "%00=a", "a=<", "a=%ff", "a='\""}) {
        EXPECT_EQ(query(text), (Pairs{{"refused", ""}})) << text;
    }
}

TEST(target, has_limits) {
    EXPECT_TRUE(parse_target("/" + std::string(target_bytes_max - 1, 'a')).has_value());
    EXPECT_FALSE(parse_target("/" + std::string(target_bytes_max, 'a')).has_value());
    std::string path, pairs;
    for (std::size_t number = 0; number < segments_max; ++number) {
        path += "/a";
    }
    for (std::size_t number = 0; number < query_pairs_max; ++number) {
        pairs += "a=1&";
    }
    EXPECT_TRUE(parse_target(path).has_value());
    EXPECT_FALSE(parse_target(path + "/a").has_value());
    EXPECT_TRUE(parse_target("/?" + pairs).has_value());
    EXPECT_FALSE(parse_target("/?" + pairs + "a").has_value());
}

RC_GTEST_PROP(target, an_escaped_segment_comes_back, (const std::string& bytes)) {
    std::string escaped = "/x";
    constexpr std::string_view digits = "0123456789abcdef";
    for (const char one : bytes) {
        const auto byte = static_cast<unsigned char>(one);
        escaped += '%';
        escaped += digits[byte >> 4U];
        escaped += digits[byte & 15U];
    }
    const auto target = parse_target(escaped);
    if (target) {
        RC_ASSERT(target->segments == Segments{"x" + bytes});
    }
}

}  // namespace
}  // namespace zt::http
