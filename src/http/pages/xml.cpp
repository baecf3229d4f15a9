#include "http/pages/xml.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <array>

namespace zt::http::pages {

namespace {

struct Plural {
    std::string_view many, one;
};
constexpr std::array plurals{
    Plural{"attributes", "attribute"},
    Plural{"endpoints", "endpoint"},
    Plural{"errors", "error"},
    Plural{"formats", "format"},
    Plural{"notes", "note"},
    Plural{"service_requests", "request"},
    Plural{"services", "service"},
    Plural{"values", "value"},
};

std::string_view singular(std::string_view many) {
    const auto found = std::ranges::find(plurals, many, &Plural::many);
    CHECK(found != plurals.end());
    return found->one;
}

/// U+FFFE and U+FFFF, which are no characters.
constexpr std::array<std::string_view, 2> no_characters{"\xEF\xBF\xBE", "\xEF\xBF\xBF"};

bool is_left_out(std::string_view rest) {
    const auto byte = static_cast<unsigned char>(rest.front());
    const bool is_control = byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
    return is_control || std::ranges::any_of(no_characters, [rest](std::string_view one) {
               return rest.starts_with(one);
           });
}

void append_text(std::string& out, std::string_view text) {
    while (!text.empty()) {
        const std::size_t size = text.front() == '\xEF' && is_left_out(text) ? 3 : 1;
        switch (text.front()) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '\r': out += "&#13;"; break;
        default: out += is_left_out(text) ? std::string_view{} : text.substr(0, size);
        }
        text.remove_prefix(size);
    }
}

void append(std::string& out, std::string_view name, const Json& value) {
    out.append("<").append(name).append(">");
    if (value.is_string()) {
        append_text(out, value.as_string());
    } else if (value.is_object()) {
        for (const auto& [member, one] : value.members()) {
            append(out, member, one);
        }
    } else if (value.is_array()) {
        for (const auto& one : value.as_array()) {
            append(out, singular(name), one);
        }
    } else if (!value.is_null()) {
        append_canonical(out, value);
    }
    out.append("</").append(name).append(">");
}

}  // namespace

std::string to_xml(std::string_view root, const Json& value) {
    std::string out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
    append(out, root, value);
    out += '\n';
    return out;
}

}  // namespace zt::http::pages
