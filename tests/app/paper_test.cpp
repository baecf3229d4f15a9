// Black box: official papers of the demo place, read again with pdftotext.

#include "app/program.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace zt::test {
namespace {

class PapersOnDemo : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        demo_folder = std::make_unique<Folder>();
        const Outcome run = run_program("demo --end 2022-08-31 --data " + data());
        ASSERT_EQ(run.code, 0) << run.text;
    }
    static void TearDownTestSuite() { demo_folder.reset(); }
    static std::string data() { return *demo_folder / "demo"; }
    static Outcome paper(const std::string& matter, const std::string& name) {
        return run_program(
            "paper --data " + data() + " --key " + data() + ".key --matter " + matter +
            " --paper " + name + " -o " + file()
        );
    }
    static std::string file() { return *demo_folder / "paper.pdf"; }
    static std::string text() {
        const std::string into = *demo_folder / "paper.txt";
        EXPECT_EQ(std::system(("pdftotext " + file() + " " + into).c_str()), 0);
        return read_file(into);
    }

    // NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): gtest's own way
    static std::unique_ptr<Folder> demo_folder;
};
std::unique_ptr<Folder> PapersOnDemo::demo_folder;

TEST_F(PapersOnDemo, a_reply_letter_carries_its_class_and_is_the_same_each_time) {
    const Outcome run = paper("TA-2022-0001", "reply_letter");
    ASSERT_EQ(run.code, 0) << run.text;
    const std::string first = read_file(file());
    const std::string words = text();
    EXPECT_NE(words.find("关于TA-2022-0001号提案的答复函"), std::string::npos) << words;
    EXPECT_NE(words.find("B\n"), std::string::npos) << words;
    EXPECT_NE(words.find("承诺事项"), std::string::npos) << words;
    ASSERT_EQ(paper("TA-2022-0001", "reply_letter").code, 0);
    EXPECT_EQ(first, read_file(file()));
}

/// The value of a line "key：value" of `show`; empty when it has none.
std::string shown_value(const std::string& life, const std::string& key) {
    const std::size_t at = life.find(key + "：");
    const std::size_t begin = at + key.size() + std::string_view("：").size();
    return at == std::string::npos ? "" : life.substr(begin, life.find('\n', begin) - begin);
}

TEST_F(PapersOnDemo, an_order_names_the_unit_and_nothing_of_who_handed_in) {
    std::string number;
    for (int i = 1; i <= 300 && number.empty(); ++i) {
        const std::string digits = std::to_string(1'000'000 + i).substr(1);
        if (paper("ZT-2022-" + digits, "supervision_order").code == 0) {
            number = "ZT-2022-" + digits;
        }
    }
    ASSERT_FALSE(number.empty()) << "the demo place has no supervision order";
    const std::string words = text();
    EXPECT_NE(words.find("督办单"), std::string::npos) << words;
    EXPECT_NE(words.find(number), std::string::npos) << words;
    const Outcome life =
        run_program("show --data " + data() + " --key " + data() + ".key " + number);
    ASSERT_EQ(life.code, 0) << life.text;
    for (const char* key : {"party.1.name", "party.1.contact", "title"}) {
        const std::string canary = shown_value(life.text, key);
        ASSERT_FALSE(canary.empty()) << key << " in " << life.text;
        EXPECT_EQ(words.find(canary), std::string::npos) << canary << " in " << words;
    }
}

TEST_F(PapersOnDemo, what_there_is_not_is_refused_and_writes_no_file) {
    std::filesystem::remove(file());
    const Outcome other = paper("TA-2022-0001", "certificate");
    EXPECT_EQ(other.code, 1) << other.text;
    EXPECT_NE(other.text.find("reply_letter"), std::string::npos) << other.text;
    const Outcome early = paper("TA-2022-0001", "supervision_order");
    EXPECT_EQ(early.code, 1) << early.text;
    EXPECT_NE(early.text.find("(not_found)"), std::string::npos) << early.text;
    EXPECT_FALSE(std::filesystem::exists(file()));
}

}  // namespace
}  // namespace zt::test
