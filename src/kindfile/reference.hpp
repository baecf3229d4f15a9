#pragma once
// Reference pages that are made from the tables the program itself uses. A test compares them with
// docs/reference and writes them when asked.

#include <string>

namespace zt::kindfile {

/// JSON Schema 2020-12 of a kind, pack, place, score, map file.
[[nodiscard]] std::string kind_schema();
[[nodiscard]] std::string pack_schema();
[[nodiscard]] std::string place_schema();
[[nodiscard]] std::string score_schema();
[[nodiscard]] std::string map_schema();
/// docs/reference/words.md: verbs, predicates, effects, inputs of verbs, checks, guarantees, what
/// scores read and what is proven of them.
[[nodiscard]] std::string words_page();
/// docs/reference/permissions.md: who sees what of a matter, made from the rows of permission.hpp.
[[nodiscard]] std::string permissions_page();

}  // namespace zt::kindfile
