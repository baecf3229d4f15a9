// Black box: what an operator does with a data directory, and what can go wrong with one. Every
// failure is one clear message with its place and cure, exit code 1 or 2, and nothing half-written.

#include "app/program.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <fcntl.h>
#include <sys/file.h>

namespace zt::test {
namespace {

namespace files = std::filesystem;

/// Invented rows of the shape of a message board's export.
constexpr const char* messages =
    R"({"留言编号":"1","留言用户":"U0001","留言主题":"金丝雀标题一",)"
    R"("留言时间":"2019/11/4 9:32:09","留言详情":"金丝雀正文一：路灯不亮",)"
    R"("答复意见":"金丝雀答复一：已修好","答复时间":"2019/11/6 10:00:00"})"
    "\n"
    R"({"留言编号":"2","留言用户":"U0002","留言主题":"金丝雀标题二",)"
    R"("留言时间":"2019/11/5 8:00:00","留言详情":"金丝雀正文二：井盖松动",)"
    R"("答复意见":"金丝雀答复二：已更换","答复时间":"2019-12-20 11:00:00"})"
    "\n";

class DataDirectory : public ::testing::Test {
  protected:
    void SetUp() override {
        data_ = folder_ / "place";
        const Outcome run = run_program("init --data " + data_);
        ASSERT_EQ(run.code, 0) << run.text;
    }
    void import_messages() {
        write_file(folder_ / "messages.jsonl", messages);
        const Outcome run = run_program(
            "import --data " + data_ + " --map messages " + (folder_ / "messages.jsonl")
        );
        ASSERT_EQ(run.code, 0) << run.text;
    }
    static std::string number_of(const std::string& data) {
        const Outcome run = run_program("stats --data " + data + " --list closed --json");
        const std::size_t at = run.text.find("\"ZT-");
        return at == std::string::npos
                   ? ""
                   : run.text.substr(at + 1, run.text.find('"', at + 1) - at - 1);
    }
    /// The message names the thing and the exit code is 1 or 2.
    static void expect_refused(const Outcome& run, const std::string& code) {
        EXPECT_TRUE(run.code == 1 || run.code == 2) << run.code << ": " << run.text;
        EXPECT_NE(run.text.find("(" + code + ")"), std::string::npos) << run.text;
    }

