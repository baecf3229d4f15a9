#pragma once
// The parts of a kind file into a Kind. The shape was found sound before; what is added to errors
// is grammar that a shape cannot say (role phrases, field uses, owners of clocks).

#include "kindfile/shape.hpp"

namespace zt::kindfile {

void read_fields(const Yaml& root, Kind& kind);
void read_roles(const Yaml& root, Kind& kind, Errors& errors);
/// Categories, hands, item lists, stages.
void read_parts(const Yaml& root, Kind& kind);
void read_clocks(const Yaml& root, Kind& kind, Errors& errors);
/// Needs the stages, for `from: any`.
void read_verbs(const Yaml& root, Kind& kind, Errors& errors);
/// Ratings, notices, rounds, indicators, guarantees.
void read_rest(const Yaml& root, Kind& kind);

}  // namespace zt::kindfile
