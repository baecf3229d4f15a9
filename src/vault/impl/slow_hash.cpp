#include "vault/impl/slow_hash.hpp"

#include <sodium.h>

#include <charconv>
#include <vector>

namespace zt::vault::impl {
namespace {

constexpr std::string_view name = "argon2id";
constexpr std::uint64_t passes_max = 16;
constexpr std::size_t memory_bytes_max = std::size_t{256} << 20U;

std::string hex(const std::uint8_t* bytes, std::size_t size) {
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

std::uint64_t number_in(std::string_view digits) {
    std::uint64_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return read.ec == std::errc() && read.ptr == digits.data() + digits.size() ? value : 0;
}

}  // namespace

std::string slow_hash_text(const SlowHash& one) {
    return std::string(name) + "$" + std::to_string(one.passes) + "$" +
           std::to_string(one.memory_bytes) + "$" + hex(one.salt.data(), one.salt.size()) + "$" +
           hex(one.hash.data(), one.hash.size());
}

std::optional<SlowHash> read_slow_hash(std::string_view text) {
    std::vector<std::string_view> parts;
    while (parts.size() < 6) {
        const std::size_t end = text.find('$');
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            break;
        }
        text.remove_prefix(end + 1);
    }
    if (parts.size() != 5 || parts[0] != name) {
        return std::nullopt;
    }
    SlowHash one;
    one.passes = number_in(parts[1]);
    one.memory_bytes = static_cast<std::size_t>(number_in(parts[2]));
    const bool is_cost = one.passes >= 1 && one.passes <= passes_max &&
                         one.memory_bytes >= crypto_pwhash_MEMLIMIT_MIN &&
                         one.memory_bytes <= memory_bytes_max;
    if (!is_cost || !read_hex(parts[3], one.salt.data(), one.salt.size()) ||
        !read_hex(parts[4], one.hash.data(), one.hash.size())) {
        return std::nullopt;
    }
    return one;
}

}  // namespace zt::vault::impl
