// Reading canonical JSON: json_cursor.hpp, and parse_canonical of json.hpp. Strict on purpose: the
// ledger hashes the text, so a second spelling of a value (spaces, other order, other escapes)
// would be a second hash for the same event, and is refused.

#include "base/impl/json_scan.hpp"
#include "base/json_cursor.hpp"

#include <charconv>
#include <cstring>
#include <system_error>
#include <tuple>
#include <utility>

namespace zt {

using impl::skip_plain;

namespace {

constexpr const char* expected_key = "expected a key in quotes";
constexpr const char* key_stands_twice = "the key stands twice";
constexpr const char* keys_not_sorted = "keys are not sorted by their bytes";
constexpr const char* expected_end_of_object =
    "expected , or } (canonical text has no white space)";

}  // namespace

bool JsonCursor::read(Json& out) {
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
    case 't':
    case 'f': return read(out.value_.emplace<bool>());
    case 'n': return read_word("null");
    default:
        if (*at_ != '-' && (*at_ < '0' || *at_ > '9')) {
            return refuse(
                "expected a value: an integer, a string, true, false, null, an array or an object"
            );
        }
        return read(out.value_.emplace<std::int64_t>());
    }
}

bool JsonCursor::read(std::string& out) {
    if (!at_string("expected a string")) {
        return false;
    }
    out.assign(take_plain());
    return read_rest(out);
}

bool JsonCursor::read(std::string_view& out) {
    if (!at_string("expected a string")) {
        return false;
    }
    out = take_plain();
    if (take('"')) {
        return true;
    }
    unescaped_.assign(out);
    const bool is_read = read_rest(unescaped_);
    out = unescaped_;
    return is_read;
}

bool JsonCursor::read(bool& out) {
    out = at_ != end_ && *at_ == 't';
    return read_word(out ? "true" : "false");
}

bool JsonCursor::take_null() { return at_ != end_ && *at_ == 'n' && read_word("null"); }

bool JsonCursor::pass_over() {
    Json passed_over;
    return read(passed_over);
}

Error JsonCursor::error() const {
    return Error{Errc::bad_json, why_, "byte " + std::to_string(failed_at_ - begin_)};
}

bool JsonCursor::read_object(Json& out) {
    if (!enter('{', "expected an object")) {
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
            return refuse(expected_end_of_object);
        }
    }
    --depth_;
    return true;
}

bool JsonCursor::read_array(Json& out) {
    auto& array = out.value_.emplace<JsonArray>();
    JsonElements elements(*this);
    while (elements.next()) {
        if (!read(array.emplace_back())) {
            return false;
        }
    }
    return !has_failed();
}

bool JsonElements::next() {
    if (at_ == At::behind) {
        return false;
    }
    const bool is_first = at_ == At::before;
    if (is_first && !cursor_.enter('[', "expected an array")) {
        at_ = At::behind;
        return false;
    }
    at_ = At::within;
    if (is_first ? !cursor_.take(']') : cursor_.take(',')) {
        return true;
    }
    at_ = At::behind;
    --cursor_.depth_;
    return !is_first && !cursor_.take(']') &&
           cursor_.refuse("expected , or ] (canonical text has no white space)");
}

JsonNames::JsonNames(JsonCursor& cursor)
    : cursor_(cursor), is_over_(!cursor.enter('{', "expected an object")) {}

bool JsonNames::has(std::string_view name) {
    while (!is_over_ && (has_name_ || take_name())) {
        if (name_ > name) {
            return false;
        }
        has_name_ = false;
        if (name_ == name) {
            return true;
        }
        is_over_ = !cursor_.pass_over();
    }
    return false;
}

void JsonNames::finish() {
    while (!is_over_ && (has_name_ || take_name())) {
        has_name_ = false;
        is_over_ = !cursor_.pass_over();
    }
}

