#include "connect/mail.hpp"

#include "connect/address.hpp"

#include <algorithm>
#include <array>

namespace zt::connect {

namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::size_t body_line_bytes = 76;  // RFC 2045, 6.8
/// "=?UTF-8?B?" + base64 + "?=" stays below 75 bytes.
constexpr std::size_t word_bytes_max = 42;

constexpr std::array<std::string_view, 7> day_names{
    "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"
};
constexpr std::array<std::string_view, 12> month_names{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
};

std::string two_digits(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

/// RFC 5322, 3.3, in UTC.
std::string mail_date(UtcMs at) {
    const Date day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day ymd{day};
    const std::chrono::hh_mm_ss clock{
        std::chrono::duration_cast<std::chrono::seconds>(at - UtcMs{day})
    };
    return std::string(day_names.at(std::chrono::weekday{day}.c_encoding())) + ", " +
           std::to_string(static_cast<unsigned>(ymd.day())) + " " +
           std::string(month_names.at(static_cast<unsigned>(ymd.month()) - 1)) + " " +
           std::to_string(static_cast<int>(ymd.year())) + " " + two_digits(clock.hours().count()) +
           ":" + two_digits(clock.minutes().count()) + ":" + two_digits(clock.seconds().count()) +
           " +0000";
}

/// The first bytes of whole code points, at most so many.
std::string_view take_characters(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) {
        return text;
    }
    std::size_t end = bytes_max;
    while (end > 1 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return text.substr(0, end);
}

bool is_effect(std::string_view effect) {
    return !effect.empty() && std::ranges::all_of(effect, [](char byte) {
        return (byte >= '0' && byte <= '9') || byte == '-';
    });
}

}  // namespace

std::string to_base64(std::string_view bytes) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        for (std::size_t k = 0; k < 3; ++k) {
            group = group << 8U | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            out += k <= count ? letters[group >> (18U - 6U * k) & 0x3FU] : '=';
        }
    }
    return out;
}

std::string encoded_words(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::string_view part = take_characters(text, word_bytes_max);
        text.remove_prefix(part.size());
        out += (out.empty() ? "" : "\r\n ") + ("=?UTF-8?B?" + to_base64(part)) + "?=";
    }
    return out;
}

Result<std::string> mail_text(const Mail& mail) {
    if (!is_mail_address(mail.from) || !is_mail_address(mail.to) || !is_effect(mail.effect)) {
        return fail(Errc::bad_value, "not a mail address that can stand in a header");
    }
    const std::string_view domain = std::string_view(mail.from).substr(mail.from.find('@') + 1);
    std::string out;
    const auto header = [&](std::string_view name, std::string_view value) {
        out.append(name).append(": ").append(value).append(line_end);
    };
    header("Date", mail_date(mail.at));
    header(
        "From",
        (mail.place.empty() ? "" : encoded_words(mail.place) + "\r\n ") + "<" + mail.from + ">"
    );
    header("To", "<" + mail.to + ">");
    header("Message-ID", "<" + mail.effect + "@" + std::string(domain) + ">");
    header("Subject", encoded_words(mail.subject));
    header("MIME-Version", "1.0");
    header("Content-Type", "text/plain; charset=UTF-8");
    header("Content-Transfer-Encoding", "base64");
    header("Auto-Submitted", "auto-generated");  // RFC 3834: holiday answers stay silent
    out.append(line_end);
    const std::string body = to_base64(mail.text);
    for (std::size_t at = 0; at < body.size(); at += body_line_bytes) {
        out.append(body, at, body_line_bytes).append(line_end);
    }
    return out;
}

}  // namespace zt::connect
