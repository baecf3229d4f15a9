// Predicates about the matter itself: fields, links, parties, protection, supervision.

#include "base/text.hpp"
#include "domain/impl/guard_rows.hpp"

#include <algorithm>

namespace zt {

namespace {

using namespace guards;

/// What a source row does not carry is marked not_in_source by the field; the list has nothing to
/// judge then.
bool is_listed(const Frame& f, std::string_view field, const Args& a) {
    if (f.is_import() && f.given(field).is_null()) {
        return true;
    }
    const auto list = f.context->pack->reasons.find(a.front());
    if (list == f.context->pack->reasons.end()) {
        return false;
    }
    return std::ranges::any_of(list->second, [&](const auto& one) {
        return one.first == f.given(field).as_string();
    });
}

bool reason_in(const Frame& f, const Args& a) { return is_listed(f, "reason", a); }

bool trigger_in(const Frame& f, const Args& a) { return is_listed(f, "trigger", a); }

bool outcome_in(const Frame& f, const Args& a) { return is_listed(f, "outcome", a); }

bool class_in(const Frame& f, const Args& a) { return is_listed(f, "reply_class", a); }

bool not_self(const Frame& f, const Args&) {
    const Json& into = f.given("into");
    const Json& other = into.is_null() ? f.given("matter") : into;
    return other.as_int() != f.after.id.value;
}

/// Work goes into a matter that somebody works on, and whose protection lets no more people see it.
bool into_open(const Frame& f, const Args&) {
    return std::ranges::any_of(f.context->reads, [&](const State* other) {
        return other != nullptr && other->id.value == f.given("into").as_int() &&
               other->kind == f.after.kind && other->counts == Counts::open &&
               !other->has_link("merged_into") && other->protection == f.after.protection &&
               other->protection != Protection::wrong_done;
    });
}

bool is_merged(const Frame& f, const Args&) { return f.after.has_link("merged_into"); }

bool not_merged(const Frame& f, const Args&) { return !f.after.has_link("merged_into"); }

bool links_at_least(const Frame& f, const Args& a) {
    const auto stand = std::ranges::count(f.after.links, a[0], &Link::type);
    const auto given = static_cast<std::int64_t>(f.given("matters").as_array().size());
    return stand + given >= parse_int(a[1]).value_or(1);
}

bool links_at_most(const Frame& f, const Args& a) {
    return std::ranges::count(f.after.links, a[0], &Link::type) <= f.value(a[1]).as_int();
}

/// The matter that a field of this one names, as the row's `reads` brought it.
bool matter_in_stage(const Frame& f, const Args& a) {
    return std::ranges::any_of(f.context->reads, [&](const State* other) {
        return other != nullptr && other->id.value == f.value(a.front()).as_int() &&
               std::find(a.begin() + 1, a.end(), other->stage) != a.end();
    });
}

bool parties_answered(const Frame& f, const Args& a) {
    return std::ranges::none_of(f.after.parties, [&](const Party& party) {
        return party.role == a.front() && party.state == PartyState::asked;
    });
}

/// Other matters of that type of link are read because the row names it under `reads`.
bool linked_over(const Frame& f, const Args& a) {
    return std::ranges::all_of(f.after.links, [&](const Link& link) {
        const auto is_over = [&](const State* other) {
            return other != nullptr && other->id == link.to && other->counts != Counts::open;
        };
        return link.type != a.front() || std::ranges::any_of(f.context->reads, is_over);
    });
}

/// Refused like one that does not exist, so that nobody finds out by trying.
bool may_see(const Frame& f, const Args&) {
    const Json& named = f.given("matter");
    if (named.is_null() || !f.post) {
        return true;
    }
    return std::ranges::any_of(f.context->reads, [&](const State* other) {
        return other != nullptr && other->id.value == named.as_int() &&
               sight_of(*other, f.post, *f.context) >= Sight::masked;
    });
}

bool consent_given(const Frame& f, const Args&) { return f.given("consent").as_bool(); }

bool protection_not_lowered(const Frame& f, const Args&) {
    const auto asked = parse_protection(f.given("protection").as_string());
    return f.given("protection").is_null() || (asked && *asked >= f.after.protection);
}

bool took_part(const State& state, const Frame& f) {
    const bool has_or_had_hand =
        std::ranges::any_of(state.hands, [&](const Hand& hand) { return hand.org == f.org; });
    const bool supervised = state.field("ordered_by").as_int() == f.org.value && f.org;
    return has_or_had_hand || supervised;
}

bool not_involved(const Frame& f, const Args&) {
    const bool was_opener = f.after.registered_by == f.org && f.org;
    return !was_opener && !took_part(f.after, f) &&
           std::ranges::none_of(f.context->reads, [&](const State* other) {
               return other != nullptr && other->kind != "duty_list" && took_part(*other, f);
           });
}

/// Facts that a trigger claims, where the matter itself can bear them out; the rest needs evidence
/// and a judge.
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

bool order_stands(const Frame& f, const Args&) {
    return !f.after.field("order").as_string().empty();
}

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
    return std::ranges::any_of(f.after.parties, [&](const Party& party) {
        return party.role == a.front();
    });
}

bool requester_named(const Frame& f, const Args&) {
    return f.after.requester() != nullptr && f.after.requester()->is_named;
}

bool stage_is(const Frame& f, const Args& a) {
    return std::ranges::find(a, f.after.stage) != a.end();
}

bool is_published(const Frame& f, const Args&) { return f.after.is_published; }

bool office_above_exists(const Frame& f, const Args&) {
    const Org* office = f.directory().org(f.after.office);
    const Org* parent = office == nullptr ? nullptr : f.directory().org(office->parent);
    return parent != nullptr &&
           competent_office(
               f.after, parent->parent, f.kind->office_function, f.directory(), f.day()
           ) != nullptr;
}

const std::array rows{
    GuardRow{
        {"reason_in",
         one_reasons,
         0,
         Errc::reason_missing,
         G::shape,
         "理由在清单内",
         "field reason is a key of that list of the pack"},
        reason_in
    },
    GuardRow{
        {"trigger_in",
         one_reasons,
         0,
         Errc::trigger_unknown,
         G::shape,
         "触发情形在清单内",
         "field trigger is a key of that list"},
        trigger_in
    },
    GuardRow{
        {"outcome_in",
         one_reasons,
         0,
         Errc::outcome_missing,
         G::shape,
         "结果在清单内",
         "field outcome is a key of that list"},
        outcome_in
    },
    GuardRow{
        {"class_in",
         one_reasons,
         0,
         Errc::class_unknown,
         G::shape,
         "答复类别在清单内",
         "field reply_class is a key of that list"},
        class_in
    },
    GuardRow{
        {"not_self", {}, 0, Errc::self_link, G::shape, "不是本件", "the matter named is another one"
        },
        not_self
    },
    GuardRow{
        {"not_merged",
         {},
         0,
         Errc::already_merged,
         G::stage,
         "未并案",
         "the matter is not merged into another"},
        not_merged
    },
    GuardRow{
        {"into_open",
         {},
         0,
         Errc::wrong_stage,
         G::stage,
         "主案在办且保护相同",
         "the matter it goes into is of this kind, open, not merged itself and protected alike (never wrong done)"
        },
        into_open
    },
    GuardRow{
        {"is_merged",
         {},
         0,
         Errc::not_merged,
         G::stage,
         "已并案",
         "the matter is merged into another"},
        is_merged
    },
    GuardRow{
        {"links_at_least",
         link_number,
         0,
         Errc::too_few_links,
         G::count,
         "关联件数足够",
         "so many links of that type, with those given"},
        links_at_least
    },
    GuardRow{
        {"links_at_most",
         link_field,
         0,
         Errc::cap_reached,
         G::count,
         "关联件数未超名额",
         "no more links of that type stand than the number in that field"},
        links_at_most
    },
    GuardRow{
        {"matter_in_stage",
         field_values,
         0,
         Errc::wrong_stage,
         G::stage,
         "所指事项处于阶段",
         "the matter in that field, which the row reads, is in one of those stages"},
        matter_in_stage
    },
    GuardRow{
        {"parties_answered",
         one_value,
         0,
         Errc::parties_open,
         G::count,
         "参与人均已回应",
         "no party of that role is still asked"},
        parties_answered
    },
    GuardRow{
        {"linked_over",
         one_link,
         0,
         Errc::linked_open,
         G::stage,
         "关联件均已办结",
         "every matter so linked is closed or ended; the row reads that type of link"},
        linked_over
    },
    GuardRow{
        {"may_see",
         {},
         0,
         Errc::unknown_matter,
         G::role,
         "可见所指事项",
         "the actor may see the matter in field matter"},
        may_see
    },
    GuardRow{
        {"consent_given",
         {},
         0,
         Errc::consent_missing,
         G::asks,
         "诉求人同意",
         "field consent is yes"},
        consent_given
    },
    GuardRow{
        {"protection_not_lowered",
         {},
         0,
         Errc::protection_lowered,
         G::role,
         "不降低保护等级",
         "field protection is not below the present class"},
        protection_not_lowered
    },
    GuardRow{
        {"not_involved",
         {},
         0,
         Errc::involved_before,
         G::role,
         "未参与过办理或督办",
         "the actor's unit neither handled nor supervised this matter or those it reads, nor opened it"
        },
        not_involved
    },
    GuardRow{
        {"trigger_holds",
         {},
         0,
         Errc::trigger_missing,
         G::stage,
         "触发情形有据",
         "the matter's facts or the evidence given bear the trigger out"},
        trigger_holds
    },
    GuardRow{
        {"order_stands",
         {},
         0,
         Errc::order_missing,
         G::stage,
         "已有督办单",
         "a supervision order stands"},
        order_stands
    },
    GuardRow{
        {"order_is",
         one_value,
         0,
         Errc::order_missing,
         G::stage,
         "督办单颜色",
         "the supervision order has that colour"},
        order_is
    },
    GuardRow{
        {"not_opened",
         {},
         0,
         Errc::already_opened,
         G::count,
         "未启动过问责",
         "no accountability was opened from it"},
        not_opened
    },
    GuardRow{
        {"field_is",
         field_values,
         0,
         Errc::bad_field,
         G::shape,
         "字段为",
         "the field has one of those values"},
        field_is
    },
    GuardRow{
        {"field_given",
         one_field,
         0,
         Errc::missing_field,
         G::shape,
         "字段已填",
         "the field has a value"},
        field_given
    },
    GuardRow{
        {"body_given",
         {},
         0,
         Errc::body_missing,
         G::shape,
         "写明主管机关",
         "the competent body is named"},
        body_given
    },
    GuardRow{
        {"has_party",
         one_value,
         0,
         Errc::not_beneficiary,
         G::shape,
         "有该参与人",
         "a party of that role stands"},
        has_party
    },
    GuardRow{
        {"requester_named",
         {},
         0,
         Errc::not_requester,
         G::shape,
         "诉求人留名",
         "the requester gave a name"},
        requester_named
    },
    GuardRow{
        {"stage_is",
         one_stage,
         0,
         Errc::wrong_stage,
         G::stage,
         "处于阶段",
         "the matter is in one of those stages"},
        stage_is
    },
    GuardRow{
        {"is_published", {}, 0, Errc::not_confirmed, G::stage, "已公开", "the matter is published"},
        is_published
    },
    GuardRow{
        {"office_above_exists",
         {},
         0,
         Errc::not_competent,
         G::role,
         "有上级主管办公室",
         "an impartial office stands above"},
        office_above_exists
    },
};

}  // namespace

std::span<const GuardRow> guards_of_matters() { return rows; }

}  // namespace zt
