// The file of the search: what is erased is in no byte of it, and what cannot be used is made anew.

#include "tests/unit/views/document_builder.hpp"
#include "tests/unit/views/scratch_folder.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>
#include <sstream>

namespace zt::views {
namespace {

using test::document;
using test::instant;

/// Every byte that lies in the folder: the file, its log, the index of the log.
std::string bytes_in(const std::string& folder) {
    std::string out;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ostringstream bytes;
        bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        out += bytes.str();
    }
    return out;
}

constexpr const char* canary_number = "739184650273";
constexpr const char* canary_pair = "龘靐";
/// The bytes of it that FTS5 cannot leave out because the term before begins with the same.
const std::string canary_bytes = std::string(canary_pair).substr(2);

/// Ordinary matters of two months, with a canary in one of each hundred.
std::vector<SearchDocument> some_documents(std::int64_t from, std::int64_t until) {
    std::vector<SearchDocument> out;
    for (std::int64_t id = from; id < until; ++id) {
        const std::string number = std::to_string(id * 7919 % 100'000);
        std::string text = "小区" + number + "号楼路灯不亮，物业" + number + "次不来";
        if (id % 100 == 50) {
            text += std::string("电话") + canary_number + "，" + canary_pair;
        }
        out.push_back(document(
            id, id % 2 == 0 ? "2022-08-01 08:00" : "2022-09-01 08:00", "路灯" + number, text
        ));
    }
    return out;
}

std::int64_t count_of(const Search& search, const std::string& words) {
    const auto count = search.count({.words = words});
    EXPECT_TRUE(count);
    return count->count;
}

TEST(search_file, what_was_erased_is_in_no_byte) {
    const test::ScratchFolder folder;
    auto search = Search::open(folder.path() + "/search.db", ListAccess::write);
    ASSERT_TRUE(search) << to_string(search.error());
    for (std::int64_t from = 0; from < 3000; from += 250) {
        ASSERT_TRUE(search->put(some_documents(from, from + 250), from + 1));
    }
    // Another text for one of them: the first stays in the index until it is rewritten.
    std::vector<SearchDocument> changed = some_documents(150, 151);
    changed[0].texts.push_back({Section::note, "补充"});
    ASSERT_TRUE(search->put(changed, 4000));
    EXPECT_EQ(count_of(*search, canary_number), 30);
    const std::string before = bytes_in(folder.path());
    EXPECT_NE(before.find(canary_number), std::string::npos) << "the test would see it";
    EXPECT_NE(before.find(canary_bytes), std::string::npos);

    std::vector<SearchDocument> erased;
    for (SearchDocument& one : some_documents(0, 3000)) {
        if (one.row.matter.id.value % 100 == 50) {
            one.texts.clear();
            one.row.matter.is_erased = true;
            erased.push_back(std::move(one));
        }
    }
    ASSERT_TRUE(search->put(erased, 5000));
    const std::string after = bytes_in(folder.path());
    EXPECT_EQ(after.find(canary_number), std::string::npos);
    EXPECT_EQ(after.find(canary_bytes), std::string::npos);
    EXPECT_EQ(after.find("3918465"), std::string::npos) << "nor a part of it";
    EXPECT_EQ(count_of(*search, canary_number), 0);
    EXPECT_EQ(*search->size(), 2970);
    EXPECT_EQ(count_of(*search, "路灯"), 2970);
    EXPECT_EQ(count_of(*search, std::to_string(7919 % 100'000)), 1);
    ASSERT_TRUE(search->put(some_documents(3000, 3010), 5001)) << "and it takes more";
    EXPECT_EQ(count_of(*search, "路灯"), 2980);
}

TEST(search_file, while_a_reader_holds_the_log_it_is_wiped_later) {
    const test::ScratchFolder folder;
    const std::string path = folder.path() + "/search.db";
    auto search = Search::open(path, ListAccess::write);
    ASSERT_TRUE(search && search->put(some_documents(0, 60), 1));
    sqlite3* reader = nullptr;
    ASSERT_EQ(sqlite3_open_v2(path.c_str(), &reader, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
    ASSERT_EQ(
        sqlite3_exec(reader, "BEGIN; SELECT * FROM about", nullptr, nullptr, nullptr), SQLITE_OK
    );
    std::vector<SearchDocument> erased = some_documents(50, 51);
    erased[0].row.matter.is_erased = true;
    ASSERT_TRUE(search->put(erased, 2));
    EXPECT_EQ(count_of(*search, canary_number), 0) << "nobody finds it";
    EXPECT_FALSE(*search->wipe());
    EXPECT_NE(bytes_in(folder.path()).find(canary_number), std::string::npos);
    ASSERT_EQ(sqlite3_exec(reader, "COMMIT", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(reader);
    EXPECT_TRUE(*search->wipe());
    EXPECT_EQ(bytes_in(folder.path()).find(canary_number), std::string::npos);
}

TEST(search_file, stale_texts_go_when_they_are_the_most) {
    const test::ScratchFolder folder;
    auto search = Search::open(folder.path() + "/search.db", ListAccess::write);
    ASSERT_TRUE(search);
    for (int round = 0; round < 6; ++round) {
        std::vector<SearchDocument> documents = some_documents(0, 1000);
        for (SearchDocument& one : documents) {
            one.texts.push_back({Section::reply, "答复" + std::to_string(round)});
        }
        ASSERT_TRUE(search->put(documents, round + 1));
    }
    EXPECT_EQ(*search->size(), 1000);
    EXPECT_EQ(count_of(*search, "路灯"), 1000);
    EXPECT_EQ(count_of(*search, "答复5"), 1000);
    EXPECT_EQ(count_of(*search, "答复4"), 0);
}

TEST(search_file, readers_see_what_was_committed_and_follow_a_rewritten_month) {
    const test::ScratchFolder folder;
    const std::string path = folder.path() + "/search.db";
    EXPECT_EQ(Search::open(path, ListAccess::read).error().code, Errc::not_found);
    auto search = Search::open(path, ListAccess::write);
    ASSERT_TRUE(search && search->put(some_documents(0, 60), 1));
    auto reader = Search::open(path, ListAccess::read);
    ASSERT_TRUE(reader) << to_string(reader.error());
    EXPECT_EQ(reader->position(), 1);
    EXPECT_EQ(count_of(*reader, canary_number), 1);
    EXPECT_EQ(count_of(*reader, "路灯"), 60);
    std::vector<SearchDocument> erased = some_documents(50, 51);
    erased[0].row.matter.is_erased = true;
    ASSERT_TRUE(search->put(erased, 2));
    EXPECT_EQ(count_of(*reader, canary_number), 0);
    EXPECT_EQ(count_of(*reader, "路灯"), 59);
    EXPECT_EQ(reader->ranked({.words = "路灯"}, 9)->rows.size(), 9U);
}

TEST(search_file, what_was_put_is_there_after_opening_again) {
    const test::ScratchFolder folder;
    const std::string path = folder.path() + "/search.db";
    {
        auto search = Search::open(path, ListAccess::write);
        ASSERT_TRUE(search && search->put(some_documents(0, 10), 7));
    }
    auto search = Search::open(path, ListAccess::write);
    ASSERT_TRUE(search);
    EXPECT_EQ(search->rebuild_reason(), "");
    EXPECT_EQ(search->position(), 7);
    ASSERT_TRUE(search->put(some_documents(0, 12), 8));
    EXPECT_EQ(count_of(*search, "路灯"), 12);
}

void set_schema(const std::string& path, std::int64_t number) {
    sqlite3* file = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &file), SQLITE_OK);
    const std::string sql =
        "UPDATE about SET value = " + std::to_string(number) + " WHERE name = 'schema'";
    ASSERT_EQ(sqlite3_exec(file, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(file);
}

TEST(search_file, a_file_of_another_schema_or_damaged_is_made_anew) {
    const test::ScratchFolder folder;
    const std::string path = folder.path() + "/search.db";
    ASSERT_TRUE(Search::open(path, ListAccess::write)->put(some_documents(0, 2000), 7));
    set_schema(path, search_schema + 1);
    EXPECT_EQ(Search::open(path, ListAccess::read).error().code, Errc::newer_version);
    {
        auto search = Search::open(path, ListAccess::write);
        ASSERT_TRUE(search);
        EXPECT_NE(search->rebuild_reason(), "");
        EXPECT_EQ(search->position(), 0);
        ASSERT_TRUE(search->put(some_documents(0, 2000), 7));
    }
    {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        for (int page = 1; page < 40; ++page) {
            file.seekp(page * 4096);
            file << "damage";
        }
    }
    auto again = Search::open(path, ListAccess::write);
    ASSERT_TRUE(again) << to_string(again.error());
    EXPECT_NE(again->rebuild_reason(), "");
    EXPECT_EQ(*again->size(), 0);
    std::ofstream(folder.path() + "/other.db") << "this was an index once";
    EXPECT_EQ(
        Search::open(folder.path() + "/other.db", ListAccess::read).error().code, Errc::damaged
    );
    EXPECT_TRUE(Search::open(folder.path() + "/other.db", ListAccess::write));
}

TEST(search_file, a_folder_that_is_not_there_is_an_error) {
    const test::ScratchFolder folder;
    EXPECT_FALSE(Search::open(folder.path() + "/none/search.db", ListAccess::write));
}

}  // namespace
}  // namespace zt::views
