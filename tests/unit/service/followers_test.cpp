// Lists and search behind a real ledger on disk: what is committed is found, what is erased is
// gone, and a view that fails, or a process that is killed, does no harm.

#include "build/story.hpp"
#include "service/followers.hpp"
#include "service/matter_texts.hpp"
#include "store/sqlite.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace zt::service {
namespace {

using build::Story;
using views::ListAccess;
using views::Search;
using views::Section;

/// Far above what a loaded machine needs; nothing waits for it when all is well.
constexpr std::chrono::seconds patience{120};
constexpr std::array all_sections{
    Section::title, Section::text, Section::reply, Section::work, Section::note
};

class StillClock final : public WallClock {
  public:
    explicit StillClock(UtcMs now) : now_(now) {}
    [[nodiscard]] UtcMs now() const override { return now_; }

  private:
    UtcMs now_;
};

class FollowersTest : public ::testing::Test {
  protected:
    FollowersTest() {
        const auto* const test = ::testing::UnitTest::GetInstance()->current_test_info();
        folder_ = ::testing::TempDir() + "zt_followers_" + test->name();
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_ + "/views");
        story_ = std::make_unique<Story>(
            *store::create_sqlite(folder_ + "/ledger.db", HashAlgorithm::sha256)
        );
        parts_.store = &story_->store();
        parts_.key = story_->ledger().key();
        parts_.clock = &clock_;
        parts_.rules = std::make_shared<const Rules>(story_->ledger().rules());
        parts_.lists_file = folder_ + "/views/lists.db";
        parts_.search_file = folder_ + "/views/search.db";
        parts_.tree_file = folder_ + "/views/proof_tree.db";
    }
    ~FollowersTest() override {
        followers_.reset();
        story_.reset();
        std::error_code left;
        std::filesystem::remove_all(folder_, left);
    }
    void follow(FollowerLimits limits = {}) {
        auto started = Followers::start(parts_, limits);
        ASSERT_TRUE(started) << to_string(started.error());
        followers_ = *std::move(started);
        ignore(
            story_->ledger().on_commit([this](const Committed& one) {
                followers_->told(one.event.seq);
            }),
            "a story has no other listener"
        );
    }
    void catch_up() { ASSERT_TRUE(followers_->await(story_->ledger().seq(), patience)); }
    [[nodiscard]] Search search() const {
        return *Search::open(parts_.search_file, ListAccess::read);
    }
    [[nodiscard]] std::int64_t count_of(const std::string& words) const {
        const auto count =
            search().count({.words = words, .sections = {all_sections.begin(), all_sections.end()}}
            );
        EXPECT_TRUE(count);
        return count->count;
    }
    /// A search that another thread of followers made from zero in a folder of its own.
    void expect_same_from_zero() {
        FollowerParts other = parts_;
        std::filesystem::create_directories(folder_ + "/zero");
        other.lists_file = folder_ + "/zero/lists.db";
        other.search_file = folder_ + "/zero/search.db";
        other.tree_file = folder_ + "/zero/proof_tree.db";
        auto started = Followers::start(other, {});
        ASSERT_TRUE(started && (*started)->await(story_->ledger().seq(), patience));
        const auto zero = Search::open(other.search_file, ListAccess::read);
        const auto lists = views::Lists::open(parts_.lists_file, ListAccess::read);
        const auto zero_lists = views::Lists::open(other.lists_file, ListAccess::read);
        ASSERT_TRUE(zero && lists && zero_lists);
        EXPECT_EQ(*search().difference(*zero), std::nullopt);
        EXPECT_EQ(*lists->difference(*zero_lists), std::nullopt);
    }
    [[nodiscard]] std::string bytes_of_views() const {
        std::ostringstream out;
        for (const auto& entry : std::filesystem::directory_iterator(folder_ + "/views")) {
            out << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        }
        return out.str();
    }

    std::string folder_;
    std::unique_ptr<Story> story_;
    StillClock clock_{parse_instant("2022-08-01 10:00").value_or(UtcMs{})};
    FollowerParts parts_;
    std::unique_ptr<Followers> followers_;
};

