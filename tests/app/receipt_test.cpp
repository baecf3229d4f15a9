// Black box: roots of the demo place, and receipts and proofs that are none.

#include "app/program.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace zt::test {
namespace {

void write_file(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

TEST(roots_command, lists_a_root_for_each_day_that_is_over) {
    const Folder folder;
    const std::string data = folder / "demo";
    ASSERT_EQ(run_program("demo --end 2022-08-10 --data " + data).code, 0);
    const Outcome lines = run_program("roots list --data " + data);
    ASSERT_EQ(lines.code, 0) << lines.text;
    EXPECT_TRUE(lines.text.starts_with("# ")) << lines.text;
    EXPECT_NE(lines.text.find("\n2022-08-08 "), std::string::npos) << lines.text;
    // The last day is not over: its root would change.
    EXPECT_EQ(lines.text.find("\n2022-08-10 "), std::string::npos) << lines.text;
    EXPECT_EQ(run_program("roots list --data " + data).text, lines.text);
}

TEST(receipt_command, says_which_file_is_none_and_why) {
    const Folder folder;
    const std::string file = folder / "receipt.json";
    const Outcome none = run_program("receipt verify " + file);
    EXPECT_EQ(none.code, 1) << none.text;
    EXPECT_NE(none.text.find("receipt.json"), std::string::npos) << none.text;
    write_file(file, "{\"format\":\"zhitong-receipt/1\"}");
    const Outcome bare = run_program("receipt verify " + file);
    EXPECT_EQ(bare.code, 1) << bare.text;
    EXPECT_NE(bare.text.find("(damaged)"), std::string::npos) << bare.text;
    write_file(file, "not json");
    const Outcome other = run_program("roots verify " + file);
    EXPECT_EQ(other.code, 1) << other.text;
    EXPECT_NE(other.text.find("(bad_json)"), std::string::npos) << other.text;
}

}  // namespace
}  // namespace zt::test
