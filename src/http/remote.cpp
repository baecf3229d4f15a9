#include "http/remote.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <sys/socket.h>

namespace zt::http {

namespace {

constexpr std::array<std::uint8_t, 12> version_4_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

[[nodiscard]] bool is_version_4(const Address& address) {
    return std::equal(version_4_prefix.begin(), version_4_prefix.end(), address.bytes.begin());
}

/// "192.0.2.1:4711" and "[2001:db8::1]:4711" as some proxies write them.
std::string_view without_port(std::string_view text) {
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        return end == std::string_view::npos ? text : text.substr(1, end - 1);
    }
    return std::ranges::count(text, ':') == 1 ? text.substr(0, text.find(':')) : text;
}

}  // namespace

bool Address::is_loopback() const {
    if (is_version_4(*this)) {
        return bytes[12] == 127;
    }
    Address one;
    one.bytes[15] = 1;
    return *this == one;
}

std::string Address::network() const {
    constexpr std::ptrdiff_t customer_bytes = 8;
    const bool is_whole = is_version_4(*this);
    return {bytes.begin(), is_whole ? bytes.end() : bytes.begin() + customer_bytes};
}

std::optional<Address> parse_address(std::string_view text) {
    const std::string word(text);
    Address address;
    if (::inet_pton(AF_INET6, word.c_str(), address.bytes.data()) == 1) {
        return address;
    }
    std::ranges::copy(version_4_prefix, address.bytes.begin());
    if (::inet_pton(AF_INET, word.c_str(), address.bytes.data() + version_4_prefix.size()) == 1) {
        return address;
    }
    return std::nullopt;
}

Result<Networks> Networks::read(std::span<const std::string> texts) {
    Networks all;
    for (const auto& text : texts) {
        const std::size_t slash = text.find('/');
        const auto address = parse_address(text.substr(0, slash));
        if (!address) {
            return fail(Errc::bad_value, "'" + text + "' is no address and no network");
        }
        const int whole = is_version_4(*address) ? 32 : 128;
        std::int64_t bits = whole;
        if (slash != std::string::npos) {
            TRY(bits, parse_int(text.substr(slash + 1)));
        }
        if (bits < 0 || bits > whole) {
            return fail(Errc::bad_value, "'" + text + "': so many bits no address has");
        }
        all.networks_.push_back({*address, static_cast<int>(bits) + 128 - whole});
    }
    return all;
}

bool Networks::contains(const Address& address) const {
    return std::ranges::any_of(networks_, [&address](const Network& network) {
        for (int bit = 0; bit < network.bits; ++bit) {
            const auto byte = static_cast<std::size_t>(bit / 8);
            const unsigned mask = 0x80U >> static_cast<unsigned>(bit % 8);
            if (((address.bytes[byte] ^ network.address.bytes[byte]) & mask) != 0) {
                return false;
            }
        }
        return true;
    });
}

Address client_address(const Address& peer, std::string_view forwarded, const Networks& trusted) {
    Address client = peer;
    while (!forwarded.empty() && trusted.contains(client)) {
        const std::size_t comma = forwarded.rfind(',');
        const bool is_last = comma == std::string_view::npos;
        const auto hop =
            parse_address(without_port(trim(is_last ? forwarded : forwarded.substr(comma + 1))));
        if (!hop) {
            return client;
        }
        client = *hop;
        forwarded = is_last ? std::string_view{} : forwarded.substr(0, comma);
    }
    return client;
}

}  // namespace zt::http
