#pragma once
// OpenHolder: whether a stage waits for the holder of a post.

#include "domain/kind.hpp"
#include "views/open_set.hpp"

namespace zt::views::impl {

/// The role that holds a stage of a kind; borrowed from the kind.
struct OpenHolder {
    const Kind* kind = nullptr;
    const RoleRule* role = nullptr;

    /// Null where the kind is not known or nobody holds the stage.
    [[nodiscard]] static OpenHolder of(const Kind* kind, std::string_view stage);
    /// The post has the word that the role asks for.
    [[nodiscard]] bool suits(const Post& post) const;
    /// Only a post of the office, the registrar or a hand can meet it, so that the list of its org
    /// is enough.
    [[nodiscard]] bool is_found_by_org() const;
    /// in: a post that suits; reading with a directory.
    [[nodiscard]] bool is_met(const Post& post, const State& outline, const Reading& reading) const;
};

}  // namespace zt::views::impl
