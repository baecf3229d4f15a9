#pragma once
// The unified social credit code by which a firm or association is known.

#include <string_view>

namespace zt {

/// Eighteen characters whose last one checks the others. source: GB 32100-2015, 5 and appendix.
[[nodiscard]] bool is_credit_code(std::string_view text);

}  // namespace zt
