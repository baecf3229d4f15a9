#pragma once
// The map of the invented place: counties and townships with shapes, villages with points. It lies
// in the open sea, so that nobody takes it for a real one.

#include "app/demo/place.hpp"

namespace zt::app::demo {

/// Gives every area of the scene its shape or point; the same for equal scenes. Townships of a
/// county meet without gaps and do not overlap.
void put_outlines(Scene& scene);

}  // namespace zt::app::demo
