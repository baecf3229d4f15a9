// The predicates, one row each: name, arguments, refusal, class, help, function. A new word is one row and its test.

#include "base/text.hpp"
#include "domain/impl/frame.hpp"

#include <algorithm>
#include <array>

namespace zt {

namespace {

using Args = std::vector<std::string>;
using Function = bool (*)(const Frame&, const Args&);

struct Row {
    PredicateRow row;
    Function function;
};

const Hand* acting(const Frame& f) { return f.acting_hand(); }

const Clock* clock_named(const Frame& f, const std::string& name) {
    const Hand* hand = acting(f);
    const Clock* of_hand = hand == nullptr ? nullptr : f.after.newest_clock(name, hand->no);
    return of_hand != nullptr ? of_hand : f.after.newest_clock(name);
}

bool is_lead(const Frame& f, const Args&) { return acting(f) != nullptr && is_lead_role(f, acting(f)->role); }

bool hand_is(const Frame& f, const Args& a) {
    return acting(f) != nullptr && std::ranges::find(a, acting(f)->role) != a.end();
}

bool has_hand(const Frame& f, const Args&) { return acting(f) != nullptr; }

bool is_standing_lead(const Frame& f, const Hand& hand) {
    return is_lead_role(f, hand.role) && is_open(hand.state) && hand.turn == f.after.turn;
}

bool has_lead(const Frame& f, const Args&) {
    return std::ranges::any_of(f.after.hands, [&](const Hand& hand) { return is_standing_lead(f, hand); });
}

bool lead_free(const Frame& f, const Args& a) { return !has_lead(f, a); }

bool all_lead_replied(const Frame& f, const Args& a) {
    return has_lead(f, a) && std::ranges::all_of(f.after.hands, [&](const Hand& hand) {
               return !is_standing_lead(f, hand) || hand.state == HandState::replied;
           });
}

bool no_lead_open(const Frame& f, const Args&) {
    return std::ranges::none_of(f.after.hands, [&](const Hand& hand) {
        return is_standing_lead(f, hand) && hand.state != HandState::replied;
    });
}

/// A hand is no longer waited for once its clock (the one named, else any) has lapsed.
bool opinions_in(const Frame& f, const Args& a) {
    return std::ranges::all_of(f.after.hands, [&](const Hand& hand) {
        const bool is_waited_for = !is_lead_role(f, hand.role) && is_open(hand.state) && hand.turn == f.after.turn &&
                                   hand.state != HandState::replied;
        const auto lapsed = [&](const Clock& clock) {
            return clock.of == ClockOf::hand && clock.part == hand.no && clock.state == ClockState::lapsed &&
                   (a.empty() || clock.name == a.front());
        };
        return !is_waited_for || std::ranges::any_of(f.after.clocks, lapsed);
    });
}

bool is_of_list(const Item& item, const Args& a) { return a.empty() || item.list == a.front(); }

bool items_done(const Frame& f, const Args& a) {
    return std::ranges::none_of(f.after.items, [&](const Item& item) {
        return is_of_list(item, a) && item.state == ItemState::open;
    });
}

bool has_items(const Frame& f, const Args& a) {
    return std::ranges::any_of(f.after.items, [&](const Item& item) { return is_of_list(item, a); });
}

bool never_assigned(const Frame& f, const Args&) { return !f.after.past.was_assigned; }
bool first_turn(const Frame& f, const Args&) { return f.after.turn == 1; }
bool evidence_given(const Frame& f, const Args&) { return !f.given("evidence").is_null(); }
bool evidence_stands(const Frame& f, const Args&) {
    return !f.given("evidence").is_null() || f.after.is_marked("evidence") || std::ranges::any_of(f.after.items, [](const Item& item) {
               return !item.evidence.empty();
           });
}

/// What a source row does not carry is marked not_in_source by the field; the list has nothing to judge then.
bool is_listed(const Frame& f, std::string_view field, const Args& a) {
    if (f.is_import() && f.given(field).is_null()) {
        return true;
    }
    const auto list = f.context->pack->reasons.find(a.front());
    if (list == f.context->pack->reasons.end()) {
        return false;
    }
    return std::ranges::any_of(list->second, [&](const auto& one) { return one.first == f.given(field).as_string(); });
}

bool reason_in(const Frame& f, const Args& a) { return is_listed(f, "reason", a); }
bool trigger_in(const Frame& f, const Args& a) { return is_listed(f, "trigger", a); }
bool outcome_in(const Frame& f, const Args& a) { return is_listed(f, "outcome", a); }

bool contact_made(const Frame& f, const Args&) {
    const Party* requester = f.after.requester();
    const bool is_reachable = requester == nullptr || requester->is_named;
    return !is_reachable || (acting(f) != nullptr && (f.after.is_marked("contacted", f.acting) ||
                                                      f.after.is_marked("unreachable", f.acting)));
}

bool sign_off_given(const Frame& f, const Args&) { return f.after.is_marked("signed_off", f.acting); }
bool is_verified(const Frame& f, const Args&) { return f.after.is_marked("verified"); }
bool is_reviewed(const Frame& f, const Args&) { return f.after.is_marked("reviewed"); }
bool is_replied(const Frame& f, const Args&) { return f.after.is_marked("answered"); }
bool is_marked(const Frame& f, const Args& a) {
    return f.after.is_marked(a.front()) || (f.acting != 0 && f.after.is_marked(a.front(), f.acting));
}
bool was_asked(const Frame& f, const Args&) { return f.after.past.was_asked_to_rate; }

bool is_within(const Frame& f, const std::string& name, UtcMs start) {
    const auto window = f.context->pack->windows.find(name);
    return window != f.context->pack->windows.end() &&
           f.at() < calendar::due_of(*f.context->calendar, start, window->second).at;
}

bool within(const Frame& f, const Args& a) { return f.after.past.closed && is_within(f, a.front(), *f.after.past.closed); }
bool hand_within(const Frame& f, const Args& a) {
    return acting(f) != nullptr && is_within(f, a.front(), acting(f)->since);
}

std::int64_t counter_of(const Milestones& past, std::string_view name) {
    struct Counter {
        std::string_view name;
        std::int32_t Milestones::* member;
    };
    static constexpr Counter counters[] = {
        {"send_backs", &Milestones::send_backs}, {"contests", &Milestones::contests},
        {"urges", &Milestones::urges},           {"transfers", &Milestones::transfers},
        {"redos", &Milestones::redos},           {"extensions", &Milestones::extensions},
        {"bad_ratings", &Milestones::bad_ratings}};
    for (const auto& one : counters) {
        if (one.name == name) {
            return past.*one.member;
        }
    }
    return 0;
}

bool at_most(const Frame& f, const Args& a) {
    const auto limit = f.context->pack->limits.find(a[1]);
    return limit != f.context->pack->limits.end() && counter_of(f.after.past, a[0]) < limit->second;
}

bool rated_in_turn(const Frame& f, const Args&) {
    return std::ranges::any_of(f.after.ratings, [&](const Rating& rating) { return rating.turn == f.after.turn; });
}
bool not_rated_in_turn(const Frame& f, const Args& a) { return !rated_in_turn(f, a); }
bool rated_bad(const Frame& f, const Args&) {
    const Rating* rating = f.after.last_rating();
    return rating != nullptr && rating->is_bad && rating->turn == f.after.turn;
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

bool clock_is(const Frame& f, const std::string& name, ClockState state) {
    const Clock* clock = clock_named(f, name);
    return clock != nullptr && clock->state == state;
}
bool clock_runs(const Frame& f, const Args& a) { return clock_is(f, a.front(), ClockState::running); }
bool clock_paused(const Frame& f, const Args& a) { return clock_is(f, a.front(), ClockState::paused); }
bool clock_lapsed(const Frame& f, const Args& a) {
    const Clock* clock = clock_named(f, a.front());
    return clock != nullptr && clock->lapsed.has_value() && clock->turn == f.after.turn;
}
bool before_due(const Frame& f, const Args& a) {
    const Clock* clock = clock_named(f, a.front());
    return clock != nullptr && f.at() < clock->due;
}

bool extension_left(const Frame& f, const Args& a) {
    const ClockRule* rule = f.kind->clock(a.front());
    const Clock* clock = clock_named(f, a.front());
    return rule != nullptr && clock != nullptr && clock->extensions < rule->extensions_max;
}

bool extension_within_cap(const Frame& f, const Args& a) {
    const ClockRule* rule = f.kind->clock(a.front());
    const auto length = calendar::parse_length(f.given("length").as_string());
    return rule != nullptr && length && (!rule->extension_cap || (length->unit == rule->extension_cap->unit &&
                                                                  length->count <= rule->extension_cap->count));
}

bool extension_asked(const Frame& f, const Args&) { return f.after.is_marked("extension_asked"); }

bool pause_reason_known(const Frame& f, const Args& a) {
    const ClockRule* rule = f.kind->clock(a.front());
    return rule != nullptr && std::ranges::find(rule->pause_reasons, f.given("reason").as_string()) != rule->pause_reasons.end();
}

bool pause_cap_left(const Frame& f, const Args& a) {
    const ClockRule* rule = f.kind->clock(a.front());
    const Clock* clock = clock_named(f, a.front());
    if (rule == nullptr || clock == nullptr || !rule->pause_cap) {
        return rule != nullptr && clock != nullptr;
    }
    Millis paused{0};
    for (const auto& pause : clock->pauses) {
        paused += pause.until.value_or(f.at()) - pause.from;
    }
    const auto cap = rule->pause_cap->unit == calendar::Unit::hours ? std::chrono::minutes{rule->pause_cap->count}
                                                                    : std::chrono::days{rule->pause_cap->count};
    return paused < cap;
}

bool other_org(const Frame& f, const Args&) {
    const Json& to = f.given("to");
    return acting(f) == nullptr || !to.is_int() || OrgId{to.as_int()} != acting(f)->org;
}

bool duty_list_allows(const Frame& f, const Args&) { return !duty_refusal(f).has_value(); }

bool not_self(const Frame& f, const Args&) {
    const Json& into = f.given("into");
    const Json& other = into.is_null() ? f.given("matter") : into;
    return other.as_int() != f.after.id.value;
}

/// Work goes into a matter that somebody works on, and whose protection lets no more people see it.
bool into_open(const Frame& f, const Args&) {
    return std::ranges::any_of(f.context->reads, [&](const State* other) {
        return other != nullptr && other->id.value == f.given("into").as_int() && other->kind == f.after.kind &&
               other->counts == Counts::open && !other->has_link("merged_into") &&
               other->protection == f.after.protection && other->protection != Protection::wrong_done;
    });
}

bool is_merged(const Frame& f, const Args&) { return f.after.has_link("merged_into"); }
bool not_merged(const Frame& f, const Args&) { return !f.after.has_link("merged_into"); }

bool links_at_least(const Frame& f, const Args& a) {
    const auto stand = std::ranges::count(f.after.links, a[0], &Link::type);
    const auto given = static_cast<std::int64_t>(f.given("matters").as_array().size());
    return stand + given >= parse_int(a[1]).value_or(1);
}

bool never_contacted(const Frame& f, const Args&) {
    return std::ranges::none_of(f.after.past.marks, [](const Mark& mark) { return mark.what == "contacted"; });
}

bool consent_given(const Frame& f, const Args&) { return f.given("consent").as_bool(); }

bool protection_not_lowered(const Frame& f, const Args&) {
    const auto asked = parse_protection(f.given("protection").as_string());
    return f.given("protection").is_null() || (asked && *asked >= f.after.protection);
}

bool took_part(const State& state, const Frame& f) {
    const bool has_or_had_hand = std::ranges::any_of(state.hands, [&](const Hand& hand) { return hand.org == f.org; });
    const bool supervised = state.field("ordered_by").as_int() == f.org.value && f.org;
    return has_or_had_hand || supervised;
}

bool not_involved(const Frame& f, const Args&) {
    const bool was_opener = f.after.registered_by == f.org && f.org;
    return !was_opener && !took_part(f.after, f) && std::ranges::none_of(f.context->reads, [&](const State* other) {
        return other != nullptr && other->kind != "duty_list" && took_part(*other, f);
    });
}

/// Facts that a trigger claims, where the matter itself can bear them out; the rest needs evidence and a judge.
bool trigger_holds(const Frame& f, const Args&) {
    const std::string& trigger = f.given("trigger").as_string();
    if (trigger == "overdue_after_red_order") {
        return f.after.is_overdue() && f.after.field("order").as_string() == "red";
    }
    if (trigger == "closing_undone") {
        return f.after.past.redos > 0;
    }
    return !trigger.empty() && !f.given("evidence").is_null();
}

bool order_stands(const Frame& f, const Args&) { return !f.after.field("order").as_string().empty(); }
bool order_is(const Frame& f, const Args& a) {
    return std::ranges::find(a, f.after.field("order").as_string()) != a.end();
}

bool not_opened(const Frame& f, const Args&) { return !f.after.has_link("held_by"); }

bool field_is(const Frame& f, const Args& a) {
    const Json& value = f.value(a.front());
    const std::string text = value.is_bool()  ? (value.as_bool() ? "yes" : "no")
                             : value.is_int() ? std::to_string(value.as_int())
                                              : value.as_string();
    return std::find(a.begin() + 1, a.end(), text) != a.end();
}
bool field_given(const Frame& f, const Args& a) { return !f.value(a.front()).is_null(); }
bool body_given(const Frame& f, const Args&) { return !f.given("body").is_null(); }

bool has_party(const Frame& f, const Args& a) {
    return std::ranges::any_of(f.after.parties, [&](const Party& party) { return party.role == a.front(); });
}
bool requester_named(const Frame& f, const Args&) {
    return f.after.requester() != nullptr && f.after.requester()->is_named;
}
bool stage_is(const Frame& f, const Args& a) { return std::ranges::find(a, f.after.stage) != a.end(); }
bool turn_at_least(const Frame& f, const Args& a) { return f.after.turn >= parse_int(a.front()).value_or(1); }
bool is_published(const Frame& f, const Args&) { return f.after.is_published; }
bool not_objected(const Frame& f, const Args&) {
    return std::ranges::none_of(f.after.past.marks, [](const Mark& mark) { return mark.what == "objected"; });
}

bool office_above_exists(const Frame& f, const Args&) {
    const Org* office = f.directory().org(f.after.office);
    const Org* parent = office == nullptr ? nullptr : f.directory().org(office->parent);
    return parent != nullptr &&
           competent_office(f.after, parent->parent, f.kind->office_function, f.directory(), f.day()) != nullptr;
}

using A = ArgType;
constexpr std::array one_clock{A::clock};
constexpr std::array one_hand{A::hand_role};
constexpr std::array one_list{A::item_list};
constexpr std::array one_reasons{A::reasons};
constexpr std::array one_window{A::window};
constexpr std::array one_number{A::number};
constexpr std::array one_value{A::value};
constexpr std::array one_stage{A::stage};
constexpr std::array one_field{A::field};
constexpr std::array counter_limit{A::counter, A::limit};
constexpr std::array link_number{A::link_type, A::number};
constexpr std::array field_values{A::field, A::value};

using G = GuardClass;
const std::array rows{
    Row{{"is_lead", {}, 0, Errc::not_lead, G::role, "办理的是主办单位", "the acting hand is of a lead role"}, is_lead},
    Row{{"hand_is", one_hand, 0, Errc::no_hand, G::role, "是该角色的承办", "the acting hand is of that role"}, hand_is},
    Row{{"has_hand", {}, 0, Errc::not_open_hand, G::role, "有在办的承办", "the actor's unit holds an open hand"}, has_hand},
    Row{{"lead_free", {}, 0, Errc::lead_exists, G::count, "尚无主办", "no lead hand stands in this turn"}, lead_free},
    Row{{"has_lead", {}, 0, Errc::no_lead, G::stage, "已有主办", "a lead hand stands in this turn"}, has_lead},
    Row{{"all_lead_replied", {}, 0, Errc::leads_open, G::count, "主办均已答复", "every lead hand of this turn has replied"}, all_lead_replied},
    Row{{"no_lead_open", {}, 0, Errc::leads_open, G::count, "没有未答复的主办", "no lead hand of this turn is still to reply"}, no_lead_open},
    Row{{"opinions_in", one_clock, 1, Errc::opinions_open, G::count, "会办意见已交或逾期", "no other hand is still waited for, unless that clock of it (any, without argument) lapsed"}, opinions_in},
    Row{{"items_done", one_list, 1, Errc::items_open, G::count, "清单事项均已完成", "no item of that list is open"}, items_done},
    Row{{"has_items", one_list, 1, Errc::items_open, G::count, "清单不为空", "the list has at least one item"}, has_items},
    Row{{"never_assigned", {}, 0, Errc::leads_assigned, G::count, "从未交办", "the matter never had a lead hand"}, never_assigned},
    Row{{"first_turn", {}, 0, Errc::answered_needs_assign, G::count, "首轮办理", "this is the first turn"}, first_turn},
    Row{{"evidence_given", {}, 0, Errc::evidence_missing, G::asks, "附有佐证", "the command carries evidence"}, evidence_given},
    Row{{"evidence_stands", {}, 0, Errc::evidence_missing, G::asks, "本轮已有佐证", "evidence is given, or was in this turn or with an item"}, evidence_stands},
    Row{{"reason_in", one_reasons, 0, Errc::reason_missing, G::shape, "理由在清单内", "field reason is a key of that list of the pack"}, reason_in},
    Row{{"trigger_in", one_reasons, 0, Errc::trigger_unknown, G::shape, "触发情形在清单内", "field trigger is a key of that list"}, trigger_in},
    Row{{"outcome_in", one_reasons, 0, Errc::outcome_missing, G::shape, "结果在清单内", "field outcome is a key of that list"}, outcome_in},
    Row{{"contact_made", {}, 0, Errc::contact_missing, G::asks, "已联系诉求人", "the acting hand has contacted the requester in this turn, or nobody can be contacted"}, contact_made},
    Row{{"sign_off_given", {}, 0, Errc::sign_off_missing, G::asks, "已签发", "a sign-off stands for the acting hand, or for the matter without one"}, sign_off_given},
    Row{{"verified", {}, 0, Errc::verification_missing, G::asks, "已核查", "verification stands in this turn"}, is_verified},
    Row{{"reviewed", {}, 0, Errc::verification_missing, G::asks, "已审核", "a review stands in this turn"}, is_reviewed},
    Row{{"replied", {}, 0, Errc::reply_missing, G::count, "本轮已答复", "the matter was answered in this turn"}, is_replied},
    Row{{"marked", one_value, 0, Errc::not_confirmed, G::stage, "本轮已标记", "that stands in this turn, of the matter or of the acting hand"}, is_marked},
    Row{{"was_asked", {}, 0, Errc::not_requester, G::count, "已邀请评价", "the requester was asked to rate"}, was_asked},
    Row{{"within", one_window, 0, Errc::window_over, G::time, "在办结后期限内", "no more than that window since the matter was closed"}, within},
    Row{{"hand_within", one_window, 0, Errc::window_over, G::time, "在交办后期限内", "no more than that window since the acting hand was given"}, hand_within},
    Row{{"at_most", counter_limit, 0, Errc::too_often, G::count, "次数未满", "the counter is below that limit of the pack"}, at_most},
    Row{{"not_rated_in_turn", {}, 0, Errc::already_rated, G::count, "本轮未评价", "nobody has rated in this turn"}, not_rated_in_turn},
    Row{{"rated_in_turn", {}, 0, Errc::nothing_rated, G::count, "本轮已评价", "a rating stands in this turn"}, rated_in_turn},
    Row{{"rated_bad", {}, 0, Errc::not_rated_bad, G::count, "本轮评价为差", "the rating of this turn is bad"}, rated_bad},
    Row{{"just_rated_bad", {}, 0, Errc::not_rated_bad, G::count, "刚收到差评", "this command brought a bad rating"}, just_rated_bad},
    Row{{"bad_ratings_at_least", one_number, 0, Errc::not_rated_bad, G::count, "差评次数达到", "so many bad ratings so far"}, bad_ratings_at_least},
    Row{{"contest_unused", {}, 0, Errc::contest_used, G::count, "未申请过复核", "no contest so far"}, contest_unused},
    Row{{"not_objected", {}, 0, Errc::too_often, G::count, "未提出过异议", "no objection so far"}, not_objected},
    Row{{"clock_runs", one_clock, 0, Errc::clock_not_running, G::stage, "时限在计时", "that clock runs"}, clock_runs},
    Row{{"clock_paused", one_clock, 0, Errc::clock_not_paused, G::stage, "时限已中止", "that clock stands still"}, clock_paused},
    Row{{"clock_lapsed", one_clock, 0, Errc::clock_not_running, G::stage, "时限已到", "that clock lapsed in this turn"}, clock_lapsed},
    Row{{"before_due", one_clock, 0, Errc::too_late, G::time, "未到期", "it is before that clock's due"}, before_due},
    Row{{"extension_left", one_clock, 0, Errc::extension_used, G::count, "延期次数未满", "that clock may still be extended"}, extension_left},
    Row{{"extension_within_cap", one_clock, 0, Errc::extension_too_long, G::time, "延期不超上限", "the length asked is within the cap of one extension"}, extension_within_cap},
    Row{{"extension_asked", {}, 0, Errc::clock_not_running, G::stage, "有待批的延期", "an extension was asked for and is not decided"}, extension_asked},
    Row{{"pause_reason_known", one_clock, 0, Errc::pause_reason_unknown, G::shape, "中止理由在清单内", "field reason is one of the clock's pause reasons"}, pause_reason_known},
    Row{{"pause_cap_left", one_clock, 0, Errc::pause_cap, G::time, "中止未达上限", "pauses so far are below the cap"}, pause_cap_left},
    Row{{"other_org", {}, 0, Errc::same_org, G::role, "转给别的单位", "the unit named is not the acting hand's own"}, other_org},
    Row{{"duty_list_allows", {}, 0, Errc::list_three_taken_back, G::role, "符合三张清单", "a township leads no item that was taken back, nor one it only assists in"}, duty_list_allows},
    Row{{"not_self", {}, 0, Errc::self_link, G::shape, "不是本件", "the matter named is another one"}, not_self},
    Row{{"not_merged", {}, 0, Errc::already_merged, G::stage, "未并案", "the matter is not merged into another"}, not_merged},
    Row{{"into_open", {}, 0, Errc::wrong_stage, G::stage, "主案在办且保护相同", "the matter it goes into is of this kind, open, not merged itself and protected alike (never wrong done)"}, into_open},
    Row{{"is_merged", {}, 0, Errc::not_merged, G::stage, "已并案", "the matter is merged into another"}, is_merged},
    Row{{"links_at_least", link_number, 0, Errc::too_few_links, G::count, "关联件数足够", "so many links of that type, with those given"}, links_at_least},
    Row{{"never_contacted", {}, 0, Errc::withdraw_needs_confirmation, G::stage, "承办单位尚未联系", "no unit has contacted the requester yet"}, never_contacted},
    Row{{"consent_given", {}, 0, Errc::consent_missing, G::asks, "诉求人同意", "field consent is yes"}, consent_given},
    Row{{"protection_not_lowered", {}, 0, Errc::protection_lowered, G::role, "不降低保护等级", "field protection is not below the present class"}, protection_not_lowered},
    Row{{"not_involved", {}, 0, Errc::involved_before, G::role, "未参与过办理或督办", "the actor's unit neither handled nor supervised this matter or those it reads, nor opened it"}, not_involved},
    Row{{"trigger_holds", {}, 0, Errc::trigger_missing, G::stage, "触发情形有据", "the matter's facts or the evidence given bear the trigger out"}, trigger_holds},
    Row{{"order_stands", {}, 0, Errc::order_missing, G::stage, "已有督办单", "a supervision order stands"}, order_stands},
    Row{{"order_is", one_value, 0, Errc::order_missing, G::stage, "督办单颜色", "the supervision order has that colour"}, order_is},
    Row{{"not_opened", {}, 0, Errc::already_opened, G::count, "未启动过问责", "no accountability was opened from it"}, not_opened},
    Row{{"field_is", field_values, 0, Errc::bad_field, G::shape, "字段为", "the field has one of those values"}, field_is},
    Row{{"field_given", one_field, 0, Errc::missing_field, G::shape, "字段已填", "the field has a value"}, field_given},
    Row{{"body_given", {}, 0, Errc::body_missing, G::shape, "写明主管机关", "the competent body is named"}, body_given},
    Row{{"has_party", one_value, 0, Errc::not_beneficiary, G::shape, "有该参与人", "a party of that role stands"}, has_party},
    Row{{"requester_named", {}, 0, Errc::not_requester, G::shape, "诉求人留名", "the requester gave a name"}, requester_named},
    Row{{"stage_is", one_stage, 0, Errc::wrong_stage, G::stage, "处于阶段", "the matter is in one of those stages"}, stage_is},
    Row{{"turn_at_least", one_number, 0, Errc::bad_turn, G::count, "办理轮次达到", "the turn is at least that"}, turn_at_least},
    Row{{"is_published", {}, 0, Errc::not_confirmed, G::stage, "已公开", "the matter is published"}, is_published},
    Row{{"office_above_exists", {}, 0, Errc::not_competent, G::role, "有上级主管办公室", "an impartial office stands above"}, office_above_exists},
};

const Row& row_named(const std::string& name) {
    const auto found = std::ranges::find_if(rows, [&](const Row& one) { return one.row.name == name; });
    // kindfile proves the words of every kind; another one here is a bug of ours.
    static const Row never{{name, {}, 0, Errc::unknown_word, G::shape, "", ""}, [](const Frame&, const Args&) { return false; }};
    return found == rows.end() ? never : *found;
}

}  // namespace

std::span<const PredicateRow> predicate_rows() {
    static const auto views = [] {
        std::vector<PredicateRow> list;
        for (const auto& one : rows) {
            list.push_back(one.row);
        }
        return list;
    }();
    return views;
}

const PredicateRow* find_predicate(std::string_view name) {
    const auto all = predicate_rows();
    const auto found = std::ranges::find(all, name, &PredicateRow::name);
    return found == all.end() ? nullptr : &*found;
}

bool holds(const Word& word, const Frame& frame) {
    return row_named(word.name).function(frame, word.args) != word.is_negated;
}

Result<void> guard(const Word& word, Frame& frame) {
    if (holds(word, frame)) {
        return {};
    }
    const PredicateRow& row = row_named(word.name).row;
    const Errc code = word.name == "duty_list_allows" ? duty_refusal(frame).value_or(row.refusal) : row.refusal;
    const bool is_judged = row.guard_class == G::shape || row.guard_class == G::stage;
    if (frame.is_import() && !is_judged) {
        const std::string mark(row.guard_class == G::asks ? std::string_view("not_in_source") : name_of(code));
        if (std::ranges::find(frame.irregular, mark) == frame.irregular.end()) {
            frame.irregular.push_back(mark);
        }
        return {};
    }
    return fail(code, std::string(row.help) + " is required", "/guard/" + word.name);
}

}  // namespace zt
