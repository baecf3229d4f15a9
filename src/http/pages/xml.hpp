#pragma once
// The XML of a JSON value, as Open311 writes it: a member is an element, a list an element of
// elements with the singular of its name. No attributes, no namespaces.

#include "base/json.hpp"

#include <string>
#include <string_view>

namespace zt::http::pages {

/// With declaration. Characters that XML 1.0 has no way to write are left out. in: UTF-8.
[[nodiscard]] std::string to_xml(std::string_view root, const Json& value);

}  // namespace zt::http::pages
