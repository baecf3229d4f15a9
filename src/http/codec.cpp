#include "http/codec.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <limits>

namespace zt::http {

namespace {

Result<std::string> read_short(const Json& json, const Place& place, std::string_view expected) {
    if (!json.is_string()) {
        return wrong_field(place, expected);
    }
    return json.as_string();
}

/// Another error at this place, with what it said of itself.
std::unexpected<Error> wrong_value(const Place& place, Error error) {
    return fail(Errc::bad_field, std::move(error.detail), place.pointer());
}

std::string listed(std::span<const std::string_view> words) {
    std::string text;
    for (const std::string_view word : words) {
        text += (text.empty() ? "" : ", ") + std::string(word);
    }
    return text;
}

}  // namespace

std::string Place::pointer() const {
    if (around_ == nullptr) {
        return {};
    }
    std::string text = around_->pointer() + "/";
    if (index_) {
        return text + std::to_string(*index_);
    }
    for (const char one : name_) {
        if (one == '~') {
            text += "~0";
        } else if (one == '/') {
            text += "~1";
        } else {
            text += one;
        }
    }
    return text;
}

std::unexpected<Error> wrong_field(const Place& place, std::string_view expected) {
    return fail(Errc::bad_field, "expected is " + std::string(expected), place.pointer());
}

std::unexpected<Error> missing_member(const Place& place) {
    return fail(Errc::missing_field, "the member is missing", place.pointer());
}

Result<std::int64_t> read_number(const Json& json, const FieldRow& row, const Place& place) {
    const std::int64_t number = json.as_int();
    const std::int64_t min = row.min.value_or(std::numeric_limits<std::int64_t>::min());
    const std::int64_t max = row.max.value_or(std::numeric_limits<std::int64_t>::max());
    if (!json.is_int() || number < min || number > max) {
        return wrong_field(
            place, "a number from " + std::to_string(min) + " to " + std::to_string(max)
        );
    }
    return number;
}

Result<std::string> read_text(const Json& json, const FieldRow& row, const Place& place) {
    TRY(auto text, read_short(json, place, "a text"));
    const auto count = static_cast<std::int64_t>(count_characters(text));
    const std::int64_t min = row.min.value_or(0);
    const std::int64_t max = row.max.value_or(text_characters_max);
    if (count < min || count > max) {
        return wrong_field(
            place, "a text of " + std::to_string(min) + " to " + std::to_string(max) + " characters"
        );
    }
    return text;
}

Result<std::size_t>
read_word(const Json& json, std::span<const std::string_view> words, const Place& place) {
    const auto found = std::ranges::find(words, std::string_view(json.as_string()));
    if (!json.is_string() || found == words.end()) {
        return wrong_field(place, "one of " + listed(words));
    }
    return static_cast<std::size_t>(found - words.begin());
}

Result<void>
refuse_unknown(const Json& json, std::span<const std::string_view> names, const Place& place) {
    for (const auto& [name, value] : json.members()) {
        if (std::ranges::find(names, std::string_view(name)) == names.end()) {
            return fail(
                Errc::unknown_field,
                "there is no such member; there are " + listed(names),
                Place(place, name).pointer()
            );
        }
    }
    return {};
}

Result<void> expect_object(const Json& json, const Place& place) {
    if (!json.is_object()) {
        return wrong_field(place, "an object");
    }
    return {};
}

Result<void> expect_array(const Json& json, const FieldRow& row, const Place& place) {
    if (!json.is_array() || std::cmp_greater(json.as_array().size(), row.items_max)) {
        return wrong_field(place, "a list of at most " + std::to_string(row.items_max));
    }
    return {};
}

Result<void> Codec<UtcMs>::read(const Json& json, const FieldRow&, const Place& place, UtcMs& out) {
    TRY(const auto text, read_short(json, place, "an instant"));
    const auto at = parse_instant(text);
    if (!at) {
        return wrong_value(place, at.error());
    }
    out = *at;
    return {};
}

Result<void> Codec<Date>::read(const Json& json, const FieldRow&, const Place& place, Date& out) {
    TRY(const auto text, read_short(json, place, "a date"));
    const auto day = parse_date(text);
    if (!day) {
        return wrong_value(place, day.error());
    }
    out = *day;
    return {};
}

Result<void> Codec<Uuid>::read(const Json& json, const FieldRow&, const Place& place, Uuid& out) {
    TRY(const auto text, read_short(json, place, "a UUID"));
    const auto uuid = parse_uuid(text);
    if (!uuid) {
        return wrong_value(place, uuid.error());
    }
    out = *uuid;
    return {};
}

Json typed_schema(std::string_view type, std::string_view format) {
    Json schema = Json::object();
    schema.set("type", type);
    if (!format.empty()) {
        schema.set("format", format);
    }
    return schema;
}

Json number_schema(std::int64_t min, std::int64_t max) {
    Json schema = typed_schema("integer");
    if (min != std::numeric_limits<std::int64_t>::min()) {
        schema.set("minimum", min);
    }
    if (max != std::numeric_limits<std::int64_t>::max()) {
        schema.set("maximum", max);
    }
    return schema;
}

Json words_schema(std::span<const std::string_view> words) {
    Json schema = typed_schema("string");
    Json all = Json::array();
    for (const std::string_view word : words) {
        all.push(word);
    }
    return schema.set("enum", std::move(all));
}

namespace {

void set_bounds(Json& schema, const FieldRow& row) {
    const std::string& type = schema["type"].as_string();
    if (type == "integer") {
        if (row.min) {
            schema.set("minimum", *row.min);
        }
        if (row.max) {
            schema.set("maximum", *row.max);
        }
    } else if (type == "string" && schema.find("format") == nullptr &&
               schema.find("enum") == nullptr) {
        if (row.min) {
            schema.set("minLength", *row.min);
        }
        schema.set("maxLength", row.max.value_or(text_characters_max));
        if (!row.format.empty()) {
            schema.set("format", row.format);
        }
    }
}

}  // namespace

Json with_row(Json schema, const FieldRow& row) {
    if (schema["type"].as_string() == "array") {
        Json items = schema["items"];
        set_bounds(items, row);
        schema.set("items", std::move(items)).set("maxItems", row.items_max);
    } else {
        set_bounds(schema, row);
    }
    if (!row.help.empty()) {
        schema.set("description", row.help);
    }
    return schema;
}

std::string component_name(std::string_view spelled) {
    // "… component_name_of() [T = zt::http::Page<zt::http::Row>]"
    const std::size_t from = spelled.find("T = ");
    CHECK(from != std::string_view::npos);
    std::string name, word;
    for (const char one : spelled.substr(from + 4)) {
        const bool is_word = (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') ||
                             (one >= '0' && one <= '9') || one == '_';
        if (is_word) {
            word += one;
        } else if (one == ':' || one == ' ' || one == '(' || one == ')') {
            word.clear();  // a namespace
        } else if (!word.empty()) {
            name += (name.empty() ? "" : "_") + word;
            word.clear();
        }
    }
    return name;
}

Schema none() { return {}; }

Schema any_json() {
    return {"Json", [](Components&) { return Json::object(); }};
}

Schema any_bytes() {
    return {"Bytes", [](Components&) { return typed_schema("string", "binary"); }};
}

Json Components::refer(std::string_view name, Describe describe) {
    const auto [place, is_new] = describers_.emplace(std::string(name), describe);
    CHECK(place->second == describe);
    if (is_new) {
        // Entered before it is described: a struct that holds itself comes back here.
        Json schema = describe(*this);
        schemas_.emplace(std::string(name), std::move(schema));
    }
    return Json::object().set("$ref", "#/components/schemas/" + std::string(name));
}

}  // namespace zt::http
