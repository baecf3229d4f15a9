#include "http/head.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace zt::http {

namespace {

/// Each decides something here: two of them could be read as either.
constexpr std::array fields_once = {
    "host",
    "content-length",
    "transfer-encoding",
    "content-type",
    "authorization",
    "cookie",
    "origin",
    "expect",
    "if-match",
    "if-none-match",
    "last-event-id",
    "idempotency-key",
    "zhitong-code",
    "zhitong-csrf",
    "sec-fetch-site",
    "x-forwarded-proto",
    "content-encoding"
};

char to_lower(char one) {
    return one >= 'A' && one <= 'Z' ? static_cast<char>(one + ('a' - 'A')) : one;
}

/// RFC 9110, 5.6.2.
bool is_token(char one) {
    const bool is_word =
        (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || (one >= '0' && one <= '9');
    return is_word || std::string_view("!#$%&'*+-.^_`|~").find(one) != std::string_view::npos;
}

bool is_value_byte(char one) {
    const auto byte = static_cast<unsigned char>(one);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
}

std::unexpected<Error> refuse(std::string_view why) {
    return fail(Errc::bad_request, std::string(why), "header");
}

/// Takes a line off the front; the line end is CR LF and neither stands alone.
Result<std::string_view> take_line(std::string_view& text) {
    const std::size_t end = text.find_first_of("\r\n");
    if (end == std::string_view::npos || !text.substr(end).starts_with("\r\n")) {
        return refuse("a line ends with CR LF");
    }
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 2);
    return line;
}

Result<void> read_request_line(std::string_view line, Head& head) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) {
        return refuse("a request line is METHOD TARGET VERSION");
    }
    head.method = line.substr(0, first);
    head.target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    const bool is_target = !head.target.empty() && std::ranges::all_of(head.target, [](char one) {
        return static_cast<unsigned char>(one) > 0x20 && static_cast<unsigned char>(one) < 0x7F;
    });
    const bool is_version = version == "HTTP/1.1" || version == "HTTP/1.0";
    if (head.method.empty() || !std::ranges::all_of(head.method, is_token) || !is_target ||
        !is_version) {
        return refuse("a request line is METHOD TARGET VERSION");
    }
    head.is_version_1_1 = version == "HTTP/1.1";
    return {};
}

Result<void> read_field(std::string_view line, Head& head) {
    const std::size_t colon = line.find(':');
    const std::string_view name = line.substr(0, colon);
    if (colon == std::string_view::npos || name.empty() || !std::ranges::all_of(name, is_token)) {
        return refuse("a field is NAME: VALUE, on one line");
    }
    std::string_view value = line.substr(colon + 1);
    if (!std::ranges::all_of(value, is_value_byte)) {
        return refuse("a control character in a field");
    }
    while (value.starts_with(' ') || value.starts_with('\t')) {
        value.remove_prefix(1);
    }
    while (value.ends_with(' ') || value.ends_with('\t')) {
        value.remove_suffix(1);
    }
    const bool is_once = std::ranges::any_of(fields_once, [name](std::string_view one) {
        return is_same_word(name, one);
    });
    const bool is_there = is_once && std::ranges::any_of(head.fields, [name](const auto& other) {
                              return is_same_word(other.first, name);
                          });
    if (is_there || head.fields.size() == head_fields_max) {
        return refuse("too many fields, or twice one that may come once");
    }
    head.fields.emplace_back(name, value);
    return {};
}

Result<void> read_length(Head& head) {
    const auto has = [&head](std::string_view name) {
        return std::ranges::any_of(head.fields, [name](const auto& one) {
            return is_same_word(one.first, name);
        });
    };
    const std::string_view length = head.field("Content-Length");
    const std::string_view coding = head.field("Transfer-Encoding");
    constexpr std::size_t digits_max = 15;
    if (has("Content-Length")) {
        const bool is_number = !length.empty() && length.size() <= digits_max &&
                               length.find_first_not_of("0123456789") == std::string_view::npos;
        if (!is_number || has("Transfer-Encoding")) {
            return refuse("Content-Length is one number, without Transfer-Encoding beside it");
        }
        std::uint64_t bytes = 0;
        for (const char digit : length) {
            bytes = bytes * 10 + static_cast<std::uint64_t>(digit - '0');
        }
        head.content_length = bytes;
    }
    if (has("Transfer-Encoding")) {
        if (!is_same_word(coding, "chunked") || !head.is_version_1_1) {
            return refuse("Transfer-Encoding is chunked and nothing else");
        }
        head.is_chunked = true;
    }
    return {};
}

Result<void> read_rest(Head& head) {
    const bool has_host = !head.field("Host").empty();
    if (head.is_version_1_1 && !has_host) {
        return refuse("Host is missing");
    }
    if (head.field("Host").find_first_of("/@\\?# \t") != std::string_view::npos) {
        return refuse("Host is a name and perhaps a port");
    }
    TRY_VOID(read_length(head));
    const std::string_view expect = head.field("Expect");
    if (!expect.empty() && !is_same_word(expect, "100-continue")) {
        return refuse("an unknown expectation");
    }
    head.expects_continue = !expect.empty() && head.is_version_1_1;
    const std::string_view connection = head.field("Connection");
    head.keeps_alive = head.is_version_1_1 ? !lists_word(connection, "close")
                                           : lists_word(connection, "keep-alive");
    return {};
}

}  // namespace

std::string_view Head::field(std::string_view name) const {
    const auto found = std::ranges::find_if(fields, [name](const auto& one) {
        return is_same_word(one.first, name);
    });
    return found == fields.end() ? std::string_view{} : found->second;
}

Result<Head> parse_head(std::string_view text) {
    Head head;
    TRY(const auto request_line, take_line(text));
    TRY_VOID(read_request_line(request_line, head));
    for (;;) {
        TRY(const auto line, take_line(text));
        if (line.empty()) {
            break;
        }
        TRY_VOID(read_field(line, head));
    }
    if (!text.empty()) {
        return refuse("bytes behind the empty line");
    }
    TRY_VOID(read_rest(head));
    return head;
}

bool is_same_word(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, {}, to_lower, to_lower);
}

bool lists_word(std::string_view list, std::string_view word) {
    while (!list.empty()) {
        const std::size_t comma = list.find(',');
        const std::string_view one = list.substr(0, comma);
        list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
        const std::size_t semicolon = one.find(';');
        const std::string_view weight =
            semicolon == std::string_view::npos ? "" : trim(one.substr(semicolon + 1));
        const bool is_refused = weight.starts_with("q=0") &&
                                weight.find_first_of("123456789") == std::string_view::npos;
        if (is_same_word(trim(one.substr(0, semicolon)), word)) {
            return !is_refused;
        }
    }
    return false;
}

}  // namespace zt::http
