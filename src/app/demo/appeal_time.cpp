// Appeals whose due moves, each time by an event that says why, and those that their requester
// wants back.

#include "app/demo/appeals.hpp"

#include <array>

namespace zt::app::demo {

namespace {

using std::chrono::days;

}  // namespace

Result<void> Appeals::ask_extension(const AppealPtr& appeal, OrgId org) {
    TRY(const auto state, world_.see(appeal->id));
    const Clock* clock = state->final_clock();
    if (state->stage != "handling" || state->hand_of(org) == nullptr ||
        clock->state != ClockState::running) {
        return {};
    }
    const std::string length = std::to_string(world_.chance().between(3, 10)) + "wd";
    const bool is_granted = appeal->fate != Fate::extension_denied;
    TRY_VOID(world_.act(
        appeal->id,
        world_.post(org, "handler"),
        Verb::ask_extension,
        Json::object()
            .set("length", length)
            .set("reason", world_.reason("extension"))
            .set("text", world_.say(Phrase::site_work))
    ));
    world_.plan(
        world_.in_service(8, 90),
        [this, appeal, org, length, is_granted]() -> Result<void> {
            TRY(auto asked, world_.see(appeal->id));
            if (asked->stage != "handling") {
                return {};
            }
            TRY_VOID(world_.act(
                appeal->id,
                at_desk_of(*asked, &Desk::office, "chief"),
                Verb::grant_extension,
                Json::object().set("length", length).set("granted", is_granted)
            ));
            TRY(asked, world_.see(appeal->id));
            plan_finish(appeal, org, *asked);
            return {};
        }
    );
    return {};
}

Result<void> Appeals::pause(const AppealPtr& appeal, OrgId org) {
    TRY(const auto state, world_.see(appeal->id));
    if (state->stage != "handling" || state->hand_of(org) == nullptr ||
        state->final_clock()->state != ClockState::running) {
        return {};
    }
    static constexpr std::array<const char*, 3> reasons{"expert", "superior", "not_cooperating"};
    TRY_VOID(world_.act(
        appeal->id,
        clerk_of(*state),
        Verb::pause,
        Json::object().set("reason", world_.chance().one_of(reasons)).set("text", "附情况记录。")
    ));
    const UtcMs back = world_.at_desk(world_.now() + days{world_.chance().between(2, 9)});
    world_.plan(back, [this, appeal, org]() -> Result<void> {
        TRY(auto paused, world_.see(appeal->id));
        if (paused->stage != "handling" || paused->final_clock()->state != ClockState::paused) {
            return {};
        }
        TRY_VOID(world_.act(
            appeal->id,
            clerk_of(*paused),
            Verb::resume,
            Json::object().set("text", "结论已出，恢复计时。")
        ));
        TRY(paused, world_.see(appeal->id));
        plan_finish(appeal, org, *paused);
        return {};
    });
    return {};
}

/// Once a unit has called, another office asks whether the withdrawal is the requester's own wish.
Result<void> Appeals::ask_to_withdraw(const AppealPtr& appeal, OrgId org) {
    TRY(const auto state, world_.see(appeal->id));
    if (state->stage != "handling") {
        return {};
    }
    TRY_VOID(world_.act(
        appeal->id,
        World::requester_of(*state),
        Verb::withdraw,
        Json::object().set("text", world_.say(Phrase::withdrawn))
    ));
    world_.plan(world_.in_service(120, 600), [this, appeal, org]() -> Result<void> {
        TRY(auto asked, world_.see(appeal->id));
        if (asked->stage != "handling" || !asked->is_marked("withdraw_asked")) {
            return {};
        }
        const bool is_wish = appeal->fate == Fate::withdrawal_confirmed;
        TRY_VOID(world_.act(
            appeal->id,
            at_desk_of(*asked, &Desk::callback, "callback"),
            Verb::withdraw,
            Json::object()
                .set("consent", is_wish)
                .set(
                    "text", is_wish ? "诉求人确认自愿撤回。" : "诉求人表示并非本意，希望继续办理。"
                )
        ));
        if (!is_wish) {
            TRY(asked, world_.see(appeal->id));
            plan_finish(appeal, org, *asked);
        }
        return {};
    });
    return {};
}

}  // namespace zt::app::demo
