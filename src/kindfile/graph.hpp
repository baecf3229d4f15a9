#pragma once
// Drawings of a kind: stages in their declared order and the verbs that lead from one to another.

#include "domain/kind.hpp"

#include <string>

namespace zt::kindfile {

enum class Language : std::uint8_t { zh, en };

/// A Mermaid stateDiagram-v2.
[[nodiscard]] std::string mermaid_of(const Kind& kind, Language language = Language::zh);
/// A standalone SVG by own layout, no scripts, no fonts loaded.
[[nodiscard]] std::string svg_of(const Kind& kind, Language language = Language::zh);

}  // namespace zt::kindfile
