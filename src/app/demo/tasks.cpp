#include "app/demo/tasks.hpp"

#include <algorithm>
#include <array>

namespace zt::app::demo {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using Fate = TaskStory::Fate;

const Hand* lead_of(const State& state) {
    const Hand* lead = state.lead();
    return lead != nullptr && is_open(lead->state) && lead->turn == state.turn ? lead : nullptr;
}

bool has_open_items(const State& state) {
    return std::ranges::any_of(state.items, [](const Item& item) {
        return item.state == ItemState::open;
    });
}

}  // namespace

Tasks::Tasks(World& world) : world_(world) {
    world_.on_birth("task", [this](MatterId id) { adopt(id); });
}

void Tasks::later(UtcMs at, const TaskPtr& task, Result<void> (Tasks::*step)(const TaskPtr&)) {
    world_.plan(at, [this, task, step] { return (this->*step)(task); });
}

Actor Tasks::at_desk_of(const State& state, std::string Desk::* unit, std::string_view word) {
    return world_.post(world_.scene().desks[world_.desk_of(state)].*unit, word);
}

std::string Tasks::unit_near(const State& state, std::string_view but) {
    static constexpr std::array<std::string_view, 6> county{
        "@zjj", "@zrzy", "@scjg", "@nyj", "@rsj", "@town"
    };
    static constexpr std::array<std::string_view, 6> city{
        "fgw", "gxj", "jtj", "spj", "sthj", "jrb"
    };
    const std::size_t desk = world_.desk_of(state);
    auto& chance = world_.chance();
    for (;;) {
        const auto unit = unit_for(
            world_.scene(), desk, desk == 0 ? chance.one_of(city) : chance.one_of(county), chance
        );
        if (unit != but && state.hand_of(world_.org(unit)) == nullptr) {
            return unit;
        }
    }
}

void Tasks::plan(int count) {
    constexpr std::array fates{
        Fate::late,
        Fate::extended,
        Fate::paused,
        Fate::sent_back,
        Fate::reply_sent_back,
        Fate::shelved,
        Fate::terminated,
        Fate::transferred,
        Fate::recalled,
        Fate::redone,
        Fate::joint,
        Fate::supervised
    };
    const UtcMs begin = world_.begin();
    const auto span = world_.end() - begin;
    for (int i = 0; i < count; ++i) {
        auto task = std::make_shared<TaskStory>();
        task->charge = &world_.chance().one_of(charges());
        const auto nth = static_cast<std::size_t>(i);
        task->fate = nth < fates.size()          ? fates[nth]
                     : world_.chance().hits(350) ? world_.chance().one_of(fates)
                                                 : Fate::ordinary;
        // Those with a turn of events come early enough for it.
        const int percent =
            nth < fates.size() ? world_.chance().between(2, 30) : world_.chance().between(1, 96);
        later(
            begin + span * percent / 100 + minutes{world_.chance().between(0, 600)},
            task,
            &Tasks::open
        );
    }
    static constexpr std::array<std::pair<const char*, int>, 5> held{
        {{"opened", 1}, {"handling", 5}, {"verifying", 9}, {"shelved", 10}, {"opened", 2}}
    };
    for (const auto& [stage, workdays] : held) {
        auto task = std::make_shared<TaskStory>();
        task->charge = &world_.chance().one_of(charges());
        task->hold = stage;
        task->fate = task->hold == "shelved" ? Fate::shelved : Fate::ordinary;
        later(world_.workday_before_end(workdays), task, &Tasks::open);
    }
}

Result<void> Tasks::open(const TaskPtr& task) {
    auto& chance = world_.chance();
    const auto now = world_.at_desk(world_.now());
    if (now > world_.now() + minutes{5}) {
        later(now, task, &Tasks::open);
        return {};
    }
    const std::size_t number = chance.index_of(world_.scene().desks.size());
    const Desk& desk = world_.scene().desks[number];
    const Desk& near = number == 0 ? world_.scene().desks[1] : desk;
    const auto& directory = world_.ledger().directory();
    const std::string& town = chance.one_of(near.towns);
    const Slots slots{
        {"town", directory.find_area(town)->name},
        {"park", near.title + "工业园"},
        {"n", std::to_string(chance.between(3, 9))}
    };
    const int length = task->hold == "verifying" ? chance.between(7, 8) : chance.between(12, 55);
    Json fields = Json::object();
    fields.set("title", filled(task->charge->title, slots)).set("task_type", task->charge->type);
    fields.set("programme", task->charge->programme).set("area", number == 0 ? near.prefix : town);
    fields.set("due_date", to_string(world_.today() + days{length}))
        .set("text", "请按时限完成，逐项销号。");
    if (task->charge->type == "campaign") {
        fields.set("objects", chance.between(40, 900));
    }
    TRY(task->id, world_.start(world_.post(desk.office, "clerk"), "task", std::move(fields)));
    if (task->hold != "opened") {
        later(world_.in_service(60, 700), task, &Tasks::give_out);
    }
    return {};
}

