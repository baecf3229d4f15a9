#pragma once

#include "kindfile/place_file.hpp"

namespace zt::kindfile {

/// What the shape cannot say: codes once, names that exist, no circles. in: orgs sorted as far as
/// their parents allow.
void check_place_file(const Place& place, const Yaml& root, Errors& errors);

}  // namespace zt::kindfile
