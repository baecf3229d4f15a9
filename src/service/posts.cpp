#include "service/posts.hpp"

#include <algorithm>

namespace zt::service {

namespace {

bool is_holder(PersonId person, const Post& post) { return person && post.holder == person; }

/// From which post a person acts for another: one of their own, of the same org if there is one; a
/// deputy without one from the other itself. Nothing for a secretary without one: theirs is to act
/// from a post of their own.
PostId post_to_act_from(PersonId person, const Post& other, const std::vector<const Post*>& own) {
    const auto near = std::ranges::find(own, other.org, &Post::org);
    if (near != own.end()) {
        return (*near)->id;
    }
    if (!own.empty()) {
        return own.front()->id;
    }
    return other.deputy == person ? other.id : PostId{};
}

}  // namespace

bool is_in_force(PostId id, const Directory& directory, Date day) {
    const Post* post = directory.post(id);
    const Org* org = post == nullptr ? nullptr : directory.org(post->org);
    return org != nullptr && post->span.holds(day) && org->span.holds(day);
}

std::vector<PostChoice> posts_of(PersonId person, const Directory& directory, Date day) {
    std::vector<const Post*> own;
    std::vector<const Post*> others;
    for (const Post* post : directory.posts_of(person, day)) {
        if (is_in_force(post->id, directory, day)) {
            (is_holder(person, *post) ? own : others).push_back(post);
        }
    }
    std::ranges::sort(own, {}, &Post::id);
    std::ranges::sort(others, {}, &Post::id);
    std::vector<PostChoice> choices;
    for (const Post* post : own) {
        choices.push_back({post->id, PostId{}});
    }
    for (const Post* post : others) {
        if (const PostId from = post_to_act_from(person, *post, own)) {
            choices.push_back({from, post->id});
        }
    }
    return choices;
}

bool may_act(PersonId person, const PostChoice& choice, const Directory& directory, Date day) {
    if (!is_in_force(choice.post, directory, day)) {
        return false;
    }
    const bool is_own = is_holder(person, *directory.post(choice.post));
    if (!choice.on_behalf) {
        return is_own;
    }
    const Post* const other = directory.post(choice.on_behalf);
    if (!is_in_force(choice.on_behalf, directory, day) || is_holder(person, *other) ||
        !directory.acts_for(person, choice.on_behalf, day)) {
        return false;
    }
    return is_own || (choice.post == choice.on_behalf && other->deputy == person);
}

Result<Actor>
actor_in(PersonId person, const PostChoice& choice, const Directory& directory, Date day) {
    if (!may_act(person, choice, directory, day)) {
        return fail(
            Errc::not_in_post,
            choice.post ? "the person does not, or no longer, act in this post"
                        : "no post is chosen",
            "/session/post"
        );
    }
    Actor actor;
    actor.kind = ActorKind::post;
    actor.person = person;
    actor.post = choice.post;
    actor.on_behalf = choice.on_behalf;
    return actor;
}

}  // namespace zt::service
