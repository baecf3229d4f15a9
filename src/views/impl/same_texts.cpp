#include "views/impl/same_texts.hpp"

#include <algorithm>
#include <utility>

namespace zt::views::impl {

namespace {

/// The smallest hashes that texts are looked up by, and how many of them two must share to be
/// compared: of two texts that share half of their terms, nine in ten do.
constexpr std::size_t looked_at = 12, shared_min = 4;
/// A hash that so many groups have, such as that of a greeting, leads nowhere.
constexpr std::size_t groups_max = 300;

}  // namespace

std::size_t SameTexts::add(Signature signature) {
    const auto telling =
        std::span(signature.hashes).first(std::min(looked_at, signature.hashes.size()));
    std::vector<std::size_t> touched;
    for (const auto hash : telling) {
        for (const std::size_t group : by_hash_[hash]) {
            if (shared_[group]++ == 0) {
                touched.push_back(group);
            }
        }
    }
    const std::size_t enough = std::min(shared_min, telling.size());
    std::erase_if(touched, [&](std::size_t group) {
        return std::exchange(shared_[group], 0) < enough;
    });
    std::ranges::sort(touched);
    const auto found = std::ranges::find_if(touched, [&](std::size_t group) {
        return similarity_of(signature, firsts_[group]) >= likeness_min_;
    });
    if (found != touched.end()) {
        return *found;
    }
    for (const auto hash : telling) {
        auto& groups = by_hash_[hash];
        if (groups.size() < groups_max) {
            groups.push_back(firsts_.size());
        }
    }
    firsts_.push_back(std::move(signature));
    shared_.push_back(0);
    return firsts_.size() - 1;
}

}  // namespace zt::views::impl
