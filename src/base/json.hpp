#pragma once
// The value that event payloads are made of, and its canonical text: sorted keys, integers and
// strings, no floats, no white space. The ledger hashes this text, so there is exactly one text for
// a value. Reading JSON from outside (with floats, any order) is Boost.JSON's work in the adapters;
// this reader is strict and refuses all else.

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace zt {

class Json;
class JsonCursor;
using JsonArray = std::vector<Json>;
/// Kept sorted by key (byte order), keys unique.
using JsonMembers = std::vector<std::pair<std::string, Json>>;

class Json {
  public:
    Json() = default;
    Json(std::nullptr_t) {}
    Json(bool value) : value_(value) {}
    Json(std::int64_t value) : value_(value) {}
    Json(int value) : value_(static_cast<std::int64_t>(value)) {}
    Json(std::string value) : value_(std::move(value)) {}
    Json(std::string_view value) : value_(std::string(value)) {}
    Json(const char* value) : value_(std::string(value)) {}
    Json(JsonArray value) : value_(std::move(value)) {}
    [[nodiscard]] static Json object() {
        Json j;
        j.value_ = JsonMembers{};
        return j;
    }
    [[nodiscard]] static Json array() { return Json(JsonArray{}); }

    [[nodiscard]] bool is_null() const { return value_.index() == 0; }
    [[nodiscard]] bool is_bool() const { return value_.index() == 1; }
    [[nodiscard]] bool is_int() const { return value_.index() == 2; }
    [[nodiscard]] bool is_string() const { return value_.index() == 3; }
    [[nodiscard]] bool is_array() const { return value_.index() == 4; }
    [[nodiscard]] bool is_object() const { return value_.index() == 5; }

    /// Each returns the value, or the fallback (empty, 0, false) when it is of another type.
    [[nodiscard]] bool as_bool() const;
    [[nodiscard]] std::int64_t as_int(std::int64_t otherwise = 0) const;
    [[nodiscard]] const std::string& as_string() const;
    [[nodiscard]] const JsonArray& as_array() const;
    [[nodiscard]] const JsonMembers& members() const;

    /// The member of that name, or null when absent or not an object.
    [[nodiscard]] const Json* find(std::string_view key) const;
    /// As find, but a null value when absent.
    [[nodiscard]] const Json& operator[](std::string_view key) const;
    /// Sets or replaces a member; turns a null into an object first. Returns *this for chaining.
    Json& set(std::string key, Json value);
    void erase(std::string_view key);
    /// Appends; turns a null into an array first.
    Json& push(Json value);

    bool operator==(const Json&) const = default;

  private:
    friend class JsonCursor;
    std::variant<std::monostate, bool, std::int64_t, std::string, JsonArray, JsonMembers> value_;
};

/// Deepest nesting of arrays and objects that is written or read.
inline constexpr int json_depth_max = 32;
/// Longest text that is read: far above any payload, far below what would hurt.
inline constexpr std::size_t json_bytes_max = std::size_t{4} << 20U;

/// The one canonical text. Escapes are those of RFC 8785: \" \\ \b \t \n \f \r, other control
/// characters \u00xx; all else stands as it is. A string that is not UTF-8, or nesting beyond the
/// limit, is a bug of the caller (CHECK): what comes from outside is examined where it comes in.
[[nodiscard]] std::string to_canonical(const Json& value);
void append_canonical(std::string& out, const Json& value);
/// The same for a text or a number that is in no Json: what is written most is written directly.
/// in: UTF-8.
void append_canonical(std::string& out, std::string_view text);
void append_canonical(std::string& out, std::int64_t number);
/// The same with line breaks and two-space indents, for people.
[[nodiscard]] std::string to_pretty(const Json& value);
/// Reads canonical text and nothing else (depth and size as above). errors: bad_json, at = `byte
/// N`.
[[nodiscard]] Result<Json> parse_canonical(std::string_view text);

}  // namespace zt
