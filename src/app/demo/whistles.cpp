#include "app/demo/whistles.hpp"

#include <algorithm>
#include <array>

namespace zt::app::demo {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Fate = WhistleStory::Fate;

constexpr std::array whistle_rows{
    WhistleText{"enforcement", "normal", "河堤偷倒建筑渣土", "东河堤三号桩", {"@zjj", "@zrzy", ""}},
    WhistleText{
        "enforcement", "complex", "沿街违建影响消防通道", "农贸市场后街", {"@zjj", "@zrzy", "@scjg"}
    },
    WhistleText{
        "enforcement", "normal", "流动摊点占道又涉食品安全", "中学南门", {"@scjg", "@zjj", ""}
    },
    WhistleText{"demand", "normal", "养殖场异味反映集中", "上游养殖区", {"@nyj", "@zrzy", ""}},
    WhistleText{"demand", "utility", "安置小区二次供水停水", "安置一期", {"@zjj", "@scjg", ""}},
    WhistleText{"demand", "complex", "停工项目拖欠工资", "工业园二期工地", {"@rsj", "@zjj", ""}},
    WhistleText{"emergency", "urgent", "施工挖断燃气管", "老街十字路口", {"@zjj", "@scjg", ""}},
    WhistleText{
        "emergency", "urgent", "暴雨后山体滑坡堵路", "进村公路五公里处", {"@zrzy", "@zjj", "@nyj"}
    },
};
constexpr std::array fates{
    Fate::late,
    Fate::sent_back,
    Fate::let_off,
    Fate::called_off,
    Fate::supervised,
    Fate::not_done,
    Fate::back_again
};
constexpr std::array<std::pair<const char*, int>, 4> held{
    {{"blown", 1}, {"called", 1}, {"on_site", 2}, {"checking", 2}}
};

/// Its hand is open in this turn, and has not got further than that.
const Hand* waiting_hand(const State& state, OrgId org) {
    const Hand* hand = state.hand_of(org);
    const bool is_waiting = hand != nullptr && (hand->state == HandState::assigned ||
                                                hand->state == HandState::signed_for);
    return is_waiting ? hand : nullptr;
}

}  // namespace

void Whistles::later(UtcMs at, const WhistlePtr& whistle, OrgId org, Step step) {
    world_.plan(at, [this, whistle, org, step] { return (this->*step)(whistle, org); });
}

UtcMs Whistles::soon_or_today(const WhistleStory& whistle, int emergency, int otherwise) {
    return whistle.about->situation == "emergency"
               ? world_.in_minutes(emergency / 3, emergency)
               : world_.at_daytime(world_.in_minutes(otherwise / 4, otherwise));
}

void Whistles::plan(int count) {
    auto& chance = world_.chance();
    const auto make = [&] {
        auto whistle = std::make_shared<WhistleStory>();
        whistle->about = &chance.one_of(whistle_rows);
        const auto& desks = world_.scene().desks;
        whistle->town = chance.one_of(desks[1 + chance.index_of(desks.size() - 1)].towns);
        return whistle;
    };
    const auto span = world_.end() - world_.begin();
    for (int i = 0; i < count; ++i) {
        const auto nth = static_cast<std::size_t>(i);
        auto whistle = make();
        whistle->fate = nth < fates.size() ? fates[nth]
                        : chance.hits(300) ? chance.one_of(fates)
                                           : Fate::ordinary;
        const int percent = nth < fates.size() ? chance.between(5, 60) : chance.between(1, 97);
        const UtcMs wish = world_.begin() + span * percent / 100 + minutes{chance.between(0, 600)};
        later(
            whistle->about->situation == "emergency" ? wish : world_.at_desk(wish),
            whistle,
            OrgId{},
            &Whistles::blow
        );
    }
    for (const auto& [stage, workdays] : held) {
        auto whistle = make();
        whistle->about = &whistle_rows[0];
        whistle->hold = stage;
        later(
            world_.workday_before_end(workdays) + minutes{chance.between(5, 40)},
            whistle,
            OrgId{},
            &Whistles::blow
        );
    }
}

