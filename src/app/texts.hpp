#pragma once
// The one catalogue of texts for people: text/zh.yaml and text/en.yaml, built in. Keys are paths
// ("errors.bad_date"), values may hold {names} that the caller fills.

#include "base/result.hpp"
#include "views/figure_text.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zt::app {

using views::Language;

[[nodiscard]] std::optional<Language> parse_language(std::string_view name);

/// Name without braces, and what stands for it.
using TextValues = std::vector<std::pair<std::string_view, std::string>>;

class Texts {
  public:
    /// in: YAML, nested maps of texts. errors: those of kindfile/yaml.hpp; bad_value when a leaf is
    /// no text.
    [[nodiscard]] static Result<Texts> read(std::string_view yaml, std::string file);

    /// The text with its values in place; the key itself when there is none, so that a gap is seen.
    [[nodiscard]] std::string get(std::string_view key, const TextValues& values = {}) const;
    [[nodiscard]] const std::string* find(std::string_view key) const;
    [[nodiscard]] std::vector<std::string> keys() const;

  private:
    std::map<std::string, std::string, std::less<>> texts_;
};

/// The built-in catalogue of a language. threads: any.
[[nodiscard]] const Texts& texts_of(Language language);

/// `at: text of the code: detail (code)`: the one line in which the command line prints an error.
[[nodiscard]] std::string to_line(const Error& error, Language language);

}  // namespace zt::app
