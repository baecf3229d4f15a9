// Damage that SQLite does not see: rows that are not as they were written, and acknowledged commits
// that are missing at the end.

#include "store/sqlite.hpp"
#include "store/sqlite/connection.hpp"
#include "store/sqlite/mark.hpp"
#include "store/sqlite/row_sum.hpp"
#include "unit/store/worlds.hpp"

#include <sqlite3.h>

#include <csignal>
#include <fstream>
#include <unistd.h>

namespace zt::store::test {
namespace {

namespace fs = std::filesystem;

const SideVisitors nothing{
    [](const KeyRow&) {},
    [](const ClaimRow&) {},
    [](const SequenceRow&) {},
    [](const SealKeyRow&) {}
};

class Damage : public testing::Test {
  protected:
    Damage() {
        const std::unique_ptr<Store> store = must(create_sqlite(file_, HashAlgorithm::sha256));
        must(store->append(writer_.hand_ins(300)));
        must(store->set_setting("tenant", "small"));
        must(store->add_definition({"kind", "appeal", 1, "kind: appeal"}));
    }
    void run_sql(const std::string& sql) const {
        sqlite3* handle = nullptr;
        EXPECT_EQ(sqlite3_open(file_.c_str(), &handle), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(handle);
        sqlite3_close(handle);
    }
    /// What a reader that proves everything says.
    [[nodiscard]] Result<void> proven() const {
        TRY(const auto store, open_sqlite(file_, Access::read));
        TRY_VOID(store->check_structure());
        return store->scan_sides(nothing);
    }
    /// Writes on, and dies with what it wrote in the log.
    void commit_and_die() {
        const Head before = writer_.head();
        const int answer = in_child([&] {
            const std::unique_ptr<Store> store = must(open_sqlite(file_, Access::write));
            must(store->append(Writer(before).hand_ins(2)));
            ::kill(::getpid(), SIGKILL);
            return 0;
        });
        ASSERT_EQ(answer, -1);
    }

    Folder folder_;
    std::string file_ = folder_.file("ledger.db");
    Writer writer_;
};

TEST_F(Damage, whole_ledger_is_proven) { EXPECT_TRUE(proven()); }

TEST_F(Damage, row_that_is_not_as_it_was_written_is_never_taken_for_truth) {
    for (const std::string sql :
         {"UPDATE key SET first_seq = first_seq - 1 WHERE first_seq = 200",
          "UPDATE key SET body = x'0102030405060701' WHERE first_seq = 200",
          "UPDATE claim SET matter = matter + 1 WHERE matter = 200",
          "UPDATE sequence SET value = value + 1",
          "UPDATE seal_key SET matter = 1 WHERE matter = 200",
          "UPDATE seal_key SET wrapped = zeroblob(76) WHERE matter = 200",
          "UPDATE setting SET value = 'smalk'",
          "UPDATE setting SET name = 'tenanu'",
          "UPDATE definition SET version = 3",
          "UPDATE definition SET text = 'kind: appeam'",
          "UPDATE head SET last_matter = 700"}) {
        const std::string good = folder_.file("good.db");
        fs::copy_file(file_, good, fs::copy_options::overwrite_existing);
        run_sql(sql);
        const Result<void> found = proven();
        ASSERT_FALSE(found) << sql;
        EXPECT_EQ(found.error().code, Errc::damaged) << sql;
        fs::copy_file(good, file_, fs::copy_options::overwrite_existing);
    }
    EXPECT_TRUE(proven());
}

TEST_F(Damage, altered_row_is_refused_where_it_is_looked_up) {
    run_sql("UPDATE key SET last_seq = 7 WHERE first_seq = 200");
    run_sql("UPDATE claim SET matter = 1 WHERE matter = 200");
    run_sql("UPDATE sequence SET value = 1");
    run_sql("UPDATE seal_key SET wrapped = x'78' WHERE matter = 200");
    run_sql("UPDATE setting SET value = 'x'");
    const std::unique_ptr<Store> store = must(open_sqlite(file_, Access::read));
    EXPECT_EQ(store->key(key_with(200)).error().code, Errc::damaged);
    EXPECT_TRUE(store->key(key_with(201)));
    EXPECT_EQ(store->claim(hash_with(200)).error().code, Errc::damaged);
    EXPECT_TRUE(store->claim(hash_with(201)));
    EXPECT_EQ(store->sequence("appeal/2022").error().code, Errc::damaged);
    EXPECT_EQ(store->seal_key(MatterId{200}).error().code, Errc::damaged);
    EXPECT_TRUE(store->seal_key(MatterId{201}));
    EXPECT_EQ(store->setting("tenant").error().code, Errc::damaged);
}

TEST_F(Damage, index_that_differs_from_its_table_is_found) {
    run_sql(
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM "
        "sqlite_schema WHERE name = 'seal_key_matter') WHERE name = 'matter_number'"
    );
    EXPECT_EQ(proven().error().code, Errc::damaged);
}

TEST_F(Damage, lost_log_is_told_and_the_mark_may_be_removed_to_go_on) {
    commit_and_die();
    EXPECT_TRUE(proven());
    for (const char* ending : {"-wal", "-shm"}) {
        fs::remove(file_ + ending);
    }
    for (const Access access : {Access::read, Access::write}) {
        const auto opened = open_sqlite(file_, access);
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().code, Errc::damaged);
        EXPECT_TRUE(opened.error().detail.contains("up to 302")) << opened.error().detail;
    }
    fs::remove(sqlite::mark_file(file_));
    EXPECT_EQ(must(must(open_sqlite(file_, Access::write))->head()).seq, 300);
}

TEST_F(Damage, log_that_holds_only_its_header_holds_nothing) {
    commit_and_die();
    fs::remove(sqlite::mark_file(file_));
    fs::resize_file(file_ + "-wal", sqlite::log_header_bytes);
    EXPECT_EQ(must(must(open_sqlite(file_, Access::read))->head()).seq, 300);
    EXPECT_EQ(must(must(open_sqlite(file_, Access::write))->head()).seq, 300);
}

TEST_F(Damage, bit_in_the_log_that_hides_a_commit_is_told) {
    commit_and_die();
    {
        std::fstream log(file_ + "-wal", std::ios::binary | std::ios::in | std::ios::out);
        log.seekp(5000);
        log.put('x');
    }
    EXPECT_EQ(open_sqlite(file_, Access::read).error().code, Errc::damaged);
    EXPECT_EQ(open_sqlite(file_, Access::write).error().code, Errc::damaged);
}

TEST_F(Damage, older_ledger_put_in_its_place_is_told) {
    const std::string old = folder_.file("old.db");
    fs::copy_file(file_, old);
    must(must(open_sqlite(file_, Access::write))->append(writer_.hand_ins(1)));
    fs::copy_file(old, file_, fs::copy_options::overwrite_existing);
    EXPECT_EQ(open_sqlite(file_, Access::write).error().code, Errc::damaged);
}

TEST_F(Damage, mark_that_lags_or_is_torn_says_nothing) {
    const std::string mark = sqlite::mark_file(file_);
    ASSERT_EQ(must(open_sqlite(file_, Access::read))->head()->seq, 300);
    ASSERT_EQ(sqlite::read_mark(file_)->seq, 300);
    std::ifstream stream(mark, std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(stream), {}};
    must(must(open_sqlite(file_, Access::write))->append(writer_.hand_ins(1)));
    std::ofstream(mark, std::ios::binary) << whole;
    EXPECT_TRUE(proven()) << "a mark of an earlier commit";
    for (std::size_t size : {std::size_t{0}, whole.size() / 2, whole.size() - 1}) {
        std::ofstream(mark, std::ios::binary) << whole.substr(0, size);
        EXPECT_FALSE(sqlite::read_mark(file_)) << size;
        EXPECT_TRUE(proven()) << size;
    }
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ 4);
        std::ofstream(mark, std::ios::binary) << flipped;
        EXPECT_FALSE(sqlite::read_mark(file_)) << at;
    }
}

