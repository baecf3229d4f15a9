#include "app/demo/issues.hpp"

#include <array>

namespace zt::app::demo {

namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr std::array ends{"read", "instructed", "dropped"};
constexpr std::array<std::pair<const char*, int>, 4> held{
    {{"drafted", 1}, {"signed", 2}, {"circulating", 3}, {"instructed", 5}}
};
constexpr std::size_t pieces_max = 3;

/// The newest pieces of the desk that signed one last.
std::pair<std::size_t, Json> newest_pieces(const Registry& registry) {
    Json ids = Json::array();
    if (registry.signed_pieces.empty()) {
        return {0, ids};
    }
    const std::size_t desk = registry.signed_pieces.back().desk;
    for (auto one = registry.signed_pieces.rbegin();
         one != registry.signed_pieces.rend() && ids.as_array().size() < pieces_max;
         ++one) {
        if (one->desk == desk) {
            ids.push(one->id.value);
        }
    }
    return {desk, ids};
}

}  // namespace

void Issues::plan(int count) {
    auto& chance = world_.chance();
    const auto add = [&](UtcMs at, std::string goal, bool is_held) {
        auto issue = std::make_shared<IssueStory>();
        issue->goal = std::move(goal);
        issue->is_held = is_held;
        issue->is_special = chance.hits(300);
        world_.plan(at, [this, issue] { return draw_up(issue); });
    };
    const auto span = world_.end() - world_.begin();
    for (int i = 0; i < count; ++i) {
        const auto nth = static_cast<std::size_t>(i);
        const std::size_t end = nth < ends.size() ? nth : chance.weighted({45, 45, 10});
        // Not before enough has been signed off.
        const int percent = nth < ends.size() ? chance.between(40, 55) : chance.between(30, 90);
        add(world_.at_desk(world_.begin() + span * percent / 100 + minutes{chance.between(0, 900)}),
            ends[end],
            false);
    }
    for (const auto& [stage, workdays] : held) {
        add(world_.workday_before_end(workdays) + minutes{30}, stage, true);
    }
}

void Issues::plan_next(const IssuePtr& issue) {
    const int slowest = issue->is_held ? 200 : 700;
    world_.plan(world_.in_service(50, slowest), [this, issue] { return go_on(issue); });
}

Result<void> Issues::draw_up(const IssuePtr& issue) {
    auto [desk, pieces] = newest_pieces(registry_);
    if (pieces.as_array().empty()) {
        return {};
    }
    issue->number = ++numbered_;
    const Desk& at = world_.scene().desks[desk];
    Json fields = Json::object();
    fields.set("title", at.title + "社情民意综合（" + std::to_string(issue->number) + "）")
        .set("form", issue->is_special ? "special_report" : "circular")
        .set("text", "据近期走访和来信综合。")
        .set("matters", std::move(pieces));
    TRY(issue->id, world_.start(world_.post(at.office, "clerk"), "issue", std::move(fields)));
    if (!issue->is_held || issue->goal != "drafted") {
        plan_next(issue);
    }
    return {};
}

Result<void> Issues::go_on(const IssuePtr& issue) {
    TRY(auto state, world_.see(issue->id));
    TRY_VOID(step(issue, *state));
    TRY(state, world_.see(issue->id));
    const bool is_there = issue->is_held && issue->goal == state->stage;
    if (state->counts == Counts::open && !is_there) {
        plan_next(issue);
    }
    return {};
}

Result<void> Issues::step(const IssuePtr& issue, const State& state) {
    const Actor chief = world_.post(state.office, "chief");
    if (state.stage == "drafted" && issue->goal == "dropped") {
        return world_.act(
            issue->id, chief, Verb::terminate, Json::object().set("text", "内容已在前期刊用。")
        );
    }
    if (state.stage == "drafted") {
        return world_.act(issue->id, chief, Verb::sign_off);
    }
    if (state.stage == "signed") {
        return send_round(issue, state);
    }
    if (state.stage == "circulating" && issue->goal == "instructed") {
        return instruct(issue, state);
    }
    return follow_up(issue, state);
}

Result<void> Issues::send_round(const IssuePtr& issue, const State& state) {
    const Actor clerk = world_.post(state.office, "clerk");
    if (issue->is_special && world_.chance().hits(500)) {
        const bool is_of_city = world_.desk_of(state) == 0;
        return world_.act(
            issue->id,
            clerk,
            Verb::report_up,
            Json::object().set("mark_level", is_of_city ? "province" : "city")
        );
    }
    static constexpr std::array<const char*, 4> readers{"secretary", "mayor", "both", "all"};
    return world_.act(
        issue->id,
        clerk,
        Verb::circulate,
        Json::object().set("reported_to", world_.chance().one_of(readers))
    );
}

Result<void> Issues::instruct(const IssuePtr& issue, const State& state) {
    const Desk& desk = world_.scene().desks[world_.desk_of(state)];
    return world_.act(
        issue->id,
        world_.post(desk.government, "head"),
        Verb::instruct,
        Json::object()
            .set("text", world_.say(Phrase::instructed))
            .set("item_title", "落实呈阅件批示（" + std::to_string(issue->number) + "）")
            .set("planned", to_string(world_.today() + days{world_.chance().between(6, 16)}))
    );
}

/// Closed when every task that followed has ended; until then looked at again.
Result<void> Issues::follow_up(const IssuePtr& issue, const State& state) {
    for (const auto& link : state.links) {
        if (link.type == "spawned") {
            TRY(const auto task, world_.see(link.to));
            if (task->counts == Counts::open) {
                return {};
            }
        }
    }
    const bool was_instructed = state.stage == "instructed";
    return world_.act(
        issue->id,
        world_.post(state.office, "clerk"),
        Verb::close,
        Json::object().set("text", was_instructed ? "批示已落实，情况向您反馈。" : "领导已阅。")
    );
}

}  // namespace zt::app::demo