TEST_F(FollowersTest, what_is_committed_is_found_and_names_never_are) {
    follow();
    const MatterId appeal = story_->appeal_in("handling");
    catch_up();
    EXPECT_EQ(count_of("停电三天"), 1);
    EXPECT_EQ(count_of(story_->state(appeal).number), 1);
    EXPECT_EQ(count_of("王小满"), 0);
    EXPECT_EQ(count_of("1234567"), 0);
    story_->answer_and_close(appeal);
    catch_up();
    EXPECT_EQ(count_of("线路已修复"), 1);
    const auto lists = views::Lists::open(parts_.lists_file, ListAccess::read);
    ASSERT_TRUE(lists);
    EXPECT_EQ((*lists->find(appeal))->stage, story_->state(appeal).stage);
    for (const auto view : {FollowingView::lists, FollowingView::search}) {
        EXPECT_EQ(followers_->lag(view).events, 0);
        EXPECT_EQ(followers_->lag(view).time, Millis{0});
        EXPECT_EQ(followers_->counts(view).failures, 0);
        EXPECT_EQ(followers_->counts(view).skipped, 0);
    }
    const std::string bytes = bytes_of_views();
    EXPECT_EQ(bytes.find("王小满"), std::string::npos);
    EXPECT_EQ(bytes.find("1234567"), std::string::npos);
    expect_same_from_zero();
}

TEST_F(FollowersTest, what_is_erased_is_in_no_byte) {
    follow();
    const MatterId appeal = story_->begins(
        "appeal",
        {{"title", "龘靐路灯不亮"},
         {"text", "暗号739184650273"},
         {"channel", "hotline"},
         {"for", "甲"}}
    );
    story_->appeal_in("accepted");
    catch_up();
    EXPECT_EQ(count_of("739184650273"), 1);
    // The bytes that FTS5 cannot leave out because the term before begins with the same.
    const std::string canary = std::string("龘靐").substr(2);
    EXPECT_NE(bytes_of_views().find(canary), std::string::npos) << "the test would see it";
    ASSERT_TRUE(story_->ledger().erase(appeal, story_->now()));
    catch_up();
    EXPECT_EQ(count_of("739184650273"), 0);
    EXPECT_EQ(count_of("停电"), 1);
    const std::string bytes = bytes_of_views();
    EXPECT_EQ(bytes.find(canary), std::string::npos);
    EXPECT_EQ(bytes.find("739184650273"), std::string::npos);
    expect_same_from_zero();
}

TEST_F(FollowersTest, a_view_that_is_gone_or_damaged_is_made_from_zero_while_the_other_serves) {
    for (int count = 0; count < 20; ++count) {
        story_->appeal_in("accepted");
    }
    follow();
    catch_up();
    EXPECT_EQ(followers_->counts(FollowingView::search).rebuilds, 1);
    followers_.reset();
    std::ofstream(parts_.search_file) << "this was an index once";
    follow({.matters_max = 3});
    catch_up();
    EXPECT_EQ(followers_->counts(FollowingView::search).rebuilds, 1);
    EXPECT_EQ(followers_->counts(FollowingView::lists).rebuilds, 0);
    EXPECT_EQ(count_of("停电三天"), 20);
    const std::int64_t generation = followers_->generation(FollowingView::search);
    followers_->found_damaged(FollowingView::search);
    while (followers_->generation(FollowingView::search) == generation) {
        std::this_thread::yield();
    }
    story_->appeal_in("accepted");
    catch_up();
    EXPECT_EQ(count_of("停电三天"), 21);
    EXPECT_EQ(followers_->counts(FollowingView::search).failures, 1);
    EXPECT_EQ(followers_->counts(FollowingView::search).rebuilds, 2);
    expect_same_from_zero();
}

