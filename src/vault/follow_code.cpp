#include "vault/follow_code.hpp"

#include "base/hash.hpp"
#include "vault/impl/typed.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace zt::vault {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t bits_a_character = 5;
constexpr std::size_t free_characters = follow_code_characters - 1;
constexpr std::size_t group_characters = 4;
constexpr std::size_t time_bytes = 6;
constexpr std::size_t check_digits = 32;

std::string_view bytes_of(const Uuid& key);
std::size_t check_of(std::span<const std::uint8_t> values);
std::string check_digits_of(const LookupKeys& keys, std::string_view number, std::string_view code);

}  // namespace

Uuid blinded(const Uuid& idempotency_key) {
    const std::array parts = {std::string_view("zhitong.blinded."), bytes_of(idempotency_key)};
    const Hash hash = hash_of(HashAlgorithm::sha256, parts);
    Uuid out = idempotency_key;
    std::copy_n(hash.begin(), out.bytes.size() - time_bytes, out.bytes.begin() + time_bytes);
    // Version and variant stay those of a UUIDv7, so that it reads back like any other key.
    out.bytes[6] = static_cast<std::uint8_t>(0x70U | (out.bytes[6] & 0x0FU));
    out.bytes[8] = static_cast<std::uint8_t>(0x80U | (out.bytes[8] & 0x3FU));
    return out;
}

std::string
follow_code(const LookupKeys& keys, std::string_view number, const Uuid& idempotency_key) {
    std::string whole = "code." + std::to_string(number.size()) + ":" + std::string(number);
    whole += bytes_of(idempotency_key);
    const Hash hash = keyed_hash(keys.codes.view(), whole);
    std::array<std::uint8_t, free_characters> values{};
    for (std::size_t index = 0; index < free_characters; ++index) {
        const std::size_t bit = index * bits_a_character;
        const auto pair = static_cast<std::uint32_t>((hash[bit / 8] << 8U) | hash[bit / 8 + 1]);
        values[index] = static_cast<std::uint8_t>((pair >> (11U - bit % 8)) & 31U);
    }
    std::string code;
    for (const std::uint8_t value : values) {
        code += alphabet[value];
    }
    return code + alphabet[check_of(values)];
}

std::string grouped(std::string_view code) {
    std::string text;
    for (std::size_t index = 0; index < code.size(); ++index) {
        if (index > 0 && index % group_characters == 0) {
            text += '-';
        }
        text += code[index];
    }
    return text;
}

Result<std::string> read_follow_code(std::string_view typed) {
    const auto refuse = [] {
        return fail(
            Errc::bad_value, "a code has 24 letters and digits, as 7K2M-9QXD-…; please compare"
        );
    };
    std::string code;
    std::array<std::uint8_t, free_characters> values{};
    for (const char raw : impl::typed_characters(typed)) {
        const char letter = raw == 'O' ? '0' : raw == 'I' || raw == 'L' ? '1' : raw;
        const std::size_t value = alphabet.find(letter);
        if (value == std::string_view::npos || code.size() == follow_code_characters) {
            return refuse();
        }
        if (code.size() < free_characters) {
            values[code.size()] = static_cast<std::uint8_t>(value);
        }
        code += letter;
    }
    if (code.size() != follow_code_characters || code.back() != alphabet[check_of(values)]) {
        return refuse();
    }
    return code;
}

std::string follow_check(const LookupKeys& keys, std::string_view number, std::string_view code) {
    return check_digits_of(keys, number, code);
}

bool is_follow_code(
    const LookupKeys& keys, std::string_view number, std::string_view code, std::string_view kept
) {
    const std::string given = check_digits_of(keys, number, code);
    std::string against(check_digits, '-');
    const bool is_kept = kept.size() == check_digits;
    if (is_kept) {
        against = kept;
    }
    return sodium_memcmp(given.data(), against.data(), check_digits) == 0 && is_kept;
}

namespace {

std::string_view bytes_of(const Uuid& key) {
    return {reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size()};
}

/// Multiplication in GF(32), modulo x⁵ + x² + 1.
std::uint8_t times(std::uint8_t a, std::uint8_t b) {
    std::uint32_t product = 0;
    for (unsigned bit = 0; bit < 5; ++bit) {
        product ^= ((b >> bit) & 1U) != 0 ? static_cast<std::uint32_t>(a) << bit : 0U;
    }
    for (unsigned bit = 9; bit >= 5; --bit) {
        product ^= ((product >> bit) & 1U) != 0 ? 0x25U << (bit - 5) : 0U;
    }
    return static_cast<std::uint8_t>(product);
}

/// The weights are different powers of a primitive element and none is 1, the weight of the check
/// character itself: so a single slip changes the sum, and so does exchanging any two characters.
std::size_t check_of(std::span<const std::uint8_t> values) {
    std::uint8_t weight = 1;
    std::uint8_t sum = 0;
    for (const std::uint8_t value : values) {
        weight = times(weight, 2);
        sum = static_cast<std::uint8_t>(sum ^ times(weight, value));
    }
    return sum;
}

std::string
check_digits_of(const LookupKeys& keys, std::string_view number, std::string_view code) {
    std::string whole = "check." + std::to_string(number.size()) + ":" + std::string(number);
    whole += code;
    return to_hex(keyed_hash(keys.codes.view(), whole)).substr(0, check_digits);
}

}  // namespace
}  // namespace zt::vault
