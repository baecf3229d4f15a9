#pragma once
// Records that are in force, by kind.

#include "base/id.hpp"
#include "base/result.hpp"
#include "http/world.hpp"

#include <string_view>
#include <vector>

namespace zt::http::pages {

/// By the list that follows the ledger. errors: overloaded while it is being made.
[[nodiscard]] Result<std::vector<MatterId>>
living_records(const World& world, std::string_view kind);

}  // namespace zt::http::pages
