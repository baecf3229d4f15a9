#include "app/demo/appeals.hpp"

#include <algorithm>
#include <array>

namespace zt::app::demo {

namespace {

using std::chrono::days;
using std::chrono::minutes;

struct FateRow {
    Fate fate;
    int per_mille;      ///< of all appeals
    bool needs_a_unit;  ///< it cannot be answered directly
};
/// source: DOMAIN 7.3 for extensions, send-backs, lateness; the rest so that each is seen.
constexpr std::array fates{
    FateRow{Fate::refused, 15, false},
    FateRow{Fate::referred, 10, false},
    FateRow{Fate::handed_over, 3, false},
    FateRow{Fate::classified, 12, false},
    FateRow{Fate::supplemented, 12, false},
    FateRow{Fate::withdrawn, 8, false},
    FateRow{Fate::terminated, 4, false},
    FateRow{Fate::shelved, 5, false},
    FateRow{Fate::unmerged, 2, false},
    FateRow{Fate::stubborn, 3, true},
    FateRow{Fate::late, 14, true},
    FateRow{Fate::extended, 44, true},
    FateRow{Fate::extension_denied, 4, true},
    FateRow{Fate::paused, 9, true},
    FateRow{Fate::supplement_asked, 7, true},
    FateRow{Fate::sent_back, 20, true},
    FateRow{Fate::sent_back_twice, 2, true},
    FateRow{Fate::transferred, 9, true},
    FateRow{Fate::recalled, 3, true},
    FateRow{Fate::released, 3, true},
    FateRow{Fate::passed_on, 8, true},
    FateRow{Fate::split, 8, true},
    FateRow{Fate::taken_back_list, 3, true},
    FateRow{Fate::instructed, 4, true},
    FateRow{Fate::urged, 15, true},
    FateRow{Fate::unreachable, 5, true},
    FateRow{Fate::withdrawal_confirmed, 3, true},
    FateRow{Fate::withdrawal_denied, 2, true},
    FateRow{Fate::escalated, 3, true},
    FateRow{Fate::statement_asked, 4, true},
    FateRow{Fate::reply_sent_back, 9, true},
    FateRow{Fate::promised, 12, true},
    FateRow{Fate::rated_bad, 5, true},
    FateRow{Fate::rated_bad_twice, 2, true},
    FateRow{Fate::rated_bad_thrice, 1, true},
    FateRow{Fate::bad_but_stands, 4, false},
    FateRow{Fate::contested, 3, false},
    FateRow{Fate::contest_stands, 3, false},
    FateRow{Fate::published, 25, false},
    FateRow{Fate::looked_back, 12, false},
    FateRow{Fate::problem_returned, 3, true},
};
static_assert(fates.size() + 1 == fate_count);

bool needs_a_unit(Fate fate) {
    const auto found = std::ranges::find(fates, fate, &FateRow::fate);
    return found != fates.end() && found->needs_a_unit;
}

struct PurposeRow {
    const char* purpose;
    int per_mille, with_a_unit, direct_per_mille;
};
/// source: DOMAIN 3.1 and 7.3: 47 % inquiries, 30 % help, 15 % suggestions, 5 % complaints and
/// reports; 52.7 % direct.
constexpr std::array purposes{
    PurposeRow{"inquiry", 470, 60, 980},
    PurposeRow{"help", 310, 640, 380},
    PurposeRow{"suggestion", 150, 160, 760},
    PurposeRow{"complaint", 52, 120, 60},
    PurposeRow{"report", 18, 20, 0},
};

constexpr int repeats_per_mille = 96;  ///< source: DOMAIN 7.3, 9.6 % repeats

}  // namespace

// ---- shared -------------------------------------------------------------------------------------

void Appeals::later(
    UtcMs at, const AppealPtr& appeal, Result<void> (Appeals::*step)(const AppealPtr&)
) {
    world_.plan(at, [this, appeal, step] { return (this->*step)(appeal); });
}

void Appeals::later(
    UtcMs at,
    const AppealPtr& appeal,
    OrgId org,
    Result<void> (Appeals::*step)(const AppealPtr&, OrgId)
) {
    world_.plan(at, [this, appeal, org, step] { return (this->*step)(appeal, org); });
}

bool Appeals::stands(const Appeal& appeal, const State& state, std::string_view stage) const {
    return state.stage == stage && appeal.hold != stage;
}

Actor Appeals::clerk_of(const State& state) {
    return world_.post(state.office, world_.chance().hits(600) ? "clerk" : "dispatcher");
}

Actor Appeals::at_desk_of(const State& state, std::string Desk::* unit, std::string_view word) {
    return world_.post(world_.scene().desks[world_.desk_of(state)].*unit, word);
}

std::string Appeals::other_unit(const Appeal& appeal, const State& state) {
    static constexpr std::array<std::string_view, 6> units{
        "@zjj", "@zrzy", "@scjg", "@nyj", "gxj", "fgw"
    };
    constexpr int tries = 12;
    for (int i = 0; i < tries; ++i) {
        const auto unit =
            unit_for(world_.scene(), appeal.desk, world_.chance().one_of(units), world_.chance());
        const OrgId org = world_.org(unit);
        if (unit != appeal.lead && state.hand_of(org) == nullptr &&
            !is_excluded(state, org, world_.ledger().directory())) {
            return unit;
        }
    }
    return "gxj";
}

// ---- what comes in ------------------------------------------------------------------------------

Fate Appeals::draw_fate() {
    int drawn = world_.chance().between(0, 999);
    for (const auto& row : fates) {
        drawn -= row.per_mille;
        if (drawn < 0) {
            return row.fate;
        }
    }
    return Fate::ordinary;
}

void Appeals::draw_topic(Appeal& appeal) {
    std::array<int, purposes.size()> weights{};
    for (std::size_t i = 0; i < purposes.size(); ++i) {
        weights[i] = needs_a_unit(appeal.fate) ? purposes[i].with_a_unit : purposes[i].per_mille;
    }
    const PurposeRow& row = purposes[world_.chance().weighted(weights)];
    auto topics = topics_of(row.purpose);
    if (appeal.fate == Fate::taken_back_list) {
        topics = topics_of("help");
        std::erase_if(topics, [](const Topic* topic) { return topic->category != "land"; });
    }
    if (appeal.fate == Fate::statement_asked && world_.chance().hits(500)) {
        topics = topics_of("report");
    }
    appeal.topic = world_.chance().one_of(topics);
    appeal.is_direct = !needs_a_unit(appeal.fate) && world_.chance().hits(row.direct_per_mille);
}

void Appeals::draw_channel(Appeal& appeal) {
    static constexpr std::array channels{
        "hotline", "web", "letter", "window", "visit", "meeting", "chamber"
    };
    const bool is_report = appeal.topic->purpose == "report";
    appeal.channel = channels
        [is_report ? world_.chance().weighted({50, 40, 10})
                   : world_.chance().weighted({45, 25, 3, 8, 8, 4, 7})];
    appeal.is_named = appeal.channel == "chamber" || world_.chance().hits(is_report ? 550 : 920);
    appeal.is_urgent = appeal.channel != "web" && world_.chance().hits(25);
    const bool is_of_requester = appeal.fate == Fate::withdrawal_confirmed ||
                                 appeal.fate == Fate::withdrawal_denied ||
                                 appeal.fate == Fate::unreachable || appeal.bad_ratings > 0;
    appeal.is_named = appeal.is_named || is_of_requester;
}

void Appeals::draw_words(Appeal& appeal) {
    auto& chance = world_.chance();
    const Desk& desk =
        world_.scene().desks
            [appeal.desk == 0 ? 1 + chance.index_of(world_.scene().desks.size() - 1) : appeal.desk];
    const auto& directory = world_.ledger().directory();
    const std::string& town = chance.one_of(desk.towns);
    const std::string& village = chance.one_of(desk.villages);
    appeal.area = appeal.desk == 0 ? desk.prefix : chance.hits(800) ? town : desk.prefix;
    const Slots slots{
        {"firm", registry_.firms.empty() ? "本店" : chance.one_of(registry_.firms).name},
        {"town", directory.find_area(town)->name},
        {"village", directory.find_area(village)->name},
        {"park", desk.title + (chance.hits(500) ? "工业园" : "创业园")},
        {"n", std::to_string(chance.between(2, 6))},
        {"days", std::to_string(chance.between(2, 5))},
    };
    appeal.title = filled(appeal.topic->title, slots);
    appeal.text = filled(appeal.topic->detail, slots);
    appeal.answer = filled(appeal.topic->answer, slots);
    appeal.lead = appeal.topic->unit == "@town"
                      ? town
                      : unit_for(world_.scene(), appeal.desk, appeal.topic->unit, chance);
    if (appeal.topic->purpose == "report") {
        appeal.lead = world_.scene().desks.front().supervision;
    }
}

/// The same problem again, from somebody else: it goes into the matter that is being worked on.
void Appeals::draw_repeat(Appeal& appeal) {
    constexpr std::size_t looked_at = 60;
    const auto& known = registry_.assigned;
    if (appeal.topic->purpose == "report" || known.empty()) {
        return;
    }
    const std::size_t first = known.size() > looked_at ? known.size() - looked_at : 0;
    for (std::size_t i = known.size(); i > first; --i) {
        const auto& one = known[i - 1];
        if (one.desk == appeal.desk && one.category == appeal.topic->category) {
            appeal.main = one.id;
            appeal.is_direct = false;
            return;
        }
    }
}

AppealPtr Appeals::draw(Fate fate) {
    auto appeal = std::make_shared<Appeal>();
    auto& chance = world_.chance();
    std::vector<int> weights;
    for (const auto& desk : world_.scene().desks) {
        weights.push_back(desk.weight);
    }
    if (fate == Fate::taken_back_list) {
        weights.front() = 0;  // a county's matter: the city has no townships to try
    }
    appeal->desk = chance.weighted(weights);
    appeal->fate = fate;
    appeal->bad_ratings = fate == Fate::rated_bad_thrice                            ? 3
                          : fate == Fate::rated_bad_twice                           ? 2
                          : fate == Fate::rated_bad || fate == Fate::bad_but_stands ? 1
                                                                                    : 0;
    appeal->send_backs = fate == Fate::sent_back_twice ? 2 : fate == Fate::sent_back ? 1 : 0;
    draw_topic(*appeal);
    draw_channel(*appeal);
    draw_words(*appeal);
    const bool is_repeat =
        fate == Fate::unmerged || (fate == Fate::ordinary && chance.hits(repeats_per_mille));
    if (is_repeat) {
        draw_repeat(*appeal);
    }
    return appeal;
}

UtcMs Appeals::draw_arrival() {
    auto& chance = world_.chance();
    const auto& calendar = world_.rules().calendar;
    const Date first = world_.day_of(world_.begin());
    const auto span = static_cast<int>((world_.day_of(world_.end()) - first).count());
    Date day = first;
    do {
        day = first + days{chance.between(0, span - 1)};
    } while (!calendar.is_working(day) && !chance.hits(250));
    constexpr int morning = 7 * 60 + 30, noon = 12 * 60, evening = 18 * 60, night = 21 * 60 + 30;
    const std::size_t part = chance.weighted({45, 40, 15});
    const int minute = part == 0   ? chance.between(morning, noon)
                       : part == 1 ? chance.between(noon, evening)
                                   : chance.between(evening, night);
    return start_of(day, calendar.offset) + minutes{minute};
}

/// Found in that stage when the demo ends, however the rest went.
void Appeals::plan_held(int workdays, const std::string& stage, Fate fate) {
    const bool is_last_hour = stage == "registered";
    const UtcMs at = is_last_hour ? world_.end() - minutes{world_.chance().between(3, 25)}
                                  : world_.workday_before_end(workdays) +
                                        minutes{world_.chance().between(0, 90)};
    world_.plan(at, [this, stage, fate]() -> Result<void> {
        auto appeal = draw(fate);
        while (appeal->topic->purpose == "report" || appeal->topic->purpose == "complaint") {
            appeal = draw(fate);  // protected alike, so that they can be merged
        }
        appeal->hold = stage;
        appeal->is_direct = false;
        if (stage == "merged" && !held_mains_.empty()) {
            const auto& main = world_.chance().one_of(held_mains_);
            appeal->main = main.id;
            appeal->desk = main.desk;
            draw_words(*appeal);
        }
        return arrive(appeal);
    });
}

void Appeals::plan(int count) {
    std::vector<UtcMs> arrivals;
    arrivals.reserve(static_cast<std::size_t>(std::max(count, 0)));
    for (int i = 0; i < count; ++i) {
        arrivals.push_back(draw_arrival());
    }
    std::ranges::sort(arrivals);
    // Every fate once, early enough to run its course: the slowest first.
    std::vector<Fate> shown{
        Fate::stubborn, Fate::rated_bad_thrice, Fate::rated_bad_twice, Fate::unmerged
    };
    for (const auto& row : fates) {
        if (std::ranges::find(shown, row.fate) == shown.end()) {
            shown.push_back(row.fate);
        }
    }
    const std::size_t first = arrivals.size() / 20;
    const std::size_t stride = std::max<std::size_t>(arrivals.size() * 11 / 20 / shown.size(), 1);
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
        const std::size_t nth = i < first ? shown.size() : (i - first) / stride;
        const bool is_shown = i >= first && (i - first) % stride == 0 && nth < shown.size();
        const std::optional<Fate> fate = is_shown ? std::optional(shown[nth]) : std::nullopt;
        world_.plan(arrivals[i], [this, fate] { return arrive(draw(fate ? *fate : draw_fate())); });
    }
    for (int i = 0; i < 2; ++i) {
        plan_held(0, "registered", Fate::ordinary);
        plan_held(1, "accepted", Fate::ordinary);
        plan_held(2, "handling", Fate::ordinary);
        plan_held(8, "verifying", Fate::reply_sent_back);
        plan_held(6, "shelved", Fate::shelved);
        plan_held(1, "merged", Fate::ordinary);
    }
}

