#pragma once
// Codec: described structs (Boost.Describe) from and to JSON. One description of a struct gives the
// reading with its checks, the writing, and the schema in OpenAPI and TypeScript.
//
// Readable are bool, integers, std::string, enums by name, UtcMs, Date, Uuid, ids, Json (free
// form), other described structs, std::vector and std::map of these, and std::optional of these,
// which alone may be absent. Limits of a member stand in a row:
//
//   struct HandIn { std::string title; std::optional<std::int64_t> area; };
//   BOOST_DESCRIBE_STRUCT(HandIn, (), (title, area))
//   constexpr auto field_rows(const HandIn*) {
//       return std::array{FieldRow{.name = "title", .help = "One line.", .min = 1, .max = 200}};
//   }

#include "base/check.hpp"
#include "base/id.hpp"
#include "base/uuid.hpp"
#include "http/call.hpp"
#include "http/schema.hpp"

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include <array>
#include <concepts>
#include <limits>
#include <optional>
#include <span>
#include <type_traits>

namespace zt::http {

/// Characters of a text whose row says nothing else: a long letter.
inline constexpr std::int64_t text_characters_max = 20'000;
/// Values of a list whose row says nothing else.
inline constexpr std::int64_t list_items_max = 1'000;

/// What a member may be. min and max are characters of a text, or the range of a number; of a list,
/// they are those of each of its values.
struct FieldRow {
    std::string_view name;
    std::string_view help = {};    ///< for OpenAPI, English
    std::string_view format = {};  ///< JSON Schema's, told and not checked: "uri"
    std::optional<std::int64_t> min = {}, max = {};
    std::int64_t items_max = list_items_max;
};

/// Reads JSON from outside: strict UTF-8 without NUL, integers of 64 bits and no floats, no key
/// twice, nothing behind the value, nesting as json_depth_max. errors: bad_utf8, bad_json, with
/// `at` the pointer to the value or the one around it.
[[nodiscard]] Result<Json> parse_json(std::string_view bytes);

/// Where in a body a value stands. Borrows the place around it and the name.
class Place {
  public:
    Place() = default;
    Place(const Place& around, std::string_view name) : around_(&around), name_(name) {}
    Place(const Place& around, std::size_t index) : around_(&around), index_(index) {}
    /// RFC 6901: "/fields/place", "" for the whole.
    [[nodiscard]] std::string pointer() const;

  private:
    const Place* around_ = nullptr;
    std::string_view name_;
    std::optional<std::size_t> index_;
};

/// Reading, writing and schema of one type. Errors of read: bad_field, missing_field,
/// unknown_field.
template <class T>
struct Codec;

/// errors: those of Codec.
template <class T>
[[nodiscard]] Result<T> from_json(const Json& json) {
    T value{};
    TRY_VOID(Codec<T>::read(json, FieldRow{}, Place{}, value));
    return value;
}

template <class T>
[[nodiscard]] Json to_json(const T& value) {
    return Codec<T>::write(value);
}

/// The body of a call. errors: media_type_unsupported (not application/json), those of parse_json
/// and Codec.
template <class T>
[[nodiscard]] Result<T> read_body(const Call& call) {
    TRY_VOID(expect_json(call));
    TRY(const Json json, parse_json(call.body));
    return from_json<T>(json);
}

template <class T>
[[nodiscard]] Schema schema_of();

// ---- below: how it is done ---------------------------------------------------------------------

[[nodiscard]] std::unexpected<Error> wrong_field(const Place& place, std::string_view expected);
[[nodiscard]] Result<std::int64_t>
read_number(const Json& json, const FieldRow& row, const Place& place);
[[nodiscard]] Result<std::string>
read_text(const Json& json, const FieldRow& row, const Place& place);
[[nodiscard]] Result<std::size_t>
read_word(const Json& json, std::span<const std::string_view> words, const Place& place);
[[nodiscard]] Result<void>
refuse_unknown(const Json& json, std::span<const std::string_view> names, const Place& place);
[[nodiscard]] Result<void> expect_object(const Json& json, const Place& place);
[[nodiscard]] Result<void> expect_array(const Json& json, const FieldRow& row, const Place& place);
[[nodiscard]] std::unexpected<Error> missing_member(const Place& place);

/// {"type": TYPE} with what the row says of a text or a number.
[[nodiscard]] Json number_schema(std::int64_t min, std::int64_t max);
[[nodiscard]] Json typed_schema(std::string_view type, std::string_view format = {});
[[nodiscard]] Json words_schema(std::span<const std::string_view> words);
/// Puts what the row says on the schema of a member.
[[nodiscard]] Json with_row(Json schema, const FieldRow& row);
/// "zt::http::Page<zt::http::Row>" → "Page_Row".
[[nodiscard]] std::string component_name(std::string_view spelled);

template <class T>
concept DescribedStruct = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;
template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

template <class T>
inline constexpr bool is_optional_member = false;
template <class T>
inline constexpr bool is_optional_member<std::optional<T>> = true;

template <class T>
using MembersOf = boost::describe::
    describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

/// A member or enumerator that would be a word of the language carries an underscore behind.
constexpr std::string_view without_underscore(std::string_view name) {
    return name.ends_with('_') ? name.substr(0, name.size() - 1) : name;
}

template <template <class...> class List, class... Ones>
constexpr auto names_in(List<Ones...>) {
    return std::array<std::string_view, sizeof...(Ones)>{without_underscore(Ones::name)...};
}
template <class T>
inline constexpr auto member_names = names_in(MembersOf<T>{});

template <class T>
consteval bool rows_name_members() {
    if constexpr (requires { field_rows(static_cast<const T*>(nullptr)); }) {
        for (const FieldRow& row : field_rows(static_cast<const T*>(nullptr))) {
            bool is_member = false;
            for (const std::string_view name : member_names<T>) {
                is_member = is_member || name == row.name;
            }
            if (!is_member) {
                return false;
            }
        }
    }
    return true;
}

template <class T>
consteval FieldRow row_of(std::string_view member) {
    if constexpr (requires { field_rows(static_cast<const T*>(nullptr)); }) {
        for (const FieldRow& row : field_rows(static_cast<const T*>(nullptr))) {
            if (row.name == member) {
                return row;
            }
        }
    }
    return FieldRow{.name = member};
}

template <>
struct Codec<bool> {
    static Result<void> read(const Json& json, const FieldRow&, const Place& place, bool& out) {
        if (!json.is_bool()) {
            return wrong_field(place, "true or false");
        }
        out = json.as_bool();
        return {};
    }
    static Json write(bool value) { return value; }
    static Json schema(Components&) { return typed_schema("boolean"); }
};

template <std::integral T>
struct Codec<T> {
    static constexpr auto lowest = static_cast<std::int64_t>(std::numeric_limits<T>::min());
    static constexpr auto highest = std::in_range<std::int64_t>(std::numeric_limits<T>::max())
                                        ? static_cast<std::int64_t>(std::numeric_limits<T>::max())
                                        : std::numeric_limits<std::int64_t>::max();

