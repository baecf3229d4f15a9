#include "base/seeded_random.hpp"
#include "vault/seal.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace zt::vault {
namespace {

MatterKey some_key(std::uint64_t seed) {
    SeededRandom random(seed);
    return MatterKey::make(random);
}

RC_GTEST_PROP(
    seal, what_is_sealed_opens_and_matches, (const std::string& name, const std::string& text)
) {
    SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
    const MatterKey key = MatterKey::make(random);
    const SealedText sealed = seal(key, name, text, SealingChance(random));
    RC_ASSERT(sealed.bytes.size() == text.size() + sealing_overhead_bytes);
    const Result<OpenedText> opened = unseal(key, name, sealed.bytes);
    RC_ASSERT(opened.has_value());
    RC_ASSERT(opened->text == text);
    RC_ASSERT(matches(sealed.commitment, *opened));
}

TEST(seal, neither_bytes_nor_commitment_show_the_text) {
    SeededRandom random(1);
    const std::string text = "王某 13800000000";
    const SealedText sealed = seal(some_key(1), "party.1.name", text, SealingChance(random));
    EXPECT_EQ(sealed.bytes.find("138"), std::string::npos);
    EXPECT_EQ(sealed.bytes.find("party"), std::string::npos);
    EXPECT_EQ(sealed.commitment.size(), 64U);
    EXPECT_EQ(sealed.commitment.find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST(seal, equal_texts_give_unequal_bytes_and_commitments) {
    // Else a reader of the ledger could see who handed in twice, or find a name by trying all
    // names.
    SeededRandom random(2);
    const MatterKey key = some_key(2);
    const SealedText left = seal(key, "text", "same", SealingChance(random));
    const SealedText right = seal(key, "text", "same", SealingChance(random));
    EXPECT_NE(left.bytes, right.bytes);
    EXPECT_NE(left.commitment, right.commitment);
    EXPECT_NE(left.commitment, to_hex(hash_of(HashAlgorithm::sha256, "same")));
}

TEST(seal, another_key_is_told_from_damage) {
    SeededRandom random(3);
    const SealedText sealed = seal(some_key(3), "text", "直通", SealingChance(random));
    const Result<OpenedText> opened = unseal(some_key(4), "text", sealed.bytes);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Errc::key_wrong);
    EXPECT_EQ(opened.error().at, "sealed part text");
}

TEST(seal, a_part_put_under_another_name_does_not_open) {
    SeededRandom random(4);
    const SealedText sealed = seal(some_key(4), "party.1.name", "王某", SealingChance(random));
    const Result<OpenedText> opened = unseal(some_key(4), "party.2.name", sealed.bytes);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, Errc::damaged);
}

TEST(seal, every_flipped_bit_is_noticed) {
    SeededRandom random(5);
    const MatterKey key = some_key(5);
    const SealedText sealed = seal(key, "text", "门口停电", SealingChance(random));
    for (std::size_t bit = 0; bit < sealed.bytes.size() * 8; ++bit) {
        std::string flipped = sealed.bytes;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
        const Result<OpenedText> opened = unseal(key, "text", flipped);
        ASSERT_FALSE(opened) << "bit " << bit;
        const bool is_tag = bit / 8 >= 1 && bit / 8 < 5;
        EXPECT_EQ(opened.error().code, is_tag ? Errc::key_wrong : Errc::damaged) << "bit " << bit;
    }
}

TEST(seal, every_cut_is_noticed) {
    SeededRandom random(6);
    const MatterKey key = some_key(6);
    const SealedText sealed = seal(key, "text", "abc", SealingChance(random));
    for (std::size_t size = 0; size < sealed.bytes.size(); ++size) {
        const Result<OpenedText> opened =
            unseal(key, "text", std::string_view(sealed.bytes).substr(0, size));
        ASSERT_FALSE(opened) << size;
        EXPECT_EQ(opened.error().code, Errc::damaged) << size;
    }
    EXPECT_FALSE(unseal(key, "text", sealed.bytes + "x"));
}

TEST(commitment, another_text_or_salt_does_not_match) {
    OpenedText opened{"直通", Salt{1, 2, 3}};
    const std::string commitment = commitment_of(opened.salt, opened.text);
    EXPECT_TRUE(matches(commitment, opened));
    opened.text = "直达";
    EXPECT_FALSE(matches(commitment, opened));
    opened = {"直通", Salt{1, 2, 4}};
    EXPECT_FALSE(matches(commitment, opened));
    EXPECT_FALSE(matches("", opened));
}

TEST(commitment, is_sha256_over_salt_and_text) {
    const Salt salt{};
    EXPECT_EQ(
        commitment_of(salt, "abc"),
        to_hex(hash_of(HashAlgorithm::sha256, std::string(16, '\0') + "abc"))
    );
}

}  // namespace
}  // namespace zt::vault
