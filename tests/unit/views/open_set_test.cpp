#include "tests/unit/views/state_builder.hpp"
#include "views/open_set.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

namespace zt::views {
namespace {

using test::add_accused;
using test::add_clock;
using test::add_hand;
using test::History;
using test::instant;
using test::matter;

constexpr std::int64_t office = 1, power = 2, water = 3, county = 9;

Kind appeal() {
    Kind kind;
    kind.name = "appeal";
    kind.roles = {
        {"clerk", {}, RoleRule::Where::at_office, "clerk", "", 0},
        {"handler", {}, RoleRule::Where::at_hand, "handler", "lead", 0},
        {"callback", {}, RoleRule::Where::not_involved, "callback", "", 0},
    };
    const auto stage = [](const std::string& name, const std::string& holder, Counts counts) {
        StageRule rule;
        rule.name = name;
        rule.holder = holder;
        rule.counts = counts;
        return rule;
    };
    kind.stages = {
        stage("registered", "clerk", Counts::open),
        stage("handling", "handler", Counts::open),
        stage("closed", "callback", Counts::closed),
        stage("terminated", "clerk", Counts::ended)
    };
    return kind;
}

/// A record of a built-in kind, as the directory folds it.
State record(const std::string& kind, std::int64_t id) {
    State out;
    out.kind = kind;
    out.id = MatterId{id};
    out.is_record = true;
    out.registered = instant("1949-10-01 00:00");
    return out;
}

class open_set : public ::testing::Test {
  protected:
    open_set() {
        kinds_.add(appeal());
        for (const std::int64_t id : {county, office, power, water}) {
            State org = record("org", id);
            org.fields.emplace("code", Json("org" + std::to_string(id)));
            org.fields.emplace("name", Json("org" + std::to_string(id)));
            org.fields.emplace("parent", id == county ? Json() : Json(county));
            directory_.fold(org);
        }
        add_post(101, office, "clerk");
        add_post(102, power, "handler");
        add_post(103, water, "handler");
        add_post(104, office, "callback");
        add_post(105, power, "callback");
    }
    void add_post(std::int64_t id, std::int64_t org, const std::string& word) {
        State post = record("post", id);
        post.fields.emplace("org", Json(org));
        post.fields.emplace("key", Json(word));
        post.fields.emplace("title", Json(word));
        post.fields.emplace("words", Json(JsonArray{Json(word)}));
        directory_.fold(post);
    }
    [[nodiscard]] Reading at(const std::string& now) const {
        return {&kinds_, &calendar_, &directory_, instant(now)};
    }
    [[nodiscard]] std::vector<std::int64_t> inbox(std::int64_t post) const {
        std::vector<std::int64_t> out;
        for (const OpenRow& row :
             set_.inbox(PostId{post}, {}, at("2022-08-01 09:00"), open_page_max).rows) {
            out.push_back(row.id.value);
        }
        return out;
    }

