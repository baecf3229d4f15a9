#pragma once
// Addresses: what a contact is, and which addresses of machines the program may speak to. Pure.

#include "views/outbox.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace zt::connect {

/// A contact as it is written on a form, read: how it can be reached. `call`: by a person only.
struct Reach {
    views::Way way = views::Way::call;
    std::string to;  ///< digits of a mobile number, or a mail address
    bool operator==(const Reach&) const = default;
};
/// Mobile numbers of the mainland (with or without +86, spaces, hyphens) take SMS; one with @ is a
/// mail address; all else, land lines and words, is for the call list. A contact with a line break
/// is for the call list.
[[nodiscard]] Reach reach_of(std::string_view contact);
/// One @, a dot in the domain, nothing that could leave an SMTP command or a header.
[[nodiscard]] bool is_mail_address(std::string_view text);

using AddressV4 = std::array<std::uint8_t, 4>;
using AddressV6 = std::array<std::uint8_t, 16>;
/// Anybody's machine: not loopback, private, link-local (metadata services), shared, multicast,
/// reserved or a form that stands for one of these. source: RFC 6890, RFC 4291, RFC 6052, RFC 3056
[[nodiscard]] bool is_public(const AddressV4& address);
[[nodiscard]] bool is_public(const AddressV6& address);

}  // namespace zt::connect
