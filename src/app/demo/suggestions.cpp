#include "app/demo/suggestions.hpp"

#include <array>

namespace zt::app::demo {

namespace {

using std::chrono::minutes;

/// Where suggestions get to, and of how many hundred.
struct GoalRow {
    const char* stage;
    int weight;
};
constexpr std::array goals{GoalRow{"refused", 14}, GoalRow{"withdrawn", 3}, GoalRow{"closed", 83}};
constexpr std::array<std::pair<const char*, int>, 4> held{
    {{"submitted", 1}, {"accepted", 3}, {"recommended", 5}, {"adopted", 8}}
};

}  // namespace

void Suggestions::later(
    UtcMs at, const SuggestionPtr& one, Result<void> (Suggestions::*step)(const SuggestionPtr&)
) {
    world_.plan(at, [this, one, step] { return (this->*step)(one); });
}

Actor Suggestions::clerk_of(const State& state) { return world_.post(state.office, "clerk"); }

std::string Suggestions::department_of(const State& state) {
    static constexpr std::array<std::string_view, 5> units{"@zjj", "@nyj", "@scjg", "jtj", "sthj"};
    return unit_for(
        world_.scene(), world_.desk_of(state), world_.chance().one_of(units), world_.chance()
    );
}

void Suggestions::plan(int count) {
    auto& chance = world_.chance();
    const auto make = [&](std::string goal, bool is_held) {
        auto one = std::make_shared<SuggestionStory>();
        one->idea = &chance.one_of(ideas());
        one->is_online = chance.hits(550);
        one->goal = std::move(goal);
        one->is_held = is_held;
        return one;
    };
    const auto span = world_.end() - world_.begin();
    for (int i = 0; i < count; ++i) {
        const auto nth = static_cast<std::size_t>(i);
        const bool is_shown = nth < goals.size();
        const auto& goal = goals
            [is_shown ? nth : chance.weighted({goals[0].weight, goals[1].weight, goals[2].weight})];
        const int per_mille = is_shown ? 50 * (i + 1) : chance.between(0, 990);
        later(
            world_.at_daytime(world_.begin() + span * per_mille / 1000),
            make(goal.stage, false),
            &Suggestions::hand_in
        );
    }
    for (const auto& [stage, workdays] : held) {
        for (int i = 0; i < 2; ++i) {
            later(
                world_.workday_before_end(workdays) + minutes{chance.between(0, 90)},
                make(stage, true),
                &Suggestions::hand_in
            );
        }
    }
}

Result<void> Suggestions::hand_in(const SuggestionPtr& one) {
    auto& chance = world_.chance();
    const Desk& desk = chance.one_of(world_.scene().desks);
    const Desk& near = desk.prefix.empty() ? world_.scene().desks[1] : desk;
    static constexpr std::array<const char*, 4> sides{"resident", "member", "branch", "firm"};
    Json fields = Json::object();
    fields.set("title", one->idea->title)
        .set("text", one->idea->text)
        .set("topic", one->idea->topic);
    fields.set("area", chance.hits(700) ? chance.one_of(near.towns) : near.prefix);
    fields.set("for", world_.names().caller()).set("contact", world_.names().phone());
    Actor actor;
    if (one->is_online) {
        actor.kind = ActorKind::party;
        fields.set("from_whom", sides[chance.weighted({70, 20, 2, 8})])
            .set("office", world_.org(desk.office).value);
    } else {
        actor = chance.hits(500) || desk.villages.empty()
                    ? world_.post(desk.office, "clerk")
                    : world_.post(chance.one_of(desk.villages), "collector");
        fields.set("from_whom", sides[chance.weighted({10, 55, 30, 5})]);
    }
    TRY(one->id, world_.start(actor, "suggestion", std::move(fields)));
    if (one->is_held && one->goal == "submitted") {
        return {};
    }
    const int slowest = one->is_held ? 300 : 1900;
    later(world_.in_service(40, slowest), one, &Suggestions::screen);
    return {};
}

Result<void> Suggestions::screen(const SuggestionPtr& one) {
    TRY(const auto state, world_.see(one->id));
    Json fields = Json::object();
    if (one->goal == "withdrawn") {
        return world_.act(
            one->id,
            World::requester_of(*state),
            Verb::withdraw,
            fields.set("text", "已有同类建议，撤回。")
        );
    }
    if (one->goal == "refused") {
        fields.set("reason", world_.reason("suggestion_refuse"))
            .set("text", "感谢您的建议，暂不采用，理由已说明。");
        return world_.act(one->id, clerk_of(*state), Verb::refuse, std::move(fields));
    }
    fields.set("topic", one->idea->topic).set("edited", one->idea->edited);
    TRY_VOID(world_.act(one->id, clerk_of(*state), Verb::accept, std::move(fields)));
    if (one->is_held && one->goal == "accepted") {
        return {};
    }
    later(world_.in_service(60, one->is_held ? 400 : 1500), one, &Suggestions::go_on);
    return {};
}

Result<void> Suggestions::go_on(const SuggestionPtr& one) {
    TRY(const auto state, world_.see(one->id));
    if (state->stage == "accepted") {
        // Some are answered without being passed on.
        return !one->is_held && world_.chance().hits(200) ? answer(one, *state)
                                                          : recommend(one, *state);
    }
    if (state->stage == "recommended") {
        return one->is_held || world_.chance().hits(400) ? adopt(one, *state) : answer(one, *state);
    }
    return state->stage == "adopted" ? answer(one, *state) : Result<void>{};
}

Result<void> Suggestions::recommend(const SuggestionPtr& one, const State& state) {
    if (world_.chance().hits(180)) {
        TRY_VOID(world_.act(
            one->id,
            clerk_of(state),
            Verb::report_up,
            Json::object().set("mark_level", "province").set("text", "转报上级参阅。")
        ));
    } else {
        TRY_VOID(world_.act(
            one->id,
            clerk_of(state),
            Verb::refer,
            Json::object()
                .set("department", department_of(state))
                .set("text", "请研究参考，采纳情况请告知。")
        ));
    }
    if (!one->is_held || one->goal == "adopted") {
        later(world_.in_service(120, one->is_held ? 600 : 1500), one, &Suggestions::go_on);
    }
    return {};
}

Result<void> Suggestions::adopt(const SuggestionPtr& one, const State& state) {
    TRY_VOID(world_.act(
        one->id,
        clerk_of(state),
        Verb::mark,
        Json::object()
            .set("mark_level", state.office == world_.org("city_office") ? "city" : "county")
            .set("department", department_of(state))
            .set("text", "部门已采纳。")
    ));
    if (one->is_held) {
        return {};
    }
    if (world_.chance().hits(500)) {
        TRY_VOID(world_.act(
            one->id,
            clerk_of(state),
            Verb::put_to_use,
            Json::object()
                .set("text", "已在三个社区推广。")
                .set("evidence", world_.say(Phrase::evidence))
        ));
    }
    later(world_.in_service(60, 900), one, &Suggestions::go_on);
    return {};
}

Result<void> Suggestions::answer(const SuggestionPtr& one, const State& state) {
    const Actor clerk = clerk_of(state);
    TRY_VOID(world_.act_together(
        one->id,
        clerk,
        {{Verb::reply,
          Json::object().set(
              "text", "您的建议已转有关部门，采纳情况如下：" + std::string(one->idea->edited)
          )},
         {Verb::close, Json::object()}}
    ));
    if (world_.chance().hits(250)) {
        return world_.act(
            one->id,
            clerk,
            Verb::publish,
            Json::object()
                .set("public_title", "群众建议采纳情况")
                .set("public_text", one->idea->edited)
                .set("consent", true)
        );
    }
    return {};
}

}  // namespace zt::app::demo
