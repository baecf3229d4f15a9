#include "vault/shares.hpp"

#include "base/hash.hpp"

#include <sodium.h>

#include <vector>

namespace zt::vault {
namespace {

constexpr std::string_view heading = "zhitong-share-1";
constexpr std::size_t check_digits = 8;
constexpr std::size_t group_digits = 4;
constexpr std::size_t set_bytes = 4;

std::uint8_t times(std::uint8_t a, std::uint8_t b);
std::uint8_t inverse(std::uint8_t a);
std::string hex_of(const std::uint8_t* bytes, std::size_t size);
bool read_hex(std::string_view digits, std::uint8_t* out, std::size_t size);
std::string check_of(std::string_view number, std::string_view set, std::string_view digits);
std::vector<std::string> words_of(std::string_view text);

}  // namespace

std::array<Share, shares_made> split(const Secret& secret, Random& random) {
    const Secret slope = Secret::make(random);
    std::array<std::uint8_t, set_bytes> set{};
    random.fill(set);
    std::array<Share, shares_made> shares;
    for (std::size_t index = 0; index < shares_made; ++index) {
        Share& share = shares[index];
        share.number = static_cast<std::uint8_t>(index + 1);
        share.set = set;
        for (std::size_t at = 0; at < Secret::size; ++at) {
            const std::uint8_t rise = times(slope.data()[at], share.number);
            share.bytes.data()[at] = static_cast<std::uint8_t>(secret.data()[at] ^ rise);
        }
    }
    return shares;
}

Result<Secret> combine(const Share& one, const Share& other) {
    if (one.set != other.set) {
        return fail(
            Errc::share_wrong, "these two shares were not made together; both carry their set"
        );
    }
    if (one.number == other.number) {
        return fail(Errc::share_wrong, "this is the same share twice; two different are needed");
    }
    // The value at 0 of the line through both points; minus is plus in this field.
    const std::uint8_t apart = inverse(static_cast<std::uint8_t>(one.number ^ other.number));
    const std::uint8_t weight_one = times(other.number, apart);
    const std::uint8_t weight_other = times(one.number, apart);
    Secret secret;
    for (std::size_t at = 0; at < Secret::size; ++at) {
        secret.data()[at] = static_cast<std::uint8_t>(
            times(one.bytes.data()[at], weight_one) ^ times(other.bytes.data()[at], weight_other)
        );
    }
    return secret;
}

std::string to_text(const Share& share) {
    const std::string number = std::to_string(share.number);
    const std::string set = hex_of(share.set.data(), share.set.size());
    const std::string digits = hex_of(share.bytes.data(), Secret::size);
    std::string text = std::string(heading) + " " + number + " " + set;
    for (std::size_t at = 0; at < digits.size(); at += group_digits) {
        text += " " + digits.substr(at, group_digits);
    }
    return text + " " + check_of(number, set, digits);
}

Result<Share> read_share(std::string_view text) {
    const auto refuse = [](const char* why) { return fail(Errc::share_wrong, why); };
    const std::vector<std::string> words = words_of(text);
    if (words.size() < 5 || words.front() != heading) {
        return refuse("this is no share: it begins with `zhitong-share-1`, number and set");
    }
    const std::string& number = words[1];
    if (number.size() != 1 || number[0] < '1' || number[0] > '0' + static_cast<int>(shares_made)) {
        return refuse("the number of a share is 1, 2 or 3");
    }
    std::string digits;
    for (std::size_t index = 3; index + 1 < words.size(); ++index) {
        digits += words[index];
    }
    Share share;
    share.number = static_cast<std::uint8_t>(number[0] - '0');
    if (!read_hex(words[2], share.set.data(), share.set.size()) ||
        !read_hex(digits, share.bytes.data(), Secret::size)) {
        return refuse("a share has 8 digits of set and 64 digits 0-9 a-f; some are missing");
    }
    if (words.back() != check_of(number, words[2], digits)) {
        return refuse("its check digits do not agree: compare each group with the sheet");
    }
    return share;
}

namespace {

/// In GF(256) modulo x⁸ + x⁴ + x³ + x + 1, without tables or branches on the secret.
std::uint8_t times(std::uint8_t a, std::uint8_t b) {
    unsigned product = 0;
    unsigned left = a;
    for (unsigned bit = 0; bit < 8; ++bit) {
        product ^= left & (0U - ((b >> bit) & 1U));
        left = (left << 1U) ^ (0x11BU & (0U - (left >> 7U)));
    }
    return static_cast<std::uint8_t>(product);
}

/// a²⁵⁴.
std::uint8_t inverse(std::uint8_t a) {
    std::uint8_t out = 1;
    for (int step = 0; step < 254; ++step) {
        out = times(out, a);
    }
    return out;
}

std::string hex_of(const std::uint8_t* bytes, std::size_t size) {
    std::string digits(size * 2 + 1, '\0');
    sodium_bin2hex(digits.data(), digits.size(), bytes, size);
    digits.pop_back();
    return digits;
}

bool read_hex(std::string_view digits, std::uint8_t* out, std::size_t size) {
    std::size_t decoded = 0;
    return digits.size() == size * 2 &&
           sodium_hex2bin(out, size, digits.data(), digits.size(), nullptr, &decoded, nullptr) ==
               0 &&
           decoded == size;
}

std::string check_of(std::string_view number, std::string_view set, std::string_view digits) {
    const std::array parts = {heading, number, set, digits};
    return to_hex(hash_of(HashAlgorithm::sha256, parts)).substr(0, check_digits);
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words(1);
    for (const char raw : text) {
        if (raw == ' ' || raw == '\n' || raw == '\r' || raw == '\t') {
            if (!words.back().empty()) {
                words.emplace_back();
            }
        } else {
            words.back() += raw >= 'A' && raw <= 'Z' ? static_cast<char>(raw - 'A' + 'a') : raw;
        }
    }
    if (words.back().empty()) {
        words.pop_back();
    }
    return words;
}

}  // namespace
}  // namespace zt::vault
