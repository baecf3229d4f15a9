// Reads of the open set against a plain look at every state: goal: shapes, lanes and blocks answer
// what a judge of each row would, at any instant. Method: random matters under random changes, then
// every kind of read with random filters at many instants, compared with sums over the last states.

#include "tests/unit/views/random_states.hpp"
#include "tests/unit/views/scratch_folder.hpp"
#include "tests/unit/views/state_builder.hpp"
#include "views/open_set.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

namespace zt::views {
namespace {

using test::add_clock;
using test::add_hand;
using test::begin;
using test::Dice;
using test::instant;
using test::matter;
using test::orgs;
using test::random_state;

constexpr std::int64_t county = 9;
using Where = RoleRule::Where;

StageRule stage(const std::string& name, const std::string& holder) {
    StageRule rule;
    rule.name = name;
    rule.holder = holder;
    return rule;
}

ClockRule clock_rule(const std::string& name, std::optional<calendar::Length> warn) {
    ClockRule rule;
    rule.name = name;
    rule.warn_before = warn;
    return rule;
}

/// Its clocks warn by every unit, and one by what is usual.
Kind kind(std::string name, std::uint32_t version) {
    using calendar::Unit;
    Kind out;
    out.name = std::move(name);
    out.version = version;
    out.office_function = "office";
    const Where last = version == 1 ? Where::not_involved : Where::at_any;
    out.roles = {
        {"clerk", {}, Where::at_office, "clerk", "", 0},
        {"handler", {}, Where::at_hand, "handler", "lead", 0},
        {"leader", {}, Where::leads_hand, "clerk", "", 0},
        {"last", {}, last, "handler", "", 0},
    };
    out.stages = {
        stage("registered", "clerk"),
        stage("handling", "handler"),
        stage("signing", "leader"),
        stage("closed", "last")
    };
    out.clocks = {
        clock_rule("handle", std::nullopt),
        clock_rule("sign", calendar::Length{90, Unit::hours}),
        clock_rule("look", calendar::Length{version == 1 ? 3 : 2, Unit::working_days}),
        clock_rule("plan", calendar::Length{4, Unit::calendar_days}),
        clock_rule("year", calendar::Length{1, Unit::months}),
    };
    return out;
}

/// A record of a built-in kind, as the directory folds it.
State record(const std::string& kind_name, std::int64_t id) {
    State out;
    out.kind = kind_name;
    out.id = MatterId{id};
    out.is_record = true;
    out.registered = instant("1949-10-01 00:00");
    return out;
}

struct World {
    Kinds kinds;
    calendar::Calendar calendar;
    Directory directory;

    World() {
        for (const std::uint32_t version : {1U, 2U}) {
            kinds.add(kind("appeal", version));
            kinds.add(kind("task", version));
        }
        for (std::int64_t org = 1; org <= county; ++org) {
            State one = record("org", org);
            one.fields.emplace("code", Json("org" + std::to_string(org)));
            one.fields.emplace("name", Json("org" + std::to_string(org)));
            // Two levels, so that some stand below an accused one.
            one.fields.emplace("parent", org == county ? Json() : Json(org == 3 ? 2 : county));
            directory.fold(one);
            for (const std::string word : {"clerk", "handler"}) {
                add_post(100 + 2 * org + (word == "clerk" ? 0 : 1), org, word);
            }
        }
        calendar.years[2022].days[office_date(begin) + std::chrono::days{3}] = {
            calendar::DayKind::holiday, "local"
        };
    }
    void add_post(std::int64_t id, std::int64_t org, const std::string& word) {
        State post = record("post", id);
        post.fields.emplace("org", Json(org));
        post.fields.emplace("key", Json(word));
        post.fields.emplace("title", Json(word));
        post.fields.emplace("words", Json(JsonArray{Json(word)}));
        if (word == "clerk") {
            post.fields.emplace("leads", Json(JsonArray{Json(org % orgs + 1)}));
        }
        directory.fold(post);
    }
    [[nodiscard]] Reading at(UtcMs now) const { return {&kinds, &calendar, &directory, now}; }
};

/// What a row of a page says that a plain look can say too.
struct Line {
    std::int64_t due, matter;
    Lamp lamp;
    auto operator<=>(const Line&) const = default;
};
struct Lines {
    std::vector<Line> rows;
    std::size_t count = 0;
    bool operator==(const Lines&) const = default;
};
[[maybe_unused]] std::ostream& operator<<(std::ostream& out, const Lines& lines) {
    out << lines.count << ":";
    for (const Line& line : lines.rows) {
        out << " " << line.matter << "/" << line.due << "/" << name_of(line.lamp);
    }
    return out;
}

std::int64_t due_of(const std::optional<UtcMs>& due) {
    return due ? due->time_since_epoch().count() : INT64_MAX;
}
Lines lines_of(const OpenPage& page) {
    Lines out;
    out.count = page.count;
    for (const OpenRow& row : page.rows) {
        out.rows.push_back({due_of(row.next_due), row.id.value, row.lamp});
    }
    return out;
}

/// The plain look: every state is asked by the rules of the domain.
struct Plain {
    const World& world;
    const std::map<std::int64_t, State>& states;
    UtcMs now;

