// The effects, one row each: name, arguments, help, function.

#include "base/text.hpp"
#include "domain/impl/amounts.hpp"
#include "domain/impl/effects_of_marks.hpp"
#include "domain/impl/effects_of_parts.hpp"
#include "domain/impl/frame.hpp"
#include "domain/impl/succession.hpp"

#include <algorithm>
#include <array>

namespace zt {

namespace {

using Args = std::vector<std::string>;
using Function = Result<void> (*)(Frame&, const Args&);

struct Row {
    EffectRow row;
    Function function;
};

Result<void> cancel_clocks(Frame& f, const Args&) {
    cancel_all_clocks(f);
    return {};
}

Result<void> cancel_clock(Frame& f, const Args& a) {
    for (std::size_t i = 0; i < f.after.clocks.size(); ++i) {
        const Clock& clock = f.after.clocks[i];
        if (clock.name == a.front() && is_waiting(clock.state)) {
            f.emit(ClockStopped{clock.no, ClockState::cancelled, f.at()});
        }
    }
    return {};
}

Result<void> start_named(Frame& f, const Args& a) {
    if (const ClockRule* rule = f.kind->clock(a.front())) {
        start_clock(f, *rule, rule->of == ClockOf::hand ? f.acting : 0);
    }
    return {};
}

Result<void> stop_named(Frame& f, const Args& a) {
    const Clock* clock = f.after.newest_clock(a.front());
    if (clock != nullptr && is_waiting(clock->state)) {
        stop_clock(f, *clock);
    }
    return {};
}

Result<void> run_on(Frame& f, const Args& a) {
    const Clock* clock = f.after.newest_clock(a.front());
    if (clock != nullptr && (clock->state == ClockState::met || clock->state == ClockState::late)) {
        f.emit(ClockRunsOn{clock->no});
    }
    return {};
}

Result<void> ask_to_rate(Frame& f, const Args&) {
    if (!f.is_import() && !f.after.past.was_asked_to_rate && f.after.requester() != nullptr) {
        f.emit(AskedToRate{});
    }
    return {};
}

Result<void> raise_turn_effect(Frame& f, const Args&) { return raise_turn(f); }

void move_hands(Frame& f, HandState from_state, bool is_any, HandState to) {
    for (std::size_t i = 0; i < f.after.hands.size(); ++i) {
        const Hand& hand = f.after.hands[i];
        if (is_open(hand.state) && (is_any || hand.state == from_state)) {
            f.move_hand(hand.no, to);
        }
    }
}

Result<void> withdraw_hands(Frame& f, const Args&) {
    move_hands(f, HandState::assigned, true, HandState::withdrawn);
    return {};
}

Result<void> finish_hands(Frame& f, const Args&) {
    move_hands(f, HandState::replied, false, HandState::done);
    return {};
}

Result<void> tally(Frame& f, const Args& a) {
    f.emit(Tallied{a.front(), 1});
    return {};
}

/// Issuing again in the same event is issuing once.
Result<void> number_paper(Frame& f, const Args& a) {
    const auto is_field = [&a](const PaperNumber& one) { return one.field == a[0]; };
    if (std::ranges::none_of(f.paper_numbers, is_field)) {
        f.paper_numbers.push_back({a[0], a[1]});
    }
    return {};
}

Result<void> set_value(Frame& f, const Args& a) {
    const FieldRule* rule = f.kind->field(a[0]);
    const bool is_flag = rule != nullptr && rule->type == FieldType::yes_no;
    f.emit(FieldSet{a[0], is_flag ? Json(a[1] == "yes") : Json(a[1])});
    return {};
}

Result<void> set_from(Frame& f, const Args& a) {
    f.emit(FieldSet{a[0], f.value(a[1])});
    return {};
}

Result<void> clear(Frame& f, const Args& a) {
    f.emit(FieldSet{a.front(), Json()});
    return {};
}

Result<void> count(Frame& f, const Args& a) {
    Counted counted{a[0], 1, MatterId{}, counted_for(f)};
    if (a.size() > 1) {
        counted.amount = f.value(a[1]).as_int();
    }
    if (a.size() > 2) {
        counted.subject = MatterId{f.value(a[2]).as_int()};
    }
    f.emit(std::move(counted));
    return {};
}

Result<void> notify(Frame& f, const Args& a) {
    send_notice(f, a[0], a[1]);
    return {};
}

Result<void> order(Frame& f, const Args& a) {
    std::string colour = a.empty() ? f.given("order").as_string() : a.front();
    if (colour == "next" || colour.empty()) {
        const std::string& stands = f.after.field("order").as_string();
        colour = stands.empty() ? "blue" : stands == "blue" ? "yellow" : "red";
    }
    if (colour != "blue" && colour != "yellow" && colour != "red") {
        return fail(
            Errc::bad_field,
            "an order is blue, yellow or red, not '" + colour + "'",
            "/fields/order"
        );
    }
    f.emit(FieldSet{"order", colour});
    const Org* desk = f.directory().nearest_with(f.after.office, "supervision", f.day());
    const OrgId by = f.org ? f.org : desk != nullptr ? desk->id : f.after.office;
    f.emit(FieldSet{"ordered_by", by.value});
    return {};
}

Result<void> move_office_up(Frame& f, const Args&) {
    const Org* office = f.directory().org(f.after.office);
    const Org* parent = office == nullptr ? nullptr : f.directory().org(office->parent);
    const Org* above =
        parent == nullptr
            ? nullptr
            : competent_office(
                  f.after, parent->parent, f.kind->office_function, f.directory(), f.day()
              );
    if (above == nullptr) {
        return fail(Errc::not_competent, "no impartial office stands above");
    }
    f.emit(FieldSet{"office", above->id.value});
    return {};
}

/// A unit that is accused only now works no further on the matter.
void withdraw_excluded_hands(Frame& f) {
    const auto hands = f.after.hands;
    for (const Hand& hand : hands) {
        const bool is_out = hand.post ? is_excluded(f.after, hand.post, f.directory())
                                      : is_excluded(f.after, hand.org, f.directory());
        if (is_open(hand.state) && is_out) {
            f.move_hand(hand.no, HandState::withdrawn);
        }
    }
}

Result<void> raise_protection(Frame& f, const Args&) {
    const Protection lowest = lowest_protection(f);
    if (lowest > f.after.protection) {
        f.emit(FieldSet{"protection", std::string(name_of(lowest))});
    }
    if (f.after.protection != Protection::wrong_done) {
        return {};
    }
    const Org* office = competent_or_outside(
        f.after, f.after.office, f.kind->office_function, f.directory(), f.day()
    );
    if (office == nullptr) {
        return fail(
            Errc::not_competent,
            "every office of the line is accused and the place names no outside body"
        );
    }
    if (office->id != f.after.office) {
        f.emit(FieldSet{"office", office->id.value});
    }
    withdraw_excluded_hands(f);
    return {};
}

Result<void> name_accused(Frame& f, const Args&) {
    add_accused(f);
    return {};
}

/// From the n-th bad rating on, the verb follows at once as the system's.
Result<void> after_bad(Frame& f, const Args& a) {
    if (!holds(Word{"just_rated_bad", {}}, f) ||
        f.after.past.bad_ratings < parse_int(a[0]).value_or(1)) {
        return {};
    }
    TRY(const Verb verb, parse_verb(a[1]));
    Reaction reaction;
    reaction.command = system_command(f, verb, own_id(f));
    f.reactions.push_back(std::move(reaction));
    return {};
}

Result<void> publish(Frame& f, const Args&) {
    f.emit(Published{true});
    return {};
}
Result<void> unpublish(Frame& f, const Args&) {
    f.emit(Published{false});
    return {};
}

Result<void> give_code(Frame& f, const Args&) {
    f.gives_code = true;
    return {};
}

Result<void> release_claims(Frame& f, const Args&) {
    for (const auto& rule : f.kind->fields) {
        if (rule.is_unique && !f.after.field(rule.name).is_null()) {
            f.claims.push_back(
                {f.kind->name, rule.name, to_canonical(f.after.field(rule.name)), true}
            );
        }
    }
    return {};
}

using A = ArgType;
constexpr std::array one_clock{A::clock};
constexpr std::array one_counter{A::counter};
constexpr std::array one_value{A::value};
constexpr std::array one_hand{A::hand_role};
constexpr std::array value_field{A::value, A::field};
constexpr std::array one_field{A::field};
constexpr std::array one_link{A::link_type};
constexpr std::array field_value{A::field, A::value};
constexpr std::array two_fields{A::field, A::field};
constexpr std::array three_fields{A::field, A::field, A::field};
constexpr std::array four_fields{A::field, A::field, A::field, A::field};
constexpr std::array field_field_value{A::field, A::field, A::value};
constexpr std::array count_args{A::indicator, A::field, A::field};
constexpr std::array link_field{A::link_type, A::field};
constexpr std::array kind_link{A::kind, A::link_type};
constexpr std::array link_verb{A::link_type, A::verb};
constexpr std::array number_verb{A::number, A::verb};
constexpr std::array role_text{A::role, A::text};
constexpr std::array list_field{A::item_list, A::field};

const std::array rows{
    Row{{"cancel_clocks", {}, 0, "取消全部时限", "every waiting clock is cancelled"}, cancel_clocks
    },
    Row{{"cancel_clock", one_clock, 0, "取消时限", "that clock is cancelled"}, cancel_clock},
    Row{{"start_clock", one_clock, 0, "开始计时", "starts that clock beside its own rule"},
        start_named},
    Row{{"stop_clock", one_clock, 0, "停止计时", "stops that clock"}, stop_named},
    Row{{"run_on", one_clock, 0, "继续计时", "a stopped clock goes on as if it had not been stopped"
        },
        run_on},
    Row{{"ask_to_rate", {}, 0, "邀请评价", "the requester is asked to rate; imports ask nobody"},
        ask_to_rate},
    Row{{"raise_turn",
         {},
         0,
         "进入下一轮",
         "turn + 1, the leads work again (all, or those in field hands)"},
        raise_turn_effect},
    Row{{"withdraw_hands", {}, 0, "撤销全部承办", "every open hand is withdrawn"}, withdraw_hands},
    Row{{"finish_hands", {}, 0, "承办结束", "replied hands are done"}, finish_hands},
    Row{{"tally", one_counter, 0, "计数", "raises that counter of the matter"}, tally},
    Row{{"set", field_value, 0, "设值", "sets a field"}, set_value},
    Row{{"set_from", two_fields, 0, "取值", "sets a field from another"}, set_from},
    Row{{"clear", one_field, 0, "清除", "clears a field"}, clear},
    Row{{"number_paper",
         field_value,
         0,
         "编文号",
         "the field takes the next number of that word in the year, without gaps"},
        number_paper},
    Row{{"subtract", two_fields, 0, "核减", "the first field is less by the second, never below 0"},
        subtract},
    Row{{"add_excess",
         three_fields,
         0,
         "加上超出数",
         "the first field grows by what the second is above the third"},
        add_excess},
    Row{{"tell_behind",
         four_fields,
         0,
         "写明落后点数",
         "the first field tells how many points progress in the second is below the share of days gone from the third to the fourth"
        },
        tell_behind},
    Row{{"take",
         field_field_value,
         0,
         "取自所指记录",
         "sets a field from that field of the matter that the second field names; the row reads its kind"
        },
        take},
    Row{{"count",
         count_args,
         2,
         "计入指标",
         "a fact of an indicator of this kind: amount from a field, subject from a field"},
        count},
    Row{{"link", link_field, 0, "关联", "links to the matters in that field, both sides"},
        link_matters},
    Row{{"unlink", one_link, 0, "取消关联", "takes all links of that type away, both sides"},
        unlink_matters},
    Row{{"spawn",
         kind_link,
         0,
         "派生",
         "registers a matter of that kind with the fields that its register takes (item_title becomes its title, planned its due_date), linked both ways; must succeed"
        },
        spawn_matter},
    Row{{"tell",
         link_verb,
         0,
         "告知关联件",
         "does that verb on each matter so linked, with the texts of this command"},
        tell_linked},
    Row{{"tell_must", link_verb, 0, "告知关联件（必须）", "the same; a refusal refuses this command"
        },
        tell_linked_must},
    Row{{"notify", role_text, 0, "通知", "tells that role"}, notify},
    Row{{"order",
         one_value,
         1,
         "督办单",
         "a supervision order: blue, yellow, red, next; without argument from field order"},
        order},
    Row{{"move_office_up", {}, 0, "提级", "the impartial office above becomes competent"},
        move_office_up},
    Row{{"raise_protection",
         {},
         0,
         "提高保护等级",
         "raises the protection class to field protection and to what the purpose asks for, never lowers it; the office becomes an impartial one"
        },
        raise_protection},
    Row{{"publish", {}, 0, "公开", "the matter is published"}, publish},
    Row{{"unpublish", {}, 0, "撤回公开", "it is no longer published"}, unpublish},
    Row{{"give_code",
         {},
         0,
         "重发查询码",
         "whoever handed in gets a new follow-up code, the old one is void"},
        give_code},
    Row{{"ask_second",
         one_value,
         0,
         "待另一人确认",
         "something stands in this turn until another person confirms it: see other_person"},
        ask_second},
    Row{{"move_work",
         {},
         0,
         "移交在办事项",
         "the open work of the unit or post that ends goes on at field successor, due dates unchanged"
        },
        move_work},
    Row{{"move_posts",
         {},
         0,
         "移交岗位",
         "the posts of the person who leaves are held by field successor"},
        move_posts},
    Row{{"release_claims", {}, 0, "释放唯一值", "unique values may be used again"}, release_claims},
    Row{{"add_item", list_field, 0, "增加事项", "an item in that list with the title of that field"
        },
        add_item},
    Row{{"ask_party",
         value_field,
         0,
         "征求确认",
         "each name in that field stands as a party of that role and is asked to confirm"},
        ask_party},
    Row{{"seat",
         one_hand,
         0,
         "落实席位",
         "the post in field post gets a hand of that role, in the seat of field slot; it stands over all turns"
        },
        seat},
    Row{{"mark", one_value, 0, "标记", "something stands in this turn"}, mark_effect},
    Row{{"mark_by",
         value_field,
         0,
         "按字段标记",
         "something stands in this turn for the value of the field: mark_by(adopted,mark_level)"},
        mark_by},
    Row{{"unmark", one_value, 0, "取消标记", "it stands no longer"}, unmark},
    Row{{"name_accused", {}, 0, "记下被反映单位", "the units in field accused stand as accused"},
        name_accused},
    Row{{"after_bad",
         number_verb,
         0,
         "差评之后",
         "from that many bad ratings on, a bad rating is followed by that verb, done by the system"
        },
        after_bad},
};

}  // namespace

std::span<const EffectRow> effect_rows() {
    static const auto views = [] {
        std::vector<EffectRow> list;
        for (const auto& one : rows) {
            list.push_back(one.row);
        }
        return list;
    }();
    return views;
}

const EffectRow* find_effect(std::string_view name) {
    const auto all = effect_rows();
    const auto found = std::ranges::find(all, name, &EffectRow::name);
    return found == all.end() ? nullptr : &*found;
}

Result<void> run_effect(const Word& word, Frame& frame) {
    for (const auto& one : rows) {
        if (one.row.name == word.name) {
            return one.function(frame, word.args);
        }
    }
    return fail(Errc::unknown_word, "no effect is called '" + word.name + "'");
}

}  // namespace zt
