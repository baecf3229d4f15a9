#pragma once
// Who may see a matter, and what of it. Pure. SYSTEMS.md "Protection of whoever hands in".

#include "domain/decide.hpp"

namespace zt {

enum class Sight : std::uint8_t {
    hidden,  ///< cannot find, count, comment on or reveal it
    listed,  ///< sees that it exists, title and stage
    masked,  ///< sees it all, identity masked
    full     ///< may ask to reveal the identity
};
[[nodiscard]] std::string_view name_of(Sight sight);

/// What the holder of a post sees of a matter (permission.hpp has every other viewer).
[[nodiscard]] Sight sight_of(const State& state, PostId post, const Context& context);
/// The org stands under the protection of a wrong-done matter: it is accused or below an accused
/// one.
[[nodiscard]] bool is_excluded(const State& state, OrgId org, const Directory& directory);
/// A post at an excluded org, or one that leads or has in charge an accused one.
[[nodiscard]] bool is_excluded(const State& state, PostId post, const Directory& directory);
/// Any of the posts that take part when the person acts: the one held, the one on whose behalf, and
/// every other that the person holds or acts for on that day. in: no person: whoever holds the
/// post.
struct ActingPosts {
    PersonId person;
    PostId post, on_behalf;
};
[[nodiscard]] bool
is_excluded(const State& state, const ActingPosts& acting, const Directory& directory, Date day);
/// As which party the people of a firm or association act in what it handed in; 0 in all else.
[[nodiscard]] PartNo party_of_firm(const State& state, OrgId firm);
/// The unit worked on the matter, or one above or below it in line did; whoever answered directly
/// is the unit concerned as much as one that held a hand.
[[nodiscard]] bool is_involved(const State& state, OrgId org, const Directory& directory);
/// The same of every unit in which the person has a post.
[[nodiscard]] bool
is_involved(const State& state, const ActingPosts& acting, const Directory& directory, Date day);
/// At an org of the level above the office's: an ancestor of the office's own government, or an org
/// that stands directly under such an ancestor and is itself of a higher level (not a sister
/// county). By the tree as it stands.
[[nodiscard]] bool stands_above_office(const State& state, OrgId org, const Directory& directory);
/// At the competent office, in its own government, or above.
[[nodiscard]] bool stands_over_office(const State& state, OrgId org, const Directory& directory);
/// The nearest org with the kind's office function that is not excluded, from `from` upward; null
/// when all levels are.
[[nodiscard]] const Org* competent_office(
    const State& state, OrgId from, std::string_view function, const Directory& directory, Date day
);

/// The competent office, else the outside body that the place names and nobody accuses; null when
/// there is neither.
[[nodiscard]] const Org* competent_or_outside(
    const State& state, OrgId from, std::string_view function, const Directory& directory, Date day
);

}  // namespace zt
