#pragma once
// The place of a script becomes a county of the demo's city, so that the script can be told there:
// its city is the demo's, its county and all below come on top.

#include "app/demo/place.hpp"

#include <map>
#include <string>

namespace zt::app::demo {

/// How the demo calls what the script calls so.
struct Grafted {
    std::map<std::string, std::string, std::less<>> orgs, areas, people;
    std::map<std::string, std::string, std::less<>> posts;  ///< ORG.KEY of both

    /// Of an org or area; the code itself when the script's place has none such.
    [[nodiscard]] std::string code(const std::string& of_script) const;
};

/// in: prefix tells its codes from those of other places; county: what the county is called here.
[[nodiscard]] Grafted graft(
    Scene& scene, const kindfile::Place& from, const std::string& prefix, const std::string& county
);

}  // namespace zt::app::demo
