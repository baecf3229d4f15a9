// The queue before the ledger: groups, order, exactly once, and what happens when the disk fails.

#include "build/story.hpp"
#include "service/verify.hpp"
#include "service/writer.hpp"
#include "store/faulty.hpp"

#include <gtest/gtest.h>

#include <barrier>
#include <future>
#include <set>

namespace zt::service {
namespace {

using build::Story;

/// Stands still unless moved.
class StoryClock final : public WallClock {
  public:
    explicit StoryClock(UtcMs now) : now_(now.time_since_epoch().count()) {}
    [[nodiscard]] UtcMs now() const override { return UtcMs{Millis{now_.load()}}; }
    void set(UtcMs now) { now_ = now.time_since_epoch().count(); }

  private:
    std::atomic<std::int64_t> now_;
};

Submit hand_in(const Story& story, const std::string& name) {
    Submit submit =
        story.submit(Verb::register_, MatterId{}, {{"title", "路灯不亮"}, {"for", "甲"}});
    submit.commands.front().kind = "appeal";
    submit.commands.front().fields.set("channel", "hotline");
    submit.key = uuid7_from_text(story.now(), name);
    return submit;
}

TEST(writer, each_of_many_threads_gets_its_own_answer_and_everything_is_there_once) {
    Story story;
    const StoryClock clock(story.now());
    constexpr int threads = 8, each = 25;
    std::vector<std::set<std::string>> numbers(threads);
    {
        Writer writer(story.ledger(), clock, {});
        std::vector<std::thread> producers;
        for (int one = 0; one < threads; ++one) {
            producers.emplace_back([&, one] {
                for (int i = 0; i < each; ++i) {
                    const auto answer =
                        writer.submit(hand_in(story, std::to_string(one) + "/" + std::to_string(i))
                        );
                    ASSERT_TRUE(answer) << to_string(answer.error());
                    numbers[static_cast<std::size_t>(one)].insert(answer->rows.front().number);
                }
            });
        }
        for (auto& producer : producers) {
            producer.join();
        }
        EXPECT_EQ(writer.counts().submits, threads * each);
        EXPECT_LE(writer.counts().groups, threads * each);
    }
    std::set<std::string> all;
    for (const auto& some : numbers) {
        EXPECT_EQ(some.size(), std::size_t{each});
        all.insert(some.begin(), some.end());
    }
    EXPECT_EQ(all.size(), std::size_t{threads * each});
    EXPECT_TRUE(verify_all(story.store(), {&story.figures(), nullptr}, {}));
}

TEST(writer, notes_for_the_audit_go_with_the_next_group_and_stand_in_its_chain) {
    Story story;
    const StoryClock clock(story.now());
    const auto before = story.store().head();
    ASSERT_TRUE(before);
    {
        Writer writer(story.ledger(), clock, {});
        writer.note(R"({"what":"signed_in"})");
        ASSERT_TRUE(writer.submit(hand_in(story, "one")));
        writer.note(R"({"what":"signed_out"})");
    }
    const auto audit = story.store().audit(before->audit_seq + 1, 10);
    ASSERT_TRUE(audit);
    ASSERT_EQ(audit->size(), 2U);
    EXPECT_EQ(audit->at(0).text, R"({"what":"signed_in"})");
    EXPECT_EQ(audit->at(1).text, R"({"what":"signed_out"})");
    EXPECT_TRUE(verify_all(story.store(), {&story.figures(), nullptr}, {}));
}

TEST(writer, notes_wait_for_room_on_a_full_disk) {
    store::FaultPlan plan;
    Story story(store::open_faulty(store::open_memory(), plan));
    const StoryClock clock(story.now());
    const auto before = story.store().head();
    ASSERT_TRUE(before);
    {
        Writer writer(story.ledger(), clock, {});
        store::Fault full;
        full.code = Errc::disk_full;
        full.repeat = store::Fault::Repeat::sticky;
        full.calls = store::Fault::Calls::writes;
        plan.arm(full);
        for (int i = 0; i < 3; ++i) {
            writer.note(R"({"what":"signed_in"})");
        }
        EXPECT_EQ(writer.submit(hand_in(story, "one")).error().code, Errc::disk_full);
        plan.disarm();
        ASSERT_TRUE(writer.submit(hand_in(story, "two")));
    }
    const auto audit = story.store().audit(before->audit_seq + 1, 10);
    ASSERT_TRUE(audit);
    EXPECT_EQ(audit->size(), 3U);
    EXPECT_TRUE(verify_all(story.store(), {&story.figures(), nullptr}, {}));
}

TEST(writer, beyond_their_limit_notes_are_lost_and_the_audit_tells_how_many) {
    store::FaultPlan plan;
    Story story(store::open_faulty(store::open_memory(), plan));
    const StoryClock clock(story.now());
    const auto before = story.store().head();
    ASSERT_TRUE(before);
    {
        WriterLimits limits;
        limits.notes_max = 2;
        Writer writer(story.ledger(), clock, limits);
        writer.perform([&] {  // nothing is taken while this runs
            for (int i = 0; i < 5; ++i) {
                writer.note(R"({"what":"signed_in"})");
            }
        });
        ASSERT_TRUE(writer.submit(hand_in(story, "one")));
        writer.note(R"({"what":"signed_out"})");
    }
    const auto audit = story.store().audit(before->audit_seq + 1, 10);
    ASSERT_TRUE(audit);
    ASSERT_EQ(audit->size(), 4U);
    EXPECT_EQ(audit->at(2).text, R"({"count":3,"what":"notes_lost"})");
}

TEST(writer, what_waits_when_it_ends_is_still_committed) {
    Story story;
    const StoryClock clock(story.now());
    const Seq before = story.ledger().seq();
    std::atomic<int> answered = 0;
    {
        Writer writer(story.ledger(), clock, {});
        for (int i = 0; i < 40; ++i) {
            writer.submit(hand_in(story, std::to_string(i)), [&](const Result<Answer>& answer) {
                answered += answer ? 1 : 0;
            });
        }
    }
    EXPECT_EQ(answered, 40);
    EXPECT_EQ(story.ledger().seq(), before + 40);
}

TEST(writer, a_full_queue_refuses_at_once_and_takes_nothing) {
    Story story;
    const StoryClock clock(story.now());
    WriterLimits limits;
    limits.queue_max = 1;
    std::barrier<> reached(2), go_on(2);
    Writer writer(story.ledger(), clock, limits);
    writer.submit(hand_in(story, "first"), [&](const Result<Answer>&) {
        reached.arrive_and_wait();
        go_on.arrive_and_wait();
    });
    reached.arrive_and_wait();  // the writer's thread stands within the first answer
    std::promise<bool> second;
    writer.submit(hand_in(story, "second"), [&](const Result<Answer>& answer) {
        second.set_value(answer.has_value());
    });
    std::optional<Errc> refusal;
    writer.submit(hand_in(story, "third"), [&](const Result<Answer>& answer) {
        refusal = answer ? std::nullopt : std::optional(answer.error().code);
    });
    EXPECT_EQ(refusal, Errc::overloaded);
    go_on.arrive_and_wait();
    EXPECT_TRUE(second.get_future().get());
    EXPECT_TRUE(writer.submit(hand_in(story, "fourth")));
    EXPECT_EQ(writer.counts().refused_full, 1);
}

TEST(writer, a_full_disk_refuses_and_goes_on_when_there_is_room) {
    store::FaultPlan plan;
    Story story(store::open_faulty(store::open_memory(), plan));
    const StoryClock clock(story.now());
    Writer writer(story.ledger(), clock, {});
    store::Fault full;
    full.code = Errc::disk_full;
    full.repeat = store::Fault::Repeat::sticky;
    full.calls = store::Fault::Calls::writes;
    plan.arm(full);
    const auto refused = writer.submit(hand_in(story, "one"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::disk_full);
    EXPECT_FALSE(writer.has_failed());
    plan.disarm();
    EXPECT_TRUE(writer.submit(hand_in(story, "one")));
}

TEST(writer, what_stood_on_a_group_that_found_no_room_is_decided_again) {
    store::FaultPlan plan;
    Story story(store::open_faulty(store::open_memory(), plan));
    const StoryClock clock(story.now());
    store::Fault full;
    full.call = 2;
    full.code = Errc::disk_full;
    full.calls = store::Fault::Calls::writes;
    constexpr int threads = 8, each = 20;
    std::atomic<int> refused = 0;
    std::vector<std::set<std::string>> numbers(threads);
    {
        Writer writer(story.ledger(), clock, {});
        plan.arm(full);
        std::vector<std::thread> producers;
        for (int one = 0; one < threads; ++one) {
            producers.emplace_back([&, one] {
                for (int i = 0; i < each;) {
                    const auto answer =
                        writer.submit(hand_in(story, std::to_string(one) + "/" + std::to_string(i))
                        );
                    if (answer) {
                        numbers[static_cast<std::size_t>(one)].insert(answer->rows.front().number);
                        ++i;
                        continue;
                    }
                    ASSERT_EQ(answer.error().code, Errc::disk_full);
                    if (++refused % 4 == 0) {
                        plan.arm(full);
                    }
                }
            });
        }
        for (auto& producer : producers) {
            producer.join();
        }
    }
    std::set<std::string> all;
    for (const auto& some : numbers) {
        all.insert(some.begin(), some.end());
    }
    EXPECT_GT(refused, 0);
    EXPECT_EQ(all.size(), std::size_t{threads * each});
    EXPECT_TRUE(verify_all(story.store(), {&story.figures(), nullptr}, {}));
}

TEST(writer, a_write_that_fails_stops_everything_after_it) {
    store::FaultPlan plan;
    Story story(store::open_faulty(store::open_memory(), plan));
    const StoryClock clock(story.now());
    Writer writer(story.ledger(), clock, {});
    store::Fault broken;
    broken.calls = store::Fault::Calls::writes;
    plan.arm(broken);
    const auto unknown = writer.submit(hand_in(story, "one"));
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, Errc::io_failed);
    EXPECT_TRUE(writer.has_failed());
    plan.disarm();
    const auto after = writer.submit(hand_in(story, "two"));
    ASSERT_FALSE(after) << "the fault is gone, but nobody knows what the disk holds";
}

TEST(writer, clocks_lapse_between_groups) {
    Story story;
    StoryClock clock(story.now());
    std::vector<MatterId> appeals;
    for (int i = 0; i < 5; ++i) {
        appeals.push_back(story.appeal_in("registered"));
    }
    std::atomic<std::int64_t> lapsed = 0;
    {
        WriterLimits limits;
        limits.lapse_max = 2;
        Writer writer(story.ledger(), clock, limits);
        clock.set(story.now() + std::chrono::hours{3});
        while (writer.counts().lapsed < 5) {
            std::this_thread::yield();
        }
        EXPECT_TRUE(writer.submit(hand_in(story, "meanwhile")));
        lapsed = writer.counts().lapsed;
    }
    EXPECT_EQ(lapsed, 5);
    for (const MatterId appeal : appeals) {
        EXPECT_EQ(story.state(appeal).newest_clock("accept")->state, ClockState::lapsed);
    }
}

}  // namespace
}  // namespace zt::service
