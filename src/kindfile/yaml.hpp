#pragma once
// The strict YAML that all definition files are written in, over yaml-cpp and instead of its own
// tree: every value knows its file, line and path, so that each error can name its place. Refused:
// anchors, aliases, tags, merge keys, duplicate keys, keys that are not plain words, a second
// document, text that is not UTF-8. Maps keep their order.
//
// A scalar has no type of its own; the reader asks for one. Text is any scalar; an integer, a
// boolean (true, false) must stand without quotes; a date is YYYY-MM-DD.

#include "base/result.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zt::kindfile {

/// Bigger files are refused: a definition file is written by hand.
inline constexpr std::size_t yaml_bytes_max = 4U << 20U;
/// Deeper nesting is refused; the deepest definition file needs eight.
inline constexpr int yaml_depth_max = 32;

struct YamlEntry;
struct YamlNode;

/// A borrowed-for-free view of one value of a parsed file; copies share the tree and keep it alive.
class Yaml {
  public:
    /// An empty map of no file; what a file that is absent by right reads as.
    Yaml();
    explicit Yaml(std::shared_ptr<const YamlNode> node) : node_(std::move(node)) {}

    [[nodiscard]] bool is_map() const;
    [[nodiscard]] bool is_list() const;
    /// A text, number, boolean or date.
    [[nodiscard]] bool is_scalar() const;
    /// Written as nothing, `~` or `null`. Neither map, list nor scalar.
    [[nodiscard]] bool is_null() const;

    /// "file:line", for Error::at.
    [[nodiscard]] std::string at() const;
    [[nodiscard]] const std::string& file() const;
    [[nodiscard]] int line() const;
    /// Where it stands in the file: "/clocks/accept/length", list items by number from 0. The root
    /// is "".
    [[nodiscard]] const std::string& path() const;
    /// An error at this place; detail is preceded by the path.
    [[nodiscard]] std::unexpected<Error> fail(Errc code, std::string_view detail) const;

    /// The scalar's text, quotes taken off. errors: bad_value.
    [[nodiscard]] Result<std::string> text() const;
    /// errors: bad_number.
    [[nodiscard]] Result<std::int64_t> integer() const;
    /// true or false, nothing else. errors: bad_value.
    [[nodiscard]] Result<bool> boolean() const;
    /// errors: bad_date.
    [[nodiscard]] Result<Date> date() const;
    /// Items of a list in order. errors: bad_value when it is not a list.
    [[nodiscard]] Result<std::vector<Yaml>> items() const;
    /// A list of texts. errors: bad_value.
    [[nodiscard]] Result<std::vector<std::string>> texts() const;
    /// Keys and values of a map in file order. errors: bad_value when it is not a map.
    [[nodiscard]] Result<std::vector<YamlEntry>> entries() const;
    [[nodiscard]] Result<std::vector<std::string>> map_keys() const;

    /// Refuses keys outside the list, naming the nearest allowed one. errors: unknown_key at the
    /// key's line; bad_value when it is not a map.
    [[nodiscard]] Result<void> allow(std::initializer_list<std::string_view> keys) const;
    [[nodiscard]] Result<void> allow(const std::vector<std::string>& keys) const;

    /// The value of a key. errors: missing_key (also when the value is null); bad_value when this
    /// is not a map.
    [[nodiscard]] Result<Yaml> get(std::string_view key) const;
    /// The value of a key; empty when absent, null, or when this is not a map.
    [[nodiscard]] std::optional<Yaml> find(std::string_view key) const;

    /// Shorthands: get(key) and then the type; the `_or` forms take the fallback when the key is
    /// absent.
    [[nodiscard]] Result<std::string> text_of(std::string_view key) const;
    [[nodiscard]] Result<std::int64_t> integer_of(std::string_view key) const;
    [[nodiscard]] Result<std::string> text_or(std::string_view key, std::string otherwise) const;
    [[nodiscard]] Result<std::int64_t>
    integer_or(std::string_view key, std::int64_t otherwise) const;
    [[nodiscard]] Result<bool> boolean_or(std::string_view key, bool otherwise) const;
    /// Empty when the key is absent. errors: bad_value when it is there and not a list (of texts).
    [[nodiscard]] Result<std::vector<Yaml>> items_of(std::string_view key) const;
    [[nodiscard]] Result<std::vector<std::string>> texts_of(std::string_view key) const;
    /// Empty when the key is absent. errors: bad_value when it is there and not a map.
    [[nodiscard]] Result<std::vector<YamlEntry>> entries_of(std::string_view key) const;

  private:
    std::shared_ptr<const YamlNode> node_;
};

struct YamlEntry {
    std::string key;
    Yaml value;
    std::string key_at;  ///< "file:line" of the key
};

/// Reads one document. in: `file` is the name for messages only. errors: bad_yaml, bad_utf8, each
/// with `at` = "file:line".
[[nodiscard]] Result<Yaml> parse_yaml(std::string_view text, std::string file);

}  // namespace zt::kindfile
