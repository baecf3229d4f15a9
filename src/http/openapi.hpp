#pragma once
// OpenAPI 3.1 and a TypeScript client, both from the same rows that the server serves, so that they
// cannot tell of another API than there is.

#include "http/route.hpp"

#include <string>

namespace zt::http {

/// The document. Each route stands in it once, each schema it names is among the components.
[[nodiscard]] Json openapi_of(std::span<const Route> routes, std::string_view version);
/// A module without dependencies: types of all bodies, and a function for each route.
[[nodiscard]] std::string typescript_of(std::span<const Route> routes);
/// "GET", "/api/v1/matters/{number}/notes" → "getMattersByNumberNotes": one name a route.
[[nodiscard]] std::string operation_name(const Route& route);

}  // namespace zt::http
