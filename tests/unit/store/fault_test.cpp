// A store that fails: whatever call fails, what can be read afterwards is the state before it or
// the state behind it.

#include "unit/store/worlds.hpp"

namespace zt::store::test {
namespace {

using Step = std::function<Result<void>(Store&, Writer&)>;

Result<void> read_all(Store& store, Writer& /*writer*/) {
    TRY(const Head head, store.head());
    TRY(const std::unique_ptr<Reader> reader, store.reader());
    TRY(const Head again, reader->head());
    return head == again ? Result<void>() : fail(Errc::fold_differs, "two readers, two heads");
}

/// A short life of a ledger.
std::vector<Step> script() {
    return {
        [](Store& store, Writer&) { return store.set_setting("tenant", "loudi"); },
        [](Store& store, Writer&) { return store.add_definition({"kind", "appeal", 1, "text"}); },
        [](Store& store, Writer& writer) { return store.append(writer.hand_ins(6)); },
        read_all,
        [](Store& store, Writer& writer) { return store.append(writer.follow_ups({MatterId{2}})); },
        [](Store& store, Writer& writer) {
            Batch batch = writer.follow_ups({MatterId{3}});
            batch.seal_keys = {{MatterId{3}, ""}};
            return store.append(batch);
        },
        [](Store& store, Writer&) { return store.scrub(); },
        [](Store& store, Writer& writer) {
            return store.replace_matters({writer.row(MatterId{2})});
        },
        [](Store& store, Writer& writer) { return store.append(writer.hand_ins(2)); },
    };
}

/// What can be read before the first step, behind the first, …
std::vector<Content> states_of(const std::vector<Step>& steps) {
    const std::unique_ptr<Store> store = open_memory();
    Writer writer;
    std::vector<Content> states = {content_of(*store)};
    for (const Step& step : steps) {
        must(step(*store, writer));
        states.push_back(content_of(*store));
    }
    return states;
}

/// Fails call n of the script for every n, stops there as the service does, reopens and compares.
int fail_every_call(World::Kind kind, Fault fault) {
    const std::vector<Step> steps = script();
    const std::vector<Content> states = states_of(steps);
    int failures = 0;
    bool has_fired = true;
    for (fault.call = 0; has_fired; ++fault.call) {
        World world(kind);
        world.plan().arm(fault);
        Writer writer;
        std::size_t done = 0;
        Result<void> last;
        while (done < steps.size() && last) {
            last = steps[done](world.store(), writer);
            done += last ? 1U : 0U;
        }
        has_fired = world.plan().has_fired();
        EXPECT_EQ(has_fired, !last);
        if (!last) {
            ++failures;
            EXPECT_EQ(last.error().code, fault.code);
        }
        world.reopen();
        const bool is_done = !last && fault.moment == Fault::Moment::after;
        EXPECT_EQ(content_of(world.store()), states[done + (is_done ? 1 : 0)])
            << "call " << fault.call;
    }
    return failures;
}

class FaultyWorlds : public testing::TestWithParam<World::Kind> {};
INSTANTIATE_TEST_SUITE_P(
    Worlds,
    FaultyWorlds,
    testing::Values(World::Kind::faulty_memory, World::Kind::faulty_sqlite),
    [](const auto& info) { return name_of(info.param); }
);

constexpr int calls_of_script = 8 + 3;  // read_all makes three

TEST_P(FaultyWorlds, call_that_fails_once_leaves_the_state_before_it) {
    EXPECT_EQ(fail_every_call(GetParam(), {}), calls_of_script);
}

TEST_P(FaultyWorlds, call_that_fails_from_then_on_leaves_the_state_before_it) {
    EXPECT_EQ(fail_every_call(GetParam(), {.repeat = Fault::Repeat::sticky}), calls_of_script);
}

TEST_P(FaultyWorlds, call_that_fails_after_its_work_leaves_the_state_behind_it) {
    EXPECT_EQ(fail_every_call(GetParam(), {.moment = Fault::Moment::after}), calls_of_script);
}

TEST_P(FaultyWorlds, only_writes_are_counted_when_asked_for) {
    EXPECT_EQ(fail_every_call(GetParam(), {.calls = Fault::Calls::writes}), calls_of_script - 3);
}

TEST_P(FaultyWorlds, full_disk_that_has_room_again_takes_the_same_call) {
    const std::vector<Step> steps = script();
    const Content last = states_of(steps).back();
    for (std::int64_t call = 0; call < calls_of_script; ++call) {
        World world(GetParam());
        world.plan().arm({.call = call, .code = Errc::disk_full});
        Writer writer;
        int refusals = 0;
        for (const Step& step : steps) {
            const Writer before = writer;
            const Result<void> done = step(world.store(), writer);
            if (!done) {
                EXPECT_EQ(done.error().code, Errc::disk_full);
                ++refusals;
                writer = before;
                must(step(world.store(), writer));
            }
        }
        EXPECT_EQ(refusals, 1);
        world.reopen();
        EXPECT_EQ(content_of(world.store()), last) << "call " << call;
    }
}

TEST(FaultPlan, failing_call_of_a_reader_counts_with_those_of_its_store) {
    World world(World::Kind::faulty_memory);
    const std::unique_ptr<Reader> reader = must(world->reader());
    world.plan().arm({.call = 2, .code = Errc::damaged});
    EXPECT_TRUE(world->head());
    EXPECT_TRUE(reader->head());
    EXPECT_FALSE(world.plan().has_fired());
    EXPECT_EQ(reader->head().error().code, Errc::damaged);
    EXPECT_TRUE(world.plan().has_fired());
    EXPECT_EQ(world.plan().calls(), 3);
    EXPECT_TRUE(reader->head());
    world.plan().disarm();
    EXPECT_TRUE(world->head());
}

}  // namespace
}  // namespace zt::store::test
