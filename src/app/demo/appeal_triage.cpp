// Appeals that nobody works on yet: accepted or turned away, answered at once, merged, put aside,
// assigned.

#include "app/demo/appeals.hpp"

namespace zt::app::demo {

namespace {

using std::chrono::days;
using std::chrono::hours;

}  // namespace

Result<void> Appeals::triage(const AppealPtr& appeal) {
    TRY(const auto state, world_.see(appeal->id));
    if (!stands(*appeal, *state, "registered")) {
        return {};
    }
    switch (appeal->fate) {
    case Fate::refused:
    case Fate::referred:
    case Fate::handed_over: return turn_away(appeal);
    case Fate::supplemented: return wait_for_supplement(appeal);
    case Fate::withdrawn:
        if (world_.chance().hits(500)) {
            return world_.act(
                appeal->id,
                World::requester_of(*state),
                Verb::withdraw,
                Json::object().set("text", world_.say(Phrase::withdrawn))
            );
        }
        return accept(appeal);
    case Fate::classified:
        TRY_VOID(world_.act(
            appeal->id,
            clerk_of(*state),
            Verb::classify,
            Json::object().set("area", appeal->area).set("category", appeal->topic->category)
        ));
        return accept(appeal);
    default: return accept(appeal);
    }
}

Result<void> Appeals::turn_away(const AppealPtr& appeal) {
    TRY(const auto state, world_.see(appeal->id));
    Json fields = Json::object();
    switch (appeal->fate) {
    case Fate::refused:
        fields.set("reason", world_.reason("refuse")).set("text", world_.say(Phrase::refused));
        return world_.act(appeal->id, clerk_of(*state), Verb::refuse, std::move(fields));
    case Fate::referred:
        fields.set("body", "邻市政务热线").set("text", world_.say(Phrase::referred));
        return world_.act(appeal->id, clerk_of(*state), Verb::refer, std::move(fields));
    default:
        fields.set("body", "有管辖权的仲裁机构").set("text", world_.say(Phrase::referred));
        return world_.act(appeal->id, clerk_of(*state), Verb::hand_over, std::move(fields));
    }
}

/// The clock of the office stands still while the requester looks for the papers.
Result<void> Appeals::wait_for_supplement(const AppealPtr& appeal) {
    TRY(const auto state, world_.see(appeal->id));
    const Actor clerk = clerk_of(*state);
    std::vector<Deed> deeds{
        {Verb::ask_supplement, Json::object().set("text", world_.say(Phrase::supplement_asked))}
    };
    const Clock* clock = state->newest_clock("accept");
    const bool is_paused = clock != nullptr && clock->state == ClockState::running;
    if (is_paused) {
        deeds.push_back(
            {Verb::pause, Json::object().set("reason", "supplement").set("clock", "accept")}
        );
    }
    TRY_VOID(world_.act_together(appeal->id, clerk, deeds));
    const UtcMs back = world_.at_daytime(world_.in_minutes(200, 2800));
    world_.plan(back, [this, appeal, clerk, is_paused]() -> Result<void> {
        TRY(const auto stands_now, world_.see(appeal->id));
        TRY_VOID(world_.act(
            appeal->id,
            World::requester_of(*stands_now),
            Verb::supplement,
            Json::object().set("text", world_.say(Phrase::supplemented))
        ));
        if (is_paused) {
            TRY_VOID(
                world_.act(appeal->id, clerk, Verb::resume, Json::object().set("clock", "accept"))
            );
        }
        later(world_.in_minutes(5, 40), appeal, &Appeals::accept);
        return {};
    });
    return {};
}

Result<void> Appeals::accept(const AppealPtr& appeal) {
    TRY(const auto state, world_.see(appeal->id));
    TRY_VOID(world_.act(appeal->id, clerk_of(*state), Verb::accept));
    return take_up(appeal);
}

/// Accepted: who goes on with it, and when.
Result<void> Appeals::take_up(const AppealPtr& appeal) {
    if (appeal->hold == "accepted") {
        return {};
    }
    if (appeal->main && (appeal->fate == Fate::ordinary || appeal->fate == Fate::unmerged)) {
        later(world_.in_minutes(5, 40), appeal, &Appeals::merge);
        return {};
    }
    switch (appeal->fate) {
    case Fate::withdrawn:
        world_.plan(world_.in_minutes(20, 240), [this, appeal]() -> Result<void> {
            TRY(const auto state, world_.see(appeal->id));
            return world_.act(
                appeal->id,
                World::requester_of(*state),
                Verb::withdraw,
                Json::object().set("text", world_.say(Phrase::withdrawn))
            );
        });
        return {};
    case Fate::terminated:
        world_.plan(world_.in_service(30, 400), [this, appeal]() -> Result<void> {
            TRY(const auto state, world_.see(appeal->id));
            return world_.act(
                appeal->id,
                at_desk_of(*state, &Desk::office, "chief"),
                Verb::terminate,
                Json::object()
                    .set("reason", world_.reason("terminate"))
                    .set("text", world_.say(Phrase::terminated))
            );
        });
        return {};
    case Fate::shelved: later(world_.in_service(30, 240), appeal, &Appeals::shelve); return {};
    default: break;
    }
    TRY(const auto state, world_.see(appeal->id));
    if (appeal->is_direct) {
        const UtcMs due = state->final_clock()->due;
        later(
            world_.chance().hits(12) ? world_.service_after(due, 20, 300)
                                     : world_.at_desk(world_.part_way(due, 4, 70)),
            appeal,
            &Appeals::answer_directly
        );
    } else {
        later(world_.in_minutes(8, 60), appeal, &Appeals::assign);
    }
    return {};
}

Result<void> Appeals::answer_directly(const AppealPtr& appeal) {
    TRY(const auto state, world_.see(appeal->id));
    if (!stands(*appeal, *state, "accepted")) {
        return {};
    }
    TRY_VOID(world_.act(
        appeal->id,
        clerk_of(*state),
        Verb::reply,
        Json::object().set("text", world_.say(Phrase::direct) + appeal->answer)
    ));
    world_.plan(world_.in_service(3, 90), [this, appeal]() -> Result<void> {
        TRY(const auto replied, world_.see(appeal->id));
        TRY_VOID(world_.act(appeal->id, clerk_of(*replied), Verb::close));
        return after_close(appeal);
    });
    return {};
}

Result<void> Appeals::merge(const AppealPtr& appeal) {
    TRY(const auto state, world_.see(appeal->id));
    TRY(const auto main, world_.see(appeal->main));
    const bool is_fit = main->counts == Counts::open && !main->has_link("merged_into") &&
                        main->stage == "handling" && main->protection == state->protection;
    if (!is_fit) {
        appeal->main = {};
        appeal->fate = Fate::ordinary;
        appeal->hold.clear();
        return take_up(appeal);
    }
    TRY_VOID(world_.act(
        appeal->id,
        clerk_of(*state),
        Verb::merge,
        Json::object().set("into", appeal->main.value).set("text", "与同类诉求一并办理。")
    ));
    later(world_.in_service(240, 480), appeal, &Appeals::follow_main);
    return {};
}

/// What was merged is answered and closed with the other one; after an unmerge it goes its own way.
Result<void> Appeals::follow_main(const AppealPtr& appeal) {
    TRY(auto state, world_.see(appeal->id));
    if (stands(*appeal, *state, "merged") && appeal->fate == Fate::unmerged) {
        TRY_VOID(world_.act(
            appeal->id,
            clerk_of(*state),
            Verb::unmerge,
            Json::object().set("text", "核实为不同事项，分开办理。")
        ));
        TRY(state, world_.see(appeal->id));
        appeal->fate = Fate::ordinary;
    }
    if (state->stage == "merged") {
        later(world_.in_service(400, 500), appeal, &Appeals::follow_main);
    } else if (state->stage == "accepted") {
        appeal->main = {};
        return take_up(appeal);
    } else if (state->stage == "closed") {
        return after_close(appeal);
    }
    return {};
}

Result<void> Appeals::shelve(const AppealPtr& appeal) {
    TRY(const auto state, world_.see(appeal->id));
    if (!stands(*appeal, *state, "accepted")) {
        return {};
    }
    const bool is_held = appeal->hold == "shelved";
    const Date until = is_held ? world_.day_of(world_.end()) + days{world_.chance().between(10, 60)}
                               : world_.today() + days{world_.chance().between(6, 25)};
    TRY_VOID(world_.act(
        appeal->id,
        at_desk_of(*state, &Desk::office, "chief"),
        Verb::shelve,
        Json::object()
            .set("reason", world_.reason("shelve"))
            .set("until", to_string(until))
            .set("text", world_.say(Phrase::shelved))
    ));
    if (is_held) {
        return {};
    }
    appeal->fate = Fate::ordinary;
    // The day comes and the clock brings it back, unless the chief did so before.
    const UtcMs back = start_of(until + days{1}, world_.rules().calendar.offset) + hours{9};
    world_.plan(back, [this, appeal]() -> Result<void> {
        TRY(const auto reopened, world_.see(appeal->id));
        if (reopened->stage == "shelved") {
            TRY_VOID(world_.act(
                appeal->id,
                at_desk_of(*reopened, &Desk::office, "chief"),
                Verb::reopen,
                Json::object().set("text", "条件已具备，恢复办理。")
            ));
        }
        return take_up(appeal);
    });
    return {};
}

/// A township must not lead what was taken back upward: the guard says so, and the county's
/// department gets it.
Result<void> Appeals::try_township_first(const Appeal& appeal, const State& state) {
    if (appeal.fate != Fate::taken_back_list || world_.desk_of(state) == 0) {
        return {};
    }
    const Desk& desk = world_.scene().desks[world_.desk_of(state)];
    return world_.act_in_vain(
        appeal.id,
        clerk_of(state),
        {Verb::assign, Json::object().set("lead", world_.chance().one_of(desk.towns))},
        Errc::list_three_taken_back
    );
}

Result<void> Appeals::assign(const AppealPtr& appeal) {
    TRY(auto state, world_.see(appeal->id));
    if (!stands(*appeal, *state, "accepted")) {
        return {};
    }
    TRY_VOID(try_township_first(*appeal, *state));
    if (state->hand_of(world_.org(appeal->lead)) != nullptr ||
        is_excluded(*state, world_.org(appeal->lead), world_.ledger().directory())) {
        appeal->lead = other_unit(*appeal, *state);
    }
    Json fields = Json::object().set("text", "请依法依规办理，按时答复诉求人。");
    const std::string second = other_unit(*appeal, *state);
    const bool is_open_text =
        appeal->topic->purpose != "inquiry" && appeal->topic->purpose != "report";
    if (appeal->fate == Fate::split) {
        fields.set("split", appeal->lead + "," + second);
    } else {
        fields.set("lead", appeal->lead);
        if (appeal->fate == Fate::released || (is_open_text && world_.chance().hits(130))) {
            fields.set("joint", second);
        }
    }
    TRY_VOID(world_.act(appeal->id, clerk_of(*state), Verb::assign, std::move(fields)));
    TRY(state, world_.see(appeal->id));
    registry_.assigned.push_back(
        {appeal->id, world_.desk_of(*state), std::string(appeal->topic->category)}
    );
    if (appeal->hold == "handling") {
        held_mains_.push_back(registry_.assigned.back());
        return {};
    }
    plan_hands(appeal, *state);
    plan_asides(appeal, *state);
    return {};
}

}  // namespace zt::app::demo