    [[nodiscard]] static bool is_kept(const State& state) {
        const bool is_waiting_for = std::ranges::any_of(state.clocks, [](const Clock& clock) {
            return is_waiting(clock.state);
        });
        return state.counts != Counts::ended &&
               ((state.counts == Counts::open && !state.is_record) || is_waiting_for);
    }
    [[nodiscard]] Lamp lamp(const State& state) const {
        const Kind* of = world.kinds.version(state.kind, state.kind_version);
        return of == nullptr ? Lamp::none : lamp_of(state, *of, world.calendar, now);
    }
    [[nodiscard]] bool passes(const State& state, const OpenFilter& filter) const {
        const auto has = [](const auto& wanted, const auto& value) {
            return wanted.empty() || std::ranges::find(wanted, value) != wanted.end();
        };
        const bool is_of_org =
            !filter.org || state.office == *filter.org || state.registered_by == *filter.org ||
            std::ranges::find(state.hands, *filter.org, &Hand::org) != state.hands.end();
        return is_kept(state) && has(filter.kinds, state.kind) && has(filter.stages, state.stage) &&
               has(filter.categories, state.category) && has(filter.lamps, lamp(state)) &&
               has(filter.areas, state.area) && is_of_org &&
               (!filter.may_see || filter.may_see(state));
    }
    [[nodiscard]] bool waits_for(const State& state, const Post& post) const {
        const Kind* of = world.kinds.version(state.kind, state.kind_version);
        const StageRule* at = of == nullptr ? nullptr : of->stage(state.stage);
        const RoleRule* role = at == nullptr ? nullptr : of->role(at->holder);
        if (role == nullptr || post.key != role->post_word ||
            is_excluded(state, post.id, world.directory)) {
            return false;
        }
        const auto any_hand = [&](auto is_it) { return std::ranges::any_of(state.hands, is_it); };
        switch (role->where) {
        case Where::at_office: return post.org == state.office;
        case Where::at_any: return true;
        case Where::at_hand:
            return any_hand([&](const Hand& hand) {
                return hand.org == post.org && hand.role == "lead" && hand.turn == state.turn &&
                       hand.state == HandState::assigned && (!hand.post || hand.post == post.id);
            });
        case Where::leads_hand:
            return any_hand([&](const Hand& hand) {
                return is_open(hand.state) && hand.turn == state.turn &&
                       (hand.org == post.org || world.directory.leads(post.id, hand.org));
            });
        default:
            return !any_hand([&](const Hand& hand) {
                return world.directory.is_at_or_below(hand.org, post.org) ||
                       world.directory.is_at_or_below(post.org, hand.org);
            });
        }
    }
    template <class Passes>
    [[nodiscard]] Lines page(Passes passes_it, std::size_t offset, std::size_t limit) const {
        Lines out;
        for (const auto& [id, state] : states) {
            if (passes_it(state)) {
                out.rows.push_back({due_of(state.next_due()), id, lamp(state)});
            }
        }
        std::ranges::sort(out.rows);
        out.count = out.rows.size();
        out.rows.erase(
            out.rows.begin(),
            out.rows.begin() + static_cast<std::ptrdiff_t>(std::min(offset, out.rows.size()))
        );
        out.rows.resize(std::min(limit, out.rows.size()));
        return out;
    }
    [[nodiscard]] std::map<AreaId, LampCounts> counts_by_area(const OpenFilter& filter) const {
        std::map<AreaId, LampCounts> areas;
        for (const auto& [id, state] : states) {
            const bool is_asked = filter.areas.empty() ||
                                  std::ranges::find(filter.areas, state.area) != filter.areas.end();
            OpenFilter one = filter;
            one.areas = {state.area};
            const LampCounts lamps = is_asked ? counts(one) : LampCounts{};
            if (lamps != LampCounts{}) {
                areas[state.area] = lamps;
            }
        }
        return areas;
    }
    [[nodiscard]] LampCounts counts(const OpenFilter& filter) const {
        LampCounts out;
        for (const auto& [id, state] : states) {
            if (!passes(state, filter)) {
                continue;
            }
            switch (lamp(state)) {
            case Lamp::none: ++out.none; break;
            case Lamp::green: ++out.green; break;
            case Lamp::amber: ++out.amber; break;
            case Lamp::red: ++out.red; break;
            case Lamp::paused: ++out.paused; break;
            case Lamp::supervised: ++out.supervised; break;
            }
        }
        return out;
    }
};

OpenSet saved_and_loaded(const OpenSet& set) {
    const test::ScratchFolder folder;
    const std::string path = folder.path() + "/open_set";
    const auto saved = set.save(path);
    RC_ASSERT(saved.has_value());
    auto loaded = OpenSet::load(path);
    RC_ASSERT(loaded.has_value());
    RC_ASSERT(loaded->difference(set) == std::nullopt);
    RC_ASSERT(loaded->next_due() == set.next_due());
    return *std::move(loaded);
}

OpenFilter random_filter(const World& world, Dice& dice) {
    OpenFilter filter;
    const auto some = [&](std::initializer_list<std::string> words) {
        return dice.number(0, 3) > 0 ? std::vector<std::string>{}
                                     : std::vector<std::string>{dice.one_of(words)};
    };
    filter.kinds = some({"appeal", "task", "never heard"});
    filter.stages = some({"registered", "handling"});
    filter.categories = some({"water", "roads", "", "never heard"});
    if (dice.number(0, 2) == 0) {
        filter.lamps = {dice.one_of({Lamp::green, Lamp::amber, Lamp::red, Lamp::paused, Lamp::none})
        };
    }
    for (std::int64_t left = dice.number(-4, 3); left > 0; --left) {
        filter.areas.push_back(AreaId{dice.number(0, 5)});
    }
    if (dice.number(0, 3) == 0) {
        filter.org = OrgId{dice.number(1, orgs + 2)};
    }
    if (dice.number(0, 2) == 0) {
        const OrgId org{dice.number(1, orgs + 1)};
        filter.may_see = [&world, org](const State& outline) {
            return !is_excluded(outline, org, world.directory) &&
                   (outline.office == org || outline.is_record || outline.turn == 1 ||
                    !outline.field("order").as_string().empty());
        };
    }
    return filter;
}

void check_reads(const OpenSet& set, const Plain& plain, Dice& dice) {
    const Reading reading = plain.world.at(plain.now);
    const OpenFilter filter = random_filter(plain.world, dice);
    const auto passes = [&](const State& state) { return plain.passes(state, filter); };
    const auto offset = static_cast<std::size_t>(dice.number(0, 20));
    const auto limit = static_cast<std::size_t>(dice.number(0, 30));
    RC_ASSERT(
        lines_of(set.page(filter, reading, offset, limit)) == plain.page(passes, offset, limit)
    );
    RC_ASSERT(set.count_lamps(filter, reading) == plain.counts(filter));
    RC_ASSERT(set.lamps_by_area(filter, reading) == plain.counts_by_area(filter));
    const Post& post =
        *plain.world.directory.post(PostId{100 + 2 * dice.number(1, orgs + 1) + dice.number(0, 2)});
    const auto waits = [&](const State& state) {
        return passes(state) && plain.waits_for(state, post);
    };
    RC_ASSERT(lines_of(set.inbox(post.id, filter, reading, limit)) == plain.page(waits, 0, limit));
}

RC_GTEST_PROP(
    open_set_property, reads_agree_with_a_plain_look_at_every_state, (std::uint64_t seed)
) {
    Dice dice(seed);
    const World world;
    OpenSet set;
    std::map<std::int64_t, State> states;
    const std::int64_t puts = dice.number(0, 120), ids = dice.number(1, 80);
    const std::int64_t saved_at = dice.number(-200, puts + 1);
    for (std::int64_t put = 0; put < puts; ++put) {
        if (put == saved_at) {
            set = saved_and_loaded(set);
        }
        const std::int64_t id = dice.number(1, ids + 1);
        states[id] = random_state(id, dice);
        set.put(states[id]);
    }
    if (saved_at == puts) {
        set = saved_and_loaded(set);
    }
    for (int look = 0; look < 4; ++look) {
        // On a border of lamps as often as beside one.
        UtcMs now = begin + Millis{dice.number(-2 * 86'400, 45 * 86'400) * 1'000};
        now = dice.number(0, 2) == 0 ? start_of(office_date(now)) : now;
        check_reads(set, {world, states, now}, dice);
    }
}

/// Many rows in one lane, so that blocks part and join, with one clock that warns by the hour.
RC_GTEST_PROP(
    open_set_property, lanes_of_many_rows_agree_with_a_plain_look_too, (std::uint64_t seed)
) {
    Dice dice(seed);
    const World world;
    OpenSet set;
    std::map<std::int64_t, State> states;
    const auto put = [&](std::int64_t id, std::int64_t minute) {
        State one = matter(id, "2022-08-01 08:00");
        one.category = id % 3 == 0 ? "water" : "roads";
        one.area = AreaId{id % 5};
        add_clock(one, "sign", "2022-08-01 08:00").due += std::chrono::minutes{minute};
        add_clock(one, "handle", "2022-08-08 00:00").due += std::chrono::days{id % 5};
        set.put(one);
        states[id] = std::move(one);
    };
    const std::int64_t rows = dice.number(1, 450);
    const std::int64_t step = dice.number(1, 100);
    for (std::int64_t id = 1; id <= rows; ++id) {
        put(id, (id * step) % 7'001);
    }
    const std::int64_t kept = dice.number(1, 40), moved = dice.number(1, 40);
    for (std::int64_t id = 1; id <= rows; ++id) {
        if (id % kept != 0) {
            states[id].counts = Counts::ended;
            set.put(states[id]);
        } else if (id % moved == 0) {
            put(id, id % 1'001);
        }
    }
    for (int look = 0; look < 2; ++look) {
        const UtcMs now = begin + std::chrono::minutes{dice.number(-600, 12'000)};
        check_reads(set, {world, states, now}, dice);
    }
}

TEST(open_set_reads, one_question_is_asked_for_all_matters_that_are_alike) {
    const World world;
    OpenSet set;
    for (std::int64_t id = 1; id <= 300; ++id) {
        State one = matter(id, "2022-08-01 08:00");
        one.kind = "appeal";
        one.category = "category " + std::to_string(id);
        add_hand(one, "lead", id % 2 + 1);
        add_clock(one, "handle", "2022-08-08 00:00").due += std::chrono::hours{id};
        set.put(one);
    }
    int questions = 0;
    OpenFilter filter;
    filter.may_see = [&](const State& outline) {
        ++questions;
        EXPECT_FALSE(outline.id) << "what an outline does not have";
        EXPECT_TRUE(outline.clocks.empty() && outline.category.empty() && outline.number.empty());
        return outline.hands[0].org == OrgId{1};
    };
    EXPECT_EQ(set.page(filter, world.at(begin), 0, 10).count, 150U);
    EXPECT_EQ(questions, 2);
}

TEST(open_set_reads, shapes_that_no_matter_has_any_more_are_given_back) {
    OpenSet set;
    const auto hand_around = [&](std::int64_t rounds) {
        for (std::int64_t round = 0; round < rounds; ++round) {
            State one = matter(1 + round % 10, "2022-08-01 08:00");
            add_hand(one, "lead", 1 + round);
            set.put(one);
        }
        return set.bytes();
    };
    const std::size_t early = hand_around(1'000);
    EXPECT_LE(hand_around(5'000), 2 * early) << "shapes of the past pile up";
}

/// The border that reads of many matters use is the one that the rule of a single clock has.
RC_GTEST_PROP(
    lamp_property, due_limits_part_amber_from_green_where_each_clock_does, (std::uint64_t seed)
) {
    Dice dice(seed);
    const World world;
    const Kind& of = *world.kinds.version("appeal", static_cast<std::uint32_t>(dice.number(1, 3)));
    UtcMs now = begin + Millis{dice.number(-40 * 86'400, 45 * 86'400) * 1'000};
    now = dice.number(0, 2) == 0 ? start_of(office_date(now)) : now;
    State state = matter(1, "2022-08-01 08:00");
    add_random_clock(state, dice);
    Clock& clock = state.clocks.front();
    const DueLimits limits = due_limits(warn_lead(clock.name, of), world.calendar, now);
    const auto agrees = [&] {
        return lamp_of(clock.state, clock.due, limits) == lamp_of(clock, of, world.calendar, now);
    };
    RC_ASSERT(agrees());
    for (const UtcMs border : {limits.red, limits.amber}) {
        for (const Millis beside : {Millis{-1}, Millis{0}, Millis{1}}) {
            clock.due = border + beside;
            RC_ASSERT(agrees());
        }
    }
}

}  // namespace
}  // namespace zt::views
