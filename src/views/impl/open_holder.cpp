#include "views/impl/open_holder.hpp"

#include <algorithm>

namespace zt::views::impl {
namespace {

/// A hand that has replied waits for nobody.
bool waits(const Hand& hand, const State& outline) {
    return is_open(hand.state) && hand.state != HandState::replied && hand.turn == outline.turn;
}

}  // namespace

OpenHolder OpenHolder::of(const Kind* kind, std::string_view stage_name) {
    const StageRule* stage = kind == nullptr ? nullptr : kind->stage(stage_name);
    return {kind, stage == nullptr ? nullptr : kind->role(stage->holder)};
}

bool OpenHolder::suits(const Post& post) const {
    const std::string& word = role->post_word;
    return word.empty() || post.key == word ||
           std::ranges::find(post.words, word) != post.words.end();
}

bool OpenHolder::is_found_by_org() const {
    using Where = RoleRule::Where;
    return role->where == Where::at_office || role->where == Where::at_registrar ||
           role->where == Where::at_hand;
}

bool OpenHolder::is_met(const Post& post, const State& outline, const Reading& reading) const {
    using Where = RoleRule::Where;
    const Directory& directory = *reading.directory;
    const Org* office = directory.org(outline.office);
    switch (role->where) {
    case Where::at_office: return post.org == outline.office;
    case Where::at_registrar: return post.org == outline.registered_by;
    case Where::at_hand:
        return std::ranges::any_of(outline.hands, [&](const Hand& hand) {
            return hand.org == post.org && (role->part.empty() || hand.role == role->part) &&
                   waits(hand, outline) && (!hand.post || hand.post == post.id);
        });
    case Where::leads_hand:
        return std::ranges::any_of(outline.hands, [&](const Hand& hand) {
            return (role->part.empty() || hand.role == role->part) && is_open(hand.state) &&
                   hand.turn == outline.turn &&
                   (post.org == hand.org || directory.leads(post.id, hand.org));
        });
    case Where::above_office: {
        const Org* parent = office == nullptr ? nullptr : directory.org(office->parent);
        const Date day = office_date(reading.now, reading.calendar->offset);
        const Org* above = parent == nullptr
                               ? nullptr
                               : directory.nearest_with(parent->parent, kind->office_function, day);
        return above != nullptr && above->id == post.org;
    }
    case Where::over_office:
        return directory.is_at_or_below(outline.office, post.org) ||
               (office != nullptr && office->parent &&
                directory.is_at_or_below(post.org, office->parent));
    case Where::at_any: return true;
    case Where::not_involved:
        return std::ranges::none_of(outline.hands, [&](const Hand& hand) {
            return directory.is_at_or_below(hand.org, post.org) ||
                   directory.is_at_or_below(post.org, hand.org);
        });
    case Where::requester:
    case Where::author:
    case Where::party:
    case Where::anyone:
    case Where::system: return false;
    }
    return false;
}

}  // namespace zt::views::impl
