#include "http/form_body.hpp"

#include "base/text.hpp"
#include "http/codec.hpp"

#include <algorithm>

namespace zt::http {

namespace {

std::unexpected<Error> refuse(std::string_view why) {
    return fail(Errc::bad_request, std::string(why), "body");
}

int hex_digit(char one) {
    if (one >= '0' && one <= '9') {
        return one - '0';
    }
    const char lower = static_cast<char>(one | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

Result<std::string> decoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            out += text[at] == '+' ? ' ' : text[at];
            continue;
        }
        const int high = at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
        const int low = at + 2 < text.size() ? hex_digit(text[at + 2]) : -1;
        if (high < 0 || low < 0) {
            return refuse("a wrong percent escape");
        }
        out += static_cast<char>(high * 16 + low);
        at += 2;
    }
    const bool has_control = std::ranges::any_of(out, [](char one) {
        const auto byte = static_cast<unsigned char>(one);
        return (byte < 0x20 && one != '\t' && one != '\n' && one != '\r') || byte == 0x7F;
    });
    if (has_control || !is_utf8(out)) {
        return refuse("a control character, or not UTF-8");
    }
    return out;
}

Result<Pairs> read_urlencoded(std::string_view text) {
    Pairs pairs;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('&'), text.size());
        const std::string_view pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.empty()) {
            continue;
        }
        if (pairs.size() == form_pairs_max) {
            return refuse("too many values");
        }
        const std::size_t equals = std::min(pair.find('='), pair.size());
        TRY(auto name, decoded(pair.substr(0, equals)));
        TRY(auto value, decoded(pair.substr(std::min(equals + 1, pair.size()))));
        pairs.emplace_back(std::move(name), std::move(value));
    }
    return pairs;
}

/// Lists and objects one level deep, as deep as names with brackets go.
enum class Depth : std::uint8_t { top, inside };

Result<void>
add_json(Pairs& pairs, const std::string& name, const Json& value, Depth depth = Depth::top) {
    if (pairs.size() == form_pairs_max) {
        return refuse("too many values");
    }
    if (value.is_string() || value.is_int() || value.is_bool()) {
        pairs.emplace_back(name, value.is_string() ? value.as_string() : to_canonical(value));
        return {};
    }
    if (value.is_array()) {
        for (const auto& one : value.as_array()) {
            if (one.is_array() || one.is_object()) {
                return refuse("a list holds texts");
            }
            TRY_VOID(add_json(pairs, name, one, Depth::inside));
        }
        return {};
    }
    if (!value.is_object() || depth == Depth::inside) {
        return fail(Errc::bad_field, "a text is expected", "/" + name);
    }
    for (const auto& [member, one] : value.members()) {
        TRY_VOID(add_json(pairs, name + "[" + member + "]", one, Depth::inside));
    }
    return {};
}

Result<Pairs> read_json_form(std::string_view body) {
    TRY(const Json json, parse_json(body));
    if (!json.is_object()) {
        return fail(Errc::bad_field, "an object is expected");
    }
    Pairs pairs;
    for (const auto& [name, value] : json.members()) {
        TRY_VOID(add_json(pairs, name, value));
    }
    return pairs;
}

}  // namespace

Result<Pairs> read_form(const Call& call) {
    std::string type(trim(call.content_type.substr(0, call.content_type.find(';'))));
    std::ranges::transform(type, type.begin(), [](char one) {
        return one >= 'A' && one <= 'Z' ? static_cast<char>(one + ('a' - 'A')) : one;
    });
    if (type == "application/x-www-form-urlencoded") {
        return read_urlencoded(call.body);
    }
    if (type == "application/json") {
        return read_json_form(call.body);
    }
    return fail(
        Errc::media_type_unsupported,
        "expected is Content-Type: application/x-www-form-urlencoded",
        "Content-Type"
    );
}

}  // namespace zt::http
