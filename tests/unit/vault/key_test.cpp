#include "base/seeded_random.hpp"
#include "vault/key.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cstddef>
#include <memory>
#include <set>
#include <string>

namespace zt::vault {
namespace {

constexpr MatterId owner{17};

TEST(matter_key, a_wrapped_key_comes_back) {
    SeededRandom random(1);
    const MasterKey master = MasterKey::make(random);
    const MatterKey key = MatterKey::make(random);
    const std::string wrapped = wrap(master, owner, key, random);
    EXPECT_EQ(wrapped.size(), wrapped_key_bytes);
    EXPECT_EQ(unwrap(master, owner, wrapped).value().secret().view(), key.secret().view());
}

TEST(matter_key, a_wrapped_key_shows_nothing_of_the_key_and_never_repeats) {
    SeededRandom random(2);
    const MasterKey master = MasterKey::make(random);
    const MatterKey key = MatterKey::make(random);
    const std::string wrapped = wrap(master, owner, key, random);
    EXPECT_EQ(wrapped.find(key.secret().view().substr(0, 8)), std::string::npos);
    EXPECT_EQ(wrapped.find(master.secret().view().substr(0, 8)), std::string::npos);
    EXPECT_NE(wrapped, wrap(master, owner, key, random));
}

TEST(matter_key, another_master_key_is_told_from_damage) {
    SeededRandom random(3);
    const MasterKey master = MasterKey::make(random);
    const std::string wrapped = wrap(master, owner, MatterKey::make(random), random);
    const Result<MatterKey> opened = unwrap(MasterKey::make(random), owner, wrapped);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Errc::key_wrong);
    EXPECT_EQ(opened.error().at, "key of matter 17");
}

TEST(matter_key, a_key_moved_to_another_matter_does_not_open) {
    SeededRandom random(4);
    const MasterKey master = MasterKey::make(random);
    const std::string wrapped = wrap(master, owner, MatterKey::make(random), random);
    const Result<MatterKey> opened = unwrap(master, MatterId{18}, wrapped);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Errc::damaged);
}

TEST(matter_key, every_flipped_bit_is_noticed) {
    SeededRandom random(5);
    const MasterKey master = MasterKey::make(random);
    const std::string wrapped = wrap(master, owner, MatterKey::make(random), random);
    for (std::size_t bit = 0; bit < wrapped.size() * 8; ++bit) {
        std::string flipped = wrapped;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
        EXPECT_FALSE(unwrap(master, owner, flipped)) << "bit " << bit;
    }
    EXPECT_EQ(unwrap(master, owner, wrapped.substr(1)).error().code, Errc::damaged);
    EXPECT_EQ(unwrap(master, owner, "").error().code, Errc::damaged);
}

TEST(matter_key, an_erased_key_says_so) {
    SeededRandom random(6);
    const MasterKey master = MasterKey::make(random);
    EXPECT_EQ(erased_key().size(), wrapped_key_bytes);
    EXPECT_TRUE(is_erased(erased_key()));
    EXPECT_FALSE(is_erased(wrap(master, owner, MatterKey::make(random), random)));
    const Result<MatterKey> opened = unwrap(master, owner, erased_key());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Errc::not_found);
    EXPECT_NE(opened.error().detail.find("erased"), std::string::npos);
}

TEST(master_key, the_check_value_tells_keys_apart_and_shows_none) {
    SeededRandom random(7);
    const MasterKey master = MasterKey::make(random);
    const MasterKey other = MasterKey::make(random);
    EXPECT_EQ(master.check_value().size(), 32U);
    EXPECT_EQ(master.check_value(), MasterKey(master.secret()).check_value());
    EXPECT_NE(master.check_value(), other.check_value());
    EXPECT_TRUE(master.check(master.check_value()));
    ASSERT_FALSE(other.check(master.check_value()));
    EXPECT_EQ(other.check(master.check_value()).error().code, Errc::key_wrong);
    EXPECT_FALSE(master.check(""));
    EXPECT_FALSE(master.check(master.check_value().substr(1)));
}

