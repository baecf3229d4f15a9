#include "app/demo/accounts.hpp"

#include <algorithm>
#include <array>

namespace zt::app::demo {

namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr std::array outcomes{"reminder", "talk", "dropped", "bulletin", "handed_over"};
constexpr std::array<std::pair<const char*, int>, 5> held{
    {{"opened", 1}, {"stating", 3}, {"reviewing", 6}, {"handed_over", 9}, {"objected", 12}}
};

}  // namespace

Accounts::Accounts(World& world, Registry& registry) : world_(world), registry_(registry) {
    world_.on_birth("accountability", [this](MatterId id) { born_.push_back(id); });
}

void Accounts::later(UtcMs at, const AccountPtr& story, MatterId id, Step step) {
    world_.plan(at, [this, story, id, step] { return (this->*step)(story, id); });
}

void Accounts::plan(int count) {
    auto& chance = world_.chance();
    const auto span = world_.end() - world_.begin();
    for (int i = 0; i < count; ++i) {
        auto story = std::make_shared<AccountStory>();
        const auto nth = static_cast<std::size_t>(i);
        story->outcome = outcomes[nth % outcomes.size()];
        story->is_objected = nth % 3 == 1;
        story->is_silent = nth % 4 == 3;
        // Somebody must have done wrong before.
        const UtcMs at = world_.begin() + span * chance.between(30, 85) / 100;
        world_.plan(world_.at_desk(at), [this, story] { return open(story); });
    }
    for (const auto& [stage, workdays] : held) {
        auto story = std::make_shared<AccountStory>();
        story->hold = stage;
        story->outcome = story->hold == "handed_over" ? "handed_over" : "reminder";
        story->is_objected = story->hold == "objected";
        world_.plan(world_.workday_before_end(workdays), [this, story] { return open(story); });
    }
}

/// The triggers in the order of their weight; what nobody claims yet, evidence shows.
Result<void> Accounts::open(const AccountPtr& story) {
    const std::size_t before = born_.size();
    const std::array<std::pair<const std::vector<KnownAppeal>*, const char*>, 3> sources{
        {{&registry_.stubborn, "overdue_after_red_order"},
         {&registry_.redone, "closing_undone"},
         {&registry_.closed, "false_reply"}}
    };
    bool is_open = false;
    for (const auto& [list, trigger] : sources) {
        constexpr std::size_t looked_at = 40;
        for (std::size_t i = 0; !is_open && i < std::min(list->size(), looked_at); ++i) {
            const auto& appeal = (*list)[list->size() - 1 - i];
            // The city's own have no level above to object to.
            const bool is_fit = !story->is_objected || appeal.desk != 0;
            TRY(is_open, is_fit ? open_from(appeal, trigger) : Result<bool>(false));
        }
    }
    if (!is_open) {
        return {};
    }
    // Born with this act and adopted right after it, before anybody else opens one.
    world_.plan(world_.now(), [this, story, before]() -> Result<void> {
        if (born_.size() > before && story->hold != "opened") {
            later(world_.in_service(20, 300), story, born_[before], &Accounts::inform);
        }
        return {};
    });
    return {};
}

/// out: whether the matter bears it out and it was opened.
Result<bool> Accounts::open_from(const KnownAppeal& appeal, const std::string& trigger) {
    TRY(const auto state, world_.see(appeal.id));
    const Hand* lead = state->lead();
    const std::string unit = lead == nullptr ? std::string() : world_.code_of(lead->org);
    const bool is_open =
        state->stage == "handling" || state->stage == "verifying" || state->stage == "closed";
    const bool is_true = trigger == "overdue_after_red_order"
                             ? state->is_overdue() && state->field("order").as_string() == "red"
                         : trigger == "closing_undone" ? state->past.redos > 0
                                                       : state->stage == "closed";
    if (!is_open || !is_true || unit.empty() || state->has_link("held_by") ||
        state->protection == Protection::wrong_done) {
        return false;
    }
    const Desk& desk = world_.scene().desks[world_.desk_of(*state)];
    TRY_VOID(world_.act(
        appeal.id,
        world_.post(desk.supervision, "supervisor"),
        Verb::hold_to_account,
        Json::object()
            .set("trigger", trigger)
            .set("accused", unit)
            .set("text", "经督查核实，符合启动情形。")
            .set("evidence", "督查记录及现场照片")
    ));
    return true;
}

/// Of the same level: who neither supervised nor handled.
Actor Accounts::reviewer_of(const State& state) {
    return world_.post(world_.scene().desks[world_.desk_of(state)].government, "reviewer");
}