/// One of the newest appeals that a township works on, with that township instead of the one drawn.
Result<MatterId> Whistles::troubled_appeal(WhistleStory& whistle) {
    constexpr std::size_t newest = 30;
    const auto& all = registry_.assigned;
    for (std::size_t back = 1; back <= std::min(newest, all.size()); ++back) {
        TRY(const auto state, world_.see(all[all.size() - back].id));
        const Hand* lead = state->lead();
        const Org* org = lead == nullptr ? nullptr : world_.ledger().directory().org(lead->org);
        const bool is_open_to_it = state->counts == Counts::open &&
                                   state->protection == Protection::please_do && org != nullptr &&
                                   org->level == Level::township;
        if (is_open_to_it) {
            whistle.town = org->code;
            return state->id;
        }
    }
    return MatterId{};
}

Result<void> Whistles::blow(const WhistlePtr& whistle, OrgId) {
    Json fields = Json::object();
    const bool is_for_appeal =
        whistle->about->situation == "demand" && whistle->hold.empty() && world_.chance().hits(600);
    if (is_for_appeal) {
        TRY(const MatterId appeal, troubled_appeal(*whistle));
        if (appeal) {
            fields.set("matter", appeal.value);
        }
    }
    fields.set("title", whistle->about->title)
        .set("situation", whistle->about->situation)
        .set("urgency", whistle->about->urgency)
        .set("spot", whistle->about->spot)
        .set("area", whistle->town)
        .set("text", "本级无执法权限，请部门到场联合处置。");
    TRY(whistle->id,
        world_.start(world_.post(whistle->town, "handler"), "whistle", std::move(fields)));
    if (whistle->hold != "blown") {
        later(world_.in_minutes(3, 20), whistle, OrgId{}, &Whistles::call);
    }
    return {};
}

Result<void> Whistles::call(const WhistlePtr& whistle, OrgId) {
    TRY(auto state, world_.see(whistle->id));
    const std::string prefix = world_.scene().desks[world_.desk_of(*state)].prefix;
    Json units = Json::array();
    for (const auto unit : whistle->about->units) {
        if (!unit.empty()) {
            units.push(prefix + "_" + std::string(unit.substr(1)));
        }
    }
    TRY_VOID(world_.act(
        whistle->id,
        world_.post(whistle->town, "handler"),
        Verb::assign,
        Json::object().set("split", std::move(units)).set("text", "请携带执法证件到现场。")
    ));
    TRY(state, world_.see(whistle->id));
    if (whistle->hold != "called") {
        plan_arrivals(whistle, *state);
    }
    return {};
}

void Whistles::plan_arrivals(const WhistlePtr& whistle, const State& state) {
    const Fate fate = whistle->fate;
    if (fate == Fate::called_off) {
        later(soon_or_today(*whistle, 12, 90), whistle, OrgId{}, &Whistles::blow_again);
    }
    if (fate == Fate::supervised) {
        later(world_.in_service(60, 200), whistle, OrgId{}, &Whistles::supervise);
    }
    bool is_first = true;
    for (const auto& hand : state.hands) {
        if (waiting_hand(state, hand.org) == nullptr) {
            continue;
        }
        const bool is_odd = std::exchange(is_first, false);
        if (is_odd && fate == Fate::sent_back) {
            later(world_.in_minutes(8, 40), whistle, hand.org, &Whistles::say_not_ours);
        } else if (is_odd && fate == Fate::let_off) {
            later(soon_or_today(*whistle, 15, 60), whistle, hand.org, &Whistles::let_off);
        } else if (is_odd && fate == Fate::late) {
            const Clock* clock = state.newest_clock("arrive", hand.no);
            const UtcMs due = clock == nullptr ? world_.now() : clock->due;
            later(
                due + minutes{world_.chance().between(10, 90)}, whistle, hand.org, &Whistles::arrive
            );
        } else {
            later(soon_or_today(*whistle, 26, 420), whistle, hand.org, &Whistles::arrive);
        }
    }
}

