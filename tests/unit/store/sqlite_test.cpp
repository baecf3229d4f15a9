// What only a store on disk can show: reading beside a writer, damage, destroyed keys, a full disk,
// a failed write.

#include "base/seeded_random.hpp"
#include "store/sqlite.hpp"
#include "unit/store/worlds.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

namespace zt::store::test {
namespace {

namespace fs = std::filesystem;

/// A ledger that was closed, and what is in it.
class ClosedLedger : public testing::Test {
  protected:
    ClosedLedger() {
        const std::unique_ptr<Store> store = must(create_sqlite(file_, HashAlgorithm::sm3));
        must(store->append(writer_.hand_ins(300)));
        must(store->append(writer_.follow_ups({MatterId{7}, MatterId{70}})));
        must(store->set_setting("tenant", "loudi"));
        content_ = content_of(*store);
    }
    [[nodiscard]] Result<std::unique_ptr<Store>> open_to_read() const {
        return open_sqlite(file_, Access::read);
    }
    void set_bytes(std::size_t offset, const std::string& bytes) const {
        std::fstream file(file_, std::ios::binary | std::ios::in | std::ios::out);
        file.seekp(static_cast<std::streamoff>(offset));
        file << bytes;
    }
    [[nodiscard]] std::string bytes() const {
        std::ifstream file(file_, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    }
    void run_sql(const char* sql) const {
        sqlite3* handle = nullptr;
        EXPECT_EQ(sqlite3_open(file_.c_str(), &handle), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(handle);
        sqlite3_close(handle);
    }

    Folder folder_;
    std::string file_ = folder_.file("ledger.db");
    Writer writer_;
    Content content_;
};

/// Reads everything; true when all could be read.
bool reads_whole(Store& store, const Head& head) {
    bool is_whole = store.scan(1, head.seq, [](const EventRow&) { return true; }).has_value();
    is_whole &= store.scan_matters([](const MatterRow&) { return true; }).has_value();
    return is_whole && store.audit(1, head.audit_seq).has_value() &&
           store.definitions().has_value();
}

TEST_F(ClosedLedger, algorithm_is_kept) {
    EXPECT_EQ(must(must(open_to_read())->head()).algorithm, HashAlgorithm::sm3);
}

TEST_F(ClosedLedger, second_create_is_refused_and_changes_nothing) {
    const std::string before = picture_of(folder_.path());
    EXPECT_EQ(create_sqlite(file_, HashAlgorithm::sha256).error().code, Errc::already_initialised);
    EXPECT_EQ(picture_of(folder_.path()), before);
}

TEST_F(ClosedLedger, failed_create_leaves_no_file) {
    const std::string before = picture_of(folder_.path());
    EXPECT_FALSE(create_sqlite(folder_.file("nowhere/ledger.db"), HashAlgorithm::sha256));
    EXPECT_EQ(picture_of(folder_.path()), before);
}

TEST_F(ClosedLedger, odd_names_are_taken_as_they_are) {
    const std::string odd = folder_.file("a?mode=memory#b%41 c.db");
    ignore(must(create_sqlite(odd, HashAlgorithm::sha256)), "only the file is wanted");
    EXPECT_TRUE(fs::exists(odd));
    EXPECT_TRUE(open_sqlite(odd, Access::read));
}

// Else a reader would have to make them, or to trust that no writer comes while it reads the file
// alone.
TEST_F(ClosedLedger, log_and_index_stay_when_the_writer_closes) {
    EXPECT_EQ(fs::file_size(file_ + "-wal"), 0U);
    EXPECT_TRUE(fs::exists(file_ + "-shm"));
}

TEST_F(ClosedLedger, reading_creates_and_changes_nothing) {
    const std::string before = picture_of(folder_.path());
    {
        const std::unique_ptr<Store> store = must(open_to_read());
        EXPECT_EQ(content_of(*store), content_);
        EXPECT_EQ(content_of(*must(store->reader())), content_);
        EXPECT_EQ(store->append(writer_.hand_ins(1)).error().code, Errc::read_only);
        EXPECT_EQ(store->set_setting("tenant", "x").error().code, Errc::read_only);
        EXPECT_EQ(store->add_definition({}).error().code, Errc::read_only);
        EXPECT_EQ(store->replace_matters({}).error().code, Errc::read_only);
        EXPECT_EQ(store->scrub().error().code, Errc::read_only);
    }
    EXPECT_EQ(picture_of(folder_.path()), before);
}

TEST_F(ClosedLedger, file_alone_is_read_without_making_a_log) {
    fs::remove(file_ + "-wal");
    fs::remove(file_ + "-shm");
    const std::string before = picture_of(folder_.path());
    EXPECT_EQ(content_of(*must(open_to_read())), content_);
    EXPECT_EQ(picture_of(folder_.path()), before);
}

TEST_F(ClosedLedger, reader_of_a_file_alone_notices_that_somebody_began_to_write) {
    fs::remove(file_ + "-wal");
    fs::remove(file_ + "-shm");
    const std::unique_ptr<Store> reader = must(open_to_read());
    EXPECT_TRUE(reader->head());
    const int answer = in_child([&] {
        const std::unique_ptr<Store> store = must(open_sqlite(file_, Access::write));
        must(store->append(writer_.hand_ins(2)));
        return 0;
    });
    EXPECT_EQ(answer, 0);
    EXPECT_EQ(reader->head().error().code, Errc::io_failed);
    EXPECT_EQ(reader->event(1).error().code, Errc::io_failed);
}

TEST_F(ClosedLedger, log_without_its_index_is_refused_by_readers_and_recovered_by_a_writer) {
    const int answer = in_child([&] {
        const std::unique_ptr<Store> store = must(open_sqlite(file_, Access::write));
        must(store->append(writer_.hand_ins(2)));
        ::kill(::getpid(), SIGKILL);
        return 0;
    });
    EXPECT_EQ(answer, -1);
    fs::remove(file_ + "-shm");
    EXPECT_EQ(open_to_read().error().code, Errc::io_failed);
    EXPECT_EQ(must(must(open_sqlite(file_, Access::write))->head()).seq, 304);
    EXPECT_EQ(must(must(open_to_read())->head()).seq, 304);
}

TEST_F(ClosedLedger, log_of_a_killed_writer_is_read_without_changing_it) {
    ignore(
        in_child([&] {
            const std::unique_ptr<Store> store = must(open_sqlite(file_, Access::write));
            must(store->append(writer_.hand_ins(2)));
            ::kill(::getpid(), SIGKILL);
            return 0;
        }),
        "it was killed"
    );
    const std::string before = picture_of(folder_.path());
    EXPECT_EQ(must(must(open_to_read())->head()).seq, 304);
    EXPECT_EQ(picture_of(folder_.path()), before);
}

TEST_F(ClosedLedger, other_process_reads_what_the_writer_commits) {
    const std::unique_ptr<Store> store = must(open_sqlite(file_, Access::write));
    for (int round = 0; round < 3; ++round) {
        must(store->append(writer_.hand_ins(3)));
        const Head head = writer_.head();
        EXPECT_EQ(
            in_child([&] {
                const std::unique_ptr<Store> reader = must(open_to_read());
                EXPECT_EQ(must(reader->head()).seq, head.seq);
                EXPECT_TRUE(must(reader->event(head.seq)));
                return 0;
            }),
            0
        );
        must(store->scrub());
    }
}

TEST_F(ClosedLedger, read_only_directory_is_read_with_and_without_a_log) {
    constexpr fs::perms all_read = fs::perms::owner_read | fs::perms::owner_exec |
                                   fs::perms::group_read | fs::perms::group_exec |
                                   fs::perms::others_read | fs::perms::others_exec;
    for (const bool has_log : {true, false}) {
        if (!has_log) {
            fs::remove(file_ + "-wal");
            fs::remove(file_ + "-shm");
        }
        for (const auto& entry : fs::directory_iterator(folder_.path())) {
            fs::permissions(entry.path(), all_read);
        }
        fs::permissions(folder_.path(), all_read);
        EXPECT_EQ(
            as_stranger([&] {
                EXPECT_EQ(content_of(*must(open_to_read())), content_);
                const Result<std::unique_ptr<Store>> writing = open_sqlite(file_, Access::write);
                EXPECT_FALSE(writing);
                EXPECT_EQ(writing.error().code, Errc::read_only);
                return 0;
            }),
            0
        );
        fs::permissions(folder_.path(), fs::perms::owner_all);
    }
}

TEST_F(ClosedLedger, missing_file_is_damage) {
    fs::remove(file_);
    for (const Access access : {Access::read, Access::write}) {
        EXPECT_EQ(open_sqlite(file_, access).error().code, Errc::damaged);
    }
    EXPECT_FALSE(fs::exists(file_));
}

TEST_F(ClosedLedger, flipped_header_is_damage_with_a_cure) {
    set_bytes(0, "X");
    for (const Access access : {Access::read, Access::write}) {
        const Result<std::unique_ptr<Store>> opened = open_sqlite(file_, access);
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().code, Errc::damaged);
        EXPECT_TRUE(opened.error().detail.contains("restore it from a backup"))
            << opened.error().detail;
        EXPECT_EQ(opened.error().at, file_);
    }
}

TEST_F(ClosedLedger, file_cut_short_is_damage) {
    const std::string good = bytes();
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{100}, std::size_t{8192}, good.size() - 8192}) {
        std::ofstream(file_, std::ios::binary | std::ios::trunc) << good.substr(0, size);
        const Result<std::unique_ptr<Store>> opened = open_to_read();
        const bool is_whole = opened && reads_whole(**opened, content_.head);
        EXPECT_FALSE(is_whole) << size;
        EXPECT_TRUE(opened || opened.error().code == Errc::damaged) << size;
    }
}

TEST_F(ClosedLedger, other_database_is_not_taken_for_a_ledger) {
    run_sql("PRAGMA application_id = 7");
    EXPECT_EQ(open_to_read().error().code, Errc::damaged);
}

TEST_F(ClosedLedger, ledger_of_a_newer_program_is_refused) {
    run_sql("PRAGMA user_version = 2");
    EXPECT_EQ(open_to_read().error().code, Errc::newer_version);
    EXPECT_EQ(open_sqlite(file_, Access::write).error().code, Errc::newer_version);
}

TEST_F(ClosedLedger, missing_table_is_damage) {
    run_sql("DROP TABLE claim");
    const Error error = open_to_read().error();
    EXPECT_EQ(error.code, Errc::damaged);
    EXPECT_TRUE(error.detail.contains("CREATE TABLE claim")) << error.detail;
}

TEST_F(ClosedLedger, hash_of_wrong_length_is_damage) {
    run_sql("UPDATE event SET hash = x'00' WHERE seq = 5");
    const std::unique_ptr<Store> store = must(open_to_read());
    EXPECT_EQ(store->event(5).error().code, Errc::damaged);
    EXPECT_TRUE(store->event(6));
}

// Which rows a flipped bit changed is the chain's business; here: no crash, no endless loop, no
// other code.
TEST_F(ClosedLedger, any_flipped_bit_is_read_as_a_value_or_as_damage) {
    const std::string good = bytes();
    SeededRandom random(2024);
    int damaged = 0;
    constexpr int flips = 400;
    for (int flip = 0; flip < flips; ++flip) {
        // Every second one where the structure is dense: the first page.
        const std::size_t offset = random.below(flip % 2 == 0 ? 8192 : good.size());
        std::string byte(
            1, static_cast<char>(good[offset] ^ static_cast<char>(1U << random.below(8)))
        );
        set_bytes(offset, byte);
        const Result<std::unique_ptr<Store>> opened = open_to_read();
        if (!opened) {
            ++damaged;
            EXPECT_TRUE(
                opened.error().code == Errc::damaged ||
                opened.error().code == Errc::newer_version ||
                opened.error().code == Errc::overloaded
            ) << offset
              << " " << to_string(opened.error());
        } else if (!reads_whole(**opened, content_.head)) {
            ++damaged;
        }
        set_bytes(offset, good.substr(offset, 1));
    }
    EXPECT_GT(damaged, flips / 20);
    EXPECT_EQ(content_of(*must(open_to_read())), content_);
}

TEST(SealKeys, destroyed_key_is_gone_from_every_byte_of_every_file) {
    World world(World::Kind::sqlite);
    Writer writer;
    SeededRandom random(7);
    // Printable, so that no byte of it is an accident.
    const auto key_of = [](std::int64_t matter, std::size_t size) {
        std::string key = "canary-" + std::to_string(matter) + "-";
        while (key.size() < size) {
            key += static_cast<char>('a' + static_cast<char>(key.size() % 26));
        }
        return key;
    };
    constexpr std::int64_t matters = 900;
    std::map<std::int64_t, std::string> keys;
    for (int round = 0; round < 9;
         ++round) {  // many pages, late keys, replaced keys of other lengths
        Batch batch = writer.hand_ins(100);
        batch.seal_keys.clear();
        for (int index = 0; index < 150; ++index) {
            const auto matter = static_cast<std::int64_t>(
                1 + random.below(static_cast<std::size_t>(writer.head().last_matter.value))
            );
            keys[matter] = key_of(matter, 30 + random.below(90));
            batch.seal_keys.push_back({MatterId{matter}, keys[matter]});
        }
        must(world->append(batch));
    }
    std::vector<std::int64_t> destroyed;
    Batch batch = writer.follow_ups({MatterId{1}});
    for (std::int64_t matter = 1; matter <= matters; matter += 2) {
        batch.seal_keys.push_back({MatterId{matter}, ""});
        destroyed.push_back(matter);
    }
    must(world->append(batch));
    EXPECT_TRUE(
        any_file_contains(world.folder().path(), "canary-1-") || !keys.contains(1)
    );  // in the log still
    must(world->scrub());
    const auto check = [&] {
        EXPECT_EQ(
            in_child([&] {
                std::string all;
                for (const auto& entry : fs::directory_iterator(world.folder().path())) {
                    std::ifstream file(entry.path(), std::ios::binary);
                    all += std::string(
                        std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()
                    );
                }
                for (const auto& [matter, key] : keys) {
                    const bool is_destroyed = matter % 2 == 1;
                    const bool is_there =
                        all.contains(is_destroyed ? "canary-" + std::to_string(matter) + "-" : key);
                    EXPECT_NE(is_there, is_destroyed) << matter;
                }
                return 0;
            }),
            0
        );
    };
    check();
    for (const std::int64_t matter : destroyed) {
        EXPECT_FALSE(must(world->seal_key(MatterId{matter})));
    }
    must(world->append(writer.hand_ins(50)));
    must(world->scrub());
    check();
}

TEST(SqliteLog, log_does_not_grow_without_end) {
    World world(World::Kind::sqlite);
    Writer writer;
    constexpr std::uintmax_t log_bytes_max = 2U * 1000U * 8192U;
    std::uintmax_t most = 0;
    for (int round = 0; round < 60; ++round) {
        must(world->append(writer.hand_ins(300)));
        most = std::max(most, fs::file_size(world.ledger() + "-wal"));
    }
    EXPECT_GT(fs::file_size(world.ledger()), log_bytes_max);
    EXPECT_LT(most, log_bytes_max);
    EXPECT_EQ(must(world->head()), writer.head());
}

TEST(SqliteLog, who_tends_it_leaves_nothing_for_the_next_append) {
    World world(World::Kind::sqlite);
    Writer writer;
    const auto in_file = [&] { return fs::file_size(world.ledger()); };
    const auto at_first = in_file();
    while (fs::file_size(world.ledger() + "-wal") < 1000U * 8192U) {
        must(world->append(writer.hand_ins(100)));
    }
    EXPECT_EQ(in_file(), at_first) << "an append moves nothing behind itself";
    must(world->tend());
    const auto tended = in_file();
    EXPECT_GT(tended, at_first);
    must(world->append(writer.hand_ins(1)));
    EXPECT_EQ(in_file(), tended);
    EXPECT_EQ(must(world->head()), writer.head());
}

TEST(SqliteFaults, write_that_fails_is_reported_and_no_other_is_tried) {
    const Folder folder;
    const std::string file = folder.file("ledger.db");
    Writer writer;
    must(must(create_sqlite(file, HashAlgorithm::sha256))->append(writer.hand_ins(10)));
    const Head before = writer.head();
    const int answer = in_child([&] {
        const std::unique_ptr<Store> store = must(open_sqlite(file, Access::write));
        std::signal(SIGXFSZ, SIG_IGN);
        constexpr rlim_t log_room = 100'000;
        const rlimit limit{log_room, RLIM_INFINITY};
        EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
        EXPECT_EQ(store->append(writer.hand_ins(500)).error().code, Errc::io_failed);
        EXPECT_EQ(must(store->head()), before);
        const rlimit none{RLIM_INFINITY, RLIM_INFINITY};
        EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &none), 0);
        EXPECT_EQ(store->append(Writer(before).hand_ins(1)).error().code, Errc::io_failed);
        EXPECT_EQ(store->set_setting("tenant", "x").error().code, Errc::io_failed);
        return 0;
    });
    EXPECT_EQ(answer, 0);
    EXPECT_EQ(must(must(open_sqlite(file, Access::write))->head()), before);
}

