// What an authenticator reads: the address, and its picture.

#include "vault/second_factor.hpp"

#include <sodium.h>

#include <memory>
#include <qrencode.h>

namespace zt::vault {
namespace {

/// Modules of white around the code, without which cameras do not find it (ISO/IEC 18004).
constexpr int quiet_zone = 4;
/// A text of more bytes would need a picture that no phone reads from a screen.
constexpr std::size_t text_bytes_max = 512;

std::string percent(std::string_view text);
std::string squares(const QRcode& code);

}  // namespace

std::string totp_uri(const TotpSecret& secret, std::string_view issuer, std::string_view account) {
    const std::string place = percent(issuer);
    std::string uri = "otpauth://totp/" + place + ":" + percent(account);
    uri += "?secret=" + secret.base32() + "&issuer=" + place;
    uri += "&algorithm=SHA1&digits=" + std::to_string(totp_digits);
    uri +=
        "&period=" +
        std::to_string(std::chrono::duration_cast<std::chrono::seconds>(totp_step_length).count());
    return uri;
}

Result<std::string> qr_svg(std::string_view text) {
    if (text.empty() || text.size() > text_bytes_max || text.find('\0') != std::string_view::npos) {
        return fail(
            Errc::bad_value,
            "a QR code takes 1 to " + std::to_string(text_bytes_max) + " bytes without zeros"
        );
    }
    const std::string whole(text);  // the library asks for a text that ends with zero
    const std::unique_ptr<QRcode, decltype(&::QRcode_free)> code(
        ::QRcode_encodeString8bit(whole.c_str(), 0, QR_ECLEVEL_M), &::QRcode_free
    );
    if (code == nullptr) {
        return fail(Errc::bad_value, "the text does not fit into a QR code");
    }
    const std::string side = std::to_string(code->width + 2 * quiet_zone);
    std::string svg = R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 )";
    svg += side + " " + side + R"(" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h)";
    svg += side + "v" + side + "H0z\"/><path d=\"" + squares(*code) + "\"/></svg>";
    return svg;
}

namespace {

std::string percent(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char one : text) {
        const auto byte = static_cast<unsigned char>(one);
        const bool is_plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                              (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' ||
                              byte == '_' || byte == '~';
        if (is_plain) {
            out += one;
        } else {
            out += '%';
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }
    return out;
}

/// One piece of path for each run of black modules in a row.
std::string squares(const QRcode& code) {
    std::string path;
    const auto is_black = [&code](int row, int column) {
        return (code.data[row * code.width + column] & 1U) != 0;
    };
    for (int row = 0; row < code.width; ++row) {
        int column = 0;
        while (column < code.width) {
            const int begin = column;
            while (column < code.width && is_black(row, column)) {
                ++column;
            }
            if (column == begin) {
                ++column;
                continue;
            }
            const std::string run = std::to_string(column - begin);
            path += "M" + std::to_string(begin + quiet_zone) + " ";
            path += std::to_string(row + quiet_zone) + "h" + run + "v1h-" + run + "z";
        }
    }
    return path;
}

}  // namespace
}  // namespace zt::vault