/// Spawned by an instruction or a request for a statement, or due by a round.
void Tasks::adopt(MatterId id) {
    auto task = std::make_shared<TaskStory>();
    task->id = id;
    later(world_.in_service(30, 400), task, &Tasks::give_out);
}

Result<void> Tasks::give_out(const TaskPtr& task) {
    TRY(auto state, world_.see(task->id));
    if (state->stage != "opened") {
        return {};
    }
    if (task->fate == Fate::terminated) {
        return world_.act(
            task->id,
            at_desk_of(*state, &Desk::office, "chief"),
            Verb::terminate,
            Json::object()
                .set("reason", world_.reason("task_terminate"))
                .set("text", "与新任务合并办理。")
        );
    }
    Json fields = Json::object().set("text", "请牵头单位列出措施并按月报进展。");
    const std::string lead = unit_near(*state, "");
    fields.set("lead", lead);
    if (task->fate == Fate::joint || world_.chance().hits(200)) {
        fields.set("joint", unit_near(*state, lead));
    }
    TRY_VOID(world_.act(
        task->id, at_desk_of(*state, &Desk::office, "clerk"), Verb::assign, std::move(fields)
    ));
    // A unit may send back only within two working days.
    const bool is_late_signature = task->fate != Fate::sent_back && world_.chance().hits(60);
    later(
        is_late_signature ? world_.in_service(700, 1100) : world_.in_service(20, 300),
        task,
        &Tasks::work
    );
    return {};
}

Result<void> Tasks::work(const TaskPtr& task) {
    TRY(auto state, world_.see(task->id));
    const Hand* lead = lead_of(*state);
    if (state->stage != "handling" || lead == nullptr) {
        return {};
    }
    const OrgId org = lead->org;
    const Actor handler = world_.post(org, "handler");
    if (task->fate == Fate::sent_back) {
        task->fate = Fate::ordinary;
        TRY_VOID(world_.act(
            task->id,
            handler,
            Verb::send_back,
            Json::object()
                .set("reason", world_.reason("send_back"))
                .set("text", world_.say(Phrase::not_ours))
        ));
        later(world_.in_service(60, 300), task, &Tasks::give_out);
        return {};
    }
    if (lead->state == HandState::assigned && state->turn == 1) {
        TRY_VOID(world_.act(task->id, handler, Verb::sign_for));
    }
    for (const auto& hand : state->hands) {
        if (hand.role == "joint" && hand.state == HandState::assigned) {
            TRY_VOID(world_.act(
                task->id,
                world_.post(hand.org, "handler"),
                Verb::give_opinion,
                Json::object().set("opinion", world_.say(Phrase::opinion))
            ));
        }
    }
    if (task->charge != nullptr && state->items.empty()) {
        TRY_VOID(list_measures(task, *state, org));
    }
    TRY(state, world_.see(task->id));
    if (task->hold == "handling") {
        return {};
    }
    if (task->hold == "shelved") {
        later(world_.in_service(60, 300), task, &Tasks::turn_of_events);
        return {};
    }
    if (task->fate != Fate::ordinary) {
        later(world_.in_service(300, 1500), task, &Tasks::turn_of_events);
    }
    plan_report(task, *state);
    return {};
}

Result<void> Tasks::list_measures(const TaskPtr& task, const State& state, OrgId lead) {
    const auto planned = parse_date(state.field("due_date").as_string());
    const Clock* clock = state.final_clock();
    const Date last = planned            ? *planned
                      : clock != nullptr ? world_.day_of(clock->due - hours{1})
                                         : world_.today() + days{10};
    const auto span = std::max<std::int64_t>((last - world_.today()).count(), 1);
    std::int64_t step = 1;
    for (const auto& measure : task->charge->measures) {
        if (measure.empty()) {
            continue;
        }
        const Date day = world_.today() + days{std::max<std::int64_t>(span * step++ / 4, 1)};
        TRY_VOID(world_.act(
            task->id,
            world_.post(lead, "handler"),
            Verb::plan,
            Json::object()
                .set("item_title", measure)
                .set("owner", lead.value)
                .set("planned", to_string(day))
        ));
    }
    TRY(const auto listed, world_.see(task->id));
    for (const auto& item : listed->items) {
        const Date end = item.planned.value_or(Date{}) + days{1};
        const UtcMs due = start_of(end, world_.rules().calendar.offset);
        const UtcMs at = world_.chance().hits(80) ? world_.service_after(due, 60, 900)
                                                  : world_.at_desk(world_.part_way(due, 50, 96));
        world_.plan(at, [this, task, no = item.no] { return measure_done(task, no); });
    }
    return {};
}

