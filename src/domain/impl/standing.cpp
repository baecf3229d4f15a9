// Where a viewer stands to a matter: which rows speak, what takes away, and why.

#include "domain/impl/standing.hpp"

#include <algorithm>

namespace zt {

namespace {

bool has_word(const Post& post, std::string_view word) {
    return post.key == word || std::ranges::find(post.words, word) != post.words.end();
}

bool is_administrator(const Post& post) {
    return std::ranges::any_of(administration_rows(), [&](const AdministrationRow& row) {
        return std::ranges::find(post.words, row.post_word) != post.words.end();
    });
}

/// One question for one post: all that the rows may ask.
class Looker {
  public:
    Looker(const State& state, const Post& post, const Context& context)
        : state_(state),
          post_(post),
          directory_(*context.directory),
          kind_(context.kinds->version(state.kind, state.kind_version)) {}

    [[nodiscard]] bool has_hand() const {
        return std::ranges::any_of(state_.hands, [&](const Hand& hand) {
            return hand.post ? hand.post == post_.id : hand.org == post_.org;
        });
    }

    /// Units in the line above the office or a hand as the tree stands, and posts that have a
    /// hand's unit in charge.
    [[nodiscard]] bool stands_above() const {
        if (directory_.stands_under(state_.office, post_.org)) {
            return true;
        }
        return std::ranges::any_of(state_.hands, [&](const Hand& hand) {
            return directory_.leads(post_.id, hand.org) ||
                   directory_.stands_under(hand.org, post_.org);
        });
    }

    [[nodiscard]] bool is_kind_role() const {
        return kind_ != nullptr &&
               std::ranges::any_of(kind_->visible_to, [&](const std::string& name) {
                   const RoleRule* role = kind_->role(name);
                   return role != nullptr && has_word(post_, role->post_word) && meets(*role);
               });
    }

    [[nodiscard]] bool is_collector() const {
        return std::ranges::any_of(state_.parties, [&](const Party& party) {
            return party.role == "author" && party.post == post_.id;
        });
    }

    /// Of a firm's own matters it is the requester, of those of its members an association is the
    /// author. The outline of a row knows who registered it, not the parties.
    [[nodiscard]] bool holds_for_firm(Standing standing, const Org& firm) const {
        const Standing own = is_association(firm) ? Standing::author : Standing::requester;
        return standing == own && !state_.is_record && state_.registered_by == firm.id;
    }

    [[nodiscard]] bool holds(Standing standing) const {
        if (const Org* firm = directory_.firm_of(post_.id)) {
            return holds_for_firm(standing, *firm);
        }
        const bool is_shielded =
            state_.protection == Protection::wrong_done ||
            (state_.protection == Protection::bad_service && !agreed_to_be_named(state_));
        switch (standing) {
        case Standing::office: return post_.org == state_.office;
        case Standing::hand: return has_hand() && !is_shielded;
        case Standing::protected_hand: return has_hand() && is_shielded;
        // Who is shielded from a unit's handlers is shielded from its other posts.
        case Standing::kind_role:
            return is_kind_role() && !(is_shielded && works_here() && post_.org != state_.office);
        case Standing::collector: return is_collector();
        case Standing::registrar: return post_.org == state_.registered_by;
        case Standing::above: return stands_above();
        case Standing::staff: return true;
        case Standing::requester:
        case Standing::author:
        case Standing::other_party:
        case Standing::the_public: return false;
        }
        return false;
    }

    /// The viewer's unit has or had a hand, or answered directly as the office.
    [[nodiscard]] bool works_here() const {
        return (state_.past.is_direct && post_.org == state_.office) ||
               std::ranges::any_of(state_.hands, [&](const Hand& hand) {
                   return hand.post ? hand.post == post_.id : hand.org == post_.org;
               });
    }

  private:
    [[nodiscard]] bool meets(const RoleRule& role) const {
        using Where = RoleRule::Where;
        switch (role.where) {
        case Where::at_any: return true;
        case Where::at_office: return post_.org == state_.office;
        case Where::over_office: return stands_over_office(state_, post_.org, directory_);
        case Where::above_office: return stands_above_office(state_, post_.org, directory_);
        case Where::not_involved: return !is_involved(state_, post_.org, directory_);
        case Where::at_hand: return has_hand();
        case Where::leads_hand:
            return std::ranges::any_of(state_.hands, [&](const Hand& hand) {
                return directory_.leads(post_.id, hand.org);
            });
        case Where::at_registrar: return post_.org == state_.registered_by;
        case Where::requester:
        case Where::author:
        case Where::party:
        case Where::anyone:
        case Where::system: return false;
        }
        return false;
    }