Result<void> Whistles::say_not_ours(const WhistlePtr& whistle, OrgId org) {
    TRY(const auto state, world_.see(whistle->id));
    if (state->stage != "called" || waiting_hand(*state, org) == nullptr) {
        return {};
    }
    return world_.act(
        whistle->id,
        world_.post(org, "handler"),
        Verb::send_back,
        Json::object()
            .set("reason", world_.reason("whistle_send_back"))
            .set("text", world_.say(Phrase::not_ours))
    );
}

Result<void> Whistles::let_off(const WhistlePtr& whistle, OrgId org) {
    TRY(const auto state, world_.see(whistle->id));
    if (state->stage != "called" || waiting_hand(*state, org) == nullptr) {
        return {};
    }
    return world_.act(
        whistle->id,
        director_of(*whistle),
        Verb::release_hand,
        Json::object().set("org", world_.code_of(org)).set("text", "现场不涉及，免予到场。")
    );
}

Result<void> Whistles::supervise(const WhistlePtr& whistle, OrgId) {
    TRY(const auto state, world_.see(whistle->id));
    if (state->stage != "called" && state->stage != "on_site") {
        return {};
    }
    return world_.act(
        whistle->id,
        world_.post(world_.scene().desks[world_.desk_of(*state)].supervision, "supervisor"),
        Verb::order_supervision,
        Json::object().set("text", "请部门即到现场。")
    );
}

Result<void> Whistles::arrive(const WhistlePtr& whistle, OrgId org) {
    TRY(const auto state, world_.see(whistle->id));
    if (state->stage != "called" || waiting_hand(*state, org) == nullptr) {
        return {};
    }
    TRY_VOID(world_.act(
        whistle->id,
        world_.post(org, "handler"),
        Verb::arrive,
        Json::object().set("evidence", "现场定位照片").set("text", "执法人员已到场。")
    ));
    if (world_.chance().hits(300)) {
        later(world_.in_minutes(2, 8), whistle, org, &Whistles::direct);
    }
    if (whistle->hold != "on_site") {
        later(soon_or_today(*whistle, 60, 300), whistle, org, &Whistles::report);
    }
    return {};
}

Result<void> Whistles::direct(const WhistlePtr& whistle, OrgId org) {
    TRY(const auto state, world_.see(whistle->id));
    if (state->stage != "called" && state->stage != "on_site") {
        return {};
    }
    return world_.act(
        whistle->id,
        director_of(*whistle),
        Verb::plan,
        Json::object()
            .set("item_title", "现场查处并取证")
            .set("owner", world_.code_of(org))
            .set("planned", to_string(world_.today()))
    );
}

Result<void> Whistles::report(const WhistlePtr& whistle, OrgId org) {
    TRY(auto state, world_.see(whistle->id));
    const Hand* hand = state->hand_of(org);
    const bool is_at_work = state->stage == "called" || state->stage == "on_site";
    if (!is_at_work || hand == nullptr || hand->state != HandState::arrived) {
        return {};
    }
    const Actor handler = world_.post(org, "handler");
    for (const auto& item : state->items) {
        if (item.owner == org && item.state == ItemState::open) {
            TRY_VOID(world_.act(
                whistle->id,
                handler,
                Verb::done,
                Json::object().set("item", item.no).set("evidence", world_.say(Phrase::evidence))
            ));
        }
    }
    TRY_VOID(world_.act(
        whistle->id,
        handler,
        Verb::reply,
        Json::object().set("text", "现场处置完毕。").set("evidence", world_.say(Phrase::evidence))
    ));
    TRY(state, world_.see(whistle->id));
    if (state->stage == "checking" && whistle->hold != "checking") {
        later(soon_or_today(*whistle, 60, 240), whistle, org, &Whistles::confirm);
    }
    return {};
}