Result<void> Accounts::inform(const AccountPtr& story, MatterId id) {
    TRY(const auto state, world_.see(id));
    const auto accused = std::ranges::find(state->parties, "accused", &Party::role);
    const Desk& desk = world_.scene().desks[world_.desk_of(*state)];
    TRY_VOID(world_.act(
        id,
        world_.post(desk.supervision, "supervisor"),
        Verb::assign,
        Json::object()
            .set("unit", Json::array().push(accused->org.value))
            .set("text", "请5个工作日内提交书面说明。")
    ));
    if (story->hold == "stating") {
        return {};
    }
    if (story->is_silent) {
        // Who lets the time pass has said nothing.
        later(world_.service_after(world_.now() + days{8}, 60, 400), story, id, &Accounts::review);
    } else {
        later(world_.in_service(300, 700), story, id, &Accounts::state_case);
    }
    return {};
}

Result<void> Accounts::state_case(const AccountPtr& story, MatterId id) {
    TRY(const auto state, world_.see(id));
    const Actor unit = world_.post(state->hands.front().org, "handler");
    TRY_VOID(world_.act(id, unit, Verb::sign_for));
    TRY_VOID(world_.act(
        id,
        unit,
        Verb::give_opinion,
        Json::object()
            .set("opinion", "我单位对事项经过说明如下，已整改。")
            .set("evidence", world_.say(Phrase::evidence))
    ));
    if (story->hold != "reviewing") {
        later(world_.in_service(120, 400), story, id, &Accounts::review);
    }
    return {};
}

Result<void> Accounts::review(const AccountPtr& story, MatterId id) {
    TRY(const auto state, world_.see(id));
    if (state->stage == "stating") {
        const Clock* clock = state->newest_clock("statement", state->hands.front().no);
        if (clock != nullptr && clock->state == ClockState::running) {
            later(world_.service_after(clock->due, 60, 300), story, id, &Accounts::review);
            return {};
        }
    }
    TRY_VOID(world_.act(
        id,
        reviewer_of(*state),
        Verb::review,
        Json::object().set("text", "经审核，事实清楚，提出处理意见。")
    ));
    later(world_.in_service(60, 300), story, id, &Accounts::decide);
    return {};
}

Result<void> Accounts::decide(const AccountPtr& story, MatterId id) {
    TRY(const auto state, world_.see(id));
    const Actor reviewer = reviewer_of(*state);
    if (story->outcome == "handed_over") {
        TRY_VOID(world_.act(
            id,
            reviewer,
            Verb::hand_over,
            Json::object().set("body", "有权机关").set("text", "线索移送。")
        ));
        if (story->hold == "handed_over") {
            return {};
        }
        world_.plan(world_.in_service(900, 2400), [this, id, reviewer]() -> Result<void> {
            return world_.act_together(
                id,
                reviewer,
                {{Verb::report_progress, Json::object().set("text", "收到有权机关书面答复。")},
                 {Verb::close,
                  Json::object()
                      .set("outcome", "handed_over")
                      .set("public_text", "已移送有权机关处理并收到答复。")}}
            );
        });
        return {};
    }
    TRY_VOID(world_.act(
        id,
        reviewer,
        Verb::close,
        Json::object()
            .set("outcome", story->outcome)
            .set("public_text", "有关单位办理不到位的问题已作出处理。")
    ));
    if (story->is_objected) {
        later(world_.in_service(60, 700), story, id, &Accounts::object);
    }
    return {};
}

/// Once, to the level above; matters of the city itself have none.
Result<void> Accounts::object(const AccountPtr& story, MatterId id) {
    TRY(const auto state, world_.see(id));
    if (state->hands.empty() || world_.desk_of(*state) == 0) {
        return {};
    }
    TRY_VOID(world_.act(
        id,
        world_.post(state->hands.front().org, "handler"),
        Verb::object,
        Json::object().set("text", "对处理结果有异议，申请复审。")
    ));
    if (story->hold == "objected") {
        return {};
    }
    world_.plan(world_.in_service(600, 2000), [this, id]() -> Result<void> {
        return world_.act_together(
            id,
            world_.post("city_office", "signer"),
            {{Verb::review, Json::object().set("text", "复审意见：维持。")},
             {Verb::close,
              Json::object().set("outcome", "reminder").set("public_text", "复审维持原处理。")}}
        );
    });
    return {};
}

}  // namespace zt::app::demo
