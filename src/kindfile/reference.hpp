#pragma once
// Reference pages that are made from the tables the program itself uses. A test compares them with
// docs/reference and writes them when asked.

#include <string>

namespace zt::kindfile {

/// JSON Schema 2020-12 of a kind, pack, place, map file.
[[nodiscard]] std::string kind_schema();
[[nodiscard]] std::string pack_schema();
[[nodiscard]] std::string place_schema();
[[nodiscard]] std::string map_schema();
/// docs/reference/words.md: verbs, predicates, effects, inputs of verbs, checks, guarantees.
[[nodiscard]] std::string words_page();

}  // namespace zt::kindfile