TEST(SqliteFaults, full_disk_refuses_loses_nothing_and_goes_on_when_there_is_room) {
    const Folder folder;
    constexpr int cannot_mount = 77;
    const int answer = in_child([&] {
        if (::unshare(CLONE_NEWNS) != 0 ||
            ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
            ::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=4m") != 0) {
            return cannot_mount;
        }
        const std::string file = folder.file("ledger.db");
        std::ofstream(folder.file("ballast")) << std::string(1U << 20U, 'b');
        std::unique_ptr<Store> store = must(create_sqlite(file, HashAlgorithm::sha256));
        Writer writer;
        Result<void> last;
        Content before;
        while (last) {
            before = content_of(*store);
            const Writer kept = writer;
            last = store->append(writer.hand_ins(200));
            writer = last ? writer : kept;
        }
        EXPECT_EQ(last.error().code, Errc::disk_full) << to_string(last.error());
        EXPECT_EQ(content_of(*store), before);
        EXPECT_EQ(store->append(Writer(before.head).hand_ins(400)).error().code, Errc::disk_full);
        fs::remove(folder.file("ballast"));
        must(store->append(writer.hand_ins(200)));
        EXPECT_EQ(must(store->head()), writer.head());
        store = nullptr;
        store = must(open_sqlite(file, Access::read));
        EXPECT_EQ(must(store->head()), writer.head());
        return 0;
    });
    if (answer == cannot_mount) {
        GTEST_SKIP() << "needs the right to mount a small file system";
    }
    EXPECT_EQ(answer, 0);
}

}  // namespace
}  // namespace zt::store::test