Actor Appeals::hands_in(const Appeal& appeal) {
    const Desk& desk = world_.scene().desks[appeal.desk];
    if (appeal.channel == "web") {
        Actor actor;
        actor.kind = ActorKind::party;
        return actor;
    }
    if (appeal.channel == "chamber") {
        return world_.post(
            appeal.desk == 0 ? "gsl" : world_.chance().one_of(desk.villages), "collector"
        );
    }
    const bool is_met = appeal.channel == "visit" || appeal.channel == "meeting";
    return world_.post(desk.office, is_met ? "liaison" : "clerk");
}

Json Appeals::hand_in_fields(const Appeal& appeal) {
    auto& chance = world_.chance();
    const Desk& desk = world_.scene().desks[appeal.desk];
    const bool is_report = appeal.topic->purpose == "report";
    Json fields = Json::object();
    fields.set("title", appeal.title).set("text", appeal.text).set("channel", appeal.channel);
    fields.set("purpose", appeal.topic->purpose)
        .set("category", appeal.topic->category)
        .set("area", appeal.area);
    if (appeal.is_named) {
        fields.set("for", world_.names().caller()).set("contact", world_.names().phone());
    }
    if (appeal.is_urgent) {
        fields.set("urgency", "urgent");
    }
    if (appeal.is_named && (is_report || chance.hits(30))) {
        fields.set("hide_name", true);
    }
    if (appeal.channel == "web") {
        // The portal of a county hands in at its own office.
        fields.set("office", world_.org(desk.office).value);
    }
    if (appeal.channel == "visit" || appeal.channel == "meeting") {
        fields.set("occasion", appeal.channel == "visit" ? "走访企业" : "企业家座谈会");
    }
    if (is_report) {
        const std::size_t who = chance.weighted({70, 20, 10});
        const std::size_t county =
            appeal.desk == 0 ? 1 + chance.index_of(world_.scene().desks.size() - 1) : appeal.desk;
        const Desk& accused = world_.scene().desks[county];
        fields.set(
            "accused",
            who == 0 ? unit_for(world_.scene(), county, chance.hits(500) ? "@scjg" : "@zjj", chance)
            : who == 1 ? chance.one_of(accused.towns)
                       : accused.government
        );
    } else if (!registry_.firms.empty() && chance.hits(350)) {
        fields.set("enterprise", chance.one_of(registry_.firms).id.value);
    }
    return fields;
}

Result<void> Appeals::arrive(const AppealPtr& appeal) {
    TRY(appeal->id, world_.start(hands_in(*appeal), "appeal", hand_in_fields(*appeal)));
    TRY(const auto state, world_.see(appeal->id));
    appeal->desk = world_.desk_of(*state);
    if (appeal->hold == "registered") {
        return {};
    }
    const bool is_slow = world_.chance().hits(25);
    later(
        appeal->is_urgent ? world_.in_minutes(3, 20)
        : is_slow         ? world_.in_minutes(140, 400)
                          : world_.in_minutes(6, 80),
        appeal,
        &Appeals::triage
    );
    return {};
}

}  // namespace zt::app::demo
