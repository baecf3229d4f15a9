// What every store does, whatever lies beneath it.

#include "unit/store/worlds.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

namespace zt::store::test {
namespace {

class EveryStore : public testing::TestWithParam<World::Kind> {
  protected:
    World world_{GetParam()};
    Writer writer_;
};

INSTANTIATE_TEST_SUITE_P(
    Worlds,
    EveryStore,
    testing::Values(
        World::Kind::memory,
        World::Kind::sqlite,
        World::Kind::faulty_memory,
        World::Kind::faulty_sqlite
    ),
    [](const auto& info) { return name_of(info.param); }
);

TEST_P(EveryStore, new_ledger_is_empty) {
    EXPECT_EQ(must(world_->head()), Head{});
    const Content content = content_of(world_.store());
    EXPECT_TRUE(content.events.empty());
    EXPECT_TRUE(content.matters.empty());
    EXPECT_FALSE(must(world_->matter(MatterId{1})));
    EXPECT_FALSE(must(world_->matter_by_number("2022-1")));
    EXPECT_FALSE(must(world_->event(1)));
    EXPECT_FALSE(must(world_->event(0)));
    EXPECT_FALSE(must(world_->key(key_with(1))));
    EXPECT_FALSE(must(world_->claim(hash_with(1))));
    EXPECT_FALSE(must(world_->seal_key(MatterId{1})));
    EXPECT_FALSE(must(world_->setting("tenant")));
    EXPECT_EQ(must(world_->sequence("appeal/2022")), 0);
}

TEST_P(EveryStore, batch_is_read_back_as_it_was_given) {
    const Batch batch = writer_.hand_ins(9);
    must(world_->append(batch));
    EXPECT_EQ(must(world_->head()), writer_.head());
    const Content content = content_of(world_.store());
    EXPECT_EQ(content.events, batch.events);
    EXPECT_EQ(content.matters, batch.matters);
    EXPECT_EQ(content.audit, batch.audit);
    for (const MatterRow& row : batch.matters) {
        EXPECT_EQ(must(world_->matter(row.id)), row);
        if (!row.number.empty()) {
            EXPECT_EQ(must(world_->matter_by_number(row.number)), row);
        }
    }
    for (const EventRow& row : batch.events) {
        EXPECT_EQ(must(world_->event(row.seq)), row);
    }
    for (const KeyRow& row : batch.keys) {
        EXPECT_EQ(must(world_->key(row.key)), row);
    }
    for (const SealKeyRow& row : batch.seal_keys) {
        EXPECT_EQ(must(world_->seal_key(row.matter)), row.wrapped);
    }
}

TEST_P(EveryStore, matter_without_number_is_not_found_by_an_empty_one) {
    must(world_->append(writer_.hand_ins(8)));  // two of them have none
    EXPECT_FALSE(must(world_->matter_by_number("")));
}

TEST_P(EveryStore, events_of_a_matter_come_oldest_first) {
    must(world_->append(writer_.hand_ins(3)));
    must(world_->append(writer_.follow_ups({MatterId{2}, MatterId{1}})));
    must(world_->append(writer_.follow_ups({MatterId{2}})));
    const std::vector<EventRow> events = must(world_->events_of(writer_.row(MatterId{2})));
    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(events[0].seq, 2);
    EXPECT_EQ(events[1].seq, 4);
    EXPECT_EQ(events[2].seq, 6);
    EXPECT_EQ(events[2].prev_seq, 4);
    EXPECT_EQ(must(world_->matter(MatterId{2}))->version, 3);
    EXPECT_EQ(must(world_->events_of(MatterRow{})), std::vector<EventRow>{});
}

TEST_P(EveryStore, row_that_points_to_an_event_of_another_matter_is_damage) {
    must(world_->append(writer_.hand_ins(3)));
    MatterRow row = writer_.row(MatterId{1});
    row.last_seq = 2;
    EXPECT_EQ(world_->events_of(row).error().code, Errc::damaged);
    row.last_seq = 9;
    EXPECT_EQ(world_->events_of(row).error().code, Errc::damaged);
}

TEST_P(EveryStore, scan_keeps_to_its_range_and_stops_when_told) {
    for (int round = 0; round < 4; ++round) {
        must(world_->append(writer_.hand_ins(200)));  // more than a chunk
    }
    const auto seqs = [&](Seq from, Seq until, std::size_t count_max) {
        std::vector<Seq> seen;
        must(world_->scan(from, until, [&](const EventRow& row) {
            seen.push_back(row.seq);
            return seen.size() < count_max;
        }));
        return seen;
    };
    constexpr std::size_t all = 10'000;
    EXPECT_EQ(seqs(3, 5, all), (std::vector<Seq>{3, 4, 5}));
    EXPECT_EQ(seqs(799, 5000, all), (std::vector<Seq>{799, 800}));
    EXPECT_EQ(seqs(-4, 2, all), (std::vector<Seq>{1, 2}));
    EXPECT_EQ(seqs(1, 800, all).size(), 800U);
    EXPECT_EQ(seqs(1, 800, 3), (std::vector<Seq>{1, 2, 3}));
    EXPECT_TRUE(seqs(5, 4, all).empty());
    EXPECT_TRUE(seqs(801, 900, all).empty());
    EXPECT_TRUE(std::ranges::is_sorted(seqs(1, 800, all)));
}

TEST_P(EveryStore, scan_of_matters_comes_in_order_of_id_and_stops_when_told) {
    must(world_->append(writer_.hand_ins(600)));
    std::vector<std::int64_t> ids;
    must(world_->scan_matters([&](const MatterRow& row) {
        ids.push_back(row.id.value);
        return true;
    }));
    ASSERT_EQ(ids.size(), 600U);
    EXPECT_TRUE(std::ranges::is_sorted(ids));
    int count = 0;
    must(world_->scan_matters([&](const MatterRow&) { return ++count < 300; }));
    EXPECT_EQ(count, 300);
}

TEST_P(EveryStore, visitor_may_read_and_scan) {
    must(world_->append(writer_.hand_ins(5)));
    std::int64_t inner = 0;
    must(world_->scan(1, 5, [&](const EventRow& row) {
        EXPECT_TRUE(must(world_->matter(row.matter)));
        must(world_->scan(1, row.seq, [&](const EventRow&) { return ++inner > 0; }));
        return true;
    }));
    EXPECT_EQ(inner, 1 + 2 + 3 + 4 + 5);
}

TEST_P(EveryStore, batch_that_contradicts_a_row_leaves_nothing_behind) {
    must(world_->append(writer_.hand_ins(5)));
    const Content before = content_of(world_.store());
    const auto refused = [&](auto spoil) {
        Writer next(writer_.head());
        Batch batch = next.hand_ins(3);
        spoil(batch);
        const Result<void> done = world_->append(batch);
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().code, Errc::bad_value) << to_string(done.error());
        EXPECT_EQ(content_of(world_.store()), before);
    };
    refused([](Batch& batch) { batch.keys[2].key = key_with(1); });
    refused([](Batch& batch) { batch.keys[2].key = batch.keys[0].key; });
    refused([](Batch& batch) { batch.matters[1].number = "2022-1"; });
    refused([](Batch& batch) { batch.matters[1].number = batch.matters[0].number; });
    refused([](Batch& batch) { batch.claims[2].hash = hash_with(1); });
    must(world_->append(writer_.hand_ins(3)));  // and it goes on
    EXPECT_EQ(must(world_->head()), writer_.head());
}

TEST_P(EveryStore, claim_is_taken_freed_and_taken_again) {
    must(world_->append(writer_.hand_ins(3)));
    EXPECT_EQ(must(world_->claim(hash_with(1))), MatterId{1});
    Batch again = writer_.follow_ups({MatterId{1}});
    again.claims = {{hash_with(1), MatterId{1}}};  // the holder may say so again
    must(world_->append(again));
    Batch moved = writer_.follow_ups({MatterId{1}, MatterId{2}});
    moved.claims = {
        {hash_with(1), MatterId{}}, {hash_with(1), MatterId{2}}, {hash_with(99), MatterId{}}
    };
    must(world_->append(moved));
    EXPECT_EQ(must(world_->claim(hash_with(1))), MatterId{2});
    Batch freed = writer_.follow_ups({MatterId{2}});
    freed.claims = {{hash_with(1), MatterId{}}};
    must(world_->append(freed));
    EXPECT_FALSE(must(world_->claim(hash_with(1))));
}

TEST_P(EveryStore, sequence_holds_the_last_value) {
    must(world_->append(writer_.hand_ins(2)));
    Batch batch = writer_.follow_ups({MatterId{1}});
    batch.sequences = {{"appeal/2022", 41}, {"appeal/2023", 1}, {"appeal/2022", 42}};
    must(world_->append(batch));
    EXPECT_EQ(must(world_->sequence("appeal/2022")), 42);
    EXPECT_EQ(must(world_->sequence("appeal/2023")), 1);
    EXPECT_EQ(must(world_->sequence("appeal/2024")), 0);
}

TEST_P(EveryStore, sealing_key_is_replaced_and_destroyed) {
    must(world_->append(writer_.hand_ins(3)));
    const auto put = [&](MatterId matter, const std::string& wrapped) {
        Batch batch = writer_.follow_ups({matter});
        batch.seal_keys = {{matter, wrapped}};
        must(world_->append(batch));
        return must(world_->seal_key(matter));
    };
    const std::string old = *must(world_->seal_key(MatterId{2}));
    EXPECT_EQ(put(MatterId{2}, std::string(old.size(), 'x')), std::string(old.size(), 'x'));
    EXPECT_EQ(put(MatterId{2}, "short"), "short");
    EXPECT_EQ(put(MatterId{2}, std::string(200, 'y')), std::string(200, 'y'));
    EXPECT_EQ(put(MatterId{2}, ""), std::nullopt);
    EXPECT_EQ(put(MatterId{2}, ""), std::nullopt);
    EXPECT_EQ(put(MatterId{2}, "new"), "new");
    EXPECT_TRUE(must(world_->seal_key(MatterId{1})));
    EXPECT_TRUE(must(world_->seal_key(MatterId{3})));
}

TEST_P(EveryStore, audit_rows_come_from_a_number_on_up_to_a_limit) {
    for (int round = 0; round < 5; ++round) {
        must(world_->append(writer_.hand_ins(1)));
    }
    EXPECT_EQ(must(world_->audit(2, 2)).size(), 2U);
    EXPECT_EQ(must(world_->audit(2, 2)).front().seq, 2);
    EXPECT_EQ(must(world_->audit(-3, 100)).size(), 5U);
    EXPECT_TRUE(must(world_->audit(6, 5)).empty());
    EXPECT_TRUE(must(world_->audit(1, 0)).empty());
    EXPECT_TRUE(must(world_->audit(1, -1)).empty());
}

TEST_P(EveryStore, audit_row_may_come_without_events) {
    Batch batch;
    batch.audit = {{1, "{}", hash_with(5)}};
    must(world_->append(batch));
    const Head head = must(world_->head());
    EXPECT_EQ(head.seq, 0);
    EXPECT_EQ(head.audit_seq, 1);
    EXPECT_EQ(head.audit_hash, hash_with(5));
}

TEST_P(EveryStore, empty_batch_changes_nothing) {
    must(world_->append(writer_.hand_ins(2)));
    const Content before = content_of(world_.store());
    must(world_->append(Batch{}));
    EXPECT_EQ(content_of(world_.store()), before);
}

TEST_P(EveryStore, highest_id_may_be_above_all_rows_and_never_goes_back) {
    Batch batch = writer_.hand_ins(2);
    batch.last_matter = MatterId{7};
    must(world_->append(batch));
    EXPECT_EQ(must(world_->head()).last_matter, MatterId{7});
    must(world_->append(writer_.follow_ups({MatterId{1}})));  // says 2
    world_.reopen();
    EXPECT_EQ(must(world_->head()).last_matter, MatterId{7});
    must(world_->replace_matters({}));
    EXPECT_EQ(must(world_->head()).last_matter, MatterId{7});
}

TEST_P(EveryStore, settings_and_definitions_are_kept) {
    must(world_->set_setting("tenant", "loudi"));
    must(world_->set_setting("tenant", "娄底"));
    EXPECT_EQ(must(world_->setting("tenant")), "娄底");
    const DefinitionRow kind{"kind", "appeal", 1, "kind: appeal\n"};
    const DefinitionRow calendar{"calendar", "cn", 3, ""};
    must(world_->add_definition(kind));
    must(world_->add_definition(calendar));
    must(world_->add_definition(kind));
    DefinitionRow other = kind;
    other.text += " ";
    EXPECT_EQ(world_->add_definition(other).error().code, Errc::bad_value);
    other.version = 2;
    must(world_->add_definition(other));
    EXPECT_EQ(must(world_->definitions()), (std::vector{calendar, kind, other}));
}

TEST_P(EveryStore, matter_rows_are_replaced_all_at_once) {
    must(world_->append(writer_.hand_ins(5)));
    const Head head = must(world_->head());
    MatterRow changed = writer_.row(MatterId{1});
    changed.number = "2022-2";  // of a matter that is not there any more
    must(world_->replace_matters({changed, writer_.row(MatterId{3})}));
    EXPECT_EQ(must(world_->matter_by_number("2022-2")), changed);
    EXPECT_FALSE(must(world_->matter(MatterId{2})));
    EXPECT_FALSE(must(world_->matter_by_number("2022-1")));
    EXPECT_EQ(must(world_->head()), head);
    MatterRow twin = writer_.row(MatterId{3});
    twin.id = MatterId{4};
    EXPECT_EQ(
        world_->replace_matters({writer_.row(MatterId{3}), twin}).error().code, Errc::bad_value
    );
    EXPECT_EQ(must(world_->matter_by_number("2022-2")), changed);
}

TEST_P(EveryStore, number_and_kind_of_a_matter_may_change) {
    must(world_->append(writer_.hand_ins(2)));
    Batch batch = writer_.follow_ups({MatterId{1}});
    batch.matters[0].number = "N 1";
    batch.matters[0].kind = "suggestion";
    must(world_->append(batch));
    EXPECT_EQ(must(world_->matter_by_number("N 1")), batch.matters[0]);
    EXPECT_FALSE(must(world_->matter_by_number("2022-1")));
}

TEST_P(EveryStore, reader_sees_what_is_committed_and_nothing_else) {
    const std::unique_ptr<Reader> reader = must(world_->reader());
    EXPECT_EQ(must(reader->head()), Head{});
    must(world_->append(writer_.hand_ins(4)));
    EXPECT_EQ(must(reader->head()), writer_.head());
    EXPECT_EQ(content_of(*reader), content_of(world_.store()));
    Batch bad = Writer(writer_.head()).hand_ins(1);
    bad.keys[0].key = key_with(1);
    ASSERT_FALSE(world_->append(bad));
    EXPECT_EQ(must(reader->head()), writer_.head());
}

TEST_P(EveryStore, readers_of_other_threads_never_see_half_a_batch) {
    constexpr int batch_rows = 7;
    constexpr int rounds = 60;
    std::atomic<bool> is_over = false;
    std::atomic<int> torn = 0;
    const auto watch = [&](Reader& reader) {
        while (!is_over) {
            const Head head = must(reader.head());
            torn += head.seq % batch_rows != 0 || head.last_matter.value != head.seq ||
                    head.audit_seq * batch_rows != head.seq;
            torn += head.seq > 0 &&
                    (!must(reader.event(head.seq)) || !must(reader.key(key_with(head.seq))));
        }
    };
    const std::unique_ptr<Reader> one = must(world_->reader());
    const std::unique_ptr<Reader> two = must(world_->reader());
    std::jthread first([&] { watch(*one); });
    std::jthread second([&] { watch(*two); });
    for (int round = 0; round < rounds; ++round) {
        must(world_->append(writer_.hand_ins(batch_rows)));
    }
    is_over = true;
    first.join();
    second.join();
    EXPECT_EQ(torn, 0);
    EXPECT_EQ(must(one->head()), writer_.head());
}

TEST_P(EveryStore, reopened_store_holds_the_same) {
    must(world_->append(writer_.hand_ins(30)));
    must(world_->append(writer_.follow_ups({MatterId{4}, MatterId{20}})));
    must(world_->set_setting("tenant", "loudi"));
    const Content before = content_of(world_.store());
    world_.reopen();
    EXPECT_EQ(content_of(world_.store()), before);
    must(world_->append(writer_.hand_ins(2)));
    EXPECT_EQ(must(world_->head()), writer_.head());
}

TEST_P(EveryStore, copy_holds_the_same_and_can_be_opened) {
    must(world_->append(writer_.hand_ins(30)));
    must(world_->set_setting("tenant", "loudi"));
    must(world_->add_definition({"kind", "appeal", 1, "text"}));
    const std::string path = world_.folder().file("copy.db");
    must(world_->copy_to(path));
    const std::unique_ptr<Store> copy = must(open_sqlite(path, Access::read));
    EXPECT_EQ(content_of(*copy), content_of(world_.store()));
    EXPECT_EQ(world_->copy_to(path).error().code, Errc::bad_file);
}

TEST_P(EveryStore, copy_made_while_writing_is_one_of_the_committed_states) {
    const std::string path = world_.folder().file("copy.db");
    must(world_->append(writer_.hand_ins(300)));
    std::vector<Head> heads = {writer_.head()};
    std::atomic<bool> is_copied = false;
    std::jthread copying([&] {
        must(world_->copy_to(path));
        is_copied = true;
    });
    while (!is_copied) {
        must(world_->append(writer_.hand_ins(5)));
        heads.push_back(writer_.head());
    }
    copying.join();
    const std::unique_ptr<Store> copy = must(open_sqlite(path, Access::read));
    const Content content = content_of(*copy);
    EXPECT_NE(std::ranges::find(heads, content.head), heads.end());
    Content now = content_of(world_.store());
    now.events.resize(content.events.size());
    now.matters.resize(content.matters.size());
    EXPECT_EQ(content.events, now.events);
    EXPECT_EQ(content.matters, now.matters);
}

TEST_P(EveryStore, scrubbed_store_holds_the_same) {
    must(world_->append(writer_.hand_ins(30)));
    const Content before = content_of(world_.store());
    must(world_->scrub());
    EXPECT_EQ(content_of(world_.store()), before);
}

using EveryStoreDeathTest = EveryStore;
INSTANTIATE_TEST_SUITE_P(
    Worlds,
    EveryStoreDeathTest,
    testing::Values(World::Kind::memory, World::Kind::sqlite),
    [](const auto& info) { return name_of(info.param); }
);

TEST_P(EveryStoreDeathTest, batch_that_does_not_follow_the_head_is_our_bug) {
    must(world_->append(writer_.hand_ins(3)));
    const auto dies = [&](auto spoil) {
        Writer next(writer_.head());
        Batch batch = next.hand_ins(2);
        spoil(batch);
        EXPECT_DEATH(ignore(world_->append(batch), "it does not return"), "check failed");
    };
    dies([](Batch& batch) { batch.events.erase(batch.events.begin()); });
    dies([](Batch& batch) { std::swap(batch.events[0], batch.events[1]); });
    dies([](Batch& batch) { batch.events[0].seq = 3; });
    dies([](Batch& batch) { batch.events[0].prev_seq = batch.events[0].seq; });
    dies([](Batch& batch) { batch.audit[0].seq = 3; });
    dies([](Batch& batch) { batch.matters[1].id = batch.matters[0].id; });
    dies([](Batch& batch) { batch.matters[0].last_seq = 9; });
    dies([](Batch& batch) { batch.seal_keys[0].matter = MatterId{9}; });
}

}  // namespace
}  // namespace zt::store::test
