// Black box: learning from real messages, near-duplicates in one fold, and what is told of bad
// files.

#include "app/program.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace zt::test {
namespace {

constexpr const char* messages =
    ZT_SOURCE_DIR "/../shared/data/teddycup2020c/dev/a2_labelled.jsonl.gz";

TEST(suggest_command, learns_from_real_messages_and_proposes_a_category_a_line) {
    if (!std::filesystem::exists(messages)) {
        GTEST_SKIP() << "needs the shared data: " << messages;
    }
    const Folder folder;
    const Outcome trained = run_program(
        std::string("train --json --data ") + folder.path() + " " + messages +
        " --text 留言详情,_tokens"
    );
    ASSERT_EQ(trained.code, 0) << trained.text;
    EXPECT_NE(trained.text.find("\"categories\": 7"), std::string::npos) << trained.text;
    const Outcome told =
        run_program(std::string("suggest --json --data ") + folder.path() + " " + messages);
    ASSERT_EQ(told.code, 0) << told.text.substr(0, 500);
    EXPECT_EQ(std::ranges::count(told.text, '\n'), 7326);
    EXPECT_TRUE(told.text.starts_with("{\"category\":\"")) << told.text.substr(0, 200);
    EXPECT_NE(told.text.find("\"score\":0."), std::string::npos);
}

TEST(suggest_command, says_what_is_missing) {
    const Folder folder;
    const Outcome none = run_program("suggest --data " + folder.path());
    EXPECT_EQ(none.code, 1) << none.text;
    EXPECT_NE(none.text.find("zhitong train"), std::string::npos) << none.text;
    std::ofstream(folder / "rows.jsonl") << "{\"a\":\"b\"}\n";
    const Outcome empty =
        run_program("train --data " + folder.path() + " " + (folder / "rows.jsonl"));
    EXPECT_EQ(empty.code, 1) << empty.text;
    EXPECT_NE(empty.text.find("--category"), std::string::npos) << empty.text;
}

}  // namespace
}  // namespace zt::test
