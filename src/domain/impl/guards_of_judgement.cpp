// Predicates about what was shown and judged: evidence, verification, ratings, turns, items.

#include "base/text.hpp"
#include "domain/impl/guard_rows.hpp"

#include <algorithm>

namespace zt {

namespace {

using namespace guards;

bool is_of_list(const Item& item, const Args& a) { return a.empty() || item.list == a.front(); }

bool items_done(const Frame& f, const Args& a) {
    return std::ranges::none_of(f.after.items, [&](const Item& item) {
        return is_of_list(item, a) && item.state == ItemState::open;
    });
}

bool has_items(const Frame& f, const Args& a) {
    return std::ranges::any_of(f.after.items, [&](const Item& item) {
        return is_of_list(item, a);
    });
}

bool first_turn(const Frame& f, const Args&) { return f.after.turn == 1; }

bool evidence_given(const Frame& f, const Args&) { return !f.given("evidence").is_null(); }

bool evidence_stands(const Frame& f, const Args&) {
    return !f.given("evidence").is_null() || f.after.is_marked("evidence") ||
           std::ranges::any_of(f.after.items, [](const Item& item) {
               return !item.evidence.empty();
           });
}

bool is_verified(const Frame& f, const Args&) { return f.after.is_marked("verified"); }

bool is_reviewed(const Frame& f, const Args&) { return f.after.is_marked("reviewed"); }

bool is_replied(const Frame& f, const Args&) { return f.after.is_marked("answered"); }

bool is_marked(const Frame& f, const Args& a) {
    return f.after.is_marked(a.front()) ||
           (f.acting != 0 && f.after.is_marked(a.front(), f.acting));
}

bool marked_by(const Frame& f, const Args& a) { return f.after.is_marked(mark_by_name(f, a)); }

bool was_asked(const Frame& f, const Args&) { return f.after.past.was_asked_to_rate; }

bool rated_in_turn(const Frame& f, const Args&) {
    return std::ranges::any_of(f.after.ratings, [&](const Rating& rating) {
        return rating.turn == f.after.turn;
    });
}

bool not_rated_in_turn(const Frame& f, const Args& a) { return !rated_in_turn(f, a); }

bool rating_free(const Frame& f, const Args&) {
    const RatingSides sides = rating_sides(f);
    return std::ranges::none_of(f.after.ratings, [&](const Rating& rating) {
        return rating.turn == f.after.turn && rating.by_party == sides.by_party &&
               rating.by_hand == sides.by_hand && rating.about == sides.about;
    });
}

/// Who opened the matter rates a hand, a hand rates who opened it; neither rates itself.
bool rates_other_side(const Frame& f, const Args&) {
    const RatingSides sides = rating_sides(f);
    const Hand* about = f.after.hand(sides.about);
    const OrgId rated = about != nullptr ? about->org : f.after.registered_by;
    return rated != f.org;
}

bool rated_bad(const Frame& f, const Args&) {
    const Rating* rating = f.after.last_rating();
    return rating != nullptr && rating->is_bad && rating->turn == f.after.turn;
}

bool hand_not_rated(const Frame& f, const Args&) {
    const Hand* hand = rated_hand(f);
    return std::ranges::none_of(f.after.ratings, [&](const Rating& rating) {
        return rating.turn == f.after.turn && rating.about == (hand == nullptr ? 0 : hand->no);
    });
}

/// The newest rating of this turn about a hand of that unit is bad.
bool is_rated_bad(const Frame& f, OrgId org) {
    const Rating* newest = nullptr;
    for (const auto& rating : f.after.ratings) {
        const Hand* hand = f.after.hand(rating.about);
        if (rating.turn == f.after.turn && hand != nullptr && hand->org == org) {
            newest = &rating;
        }
    }
    return newest != nullptr && newest->is_bad;
}

bool hands_rated_bad(const Frame& f, const Args&) {
    const auto& named = f.given("hands").as_array();
    return !named.empty() && std::ranges::all_of(named, [&](const Json& one) {
        return is_rated_bad(f, OrgId{one.as_int()});
    });
}

bool just_rated_bad(const Frame& f, const Args&) {
    return std::ranges::any_of(f.changes, [](const Change& change) {
        const Rated* rated = std::get_if<Rated>(&change);
        return rated != nullptr && rated->rating.is_bad;
    });
}

bool bad_ratings_at_least(const Frame& f, const Args& a) {
    return f.after.past.bad_ratings >= parse_int(a.front()).value_or(1);
}

bool contest_unused(const Frame& f, const Args&) { return f.after.past.contests == 0; }

bool turn_at_least(const Frame& f, const Args& a) {
    return f.after.turn >= parse_int(a.front()).value_or(1);
}

bool not_objected(const Frame& f, const Args&) {
    return std::ranges::none_of(f.after.past.marks, [](const Mark& mark) {
        return mark.what == "objected";
    });
}

const std::array rows{
    GuardRow{
        {"items_done",
         one_list,
         1,
         Errc::items_open,
         G::count,
         "清单事项均已完成",
         "no item of that list is open"},
        items_done
    },
    GuardRow{
        {"has_items",
         one_list,
         1,
         Errc::items_open,
         G::count,
         "清单不为空",
         "the list has at least one item"},
        has_items
    },
    GuardRow{
        {"first_turn",
         {},
         0,
         Errc::answered_needs_assign,
         G::count,
         "首轮办理",
         "this is the first turn"},
        first_turn
    },
    GuardRow{
        {"evidence_given",
         {},
         0,
         Errc::evidence_missing,
         G::asks,
         "附有佐证",
         "the command carries evidence"},
        evidence_given
    },
    GuardRow{
        {"evidence_stands",
         {},
         0,
         Errc::evidence_missing,
         G::asks,
         "本轮已有佐证",
         "evidence is given, or was in this turn or with an item"},
        evidence_stands
    },
    GuardRow{
        {"verified",
         {},
         0,
         Errc::verification_missing,
         G::asks,
         "已核查",
         "verification stands in this turn"},
        is_verified
    },
    GuardRow{
        {"reviewed",
         {},
         0,
         Errc::verification_missing,
         G::asks,
         "已审核",
         "a review stands in this turn"},
        is_reviewed
    },
    GuardRow{
        {"replied",
         {},
         0,
         Errc::reply_missing,
         G::count,
         "本轮已答复",
         "the matter was answered in this turn"},
        is_replied
    },
    GuardRow{
        {"marked",
         one_value,
         0,
         Errc::not_confirmed,
         G::stage,
         "本轮已标记",
         "that stands in this turn, of the matter or of the acting hand"},
        is_marked
    },
    GuardRow{
        {"marked_by",
         value_field,
         0,
         Errc::not_confirmed,
         G::stage,
         "本轮已按字段标记",
         "that stands in this turn for the value of the field"},
        marked_by
    },
    GuardRow{
        {"was_asked",
         {},
         0,
         Errc::not_requester,
         G::count,
         "已邀请评价",
         "the requester was asked to rate"},
        was_asked
    },
    GuardRow{
        {"not_rated_in_turn",
         {},
         0,
         Errc::already_rated,
         G::count,
         "本轮未评价",
         "nobody has rated in this turn"},
        not_rated_in_turn
    },
    GuardRow{
        {"rated_in_turn",
         {},
         0,
         Errc::nothing_rated,
         G::count,
         "本轮已评价",
         "a rating stands in this turn"},
        rated_in_turn
    },
    GuardRow{
        {"rating_free",
         {},
         0,
         Errc::already_rated,
         G::count,
         "本方未评价过",
         "this side has not rated that side in this turn"},
        rating_free
    },
    GuardRow{
        {"rates_other_side",
         {},
         0,
         Errc::own_work,
         G::role,
         "评价的是对方",
         "the side that is rated is another unit than the actor's"},
        rates_other_side
    },
    GuardRow{
        {"rated_bad",
         {},
         0,
         Errc::not_rated_bad,
         G::count,
         "本轮评价为差",
         "the rating of this turn is bad"},
        rated_bad
    },
    GuardRow{
        {"hand_not_rated",
         {},
         0,
         Errc::already_rated,
         G::count,
         "该承办单位本轮未评价",
         "the hand named (by org; else the lead) has no rating in this turn"},
        hand_not_rated
    },
    GuardRow{
        {"hands_rated_bad",
         {},
         0,
         Errc::not_rated_bad,
         G::count,
         "所列承办单位本轮均为差评",
         "each unit in field hands has a bad rating in this turn, its newest"},
        hands_rated_bad
    },
    GuardRow{
        {"just_rated_bad",
         {},
         0,
         Errc::not_rated_bad,
         G::count,
         "刚收到差评",
         "this command brought a bad rating"},
        just_rated_bad
    },
    GuardRow{
        {"bad_ratings_at_least",
         one_number,
         0,
         Errc::not_rated_bad,
         G::count,
         "差评次数达到",
         "so many bad ratings so far"},
        bad_ratings_at_least
    },
    GuardRow{
        {"contest_unused", {}, 0, Errc::contest_used, G::count, "未申请过复核", "no contest so far"
        },
        contest_unused
    },
    GuardRow{
        {"not_objected", {}, 0, Errc::too_often, G::count, "未提出过异议", "no objection so far"},
        not_objected
    },
    GuardRow{
        {"turn_at_least",
         one_number,
         0,
         Errc::bad_turn,
         G::count,
         "办理轮次达到",
         "the turn is at least that"},
        turn_at_least
    },
};

}  // namespace

std::span<const GuardRow> guards_of_judgement() { return rows; }

}  // namespace zt
