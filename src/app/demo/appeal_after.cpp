// Closed appeals: asked, rated, judged, done again, contested, published, looked back at.

#include "app/demo/appeals.hpp"

#include <algorithm>
#include <array>

namespace zt::app::demo {

namespace {

using std::chrono::days;
bool is_rated(const State& state) {
    const Rating* rating = state.last_rating();
    return rating != nullptr && rating->turn == state.turn;
}

}  // namespace

Result<void> Appeals::after_close(const AppealPtr& appeal) {
    TRY(const auto state, world_.see(appeal->id));
    registry_.closed.push_back(
        {appeal->id, world_.desk_of(*state), std::string(appeal->topic->category)}
    );
    auto& chance = world_.chance();
    if (state->turn == 1) {
        plan_promises(appeal, *state);
    }
    switch (state->turn == 1 ? appeal->fate : Fate::ordinary) {
    case Fate::contested:
    case Fate::contest_stands:
        later(world_.at_daytime(world_.in_minutes(300, 9000)), appeal, &Appeals::contest);
        return {};
    case Fate::published: later(world_.in_service(400, 2500), appeal, &Appeals::publish); break;
    case Fate::looked_back:
    case Fate::problem_returned:
        later(world_.in_service(1200, 3600), appeal, &Appeals::look_back);
        break;
    default: break;
    }
    if (appeal->bad_ratings > 0 || chance.hits(300)) {
        later(world_.at_daytime(world_.in_minutes(20, 1100)), appeal, &Appeals::rate);
    } else {
        later(world_.in_service(150, 470), appeal, &Appeals::call_back);
    }
    return {};
}

/// source: SYSTEMS S1, satisfaction 96.8 %; dissatisfied ones that the story wants come first.
Json Appeals::draw_rating(Appeal& appeal) {
    auto& chance = world_.chance();
    const bool is_bad = appeal.bad_ratings > 0 || chance.hits(13);
    const bool is_basic = !is_bad && chance.hits(60);
    appeal.bad_ratings = std::max(appeal.bad_ratings - 1, 0);
    Json fields = Json::object();
    fields.set("satisfaction", is_bad ? "dissatisfied" : is_basic ? "basically" : "satisfied");
    fields.set(
        "solved",
        is_bad     ? (chance.hits(600) ? "not" : "partly")
        : is_basic ? "partly"
                   : "solved"
    );
    fields.set("attitude", is_bad ? "fair" : "good");
    fields.set("text", world_.say(is_bad ? Phrase::dissatisfied : Phrase::satisfied));
    return fields;
}

Result<void> Appeals::rate(const AppealPtr& appeal) {
    TRY(auto state, world_.see(appeal->id));
    if (state->stage != "closed" || is_rated(*state)) {
        return {};
    }
    TRY_VOID(world_.act(appeal->id, World::requester_of(*state), Verb::rate, draw_rating(*appeal)));
    TRY(state, world_.see(appeal->id));
    if (state->last_rating()->is_bad) {
        later(world_.in_service(40, 380), appeal, &Appeals::judge);
    }
    return {};
}

Result<void> Appeals::call_back(const AppealPtr& appeal) {
    TRY(auto state, world_.see(appeal->id));
    if (state->stage != "closed" || is_rated(*state)) {
        return {};
    }
    const bool is_named = state->requester() != nullptr && state->requester()->is_named;
    const bool is_reached = is_named && world_.chance().hits(460);
    Json fields = is_reached ? draw_rating(*appeal) : Json::object();
    fields.set("reached", is_reached);
    fields.set(
        "text",
        is_reached ? world_.say(Phrase::called_back)
        : is_named ? "未接通，已发短信邀请评价。"
                   : "未留联系方式。"
    );
    TRY_VOID(world_.act(
        appeal->id,
        at_desk_of(*state, &Desk::callback, "callback"),
        Verb::call_back,
        std::move(fields)
    ));
    TRY(state, world_.see(appeal->id));
    if (is_rated(*state) && state->last_rating()->is_bad) {
        later(world_.in_service(40, 380), appeal, &Appeals::judge);
    }
    return {};
}

/// The call-back desk judges a bad rating or a contest, never the unit concerned.
Result<void> Appeals::judge(const AppealPtr& appeal) {
    TRY(const auto state, world_.see(appeal->id));
    if (state->stage != "closed") {
        return {};
    }
    const bool stays = appeal->fate == Fate::bad_but_stands ||
                       appeal->fate == Fate::contest_stands ||
                       (appeal->fate == Fate::ordinary && world_.chance().hits(250));
    if (!stays) {
        return redo(appeal);
    }
    return world_.act(
        appeal->id,
        at_desk_of(*state, &Desk::callback, "callback"),
        Verb::review,
        Json::object()
            .set("reason", world_.reason("no_redo"))
            .set("text", world_.say(Phrase::stands))
    );
}

Result<void> Appeals::redo(const AppealPtr& appeal) {
    TRY(auto state, world_.see(appeal->id));
    if (state->stage != "closed") {
        return {};
    }
    TRY_VOID(world_.act(
        appeal->id,
        at_desk_of(*state, &Desk::callback, "callback"),
        Verb::redo,
        Json::object().set("text", world_.say(Phrase::redo))
    ));
    TRY(state, world_.see(appeal->id));
    registry_.redone.push_back(
        {appeal->id, world_.desk_of(*state), std::string(appeal->topic->category)}
    );
    appeal->is_direct = false;
    appeal->main = {};
    if (state->stage == "accepted") {
        later(world_.in_service(15, 120), appeal, &Appeals::assign);
    } else {
        plan_hands(appeal, *state);
    }
    return {};
}

Result<void> Appeals::contest(const AppealPtr& appeal) {
    TRY(const auto state, world_.see(appeal->id));
    if (state->stage != "closed") {
        return {};
    }
    TRY_VOID(world_.act(
        appeal->id,
        World::requester_of(*state),
        Verb::contest,
        Json::object().set("text", world_.say(Phrase::contested))
    ));
    later(world_.in_service(300, 1500), appeal, &Appeals::judge);
    return {};
}

Result<void> Appeals::look_back(const AppealPtr& appeal) {
    TRY(const auto state, world_.see(appeal->id));
    if (state->stage != "closed") {
        return {};
    }
    const bool is_back = appeal->fate == Fate::problem_returned;
    TRY_VOID(world_.act(
        appeal->id,
        at_desk_of(*state, &Desk::callback, "callback"),
        Verb::look_back,
        Json::object()
            .set("outcome", is_back ? "returned" : "lasting")
            .set("text", is_back ? "现场查看，问题出现反弹。" : "现场查看，成效稳固。")
    ));
    if (is_back) {
        later(world_.in_service(15, 120), appeal, &Appeals::redo);
    }
    return {};
}

Result<void> Appeals::publish(const AppealPtr& appeal) {
    TRY(const auto state, world_.see(appeal->id));
    if (state->stage != "closed" || state->protection == Protection::wrong_done) {
        return {};
    }
    Json fields = Json::object();
    fields.set("public_title", "企业反映有关经营问题已办结");
    fields.set("public_text", appeal->answer).set("consent", true);
    return world_.act(appeal->id, clerk_of(*state), Verb::publish, std::move(fields));
}

/// Most promises are kept in time; the others lapse and are seen.
void Appeals::plan_promises(const AppealPtr& appeal, const State& state) {
    for (const auto& item : state.items) {
        if (item.state != ItemState::open || !item.planned || world_.chance().hits(150)) {
            continue;
        }
        const UtcMs due = start_of(*item.planned + days{1}, world_.rules().calendar.offset);
        const UtcMs at = world_.at_desk(world_.part_way(due, 50, 97));
        world_.plan(at, [this, appeal, no = item.no]() -> Result<void> {
            TRY(const auto kept, world_.see(appeal->id));
            if (kept->stage != "closed" || kept->item(no) == nullptr ||
                kept->item(no)->state != ItemState::open) {
                return {};
            }
            return world_.act(
                appeal->id,
                clerk_of(*kept),
                Verb::done,
                Json::object().set("item", no).set("evidence", world_.say(Phrase::evidence))
            );
        });
    }
}

}  // namespace zt::app::demo
