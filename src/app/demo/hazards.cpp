#include "app/demo/hazards.hpp"

#include <algorithm>
#include <array>

namespace zt::app::demo {

namespace {

using std::chrono::days;
using std::chrono::minutes;
using Fate = HazardStory::Fate;

constexpr std::array fates{
    Fate::on_the_spot,
    Fate::ordered,
    Fate::major,
    Fate::fire,
    Fate::handed_over,
    Fate::unfounded,
    Fate::not_put_right,
    Fate::returned,
};
constexpr std::array<std::pair<const char*, int>, 3> held{
    {{"found", 1}, {"ordered", 1}, {"rechecking", 1}}
};

std::vector<const Danger*> dangers_of(std::string_view type) {
    std::vector<const Danger*> found;
    for (const auto& one : dangers()) {
        if (one.type == type || (type.empty() && one.type != "fire" && one.type != "flood")) {
            found.push_back(&one);
        }
    }
    return found;
}

}  // namespace

Hazards::Hazards(World& world) : world_(world) {
    world_.on_birth("patrol", [this](MatterId id) { adopt(id); });
}

void Hazards::later(UtcMs at, const HazardPtr& one, Step step) {
    world_.plan(at, [this, one, step] { return (this->*step)(one); });
}

Actor Hazards::at_desk(const HazardStory& one, std::string Desk::* unit, std::string_view word) {
    return world_.post(world_.scene().desks[one.desk].*unit, word);
}

/// The village's own grid worker.
Actor Hazards::finder_of(const HazardStory& one) {
    return world_.post(world_.scene().desks[one.desk].villages.front(), "collector");
}

void Hazards::plan(int count) {
    auto& chance = world_.chance();
    world_.plan(world_.at_desk(world_.begin() + minutes{90}), [this] { return add_grids(); });
    plan_patrols(count / 3);
    const auto make = [&](Fate fate, std::string hold) {
        auto one = std::make_shared<HazardStory>();
        // Field work is the counties'.
        one->desk = 1 + chance.index_of(world_.scene().desks.size() - 1);
        one->fate = fate;
        one->hold = std::move(hold);
        const auto list = dangers_of(fate != Fate::fire ? "" : chance.hits(500) ? "fire" : "flood");
        one->danger = chance.one_of(list);
        return one;
    };
    const auto span = world_.end() - world_.begin();
    for (int i = 0; i < count; ++i) {
        const auto nth = static_cast<std::size_t>(i);
        const bool is_shown = nth < fates.size();
        const Fate fate = is_shown           ? fates[nth]
                          : chance.hits(700) ? Fate::on_the_spot
                                             : chance.one_of(fates);
        const int percent = is_shown ? chance.between(2, 20) : chance.between(2, 96);
        later(
            world_.at_desk(world_.begin() + span * percent / 100 + minutes{chance.between(0, 500)}),
            make(fate, ""),
            &Hazards::find
        );
    }
    for (const auto& [stage, workdays] : held) {
        for (int i = 0; i < 2; ++i) {
            later(
                world_.workday_before_end(workdays) + minutes{chance.between(0, 60)},
                make(
                    stage == std::string_view("ordered") ? Fate::ordered : Fate::on_the_spot, stage
                ),
                &Hazards::find
            );
        }
    }
}

/// A community of each village's name; one that was merged away, a few demonstration points.
Result<void> Hazards::add_grids() {
    bool is_first = true;
    for (const auto& desk : world_.scene().desks) {
        const Actor clerk = world_.post(desk.office, "clerk");
        for (const auto& village : desk.villages) {
            const auto* area = world_.ledger().directory().find_area(village);
            Json fields = Json::object();
            fields.set("name", (area == nullptr ? village : area->name) + "网格")
                .set("grid_level", "community")
                .set("area", village)
                .set("departments", desk.prefix + "_zjj," + desk.prefix + "_scjg")
                .set("from", to_string(world_.today() - days{400}));
            TRY(const auto id, world_.start(clerk, "grid", std::move(fields)));
            if (is_first) {
                is_first = false;
                TRY_VOID(world_.act(
                    id, clerk, Verb::retire, Json::object().set("note", "并入相邻网格。")
                ));
            } else if (world_.chance().hits(200)) {
                TRY_VOID(world_.act(id, clerk, Verb::mark));
            }
        }
    }
    return {};
}

void Hazards::plan_patrols(int count) {
    const auto span = world_.end() - world_.begin();
    for (int i = 0; i < count; ++i) {
        const int percent = world_.chance().between(1, 97);
        const std::size_t desk = 1 + world_.chance().index_of(world_.scene().desks.size() - 1);
        world_.plan(
            world_.at_desk(world_.begin() + span * percent / 100 + minutes{i}),
            [this, desk] { return record_patrol(desk); }
        );
    }
    const auto check = [&](UtcMs at, int length, bool is_cancelled) {
        world_.plan(at, [this, length, is_cancelled] { return plan_check(length, is_cancelled); });
    };
    check(world_.at_desk(world_.begin() + days{6}), 9, false);
    check(world_.at_desk(world_.begin() + days{12}), 9, true);
    check(world_.workday_before_end(1), 30, false);
}

Result<void> Hazards::record_patrol(std::size_t desk) {
    auto& chance = world_.chance();
    static constexpr std::array<const char*, 4> types{
        "patrol", "leader_check", "door_check", "grid_team"
    };
    const std::size_t type = chance.weighted({60, 10, 20, 10});
    const Desk& place = world_.scene().desks[desk];
    const std::string& village = chance.one_of(place.villages);
    Json fields = Json::object();
    fields.set("title", type == 3 ? "网格队伍出动处置" : "安全巡查检查")
        .set("text", "按网格逐处查看消防通道、用电和临水临边。")
        .set("patrol_type", types[type])
        .set("people", chance.between(2, 20))
        .set("area", village);
    if (type == 2) {
        fields.set("premises_checked", chance.between(5, 40));
    }
    TRY(last_patrol_[desk],
        world_.start(world_.post(village, "collector"), "patrol", std::move(fields)));
    return {};
}

/// A check that is planned; the unit does it or the chief calls it off.
Result<void> Hazards::plan_check(int length, bool is_cancelled) {
    const std::size_t desk = 1;
    const Desk& place = world_.scene().desks[desk];
    TRY(const auto id,
        world_.start(
            world_.post(place.office, "clerk"),
            "patrol",
            Json::object()
                .set("title", "领导带队节前检查")
                .set("patrol_type", "leader_check")
                .set("area", place.prefix)
                .set("due_date", to_string(world_.today() + days{length}))
        ));
    if (is_cancelled) {
        return world_.act(
            id,
            world_.post(place.office, "chief"),
            Verb::terminate,
            Json::object().set("text", "与专项行动合并。")
        );
    }
    if (length < 20) {
        world_.plan(world_.at_desk(world_.now() + days{length - 3}), [this, id] {
            return carry_out(id);
        });
    }
    return {};
}

/// Due by a round: a paired department goes to its community.
void Hazards::adopt(MatterId id) {
    const bool is_missed = world_.chance().hits(60);
    if (!is_missed) {
        world_.plan(world_.at_desk(world_.now() + days{world_.chance().between(1, 9)}), [this, id] {
            return carry_out(id);
        });
    }
}

Result<void> Hazards::carry_out(MatterId id) {
    TRY(const auto state, world_.see(id));
    if (state->stage != "planned") {
        return {};
    }
    const OrgId subject{state->field("subject").as_int()};
    const auto& towns = world_.scene().desks[world_.desk_of(*state)].towns;
    const Actor actor =
        subject ? world_.post(subject, "handler") : world_.post(towns.front(), "handler");
    return world_.act(
        id,
        actor,
        Verb::reply,
        Json::object()
            .set("text", "已下沉社区，查看重点场所。")
            .set("people", world_.chance().between(2, 9))
            .set("premises_checked", world_.chance().between(1, 12))
    );
}

Result<void> Hazards::find(const HazardPtr& one) {
    const Desk& desk = world_.scene().desks[one->desk];
    Json fields = Json::object();
    fields.set("title", one->danger->title)
        .set("text", one->danger->detail)
        .set("hazard_type", one->danger->type)
        .set("premises", one->danger->premises)
        .set("grade", one->fate == Fate::major ? "major" : "general")
        .set("area", desk.villages.front())
        .set("found_by", world_.chance().hits(700) ? "patrol" : "door_check");
    if (const auto patrol = last_patrol_.find(one->desk); patrol != last_patrol_.end()) {
        fields.set("found_in", patrol->second.value);
    }
    TRY(one->id, world_.start(finder_of(*one), "hazard", std::move(fields)));
    if (one->hold != "found") {
        later(
            one->fate == Fate::fire ? world_.in_minutes(3, 15) : world_.in_service(10, 120),
            one,
            &Hazards::treat
        );
    }
    return {};
}

Result<void> Hazards::treat(const HazardPtr& one) {
    Json fields = Json::object();
    switch (one->fate) {
    case Fate::handed_over:
        fields.set("body", "综合行政执法大队").set("text", "屡改屡犯，移送执法。");
        return world_.act(
            one->id, at_desk(*one, &Desk::office, "clerk"), Verb::hand_over, std::move(fields)
        );
    case Fate::unfounded:
        fields.set("text", "现场核查无此情况。").set("evidence", world_.say(Phrase::evidence));
        return world_.act(
            one->id, at_desk(*one, &Desk::office, "chief"), Verb::terminate, std::move(fields)
        );
    case Fate::ordered:
    case Fate::major:
    case Fate::fire: return order(one);
    case Fate::on_the_spot:
    case Fate::not_put_right:
    case Fate::returned: break;
    }
    fields.set("text", one->danger->fix).set("evidence", world_.say(Phrase::evidence));
    TRY_VOID(world_.act(one->id, finder_of(*one), Verb::reply, std::move(fields)));
    if (one->hold != "rechecking") {
        later(world_.in_service(60, 900), one, &Hazards::recheck);
    }
    return {};
}

Result<void> Hazards::order(const HazardPtr& one) {
    const std::string lead =
        unit_for(world_.scene(), one->desk, one->danger->unit, world_.chance());
    Json fields = Json::object().set("lead", lead).set("text", "请按时限整改并报送佐证。");
    const bool is_fire = one->fate == Fate::fire;
    TRY_VOID(world_.act(
        one->id,
        is_fire ? finder_of(*one) : at_desk(*one, &Desk::office, "clerk"),
        Verb::assign,
        std::move(fields)
    ));
    TRY(const auto state, world_.see(one->id));
    if (one->fate == Fate::major) {
        TRY_VOID(list(one, *state));
    }
    if (one->hold != "ordered") {
        later(
            is_fire ? world_.in_minutes(8, 40)
            : one->fate == Fate::major
                ? world_.at_desk(world_.now() + days{world_.chance().between(9, 20)})
                : world_.in_service(200, 1300),
            one,
            &Hazards::rectify
        );
    }
    return {};
}

/// A plan of five elements, the listing, its publication.
Result<void> Hazards::list(const HazardPtr& one, const State& state) {
    const OrgId lead = state.lead()->org;
    TRY_VOID(world_.act(
        one->id,
        world_.post(lead, "handler"),
        Verb::plan,
        Json::object()
            .set("item_title", one->danger->fix)
            .set("amount", 8'000'000)
            .set("planned", to_string(world_.today() + days{25}))
            .set("owner", lead.value)
            .set("emergency_plan", true)
    ));
    TRY_VOID(world_.act(
        one->id,
        at_desk(*one, &Desk::supervision, "supervisor"),
        Verb::list,
        Json::object().set("text", "县级挂牌督办。")
    ));
    return world_.act(
        one->id,
        at_desk(*one, &Desk::office, "clerk"),
        Verb::publish,
        Json::object().set("public_text", std::string(one->danger->premises) + "重大隐患挂牌督办。")
    );
}

Result<void> Hazards::rectify(const HazardPtr& one) {
    TRY(const auto state, world_.see(one->id));
    const Hand* lead = state->lead();
    if (state->stage != "ordered" || lead == nullptr || !is_open(lead->state)) {
        return {};
    }
    const Actor handler = world_.post(lead->org, "handler");
    TRY_VOID(world_.act(
        one->id,
        handler,
        Verb::report_progress,
        Json::object().set(
            "text", one->fate == Fate::fire ? "已到场处置。" : world_.say(Phrase::progress)
        )
    ));
    if (state->field("grade").as_string() == "major") {
        for (const auto& item : state->items) {
            if (item.state == ItemState::open) {
                TRY_VOID(world_.act(
                    one->id,
                    handler,
                    Verb::done,
                    Json::object()
                        .set("item", item.no)
                        .set("evidence", world_.say(Phrase::evidence))
                ));
            }
        }
        TRY_VOID(world_.act(one->id, world_.post(lead->org, "signer"), Verb::sign_off));
    }
    TRY_VOID(world_.act(
        one->id,
        handler,
        Verb::reply,
        Json::object().set("text", one->danger->fix).set("evidence", world_.say(Phrase::evidence))
    ));
    later(world_.in_service(100, 900), one, &Hazards::recheck);
    return {};
}

Result<void> Hazards::recheck(const HazardPtr& one) {
    TRY(const auto state, world_.see(one->id));
    if (state->stage != "rechecking") {
        return {};
    }
    const Actor clerk = at_desk(*one, &Desk::office, "clerk");
    if (one->fate == Fate::not_put_right) {
        one->fate = Fate::ordered;
        TRY_VOID(world_.act(
            one->id,
            clerk,
            Verb::assign,
            Json::object()
                .set(
                    "lead", unit_for(world_.scene(), one->desk, one->danger->unit, world_.chance())
                )
                .set("text", "当场整改不到位，下达整改。")
        ));
        later(world_.in_service(200, 1300), one, &Hazards::rectify);
        return {};
    }
    TRY_VOID(world_.act_together(
        one->id,
        clerk,
        {{Verb::verify, Json::object().set("text", world_.say(Phrase::verified))},
         {Verb::close, Json::object()}}
    ));
    later(world_.in_service(300, 1500), one, &Hazards::after_close);
    return {};
}

Result<void> Hazards::after_close(const HazardPtr& one) {
    TRY(const auto state, world_.see(one->id));
    if (state->stage != "closed") {
        return {};
    }
    const Actor supervisor = at_desk(*one, &Desk::supervision, "supervisor");
    if (state->field("listed").as_bool()) {
        return world_.act(
            one->id,
            supervisor,
            Verb::delist,
            Json::object().set(
                "public_text", std::string(one->danger->premises) + "整改完成，摘牌。"
            )
        );
    }
    if (one->fate != Fate::returned) {
        return {};
    }
    one->fate = Fate::on_the_spot;
    TRY_VOID(world_.act(
        one->id,
        supervisor,
        Verb::look_back,
        Json::object().set("outcome", "returned").set("text", "抽查发现反弹。")
    ));
    TRY_VOID(
        world_.act(one->id, supervisor, Verb::redo, Json::object().set("text", "反弹，重新整改。"))
    );
    later(world_.in_service(30, 200), one, &Hazards::treat);
    return {};
}

}  // namespace zt::app::demo
