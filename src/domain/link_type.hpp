#pragma once

#include <string>
#include <string_view>

namespace zt {

/// How a link of that type is called from the matter at its other end: `spawned` for `spawned_by`.
/// A type that reads alike from both ends, or that no pair names, is its own reverse.
[[nodiscard]] std::string reverse_link(std::string_view type);

}  // namespace zt
