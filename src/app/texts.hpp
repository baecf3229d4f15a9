#pragma once
// The one catalogue of texts for people: text/zh.yaml and text/en.yaml, built in.

#include "kindfile/texts.hpp"
#include "views/figure_text.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace zt::app {

using views::Language;

[[nodiscard]] std::optional<Language> parse_language(std::string_view name);

using kindfile::Texts;
using kindfile::TextValues;

/// The built-in catalogue of a language. threads: any.
[[nodiscard]] const Texts& texts_of(Language language);

/// `at: text of the code: detail (code)`: the one line in which the command line prints an error.
[[nodiscard]] std::string to_line(const Error& error, Language language);

}  // namespace zt::app