    Kinds kinds_;
    calendar::Calendar calendar_;
    Directory directory_;
    OpenSet set_;
};

using Ids = std::vector<std::int64_t>;

TEST_F(open_set, the_inbox_of_a_post_has_what_its_role_holds) {
    State registered = matter(1, "2022-08-01 08:00");
    registered.stage = "registered";
    set_.put(registered);
    State handled = matter(2, "2022-08-01 08:00");
    add_hand(handled, "lead", power);
    add_hand(handled, "joint", water);
    set_.put(handled);
    EXPECT_EQ(inbox(101), Ids{1});
    EXPECT_EQ(inbox(102), Ids{2});
    EXPECT_EQ(inbox(103), Ids{}) << "the stage waits for leads";
    EXPECT_EQ(inbox(999), Ids{}) << "no such post";
}

TEST_F(open_set, a_hand_that_replied_or_left_waits_for_nobody) {
    for (const HandState state :
         {HandState::replied, HandState::sent_back, HandState::done, HandState::withdrawn}) {
        State one = matter(1, "2022-08-01 08:00");
        add_hand(one, "lead", power, state);
        set_.put(one);
        EXPECT_EQ(inbox(102), Ids{});
    }
}

TEST_F(open_set, a_hand_given_to_one_post_is_in_no_other_inbox_of_the_org) {
    add_post(106, power, "handler");
    State one = matter(1, "2022-08-01 08:00");
    add_hand(one, "lead", power).post = PostId{106};
    set_.put(one);
    EXPECT_EQ(inbox(102), Ids{});
    EXPECT_EQ(inbox(106), Ids{1});
}

TEST_F(open_set, a_stage_held_across_orgs_reaches_those_that_are_not_involved) {
    State closed = matter(1, "2022-08-01 08:00");
    closed.stage = "closed";
    closed.counts = Counts::closed;
    add_hand(closed, "lead", power, HandState::done);
    add_clock(closed, "callback", "2022-08-03 00:00");
    set_.put(closed);
    EXPECT_EQ(inbox(104), Ids{1});
    EXPECT_EQ(inbox(105), Ids{}) << "its own work";
}

TEST_F(open_set, a_protected_matter_is_in_no_inbox_of_the_accused) {
    State one = matter(1, "2022-08-01 08:00");
    add_hand(one, "lead", power);
    set_.put(one);
    EXPECT_EQ(inbox(102), Ids{1});
    add_accused(one, power);
    set_.put(one);
    EXPECT_EQ(inbox(102), Ids{});
}

TEST_F(
    open_set, closed_matters_stay_while_a_clock_is_waited_for_and_ended_ones_and_plain_records_never
) {
    State closed = matter(1, "2022-08-01 08:00");
    closed.counts = Counts::closed;
    add_clock(closed, "rating", "2022-08-20 00:00");
    set_.put(closed);
    State plain = matter(2, "2022-08-01 08:00");
    plain.counts = Counts::closed;
    set_.put(plain);
    State ended = closed;
    ended.id = MatterId{3};
    ended.counts = Counts::ended;
    set_.put(ended);
    set_.put(record("enterprise", 4));
    EXPECT_EQ(set_.size(), 1U);
    closed.clocks[0].state = ClockState::lapsed;
    set_.put(closed);
    EXPECT_EQ(set_.size(), 1U) << "what lapsed is owed as before";
    closed.clocks[0].state = ClockState::late;
    set_.put(closed);
    EXPECT_EQ(set_.size(), 0U);
}

TEST_F(open_set, lamps_are_those_of_the_domain_at_the_time_of_reading) {
    State one = matter(1, "2022-08-01 08:00");
    add_clock(one, "handle", "2022-08-13 00:00");
    set_.put(one);
    const auto lamp = [&](const std::string& now) { return set_.find(MatterId{1}, at(now))->lamp; };
    for (const std::string now : {"2022-08-01 09:00", "2022-08-12 09:00", "2022-08-13 00:00"}) {
        EXPECT_EQ(lamp(now), lamp_of(one, *kinds_.newest("appeal"), calendar_, instant(now)));
    }
    EXPECT_EQ(lamp("2022-08-01 09:00"), Lamp::green);
    EXPECT_EQ(lamp("2022-08-13 00:00"), Lamp::red);
    one.fields.emplace("order", Json("red"));
    set_.put(one);
    EXPECT_EQ(lamp("2022-08-01 09:00"), Lamp::supervised);
    one.fields.clear();
    one.clocks[0].state = ClockState::paused;
    set_.put(one);
    EXPECT_EQ(lamp("2022-08-01 09:00"), Lamp::paused);
    EXPECT_TRUE(set_.find(MatterId{1}, at("2022-08-01 09:00"))->is_paused);
    EXPECT_EQ(set_.count_lamps({}, at("2022-08-01 09:00")).paused, 1U);
}

TEST_F(open_set, pages_are_filtered_counted_and_most_urgent_first) {
    for (std::int64_t id = 1; id <= 5; ++id) {
        State one = matter(id, "2022-08-01 08:00");
        one.category = id % 2 == 0 ? "water" : "roads";
        add_hand(one, "lead", id <= 3 ? power : water);
        if (id != 2) {
            add_clock(one, "handle", "2022-08-" + std::to_string(20 - id) + " 00:00");
        }
        set_.put(one);
    }
    const auto ids = [](const OpenPage& page) {
        Ids out;
        for (const OpenRow& row : page.rows) {
            out.push_back(row.id.value);
        }
        return out;
    };
    const Reading now = at("2022-08-01 09:00");
    EXPECT_EQ(ids(set_.page({}, now, 0, 10)), (Ids{5, 4, 3, 1, 2}));
    EXPECT_EQ(ids(set_.page({}, now, 1, 2)), (Ids{4, 3}));
    EXPECT_EQ(set_.page({}, now, 1, 2).count, 5U);
    EXPECT_EQ(ids(set_.page({}, now, 7, 2)), Ids{});
    EXPECT_EQ(ids(set_.page({.categories = {"water"}}, now, 0, 10)), (Ids{4, 2}));
    EXPECT_EQ(ids(set_.page({.org = OrgId{power}}, now, 0, 10)), (Ids{3, 1, 2}));
    EXPECT_EQ(ids(set_.page({.kinds = {"task"}}, now, 0, 10)), Ids{});
    EXPECT_EQ(ids(set_.page({.lamps = {Lamp::red}}, at("2022-08-16 00:00"), 0, 10)), (Ids{5, 4}));
    const auto is_at_water = [](const State& outline) {
        return outline.hands[0].org == OrgId{water};
    };
    EXPECT_EQ(ids(set_.page({.may_see = is_at_water}, now, 0, 10)), (Ids{5, 4}));
}

TEST_F(open_set, the_timer_gives_due_matters_in_order_and_never_a_provisional_clock) {
    State first = matter(1, "2022-08-01 08:00"), second = matter(2, "2022-08-01 08:00"),
          third = matter(3, "2022-08-01 08:00");
    add_clock(first, "handle", "2022-08-10 00:00");
    add_clock(first, "sign", "2022-08-05 00:00");
    add_clock(second, "handle", "2022-08-04 00:00");
    add_clock(third, "handle", "2022-08-01 12:00").is_provisional = true;
    for (const State& one : {first, second, third}) {
        set_.put(one);
    }
    EXPECT_EQ(set_.next_due(), instant("2022-08-04 00:00"));
    EXPECT_EQ(set_.due_until(instant("2022-08-03 00:00"), 10), std::vector<MatterId>{});
    const std::vector<MatterId> both = {MatterId{2}, MatterId{1}};
    EXPECT_EQ(set_.due_until(instant("2022-08-05 00:00"), 10), both);
    EXPECT_EQ(set_.due_until(instant("2022-08-05 00:00"), 10), both)
        << "reading takes nothing away";
    EXPECT_EQ(set_.due_until(instant("2022-08-05 00:00"), 1), std::vector<MatterId>{MatterId{2}});
    first.clocks[1].state = ClockState::met;
    set_.put(first);
    EXPECT_EQ(set_.due_until(instant("2022-08-05 00:00"), 10), std::vector<MatterId>{MatterId{2}});
    second.counts = Counts::ended;
    set_.put(second);
    EXPECT_EQ(set_.next_due(), instant("2022-08-10 00:00"));
}

TEST_F(open_set, clocks_that_lapse_one_after_the_other_leave_nothing_behind) {
    constexpr std::int64_t matters = 5000;
    OpenSet afresh;
    std::vector<State> lapsed;
    for (std::int64_t id = 1; id <= matters; ++id) {
        State one = matter(id, "2022-08-01 08:00");
        add_clock(one, "sign", "2022-08-02 08:00");
        add_clock(one, "handle", "2022-08-20 00:00");
        set_.put(one);
        one.clocks[0].state = ClockState::lapsed;
        afresh.put(one);
        lapsed.push_back(std::move(one));
    }
    for (const State& one : lapsed) {
        set_.put(one);
        EXPECT_NE(set_.next_due(), std::nullopt);
    }
    constexpr std::size_t way_of_waiting = 1024;  // that all left is kept for those to come
    EXPECT_LE(set_.bytes(), afresh.bytes() + way_of_waiting)
        << "each look for what is due would walk over the past";
}

TEST_F(open_set, ten_thousand_open_matters_cost_at_most_three_hundred_bytes_each) {
    constexpr std::int64_t matters = 10'000;
    for (std::int64_t id = 1; id <= matters; ++id) {
        State one = matter(id, "2022-08-01 08:00");
        one.registered_by = OrgId{water};
        set_.put(one);  // the due moves as its life goes on
        add_clock(one, "accept", "2022-08-02 08:00");
        set_.put(one);
        one.clocks[0].state = ClockState::met;
        add_hand(one, "lead", power + id % 60);
        add_hand(one, "joint", water + id % 50);
        add_clock(one, "handle", "2022-08-20 00:00");
        add_clock(one, "sign", "2022-08-03 00:00");
        add_clock(one, "contact", "2022-08-04 00:00");
        set_.put(one);
    }
    EXPECT_LE(set_.bytes() / static_cast<std::size_t>(matters), open_bytes_max) << set_.bytes();
}

/// Any state that a walk could leave.
State random_state(std::int64_t id) {
    State out = matter(id, "2022-08-01 08:00");
    out.stage = *rc::gen::element<std::string>("registered", "handling", "closed");
    out.counts = *rc::gen::element(Counts::open, Counts::open, Counts::closed, Counts::ended);
    out.office = OrgId{*rc::gen::inRange<std::int64_t>(1, 4)};
    const int hands = *rc::gen::inRange(0, 4), clocks = *rc::gen::inRange(0, 4);
    for (int index = 0; index < hands; ++index) {
        add_hand(
            out,
            *rc::gen::element<std::string>("lead", "joint"),
            *rc::gen::inRange<std::int64_t>(1, 5),
            *rc::gen::element(HandState::assigned, HandState::replied, HandState::withdrawn)
        );
    }
    for (int index = 0; index < clocks; ++index) {
        Clock& clock =
            add_clock(out, *rc::gen::element<std::string>("handle", "sign"), "2022-08-01 12:00");
        clock.due += std::chrono::hours{*rc::gen::inRange(0, 200)};
        clock.state = *rc::gen::element(
            ClockState::running,
            ClockState::running,
            ClockState::paused,
            ClockState::lapsed,
            ClockState::met
        );
    }
    if (*rc::gen::inRange(0, 4) == 0) {
        add_accused(out, power);
    }
    return out;
}

RC_GTEST_PROP(open_set_property, folded_step_by_step_it_equals_a_fold_of_the_last_states, ()) {
    History history;
    std::map<std::int64_t, State> last;
    OpenSet walked;
    const int events = *rc::gen::inRange(0, 400);
    for (int event = 0; event < events; ++event) {
        const std::int64_t id = *rc::gen::inRange<std::int64_t>(1, 12);
        history.add(random_state(id));
        last[id] = *history.steps().back().after;
    }
    for (const Step& step : history.steps()) {
        walked.fold(step);
    }
    OpenSet rebuilt;
    for (const auto& [id, state] : last) {
        rebuilt.put(state);
    }
    RC_ASSERT(walked.difference(rebuilt) == std::nullopt);
    // Lists and timer are lazy: compare what they answer with a plain look at all states.
    const UtcMs t = instant("2022-08-05 00:00");
    Kinds kinds;
    kinds.add(appeal());
    const calendar::Calendar calendar;
    const Reading reading{&kinds, &calendar, nullptr, t};
    std::vector<std::pair<UtcMs, MatterId>> due;
    std::map<OrgId, std::size_t> touched;
    for (const auto& [id, state] : last) {
        const bool is_kept = walked.find(MatterId{id}, reading) != std::nullopt;
        if (is_kept && state.next_due() && *state.next_due() <= t) {
            due.emplace_back(*state.next_due(), state.id);
        }
        for (std::int64_t org = 1; is_kept && org < 6; ++org) {
            const bool has_hand = std::ranges::any_of(state.hands, [&](const Hand& hand) {
                return hand.org.value == org;
            });
            touched[OrgId{org}] += state.office.value == org || has_hand ? 1 : 0;
        }
    }
    std::ranges::sort(due);
    std::vector<MatterId> expected;
    for (const auto& [at, id] : due) {
        expected.push_back(id);
    }
    RC_ASSERT(walked.due_until(t, 1000) == expected);
    for (const auto& [org, count] : touched) {
        RC_ASSERT(walked.page({.org = org}, reading, 0, 10).count == count);
    }
}

TEST_F(open_set, a_difference_is_named) {
    OpenSet other;
    State one = matter(5, "2022-08-01 08:00");
    set_.put(one);
    EXPECT_EQ(set_.difference(other), "matter 5 is in one only");
    one.stage = "registered";
    other.put(one);
    EXPECT_EQ(set_.difference(other), "matter 5 differs");
}

}  // namespace
}  // namespace zt::views
