#pragma once
// Average linkage: the two groups whose members are most alike on average become one, until none
// are alike enough. Pairs that are given no likeness are not alike at all.
//
// source: Sokal and Michener, "A statistical method for evaluating systematic relationships", 1958.

#include <cstdint>
#include <vector>

namespace zt::views::impl {

using Node = std::uint32_t;

struct Edge {
    Node to = 0;
    double sum = 0;  ///< likeness of all pairs of members between the two together
};

/// in: for each node the number of its members, > 0, and its edges in order of `to`, each edge at
/// both ends. out: the nodes of each group, the lowest of each group first; in order of these. The
/// same input gives the same groups. cost: edges × logarithm of edges.
[[nodiscard]] std::vector<std::vector<Node>>
average_linkage(std::vector<double> sizes, std::vector<std::vector<Edge>> edges, double alike_min);

}  // namespace zt::views::impl
