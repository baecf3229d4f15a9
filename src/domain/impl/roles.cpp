// Who acts: the post held, the role that the row asks for, and the hand concerned.

#include "domain/impl/frame.hpp"

#include <algorithm>

namespace zt {

namespace {

bool has_word(const Frame& frame, std::string_view word) {
    const Post* post = frame.directory().post(frame.post);
    // Who holds a seat is named; whatever else the post is does not matter.
    return post != nullptr && (word.empty() || word == "seat" || post->key == word ||
                               std::ranges::find(post->words, word) != post->words.end());
}

/// A hand given to a post is that post's alone, and stands over all turns.
bool is_held_by(const Frame& frame, const Hand& hand) {
    return hand.post ? hand.post == frame.post
                     : hand.org == frame.org && hand.turn == frame.after.turn;
}

/// A hand of this turn that the actor's org holds: un-replied ones and leads first.
PartNo hand_at(const Frame& frame, std::string_view role) {
    PartNo found = 0;
    int best = -1;
    for (const auto& hand : frame.after.hands) {
        if (!is_held_by(frame, hand) || !is_open(hand.state) ||
            (!role.empty() && hand.role != role)) {
            continue;
        }
        const int rank =
            (hand.state != HandState::replied ? 2 : 0) + (is_lead_role(frame, hand.role) ? 1 : 0);
        if (rank > best) {
            best = rank;
            found = hand.no;
        }
    }
    return found;
}

PartNo hand_led(const Frame& frame, std::string_view role) {
    for (const auto& hand : frame.after.hands) {
        const bool is_meant =
            (role.empty() || hand.role == role) && !hand.post && is_open(hand.state);
        const Post* post = frame.directory().post(frame.post);
        const bool is_own_head = post != nullptr && post->org == hand.org;
        if (is_meant && (is_own_head || frame.directory().leads(frame.post, hand.org))) {
            return hand.no;
        }
    }
    return 0;
}

/// People of a firm stand outside like any party.
bool is_from_outside(const Frame& frame) {
    return frame.command->actor.kind == ActorKind::party ||
           frame.directory().firm_of(frame.post) != nullptr;
}

bool is_requester_role(const Frame& frame) {
    const Party* requester = frame.after.requester();
    return is_from_outside(frame) &&
           (frame.before == nullptr ||
            (requester != nullptr && requester->no == acting_party(frame)));
}

bool is_party_role(const Frame& frame, std::string_view role) {
    const Party* party = frame.after.party(acting_party(frame));
    return party != nullptr && party->role == role;
}

/// A collector's post that handed in for somebody counts as the author.
bool is_author(const Frame& frame) {
    if (frame.before == nullptr) {
        return is_from_outside(frame);
    }
    return is_party_role(frame, "author") ||
           std::ranges::any_of(frame.after.parties, [&](const Party& party) {
               return party.role == "author" && party.post && party.post == frame.post;
           });
}

/// The authority and, of a person who signed in, every other post of theirs.
ActingPosts acting_posts(const Frame& frame) {
    const Actor& actor = frame.command->actor;
    return {actor.person, actor.post, actor.on_behalf};
}

bool post_role_holds(const RoleRule& role, Frame& frame) {
    using Where = RoleRule::Where;
    if (!frame.post || !has_word(frame, role.post_word)) {
        return false;
    }
    switch (role.where) {
    case Where::at_any: return true;
    case Where::at_office: return frame.before == nullptr || frame.org == frame.after.office;
    case Where::above_office: return stands_above_office(frame.after, frame.org, frame.directory());
    case Where::over_office: return stands_over_office(frame.after, frame.org, frame.directory());
    case Where::at_hand: frame.acting = hand_at(frame, role.part); return frame.acting != 0;
    case Where::leads_hand: frame.acting = hand_led(frame, role.part); return frame.acting != 0;
    case Where::not_involved:
        return !is_involved(frame.after, acting_posts(frame), frame.directory(), frame.day());
    case Where::at_registrar: return frame.org == frame.after.registered_by;
    case Where::requester:
    case Where::author:
    case Where::party:
    case Where::anyone:
    case Where::system: return false;
    }
    return false;
}

Result<void> check_identity(Frame& frame) {
    const Actor& actor = frame.command->actor;
    if (actor.kind != ActorKind::post) {
        return {};
    }
    const Post* post = frame.directory().post(actor.post);
    if (post == nullptr || !post->span.holds(frame.day())) {
        return fail(Errc::unknown_post, "no such post on " + to_string(frame.day()), "/actor/post");
    }
    if (actor.person && !frame.directory().holds(actor.person, actor.post, frame.day())) {
        return fail(Errc::not_in_post, "the person does not hold this post", "/actor/person");
    }
    const PersonId person = actor.person ? actor.person : post->holder;
    if (actor.on_behalf && !frame.directory().acts_for(person, actor.on_behalf, frame.day())) {
        return fail(
            Errc::not_in_post,
            "the person is neither deputy nor secretary of that post",
            "/actor/on_behalf"
        );
    }
    return {};
}

/// The system asks for whom it acts only; a person answers for all their posts.
bool is_kept_out(const Frame& frame) {
    return frame.command->actor.kind == ActorKind::post
               ? is_excluded(frame.after, acting_posts(frame), frame.directory(), frame.day())
               : is_excluded(frame.after, frame.post, frame.directory());
}

}  // namespace

PartNo acting_party(const Frame& frame) {
    const Actor& actor = frame.command->actor;
    if (actor.kind == ActorKind::party) {
        return actor.party;
    }
    const Org* firm = frame.directory().firm_of(frame.post);
    return firm == nullptr ? 0 : party_of_firm(frame.after, firm->id);
}

bool role_holds(const RoleRule& role, Frame& frame) {
    using Where = RoleRule::Where;
    const Actor& actor = frame.command->actor;
    switch (role.where) {
    case Where::anyone:
        return frame.before == nullptr ? is_from_outside(frame)
                                       : actor.kind == ActorKind::party || acting_party(frame) != 0;
    case Where::requester: return is_requester_role(frame);
    case Where::author: return is_author(frame);
    case Where::party: return is_party_role(frame, role.part);
    case Where::system: return actor.kind == ActorKind::system;
    case Where::at_office:
    case Where::above_office:
    case Where::over_office:
    case Where::at_hand:
    case Where::leads_hand:
    case Where::at_any:
    case Where::not_involved:
    case Where::at_registrar: return actor.kind == ActorKind::post && post_role_holds(role, frame);
    }
    return false;
}

void find_acting_hand(Frame& frame) {
    if (const PartNo named = static_cast<PartNo>(frame.given("hand").as_int());
        frame.after.hand(named) != nullptr) {
        frame.acting = named;
        return;
    }
    const Json& org = frame.given("org");
    if (frame.acting == 0 && org.is_int()) {
        const Hand* hand = frame.after.hand_of(OrgId{org.as_int()});
        frame.acting = hand == nullptr ? 0 : hand->no;
    }
    if (frame.acting == 0 && frame.command->actor.kind == ActorKind::system &&
        !frame.command->is_reaction) {
        const Hand* lead = frame.after.lead();
        frame.acting = lead != nullptr && is_open(lead->state) ? lead->no : 0;
    }
}

Result<void> check_role(Frame& frame) {
    TRY_VOID(check_identity(frame));
    const Actor& actor = frame.command->actor;
    const bool is_trusted =
        actor.kind == ActorKind::system && (frame.is_import() || frame.command->is_reaction);
    bool is_allowed = is_trusted;
    for (const auto& name : frame.row->by) {
        const RoleRule* role = frame.kind->role(name);
        is_allowed = is_allowed || (role != nullptr && role_holds(*role, frame));
    }
    if (!is_allowed) {
        return fail(
            Errc::wrong_role,
            "'" + std::string(row_of(frame.command->verb).name) + "' is for " +
                (frame.row->by.empty() ? "nobody" : frame.row->by.front()) + " here"
        );
    }
    if (frame.post && frame.before != nullptr && is_kept_out(frame)) {
        return fail(Errc::excluded_by_protection, "the matter is protected from this post");
    }
    find_acting_hand(frame);
    return {};
}

}  // namespace zt
