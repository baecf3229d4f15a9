// The master key on the command line: split, drill, combine, change, check; retention.

#include "app/program.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace zt::test {
namespace {

class KeyCommands : public testing::Test {
  protected:
    KeyCommands() {
        const Outcome made = run_program("--lang en init --data " + data_);
        EXPECT_EQ(made.code, 0) << made.text;
    }
    /// The three lines that `key split` printed.
    [[nodiscard]] std::vector<std::string> shares() const {
        const Outcome run = run_program("--lang en key split --data " + data_);
        EXPECT_EQ(run.code, 0) << run.text;
        std::vector<std::string> lines;
        std::istringstream text(run.text);
        for (std::string line; std::getline(text, line);) {
            if (line.starts_with("zhitong-share-1")) {
                lines.push_back(line);
            }
        }
        return lines;
    }
    [[nodiscard]] std::string share_file(const char* name, const std::string& line) const {
        write_file(folder_ / name, "share of the key\n" + line + "\n");
        return folder_ / name;
    }

    Folder folder_;
    std::string data_ = folder_ / "place";
};

TEST_F(KeyCommands, two_sheets_give_a_lost_key_back) {
    const auto sheets = shares();
    ASSERT_EQ(sheets.size(), 3U);
    const std::string one = share_file("a", sheets[0]);
    const std::string other = share_file("b", sheets[2]);
    const std::string key = read_file(data_ + ".key");
    const Outcome drill =
        run_program("--lang en key drill --data " + data_ + " --shares " + one + " " + other);
    EXPECT_EQ(drill.code, 0) << drill.text;
    EXPECT_NE(drill.text.find("one share alone opens nothing"), std::string::npos) << drill.text;
    const std::string combine = "key combine --data " + data_ + " --shares " + one + " " + other;
    EXPECT_EQ(run_program(combine).code, 1) << "a key file is never written over";
    std::filesystem::remove(data_ + ".key");
    const Outcome combined = run_program(combine);
    EXPECT_EQ(combined.code, 0) << combined.text;
    EXPECT_EQ(read_file(data_ + ".key"), key);
    EXPECT_EQ(run_program("key check --data " + data_).code, 0);
}

TEST_F(KeyCommands, one_sheet_twice_or_of_another_place_is_refused) {
    const auto sheets = shares();
    ASSERT_EQ(sheets.size(), 3U);
    const std::string one = share_file("a", sheets[0]);
    EXPECT_EQ(run_program("key drill --data " + data_ + " --shares " + one + " " + one).code, 1);
    const auto later = shares();
    const std::string other = share_file("b", later[1]);
    EXPECT_EQ(run_program("key drill --data " + data_ + " --shares " + one + " " + other).code, 1);
}

TEST_F(KeyCommands, after_a_change_the_old_sheets_are_void) {
    const auto sheets = shares();
    const std::string one = share_file("a", sheets[0]);
    const std::string other = share_file("b", sheets[1]);
    const std::string key = read_file(data_ + ".key");
    const Outcome changed = run_program("--lang en key rotate --data " + data_);
    EXPECT_EQ(changed.code, 0) << changed.text;
    EXPECT_NE(read_file(data_ + ".key"), key);
    EXPECT_EQ(run_program("key check --data " + data_).code, 0);
    EXPECT_EQ(run_program("key drill --data " + data_ + " --shares " + one + " " + other).code, 1);
    EXPECT_EQ(run_program("verify --data " + data_).code, 0);
    EXPECT_EQ(run_program("backup --data " + data_ + " --to " + (folder_ / "copy")).code, 0);
}

TEST_F(KeyCommands, retention_lists_without_a_key_and_runs_only_with_an_approver) {
    EXPECT_EQ(run_program("retention --data " + data_ + " --list").code, 0);
    EXPECT_EQ(run_program("retention --data " + data_ + " --run").code, 2);
    EXPECT_EQ(run_program("retention --data " + data_ + " --run --approved-by no.body").code, 1);
}

}  // namespace
}  // namespace zt::test
