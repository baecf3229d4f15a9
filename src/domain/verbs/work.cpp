// Giving hands, answering, turning again.

#include "domain/impl/frame.hpp"

#include <algorithm>

namespace zt {

namespace {

/// The smallest n so that the answer came no later than the end of the n-th working day after the
/// day of hand-in.
std::int32_t answered_workdays(const Frame& frame) {
    const auto& calendar = *frame.context->calendar;
    const Date from = office_date(frame.after.registered, calendar.offset);
    const Date until = frame.day();
    if (until <= from) {
        return 0;
    }
    const auto counted = calendar::count_working_days(calendar, from, until);
    return static_cast<std::int32_t>(counted + (calendar.is_working(until) ? 0 : 1));
}

Result<void> check_protection(const Frame& frame, OrgId org, const std::string& role) {
    if (!is_excluded(frame.after, org, frame.directory())) {
        return {};
    }
    return fail(
        Errc::excluded_by_protection,
        "a unit that is accused, or stands below one, cannot be given a hand",
        "/fields/" + role
    );
}

}  // namespace

bool is_lead_role(const Frame& frame, std::string_view role) {
    const HandRule* rule = frame.kind->hand(role);
    return rule != nullptr && rule->is_lead;
}

void add_hand(Frame& frame, std::string role, OrgId org, PartNo parent) {
    const HandRule* rule = frame.kind->hand(role);
    Hand hand;
    hand.no = static_cast<PartNo>(frame.after.hands.size()) + 1;
    hand.role = std::move(role);
    hand.org = org;
    hand.parent = parent;
    hand.turn = frame.after.turn;
    // Offers are made before anything is given; later hands are given at once.
    hand.state =
        rule == nullptr || (rule->first == HandState::offered && frame.after.past.was_assigned)
            ? HandState::assigned
            : rule->first;
    hand.since = frame.at();
    const bool is_first_lead = rule != nullptr && rule->is_lead &&
                               hand.state != HandState::offered && !frame.after.past.was_assigned;
    frame.touched_hands.push_back(hand.no);
    frame.emit(HandAdded{std::move(hand)});
    if (is_first_lead) {
        frame.mark("assigned");
    }
}

/// Offered hands (预交办) that were not sent back are given: their units sign for them anew, and
/// their clocks start.
bool give_offered(Frame& frame) {
    bool is_any = false, is_lead = false;
    for (std::size_t i = 0; i < frame.after.hands.size(); ++i) {
        const Hand hand = frame.after.hands[i];
        const HandRule* rule = frame.kind->hand(hand.role);
        const bool is_offer =
            rule != nullptr && rule->first == HandState::offered && hand.turn == frame.after.turn &&
            (hand.state == HandState::offered || hand.state == HandState::signed_for);
        if (is_offer) {
            frame.move_hand(hand.no, HandState::assigned);
            is_any = true;
            is_lead = is_lead || rule->is_lead;
        }
    }
    if (is_lead && !frame.after.past.was_assigned) {
        frame.mark("assigned");
    }
    return is_any;
}

Result<void> give_hands(Frame& frame) {
    bool is_any = false, is_named = false;
    for (const auto& rule : frame.kind->hands) {
        const auto orgs = frame.given(rule.role).as_array();
        is_named = is_named || !orgs.empty();
        if (orgs.size() > 1 && rule.is_lead && !rule.is_many) {
            return fail(
                Errc::lead_exists,
                "only one hand of role '" + rule.role + "' may stand",
                "/fields/" + rule.role
            );
        }
        for (const auto& one : orgs) {
            const OrgId org{one.as_int()};
            TRY_VOID(check_protection(frame, org, rule.role));
            const Hand* standing = frame.after.hand_of(org, rule.role);
            if (standing != nullptr && standing->role == rule.role) {
                continue;
            }
            add_hand(frame, rule.role, org, frame.acting);
            is_any = true;
        }
    }
    if (!is_named && frame.command->verb == Verb::assign) {
        is_any = give_offered(frame);
    }
    if (!is_any) {
        return fail(
            Errc::no_hand,
            "name at least one unit that is not at work on it already",
            "/fields/lead"
        );
    }
    return {};
}

void answer(Frame& frame) {
    if (const Hand* own = frame.acting_hand(); own != nullptr && is_open(own->state)) {
        frame.move_hand(own->no, HandState::replied, 0, frame.given("reply_class").as_string());
    }
    // Only a lead or the office answers the requester; what another hand says is for the lead.
    const Hand* hand = frame.acting_hand();
    if (hand != nullptr && !is_lead_role(frame, hand->role)) {
        return;
    }
    if (!frame.after.past.first_answered) {
        frame.emit(Answered{answered_workdays(frame)});
    }
    frame.mark("answered");
}

Result<void> raise_turn(Frame& frame) {
    frame.emit(TurnRaised{frame.after.turn + 1});
    const auto& named = frame.given("hands").as_array();
    const auto hands = frame.after.hands;
    std::vector<OrgId> again;
    for (const auto& hand : hands) {
        const bool is_meant = named.empty() || std::ranges::any_of(named, [&](const Json& one) {
                                  return one.as_int() == hand.org.value;
                              });
        const bool is_worker = is_lead_role(frame, hand.role) &&
                               hand.state != HandState::sent_back &&
                               hand.state != HandState::withdrawn;
        if (is_worker && is_meant && std::ranges::find(again, hand.org) == again.end()) {
            again.push_back(hand.org);
            frame.move_hand(hand.no, HandState::assigned, frame.after.turn);
        }
    }
    if (again.empty() && !named.empty()) {
        return fail(Errc::no_lead, "none of the units named leads this matter", "/fields/hands");
    }
    return {};
}

}  // namespace zt