TEST(master_key, claims_agree_only_for_equal_kind_name_and_value_under_one_key) {
    SeededRandom random(8);
    const MasterKey master = MasterKey::make(random);
    const Hash claim = master.claim_hash("enterprise", "code", "91431300MA4L");
    EXPECT_EQ(claim, MasterKey(master.secret()).claim_hash("enterprise", "code", "91431300MA4L"));
    std::set<Hash> others = {
        master.claim_hash("enterprise", "code", "91431300MA4M"),
        master.claim_hash("enterprise", "name", "91431300MA4L"),
        master.claim_hash("member", "code", "91431300MA4L"),
        master.claim_hash("enterprise", "code9", "1431300MA4L"),
        master.claim_hash("enterpris", "ecode", "91431300MA4L"),
        MasterKey::make(random).claim_hash("enterprise", "code", "91431300MA4L"),
    };
    EXPECT_EQ(others.size(), 6U);
    EXPECT_FALSE(others.contains(claim));
}

TEST(secret, is_wiped_when_it_goes) {
    alignas(Secret) std::array<std::byte, sizeof(Secret)> place{};
    SeededRandom random(9);
    auto* secret = std::construct_at(reinterpret_cast<Secret*>(place.data()), Secret::make(random));
    EXPECT_NE(place, (std::array<std::byte, sizeof(Secret)>{}));
    std::destroy_at(secret);
    EXPECT_EQ(place, (std::array<std::byte, sizeof(Secret)>{}));
}

RC_GTEST_PROP(
    matter_key,
    any_other_owner_is_refused,
    (std::int64_t left, std::int64_t right, std::uint64_t seed)
) {
    RC_PRE(left != right);
    SeededRandom random(seed);
    const MasterKey master = MasterKey::make(random);
    const std::string wrapped = wrap(master, MatterId{left}, MatterKey::make(random), random);
    RC_ASSERT(unwrap(master, MatterId{left}, wrapped).has_value());
    RC_ASSERT(!unwrap(master, MatterId{right}, wrapped).has_value());
}

TEST(lookup_keys, they_stay_under_another_master_key) {
    SeededRandom random(20);
    const MasterKey old = MasterKey::make(random);
    MasterKey next = MasterKey::make(random);
    EXPECT_NE(old.claim_hash("person", "code", "1"), next.claim_hash("person", "code", "1"));
    const std::string sealed = seal_lookup(next, old.lookup(), random);
    next.keep_lookup(open_lookup(next, sealed).value());
    EXPECT_EQ(old.claim_hash("person", "code", "1"), next.claim_hash("person", "code", "1"));
    EXPECT_EQ(old.lookup().bodies.view(), next.lookup().bodies.view());
    EXPECT_EQ(old.lookup().codes.view(), next.lookup().codes.view());
}

TEST(lookup_keys, they_open_with_their_master_key_only) {
    SeededRandom random(21);
    const MasterKey master = MasterKey::make(random);
    std::string sealed = seal_lookup(master, master.lookup(), random);
    const auto other = open_lookup(MasterKey::make(random), sealed);
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, Errc::key_wrong);
    EXPECT_EQ(open_lookup(master, sealed.substr(2)).error().code, Errc::damaged);
    sealed.back() = sealed.back() == '0' ? '1' : '0';
    EXPECT_EQ(open_lookup(master, sealed).error().code, Errc::damaged);
}

TEST(lookup_keys, each_purpose_has_a_key_of_its_own) {
    SeededRandom random(22);
    const MasterKey master = MasterKey::make(random);
    const std::set<std::string> keys = {
        std::string(master.secret().view()),
        std::string(master.wrapping().view()),
        std::string(master.lookup().claims.view()),
        std::string(master.lookup().bodies.view()),
        std::string(master.lookup().codes.view())
    };
    EXPECT_EQ(keys.size(), 5U);
}

TEST(matter_key, its_tag_tells_which_master_key_wrapped_it) {
    SeededRandom random(23);
    const MasterKey master = MasterKey::make(random);
    const std::string wrapped = wrap(master, owner, MatterKey::make(random), random);
    EXPECT_TRUE(is_wrapped_by(master, wrapped));
    EXPECT_FALSE(is_wrapped_by(MasterKey::make(random), wrapped));
    EXPECT_FALSE(is_wrapped_by(master, erased_key()));
    EXPECT_FALSE(is_wrapped_by(master, ""));
}

}  // namespace
}  // namespace zt::vault
