#include "base/seeded_random.hpp"
#include "vault/chunks.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace zt::vault {
namespace {

struct Sample {
    SeededRandom random;
    MatterKey key = MatterKey::make(random);
    NonceStart start = make_nonce_start(random);
    ChunkSealer sealer{key, start, "sample"};

    explicit Sample(std::uint64_t seed) : random(seed) {}
};

RC_GTEST_PROP(chunks, what_is_sealed_opens, (const std::string& text, std::uint64_t number)) {
    const Sample sample(1);
    const std::string sealed = sample.sealer.seal(number, ChunkPlace::before_last, text);
    RC_ASSERT(sealed.size() == text.size() + chunk_overhead_bytes);
    const Result<std::string> opened = sample.sealer.open(number, ChunkPlace::before_last, sealed);
    RC_ASSERT(opened.has_value());
    RC_ASSERT(*opened == text);
}

TEST(chunks, one_that_stands_elsewhere_does_not_open) {
    Sample sample(2);
    const std::string sealed = sample.sealer.seal(7, ChunkPlace::last, "直通");
    const auto refused = [&](const ChunkSealer& sealer, std::uint64_t number, ChunkPlace place) {
        const Result<std::string> opened = sealer.open(number, place, sealed);
        return !opened && opened.error().code == Errc::damaged;
    };
    EXPECT_TRUE(sample.sealer.open(7, ChunkPlace::last, sealed).has_value());
    EXPECT_TRUE(refused(sample.sealer, 8, ChunkPlace::last));
    EXPECT_TRUE(refused(sample.sealer, 7, ChunkPlace::before_last));
    EXPECT_TRUE(refused(ChunkSealer(sample.key, sample.start, "other"), 7, ChunkPlace::last));
    const NonceStart start = make_nonce_start(sample.random);
    EXPECT_TRUE(refused(ChunkSealer(sample.key, start, "sample"), 7, ChunkPlace::last));
    const MatterKey key = MatterKey::make(sample.random);
    EXPECT_TRUE(refused(ChunkSealer(key, sample.start, "sample"), 7, ChunkPlace::last));
}

TEST(chunks, every_flipped_bit_and_every_cut_is_noticed) {
    const Sample sample(3);
    const std::string sealed = sample.sealer.seal(0, ChunkPlace::last, "abc");
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        std::string flipped = sealed;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
        EXPECT_FALSE(sample.sealer.open(0, ChunkPlace::last, flipped)) << "bit " << bit;
    }
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        EXPECT_FALSE(sample.sealer.open(0, ChunkPlace::last, sealed.substr(0, size))) << size;
    }
}

}  // namespace
}  // namespace zt::vault
