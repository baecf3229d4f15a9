#pragma once
// Who saw name and contact of whoever handed in, and who may see them now: pure functions of the
// events of the matter. A reveal is one event where the class asks for one person, two where it
// asks for two: who asks, and another who confirms (SYSTEMS, Protection; ASVS 5.0, 2.3.5).

#include "domain/directory.hpp"
#include "domain/event.hpp"

#include <optional>
#include <span>

namespace zt::service {

/// How long who was allowed to look may open the sealed name and contact. Then they ask again, and
/// that is a further row for the requester to see.
inline constexpr Millis reveal_lasts = std::chrono::hours{24};

/// What the requester is shown: when, which unit and kind of post, why. No names of officials.
struct RevealRow {
    UtcMs at;            ///< when it was allowed
    OrgId org;           ///< of who looked
    std::string word;    ///< clerk, handler, callback …
    std::string reason;  ///< key of the pack's list `reveal`
    OrgId confirmed_by;  ///< 0 where one person is enough
    Seq seq = 0;
    bool operator==(const RevealRow&) const = default;
};

/// Asked for and neither confirmed, refused nor void.
struct RevealRequest {
    Seq seq = 0;
    UtcMs at;
    Actor asker;
    std::string reason;
};

/// in: the events of one matter, oldest first; the directory as of now (it keeps those that ended).
[[nodiscard]] std::vector<RevealRow>
reveals_of(std::span<const Event> events, const Directory& directory);

[[nodiscard]] std::optional<RevealRequest> pending_reveal(std::span<const Event> events);

/// The actor, in the post in which they asked, may open name and contact now.
[[nodiscard]] bool may_see_identity(std::span<const Event> events, const Actor& actor, UtcMs now);

}  // namespace zt::service
