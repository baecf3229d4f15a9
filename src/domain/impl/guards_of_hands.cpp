// Predicates about hands: who works on it and how far they are.

#include "base/text.hpp"
#include "domain/impl/guard_rows.hpp"

#include <algorithm>

namespace zt {

namespace {

using namespace guards;

bool is_lead(const Frame& f, const Args&) {
    return acting(f) != nullptr && is_lead_role(f, acting(f)->role);
}

bool hand_is(const Frame& f, const Args& a) {
    return acting(f) != nullptr && std::ranges::find(a, acting(f)->role) != a.end();
}

bool has_hand(const Frame& f, const Args&) { return acting(f) != nullptr; }

bool is_standing_lead(const Frame& f, const Hand& hand) {
    return is_lead_role(f, hand.role) && is_open(hand.state) && hand.turn == f.after.turn;
}

bool has_lead(const Frame& f, const Args&) {
    return std::ranges::any_of(f.after.hands, [&](const Hand& hand) {
        return is_standing_lead(f, hand);
    });
}

bool lead_free(const Frame& f, const Args& a) { return !has_lead(f, a); }

bool all_lead_replied(const Frame& f, const Args& a) {
    return has_lead(f, a) && std::ranges::all_of(f.after.hands, [&](const Hand& hand) {
               return !is_standing_lead(f, hand) || hand.state == HandState::replied;
           });
}

bool all_lead_arrived(const Frame& f, const Args& a) {
    return has_lead(f, a) && std::ranges::all_of(f.after.hands, [&](const Hand& hand) {
               return !is_standing_lead(f, hand) || hand.state == HandState::arrived ||
                      hand.state == HandState::replied;
           });
}

bool no_lead_open(const Frame& f, const Args&) {
    return std::ranges::none_of(f.after.hands, [&](const Hand& hand) {
        return is_standing_lead(f, hand) && hand.state != HandState::replied;
    });
}

/// A hand is no longer waited for once its clock (the one named, else any) has lapsed. A seat gives
/// no opinion.
bool opinions_in(const Frame& f, const Args& a) {
    return std::ranges::all_of(f.after.hands, [&](const Hand& hand) {
        const bool is_waited_for = !is_lead_role(f, hand.role) && !hand.post &&
                                   is_open(hand.state) && hand.turn == f.after.turn &&
                                   hand.state != HandState::replied;
        const auto lapsed = [&](const Clock& clock) {
            return clock.of == ClockOf::hand && clock.part == hand.no &&
                   clock.state == ClockState::lapsed && (a.empty() || clock.name == a.front());
        };
        return !is_waited_for || std::ranges::any_of(f.after.clocks, lapsed);
    });
}

bool never_assigned(const Frame& f, const Args&) { return !f.after.past.was_assigned; }

bool contact_made(const Frame& f, const Args&) {
    const Party* requester = f.after.requester();
    const bool is_reachable = requester == nullptr || requester->is_named;
    return !is_reachable || (acting(f) != nullptr && (f.after.is_marked("contacted", f.acting) ||
                                                      f.after.is_marked("unreachable", f.acting)));
}

bool sign_off_given(const Frame& f, const Args&) {
    return f.after.is_marked("signed_off", f.acting);
}

bool other_org(const Frame& f, const Args&) {
    const Json& to = f.given("to");
    return acting(f) == nullptr || !to.is_int() || OrgId{to.as_int()} != acting(f)->org;
}

bool duty_list_allows(const Frame& f, const Args&) { return !duty_refusal(f).has_value(); }

bool never_contacted(const Frame& f, const Args&) {
    return std::ranges::none_of(f.after.past.marks, [](const Mark& mark) {
        return mark.what == "contacted";
    });
}

bool offers_settled(const Frame& f, const Args&) {
    return std::ranges::none_of(f.after.hands, [](const Hand& hand) {
        return hand.state == HandState::offered;
    });
}

std::int64_t seat_of(const Frame& f, const std::string& slot) {
    const Hand* hand = f.after.hand(static_cast<PartNo>(f.after.field("slot." + slot).as_int()));
    return hand != nullptr && hand->state != HandState::withdrawn ? hand->no : 0;
}

bool slot_free(const Frame& f, const Args& a) {
    const std::string& slot = f.given("slot").as_string();
    const auto list = f.context->pack->reasons.find(a.front());
    return list != f.context->pack->reasons.end() &&
           std::ranges::any_of(list->second, [&](const auto& one) { return one.first == slot; }) &&
           seat_of(f, slot) == 0;
}

bool slots_filled(const Frame& f, const Args& a) {
    const auto list = f.context->pack->reasons.find(a.front());
    return list != f.context->pack->reasons.end() &&
           std::ranges::all_of(list->second, [&](const auto& one) {
               return seat_of(f, one.first) != 0;
           });
}

const std::array rows{
    GuardRow{
        {"is_lead",
         {},
         0,
         Errc::not_lead,
         G::role,
         "办理的是主办单位",
         "the acting hand is of a lead role"},
        is_lead
    },
    GuardRow{
        {"hand_is",
         one_hand,
         0,
         Errc::no_hand,
         G::role,
         "是该角色的承办",
         "the acting hand is of that role"},
        hand_is
    },
    GuardRow{
        {"has_hand",
         {},
         0,
         Errc::not_open_hand,
         G::role,
         "有在办的承办",
         "the actor's unit holds an open hand"},
        has_hand
    },
    GuardRow{
        {"lead_free",
         {},
         0,
         Errc::lead_exists,
         G::count,
         "尚无主办",
         "no lead hand stands in this turn"},
        lead_free
    },
    GuardRow{
        {"has_lead", {}, 0, Errc::no_lead, G::stage, "已有主办", "a lead hand stands in this turn"},
        has_lead
    },
    GuardRow{
        {"all_lead_replied",
         {},
         0,
         Errc::leads_open,
         G::count,
         "主办均已答复",
         "every lead hand of this turn has replied"},
        all_lead_replied
    },
    GuardRow{
        {"all_lead_arrived",
         {},
         0,
         Errc::leads_open,
         G::count,
         "主办均已报到",
         "every lead hand of this turn is on the spot or has replied"},
        all_lead_arrived
    },
    GuardRow{
        {"no_lead_open",
         {},
         0,
         Errc::leads_open,
         G::count,
         "没有未答复的主办",
         "no lead hand of this turn is still to reply"},
        no_lead_open
    },
    GuardRow{
        {"opinions_in",
         one_clock,
         1,
         Errc::opinions_open,
         G::count,
         "会办意见已交或逾期",
         "no other hand is still waited for, unless that clock of it (any, without argument) lapsed"
        },
        opinions_in
    },
    GuardRow{
        {"offers_settled",
         {},
         0,
         Errc::offers_open,
         G::count,
         "预交办均已回应",
         "no hand is still only offered"},
        offers_settled
    },
    GuardRow{
        {"slot_free",
         one_reasons,
         0,
         Errc::slot_not_free,
         G::count,
         "席位在清单内且空缺",
         "field slot is a key of that list of the pack, and nobody holds that seat"},
        slot_free
    },
    GuardRow{
        {"slots_filled",
         one_reasons,
         0,
         Errc::slots_open,
         G::count,
         "席位均已落实",
         "somebody holds every seat of that list of the pack"},
        slots_filled
    },
    GuardRow{
        {"never_assigned",
         {},
         0,
         Errc::leads_assigned,
         G::count,
         "从未交办",
         "the matter never had a lead hand"},
        never_assigned
    },
    GuardRow{
        {"contact_made",
         {},
         0,
         Errc::contact_missing,
         G::asks,
         "已联系诉求人",
         "the acting hand has contacted the requester in this turn, or nobody can be contacted"},
        contact_made
    },
    GuardRow{
        {"sign_off_given",
         {},
         0,
         Errc::sign_off_missing,
         G::asks,
         "已签发",
         "a sign-off stands for the acting hand, or for the matter without one"},
        sign_off_given
    },
    GuardRow{
        {"other_org",
         {},
         0,
         Errc::same_org,
         G::role,
         "转给别的单位",
         "the unit named is not the acting hand's own"},
        other_org
    },
    GuardRow{
        {"duty_list_allows",
         {},
         0,
         Errc::list_three_taken_back,
         G::role,
         "符合三张清单",
         "a township leads no item that was taken back, nor one it only assists in"},
        duty_list_allows
    },
    GuardRow{
        {"never_contacted",
         {},
         0,
         Errc::withdraw_needs_confirmation,
         G::stage,
         "承办单位尚未联系",
         "no unit has contacted the requester yet"},
        never_contacted
    },
};

}  // namespace

std::span<const GuardRow> guards_of_hands() { return rows; }

}  // namespace zt