bool JsonNames::take_name() {
    if (is_first_ ? cursor_.take('}') : !cursor_.take(',')) {
        is_over_ = true;
        --cursor_.depth_;
        return !is_first_ && !cursor_.take('}') && cursor_.refuse(expected_end_of_object);
    }
    std::string_view name;
    const bool is_read = cursor_.at_string(expected_key) && cursor_.read(name);
    if (is_read && name.data() == cursor_.unescaped_.data()) {
        is_over_ = !cursor_.refuse("none of the names that may stand here has an escape");
    } else if (is_read && !is_first_ && name <= name_) {
        is_over_ = !cursor_.refuse(name == name_ ? key_stands_twice : keys_not_sorted);
    } else {
        is_over_ = !is_read || !cursor_.take_colon();
    }
    is_first_ = false;
    name_ = name;
    has_name_ = !is_over_;
    return has_name_;
}

bool JsonCursor::read_member(JsonMembers& members) {
    const char* const start = at_;
    if (!at_string(expected_key)) {
        return false;
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
            return refuse(before == key ? key_stands_twice : keys_not_sorted);
        }
    }
    return take_colon() && read(value);
}

/// The opening quote and what follows as it stands; mostly that is the whole string, made in one
/// step.
std::string_view JsonCursor::take_plain() {
    const char* const start = ++at_;
    at_ = skip_plain(start, end_);
    return {start, at_};
}

/// From the first byte that does not stand as it is, behind the closing quote.
bool JsonCursor::read_rest(std::string& out) {
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

bool JsonCursor::read_escape(std::string& out) {
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
bool JsonCursor::read_control(std::string& out) {
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

bool JsonCursor::read(std::int64_t& out) {
    std::int64_t value = 0;
    const auto [stop, problem] = std::from_chars(at_, end_, value);
    if (problem == std::errc::result_out_of_range) {
        return refuse("the integer is beyond 64 bits");
    }
    if (problem != std::errc{}) {
        return refuse("expected an integer");
    }
    if (stop != end_ && (*stop == '.' || *stop == 'e' || *stop == 'E')) {
        return refuse("floats are not allowed; write an integer with its unit, or a string");
    }
    const bool negative = *at_ == '-';
    const char first = at_[negative ? 1 : 0];
    if (first == '0' && (negative || stop - at_ > 1)) {
        return refuse("an integer has no leading zero, and zero no sign");
    }
    out = value;
    at_ = stop;
    return true;
}

bool JsonCursor::read_word(std::string_view word) {
    if (!std::string_view(at_, end_).starts_with(word)) {
        return refuse("unknown word; the words are true, false and null");
    }
    at_ += word.size();
    return true;
}

bool JsonCursor::enter(char bracket, const char* expected) {
    if (at_ == end_ || *at_ != bracket) {
        return refuse(expected);
    }
    if (depth_ == json_depth_max) {
        return refuse("nested deeper than 32");
    }
    ++depth_;
    ++at_;
    return true;
}

/// Behind a failure stands nothing more.
bool JsonCursor::refuse(const char* why) {
    if (why_ == nullptr) {
        why_ = why;
        failed_at_ = std::exchange(at_, end_);
    }
    return false;
}

bool JsonCursor::refuse_string_byte() {
    const bool is_ascii = static_cast<unsigned char>(*at_) < 0x80;
    return refuse(
        is_ascii ? "a control character in a string must be escaped" : "the text is not UTF-8 here"
    );
}

bool JsonCursor::at_string(const char* expected) {
    return (at_ != end_ && *at_ == '"') || refuse(expected);
}

bool JsonCursor::take_colon() { return take(':') || refuse("expected : behind the key"); }

bool JsonCursor::take(char mark) {
    if (at_ == end_ || *at_ != mark) {
        return false;
    }
    ++at_;
    return true;
}

Result<Json> parse_canonical(std::string_view text) {
    if (text.size() > json_bytes_max) {
        return fail(
            Errc::bad_json,
            "the text has " + std::to_string(text.size()) + " bytes, at most 4 MiB are read"
        );
    }
    JsonCursor reader(text);
    Result<Json> out;
    if (!reader.read(*out) || !reader.at_end()) {
        out = std::unexpected(reader.error());
    }
    return out;
}

}  // namespace zt
