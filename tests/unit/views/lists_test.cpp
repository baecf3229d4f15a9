#include "tests/unit/views/scratch_folder.hpp"
#include "tests/unit/views/state_builder.hpp"
#include "views/lists.hpp"
#include "views/outline.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>

namespace zt::views {
namespace {

using test::add_accused;
using test::add_hand;
using test::History;
using test::instant;
using test::matter;

Lists in_memory() { return *Lists::open(":memory:", ListAccess::write); }

Lists lists_of(const History& history) {
    Lists out = in_memory();
    EXPECT_TRUE(out.fold(history.steps()));
    return out;
}

std::vector<std::int64_t> ids_of(const Result<ListPage>& page) {
    std::vector<std::int64_t> out;
    EXPECT_TRUE(page);
    for (const ListRow& row : page->rows) {
        out.push_back(row.id.value);
    }
    return out;
}

using Ids = std::vector<std::int64_t>;

TEST(lists, a_row_has_what_the_matter_has) {
    State state = matter(4, "2022-08-01 08:00");
    add_hand(state, "lead", 2);
    state.counts = Counts::closed;
    state.stage = "closed";
    state.past.closed = instant("2022-08-05 10:00");
    state.is_published = true;
    state.version = 6;
    History history;
    history.add(state);
    const Lists lists = lists_of(history);
    const auto row = lists.find(MatterId{4});
    ASSERT_TRUE(row && *row);
    EXPECT_EQ((*row)->number, "ZT-2022-000004");
    EXPECT_EQ((*row)->lead, OrgId{2});
    EXPECT_EQ((*row)->office, OrgId{1});
    EXPECT_EQ((*row)->closed, instant("2022-08-05 10:00"));
    EXPECT_EQ((*row)->counts, Counts::closed);
    EXPECT_TRUE((*row)->is_published);
    EXPECT_EQ((*row)->version, 6);
    EXPECT_EQ(*lists.find_number("ZT-2022-000004"), **row);
    EXPECT_EQ(*lists.find_number("ZT-2022-000005"), std::nullopt);
    EXPECT_EQ(lists.position(), 1);
}

TEST(lists, a_reopened_matter_has_no_day_of_closing) {
    State state = matter(4, "2022-08-01 08:00");
    state.past.closed = instant("2022-08-05 10:00");
    History history;
    history.add(state);
    EXPECT_EQ((*lists_of(history).find(MatterId{4}))->closed, std::nullopt);
}

TEST(lists, each_filter_passes_what_it_names_and_nothing_else) {
    History history;
    State first = matter(1, "2022-08-01 08:00");
    add_hand(first, "lead", 2);
    add_hand(first, "joint", 3);
    State second = matter(2, "2022-08-02 08:00");
    second.kind = "task";
    second.channel = "hotline";
    second.category = "water";
    second.counts = Counts::closed;
    add_hand(second, "lead", 3);
    add_accused(second, 5);
    State third = matter(3, "2022-08-03 08:00");
    third.is_record = true;
    third.is_published = true;
    third.area = AreaId{8};
    third.office = OrgId{6};
    for (const State& state : {first, second, third}) {
        history.add(state);
    }
    const Lists lists = lists_of(history);
    const auto ids = [&](const ListFilter& filter) {
        return ids_of(lists.page(filter, std::nullopt, 10));
    };
    EXPECT_EQ(ids({}), (Ids{3, 2, 1}));
    EXPECT_EQ(ids({.kinds = {"task", "digest"}}), Ids{2});
    EXPECT_EQ(ids({.categories = {"water"}}), Ids{2});
    EXPECT_EQ(ids({.channels = {"web"}}), (Ids{3, 1}));
    EXPECT_EQ(ids({.counts = Counts::closed}), Ids{2});
    EXPECT_EQ(ids({.is_record = true}), Ids{3});
    EXPECT_EQ(ids({.is_published = false}), (Ids{2, 1}));
    EXPECT_EQ(ids({.lead = OrgId{3}}), Ids{2});
    EXPECT_EQ(ids({.lead = OrgId{6}}), Ids{3}) << "the office answers for what nobody leads";
    EXPECT_EQ(ids({.lead = first.office}), Ids{}) << "and no longer once somebody leads it";
    EXPECT_EQ(ids({.office = OrgId{6}}), Ids{3});
    EXPECT_EQ(ids({.involved = {OrgId{3}}}), (Ids{2, 1}));
    EXPECT_EQ(ids({.involved = {OrgId{2}, OrgId{6}}}), (Ids{3, 1}));
    EXPECT_EQ(ids({.not_accused = {OrgId{5}}}), (Ids{3, 1}));
    EXPECT_EQ(ids({.area = AreaId{8}}), Ids{3});
    EXPECT_EQ(ids({.areas = {AreaId{8}, AreaId{7}}}), (Ids{3, 2, 1}));
    EXPECT_EQ(ids({.areas = {AreaId{0}, AreaId{9}}}), Ids{});
    const std::map<AreaId, std::int64_t> counts{{AreaId{7}, 1}, {AreaId{8}, 1}};
    EXPECT_EQ(*lists.count_by_area({.channels = {"web"}}), counts);
    EXPECT_EQ(
        ids({.from = instant("2022-08-02 08:00"), .until = instant("2022-08-03 08:00")}), Ids{2}
    );
    EXPECT_EQ(ids({.stages = {"it's"}}), Ids{}) << "words are bound, not pasted";
    EXPECT_EQ(lists.count({.kinds = {"appeal"}})->count, 2);
}

TEST(lists, pages_by_key_meet_every_row_once_though_new_ones_come_in) {
    Lists lists = in_memory();
    History history;
    for (std::int64_t id = 1; id <= 25; ++id) {
        history.add(matter(id, id % 3 == 0 ? "2022-08-01 08:00" : "2022-08-02 08:00"));
    }
    ASSERT_TRUE(lists.fold(history.steps()));
    Ids seen;
    std::optional<ListKey> after;
    do {
        const auto page = lists.page({}, after, 4);
        for (const std::int64_t id : ids_of(page)) {
            seen.push_back(id);
        }
        after = page->next;
        history.add(matter(100 + static_cast<std::int64_t>(seen.size()), "2022-08-09 08:00"));
        ASSERT_TRUE(lists.fold(history.steps()));
    } while (after);
    ASSERT_EQ(seen.size(), 25U);
    std::ranges::sort(seen);
    EXPECT_EQ(std::ranges::adjacent_find(seen), seen.end());
}

TEST(lists, counts_are_exact_up_to_the_limit_and_more_beyond) {
    Lists lists = in_memory();
    std::vector<State> states;
    for (std::int64_t id = 1; id <= list_count_max + 1; ++id) {
        states.push_back(matter(id, "2022-08-01 08:00"));
    }
    std::vector<const State*> pointers;
    for (const State& state : states) {
        pointers.push_back(&state);
    }
    ASSERT_TRUE(lists.put(std::span(pointers).first(static_cast<std::size_t>(list_count_max)), 1));
    EXPECT_EQ(*lists.count({}), (ListCount{list_count_max, false}));
    ASSERT_TRUE(lists.put(pointers, 2));
    EXPECT_EQ(*lists.count({}), (ListCount{list_count_max, true}));
}

TEST(lists, what_was_folded_is_there_after_opening_again_and_is_not_taken_twice) {
    const test::ScratchFolder folder;
    const std::string path = folder.path() + "/lists.db";
    History history;
    history.add(matter(1, "2022-08-01 08:00"));
    {
        auto lists = Lists::open(path, ListAccess::write);
        ASSERT_TRUE(lists && lists->fold(history.steps()));
    }
    auto lists = Lists::open(path, ListAccess::write);
    ASSERT_TRUE(lists);
    EXPECT_EQ(lists->rebuild_reason(), "");
    EXPECT_EQ(lists->position(), 1);
    ASSERT_TRUE(lists->fold(history.steps()));
    EXPECT_EQ(lists->count({})->count, 1);
    const auto reader = Lists::open(path, ListAccess::read);
    ASSERT_TRUE(reader);
    EXPECT_EQ(ids_of(reader->page({}, std::nullopt, 5)), Ids{1});
}

TEST(lists, a_file_that_is_missing_damaged_or_of_another_schema_is_made_anew) {
    const test::ScratchFolder folder;
    const std::string path = folder.path() + "/lists.db";
    EXPECT_EQ(Lists::open(path, ListAccess::read).error().code, Errc::not_found);
    std::ofstream(path) << "this was a list once";
    EXPECT_EQ(Lists::open(path, ListAccess::read).error().code, Errc::damaged);
    auto lists = Lists::open(path, ListAccess::write);
    ASSERT_TRUE(lists) << to_string(lists.error());
    EXPECT_NE(lists->rebuild_reason(), "");
    EXPECT_EQ(lists->position(), 0);
    History history;
    for (std::int64_t id = 1; id <= 500; ++id) {
        history.add(matter(id, "2022-08-01 08:00"));
    }
    ASSERT_TRUE(lists->fold(history.steps()));
    lists = Lists::open(folder.path() + "/other.db", ListAccess::write);  // closes the first
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    for (int page = 1; page < 12; ++page) {
        file.seekp(page * 4096);
        file << "damage";
    }
    file.close();
    auto again = Lists::open(path, ListAccess::write);
    ASSERT_TRUE(again) << to_string(again.error());
    EXPECT_NE(again->rebuild_reason(), "");
    EXPECT_EQ(again->count({})->count, 0);
}

TEST(lists, a_folder_that_is_not_there_is_an_error) {
    const test::ScratchFolder folder;
    EXPECT_FALSE(Lists::open(folder.path() + "/none/lists.db", ListAccess::write));
}

RC_GTEST_PROP(lists_property, folded_in_batches_it_equals_the_last_states, ()) {
    History history;
    std::map<std::int64_t, State> last;
    const int events = *rc::gen::inRange(1, 60);
    for (int event = 0; event < events; ++event) {
        const std::int64_t id = *rc::gen::inRange<std::int64_t>(1, 10);
        State state = matter(id, "2022-08-01 08:00");
        state.office = OrgId{*rc::gen::inRange<std::int64_t>(1, 4)};
        state.version = event;
        if (*rc::gen::arbitrary<bool>()) {
            add_accused(state, 5);
        }
        history.add(state);
        last[id] = state;
    }
    Lists walked = in_memory();
    const auto steps = history.steps();
    for (std::size_t from = 0; from < steps.size();) {
        const auto size = *rc::gen::inRange<std::size_t>(1, steps.size() - from + 1);
        RC_ASSERT(walked.fold(std::span(steps).subspan(from, size)).has_value());
        from += size;
    }
    std::vector<const State*> states;
    for (const auto& [id, state] : last) {
        states.push_back(&state);
    }
    Lists rebuilt = in_memory();
    RC_ASSERT(rebuilt.put(states, static_cast<Seq>(history.size())).has_value());
    const auto difference = walked.difference(rebuilt);
    RC_ASSERT(difference.has_value());
    RC_ASSERT(*difference == std::nullopt);
}

TEST(lists, a_difference_is_named) {
    History history;
    history.add(matter(1, "2022-08-01 08:00"));
    const Lists one = lists_of(history);
    State changed = matter(1, "2022-08-01 08:00");
    changed.stage = "closed";
    History third;
    third.add(changed);
    EXPECT_EQ(**one.difference(lists_of(third)), "matter 1 differs");
    EXPECT_EQ(*one.difference(lists_of(history)), std::nullopt);
}

TEST(lists, a_row_is_judged_as_its_matter_would_be) {
    State state = matter(4, "2022-08-01 08:00");
    state.kind_version = 3;
    state.registered_by = OrgId{12};
    state.past.is_direct = true;
    state.protection = Protection::wrong_done;
    add_accused(state, 7);
    add_hand(state, "lead", 2);
    add_hand(state, "joint", 13);
    state.hands.back().post = PostId{99};
    Party& collector = state.parties.emplace_back();
    collector.role = "author";
    collector.post = PostId{55};
    EXPECT_EQ(outline_text(state), "3 r12 d p55 a7 h2 h13:99");
    History history;
    history.add(state);
    const State outline = outline_of(**lists_of(history).find(MatterId{4}));
    EXPECT_EQ(outline.kind_version, 3U);
    EXPECT_EQ(outline.registered_by, OrgId{12});
    EXPECT_TRUE(outline.past.is_direct);
    EXPECT_EQ(outline.protection, Protection::wrong_done);
    ASSERT_EQ(outline.hands.size(), 2U);
    EXPECT_EQ(outline.hands.back().post, PostId{99});
    ASSERT_EQ(outline.parties.size(), 2U);
    EXPECT_EQ(outline_text(outline), outline_text(state));
}

TEST(lists, what_may_not_be_seen_is_neither_given_nor_counted) {
    History history;
    for (int id = 1; id <= 6; ++id) {
        history.add(matter(id, "2022-08-0" + std::to_string(id) + " 08:00"));
    }
    const Lists lists = lists_of(history);
    ListFilter filter;
    filter.is_visible = [](const ListRow& row) { return row.id.value % 2 == 0; };
    EXPECT_EQ(lists.count(filter), (ListCount{3, false}));
    const auto first = lists.page(filter, std::nullopt, 2);
    EXPECT_EQ(ids_of(first), (Ids{6, 4}));
    EXPECT_EQ(ids_of(lists.page(filter, first->next, 2)), (Ids{2}));
    EXPECT_EQ(lists.page(filter, first->next, 2)->next, std::nullopt);
    EXPECT_EQ(ids_of(lists.page(filter, std::nullopt, 9, ListOrder::oldest)), (Ids{2, 4, 6}));
}

}  // namespace
}  // namespace zt::views
