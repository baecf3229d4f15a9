#pragma once
// systems/systems.yaml: which definition files carry each system of a place, and what is missing to
// it. The list of what the product has to carry is SYSTEMS.md.

#include "kindfile/check.hpp"

#include <map>

namespace zt::kindfile {

/// The systems are S1 to S29, in this order, each once.
inline constexpr int systems_count = 29;

struct System {
    std::string id;  ///< "S1"
    Title title;
    int ring = 3;                    ///< 1: first screen and first hour, 2: deep, 3: generic pages
    std::vector<std::string> kinds;  ///< names of kinds
    std::string page;                ///< docs/kinds/PAGE.md; empty: there is none
    std::vector<std::string> figures;  ///< scripts of the figures it has to reproduce
    std::vector<std::string> missing;  ///< in English, as the page for those who build it says
    int line = 0;
    [[nodiscard]] bool is_done() const { return missing.empty(); }
};

/// errors: all that is wrong with the text; a system that is left out, out of order, or named done
/// without kinds, page or figures.
[[nodiscard]] Checked<std::vector<System>>
read_systems(std::string_view text, const std::string& file);
/// The rows as a table for docs/kinds/README.md.
[[nodiscard]] std::string systems_table(std::span<const System> systems);
/// docs/kinds/figures.md. scripts: the text of each by its name.
[[nodiscard]] std::string figures_page(
    std::span<const System> systems,
    const Kinds& kinds,
    const std::map<std::string, std::string, std::less<>>& scripts
);

}  // namespace zt::kindfile
