#pragma once
// Rules: the definitions in force in a place, as one immutable value that the writer and all
// readers share.

#include "domain/decide.hpp"

#include <memory>

namespace zt::service {

struct Rules {
    std::string tenant;  ///< code of the place
    Kinds kinds;         ///< with the pack's numbers in place
    Pack pack;
    calendar::Calendar calendar;
};

using SharedRules = std::shared_ptr<const Rules>;

}  // namespace zt::service
