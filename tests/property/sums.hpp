#pragma once
// Figures that must add up, whatever happened.

#include "domain/kind.hpp"
#include "views/figures.hpp"

namespace zt::app::walks {

/// A flow or stock summed over units, channels, categories, areas, kinds and years is the figure
/// without them.
[[nodiscard]] Result<void> check_sums(const views::Figures& figures);
/// accepted = closed + in progress + ended, for kinds whose matters are accepted.
[[nodiscard]] Result<void> check_identity(const views::Figures& figures, const Kind& kind);

}  // namespace zt::app::walks