    Folder folder_;
    std::string data_;
};

TEST_F(DataDirectory, imported_messages_are_counted_and_a_second_run_adds_nothing) {
    import_messages();
    const Outcome first = run_program("stats --data " + data_ + " --json");
    ASSERT_EQ(first.code, 0) << first.text;
    EXPECT_NE(first.text.find(R"("closed":{"count":2})"), std::string::npos) << first.text;
    EXPECT_NE(
        first.text.find(R"("answered_within_5wd":{"numerator":1,"denominator":2,"rate":0.5)"),
        std::string::npos
    ) << first.text;
    import_messages();
    EXPECT_EQ(run_program("stats --data " + data_ + " --json").text, first.text);
}

TEST_F(DataDirectory, verify_replay_backup_and_restore_agree) {
    import_messages();
    EXPECT_EQ(run_program("verify --data " + data_).code, 0);
    EXPECT_EQ(run_program("verify --chain --data " + data_).code, 0);
    const std::string stats = run_program("stats --data " + data_ + " --json").text;
    EXPECT_EQ(run_program("replay --data " + data_).code, 0);
    EXPECT_EQ(run_program("stats --data " + data_ + " --json").text, stats);
    const std::string copy = folder_ / "copy";
    ASSERT_EQ(run_program("backup --data " + data_ + " --to " + copy).code, 0);
    EXPECT_FALSE(files::exists(copy + ".key")) << "a backup never takes the key along";
    const std::string again = folder_ / "again";
    const Outcome restored =
        run_program("restore --from " + copy + " --data " + again + " --key " + data_ + ".key");
    ASSERT_EQ(restored.code, 0) << restored.text;
    EXPECT_EQ(run_program("stats --data " + again + " --json").text, stats);
    EXPECT_EQ(run_program("verify --data " + again).code, 0);
}

TEST_F(DataDirectory, canaries_stand_in_no_file_before_and_after_an_erase) {
    import_messages();
    for (const char* canary : {"金丝雀标题一", "金丝雀正文二", "金丝雀答复一", "U0001"}) {
        EXPECT_EQ(file_with(data_, canary), "") << canary;
    }
    const std::string number = number_of(data_);
    ASSERT_FALSE(number.empty());
    const Outcome opened =
        run_program("show --data " + data_ + " --key " + data_ + ".key " + number);
    EXPECT_NE(opened.text.find("金丝雀标题"), std::string::npos) << opened.text;
    const Outcome masked = run_program("show --data " + data_ + " " + number);
    EXPECT_EQ(masked.text.find("金丝雀"), std::string::npos) << masked.text;
    ASSERT_EQ(run_program("erase --data " + data_ + " " + number).code, 0);
    const Outcome erased =
        run_program("show --data " + data_ + " --key " + data_ + ".key " + number);
    EXPECT_EQ(erased.code, 0);
    EXPECT_EQ(erased.text.find("金丝雀标题一"), std::string::npos) << erased.text;
    EXPECT_EQ(run_program("verify --data " + data_).code, 0);
    EXPECT_EQ(run_program("replay --data " + data_).code, 0);
}

TEST_F(DataDirectory, an_old_bulletin_comes_out_byte_for_byte_when_more_is_known) {
    import_messages();
    const std::string before =
        run_program("bulletin --data " + data_ + " --period 2019-11 --json").text;
    const std::size_t at = before.find("\"seq\":");
    ASSERT_NE(at, std::string::npos) << before;
    const std::string seq = std::to_string(std::stoll(before.substr(at + 6)));
    write_file(
        folder_ / "more.jsonl",
        R"({"留言编号":"3","留言用户":"U3","留言主题":"后来的",)"
        R"("留言时间":"2019/11/7 9:00:00","留言详情":"后来的正文",)"
        R"("答复意见":"后来的答复","答复时间":"2019/11/8 9:00:00"})"
        "\n"
    );
    ASSERT_EQ(
        run_program("import --data " + data_ + " --map messages " + (folder_ / "more.jsonl")).code,
        0
    );
    EXPECT_NE(run_program("bulletin --data " + data_ + " --period 2019-11 --json").text, before);
    EXPECT_EQ(
        run_program("bulletin --data " + data_ + " --period 2019-11 --json --known-at " + seq).text,
        before
    );
}

TEST_F(DataDirectory, a_directory_in_use_is_refused_with_who_holds_it) {
    const int lock = ::open((data_ + "/lock").c_str(), O_RDWR | O_CLOEXEC);
    ASSERT_GE(lock, 0);
    ASSERT_EQ(::flock(lock, LOCK_EX | LOCK_NB), 0);
    expect_refused(run_program("replay --data " + data_), "in_use");
    EXPECT_EQ(run_program("stats --data " + data_).code, 0) << "reading goes on";
    ::close(lock);
}

TEST_F(DataDirectory, a_newer_version_is_refused) {
    write_file(data_ + "/VERSION", "99\n");
    expect_refused(run_program("stats --data " + data_), "newer_version");
}

TEST_F(DataDirectory, a_damaged_ledger_is_told_and_not_touched) {
    std::string bytes = read_file(data_ + "/ledger.db");
    std::memset(bytes.data(), 0x5a, 64);
    write_file(data_ + "/ledger.db", bytes);
    const Outcome run = run_program("stats --data " + data_);
    expect_refused(run, "damaged");
    EXPECT_EQ(read_file(data_ + "/ledger.db"), bytes);
}

TEST_F(DataDirectory, a_missing_key_stops_what_writes_and_nothing_else) {
    files::rename(data_ + ".key", folder_ / "elsewhere");
    expect_refused(run_program("replay --data " + data_), "key_missing");
    EXPECT_EQ(run_program("stats --data " + data_).code, 0);
    EXPECT_EQ(run_program("replay --data " + data_ + " --key " + (folder_ / "elsewhere")).code, 0);
    EXPECT_EQ(run_program("doctor --data " + data_).code, 1) << "doctor tells it";
}

TEST_F(DataDirectory, another_places_key_is_refused) {
    ASSERT_EQ(run_program("init --data " + (folder_ / "other")).code, 0);
    expect_refused(
        run_program("replay --data " + data_ + " --key " + (folder_ / "other.key")), "key_wrong"
    );
}

TEST_F(DataDirectory, init_never_overwrites_a_directory_or_a_key) {
    expect_refused(run_program("init --data " + data_), "already_initialised");
    write_file(folder_ / "third.key", "somebody's key\n");
    expect_refused(run_program("init --data " + (folder_ / "third")), "already_initialised");
    EXPECT_FALSE(files::exists(folder_ / "third"));
    EXPECT_EQ(read_file(folder_ / "third.key"), "somebody's key\n");
}

TEST_F(DataDirectory, a_directory_that_was_never_initialised_names_init) {
    const Outcome run = run_program("stats --data " + (folder_ / "nowhere"));
    expect_refused(run, "not_initialised");
    EXPECT_NE(run.text.find("init"), std::string::npos);
}

TEST_F(DataDirectory, a_following_views_file_may_be_lost) {
    import_messages();
    const std::string stats = run_program("stats --data " + data_ + " --json").text;
    files::remove(data_ + "/lists.db");
    files::remove_all(data_ + "/figures");
    EXPECT_EQ(run_program("stats --data " + data_ + " --json").text, stats);
    EXPECT_EQ(run_program("verify --data " + data_).code, 0);
}

TEST_F(DataDirectory, wrong_use_gives_two_and_says_what_would_be_right) {
    EXPECT_EQ(run_program("stats").code, 2);
    EXPECT_EQ(run_program("no-such-command").code, 2);
    EXPECT_EQ(run_program("stats --data " + data_ + " --by colour").code, 2);
    expect_refused(run_program("stats --data " + data_ + " --as-of 2019-02-30"), "bad_date");
    expect_refused(run_program("bulletin --data " + data_ + " --period soon"), "bad_date");
    expect_refused(run_program("show --data " + data_ + " ZT-1999-000001"), "unknown_matter");
}

}  // namespace
}  // namespace zt::test
