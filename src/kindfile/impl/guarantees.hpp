#pragma once
// The guarantees a kind may state, proven over its abstract states.

#include "kindfile/impl/explore.hpp"

#include <string>
#include <vector>

namespace zt::kindfile {

struct Breach {
    int line = 0;  ///< of the row (or stage, clock) that breaks it
    std::string detail;
};

[[nodiscard]] std::vector<std::string> guarantee_names();
/// in: a name of guarantee_names(). out: empty when it holds; one breach a row at most.
[[nodiscard]] std::vector<Breach>
breaches_of(const std::string& name, const Kind& kind, const Exploration& all);

}  // namespace zt::kindfile