Result<void> Tasks::measure_done(const TaskPtr& task, PartNo item) {
    TRY(const auto state, world_.see(task->id));
    const Hand* lead = lead_of(*state);
    const bool is_open =
        state->item(item) != nullptr && state->item(item)->state == ItemState::open;
    if (state->stage != "handling" || lead == nullptr || lead->state == HandState::replied ||
        !is_open) {
        return {};
    }
    TRY_VOID(world_.act(
        task->id,
        world_.post(lead->org, "handler"),
        Verb::done,
        Json::object().set("item", item).set("evidence", world_.say(Phrase::evidence))
    ));
    if (world_.chance().hits(300)) {
        // A stage is struck off on the way.
        return world_.act(
            task->id,
            at_desk_of(*state, &Desk::office, "clerk"),
            Verb::verify,
            Json::object().set("item", item).set("text", world_.say(Phrase::verified))
        );
    }
    return {};
}

Result<void> Tasks::move_lead(const TaskPtr& task, const State& state) {
    const Actor clerk = at_desk_of(state, &Desk::office, "clerk");
    const Hand* lead = lead_of(state);
    if (task->fate == Fate::recalled) {
        task->fate = Fate::ordinary;
        TRY_VOID(world_.act(
            task->id, clerk, Verb::recall, Json::object().set("text", "牵头单位调整，重新下达。")
        ));
        later(world_.in_service(30, 200), task, &Tasks::give_out);
        return {};
    }
    task->fate = Fate::ordinary;
    TRY_VOID(world_.act(
        task->id,
        clerk,
        Verb::transfer,
        Json::object()
            .set("org", lead->org.value)
            .set("to", unit_near(state, world_.code_of(lead->org)))
    ));
    later(world_.in_service(30, 200), task, &Tasks::work);
    return {};
}

Result<void> Tasks::turn_of_events(const TaskPtr& task) {
    TRY(const auto state, world_.see(task->id));
    const Hand* lead = lead_of(*state);
    if (state->stage != "handling" || lead == nullptr) {
        return {};
    }
    const Clock* clock = state->final_clock();
    const bool is_running = clock != nullptr && clock->state == ClockState::running;
    const Actor clerk = at_desk_of(*state, &Desk::office, "clerk"),
                chief = at_desk_of(*state, &Desk::office, "chief");
    Json fields = Json::object();
    switch (task->fate) {
    case Fate::transferred:
    case Fate::recalled: return move_lead(task, *state);
    case Fate::extended: {
        if (!is_running || clock->due <= world_.now()) {
            return {};
        }
        // What stands in calendar days is extended in calendar days.
        fields.set("length", "10d");
        TRY_VOID(world_.act(
            task->id,
            world_.post(lead->org, "handler"),
            Verb::ask_extension,
            Json(fields)
                .set("reason", world_.reason("extension"))
                .set("text", world_.say(Phrase::site_work))
        ));
        return world_.act(task->id, chief, Verb::grant_extension, fields.set("granted", true));
    }
    case Fate::paused:
        if (!is_running) {
            return {};
        }
        world_.plan(world_.at_desk(world_.now() + days{6}), [this, task, clerk]() -> Result<void> {
            TRY(const auto paused, world_.see(task->id));
            const bool stands_still = paused->final_clock()->state == ClockState::paused;
            return stands_still && paused->stage == "handling"
                       ? world_.act(task->id, clerk, Verb::resume)
                       : Result<void>{};
        });
        return world_.act(task->id, clerk, Verb::pause, fields.set("reason", "expert"));
    case Fate::shelved: {
        const int length = task->hold == "shelved" ? 40 : 9;
        const Date until = world_.today() + days{length};
        fields.set("reason", world_.reason("shelve"))
            .set("until", to_string(until))
            .set("text", world_.say(Phrase::shelved));
        return world_.act(task->id, chief, Verb::shelve, std::move(fields));
    }
    case Fate::supervised:
        TRY_VOID(world_.act(
            task->id,
            at_desk_of(*state, &Desk::supervision, "supervisor"),
            Verb::order_supervision,
            fields.set("text", "进度滞后，请反馈推进措施。")
        ));
        return world_.act(
            task->id,
            world_.post(lead->org, "handler"),
            Verb::report_progress,
            Json::object().set("text", world_.say(Phrase::progress))
        );
    default:
        return world_.act(
            task->id,
            world_.post(lead->org, "handler"),
            Verb::report_progress,
            fields.set("text", world_.say(Phrase::progress))
        );
    }
}

