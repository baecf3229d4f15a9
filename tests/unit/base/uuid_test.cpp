#include "base/uuid.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace zt {
namespace {

using Rest = std::array<std::uint8_t, 10>;

UtcMs any_instant() {
    return UtcMs{Millis{*rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 48U)}};
}

TEST(uuid, gives_the_example_of_rfc_9562) {  // source: RFC 9562, A.6
    const UtcMs at{Millis{0x017F22E279B0}};
    const Rest rest = {0x0C, 0xC3, 0x18, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F};
    EXPECT_EQ(to_string(uuid7(at, rest)), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

RC_GTEST_PROP(uuid, text_reads_back, (const Rest& rest)) {
    const Uuid uuid = uuid7(any_instant(), rest);
    RC_ASSERT(parse_uuid(to_string(uuid)).value() == uuid);
    std::string upper = to_string(uuid);
    std::ranges::transform(upper, upper.begin(), [](unsigned char letter) {
        return static_cast<char>(std::toupper(letter));
    });
    RC_ASSERT(parse_uuid(upper).value() == uuid);
}

RC_GTEST_PROP(uuid, order_follows_time, (const Rest& left, const Rest& right)) {
    const UtcMs earlier = any_instant();
    const UtcMs later = any_instant();
    RC_PRE(earlier < later);
    RC_ASSERT(uuid7(earlier, left) < uuid7(later, right));
}

TEST(uuid, of_a_text_depends_on_the_text) {
    const UtcMs at{Millis{1'659'315'600'000}};
    EXPECT_EQ(uuid7_from_text(at, "messages|17"), uuid7_from_text(at, "messages|17"));
    EXPECT_NE(uuid7_from_text(at, "messages|17"), uuid7_from_text(at, "messages|18"));
    EXPECT_TRUE(parse_uuid(to_string(uuid7_from_text(at, "messages|17"))));
}

TEST(uuid, times_out_of_range_count_as_the_nearest) {
    EXPECT_EQ(uuid7(UtcMs{Millis{-1}}, {}), uuid7(UtcMs{}, {}));
    EXPECT_EQ(to_string(uuid7(UtcMs::max(), {})), "ffffffff-ffff-7000-8000-000000000000");
    EXPECT_TRUE(static_cast<bool>(uuid7(UtcMs{}, {}))) << "none is all zeros, which no key is";
    EXPECT_FALSE(static_cast<bool>(Uuid{}));
}

TEST(uuid, other_shapes_and_versions_are_refused) {
    constexpr std::array<const char*, 8> refused = {
        "",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398ff",
        "017f22e279b07cc398c4dc0c0c07398f",
        "017f22e2_79b0-7cc3-98c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
        "017f22e2-79b0-4cc3-98c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-18c4-dc0c0c07398f",
    };
    for (const char* text : refused) {
        const Result<Uuid> uuid = parse_uuid(text);
        ASSERT_FALSE(uuid) << text;
        EXPECT_EQ(uuid.error().code, Errc::bad_uuid);
    }
    EXPECT_NE(parse_uuid(refused[6]).error().detail.find("version 7"), std::string::npos);
}

}  // namespace
}  // namespace zt
