#pragma once
// Whoever follows a matter from outside, by its number and code.

#include "http/pages/looking.hpp"

namespace zt::http {

/// The matter of the number in the path, when the code in the header, or the ticket of a phone code
/// there, is its own; without a code, when the caller acts for the firm or association that handed
/// it in. An unknown number
/// is answered like a wrong code, after the same work. errors: those of FollowUps::check,
/// io_failed.
[[nodiscard]] Result<MatterId> followed(World& world, const Call& call, service::Desk& desk);

/// The caller asks as a firm or association. A code comes first: who has one is its requester,
/// whatever session the browser holds.
[[nodiscard]] bool is_for_firm(const Call& call);
/// Who follows the matter, as one who looks and as one who acts: with a code the requester, without
/// one the party as which the caller's firm stands there.
[[nodiscard]] Viewer follower_of(const State& state, const Call& call, const Directory& directory);
[[nodiscard]] Actor
acting_follower(const State& state, const Call& call, const Directory& directory);

}  // namespace zt::http
