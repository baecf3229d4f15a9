// Black box: `access explain` says who sees what of a matter, and why.

#include "app/program.hpp"

#include <gtest/gtest.h>

namespace zt::test {
namespace {

constexpr const char* message = R"({"留言编号":"1","留言用户":"U0001","留言主题":"路灯",)"
                                R"("留言时间":"2019/11/4 9:32:09","留言详情":"路灯不亮",)"
                                R"("答复意见":"已修好","答复时间":"2019/11/6 10:00:00"})"
                                "\n";

class AccessExplain : public ::testing::Test {
  protected:
    void SetUp() override {
        data_ = folder_ / "place";
        ASSERT_EQ(run_program("init --data " + data_).code, 0);
        std::ofstream(folder_ / "one.jsonl") << message;
        const Outcome run =
            run_program("import --data " + data_ + " --map messages " + (folder_ / "one.jsonl"));
        ASSERT_EQ(run.code, 0) << run.text;
        const Outcome list = run_program("stats --data " + data_ + " --list closed --json");
        const std::size_t at = list.text.find("\"ZT-");
        ASSERT_NE(at, std::string::npos) << list.text;
        number_ = list.text.substr(at + 1, list.text.find('"', at + 1) - at - 1);
    }
    [[nodiscard]] Outcome explain(const std::string& as, const std::string& more = "") const {
        return run_program(
            "access explain --data " + data_ + " --matter " + number_ + " --as " + as + " " + more
        );
    }

    Folder folder_;
    std::string data_, number_;
};

TEST_F(AccessExplain, names_the_rows_in_both_languages) {
    const Outcome zh = explain("office.clerk");
    EXPECT_EQ(zh.code, 0) << zh.text;
    EXPECT_NE(zh.text.find("在主管办公室"), std::string::npos) << zh.text;
    EXPECT_NE(zh.text.find("诉求人姓名"), std::string::npos) << zh.text;
    const Outcome en = explain("office.clerk", "--lang en");
    EXPECT_NE(en.text.find("is at the competent office"), std::string::npos) << en.text;
}

TEST_F(AccessExplain, says_what_takes_sight_away) {
    const Outcome run = explain("public", "--lang en --json");
    EXPECT_EQ(run.code, 0) << run.text;
    EXPECT_NE(run.text.find("\"no_row\""), std::string::npos) << run.text;
    EXPECT_NE(run.text.find("\"hidden\""), std::string::npos) << run.text;
}

TEST_F(AccessExplain, one_field_is_explained_alone) {
    const Outcome run = explain("office.clerk", "--field author_contact --lang en");
    EXPECT_NE(run.text.find("contact of the requester"), std::string::npos) << run.text;
    EXPECT_EQ(run.text.find("rating"), std::string::npos) << run.text;
    EXPECT_NE(
        explain("office.clerk", "--field no_such").text.find("unknown_field"), std::string::npos
    );
}

TEST_F(AccessExplain, an_unknown_post_is_refused_by_name) {
    const Outcome run = explain("office.nobody");
    EXPECT_NE(run.code, 0);
    EXPECT_NE(run.text.find("unknown_post"), std::string::npos) << run.text;
}

}  // namespace
}  // namespace zt::test
