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

/// What the holder of a post sees of a matter.
[[nodiscard]] Sight sight_of(const State& state, PostId post, const Context& context);
/// The org stands under the protection of a wrong-done matter: it is accused or below an accused
/// one.
[[nodiscard]] bool is_excluded(const State& state, OrgId org, const Directory& directory);
/// A post at an excluded org, or one that leads or has in charge an accused one.
[[nodiscard]] bool is_excluded(const State& state, PostId post, const Directory& directory);
/// The nearest org with the kind's office function that is not excluded, from `from` upward; null
/// when all levels are.
[[nodiscard]] const Org* competent_office(
    const State& state, OrgId from, std::string_view function, const Directory& directory, Date day
);

}  // namespace zt
