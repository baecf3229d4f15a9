#pragma once
// Numbers of a query that many pages share.

#include "http/call.hpp"

namespace zt::http::pages {

/// Rows of a page: value `limit` of the query, 50 without one, never above `most`.
[[nodiscard]] std::size_t limit_of(const Call& call, std::size_t most);

}  // namespace zt::http::pages
