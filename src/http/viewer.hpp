#pragma once
// Who looks, as the rules of permission ask for it.

#include "domain/permission.hpp"
#include "http/call.hpp"

namespace zt::http {

/// Nobody without a post.
[[nodiscard]] Viewer viewer_of(const Caller& caller);
[[nodiscard]] Sight sight_of(const State& state, const Caller& caller, const Context& context);

}  // namespace zt::http