    static Result<void> read(const Json& json, const FieldRow& row, const Place& place, T& out) {
        FieldRow bounds = row;
        bounds.min = row.min.value_or(lowest);
        bounds.max = row.max.value_or(highest);
        TRY(const std::int64_t number, read_number(json, bounds, place));
        out = static_cast<T>(number);
        return {};
    }
    static Json write(T value) {
        CHECK(std::in_range<std::int64_t>(value));
        return static_cast<std::int64_t>(value);
    }
    static Json schema(Components&) { return number_schema(lowest, highest); }
};

template <>
struct Codec<std::string> {
    static Result<void>
    read(const Json& json, const FieldRow& row, const Place& place, std::string& out) {
        TRY(out, read_text(json, row, place));
        return {};
    }
    static Json write(const std::string& value) { return value; }
    static Json schema(Components&) { return typed_schema("string"); }
};

template <>
struct Codec<Json> {
    static Result<void> read(const Json& json, const FieldRow&, const Place&, Json& out) {
        out = json;
        return {};
    }
    static Json write(const Json& value) { return value; }
    static Json schema(Components&) { return Json::object(); }
};

template <>
struct Codec<UtcMs> {
    static Result<void> read(const Json& json, const FieldRow&, const Place& place, UtcMs& out);
    static Json write(UtcMs value) { return to_iso_utc(value); }
    static Json schema(Components&) { return typed_schema("string", "date-time"); }
};

template <>
struct Codec<Date> {
    static Result<void> read(const Json& json, const FieldRow&, const Place& place, Date& out);
    static Json write(Date value) { return to_string(value); }
    static Json schema(Components&) { return typed_schema("string", "date"); }
};

template <>
struct Codec<Uuid> {
    static Result<void> read(const Json& json, const FieldRow&, const Place& place, Uuid& out);
    static Json write(const Uuid& value) { return to_string(value); }
    static Json schema(Components&) { return typed_schema("string", "uuid"); }
};

template <class Tag>
struct Codec<Id<Tag>> {
    static Result<void>
    read(const Json& json, const FieldRow& row, const Place& place, Id<Tag>& out) {
        FieldRow bounds = row;
        bounds.min = row.min.value_or(1);
        bounds.max = row.max.value_or(std::numeric_limits<std::int64_t>::max());
        TRY(out.value, read_number(json, bounds, place));
        return {};
    }
    static Json write(Id<Tag> value) { return value.value; }
    static Json schema(Components&) {
        return number_schema(1, std::numeric_limits<std::int64_t>::max());
    }
};

template <DescribedEnum T>
struct Codec<T> {
    using All = boost::describe::describe_enumerators<T>;
    static constexpr auto words = names_in(All{});

