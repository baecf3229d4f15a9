#pragma once
// The log of requests: one line each, with the template of the route, never an address, a query, a
// number or a name.

#include "base/result.hpp"
#include "base/time.hpp"
#include "http/metrics.hpp"

#include <functional>

namespace zt::http {

/// Lines of JSON, to the file, or to the error stream when it is empty; those slower than `slow`
/// with level "warn". errors: io_failed. threads: the function from any.
[[nodiscard]] Result<std::function<void(const RequestLine&)>>
open_journal(const std::string& file, Millis slow);

}  // namespace zt::http
