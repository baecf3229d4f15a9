#pragma once
// Files and notes as pages of a matter show them.

#include "base/time.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <string>

namespace zt::http::api {

struct FileLine {
    std::int64_t no = 0, bytes = 0, width = 0, height = 0;
    std::string name, type, purpose, unit;  ///< unit: who put it there; empty: the requester
    UtcMs at{};
    bool has_thumbnail = false, may_carry_metadata = false, extension_differs = false;
    bool is_disclosed = false;  ///< of the hand-in: found to tell nobody's name
    bool may_disclose = false;  ///< the caller may open it to the units at hand
};
BOOST_DESCRIBE_STRUCT(
    FileLine,
    (),
    (no,
     bytes,
     width,
     height,
     name,
     type,
     purpose,
     unit,
     at,
     has_thumbnail,
     may_carry_metadata,
     extension_differs,
     is_disclosed,
     may_disclose)
)

struct NoteLine {
    std::int64_t seq = 0;
    UtcMs at{};
    std::string visibility, unit, post, text;
};
BOOST_DESCRIBE_STRUCT(NoteLine, (), (seq, at, visibility, unit, post, text))

}  // namespace zt::http::api
