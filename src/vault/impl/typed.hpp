#pragma once
// Codes as people type them.

#include <string>
#include <string_view>

namespace zt::vault::impl {

/// Letters made capital, full width made half width, blanks, line breaks and dashes left out. Other
/// characters outside ASCII become '?', which no code holds.
[[nodiscard]] std::string typed_characters(std::string_view typed);

}  // namespace zt::vault::impl