    static Result<void> read(const Json& json, const FieldRow&, const Place& place, T& out) {
        TRY(const std::size_t index, read_word(json, words, place));
        boost::mp11::mp_with_index<words.size()>(index, [&out](auto number) {
            out = boost::mp11::mp_at<All, decltype(number)>::value;
        });
        return {};
    }
    static Json write(T value) {
        std::string_view word;
        boost::mp11::mp_for_each<All>([&](auto one) {
            if (one.value == value) {
                word = without_underscore(one.name);
            }
        });
        CHECK(!word.empty());
        return word;
    }
    static Json schema(Components&) { return words_schema(words); }
};

template <class T>
struct Codec<std::optional<T>> {
    static Result<void>
    read(const Json& json, const FieldRow& row, const Place& place, std::optional<T>& out) {
        if (json.is_null()) {
            out.reset();
            return {};
        }
        return Codec<T>::read(json, row, place, out.emplace());
    }
    static Json write(const std::optional<T>& value) {
        return value ? Codec<T>::write(*value) : Json();
    }
    static Json schema(Components& into) { return Codec<T>::schema(into); }
};

template <class T>
struct Codec<std::vector<T>> {
    static Result<void>
    read(const Json& json, const FieldRow& row, const Place& place, std::vector<T>& out) {
        TRY_VOID(expect_array(json, row, place));
        out.clear();
        out.reserve(json.as_array().size());
        for (const Json& one : json.as_array()) {
            T value{};
            TRY_VOID(Codec<T>::read(one, row, Place(place, out.size()), value));
            out.push_back(std::move(value));
        }
        return {};
    }
    static Json write(const std::vector<T>& values) {
        JsonArray array;
        array.reserve(values.size());
        for (const auto& value : values) {
            array.push_back(Codec<T>::write(value));
        }
        return array;
    }
    static Json schema(Components& into) {
        return typed_schema("array").set("items", Codec<T>::schema(into));
    }
};

template <class T, class Less>
struct Codec<std::map<std::string, T, Less>> {
    using Map = std::map<std::string, T, Less>;
    static Result<void> read(const Json& json, const FieldRow& row, const Place& place, Map& out) {
        TRY_VOID(expect_object(json, place));
        out.clear();
        for (const auto& [name, one] : json.members()) {
            T value{};
            TRY_VOID(Codec<T>::read(one, row, Place(place, name), value));
            out.emplace(name, std::move(value));
        }
        return {};
    }
    static Json write(const Map& values) {
        Json object = Json::object();
        for (const auto& [name, value] : values) {
            object.set(name, Codec<T>::write(value));
        }
        return object;
    }
    static Json schema(Components& into) {
        return typed_schema("object").set("additionalProperties", Codec<T>::schema(into));
    }
};

template <class T>
[[nodiscard]] const std::string& component_name_of() {
    static const std::string name = component_name(__PRETTY_FUNCTION__);
    return name;
}

template <DescribedStruct T>
struct Codec<T> {
    static_assert(rows_name_members<T>(), "a row of field_rows names no member");

    static Result<void> read(const Json& json, const FieldRow&, const Place& place, T& out) {
        TRY_VOID(expect_object(json, place));
        TRY_VOID(refuse_unknown(json, member_names<T>, place));
        Result<void> outcome;
        boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
            if (outcome) {
                outcome = read_member<decltype(member)>(json, place, out);
            }
        });
        return outcome;
    }
    static Json write(const T& value) {
        Json object = Json::object();
        boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
            const auto& one = value.*member.pointer;
            using One = std::remove_cvref_t<decltype(one)>;
            if constexpr (is_optional_member<One>) {
                if (!one) {
                    return;
                }
            }
            object.set(std::string(without_underscore(member.name)), Codec<One>::write(one));
        });
        return object;
    }
    static Json schema(Components& into) { return into.refer(component_name_of<T>(), &describe); }

  private:
    template <class Member>
    static Result<void> read_member(const Json& json, const Place& place, T& out) {
        static constexpr FieldRow row = row_of<T>(without_underscore(Member::name));
        auto& one = out.*Member::pointer;
        using One = std::remove_cvref_t<decltype(one)>;
        const Json* found = json.find(row.name);
        const Place here(place, row.name);
        if (found == nullptr) {
            if constexpr (is_optional_member<One>) {
                one.reset();
                return {};
            } else {
                return missing_member(here);
            }
        }
        return Codec<One>::read(*found, row, here, one);
    }
    static Json describe(Components& into) {
        Json properties = Json::object();
        Json required = Json::array();
        boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
            using Member = decltype(member);
            static constexpr FieldRow row = row_of<T>(without_underscore(Member::name));
            using One = std::remove_cvref_t<decltype(std::declval<T>().*Member::pointer)>;
            properties.set(std::string(row.name), with_row(Codec<One>::schema(into), row));
            if constexpr (!is_optional_member<One>) {
                required.push(row.name);
            }
        });
        Json schema = typed_schema("object");
        schema.set("properties", std::move(properties)).set("required", std::move(required));
        return schema.set("additionalProperties", false);
    }
};

template <class T>
Schema schema_of() {
    if constexpr (DescribedStruct<T>) {
        return {component_name_of<T>(), &Codec<T>::schema};
    } else {
        return {{}, &Codec<T>::schema};
    }
}

}  // namespace zt::http
