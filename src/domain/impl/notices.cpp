// Whom an event tells: the kind's notice rules, resolved to parties and orgs.

#include "domain/impl/frame.hpp"

namespace zt {

namespace {

void notice_org(Frame& frame, std::string_view role, std::string_view text, OrgId org) {
    if (org) {
        frame.emit(Noticed{std::string(role), std::string(text), 0, org});
    }
}

void notice_hands(Frame& frame, std::string_view role, std::string_view text) {
    for (std::size_t i = 0; i < frame.after.hands.size(); ++i) {
        const Hand& hand = frame.after.hands[i];
        const bool is_meant = role == "hands" || hand.role == role ||
                              (role == "signer" && is_lead_role(frame, hand.role));
        if (is_meant && is_open(hand.state) && (hand.post || hand.turn == frame.after.turn)) {
            frame.emit(Noticed{std::string(role), std::string(text), hand.no, hand.org});
        }
    }
}

/// Cosigners and the like, but not who declined.
void notice_parties(Frame& frame, const RoleRule& rule, std::string_view text) {
    for (std::size_t i = 0; i < frame.after.parties.size(); ++i) {
        const Party& party = frame.after.parties[i];
        if (party.role == rule.part && party.state != PartyState::declined) {
            frame.emit(Noticed{rule.name, std::string(text), party.no, party.org});
        }
    }
}

}  // namespace

void send_notice(Frame& frame, std::string_view role, std::string_view text) {
    const State& state = frame.after;
    if (role == "requester" || role == "author") {
        for (std::size_t i = 0; i < state.parties.size(); ++i) {
            const Party& party = state.parties[i];
            const bool is_meant =
                role == "author" ? party.role == "author" : &party == state.requester();
            if (is_meant) {
                frame.emit(Noticed{std::string(role), std::string(text), party.no, party.org});
            }
        }
        return;
    }
    const RoleRule* rule = frame.kind->role(role);
    if (rule != nullptr && rule->where == RoleRule::Where::party) {
        notice_parties(frame, *rule, text);
    } else if (role == "office") {
        notice_org(frame, role, text, state.office);
    } else if (role == "registrar") {
        notice_org(frame, role, text, state.registered_by);
    } else if (role == "hands" || role == "signer" || frame.kind->hand(role) != nullptr) {
        notice_hands(frame, role, text);
    } else if (const Org* org = frame.directory().nearest_with(state.office, role, frame.day())) {
        // callback, supervision, head …: the org with that function nearest to the office.
        notice_org(frame, role, text, org->id);
    }
}

void send_notices(Frame& frame, std::string_view on) {
    for (const auto& rule : frame.kind->notices) {
        if (rule.on == on) {
            send_notice(frame, rule.role, rule.text);
        }
    }
}

}  // namespace zt
