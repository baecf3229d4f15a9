// What verify finds in rows beside the events: rows are taken away or put in behind the ledger's
// back.

#include "build/story.hpp"
#include "service/verify.hpp"
#include "store/sqlite.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <unistd.h>

namespace zt::service {
namespace {

using build::Story;

class VerifySides : public ::testing::Test {
  protected:
    VerifySides() {
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        auto made = store::create_sqlite(file_, HashAlgorithm::sha256);
        story_ = std::make_unique<Story>(*std::move(made));
        story_->appeal_in("handling");
        erased_ = story_->appeal_in("registered");
        for (const char* name : {"one", "two"}) {
            Submit submit = story_->submit(Verb::note, erased_, {{"note", name}});
            submit.key = uuid7_from_text(story_->now(), name);
            EXPECT_TRUE(story_->ledger().submit(submit, story_->now()));
        }
        EXPECT_TRUE(story_->ledger().erase(erased_, story_->now()));
    }
    ~VerifySides() override {
        story_.reset();
        std::filesystem::remove_all(folder_);
    }
    void run_sql(const std::string& sql) const {
        sqlite3* handle = nullptr;
        EXPECT_EQ(sqlite3_open(file_.c_str(), &handle), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(handle);
        sqlite3_close(handle);
    }
    /// What verify says; empty when it finds nothing.
    [[nodiscard]] std::string told() const {
        const auto proof = verify_all(story_->store(), {&story_->figures(), nullptr}, {});
        return proof ? "" : to_string(proof.error());
    }
    void expect_found(const std::string& what) const {
        EXPECT_NE(told().find(what), std::string::npos) << told();
        EXPECT_NE(told().find("fold_differs"), std::string::npos) << told();
    }
    /// Rows that no events call for.
    void put(const store::Batch& batch) { ASSERT_TRUE(story_->store().append(batch)); }
    [[nodiscard]] Seq keyed_event() const { return story_->ledger().seq() - 1; }

    std::string folder_ = ::testing::TempDir() + "/zhitong-verify-" + std::to_string(::getpid());
    std::string file_ = folder_ + "/ledger.db";
    std::unique_ptr<Story> story_;
    MatterId erased_;
};

TEST_F(VerifySides, sound_ledger_is_sound) { EXPECT_EQ(told(), ""); }

TEST_F(VerifySides, missing_key_names_its_event) {
    const std::string seq = std::to_string(keyed_event());
    run_sql("DELETE FROM key WHERE first_seq = " + seq);
    expect_found("event " + seq + ": the row of its key is missing");
}

TEST_F(VerifySides, key_without_events_is_found) {
    store::Batch batch;
    batch.keys.push_back({{}, {}, 1, 1});
    put(batch);
    expect_found("event 1: the row of its key is missing or wrong");
}

TEST_F(VerifySides, key_of_another_time_is_found) {
    run_sql("DELETE FROM key WHERE first_seq = " + std::to_string(keyed_event()));
    store::Batch batch;
    batch.keys.push_back({{}, {}, keyed_event(), keyed_event()});
    put(batch);
    expect_found("names other events");
}

TEST_F(VerifySides, key_that_takes_in_more_events_is_found) {
    const auto key = uuid7_from_text(story_->now(), "two");
    run_sql("DELETE FROM key WHERE first_seq = " + std::to_string(keyed_event()));
    store::Batch batch;
    store::KeyRow row{{}, {}, keyed_event(), keyed_event() + 1};
    std::copy_n(key.bytes.begin(), 6, row.key.begin());
    batch.keys.push_back(row);
    put(batch);
    expect_found("names other events");
}

TEST_F(VerifySides, lost_counter_is_found) {
    run_sql("DELETE FROM sequence WHERE name LIKE 'appeal%'");
    expect_found("numbers were given");
}

TEST_F(VerifySides, lost_sealing_key_is_found) {
    run_sql("DELETE FROM seal_key WHERE matter < " + std::to_string(erased_.value));
    expect_found("it is missing");
}

TEST_F(VerifySides, sealing_key_that_stands_after_an_erase_is_found) {
    store::Batch batch;
    batch.seal_keys.push_back({erased_, "a key"});
    put(batch);
    expect_found("though the matter was erased");
}

TEST_F(VerifySides, sealing_key_that_seals_nothing_is_found) {
    store::Batch batch;
    batch.seal_keys.push_back({MatterId{1}, "a key"});
    put(batch);
    expect_found("it seals nothing");
}

TEST_F(VerifySides, claim_of_no_matter_is_found) {
    store::Batch batch;
    batch.claims.push_back({{}, MatterId{4000}});
    put(batch);
    expect_found("claim of matter 4000");
}

TEST_F(VerifySides, lost_matter_row_is_found) {
    run_sql("DELETE FROM matter WHERE id = " + std::to_string(erased_.value));
    expect_found("the row is missing");
}

}  // namespace
}  // namespace zt::service
