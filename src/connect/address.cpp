#include "connect/address.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace zt::connect {

namespace {

constexpr std::size_t mobile_digits = 11;
constexpr std::size_t mail_bytes_max = 254;  // RFC 5321, 4.5.3.1.3

/// A block of addresses: its first bytes, and how many bits of them count.
struct Block {
    AddressV4 first;
    unsigned bits;
};

/// What RFC 6890 and its followers keep from the open network.
constexpr std::array<Block, 16> closed_blocks{
    {{{0, 0, 0, 0}, 8},
     {{10, 0, 0, 0}, 8},
     {{100, 64, 0, 0}, 10},
     {{127, 0, 0, 0}, 8},
     {{169, 254, 0, 0}, 16},
     {{172, 16, 0, 0}, 12},
     {{192, 0, 0, 0}, 24},
     {{192, 0, 2, 0}, 24},
     {{192, 88, 99, 0}, 24},
     {{192, 168, 0, 0}, 16},
     {{198, 18, 0, 0}, 15},
     {{198, 51, 100, 0}, 24},
     {{203, 0, 113, 0}, 24},
     {{224, 0, 0, 0}, 4},
     {{240, 0, 0, 0}, 4},
     {{255, 255, 255, 255}, 32}}
};

std::uint32_t number_of(const AddressV4& address) {
    std::uint32_t out = 0;
    for (const std::uint8_t byte : address) {
        out = out << 8U | byte;
    }
    return out;
}

bool starts_with(const AddressV6& address, std::initializer_list<std::uint8_t> bytes) {
    return std::equal(bytes.begin(), bytes.end(), address.begin());
}

AddressV4 embedded(const AddressV6& address, std::size_t at) {
    return {address[at], address[at + 1], address[at + 2], address[at + 3]};
}

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

}  // namespace

bool is_public(const AddressV4& address) {
    return std::ranges::none_of(closed_blocks, [&](const Block& block) {
        const std::uint32_t mask = 0xFFFFFFFFU << (32U - block.bits);
        return (number_of(address) & mask) == (number_of(block.first) & mask);
    });
}

bool is_public(const AddressV6& address) {
    if (starts_with(address, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0})) {
        // ::ffff:a.b.c.d is the IPv4 address itself; what else begins so is loopback or retired.
        return address[10] == 0xFF && address[11] == 0xFF && is_public(embedded(address, 12));
    }
    if (starts_with(address, {0x00, 0x64, 0xFF, 0x9B})) {  // translated to IPv4
        return starts_with(address, {0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0}) &&
               is_public(embedded(address, 12));
    }
    if (starts_with(address, {0x20, 0x02})) {  // 6to4 carries an IPv4 address
        return is_public(embedded(address, 2));
    }
    if (starts_with(address, {0x20, 0x01}) && address[2] < 0x02) {  // Teredo and special uses
        return false;
    }
    if (starts_with(address, {0x20, 0x01, 0x0D, 0xB8})) {  // documentation
        return false;
    }
    return (address[0] & 0xE0U) == 0x20U;  // 2000::/3 is all that is given to the open network
}

bool is_mail_address(std::string_view text) {
    const std::size_t at = text.find('@');
    if (text.size() > mail_bytes_max || at == 0 || at == std::string_view::npos ||
        text.find('@', at + 1) != std::string_view::npos) {
        return false;
    }
    const auto is_fine = [](char byte) {
        const auto code = static_cast<unsigned char>(byte);
        return code > 0x20U && code < 0x7FU &&
               std::string_view("<>()[]\\,;:\"").find(byte) == std::string_view::npos;
    };
    const std::string_view domain = text.substr(at + 1);
    const std::size_t dot = domain.find('.');
    return std::ranges::all_of(text, is_fine) && dot != std::string_view::npos && dot != 0 &&
           domain.back() != '.';
}

Reach reach_of(std::string_view contact) {
    const std::string_view text = trim(contact);
    if (is_mail_address(text)) {
        return {views::Way::mail, std::string(text)};
    }
    std::string digits;
    for (const char byte : text) {
        if (is_digit(byte)) {
            digits += byte;
        } else if (byte != ' ' && byte != '-' && byte != '+') {
            return {};
        }
    }
    if (digits.size() == mobile_digits + 2 && digits.starts_with("86")) {
        digits.erase(0, 2);
    }
    if (digits.size() == mobile_digits && digits[0] == '1' && digits[1] >= '3') {
        return {views::Way::sms, digits};
    }
    return {};
}

}  // namespace zt::connect
