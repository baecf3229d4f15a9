#pragma once
// AreaTree: the areas of a day as a map walks them: one above, those right below, what counts for
// which.

#include "domain/directory.hpp"

#include <map>
#include <optional>
#include <vector>

namespace zt::http::pages {

class AreaTree {
  public:
    /// Borrows the directory. Areas that do not hold on that day are left out.
    AreaTree(const Directory& directory, Date day);

    /// The area with which a map begins: the only one that stands under none and has areas below
    /// it; null when there are several.
    [[nodiscard]] const Area* top() const;
    /// By name; of none: those that stand under none.
    [[nodiscard]] std::vector<const Area*> below(const Area* area) const;
    [[nodiscard]] bool has_below(AreaId area) const { return below_.contains(area); }
    /// Those above, from the top.
    [[nodiscard]] std::vector<const Area*> above(const Area& area) const;
    /// That of the areas right below `within` under which `area` stands, or which it is; null when
    /// it stands under none of them. in: within null: the whole place.
    [[nodiscard]] const Area* branch_of(AreaId area, const Area* within) const;
    [[nodiscard]] const Area* find(AreaId area) const;

  private:
    /// 0 for one whose parent does not hold any more.
    [[nodiscard]] AreaId parent_of(const Area& area) const;

    std::map<AreaId, const Area*> areas_;
    std::map<AreaId, std::vector<const Area*>> below_;
};

}  // namespace zt::http::pages
