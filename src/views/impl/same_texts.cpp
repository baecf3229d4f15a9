#include "views/impl/same_texts.hpp"

#include <algorithm>

namespace zt::views::impl {

namespace {

/// Two texts that share half of their terms have one of these in common in all but one of four
/// thousand cases.
constexpr std::size_t looked_at = 12;
/// A hash that so many groups have, such as that of a greeting, leads nowhere.
constexpr std::size_t groups_max = 1000;

}  // namespace

std::size_t SameTexts::add(Signature signature) {
    const auto telling =
        std::span(signature.hashes).first(std::min(looked_at, signature.hashes.size()));
    for (const auto hash : telling) {
        for (const std::size_t group : by_hash_[hash]) {
            if (similarity_of(signature, firsts_[group]) >= likeness_min_) {
                return group;
            }
        }
    }
    for (const auto hash : telling) {
        auto& groups = by_hash_[hash];
        if (groups.size() < groups_max) {
            groups.push_back(firsts_.size());
        }
    }
    firsts_.push_back(std::move(signature));
    return firsts_.size() - 1;
}

}  // namespace zt::views::impl
