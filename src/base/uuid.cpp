#include "base/uuid.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <optional>

namespace zt {
namespace {

constexpr std::size_t text_size = 36;
constexpr std::int64_t time_max = (std::int64_t{1} << 48U) - 1;

constexpr bool has_dash_before(std::size_t byte) {
    return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

std::optional<std::uint8_t> digit_of(char letter);
std::unexpected<Error> bad(std::string_view text, const char* why);

}  // namespace

// RFC 9562, 5.7. Times before 1970 (back-dated imports) count as 0: the prefix orders, it is not
// read back.
Uuid uuid7(UtcMs at, const std::array<std::uint8_t, 10>& rest) {
    const std::int64_t time = std::clamp<std::int64_t>(at.time_since_epoch().count(), 0, time_max);
    Uuid uuid;
    for (std::size_t index = 0; index < 6; ++index) {
        uuid.bytes[index] = static_cast<std::uint8_t>(time >> (40 - 8 * index));
    }
    std::ranges::copy(rest, uuid.bytes.begin() + 6);
    uuid.bytes[6] = static_cast<std::uint8_t>((uuid.bytes[6] & 0x0FU) | 0x70U);
    uuid.bytes[8] = static_cast<std::uint8_t>((uuid.bytes[8] & 0x3FU) | 0x80U);
    return uuid;
}

Uuid uuid7_from_text(UtcMs at, std::string_view text) {
    const Hash hash = hash_of(HashAlgorithm::sha256, text);
    std::array<std::uint8_t, 10> rest{};
    std::copy_n(hash.begin(), rest.size(), rest.begin());
    return uuid7(at, rest);
}

std::string to_string(const Uuid& uuid) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(text_size);
    for (std::size_t index = 0; index < uuid.bytes.size(); ++index) {
        if (has_dash_before(index)) {
            out += '-';
        }
        out += digits[uuid.bytes[index] >> 4U];
        out += digits[uuid.bytes[index] & 0xFU];
    }
    return out;
}

Result<Uuid> parse_uuid(std::string_view text) {
    constexpr const char* wanted =
        "write a version 7 UUID, 8-4-4-4-12 hex digits, for example 01825706-5a00-7abc-8def-0123456789ab";
    if (text.size() != text_size) {
        return bad(text, wanted);
    }
    Uuid uuid;
    std::size_t place = 0;
    for (std::size_t index = 0; index < uuid.bytes.size(); ++index) {
        if (has_dash_before(index) && text[place++] != '-') {
            return bad(text, wanted);
        }
        const std::optional<std::uint8_t> high = digit_of(text[place++]);
        const std::optional<std::uint8_t> low = digit_of(text[place++]);
        if (!high || !low) {
            return bad(text, wanted);
        }
        uuid.bytes[index] = static_cast<std::uint8_t>(*high << 4U | *low);
    }
    if (uuid.bytes[6] >> 4U != 7 || uuid.bytes[8] >> 6U != 2) {
        return bad(
            text, "the UUID is of another version; a key is of version 7, so that keys follow time"
        );
    }
    return uuid;
}

namespace {

std::optional<std::uint8_t> digit_of(char letter) {
    if (letter >= '0' && letter <= '9') {
        return static_cast<std::uint8_t>(letter - '0');
    }
    if (letter >= 'a' && letter <= 'f') {
        return static_cast<std::uint8_t>(letter - 'a' + 10);
    }
    if (letter >= 'A' && letter <= 'F') {
        return static_cast<std::uint8_t>(letter - 'A' + 10);
    }
    return std::nullopt;
}

std::unexpected<Error> bad(std::string_view text, const char* why) {
    return fail(Errc::bad_uuid, "\"" + first_characters(text, text_size) + "\": " + why);
}

}  // namespace
}  // namespace zt
