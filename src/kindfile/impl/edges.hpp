#pragma once
// The edges of a drawing: from stage to stage with the titles of all verbs that lead there.

#include "kindfile/graph.hpp"

#include <vector>

namespace zt::kindfile {

/// Index of the point before the first stage.
inline constexpr int beginning = -1;

struct Edge {
    int from = beginning;  ///< index into kind.stages
    int to = 0;
    std::vector<std::string> labels;  ///< each title once, in the order of rows
};

/// Rows that stay in their stage are left out.
[[nodiscard]] std::vector<Edge> edges_of(const Kind& kind, Language language);
[[nodiscard]] const std::string& in(const Title& title, Language language);
/// The row's own title, else the verb's.
[[nodiscard]] std::string title_of(const Transition& row, Language language);

}  // namespace zt::kindfile
