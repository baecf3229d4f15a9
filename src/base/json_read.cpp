// Reading canonical JSON: parse_canonical of json.hpp. Strict on purpose: the ledger hashes the
// text, so a second spelling of a value (spaces, other order, other escapes) would be a second hash
// for the same event, and is refused.

#include "base/impl/json_scan.hpp"
#include "base/json.hpp"

#include <charconv>
#include <cstring>
#include <system_error>
#include <tuple>

namespace zt {
namespace impl {

class JsonReader {
  public:
    explicit JsonReader(std::string_view text)
        : begin_(text.data()), at_(begin_), end_(begin_ + text.size()) {}

    [[nodiscard]] bool read(Json& out);
    [[nodiscard]] bool at_end() { return at_ == end_ || refuse("text goes on behind the value"); }
    [[nodiscard]] Error error() const;

  private:
    // Each returns false after noting why; out then holds anything.
    [[nodiscard]] bool read_object(Json& out);
    [[nodiscard]] bool read_array(Json& out);
    [[nodiscard]] bool read_member(JsonMembers& members);
    [[nodiscard]] std::string_view take_plain();
    [[nodiscard]] bool read_rest(std::string& out);
    [[nodiscard]] bool read_escape(std::string& out);
    [[nodiscard]] bool read_control(std::string& out);
    [[nodiscard]] bool read_int(Json& out);
    [[nodiscard]] bool read_word(std::string_view word);
    [[nodiscard]] bool enter();
    [[nodiscard]] bool refuse(const char* why);
    [[nodiscard]] bool refuse_string_byte();
    [[nodiscard]] bool take(char mark);