TEST_F(FollowersTest, a_view_that_cannot_be_written_holds_up_nobody) {
    parts_.search_file = folder_ + "/none/search.db";
    follow({.look_every = std::chrono::milliseconds{1}});
    story_->appeal_in("accepted");
    while (followers_->position(FollowingView::lists) < story_->ledger().seq() ||
           followers_->counts(FollowingView::search).failures < 2) {
        std::this_thread::yield();
    }
    EXPECT_EQ(
        followers_->await(story_->ledger().seq(), std::chrono::milliseconds{1}).error().code,
        Errc::overloaded
    );
    EXPECT_GT(followers_->lag(FollowingView::search).events, 0);
    EXPECT_GT(followers_->lag(FollowingView::search).time, Millis{0});
    std::filesystem::create_directories(folder_ + "/none");
    catch_up();
    EXPECT_EQ(count_of("停电三天"), 1);
}

TEST_F(FollowersTest, a_view_that_has_seen_more_than_the_ledger_is_made_from_zero) {
    {
        auto ahead = Search::open(parts_.search_file, ListAccess::write);
        ASSERT_TRUE(ahead && ahead->put({}, 1'000'000));
    }
    story_->appeal_in("accepted");
    follow({.look_every = std::chrono::milliseconds{1}});
    while (followers_->generation(FollowingView::search) == 0) {
        std::this_thread::yield();
    }
    catch_up();
    EXPECT_EQ(count_of("停电三天"), 1);
}

/// What the child of the test below does: it follows until it has taken in some of it, says so, and
/// waits for its end.
[[noreturn]] void follow_until_killed(FollowerParts parts, const std::string& ledger, int say) {
    auto store = store::open_sqlite(ledger, store::Access::read);
    parts.store = store ? store->get() : nullptr;
    auto followers = Followers::start(parts, {.matters_max = 2});
    while (followers && (*followers)->counts(FollowingView::search).matters < 20) {
        std::this_thread::yield();
    }
    const char byte = 1;
    ignore(::write(say, &byte, 1), "the parent sees the end of the pipe");
    while (true) {
        ::pause();
    }
}

TEST_F(FollowersTest, killed_in_the_middle_it_goes_on) {
    for (int count = 0; count < 60; ++count) {
        story_->appeal_in("accepted");
    }
    const vault::MasterKey key = *story_->ledger().key();
    const Seq head = story_->ledger().seq();
    parts_.key = &key;
    story_.reset();  // no connection may cross a fork
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        follow_until_killed(parts_, folder_ + "/ledger.db", pipe[1]);
    }
    ::close(pipe[1]);
    char byte = 0;
    EXPECT_EQ(::read(pipe[0], &byte, 1), 1);
    ::close(pipe[0]);
    ASSERT_EQ(::kill(child, SIGKILL), 0);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    auto store = store::open_sqlite(folder_ + "/ledger.db", store::Access::read);
    ASSERT_TRUE(store);
    parts_.store = store->get();
    auto started = Followers::start(parts_, {});
    ASSERT_TRUE(started && (*started)->await(head, patience));
    EXPECT_EQ((*started)->counts(FollowingView::search).failures, 0);
    EXPECT_EQ(count_of("停电三天"), 60);
    started->reset();
}

TEST(matter_texts, what_is_not_named_stays_sealed) {
    EXPECT_EQ(section_of(Verb::register_, "title"), Section::title);
    EXPECT_EQ(section_of(Verb::register_, "text"), Section::text);
    EXPECT_EQ(section_of(Verb::reply, "text"), Section::reply);
    EXPECT_EQ(section_of(Verb::reply, "promise"), Section::reply);
    EXPECT_EQ(section_of(Verb::contact, "text"), Section::work);
    EXPECT_EQ(section_of(Verb::reply, "note"), Section::note);
    EXPECT_EQ(section_of(Verb::note, "text"), Section::note);
    EXPECT_EQ(section_of(Verb::rate, "text"), std::nullopt) << "not for the unit that is rated";
    EXPECT_EQ(section_of(Verb::plan, "item.2.title"), Section::work);
    for (const char* const name :
         {"party.1.name",
          "party.1.contact",
          "name",
          "contact",
          "address",
          "contact_name",
          "contact_phone",
          "for",
          "identity"}) {
        EXPECT_EQ(section_of(Verb::register_, name), std::nullopt) << name;
    }
}

}  // namespace
}  // namespace zt::service
