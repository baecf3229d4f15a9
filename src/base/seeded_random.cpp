#include "base/seeded_random.hpp"

#include "base/check.hpp"

#include <bit>

namespace zt {

// source: xoshiro256** 1.0 and splitmix64 by Blackman and Vigna, public domain,
// https://prng.di.unimi.it
SeededRandom::SeededRandom(std::uint64_t seed) {
    for (std::uint64_t& word : state_) {
        seed += 0x9E3779B97F4A7C15U;
        std::uint64_t mixed = (seed ^ (seed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        word = mixed ^ (mixed >> 31U);
    }
}

void SeededRandom::fill(std::span<std::uint8_t> out) {
    std::uint64_t word = 0;
    for (std::size_t index = 0; index < out.size(); ++index) {
        word = index % 8 == 0 ? next() : word >> 8U;
        out[index] = static_cast<std::uint8_t>(word);
    }
}

std::uint64_t SeededRandom::next() {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

std::size_t SeededRandom::below(std::size_t count) {
    CHECK(count > 0);
    // Numbers in the last, incomplete run of `count` would favour its start; they are drawn again.
    const std::uint64_t wanted = count;
    const std::uint64_t surplus = (0 - wanted) % wanted;
    std::uint64_t drawn = next();
    while (drawn < surplus) {
        drawn = next();
    }
    return drawn % wanted;
}

}  // namespace zt