    const char* begin_;
    const char* at_;
    const char* end_;
    const char* why_ = "";
    int depth_ = 0;
};

bool JsonReader::read(Json& out) {
    if (at_ == end_) {
        return refuse("text ends where a value should stand");
    }
    switch (*at_) {
    case '"': {
        const std::string_view plain = take_plain();
        return read_rest(out.value_.emplace<std::string>(plain));
    }
    case '{': return read_object(out);
    case '[': return read_array(out);
    case 't': out.value_.emplace<bool>(true); return read_word("true");
    case 'f': out.value_.emplace<bool>(false); return read_word("false");
    case 'n': return read_word("null");
    default: return read_int(out);
    }
}

Error JsonReader::error() const {
    return Error{Errc::bad_json, why_, "byte " + std::to_string(at_ - begin_)};
}

bool JsonReader::read_object(Json& out) {
    if (!enter()) {
        return false;
    }
    auto& members = out.value_.emplace<JsonMembers>();
    if (!take('}')) {
        constexpr std::size_t usual_members = 8;
        members.reserve(usual_members);
        do {
            if (!read_member(members)) {
                return false;
            }
        } while (take(','));
        if (!take('}')) {
            return refuse("expected , or } (canonical text has no white space)");
        }
    }
    --depth_;
    return true;
}

bool JsonReader::read_array(Json& out) {
    if (!enter()) {
        return false;
    }
    auto& array = out.value_.emplace<JsonArray>();
    if (!take(']')) {
        constexpr std::size_t usual_elements = 4;
        array.reserve(usual_elements);
        do {
            if (!read(array.emplace_back())) {
                return false;
            }
        } while (take(','));
        if (!take(']')) {
            return refuse("expected , or ] (canonical text has no white space)");
        }
    }
    --depth_;
    return true;
}

bool JsonReader::read_member(JsonMembers& members) {
    const char* const start = at_;
    if (at_ == end_ || *at_ != '"') {
        return refuse("expected a key in quotes");
    }
    const std::string_view plain = take_plain();
    auto& [key, value] =
        members.emplace_back(std::piecewise_construct, std::tuple(plain), std::tuple());
    if (!read_rest(key)) {
        return false;
    }
    if (members.size() > 1) {
        const std::string& before = members[members.size() - 2].first;
        if (!(before < key)) {
            at_ = start;
            return refuse(
                before == key ? "the key stands twice" : "keys are not sorted by their bytes"
            );
        }
    }
    return take(':') ? read(value) : refuse("expected : behind the key");
}

/// The opening quote and what follows as it stands; mostly that is the whole string, made in one
/// step.
std::string_view JsonReader::take_plain() {
    const char* const start = ++at_;
    at_ = skip_plain(start, end_);
    return {start, at_};
}

/// From the first byte that does not stand as it is, behind the closing quote.
bool JsonReader::read_rest(std::string& out) {
    while (at_ != end_ && *at_ != '"') {
        if (*at_ != '\\') {
            return refuse_string_byte();
        }
        if (!read_escape(out)) {
            return false;
        }
        const char* const stop = skip_plain(at_, end_);
        out.append(at_, stop);
        at_ = stop;
    }
    return take('"') || refuse("text ends inside a string");
}

bool JsonReader::read_escape(std::string& out) {
    if (end_ - at_ < 2) {
        return refuse("text ends inside an escape");
    }
    switch (at_[1]) {
    case '"': out += '"'; break;
    case '\\': out += '\\'; break;
    case 'b': out += '\b'; break;
    case 't': out += '\t'; break;
    case 'n': out += '\n'; break;
    case 'f': out += '\f'; break;
    case 'r': out += '\r'; break;
    case 'u': return read_control(out);
    default: return refuse("canonical text does not escape this character");
    }
    at_ += 2;
    return true;
}

/// \u00xx, lower case, for the control characters that have no short escape.
bool JsonReader::read_control(std::string& out) {
    constexpr const char* wanted =
        "only control characters without a short escape are written \\u00xx, in lower case";
    constexpr std::size_t length = 6;
    if (static_cast<std::size_t>(end_ - at_) < length || std::memcmp(at_, "\\u00", 4) != 0) {
        return refuse(wanted);
    }
    const char high = at_[4];
    const char low = at_[5];
    const bool low_ok = (low >= '0' && low <= '9') || (low >= 'a' && low <= 'f');
    if ((high != '0' && high != '1') || !low_ok) {
        return refuse(wanted);
    }
    const int code = (high - '0') * 16 + (low <= '9' ? low - '0' : low - 'a' + 10);
    const bool has_short_form =
        code == '\b' || code == '\t' || code == '\n' || code == '\f' || code == '\r';
    if (has_short_form) {
        return refuse(wanted);
    }
    out += static_cast<char>(code);
    at_ += length;
    return true;
}

bool JsonReader::read_int(Json& out) {
    std::int64_t value = 0;
    const auto [stop, problem] = std::from_chars(at_, end_, value);
    if (problem == std::errc::result_out_of_range) {
        return refuse("the integer is beyond 64 bits");
    }
    if (problem != std::errc{}) {
        return refuse(
            "expected a value: an integer, a string, true, false, null, an array or an object"
        );
    }
    if (stop != end_ && (*stop == '.' || *stop == 'e' || *stop == 'E')) {
        return refuse("floats are not allowed; write an integer with its unit, or a string");
    }
    const bool negative = *at_ == '-';
    const char first = at_[negative ? 1 : 0];
    if (first == '0' && (negative || stop - at_ > 1)) {
        return refuse("an integer has no leading zero, and zero no sign");
    }
    out.value_.emplace<std::int64_t>(value);
    at_ = stop;
    return true;
}

bool JsonReader::read_word(std::string_view word) {
    if (!std::string_view(at_, end_).starts_with(word)) {
        return refuse("unknown word; the words are true, false and null");
    }
    at_ += word.size();
    return true;
}

bool JsonReader::enter() {
    if (depth_ == json_depth_max) {
        return refuse("nested deeper than 32");
    }
    ++depth_;
    ++at_;
    return true;
}

bool JsonReader::refuse(const char* why) {
    why_ = why;
    return false;
}

bool JsonReader::refuse_string_byte() {
    const bool is_ascii = static_cast<unsigned char>(*at_) < 0x80;
    return refuse(
        is_ascii ? "a control character in a string must be escaped" : "the text is not UTF-8 here"
    );
}

bool JsonReader::take(char mark) {
    if (at_ == end_ || *at_ != mark) {
        return false;
    }
    ++at_;
    return true;
}

}  // namespace impl

Result<Json> parse_canonical(std::string_view text) {
    if (text.size() > json_bytes_max) {
        return fail(
            Errc::bad_json,
            "the text has " + std::to_string(text.size()) + " bytes, at most 4 MiB are read"
        );
    }
    impl::JsonReader reader(text);
    Result<Json> out;
    if (!reader.read(*out) || !reader.at_end()) {
        out = std::unexpected(reader.error());
    }
    return out;
}

}  // namespace zt
