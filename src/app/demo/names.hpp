#pragma once
// Invented names of people and firms, and telephone numbers that nobody has.

#include "app/demo/chance.hpp"

#include <set>
#include <string>

namespace zt::app::demo {

class Names {
  public:
    explicit Names(Chance& chance) : chance_(&chance) {}

    /// A name that this place has not yet; after a few thousand they repeat.
    [[nodiscard]] std::string person();
    /// "王女士": how people give their name to a hotline.
    [[nodiscard]] std::string caller();
    /// A firm that this place has not yet.
    [[nodiscard]] std::string firm();
    /// Area code 0000 is given to no city.
    [[nodiscard]] std::string phone();

  private:
    Chance* chance_;
    std::set<std::string> people_, firms_;
};

}  // namespace zt::app::demo
