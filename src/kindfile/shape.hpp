#pragma once
// Shapes: which keys a definition file may have, and what stands behind each. One table serves the
// strict reader, the JSON Schema under docs/reference and the pages about the syntax, so that they
// cannot drift apart.

#include "base/result.hpp"
#include "domain/kind.hpp"
#include "kindfile/yaml.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zt::kindfile {

using Errors = std::vector<Error>;
template <class T>
using Checked = std::expected<T, Errors>;

/// What may stand behind a key.
enum class Form : std::uint8_t {
    text,            ///< any single value
    name,            ///< a word that other lines refer to
    title,           ///< {zh: …, en: …}
    note,            ///< a title or a plain text
    flag,            ///< yes, no
    integer,         ///< a whole number
    decimal,         ///< "0.8", at most six places
    date,            ///< YYYY-MM-DD
    length,          ///< 2h, 4sh, 30min, 5wd, 15d, 3mo
    length_rule,     ///< a length, or one by a field's value, a date, or a part of another clock
    word,            ///< a predicate: is_lead, not is_lead, within(rating_window)
    words,           ///< one word or a list of words
    names,           ///< one name or a list of names
    verb,            ///< a verb of docs/reference/words.md
    verbs,           ///< one verb or a list of verbs
    option,          ///< one of the options
    options,         ///< a list of the options
    texts,           ///< a list of texts
    text_map,        ///< free keys, each with a text
    titles,          ///< free keys, each with a title
    targets,         ///< a stage, or a map from predicate (or else) to stage
    part,            ///< a map of its own shape
    part_or_text,    ///< the same, or the short form as one text
    parts,           ///< a map from names to maps of one shape
    parts_or_texts,  ///< a map from names to such maps or short texts
    rows,            ///< a list of maps of one shape
    lists            ///< a map from names to maps of titles
};

enum class Need : std::uint8_t { optional, required };

struct Shape;

struct KeyRow {
    std::string_view name;
    Form form = Form::text;
    Need need = Need::optional;
    std::string_view help;
    const Shape* shape = nullptr;   ///< of part, parts, rows …
    std::string_view options = {};  ///< of option, options: "matter|record"
};

struct Shape {
    std::string_view name;
    std::string_view help;
    std::span<const KeyRow> keys;
};

[[nodiscard]] const Shape& kind_shape();
[[nodiscard]] const Shape& pack_shape();
[[nodiscard]] const Shape& place_shape();
[[nodiscard]] const Shape& score_shape();

/// Compares a map with its shape, all the way down. out: adds one error for each thing that is
/// wrong.
void check_shape(const Yaml& map, const Shape& shape, Errors& errors);

/// Where each value of a file stands.
class Lines {
  public:
    Lines() = default;
    explicit Lines(const Yaml& root);
    /// The line of that path ("/clocks/accept/length"), else of the nearest thing around it.
    [[nodiscard]] int of(std::string_view path) const;

  private:
    void add(const Yaml& value);
    std::map<std::string, int, std::less<>> lines_;
};

/// `name`, `name(arg, arg)`, `not name`. errors: bad_value.
[[nodiscard]] Result<Word> parse_word(std::string_view text);
[[nodiscard]] std::string to_string(const Word& word);
/// A word list as written: in a flow list `[at_most(a,b), x]` YAML itself splits at the comma
/// within the parentheses; the parts are put together again.
[[nodiscard]] Result<std::vector<Word>> read_words(const Yaml& value);

/// "matter|record" → its parts.
[[nodiscard]] std::vector<std::string> options_of(std::string_view options);
/// A name or a list of names. errors: bad_value.
[[nodiscard]] Result<std::vector<std::string>> read_names(const Yaml& value);
/// yes, no, true, false.
[[nodiscard]] Result<bool> read_flag(const Yaml& value);
/// "0.8" → 800 000 millionths. errors: bad_number.
[[nodiscard]] Result<std::int64_t> read_millionths(const Yaml& value);
[[nodiscard]] Result<LengthRule> read_length_rule(const Yaml& value);
/// {zh, en}; what is missing stays empty.
[[nodiscard]] Title read_title(const Yaml& value);

// For files that check_shape found sound: the value, or nothing when the key is absent.
[[nodiscard]] std::string text_at(const Yaml& map, std::string_view key);
[[nodiscard]] Title title_at(const Yaml& map, std::string_view key);
[[nodiscard]] bool flag_at(const Yaml& map, std::string_view key);
[[nodiscard]] std::int64_t
integer_at(const Yaml& map, std::string_view key, std::int64_t otherwise = 0);
[[nodiscard]] std::vector<std::string> names_at(const Yaml& map, std::string_view key);
[[nodiscard]] std::vector<Word> words_at(const Yaml& map, std::string_view key);
[[nodiscard]] std::optional<Word> word_at(const Yaml& map, std::string_view key);
[[nodiscard]] std::optional<calendar::Length> length_at(const Yaml& map, std::string_view key);
[[nodiscard]] std::vector<Verb> verbs_at(const Yaml& map, std::string_view key);
/// The line of the key itself.
[[nodiscard]] int line_of(const YamlEntry& entry);
[[nodiscard]] std::vector<YamlEntry> entries_at(const Yaml& map, std::string_view key);
[[nodiscard]] std::vector<Yaml> items_at(const Yaml& map, std::string_view key);

}  // namespace zt::kindfile
