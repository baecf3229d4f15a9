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

/// All posts that take part when the person acts.
std::vector<PostId> posts_of(const ActingPosts& acting, const Directory& directory, Date day) {
    std::vector<PostId> posts;
    for (const PostId post : {acting.post, acting.on_behalf}) {
        if (post) {
            posts.push_back(post);
        }
    }
    const Post* held = directory.post(acting.post);
    const PersonId person = acting.person     ? acting.person
                            : held != nullptr ? held->holder
                                              : PersonId{};
    for (const Post* post : directory.posts_of(person, day)) {
        posts.push_back(post->id);
    }
    return posts;
}

/// Orgs of one level that have the function: the org itself, then those directly below it.
std::vector<const Org*>
offices_at(const Org& level, std::string_view function, const Directory& directory, Date day) {
    std::vector<const Org*> found;
    for (const Org* one : directory.with_function(function)) {
        const bool has_it = std::ranges::find(one->functions, function) != one->functions.end();
        if (!has_it || !one->span.holds(day)) {
            continue;
        }
        if (one->id == level.id) {
            found.insert(found.begin(), one);
        } else if (one->parent == level.id) {
            found.push_back(one);
        }
    }
    return found;
}

}  // namespace

PartNo party_of_firm(const State& state, OrgId firm) {
    if (!firm || state.registered_by != firm) {
        return 0;
    }
    const auto author = std::ranges::find_if(state.parties, [&](const Party& party) {
        return party.role == "author" && party.org == firm;
    });
    return author == state.parties.end() ? 0 : author->no;
}

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
        return directory.leads_ever(post, accused);
    });
}

bool is_excluded(
    const State& state, const ActingPosts& acting, const Directory& directory, Date day
) {
    return state.protection == Protection::wrong_done &&
           std::ranges::any_of(posts_of(acting, directory, day), [&](PostId post) {
               return is_excluded(state, post, directory);
           });
}

bool is_involved(const State& state, OrgId org, const Directory& directory) {
    return (state.past.is_direct && org == state.office) ||
           std::ranges::any_of(state.hands, [&](const Hand& hand) {
               return !hand.post && (directory.is_at_or_below(hand.org, org) ||
                                     directory.is_at_or_below(org, hand.org));
           });
}

bool is_involved(
    const State& state, const ActingPosts& acting, const Directory& directory, Date day
) {
    return std::ranges::any_of(posts_of(acting, directory, day), [&](PostId id) {
        const Post* post = directory.post(id);
        return post != nullptr && is_involved(state, post->org, directory);
    });
}

bool stands_above_office(const State& state, OrgId org, const Directory& directory) {
    const Org* office = directory.org(state.office);
    const Org* own = office == nullptr ? nullptr : directory.org(office->parent);
    const Org* one = directory.org(org);
    if (own == nullptr || one == nullptr || one->id == own->id) {
        return false;
    }
    if (directory.stands_under(own->id, one->id)) {
        return true;
    }
    const bool is_under_ancestor =
        one->parent != own->id && directory.stands_under(own->id, one->parent);
    return is_under_ancestor && one->level != Level::none && one->level < own->level;
}

bool stands_over_office(const State& state, OrgId org, const Directory& directory) {
    const Org* office = directory.org(state.office);
    return org == state.office ||
           (office != nullptr && directory.stands_under(org, office->parent)) ||
           directory.stands_under(state.office, org);
}

const Org* competent_office(
    const State& state, OrgId from, std::string_view function, const Directory& directory, Date day
) {
    constexpr int levels_max = 64;  // deeper trees are a loop that a later correction made
    const auto is_impartial = [&](const Org* one) {
        return !is_excluded(state, one->id, directory);
    };
    const Org* beside_accused = nullptr;
    const Org* level = directory.org(from);
    for (int depth = 0; level != nullptr && depth <= levels_max; ++depth) {
        const auto offices = offices_at(*level, function, directory, day);
        const auto impartial = std::ranges::find_if(offices, is_impartial);
        // Where one office of a level is accused, its neighbour is not above it: the next level is
        // asked first.
        if (impartial != offices.end()) {
            if (std::ranges::all_of(offices, is_impartial)) {
                return *impartial;
            }
            beside_accused = beside_accused == nullptr ? *impartial : beside_accused;
        }
        level = directory.org(level->parent);
    }
    return beside_accused;
}

const Org* competent_or_outside(
    const State& state, OrgId from, std::string_view function, const Directory& directory, Date day
) {
    if (const Org* office = competent_office(state, from, function, directory, day)) {
        return office;
    }
    for (const Org* body : directory.with_function("outside_body")) {
        const bool has_it =
            std::ranges::find(body->functions, "outside_body") != body->functions.end();
        if (has_it && body->span.holds(day) && !is_excluded(state, body->id, directory)) {
            return body;
        }
    }
    return nullptr;
}

}  // namespace zt
