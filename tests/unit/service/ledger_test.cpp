// The one writer: keys, refusals, lapses, replays. Told by verbs on the shipped kinds
// (tests/build/story.hpp).

#include "build/story.hpp"
#include "service/replay.hpp"
#include "service/verify.hpp"

#include <gtest/gtest.h>

namespace zt::service {
namespace {

using build::Story;

TEST(ledger, an_appeal_lives_from_hand_in_to_close) {
    Story story;
    const MatterId appeal = story.appeal_in("handling");
    story.at("2022-08-02 10:00").answer_and_close(appeal);
    const State& state = story.state(appeal);
    EXPECT_EQ(state.stage, "closed");
    EXPECT_EQ(state.counts, Counts::closed);
    EXPECT_FALSE(state.is_overdue());
    EXPECT_TRUE(verify_all(story.store(), {&story.figures(), nullptr}, {}));
}

TEST(ledger, the_same_key_and_body_is_answered_again_and_nothing_happens_twice) {
    Story story;
    const MatterId appeal = story.appeal_in("registered");
    Submit submit = story.submit(Verb::accept, appeal);
    submit.key = uuid7_from_text(story.now(), "accept once");
    const auto first = story.ledger().submit(submit, story.now());
    ASSERT_TRUE(first);
    const Seq seq = story.ledger().seq();
    const auto second = story.ledger().submit(submit, story.now());
    ASSERT_TRUE(second);
    EXPECT_TRUE(second->is_repeated);
    EXPECT_EQ(second->rows, first->rows);
    EXPECT_EQ(story.ledger().seq(), seq);
}

TEST(ledger, the_same_key_with_another_body_is_refused) {
    Story story;
    const MatterId appeal = story.appeal_in("registered");
    Submit submit = story.submit(Verb::accept, appeal);
    submit.key = uuid7_from_text(story.now(), "reused");
    ASSERT_TRUE(story.ledger().submit(submit, story.now()));
    Submit other = story.submit(Verb::note, appeal, {{"note", "另一个内容"}});
    other.key = submit.key;
    const auto answer = story.ledger().submit(other, story.now());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, Errc::key_reused);
}

TEST(ledger, one_key_belongs_to_one_credential) {
    Story story;
    const MatterId appeal = story.appeal_in("registered");
    Submit submit = story.submit(Verb::note, appeal, {{"note", "甲"}});
    submit.key = uuid7_from_text(story.now(), "shared");
    ASSERT_TRUE(story.ledger().submit(submit, story.now()));
    Submit other = story.submit(Verb::note, appeal, {{"note", "乙"}});
    other.key = submit.key;
    other.credential = "somebody else";
    EXPECT_TRUE(story.ledger().submit(other, story.now()));
}

TEST(ledger, a_refused_submit_changes_nothing_and_leaves_an_audit_row) {
    Story story;
    const MatterId appeal = story.appeal_in("registered");
    const Seq seq = story.ledger().seq();
    Submit submit = story.submit(Verb::accept, appeal);
    // The second command of the submit cannot be: the first must not stand either.
    submit.commands.push_back(story.submit(Verb::close, appeal).commands.front());
    const auto answer = story.ledger().submit(submit, story.now());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, Errc::wrong_stage);
    EXPECT_EQ(story.ledger().seq(), seq);
    EXPECT_EQ(story.state(appeal).stage, "registered");
    const auto audit = story.store().audit(1, 100);
    ASSERT_TRUE(audit);
    ASSERT_EQ(audit->size(), 1U);
    EXPECT_NE(audit->front().text.find("wrong_stage"), std::string::npos);
}

TEST(ledger, submits_of_one_group_see_each_other) {
    Story story;
    const MatterId appeal = story.appeal_in("registered");
    const auto answers = story.ledger().submit_group(
        {story.submit(Verb::accept, appeal), story.submit(Verb::accept, appeal)}, story.now()
    );
    ASSERT_TRUE(answers);
    EXPECT_TRUE(answers->at(0));
    ASSERT_FALSE(answers->at(1));
    EXPECT_EQ(answers->at(1).error().code, Errc::wrong_stage);
}

TEST(ledger, clocks_lapse_at_their_due_and_once) {
    Story story;
    const MatterId appeal = story.appeal_in("handling");
    const auto due = story.state(appeal).next_due();
    ASSERT_TRUE(due);
    const auto early = story.ledger().tick(*due - Millis{1});
    ASSERT_TRUE(early);
    EXPECT_EQ(*early, 0);
    const auto lapsed = story.ledger().tick(*due);
    ASSERT_TRUE(lapsed);
    EXPECT_GE(*lapsed, 1);
    const auto again = story.ledger().tick(*due);
    ASSERT_TRUE(again);
    EXPECT_EQ(*again, 0);
}

TEST(ledger, numbers_have_no_gaps_even_when_submits_are_refused) {
    Story story;
    const MatterId first = story.appeal_in("registered");
    EXPECT_FALSE(story.tries(Verb::register_, MatterId{}, {{"channel", "no such channel"}}));
    const MatterId second = story.appeal_in("registered");
    const std::string one = story.state(first).number;
    const std::string two = story.state(second).number;
    EXPECT_EQ(std::stoi(two.substr(two.size() - 6)), std::stoi(one.substr(one.size() - 6)) + 1);
}

TEST(ledger, a_name_is_unique_while_its_record_lives) {
    Story story;
    story.as_system();
    EXPECT_TRUE(story.ledger().submit(
        [&] {
            Submit submit =
                story.submit(Verb::register_, MatterId{}, {{"code", "new"}, {"name", "新设局"}});
            submit.commands.front().kind = "org";
            return submit;
        }(),
        story.now()
    ));
    Submit again =
        story.submit(Verb::register_, MatterId{}, {{"code", "new"}, {"name", "又一个局"}});
    again.commands.front().kind = "org";
    const auto answer = story.ledger().submit(again, story.now());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, Errc::duplicate_claim);
}

