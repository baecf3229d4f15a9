#include "app/demo/world.hpp"

#include "base/check.hpp"
#include "service/rounds.hpp"

#include <algorithm>

namespace zt::app::demo {

namespace {

using std::chrono::days;
using std::chrono::minutes;

UtcMs whole_minute(UtcMs at) { return std::chrono::floor<minutes>(at); }

}  // namespace

World::World(const WorldParts& parts, UtcMs born, UtcMs begin, UtcMs end, std::string seed)
    : parts_(parts), begin_(begin), end_(end), now_(born), seed_(std::move(seed)) {
    parts_.ledger->on_commit([this](const service::Committed& one) {
        const State& state = *one.after;
        stages_[state.id] = {state.kind, state.stage};
        // Stories know the demo's own offices; in the counties of scripts nobody would go on.
        const bool is_ours =
            std::ranges::find(scene().desks, code_of(state.office), &Desk::office) !=
            scene().desks.end();
        const bool is_born =
            one.event.version == 1 && is_ours && one.event.actor.kind == ActorKind::system;
        if (is_born && !Directory::is_directory_kind(state.kind)) {
            newborn_.emplace_back(state.kind, state.id);
        }
    });
}

World::~World() { parts_.ledger->on_commit({}); }

Date World::day_of(UtcMs at) const { return office_date(at, rules().calendar.offset); }

// ---- when ---------------------------------------------------------------------------------------

UtcMs World::soon() { return now_ + minutes{chance().between(1, 4)}; }

UtcMs World::in_minutes(int low, int high) { return now_ + minutes{chance().between(low, high)}; }

UtcMs World::service_after(UtcMs from, int low, int high) {
    const calendar::Length length{chance().between(low, high), calendar::Unit::service_hours};
    return std::max(
        whole_minute(calendar::due_of(rules().calendar, from, length).at), now_ + minutes{1}
    );
}

UtcMs World::at_desk(UtcMs wish) {
    constexpr int days_back_max = 30;
    const auto& calendar = rules().calendar;
    wish = whole_minute(wish);
    Date day = day_of(wish);
    for (int back = 0; back < days_back_max && start_of(day, calendar.offset) + days{1} > now_;
         ++back, day -= days{1}) {
        const UtcMs midnight = start_of(day, calendar.offset);
        const auto windows = calendar.service_on(day);
        for (auto window = windows.rbegin(); window != windows.rend(); ++window) {
            if (wish < midnight + minutes{window->from_minute}) {
                continue;
            }
            const UtcMs last = midnight + minutes{window->until_minute - chance().between(1, 45)};
            return std::max(std::min(wish, last), soon());
        }
    }
    return std::max(std::min(wish, now_ + minutes{30}), soon());
}

UtcMs World::at_daytime(UtcMs wish) {
    constexpr int first_minute = 7 * 60 + 40, last_minute = 21 * 60;
    wish = whole_minute(wish);
    const auto offset = rules().calendar.offset;
    const UtcMs midnight = start_of(day_of(wish), offset);
    const auto minute = (wish - midnight) / minutes{1};
    if (minute > last_minute) {
        wish = midnight + minutes{last_minute - chance().between(0, 60)};
    } else if (minute < first_minute) {
        const UtcMs evening = midnight - days{1} + minutes{last_minute - chance().between(0, 60)};
        wish =
            evening > now_ ? evening : midnight + minutes{first_minute + chance().between(0, 60)};
    }
    return std::max(wish, soon());
}

UtcMs World::part_way(UtcMs due, int low, int high) {
    const int percent = chance().between(low, high);
    return due <= now_ ? soon() : whole_minute(now_ + (due - now_) * percent / 100);
}

UtcMs World::workday_before_end(int n) const {
    const auto& calendar = rules().calendar;
    Date day = day_of(end_);
    for (int left = n; left > 0;) {
        day -= days{1};
        left -= calendar.is_working(day) ? 1 : 0;
    }
    const auto windows = calendar.service_on(day);
    const int first = windows.empty() ? 9 * 60 : windows.front().from_minute;
    return start_of(day, calendar.offset) + minutes{first + 10};
}

// ---- agenda -------------------------------------------------------------------------------------

void World::plan(UtcMs at, Act act) {
    if (at < end_) {
        agenda_.push({std::max(at, now_), planned_++, std::make_shared<Act>(std::move(act))});
    }
}

Result<void> World::lapse_until(UtcMs at) {
    for (auto due = parts_.open_set->next_due(); due && *due <= at;
         due = parts_.open_set->next_due()) {
        now_ = std::max(now_, *due);
        TRY(const std::int64_t lapsed, parts_.ledger->tick(now_, Origin::demo));
        CHECK(lapsed > 0);
    }
    now_ = std::max(now_, at);
    return {};
}

void World::adopt_newborn() {
    for (const auto& [kind, matter] : std::exchange(newborn_, {})) {
        if (const auto adopt = adopt_.find(kind); adopt != adopt_.end()) {
            adopt->second(matter);
        }
    }
}

Result<void> World::live() {
    newborn_.clear();
    const auto offset = rules().calendar.offset;
    for (Date day = day_of(begin_); day <= day_of(end_); day += days{1}) {
        plan(start_of(day, offset) + std::chrono::hours{8}, [this]() -> Result<void> {
            TRY(const auto begun, service::run_rounds(*parts_.ledger, now_, Origin::demo));
            ignore(begun, "what was begun is adopted");
            return {};
        });
    }
    return live_until(end_);
}

Result<void> World::live_before() {
    TRY_VOID(live_until(begin_));
    newborn_.clear();
    return {};
}

Result<void> World::live_until(UtcMs at) {
    while (!agenda_.empty() && agenda_.top().at < at) {
        const Entry next = agenda_.top();
        agenda_.pop();
        TRY_VOID(lapse_until(next.at));
        TRY_VOID((*next.act)());
        adopt_newborn();
    }
    return lapse_until(at - minutes{1});
}

// ---- doing --------------------------------------------------------------------------------------

Command World::command_of(MatterId matter, const Actor& actor, const Deed& deed) const {
    Command command;
    command.verb = deed.verb;
    command.matter = matter;
    command.actor = actor;
    command.fields = deed.fields;
    command.at = now_;
    command.is_at_given = true;
    return command;
}

Submit World::submit_of(std::vector<Command> commands) {
    Submit submit;
    submit.key = uuid7_from_text(now_, "demo/" + seed_ + "/" + std::to_string(++submitted_));
    submit.credential = "demo";
    submit.origin = Origin::demo;
    submit.commands = std::move(commands);
    return submit;
}

Result<service::Answer> World::submit(std::vector<Command> commands) {
    const Command first = commands.front();
    auto answer = parts_.ledger->submit(submit_of(std::move(commands)), now_);
    if (!answer) {
        Error error = std::move(answer).error();
        const auto state = first.matter ? parts_.ledger->state(first.matter)
                                        : Result<std::shared_ptr<const State>>(nullptr);
        const Post* post = parts_.ledger->directory().post(first.actor.post);
        error.detail =
            "the demo's own command was refused: " + std::string(row_of(first.verb).name) + " of " +
            (state && *state ? (*state)->number + " in stage " + (*state)->stage
                             : "a new " + first.kind) +
            " at " + to_office_string(now_, rules().calendar.offset) + " by " +
            (post == nullptr ? "no post" : code_of(post->org) + "." + post->key) + ": " +
            error.detail;
        return std::unexpected(std::move(error));
    }
    return answer;
}

Result<MatterId> World::start(const Actor& actor, std::string kind, Json fields) {
    Command command = command_of(MatterId{}, actor, {Verb::register_, std::move(fields)});
    command.kind = std::move(kind);
    TRY(const auto answer, submit({std::move(command)}));
    return answer.rows.front().matter;
}

Result<void> World::act(MatterId matter, const Actor& actor, Verb verb, Json fields) {
    TRY(const auto answer, submit({command_of(matter, actor, {verb, std::move(fields)})}));
    ignore(answer, "the state says what came of it");
    return {};
}

Result<void>
World::act_together(MatterId matter, const Actor& actor, const std::vector<Deed>& deeds) {
    std::vector<Command> commands;
    for (const auto& deed : deeds) {
        commands.push_back(command_of(matter, actor, deed));
    }
    TRY(const auto answer, submit(std::move(commands)));
    ignore(answer, "the state says what came of it");
    return {};
}

Result<service::Answer> World::tell(std::vector<Command> commands) {
    for (auto& command : commands) {
        command.at = std::min(command.at, now_);
        command.is_at_given = true;
    }
    const std::size_t born = newborn_.size();
    auto answer = parts_.ledger->submit(submit_of(std::move(commands)), now_);
    newborn_.resize(born);
    return answer;
}

Result<void>
World::act_in_vain(MatterId matter, const Actor& actor, const Deed& deed, Errc refusal) {
    const auto answer = parts_.ledger->submit(submit_of({command_of(matter, actor, deed)}), now_);
    if (answer || answer.error().code != refusal) {
        return fail(
            Errc::check_failed,
            "the demo expected " + std::string(name_of(refusal)) + " of " +
                std::string(row_of(deed.verb).name) + " and got " +
                (answer ? "none" : to_string(answer.error()))
        );
    }
    ++expected_refusals_;
    return {};
}

// ---- who and what -------------------------------------------------------------------------------

OrgId World::org(std::string_view code) const {
    const Org* found = parts_.ledger->directory().find_org(code, day_of(now_));
    CHECK(found != nullptr);
    return found->id;
}

std::string World::code_of(OrgId org) const {
    const Org* found = parts_.ledger->directory().org(org);
    return found == nullptr ? std::string() : found->code;
}

Actor World::post(OrgId org, std::string_view word) const {
    const Post* found = parts_.ledger->directory().find_post(org, word, day_of(now_));
    CHECK(found != nullptr);
    Actor actor;
    actor.kind = ActorKind::post;
    actor.post = found->id;
    actor.person = found->holder;
    return actor;
}

Actor World::post(std::string_view org_code, std::string_view word) const {
    return post(org(org_code), word);
}

Actor World::requester_of(const State& state) {
    Actor actor;
    actor.kind = ActorKind::party;
    actor.party = state.requester() == nullptr ? 0 : state.requester()->no;
    return actor;
}

std::size_t World::desk_of(const State& state) const {
    const std::string office = code_of(state.office);
    const auto found = std::ranges::find(scene().desks, office, &Desk::office);
    return found == scene().desks.end() ? 0
                                        : static_cast<std::size_t>(found - scene().desks.begin());
}

std::string World::reason(std::string_view list) {
    const auto found = rules().pack.reasons.find(list);
    CHECK(found != rules().pack.reasons.end() && !found->second.empty());
    return chance().one_of(found->second).first;
}

}  // namespace zt::app::demo
