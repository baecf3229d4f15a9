#include "base/json.hpp"

#include "base/check.hpp"
#include "base/impl/json_scan.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

namespace zt {
namespace {

const Json null_json;

JsonMembers::const_iterator place_of(const JsonMembers& members, std::string_view key);
void append_string(std::string& out, std::string_view text);

/// Writes both forms; in the pretty one each element stands on a line of its own.
class Writer {
  public:
    enum class Layout : std::uint8_t { canonical, pretty };

    Writer(std::string& out, Layout layout) : out_(out), layout_(layout) {}
    void write(const Json& value);

  private:
    void write_array(const JsonArray& array);
    void write_object(const JsonMembers& members);
    void open(char bracket);
    void close(char bracket, std::size_t count);
    void next(std::size_t index);
    void new_line();

    std::string& out_;
    Layout layout_;
    int depth_ = 0;
};

}  // namespace

bool Json::as_bool() const {
    const bool* value = std::get_if<bool>(&value_);
    return value != nullptr && *value;
}

std::int64_t Json::as_int(std::int64_t otherwise) const {
    const std::int64_t* value = std::get_if<std::int64_t>(&value_);
    return value != nullptr ? *value : otherwise;
}

const std::string& Json::as_string() const {
    static const std::string empty;
    const std::string* value = std::get_if<std::string>(&value_);
    return value != nullptr ? *value : empty;
}

const JsonArray& Json::as_array() const {
    static const JsonArray empty;
    const JsonArray* value = std::get_if<JsonArray>(&value_);
    return value != nullptr ? *value : empty;
}

const JsonMembers& Json::members() const {
    static const JsonMembers empty;
    const JsonMembers* value = std::get_if<JsonMembers>(&value_);
    return value != nullptr ? *value : empty;
}

const Json* Json::find(std::string_view key) const {
    const JsonMembers* members = std::get_if<JsonMembers>(&value_);
    if (members == nullptr) {
        return nullptr;
    }
    // Payloads have a dozen members: comparing lengths first beats bisecting there.
    constexpr std::size_t walked_max = 16;
    if (members->size() <= walked_max) {
        for (const auto& [name, value] : *members) {
            if (name == key) {
                return &value;
            }
        }
        return nullptr;
    }
    const auto place = place_of(*members, key);
    return place != members->end() && place->first == key ? &place->second : nullptr;
}

const Json& Json::operator[](std::string_view key) const {
    const Json* value = find(key);
    return value != nullptr ? *value : null_json;
}

Json& Json::set(std::string key, Json value) {
    if (is_null()) {
        value_.emplace<JsonMembers>();
    }
    JsonMembers* members = std::get_if<JsonMembers>(&value_);
    CHECK(members != nullptr);
    if (members->empty() || members->back().first < key) {
        members->emplace_back(std::move(key), std::move(value));
        return *this;
    }
    const auto place = members->begin() + (place_of(*members, key) - members->cbegin());
    if (place->first == key) {
        place->second = std::move(value);
    } else {
        members->emplace(place, std::move(key), std::move(value));
    }
    return *this;
}

void Json::erase(std::string_view key) {
    JsonMembers* members = std::get_if<JsonMembers>(&value_);
    if (members == nullptr) {
        return;
    }
    const auto place = place_of(*members, key);
    if (place != members->end() && place->first == key) {
        members->erase(place);
    }
}

Json& Json::push(Json value) {
    if (is_null()) {
        value_.emplace<JsonArray>();
    }
    JsonArray* array = std::get_if<JsonArray>(&value_);
    CHECK(array != nullptr);
    array->push_back(std::move(value));
    return *this;
}

std::string to_canonical(const Json& value) {
    constexpr std::size_t usual_bytes = 512;
    std::string out;
    out.reserve(usual_bytes);
    append_canonical(out, value);
    return out;
}

void append_canonical(std::string& out, const Json& value) {
    Writer(out, Writer::Layout::canonical).write(value);
}

void append_canonical(std::string& out, std::string_view text) { append_string(out, text); }

void append_canonical(std::string& out, std::int64_t number) {
    std::array<char, 24> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    out.append(digits.data(), written.ptr);
}

std::string to_pretty(const Json& value) {
    std::string out;
    Writer(out, Writer::Layout::pretty).write(value);
    return out;
}

namespace {

JsonMembers::const_iterator place_of(const JsonMembers& members, std::string_view key) {
    return std::ranges::lower_bound(members, key, {}, [](const auto& member) {
        return std::string_view(member.first);
    });
}

void Writer::write(const Json& value) {
    if (value.is_string()) {
        append_string(out_, value.as_string());
    } else if (value.is_int()) {
        append_canonical(out_, value.as_int());
    } else if (value.is_object()) {
        write_object(value.members());
    } else if (value.is_array()) {
        write_array(value.as_array());
    } else if (value.is_bool()) {
        out_ += value.as_bool() ? "true" : "false";
    } else {
        out_ += "null";
    }
}

void Writer::write_array(const JsonArray& array) {
    open('[');
    for (std::size_t index = 0; index < array.size(); ++index) {
        next(index);
        write(array[index]);
    }
    close(']', array.size());
}

void Writer::write_object(const JsonMembers& members) {
    open('{');
    for (std::size_t index = 0; index < members.size(); ++index) {
        next(index);
        append_string(out_, members[index].first);
        out_ += layout_ == Layout::pretty ? ": " : ":";
        write(members[index].second);
    }
    close('}', members.size());
}

void Writer::open(char bracket) {
    CHECK(depth_ < json_depth_max);
    ++depth_;
    out_ += bracket;
}

void Writer::close(char bracket, std::size_t count) {
    --depth_;
    if (count > 0) {
        new_line();
    }
    out_ += bracket;
}

void Writer::next(std::size_t index) {
    if (index > 0) {
        out_ += ',';
    }
    new_line();
}

void Writer::new_line() {
    if (layout_ == Layout::pretty) {
        out_ += '\n';
        out_.append(static_cast<std::size_t>(depth_) * 2, ' ');
    }
}

void append_escape(std::string& out, char byte) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += '\\';
    switch (byte) {
    case '"':
    case '\\': out += byte; return;
    case '\b': out += 'b'; return;
    case '\t': out += 't'; return;
    case '\n': out += 'n'; return;
    case '\f': out += 'f'; return;
    case '\r': out += 'r'; return;
    default: break;
    }
    const auto code = static_cast<unsigned char>(byte);
    CHECK(code < 0x20);  // else the string is not UTF-8
    out += "u00";
    out += digits[code >> 4U];
    out += digits[code & 0xFU];
}

void append_string(std::string& out, std::string_view text) {
    const char* at = text.data();
    const char* const end = at + text.size();
    out += '"';
    while (true) {
        const char* const stop = impl::skip_plain(at, end);
        out.append(at, stop);
        if (stop == end) {
            break;
        }
        append_escape(out, *stop);
        at = stop + 1;
    }
    out += '"';
}

}  // namespace
}  // namespace zt
