// Appeals with the units: signed for, contacted, worked on, answered, verified and closed.

#include "app/demo/appeals.hpp"

#include <algorithm>
#include <array>

namespace zt::app::demo {

namespace {

using std::chrono::days;
using std::chrono::hours;

const Hand* working_hand(const State& state, OrgId org) {
    for (const auto& hand : state.hands) {
        if (hand.org == org && is_open(hand.state) && hand.turn == state.turn &&
            hand.state != HandState::replied) {
            return &hand;
        }
    }
    return nullptr;
}

bool is_lead(const Hand& hand) { return hand.role == "lead" || hand.role == "split"; }

/// A joint unit still owes its opinion, and its clock has not lapsed.
std::optional<UtcMs> opinion_due(const State& state) {
    for (const auto& hand : state.hands) {
        const bool is_waited_for = !is_lead(hand) && is_open(hand.state) &&
                                   hand.turn == state.turn && hand.state != HandState::replied;
        const Clock* clock = state.newest_clock("opinion", hand.no);
        if (is_waited_for && clock != nullptr && clock->state != ClockState::lapsed) {
            return clock->due;
        }
    }
    return std::nullopt;
}

}  // namespace

void Appeals::plan_hands(const AppealPtr& appeal, const State& state) {
    for (const auto& hand : state.hands) {
        if (!is_open(hand.state) || hand.turn != state.turn || hand.state != HandState::assigned) {
            continue;
        }
        const Clock* clock = state.newest_clock("sign", hand.no);
        const bool has_clock = clock != nullptr && clock->state == ClockState::running;
        const UtcMs due = has_clock ? clock->due : world_.now() + hours{4};
        if (!is_lead(hand)) {
            later(
                world_.at_desk(world_.part_way(state.final_clock()->due, 10, 55)),
                appeal,
                hand.org,
                &Appeals::give_opinion
            );
        } else if (state.turn > 1) {
            later(
                world_.at_daytime(world_.in_minutes(60, 1200)), appeal, hand.org, &Appeals::contact
            );
        } else if (appeal->send_backs > 0) {
            later(world_.in_service(30, 300), appeal, hand.org, &Appeals::send_back);
        } else if (world_.chance().hits(45)) {
            later(world_.service_after(due, 10, 160), appeal, hand.org, &Appeals::sign);
        } else {
            later(world_.at_desk(world_.part_way(due, 8, 85)), appeal, hand.org, &Appeals::sign);
        }
    }
}

/// What others do while the units work.
void Appeals::plan_asides(const AppealPtr& appeal, const State& state) {
    switch (appeal->fate) {
    case Fate::transferred:
    case Fate::recalled:
    case Fate::released: later(world_.in_service(5, 60), appeal, &Appeals::aside); break;
    case Fate::instructed:
    case Fate::escalated:
    case Fate::passed_on:
    case Fate::statement_asked: later(world_.in_service(60, 420), appeal, &Appeals::aside); break;
    case Fate::urged:
        later(
            world_.at_daytime(world_.part_way(state.final_clock()->due, 25, 40)),
            appeal,
            &Appeals::aside
        );
        break;
    default: break;
    }
}

Result<void> Appeals::move_hand(const AppealPtr& appeal, const State& state) {
    Json fields = Json::object();
    if (appeal->fate == Fate::recalled) {
        TRY_VOID(world_.act(
            appeal->id,
            clerk_of(state),
            Verb::recall,
            fields.set("text", "交办有误，收回重新交办。")
        ));
        appeal->fate = Fate::ordinary;
        appeal->lead = other_unit(*appeal, state);
        later(world_.in_minutes(5, 60), appeal, &Appeals::assign);
        return {};
    }
    if (appeal->fate == Fate::released) {
        const auto joint = std::ranges::find_if(state.hands, [](const Hand& hand) {
            return hand.role == "joint" && is_open(hand.state);
        });
        return joint == state.hands.end() ? Result<void>{}
                                          : world_.act(
                                                appeal->id,
                                                clerk_of(state),
                                                Verb::release_hand,
                                                fields.set("org", joint->org.value)
                                            );
    }
    const std::string to = other_unit(*appeal, state);
    fields.set("org", world_.org(appeal->lead).value)
        .set("to", to)
        .set("text", world_.say(Phrase::not_ours));
    TRY_VOID(world_.act(appeal->id, clerk_of(state), Verb::transfer, std::move(fields)));
    appeal->lead = to;
    TRY(const auto moved, world_.see(appeal->id));
    plan_hands(appeal, *moved);
    return {};
}

Result<void> Appeals::aside(const AppealPtr& appeal) {
    TRY(const auto state, world_.see(appeal->id));
    const Hand* hand =
        state->stage == "handling" ? working_hand(*state, world_.org(appeal->lead)) : nullptr;
    if (hand == nullptr) {
        return {};
    }
    const auto& desks = world_.scene().desks;
    Json fields = Json::object();
    switch (appeal->fate) {
    case Fate::instructed:
        return world_.act(
            appeal->id,
            world_.post(desks[world_.desk_of(*state)].government, "head"),
            Verb::instruct,
            fields.set("text", world_.say(Phrase::instructed))
        );
    case Fate::escalated:
        return world_.desk_of(*state) == 0 ? Result<void>{}
                                           : world_.act(
                                                 appeal->id,
                                                 at_desk_of(*state, &Desk::office, "chief"),
                                                 Verb::escalate,
                                                 fields.set("text", "涉及多个层级，请市级协调。")
                                             );
    case Fate::passed_on: {
        const std::string joint = other_unit(*appeal, *state);
        TRY_VOID(world_.act(
            appeal->id,
            world_.post(hand->org, "handler"),
            Verb::add_hand,
            fields.set("joint", joint).set("text", "请协助现场核实。")
        ));
        later(world_.in_service(60, 600), appeal, world_.org(joint), &Appeals::give_opinion);
        return {};
    }
    case Fate::statement_asked:
        return world_.act(
            appeal->id,
            clerk_of(*state),
            Verb::spawn,
            fields.set("item_title", "就有关事项提交书面说明")
                .set("text", "请就服务流程和收费情况作书面说明。")
                .set("planned", to_string(world_.today() + days{world_.chance().between(7, 20)}))
        );
    case Fate::urged:
        return world_.act(
            appeal->id,
            world_.chance().hits(600) ? World::requester_of(*state) : clerk_of(*state),
            Verb::urge,
            fields.set("text", world_.say(Phrase::urged))
        );
    default: return move_hand(appeal, *state);
    }
}

Result<void> Appeals::sign(const AppealPtr& appeal, OrgId org) {
    TRY(const auto state, world_.see(appeal->id));
    const Hand* hand = working_hand(*state, org);
    if (state->stage != "handling" || hand == nullptr) {
        return {};
    }
    if (hand->state == HandState::assigned) {
        TRY_VOID(world_.act(appeal->id, world_.post(org, "handler"), Verb::sign_for));
    }
    const std::string name = hand->role == "lead" ? "contact" : "contact_part";
    const Clock* clock = state->newest_clock(name, hand->no);
    const UtcMs due = clock == nullptr ? world_.now() + hours{12} : clock->due;
    const bool is_late = world_.chance().hits(35);
    later(
        world_.at_daytime(
            is_late ? due + hours{world_.chance().between(1, 10)} : world_.part_way(due, 5, 80)
        ),
        appeal,
        org,
        &Appeals::contact
    );
    return {};
}

/// The second time, the unit's leader signs.
Result<void> Appeals::send_back(const AppealPtr& appeal, OrgId org) {
    TRY(auto state, world_.see(appeal->id));
    if (state->stage != "handling" || working_hand(*state, org) == nullptr) {
        return {};
    }
    if (state->past.send_backs > 0) {
        TRY_VOID(world_.act(appeal->id, world_.post(org, "signer"), Verb::sign_off));
    }
    const std::string to = other_unit(*appeal, *state);
    TRY_VOID(world_.act(
        appeal->id,
        world_.post(org, "handler"),
        Verb::send_back,
        Json::object()
            .set("reason", world_.reason("send_back"))
            .set("text", world_.say(Phrase::not_ours))
            .set("to", to)
    ));
    --appeal->send_backs;
    appeal->lead = to;
    later(world_.in_minutes(15, 120), appeal, &Appeals::assign);
    return {};
}

Result<void> Appeals::make_contact(const Appeal& appeal, const State& state, OrgId org) {
    const Actor handler = world_.post(org, "handler");
    const bool has_evidence = world_.chance().hits(700);
    Json fields = Json::object();
    if (state.requester() == nullptr || !state.requester()->is_named) {
        fields.set("text", world_.say(Phrase::progress))
            .set("evidence", world_.say(Phrase::evidence));
        return world_.act(appeal.id, handler, Verb::report_progress, std::move(fields));
    }
    if (appeal.fate == Fate::unreachable) {
        fields.set("reached", false)
            .set("text", world_.say(Phrase::unreachable))
            .set("evidence", "通话记录截图");
        return world_.act(appeal.id, handler, Verb::contact, std::move(fields));
    }
    fields.set("text", world_.say(Phrase::contacted));
    if (has_evidence) {
        fields.set("evidence", world_.say(Phrase::evidence));
    }
    return world_.act(appeal.id, handler, Verb::contact, std::move(fields));
}

Result<void> Appeals::contact(const AppealPtr& appeal, OrgId org) {
    TRY(auto state, world_.see(appeal->id));
    if (state->stage != "handling" || working_hand(*state, org) == nullptr) {
        return {};
    }
    TRY_VOID(make_contact(*appeal, *state, org));
    TRY(state, world_.see(appeal->id));
    const bool is_first = state->turn == 1 && org == world_.org(appeal->lead);
    const UtcMs due = state->final_clock()->due;
    switch (is_first ? appeal->fate : Fate::ordinary) {
    case Fate::extended:
    case Fate::extension_denied:
        later(world_.at_desk(world_.part_way(due, 25, 70)), appeal, org, &Appeals::ask_extension);
        return {};
    case Fate::paused:
        later(world_.at_desk(world_.part_way(due, 5, 30)), appeal, org, &Appeals::pause);
        return {};
    case Fate::withdrawal_confirmed:
    case Fate::withdrawal_denied:
        later(
            world_.at_daytime(world_.part_way(due, 5, 30)), appeal, org, &Appeals::ask_to_withdraw
        );
        return {};
    case Fate::supplement_asked: {
        TRY_VOID(world_.act(
            appeal->id,
            clerk_of(*state),
            Verb::ask_supplement,
            Json::object().set("text", world_.say(Phrase::supplement_asked))
        ));
        world_.plan(
            world_.at_daytime(world_.part_way(due, 5, 40)),
            [this, appeal]() -> Result<void> {
                TRY(const auto waiting, world_.see(appeal->id));
                return waiting->stage != "handling"
                           ? Result<void>{}
                           : world_.act(
                                 appeal->id,
                                 World::requester_of(*waiting),
                                 Verb::supplement,
                                 Json::object().set("text", world_.say(Phrase::supplemented))
                             );
            }
        );
        break;
    }
    default: break;
    }
    plan_finish(appeal, org, *state);
    return {};
}

Result<void> Appeals::give_opinion(const AppealPtr& appeal, OrgId org) {
    TRY(const auto state, world_.see(appeal->id));
    const Hand* hand = working_hand(*state, org);
    if (state->stage != "handling" || hand == nullptr || is_lead(*hand) ||
        world_.chance().hits(60)) {
        return {};  // some never answer; the lead goes on when their clock has lapsed
    }
    return world_.act(
        appeal->id,
        world_.post(org, "handler"),
        Verb::give_opinion,
        Json::object().set("opinion", world_.say(Phrase::opinion))
    );
}

void Appeals::plan_finish(const AppealPtr& appeal, OrgId org, const State& state) {
    constexpr int service_day = 7 * 60;
    const UtcMs due = state.final_clock()->due;
    const bool is_first = state.turn == 1;
    UtcMs at = world_.at_desk(world_.part_way(due, 25, 93));
    if (is_first && appeal->fate == Fate::stubborn) {
        at = world_.service_after(due, 13 * service_day, 16 * service_day);
        registry_.stubborn.push_back(
            {appeal->id, world_.desk_of(state), std::string(appeal->topic->category)}
        );
    } else if (is_first && appeal->fate == Fate::late) {
        at = world_.service_after(due, 60, 4 * service_day);
        if (world_.chance().hits(400)) {
            world_.plan(world_.service_after(due, 30, 500), [this, appeal]() -> Result<void> {
                TRY(const auto open, world_.see(appeal->id));
                return open->stage != "handling"
                           ? Result<void>{}
                           : world_.act(
                                 appeal->id,
                                 at_desk_of(*open, &Desk::supervision, "supervisor"),
                                 Verb::order_supervision,
                                 Json::object().set("text", "逾期未答复，请3个工作日内反馈。")
                             );
            });
        }
    }
    later(at, appeal, org, &Appeals::finish);
}

/// Everything that a reply rests on is put in order, then the unit's leader signs.
Result<void> Appeals::finish(const AppealPtr& appeal, OrgId org) {
    TRY(auto state, world_.see(appeal->id));
    const Hand* hand = working_hand(*state, org);
    if (state->stage != "handling" || hand == nullptr) {
        return {};
    }
    if (const auto due = opinion_due(*state)) {
        later(
            world_.at_desk(std::max(*due + hours{9}, world_.now() + hours{1})),
            appeal,
            org,
            &Appeals::finish
        );
        return {};
    }
    const bool is_reached =
        state->is_marked("contacted", hand->no) || state->is_marked("unreachable", hand->no);
    if (!is_reached && state->requester() != nullptr && state->requester()->is_named) {
        TRY_VOID(make_contact(*appeal, *state, org));
        TRY(state, world_.see(appeal->id));
    }
    if (!state->is_marked("evidence")) {
        TRY_VOID(world_.act(
            appeal->id,
            world_.post(org, "handler"),
            Verb::report_progress,
            Json::object()
                .set("text", world_.say(Phrase::progress))
                .set("evidence", world_.say(Phrase::evidence))
        ));
    }
    TRY_VOID(world_.act(appeal->id, world_.post(org, "signer"), Verb::sign_off));
    later(world_.in_minutes(3, 25), appeal, org, &Appeals::reply);
    return {};
}

Result<void> Appeals::reply(const AppealPtr& appeal, OrgId org) {
    TRY(auto state, world_.see(appeal->id));
    if (state->stage != "handling" || working_hand(*state, org) == nullptr) {
        return {};
    }
    if (opinion_due(*state)) {
        return finish(appeal, org);  // a unit was drawn in since the signature
    }
    static constexpr std::array<const char*, 4> classes{"A", "B", "C", "D"};
    // source: DOMAIN 7.3, A/B/C/D 25/62/11/2
    const std::size_t reply_class = world_.chance().weighted({25, 62, 11, 2});
    Json fields = Json::object();
    fields.set("text", world_.say(Phrase::replied) + appeal->answer)
        .set("reply_class", classes[reply_class]);
    if (appeal->fate == Fate::promised && state->items.empty()) {
        fields.set("promise", world_.say(Phrase::promised));
        fields.set("promise_by", to_string(world_.today() + days{world_.chance().between(8, 40)}));
    }
    TRY_VOID(world_.act(appeal->id, world_.post(org, "handler"), Verb::reply, std::move(fields)));
    TRY(state, world_.see(appeal->id));
    if (state->stage == "verifying") {
        later(world_.in_service(12, 330), appeal, &Appeals::verify);
    }
    return {};
}

Result<void> Appeals::verify(const AppealPtr& appeal) {
    TRY(auto state, world_.see(appeal->id));
    if (!stands(*appeal, *state, "verifying")) {
        return {};
    }
    const Actor clerk = clerk_of(*state);
    if (appeal->fate == Fate::reply_sent_back && state->turn == 1) {
        const OrgId org = world_.org(appeal->lead);
        appeal->fate = Fate::ordinary;
        TRY_VOID(world_.act(
            appeal->id,
            clerk,
            Verb::send_back,
            Json::object().set("org", org.value).set("text", "答复未说明依据，请补充后重答。")
        ));
        TRY(state, world_.see(appeal->id));
        plan_finish(appeal, org, *state);
        return {};
    }
    TRY_VOID(world_.act_together(
        appeal->id,
        clerk,
        {{Verb::verify, Json::object().set("text", world_.say(Phrase::verified))},
         {Verb::close, Json::object()}}
    ));
    return after_close(appeal);
}

}  // namespace zt::app::demo