TEST_F(Damage, event_that_is_not_the_acknowledged_one_is_found) {
    must(must(open_sqlite(file_, Access::write))->append(writer_.hand_ins(1)));
    run_sql("UPDATE event SET hash = zeroblob(32) WHERE seq = 301");
    EXPECT_EQ(open_sqlite(file_, Access::read).error().code, Errc::damaged);
    run_sql("UPDATE event SET hash = zeroblob(32) WHERE seq = 300");
    run_sql("DELETE FROM event WHERE seq = 301");
    EXPECT_EQ(open_sqlite(file_, Access::read).error().code, Errc::damaged);
}

TEST(RowSum, is_crc_32c_and_sees_every_bit) {
    // RFC 3720, B.4, which prints the bytes in the order of the wire: aa 36 91 8a.
    sqlite::RowSum zeros;
    zeros.integer(0).integer(0).integer(0).integer(0);
    EXPECT_EQ(zeros.value(), (sqlite::Sum{0x8A, 0x91, 0x36, 0xAA}));
    const SequenceRow row{"appeal/2022", 41};
    for (int bit = 0; bit < 63; ++bit) {
        const SequenceRow other{row.name, row.value ^ (std::int64_t{1} << bit)};
        EXPECT_NE(sqlite::sum_of(other), sqlite::sum_of(row)) << bit;
    }
    EXPECT_NE(sqlite::sum_of_setting("ab", "c"), sqlite::sum_of_setting("a", "bc"));
}

}  // namespace
}  // namespace zt::store::test
