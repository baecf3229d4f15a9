#pragma once
// What facts say of single matters: net amounts by matter, and by matter and unit.

#include "views/figures.hpp"

#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace zt::views::impl {

using Matters = std::unordered_set<std::int64_t>;

struct Holder {
    std::int64_t matter = 0;
    OrgId org;
    bool operator==(const Holder&) const = default;
};
struct HolderHash {
    std::size_t operator()(const Holder& holder) const noexcept {
        return static_cast<std::size_t>(holder.matter * 1'000'003 + holder.org.value);
    }
};
using Nets = std::unordered_map<Holder, std::int64_t, HolderHash>;

/// Matters whose facts of the counter add up to more than 0.
[[nodiscard]] Matters
matters_of(const Figures& figures, std::string_view counter, const FactWindow& window);
/// Net amounts of those matters by matter and unit.
[[nodiscard]] Nets nets_of(
    const Figures& figures,
    std::string_view counter,
    const FactWindow& window,
    const Matters& matters
);
/// Matters of which one of the counters came or changed in the window. What only moved with its
/// matter to another unit or category leaves nothing net in its event and did not.
[[nodiscard]] Matters changed_in(
    const Figures& figures, const std::vector<std::string>& counters, const FactWindow& window
);

}  // namespace zt::views::impl
