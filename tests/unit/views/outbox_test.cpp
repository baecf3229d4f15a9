// The outbox by itself: states, positions, pages, and a file that is made anew.

#include "views/impl/database.hpp"
#include "views/outbox.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace zt::views {
namespace {

UtcMs at(std::int64_t seconds) { return UtcMs{std::chrono::seconds{seconds}}; }

Message message(Seq seq, std::int64_t n, Way way = Way::sms) {
    Message out;
    out.id = {seq, n};
    out.way = way;
    out.matter = MatterId{7};
    out.party = 1;
    out.text = "notice.accepted";
    out.number = "ZT-2022-000001";
    out.at = at(100);
    out.not_before = at(100);
    return out;
}

std::unique_ptr<Outbox> in_memory() { return *Outbox::open(":memory:"); }

Settled settled(EffectId id, MessageState state, UtcMs not_before = {}) {
    Settled out;
    out.id = id;
    out.state = state;
    out.not_before = not_before;
    out.tried = 1;
    return out;
}

TEST(outbox, gives_out_what_is_due_once_it_is_settled) {
    const auto outbox = in_memory();
    Message later = message(2, 1);
    later.not_before = at(300);
    const std::vector<Message> some{message(1, 1), later};
    ASSERT_TRUE(outbox->take_in(some, 2, at(100)));
    EXPECT_EQ(outbox->position(), 2);
    EXPECT_EQ(*outbox->next_due(), at(100));
    auto due = *outbox->take_due(at(200), 10);
    ASSERT_EQ(due.size(), 1U);
    EXPECT_EQ(due[0].id, (EffectId{1, 1}));
    // Taken and not settled: whoever took it has died.
    EXPECT_EQ(outbox->take_due(at(200), 10)->size(), 1U);
    const std::vector<Settled> waits{settled({1, 1}, MessageState::waiting, at(250))};
    ASSERT_TRUE(outbox->settle(waits, at(200)));
    EXPECT_TRUE(outbox->take_due(at(200), 10)->empty());
    EXPECT_EQ(outbox->take_due(at(250), 10)->at(0).attempts, 1);
    const std::vector<Settled> done{settled({1, 1}, MessageState::done)};
    ASSERT_TRUE(outbox->settle(done, at(250)));
    EXPECT_EQ(*outbox->next_due(), at(300));
}

TEST(outbox, keeps_a_message_that_comes_again_as_it_is) {
    const auto outbox = in_memory();
    const std::vector<Message> some{message(1, 1)};
    ASSERT_TRUE(outbox->take_in(some, 1, at(100)));
    ASSERT_EQ(outbox->take_due(at(100), 10)->size(), 1U);
    const std::vector<Settled> done{settled({1, 1}, MessageState::done)};
    ASSERT_TRUE(outbox->settle(done, at(100)));
    ASSERT_TRUE(outbox->take_in(some, 1, at(100)));
    EXPECT_TRUE(outbox->take_due(at(100), 10)->empty());
    EXPECT_EQ(outbox->find({1, 1})->value().state, MessageState::done);
}

TEST(outbox, pages_by_effect_without_gaps) {
    const auto outbox = in_memory();
    std::vector<Message> some;
    for (Seq seq = 1; seq <= 25; ++seq) {
        Message line = message(seq, 0, Way::in_app);
        line.party = 0;
        line.person = PersonId{3};
        some.push_back(line);
        some.push_back(message(seq, 1));
    }
    ASSERT_TRUE(outbox->take_in(some, 25, at(100)));
    std::vector<EffectId> seen;
    std::optional<EffectId> after;
    do {
        const auto page = *outbox->page(MessageState::due, after, 4);
        for (const Message& one : page.messages) {
            seen.push_back(one.id);
        }
        after = page.next;
    } while (after);
    EXPECT_EQ(seen.size(), 25U);
    EXPECT_TRUE(std::ranges::is_sorted(seen));
    std::vector<Seq> lines;
    do {
        const auto page = *outbox->inbox(PersonId{3}, after, 7);
        for (const InboxLine& line : page.lines) {
            lines.push_back(line.id.seq);
        }
        after = page.next;
    } while (after);
    EXPECT_EQ(lines.size(), 25U);
    EXPECT_TRUE(std::ranges::is_sorted(lines, std::greater<>()));
    EXPECT_EQ(*outbox->count_unread(PersonId{3}), 25);
    EXPECT_EQ(*outbox->count_unread(PersonId{4}), 0);
    ASSERT_TRUE(outbox->mark_all_read(PersonId{3}, at(200)));
    EXPECT_EQ(*outbox->count_unread(PersonId{3}), 0);
}

TEST(outbox, keeps_choices) {
    const auto outbox = in_memory();
    const Chooser who{PersonId{3}, {}, 0};
    EXPECT_EQ(*outbox->choice(who), Choice{});
    Choice choice;
    choice.muted = {NoticeClass::assigned, NoticeClass::urged};
    choice.way = Way::chat;
    choice.is_at_once = true;
    choice.digest_minute = 510;
    ASSERT_TRUE(outbox->choose(who, choice));
    EXPECT_EQ(*outbox->choice(who), choice);
    EXPECT_EQ(*outbox->choice({{}, MatterId{3}, 1}), Choice{});
}

class OutboxFile : public ::testing::Test {
  protected:
    ~OutboxFile() override {
        for (const char* const suffix : {"", "-wal", "-shm"}) {
            std::filesystem::remove(path_ + suffix);
        }
    }
    std::string path_ =
        ::testing::TempDir() + "/zhitong-outbox-" + std::to_string(::getpid()) + ".db";
};

TEST_F(OutboxFile, is_there_after_a_new_start_and_what_was_being_sent_is_due) {
    {
        const auto outbox = *Outbox::open(path_);
        const std::vector<Message> some{message(1, 1)};
        ASSERT_TRUE(outbox->take_in(some, 5, at(100)));
        ASSERT_EQ(outbox->take_due(at(100), 10)->size(), 1U);
    }
    const auto outbox = *Outbox::open(path_);
    EXPECT_EQ(outbox->position(), 5);
    EXPECT_EQ(outbox->rebuild_reason(), "");
    EXPECT_EQ(outbox->find({1, 1})->value().state, MessageState::due);
}

TEST_F(OutboxFile, damaged_or_of_another_schema_is_made_anew) {
    std::ofstream(path_) << "no database at all, but long enough to be looked at as one";
    {
        const auto outbox = Outbox::open(path_);
        ASSERT_TRUE(outbox.has_value()) << to_string(outbox.error());
        EXPECT_NE((*outbox)->rebuild_reason(), "");
        EXPECT_EQ((*outbox)->position(), 0);
        const std::vector<Message> some{message(1, 1)};
        ASSERT_TRUE((*outbox)->take_in(some, 5, at(100)));
    }
    {
        auto database = *impl::Database::open(path_, impl::OpenMode::write);
        ASSERT_TRUE(database->run("UPDATE about SET value = 99 WHERE name = 'schema'"));
    }
    const auto outbox = Outbox::open(path_);
    ASSERT_TRUE(outbox.has_value());
    EXPECT_NE((*outbox)->rebuild_reason(), "");
    EXPECT_EQ((*outbox)->position(), 0);
}

TEST(outbox, reads_effect_ids_and_nothing_else) {
    EXPECT_EQ(parse_effect_id(to_string(EffectId{1234, 8})), (EffectId{1234, 8}));
    for (const char* const text : {"", "1", "1-", "-1", "0-1", "1-2-3", "a-b", "1--2"}) {
        EXPECT_FALSE(parse_effect_id(text)) << text;
    }
}

}  // namespace
}  // namespace zt::views