TEST(ledger, a_name_freed_and_taken_again_in_one_group_belongs_to_the_new_record) {
    Story story;
    story.as_system();
    const auto named = [&](const char* name) {
        Submit submit =
            story.submit(Verb::register_, MatterId{}, {{"code", "moved"}, {"name", name}});
        submit.commands.front().kind = "org";
        return submit;
    };
    const auto first = story.ledger().submit(named("旧局"), story.now());
    ASSERT_TRUE(first);
    const auto answers = story.ledger().submit_group(
        {story.submit(Verb::retire, first->rows.front().matter, {}), named("新局")}, story.now()
    );
    ASSERT_TRUE(answers) << to_string(answers.error());
    EXPECT_TRUE(answers->at(0)) << to_string(answers->at(0).error());
    EXPECT_TRUE(answers->at(1));
}

TEST(ledger, sealed_text_is_nowhere_in_the_events) {
    Story story;
    const MatterId appeal = story.appeal_in("handling");
    const auto row = story.store().matter(appeal);
    ASSERT_TRUE(row && *row);
    const auto events = story.store().events_of(**row);
    ASSERT_TRUE(events);
    for (const auto& event : *events) {
        for (const char* canary : {"王小满", "0000-1234567", "门口停电"}) {
            EXPECT_EQ(
                (event.envelope + event.payload + event.sealed).find(canary), std::string::npos
            ) << canary;
        }
    }
}

TEST(ledger, an_erased_matter_verifies_and_takes_no_more_personal_text) {
    Story story;
    const MatterId appeal = story.appeal_in("handling");
    ASSERT_TRUE(story.ledger().erase(appeal, story.now()));
    EXPECT_TRUE(verify_all(story.store(), {&story.figures(), nullptr}, {}));
    const auto key = story.store().seal_key(appeal);
    ASSERT_TRUE(key && *key);
    EXPECT_TRUE(vault::is_erased(**key));
    EXPECT_FALSE(story.ledger().erase(appeal, story.now()));
}

TEST(ledger, a_replay_from_zero_gives_every_state_and_view_again) {
    Story story;
    for (int i = 0; i < 5; ++i) {
        story.answer_and_close(story.appeal_in("handling"));
        story.appeal_in("accepted");
    }
    views::Figures figures;
    ASSERT_TRUE(catch_up(figures, story.store(), {}));
    EXPECT_EQ(figures.difference(story.figures()), std::nullopt);
    views::OpenSet open_set;
    ASSERT_TRUE(fill(open_set, story.store()));
    EXPECT_EQ(open_set.difference(story.open_set()), std::nullopt);
}

TEST(verify, names_the_first_event_whose_bytes_were_altered) {
    Story story;
    story.appeal_in("handling");
    class Altered final : public store::Reader {
      public:
        explicit Altered(store::Store& store, Seq bad) : store_(store), bad_(bad) {}
        Result<store::Head> head() override { return store_.head(); }
        Result<std::optional<store::MatterRow>> matter(MatterId id) override {
            return store_.matter(id);
        }
        Result<std::optional<store::MatterRow>> matter_by_number(std::string_view n) override {
            return store_.matter_by_number(n);
        }
        Result<std::vector<store::EventRow>> events_of(const store::MatterRow& row) override {
            return store_.events_of(row);
        }
        Result<std::optional<store::EventRow>> event(Seq seq) override { return store_.event(seq); }
        Result<void> scan(Seq from, Seq until, const store::EventVisitor& visit) override {
            return store_.scan(from, until, [&](const store::EventRow& row) {
                store::EventRow copy = row;
                if (copy.seq == bad_) {
                    copy.payload[copy.payload.size() / 2] ^= 1;
                }
                return visit(copy);
            });
        }
        Result<void> scan_matters(const store::MatterVisitor& visit) override {
            return store_.scan_matters(visit);
        }
        Result<std::optional<store::KeyRow>> key(const std::array<std::uint8_t, 16>& k) override {
            return store_.key(k);
        }
        Result<std::optional<MatterId>> claim(const Hash& hash) override {
            return store_.claim(hash);
        }
        Result<std::int64_t> sequence(std::string_view name) override {
            return store_.sequence(name);
        }
        Result<std::optional<std::string>> seal_key(MatterId m) override {
            return store_.seal_key(m);
        }
        Result<std::vector<store::AuditRow>> audit(std::int64_t from, std::int64_t limit) override {
            return store_.audit(from, limit);
        }
        Result<std::optional<std::string>> setting(std::string_view name) override {
            return store_.setting(name);
        }
        Result<std::vector<store::DefinitionRow>> definitions() override {
            return store_.definitions();
        }
        Result<std::optional<std::array<std::uint8_t, 16>>> last_key() override {
            return store_.last_key();
        }
        Result<void> scan_sides(const store::SideVisitors& visit) override {
            return store_.scan_sides(visit);
        }
        Result<void> check_structure() override { return store_.check_structure(); }

      private:
        store::Store& store_;
        Seq bad_;
    };
    for (const Seq bad : {Seq{1}, story.ledger().seq() / 2, story.ledger().seq()}) {
        Altered altered(story.store(), bad);
        const auto proof = verify_chain(altered);
        ASSERT_FALSE(proof);
        EXPECT_EQ(proof.error().code, Errc::chain_broken);
        EXPECT_EQ(proof.error().at, "event " + std::to_string(bad));
    }
}

}  // namespace
}  // namespace zt::service
