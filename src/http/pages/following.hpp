#pragma once
// Whoever follows a matter from outside, by its number and code.

#include "http/pages/looking.hpp"

namespace zt::http {

/// The matter of the number in the path, when the code in the header, or the ticket of a phone code
/// there, is its own. An unknown number
/// is answered like a wrong code, after the same work. errors: those of FollowUps::check,
/// io_failed.
[[nodiscard]] Result<MatterId> followed(World& world, const Call& call, service::Desk& desk);

/// The requester of the matter, as one who looks and as one who acts.
[[nodiscard]] Viewer requester_of(const State& state);
[[nodiscard]] Actor acting_requester(const State& state);

}  // namespace zt::http
