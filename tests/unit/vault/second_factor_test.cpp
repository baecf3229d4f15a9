#include "base/seeded_random.hpp"
#include "vault/second_factor.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

namespace zt::vault {
namespace {

UtcMs at_seconds(std::int64_t seconds) { return UtcMs(std::chrono::seconds(seconds)); }

/// The secret of RFC 6238, appendix B: "12345678901234567890".
TotpSecret rfc_secret() {
    std::array<std::uint8_t, TotpSecret::size> bytes{};
    for (std::size_t index = 0; index < bytes.size(); ++index) {
        bytes[index] = static_cast<std::uint8_t>('0' + (index + 1) % 10);
    }
    return TotpSecret(bytes);
}

struct Vector {
    std::int64_t seconds;
    const char* eight_digits;
};

/// RFC 6238, appendix B, the rows of SHA-1. Six digits are the last six of eight.
constexpr std::array<Vector, 6> vectors{
    {{59, "94287082"},
     {1111111109, "07081804"},
     {1111111111, "14050471"},
     {1234567890, "89005924"},
     {2000000000, "69279037"},
     {20000000000, "65353130"}}
};

TEST(totp, codes_are_those_of_the_standard) {
    for (const Vector& row : vectors) {
        const std::string code = totp_code(rfc_secret(), totp_step_at(at_seconds(row.seconds)));
        EXPECT_EQ(code, std::string(row.eight_digits).substr(2)) << row.seconds;
    }
}

TEST(totp, a_code_passes_one_step_early_or_late_and_no_more) {
    const TotpSecret secret = rfc_secret();
    const std::int64_t step = totp_step_at(at_seconds(1111111111));
    const std::string code = totp_code(secret, step);
    for (int off = -3; off <= 3; ++off) {
        const UtcMs now = at_seconds(1111111111 + 30 * off);
        EXPECT_EQ(match_totp(secret, code, now, 0).has_value(), std::abs(off) <= 1) << off;
    }
}

TEST(totp, a_code_passes_once) {
    const TotpSecret secret = rfc_secret();
    const UtcMs now = at_seconds(2000000000);
    const auto step = match_totp(secret, "279037", now, 0);
    ASSERT_TRUE(step);
    EXPECT_FALSE(match_totp(secret, "279037", now, *step));
    EXPECT_TRUE(match_totp(secret, totp_code(secret, *step + 1), now, *step));
    EXPECT_FALSE(match_totp(secret, totp_code(secret, *step - 1), now, *step));
}

TEST(totp, what_is_typed_may_have_spaces_and_must_be_six_digits) {
    const TotpSecret secret = rfc_secret();
    const UtcMs now = at_seconds(2000000000);
    EXPECT_TRUE(match_totp(secret, "279 037", now, 0));
    for (const char* wrong : {"", "27903", "2790370", "279038", "69279037", "27903a"}) {
        EXPECT_FALSE(match_totp(secret, wrong, now, 0)) << wrong;
    }
    EXPECT_FALSE(match_totp(secret, std::string(100000, '2'), now, 0));
}

RC_GTEST_PROP(totp, random_codes_pass_within_the_window_only, ()) {
    SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
    const TotpSecret secret = TotpSecret::make(random);
    const auto now = at_seconds(*rc::gen::inRange<std::int64_t>(100, 4'000'000'000));
    const auto present = totp_step_at(now);
    const auto step = present + *rc::gen::inRange<std::int64_t>(-5, 6);
    const auto found = match_totp(secret, totp_code(secret, step < 0 ? 0 : step), now, 0);
    if (std::abs(step - present) <= totp_window) {
        RC_ASSERT(found.has_value());
    } else if (found) {
        // One in 300,000: another step of the window has the same code.
        RC_ASSERT(totp_code(secret, *found) == totp_code(secret, step < 0 ? 0 : step));
    }
}

TEST(totp_secret, is_sealed_for_its_account_and_key) {
    SeededRandom random(1);
    const MasterKey master = MasterKey::make(random);
    const TotpSecret secret = TotpSecret::make(random);
    const std::string sealed = seal_totp(master, 7, secret, random);
    EXPECT_EQ(sealed.find(secret.view()), std::string::npos);
    EXPECT_TRUE(open_totp(master, 7, sealed).value() == secret);
    EXPECT_EQ(open_totp(master, 8, sealed).error().code, Errc::damaged);
    EXPECT_EQ(open_totp(MasterKey::make(random), 7, sealed).error().code, Errc::key_wrong);
    EXPECT_EQ(open_totp(master, 7, sealed.substr(1)).error().code, Errc::damaged);
    for (std::size_t index = 5; index < sealed.size(); ++index) {
        std::string flipped = sealed;
        flipped[index] = static_cast<char>(flipped[index] ^ 1);
        EXPECT_EQ(open_totp(master, 7, flipped).error().code, Errc::damaged) << index;
    }
}

TEST(totp_secret, base32_is_that_of_the_standard) {
    EXPECT_EQ(rfc_secret().base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

TEST(totp_uri, has_what_authenticators_read) {
    EXPECT_EQ(
        totp_uri(rfc_secret(), "示例 县", "li.ming"),
        "otpauth://totp/%E7%A4%BA%E4%BE%8B%20%E5%8E%BF:li.ming"
        "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E7%A4%BA%E4%BE%8B%20%E5%8E%BF"
        "&algorithm=SHA1&digits=6&period=30"
    );
}

/// Draws the path of the picture back into modules: "Mx yhNv1h-Nz" again and again.
std::set<std::pair<int, int>> modules_of(const std::string& svg) {
    std::set<std::pair<int, int>> black;
    std::size_t at = svg.rfind("d=\"") + 3;
    while (svg[at] == 'M') {
        int column = 0;
        int row = 0;
        int run = 0;
        EXPECT_EQ(std::sscanf(svg.c_str() + at, "M%d %dh%dv1h", &column, &row, &run), 3);
        for (int index = 0; index < run; ++index) {
            black.insert({row, column + index});
        }
        at = svg.find('z', at) + 1;
    }
    return black;
}

TEST(qr_svg, is_a_picture_with_its_three_finders_and_a_quiet_zone) {
    const auto svg = qr_svg("otpauth://totp/x:y?secret=GEZDGNBVGY3TQOJQ");
    ASSERT_TRUE(svg);
    EXPECT_TRUE(svg->starts_with("<svg xmlns="));
    EXPECT_TRUE(svg->ends_with("</svg>"));
    const auto black = modules_of(*svg);
    int side = 0;
    for (const auto& [row, column] : black) {
        EXPECT_GE(std::min(row, column), 4);
        side = std::max({side, row, column});
    }
    // A finder is a ring of 7 by 7 around a block of 3 by 3, in three corners.
    for (const auto& [top, left] :
         {std::pair{4, 4}, std::pair{4, side - 6}, std::pair{side - 6, 4}}) {
        for (int row = 0; row < 7; ++row) {
            for (int column = 0; column < 7; ++column) {
                const int ring = std::max(std::abs(row - 3), std::abs(column - 3));
                EXPECT_EQ(black.contains({top + row, left + column}), ring != 2);
            }
        }
    }
}

TEST(qr_svg, refuses_what_does_not_fit) {
    for (const std::string& text : {std::string(), std::string(513, 'x'), std::string("a\0b", 3)}) {
        EXPECT_EQ(qr_svg(text).error().code, Errc::bad_value);
    }
    EXPECT_TRUE(qr_svg(std::string(512, 'x')));
}

TEST(recovery_code, is_long_and_without_letters_that_look_alike) {
    SeededRandom random(3);
    std::set<std::string> seen;
    for (int index = 0; index < 100; ++index) {
        const std::string code = make_recovery_code(random);
        EXPECT_EQ(code.size(), 29U);
        EXPECT_EQ(code.find_first_of("ILOUilou"), std::string::npos) << code;
        EXPECT_TRUE(seen.insert(code).second);
    }
}

TEST(recovery_code, is_known_again_however_it_is_typed) {
    SeededRandom random(3);
    const MasterKey master = MasterKey::make(random);
    const Hash hash = recovery_hash(master, 4, "ABCD-EF01-2345-6789-GHJK-MNPQ");
    EXPECT_EQ(recovery_hash(master, 4, "abcd ef01 2345 6789 ghjk mnpq"), hash);
    EXPECT_EQ(recovery_hash(master, 4, "ABCDEFOI23456789GHJKMNPQ"), hash);
    EXPECT_NE(recovery_hash(master, 5, "ABCD-EF01-2345-6789-GHJK-MNPQ"), hash);
    EXPECT_NE(recovery_hash(master, 4, "ABCD-EF01-2345-6789-GHJK-MNPR"), hash);
    EXPECT_NE(recovery_hash(MasterKey::make(random), 4, "ABCD-EF01-2345-6789-GHJK-MNPQ"), hash);
}

}  // namespace
}  // namespace zt::vault
