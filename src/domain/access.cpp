#include "domain/access.hpp"

#include <algorithm>

namespace zt {

namespace {

std::vector<OrgId> accused_of(const State& state) {
    std::vector<OrgId> accused;
    for (const auto& party : state.parties) {
        if (party.role == "accused" && party.org) {
            accused.push_back(party.org);
        }
    }
    return accused;
}

bool is_own_office(const State& state, OrgId org) { return org == state.office; }

bool has_hand(const State& state, const Post& post) {
    return std::ranges::any_of(state.hands, [&](const Hand& hand) {
        return hand.post ? hand.post == post.id : hand.org == post.org;
    });
}

/// Units in the line above a hand or the office, and posts that lead such a unit, see that it
/// exists.
bool stands_above(const State& state, const Post& post, const Directory& directory) {
    if (directory.is_at_or_below(state.office, post.org)) {
        return true;
    }
    return std::ranges::any_of(state.hands, [&](const Hand& hand) {
        return directory.leads(post.id, hand.org) || directory.is_at_or_below(hand.org, post.org);
    });
}

bool has_word(const Post& post, std::string_view word) {
    return std::ranges::find(post.words, word) != post.words.end();
}

/// A role that the kind lets see its matters, judged without a hand.
bool is_visible_role(
    const State& state, const Post& post, const Kind& kind, const Directory& directory
) {
    return std::ranges::any_of(kind.visible_to, [&](const std::string& name) {
        const RoleRule* role = kind.role(name);
        if (role == nullptr || !has_word(post, role->post_word)) {
            return false;
        }
        using Where = RoleRule::Where;
        switch (role->where) {
        case Where::at_any: return true;
        case Where::at_office: return post.org == state.office;
        case Where::over_office: return directory.is_at_or_below(state.office, post.org);
        case Where::not_involved: return !has_hand(state, post);
        case Where::above_office:
            return post.org != state.office && directory.is_at_or_below(state.office, post.org);
        case Where::at_hand: return has_hand(state, post);
        case Where::leads_hand:
            return std::ranges::any_of(state.hands, [&](const Hand& hand) {
                return directory.leads(post.id, hand.org);
            });
        case Where::at_registrar: return post.org == state.registered_by;
        case Where::requester:
        case Where::author:
        case Where::party:
        case Where::anyone:
        case Where::system: return false;
        }
        return false;
    });
}

}  // namespace

bool is_excluded(const State& state, OrgId org, const Directory& directory) {
    if (state.protection != Protection::wrong_done) {
        return false;
    }
    return std::ranges::any_of(accused_of(state), [&](OrgId accused) {
        return directory.is_at_or_below(org, accused);
    });
}

bool is_excluded(const State& state, PostId post, const Directory& directory) {
    if (state.protection != Protection::wrong_done) {
        return false;
    }
    const Post* one = directory.post(post);
    if (one == nullptr || is_excluded(state, one->org, directory)) {
        return true;
    }
    return std::ranges::any_of(accused_of(state), [&](OrgId accused) {
        return std::ranges::any_of(one->leads, [&](OrgId led) { return led == accused; });
    });
}

const Org* competent_office(
    const State& state, OrgId from, std::string_view function, const Directory& directory, Date day
) {
    constexpr int levels_max = 8;
    const Org* office = directory.nearest_with(from, function, day);
    for (int level = 0; office != nullptr && level < levels_max; ++level) {
        if (!is_excluded(state, office->id, directory)) {
            return office;
        }
        const Org* parent = directory.org(office->parent);
        const Org* next =
            parent == nullptr ? nullptr : directory.nearest_with(parent->parent, function, day);
        if (next == office) {
            return nullptr;
        }
        office = next;
    }
    return nullptr;
}

Sight sight_of(const State& state, PostId post_id, const Context& context) {
    const Directory& directory = *context.directory;
    const Post* post = directory.post(post_id);
    if (post == nullptr || is_excluded(state, post_id, directory)) {
        return Sight::hidden;
    }
    const Kind* kind = context.kinds->version(state.kind, state.kind_version);
    if (kind == nullptr) {
        return Sight::hidden;
    }
    if (state.is_record) {
        return Sight::masked;
    }
    const bool is_office = is_own_office(state, post->org);
    if (is_office) {
        return Sight::full;
    }
    if (has_hand(state, *post)) {
        // Identity stays hidden from the unit that is complained about unless the requester agreed.
        return state.protection == Protection::please_do || state.protection == Protection::none
                   ? Sight::full
                   : Sight::masked;
    }
    if (is_visible_role(state, *post, *kind, directory)) {
        return Sight::masked;
    }
    // Wrong-done matters are seen by the competent office and its hands alone.
    if (state.protection == Protection::wrong_done) {
        return Sight::hidden;
    }
    return stands_above(state, *post, directory) ? Sight::listed : Sight::hidden;
}

}  // namespace zt