void Tasks::plan_report(const TaskPtr& task, const State& state) {
    const Clock* clock = state.final_clock();
    const UtcMs due =
        clock == nullptr ? world_.now() + days{world_.chance().between(4, 9)} : clock->due;
    const bool is_late = task->fate == Fate::late;
    later(
        is_late ? world_.service_after(due, 120, 2400)
                : world_.at_desk(world_.part_way(due, 60, 95)),
        task,
        &Tasks::report_done
    );
}

Result<void> Tasks::report_done(const TaskPtr& task) {
    TRY(auto state, world_.see(task->id));
    const Hand* lead = lead_of(*state);
    if (state->stage == "shelved") {
        if (task->hold.empty()) {
            later(world_.in_service(600, 1500), task, &Tasks::report_done);
        }
        return {};
    }
    if (state->stage != "handling" || lead == nullptr || lead->state == HandState::replied) {
        return {};
    }
    const OrgId org = lead->org;
    if (has_open_items(*state)) {
        for (const auto& item : state->items) {
            TRY_VOID(measure_done(task, item.no));
        }
    }
    const Actor handler = world_.post(org, "handler");
    TRY_VOID(world_.act(
        task->id,
        handler,
        Verb::report_progress,
        Json::object()
            .set("text", "各项措施已完成，申请销号。")
            .set("evidence", world_.say(Phrase::evidence))
    ));
    TRY_VOID(world_.act(task->id, world_.post(org, "signer"), Verb::sign_off));
    TRY_VOID(world_.act(
        task->id, handler, Verb::reply, Json::object().set("text", "任务已完成，佐证材料附后。")
    ));
    later(world_.in_service(200, 1700), task, &Tasks::verify);
    return {};
}

Result<void> Tasks::verify(const TaskPtr& task) {
    TRY(auto state, world_.see(task->id));
    if (state->stage != "verifying" || task->hold == "verifying") {
        return {};
    }
    const Actor clerk = at_desk_of(*state, &Desk::office, "clerk");
    if (task->fate == Fate::reply_sent_back) {
        task->fate = Fate::ordinary;
        TRY_VOID(world_.act(
            task->id,
            clerk,
            Verb::send_back,
            Json::object()
                .set("org", state->lead()->org.value)
                .set("text", "现场核查发现一项未到位，退回。")
        ));
        later(world_.in_service(300, 1500), task, &Tasks::report_done);
        return {};
    }
    TRY_VOID(world_.act_together(
        task->id,
        clerk,
        {{Verb::verify,
          Json::object()
              .set("text", world_.say(Phrase::verified))
              .set("evidence", world_.say(Phrase::evidence))},
         {Verb::close, Json::object()}}
    ));
    return after_close(task);
}

Result<void> Tasks::after_close(const TaskPtr& task) {
    if (task->fate != Fate::redone && !world_.chance().hits(120)) {
        return {};
    }
    world_.plan(world_.in_service(600, 2400), [this, task]() -> Result<void> {
        TRY(auto state, world_.see(task->id));
        if (state->stage != "closed") {
            return {};
        }
        const Actor supervisor = at_desk_of(*state, &Desk::supervision, "supervisor");
        const bool is_back = task->fate == Fate::redone;
        TRY_VOID(world_.act(
            task->id,
            supervisor,
            Verb::look_back,
            Json::object()
                .set("outcome", is_back ? "returned" : "lasting")
                .set("text", "随机抽查。")
        ));
        if (!is_back) {
            return {};
        }
        task->fate = Fate::ordinary;
        TRY_VOID(world_.act(
            task->id, supervisor, Verb::redo, Json::object().set("text", "抽查发现反弹，恢复办理。")
        ));
        TRY(state, world_.see(task->id));
        plan_report(task, *state);
        return {};
    });
    return {};
}

}  // namespace zt::app::demo