Result<void> Whistles::confirm(const WhistlePtr& whistle, OrgId org) {
    TRY(const auto state, world_.see(whistle->id));
    if (state->stage != "checking") {
        return {};
    }
    const Actor director = director_of(*whistle);
    if (whistle->fate == Fate::not_done) {
        whistle->fate = Fate::ordinary;
        TRY_VOID(world_.act(
            whistle->id,
            director,
            Verb::send_back,
            Json::object().set("org", world_.code_of(org)).set("text", "还剩一处没有处理。")
        ));
        later(soon_or_today(*whistle, 60, 300), whistle, org, &Whistles::report);
        return {};
    }
    const Actor handler = world_.post(org, "handler");
    for (const auto& item : state->items) {
        if (item.state == ItemState::open) {
            TRY_VOID(world_.act(
                whistle->id,
                handler,
                Verb::done,
                Json::object().set("item", item.no).set("evidence", world_.say(Phrase::evidence))
            ));
        }
    }
    TRY_VOID(world_.act_together(
        whistle->id,
        director,
        {{Verb::verify, Json::object().set("text", "现场看过，已办好。")},
         {Verb::close, Json::object().set("text", "联合处置完毕。")}}
    ));
    later(world_.in_service(30, 600), whistle, org, &Whistles::rate_each);
    return {};
}

/// The township rates each department; two of three departments rate the township.
Result<void> Whistles::rate_each(const WhistlePtr& whistle, OrgId org) {
    TRY(const auto state, world_.see(whistle->id));
    if (state->stage != "closed") {
        return {};
    }
    auto& chance = world_.chance();
    static constexpr std::array<const char*, 3> works{"good", "fair", "poor"};
    for (const auto& hand : state->hands) {
        if (!is_open(hand.state) || hand.turn != state->turn) {
            continue;
        }
        const Clock* clock = state->newest_clock("arrive", hand.no);
        const bool is_late = clock != nullptr && clock->state == ClockState::late;
        TRY_VOID(world_.act(
            whistle->id,
            director_of(*whistle),
            Verb::rate,
            Json::object()
                .set("org", world_.code_of(hand.org))
                .set("promptness", is_late ? "late" : "prompt")
                .set("cooperation", works[chance.weighted({85, 12, 3})])
                .set("result", chance.hits(900) ? "solved" : "partly")
        ));
        if (chance.hits(660)) {
            TRY_VOID(world_.act(
                whistle->id,
                world_.post(hand.org, "handler"),
                Verb::rate,
                Json::object()
                    .set("need", chance.hits(880) ? "needed" : "arguable")
                    .set("direction", chance.hits(900) ? "clear" : "fair")
            ));
        }
    }
    if (whistle->fate == Fate::back_again) {
        later(world_.in_service(400, 1500), whistle, org, &Whistles::blow_again);
    }
    return {};
}

/// The trouble is back, or has gone by itself.
Result<void> Whistles::blow_again(const WhistlePtr& whistle, OrgId) {
    TRY(auto state, world_.see(whistle->id));
    if (whistle->fate == Fate::called_off) {
        const bool is_early = state->stage == "called" || state->stage == "blown";
        return is_early ? world_.act(
                              whistle->id,
                              director_of(*whistle),
                              Verb::terminate,
                              Json::object()
                                  .set("reason", world_.reason("whistle_terminate"))
                                  .set("text", "情况已消除，撤哨。")
                          )
                        : Result<void>{};
    }
    if (state->stage != "closed") {
        return {};
    }
    whistle->fate = Fate::ordinary;
    TRY_VOID(world_.act(
        whistle->id,
        director_of(*whistle),
        Verb::redo,
        Json::object().set("text", "问题反弹，请再到现场。")
    ));
    TRY(state, world_.see(whistle->id));
    plan_arrivals(whistle, *state);
    return {};
}

}  // namespace zt::app::demo
