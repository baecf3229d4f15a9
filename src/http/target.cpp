#include "http/target.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace zt::http {

namespace {

enum class Part : std::uint8_t { segment, query };

constexpr std::array<bool, 256> make_plain(std::string_view others) {
    std::array<bool, 256> plain{};
    for (std::size_t byte = 0; byte < plain.size(); ++byte) {
        const bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        const bool is_digit = byte >= '0' && byte <= '9';
        plain[byte] =
            is_letter || is_digit || others.find(static_cast<char>(byte)) != std::string_view::npos;
    }
    return plain;
}

// RFC 3986, 3.3 and 3.4; the brackets because Open311 names its attributes attribute[code].
constexpr auto plain_in_segment = make_plain("-._~!$&'()*+,;=:@");
constexpr auto plain_in_query = make_plain("-._~!$&'()*+,;=:@/?[]");

int hex_digit(char one) {
    if (one >= '0' && one <= '9') {
        return one - '0';
    }
    const char lower = static_cast<char>(one | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::unexpected<Error> refuse(std::string_view why) {
    return fail(Errc::bad_request, std::string(why), "target");
}

Result<char> decode_escape(std::string_view text, std::size_t at) {
    const int high = at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
    const int low = at + 2 < text.size() ? hex_digit(text[at + 2]) : -1;
    if (high < 0 || low < 0) {
        return refuse("a wrong percent escape");
    }
    return static_cast<char>(high * 16 + low);
}

Result<std::string> decode(std::string_view text, Part part) {
    const auto& plain = part == Part::segment ? plain_in_segment : plain_in_query;
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '%') {
            TRY(const char one, decode_escape(text, at));
            out += one;
            at += 2;
        } else if (!plain[static_cast<unsigned char>(text[at])]) {
            return refuse("a character that has to be escaped");
        } else {
            out += text[at] == '+' && part == Part::query ? ' ' : text[at];
        }
    }
    const bool has_control = std::ranges::any_of(out, [](char one) {
        return static_cast<unsigned char>(one) < 0x20 || one == 0x7F;
    });
    if (has_control || !is_utf8(out)) {
        return refuse("an escape of a control character, or not UTF-8");
    }
    return out;
}

Result<void> read_segments(Target& target) {
    std::string_view rest = target.path.substr(1);
    for (;;) {
        const std::size_t slash = rest.find('/');
        TRY(auto segment, decode(rest.substr(0, slash), Part::segment));
        const bool climbs =
            segment == "." || segment == ".." || segment.find_first_of("/\\") != std::string::npos;
        if (climbs || target.segments.size() == segments_max) {
            return refuse("a dot segment, a slash inside a segment, or too many segments");
        }
        target.segments.push_back(std::move(segment));
        if (slash == std::string_view::npos) {
            return {};
        }
        rest = rest.substr(slash + 1);
    }
}

Result<void> read_query(std::string_view text, Target& target) {
    while (!text.empty()) {
        const std::size_t ampersand = text.find('&');
        const std::string_view pair = text.substr(0, ampersand);
        text =
            ampersand == std::string_view::npos ? std::string_view{} : text.substr(ampersand + 1);
        if (pair.empty()) {
            continue;
        }
        if (target.query.size() == query_pairs_max) {
            return refuse("too many query values");
        }
        const std::size_t equals = pair.find('=');
        TRY(auto name, decode(pair.substr(0, equals), Part::query));
        const bool has_value = equals != std::string_view::npos;
        TRY(auto value,
            decode(has_value ? pair.substr(equals + 1) : std::string_view{}, Part::query));
        target.query.emplace_back(std::move(name), std::move(value));
    }
    return {};
}

}  // namespace

Result<Target> parse_target(std::string_view text) {
    if (text.empty() || text.front() != '/' || text.size() > target_bytes_max) {
        return refuse("a target begins with a slash and is no longer than 8 KiB");
    }
    const std::size_t question = text.find('?');
    Target target;
    target.path = text.substr(0, question);
    TRY_VOID(read_segments(target));
    if (question != std::string_view::npos) {
        TRY_VOID(read_query(text.substr(question + 1), target));
    }
    return target;
}

}  // namespace zt::http
