#pragma once
// Where a viewer stands to a matter, with the reasons.

#include "domain/permission.hpp"

namespace zt {

struct Sighting {
    Access access;
    PostId authority;            ///< in whose sight: on behalf of, else the post held
    bool is_rated_unit = false;  ///< the viewer's unit worked on it: ratings are about it
};

[[nodiscard]] Sighting
sighting_of(const State& state, const Viewer& viewer, const Context& context);

/// The requester agreed that the unit complained of learns the name (mark identity_agreed).
[[nodiscard]] bool agreed_to_be_named(const State& state);
/// A party from outside asked that the units concerned do not see the name.
[[nodiscard]] bool asked_to_be_hidden(const State& state);

}  // namespace zt
