#include "http/pages/area_tree.hpp"

#include <algorithm>

namespace zt::http::pages {

namespace {

/// Deeper trees than this are a loop that a later correction made.
constexpr int depth_max = 16;

}  // namespace

AreaTree::AreaTree(const Directory& directory, Date day) {
    for (const Area* area : directory.areas()) {
        if (area->span.holds(day)) {
            areas_[area->id] = area;
        }
    }
    for (const auto& [id, area] : areas_) {
        below_[parent_of(*area)].push_back(area);
    }
    for (auto& [id, list] : below_) {
        std::ranges::sort(list, {}, [](const Area* area) {
            return std::pair(area->name, area->id);
        });
    }
}

const Area* AreaTree::top() const {
    const auto roots = below(nullptr);
    return roots.size() == 1 && has_below(roots.front()->id) ? roots.front() : nullptr;
}

std::vector<const Area*> AreaTree::below(const Area* area) const {
    const auto found = below_.find(area == nullptr ? AreaId{} : area->id);
    return found == below_.end() ? std::vector<const Area*>() : found->second;
}

std::vector<const Area*> AreaTree::above(const Area& area) const {
    std::vector<const Area*> found;
    const Area* up = find(parent_of(area));
    for (int depth = 0; up != nullptr && depth < depth_max; ++depth) {
        found.insert(found.begin(), up);
        up = find(parent_of(*up));
    }
    return found;
}

const Area* AreaTree::branch_of(AreaId area, const Area* within) const {
    const AreaId wanted = within == nullptr ? AreaId{} : within->id;
    const Area* at = find(area);
    for (int depth = 0; at != nullptr && depth < depth_max; ++depth) {
        if (parent_of(*at) == wanted && at->id != wanted) {
            return at;
        }
        at = find(parent_of(*at));
    }
    return nullptr;
}

const Area* AreaTree::find(AreaId area) const {
    const auto found = areas_.find(area);
    return found == areas_.end() ? nullptr : found->second;
}

AreaId AreaTree::parent_of(const Area& area) const {
    return areas_.contains(area.parent) ? area.parent : AreaId{};
}

}  // namespace zt::http::pages