    const State& state_;
    const Post& post_;
    const Directory& directory_;
    const Kind* kind_;
};

Reason taken(std::string_view key, PostId post, std::string_view source) {
    return {key, true, std::nullopt, post, OrgId{}, source};
}

void give(Sighting& sighting, const SightRow& row, PostId post, OrgId org) {
    Access& access = sighting.access;
    access.sight = std::max(access.sight, row.sight);
    access.standings.push_back(row.standing);
    access.reasons.push_back({name_of(row.standing), false, row.sight, post, org, row.source});
}

bool gives(const SightRow& row, const State& state) {
    return row.is_record == state.is_record && state.protection <= row.highest_protection;
}

/// The first reason why nobody in these posts may look at all.
std::optional<Reason> entry_refused(const Viewer& viewer, const Directory& directory, Date day) {
    const Post* held = directory.post(viewer.post);
    if (held == nullptr || !held->span.holds(day)) {
        return taken("no_such_post", viewer.post, "DESIGN 3");
    }
    if (viewer.person && !directory.holds(viewer.person, viewer.post, day)) {
        return taken("not_in_post", viewer.post, "DESIGN 3");
    }
    const PersonId person = viewer.person ? viewer.person : held->holder;
    if (viewer.on_behalf && !directory.acts_for(person, viewer.on_behalf, day)) {
        return taken("not_on_behalf", viewer.on_behalf, "SYSTEMS leader's secretary");
    }
    return std::nullopt;
}

/// What protection and separation take from whoever holds these posts.
std::optional<Reason>
right_taken(const State& state, const Viewer& viewer, const Directory& directory, Date day) {
    for (const PostId id : {viewer.post, viewer.on_behalf}) {
        const Post* post = directory.post(id);
        const bool is_own_register = Directory::is_directory_kind(state.kind);
        if (post != nullptr && is_administrator(*post) && !is_own_register) {
            return taken("administrator", id, "SYSTEMS none reads matters");
        }
        if (id && is_excluded(state, id, directory)) {
            return taken("excluded", id, "SYSTEMS protection of whoever hands in");
        }
    }
    if (is_excluded(state, {viewer.person, viewer.post, viewer.on_behalf}, directory, day)) {
        return taken("excluded_person", viewer.post, "SYSTEMS protection of whoever hands in");
    }
    return std::nullopt;
}

Sighting post_sighting(const State& state, const Viewer& viewer, const Context& context) {
    const Directory& directory = *context.directory;
    const Date day = office_date(context.now, context.calendar->offset);
    Sighting sighting;
    sighting.authority = viewer.on_behalf ? viewer.on_behalf : viewer.post;
    auto refused = entry_refused(viewer, directory, day);
    if (refused) {
        sighting.access.reasons.push_back(*refused);
        return sighting;
    }
    const Post& post = *directory.post(sighting.authority);
    if (viewer.on_behalf) {
        sighting.access.reasons.push_back(
            {"on_behalf", false, std::nullopt, viewer.on_behalf, post.org, "both names are kept"}
        );
    }
    const Looker looker(state, post, context);
    sighting.is_rated_unit = !state.is_record && looker.works_here();
    for (const SightRow& row : sight_rows()) {
        if (gives(row, state) && looker.holds(row.standing)) {
            give(sighting, row, post.id, post.org);
        }
    }
    if (auto gone = right_taken(state, viewer, directory, day)) {
        sighting.access.reasons.push_back(*gone);
        sighting.access.sight = Sight::hidden;
        sighting.access.standings.clear();
    } else if (sighting.access.standings.empty()) {
        sighting.access.reasons.push_back(taken("no_row", post.id, "DESIGN 3"));
    }
    return sighting;
}

std::optional<Standing> standing_of_party(const State& state, PartNo no) {
    const Party* party = state.party(no);
    const Party* requester = state.requester();
    if (party == nullptr || party->role == "accused" || party->state == PartyState::declined) {
        return std::nullopt;
    }
    if (requester != nullptr && requester->no == no) {
        return Standing::requester;
    }
    return party->role == "author" ? Standing::author : Standing::other_party;
}

Sighting outside_sighting(const State& state, const Viewer& viewer) {
    Sighting sighting;
    std::optional<Standing> standing;
    if (viewer.kind == ViewerKind::party) {
        if (viewer.matter == state.id) {
            standing = standing_of_party(state, viewer.party);
        }
    } else if (state.is_published) {
        standing = Standing::the_public;
    }
    for (const SightRow& row : sight_rows()) {
        if (standing == row.standing && gives(row, state)) {
            give(sighting, row, PostId{}, OrgId{});
        }
    }
    if (sighting.access.standings.empty()) {
        sighting.access.reasons.push_back(taken("no_row", PostId{}, "SYSTEMS never 2"));
    }
    return sighting;
}

/// A key sees what its owner sees, through its scopes, and never who handed in.
Sighting key_sighting(const State& state, const Viewer& viewer, const Context& context) {
    const bool is_in_scope = std::ranges::any_of(scope_rows(), [&](const ScopeRow& row) {
        return (state.is_record ? row.reads_records : row.reads_matters) &&
               std::ranges::find(viewer.scopes, row.scope) != viewer.scopes.end();
    });
    if (!is_in_scope) {
        Sighting sighting;
        sighting.access.reasons.push_back(
            taken("scope", viewer.post, "‡ a key does what its scopes name")
        );
        return sighting;
    }
    Sighting sighting = post_sighting(state, viewer, context);
    if (sighting.access.sight == Sight::full) {
        sighting.access.sight = Sight::masked;
        sighting.access.reasons.push_back(taken("api_key", viewer.post, "SYSTEMS never 14"));
    }
    return sighting;
}

}  // namespace

bool agreed_to_be_named(const State& state) {
    return std::ranges::any_of(state.past.marks, [](const Mark& mark) {
        return mark.what == "identity_agreed" && mark.turn > 0;
    });
}

bool asked_to_be_hidden(const State& state) {
    return !agreed_to_be_named(state) && std::ranges::any_of(state.parties, [](const Party& party) {
        return party.role != "accused" && party.is_hidden;
    });
}

Sighting sighting_of(const State& state, const Viewer& viewer, const Context& context) {
    switch (viewer.kind) {
    case ViewerKind::nobody:
    case ViewerKind::party: return outside_sighting(state, viewer);
    case ViewerKind::post: return post_sighting(state, viewer, context);
    case ViewerKind::api_key: return key_sighting(state, viewer, context);
    }
    return {};
}

}  // namespace zt
