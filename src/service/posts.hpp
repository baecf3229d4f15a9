#pragma once
// In which post a person acts: one of their own, or on behalf of one whose deputy or secretary they
// are. Both names are kept.

#include "domain/directory.hpp"
#include "domain/event.hpp"

#include <vector>

namespace zt::service {

struct PostChoice {
    PostId post;       ///< held by the person; 0: none chosen yet
    PostId on_behalf;  ///< 0: in the own right
    bool operator==(const PostChoice&) const = default;
};

/// The post and its org stand on that day.
[[nodiscard]] bool is_in_force(PostId post, const Directory& directory, Date day);
/// What the person may choose that day: own posts first, each by id. A deputy or secretary acts
/// from a post of their own; a deputy without one from the post itself. cost: O(posts of the
/// person).
[[nodiscard]] std::vector<PostChoice>
posts_of(PersonId person, const Directory& directory, Date day);
/// The choice holds on that day: asked at each use, so a post that ended or changed hands ends it
/// at once. A deputy with other posts may act from the post itself all the same: whether there are
/// others is not asked each time. cost: a few look-ups.
[[nodiscard]] bool
may_act(PersonId person, const PostChoice& choice, const Directory& directory, Date day);
/// Who acts, for a command. errors: not_in_post, also when none is chosen.
[[nodiscard]] Result<Actor>
actor_in(PersonId person, const PostChoice& choice, const Directory& directory, Date day);

}  // namespace zt::service
