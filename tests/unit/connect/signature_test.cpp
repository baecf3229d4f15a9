// Signatures: the vectors that docs/operating/messages.md shows, and what is refused.

#include "connect/signature.hpp"

#include <gtest/gtest.h>

namespace zt::connect {
namespace {

constexpr std::string_view secret = "0123456789abcdef0123456789abcdef";
constexpr std::string_view body =
    R"({"to":"13900000001","text":"ZT-2022-000001 已受理（2022-08-01）","effect":"17-1"})";

UtcMs at(std::int64_t seconds) { return UtcMs{std::chrono::seconds{seconds}}; }

TEST(signature, is_that_of_the_documented_example) {
    EXPECT_EQ(
        sign(secret, "1659315600", body),
        "v1=68a3a9a4240b211a57e3329719952d3029d72a55f9cd1692a64d13dc8fec9755"
    );
    EXPECT_EQ(
        sign(secret, "1659315600", ""),
        "v1=83212618b496ea87ff30bc88c638788d822b610dcd04beaa732867c920bbee0f"
    );
}

TEST(signature, of_ones_own_headers_stands_within_five_minutes) {
    const Headers headers = signed_headers(secret, at(1'659'315'600), body);
    const Signature signature{headers.at(0).second, headers.at(1).second};
    EXPECT_TRUE(verify(secret, signature, body, at(1'659'315'600)));
    EXPECT_TRUE(verify(secret, signature, body, at(1'659'315'600 + 300)));
    EXPECT_EQ(
        verify(secret, signature, body, at(1'659'315'600 + 301)).error().code, Errc::too_late
    );
    EXPECT_EQ(
        verify(secret, signature, body, at(1'659'315'600 - 301)).error().code, Errc::in_the_future
    );
}

TEST(signature, of_another_body_time_or_secret_is_refused) {
    const UtcMs now = at(1'659'315'600);
    const Headers headers = signed_headers(secret, now, body);
    const Signature signature{headers.at(0).second, headers.at(1).second};
    const auto code = [&](std::string_view key, const Signature& one, std::string_view text) {
        return verify(key, one, text, now).error().code;
    };
    EXPECT_EQ(code(secret, signature, "{}"), Errc::bad_value);
    EXPECT_EQ(code(secret, {"1659315601", signature.value}, body), Errc::bad_value);
    EXPECT_EQ(code("another secret of thirty-two bytes", signature, body), Errc::bad_value);
    EXPECT_EQ(code(secret, {signature.seconds, ""}, body), Errc::bad_value);
}

}  // namespace
}  // namespace zt::connect
