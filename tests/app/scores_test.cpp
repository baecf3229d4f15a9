// Black box: scores of the demo place, the checks of packs and scores, and the past under other
// rules.

#include "app/program.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace zt::test {
namespace {

class ScoresOnDemo : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        demo_folder = std::make_unique<Folder>();
        const Outcome run = run_program("demo --end 2022-08-31 --data " + data());
        ASSERT_EQ(run.code, 0) << run.text;
    }
    static void TearDownTestSuite() { demo_folder.reset(); }
    static std::string data() { return *demo_folder / "demo"; }
    static Outcome scores(const std::string& more) {
        return run_program("scores --data " + data() + " --period 2022-07-01..2022-08-31 " + more);
    }
    static std::size_t count_of(const std::string& text, const std::string& part) {
        std::size_t count = 0;
        for (std::size_t at = text.find(part); at != std::string::npos;
             at = text.find(part, at + 1)) {
            ++count;
        }
        return count;
    }

  private:
    static std::unique_ptr<Folder> demo_folder;
};

std::unique_ptr<Folder> ScoresOnDemo::demo_folder;

TEST_F(ScoresOnDemo, units_are_ranked_and_those_with_too_few_are_not) {
    const Outcome run = scores("--json");
    ASSERT_EQ(run.code, 0) << run.text;
    const std::size_t others = run.text.find(R"("not_ranked":[)");
    ASSERT_NE(others, std::string::npos);
    EXPECT_GT(count_of(run.text.substr(0, others), R"("rank":)"), 3U) << run.text;
    EXPECT_GT(count_of(run.text.substr(others), R"("judged":"too_few")"), 3U) << run.text;
    EXPECT_EQ(run.text.substr(others).find(R"("rank":)"), std::string::npos);
    EXPECT_NE(run.text.find(R"({"rank":1,)"), std::string::npos) << run.text;
}

TEST_F(ScoresOnDemo, every_shipped_score_answers_and_what_nobody_gave_is_left_out) {
    for (const char* const name :
         {"jungar", "three-rates-strict", "three-rates-lenient", "lianyungang-2021"}) {
        EXPECT_EQ(scores(std::string("--pack ") + name).code, 0) << name;
    }
    const Outcome run = scores("--json --pack lianyungang");
    ASSERT_EQ(run.code, 0) << run.text;
    EXPECT_NE(run.text.find(R"("full":55,"normalised":)"), std::string::npos) << run.text;
    EXPECT_EQ(run.text.find(R"("other":{"judged":"yes")"), std::string::npos);
}

TEST_F(ScoresOnDemo, the_change_of_a_score_is_told_line_by_line) {
    const std::string words = "scores --json --data " + data();
    const std::string table = run_program(words + " --period 2022-08").text;
    const std::size_t at = table.find(R"("org":")") + 7;
    const std::string unit = table.substr(at, table.find('"', at) - at);
    const Outcome run = run_program(words + " --explain " + unit + " --between 2022-07 2022-08");
    ASSERT_EQ(run.code, 0) << run.text;
    EXPECT_EQ(count_of(run.text, R"("change":)"), 4U) << run.text;
    EXPECT_EQ(run_program(words + " --explain " + unit).code, 2);
    const Outcome nobody = run_program(words + " --explain nobody --between 2022-07 2022-08");
    EXPECT_EQ(nobody.code, 1);
    EXPECT_NE(nobody.text.find(unit), std::string::npos) << nobody.text;
}

TEST_F(ScoresOnDemo, another_score_is_played_on_the_same_period) {
    const Outcome run = scores("--json --simulate yulin");
    ASSERT_EQ(run.code, 0) << run.text;
    EXPECT_NE(run.text.find(R"("score":"jungar","other":"yulin")"), std::string::npos) << run.text;
    EXPECT_GT(count_of(run.text, R"("after":{"normalised":)"), 3U) << run.text;
    EXPECT_EQ(scores("--simulate nobody").code, 1);
    EXPECT_EQ(scores("--json --simulate jungar").code, 0);
}

TEST_F(ScoresOnDemo, what_units_were_asked_for_has_a_sender) {
    const std::string words = "burden --data " + data() + " --period 2022-07..2022-08";
    EXPECT_EQ(run_program(words).code, 1);
    const Outcome run =
        run_program("burden --json --data " + data() + " --period 2022-07-01..2022-08-31");
    ASSERT_EQ(run.code, 0) << run.text;
    EXPECT_GT(count_of(run.text, R"("unit_id":)"), 20U);
    EXPECT_EQ(count_of(run.text, R"("total":0)"), 0U);
    EXPECT_GT(count_of(run.text, R"("month":"2022-07")"), 0U);
    EXPECT_EQ(run_program("burden --unit nobody --data " + data() + " --period 2022-08").code, 1);
}

TEST_F(ScoresOnDemo, an_unknown_score_and_a_wrong_period_are_refused) {
    const Outcome unknown = scores("--pack nobody");
    EXPECT_EQ(unknown.code, 1);
    EXPECT_NE(unknown.text.find("jungar"), std::string::npos) << unknown.text;
    const Outcome period = run_program("scores --period 2022-13 --data " + data());
    EXPECT_EQ(period.code, 1);
    EXPECT_NE(period.text.find("(bad_date)"), std::string::npos) << period.text;
}

TEST_F(ScoresOnDemo, the_past_under_its_own_rules_is_the_past) {
    const Outcome run =
        run_program("kinds rehearse --pack county-default --last 12m --json --data " + data());
    ASSERT_EQ(run.code, 0) << run.text;
    EXPECT_NE(run.text.find(R"("changes": [])"), std::string::npos) << run.text;
    EXPECT_NE(run.text.find(R"("units": [])"), std::string::npos) << run.text;
    EXPECT_EQ(run.text.find(R"("matters": 0,)"), std::string::npos) << run.text;
}

TEST_F(ScoresOnDemo, other_rules_move_due_dates_lapses_and_scores) {
    const std::string before = run_program("verify --data " + data()).text;
    const Outcome run =
        run_program("kinds rehearse --pack loudi-through-train --last 12m --json --data " + data());
    ASSERT_EQ(run.code, 0) << run.text;
    EXPECT_NE(run.text.find(R"("clock": "appeal.handle")"), std::string::npos) << run.text;
    EXPECT_NE(run.text.find(R"("no_longer_late")"), std::string::npos) << run.text;
    EXPECT_NE(run.text.find(R"("org_id")"), std::string::npos) << run.text;
    EXPECT_EQ(run_program("verify --data " + data()).text, before);
}

TEST_F(ScoresOnDemo, only_the_months_asked_for_are_played_again) {
    const auto matters = [](const std::string& text) {
        const std::size_t at = text.find(R"("matters": )") + 11;
        return std::stoll(text.substr(at));
    };
    const std::string words = "kinds rehearse --pack county-default --json --data " + data();
    const auto all = matters(run_program(words + " --last 12m").text);
    const auto last = matters(run_program(words + " --last 1m").text);
    EXPECT_GT(last, 0);
    EXPECT_LT(last, all);
}

TEST_F(ScoresOnDemo, a_rehearsal_without_sense_is_refused) {
    const std::string words = "kinds rehearse --data " + data();
    EXPECT_EQ(run_program(words + " --pack county-default --last 12").code, 2);
    EXPECT_EQ(run_program(words + " --pack county-default --last 0m").code, 2);
    const Outcome unknown = run_program(words + " --pack nobody");
    EXPECT_EQ(unknown.code, 1);
    EXPECT_NE(unknown.text.find("county-default"), std::string::npos) << unknown.text;
    Folder folder;
    write_file(
        folder / "other.yaml",
        "pack: other\nversion: 1\ntitle: {zh: 甲, en: a}\nsource: s\nextends: county-default\n"
        "clocks:\n  appeal.hndle: {length: 3wd, source: s}\n"
    );
    const Outcome unsound = run_program(words + " --pack " + (folder / "other.yaml"));
    EXPECT_EQ(unsound.code, 1);
    EXPECT_NE(unsound.text.find("other.yaml:7"), std::string::npos) << unsound.text;
}

TEST_F(ScoresOnDemo, a_pack_in_a_file_is_rehearsed_too) {
    Folder folder;
    write_file(
        folder / "other.yaml",
        "pack: other\nversion: 1\ntitle: {zh: 甲, en: a}\nsource: s\nextends: county-default\n"
        "clocks:\n  appeal.contact: {length: 1min, source: s}\n"
    );
    const Outcome run = run_program(
        "kinds rehearse --json --data " + data() + " --pack " + (folder / "other.yaml")
    );
    ASSERT_EQ(run.code, 0) << run.text;
    EXPECT_NE(run.text.find(R"("would_be_late": true)"), std::string::npos) << run.text;
    EXPECT_EQ(run.text.find(R"("clock": "appeal.handle")"), std::string::npos) << run.text;
}

TEST(PacksCheck, shipped_ones_are_sound_and_a_score_that_rewards_silence_is_not) {
    const Outcome sound = run_program("packs check --json");
    EXPECT_EQ(sound.code, 0) << sound.text;
    EXPECT_NE(sound.text.find(R"("jungar")"), std::string::npos) << sound.text;
    Folder folder;
    std::filesystem::create_directories(folder / "packs/scores");
    write_file(
        folder / "packs/scores/quiet.yaml",
        "score: quiet\nversion: 1\ntitle: {zh: 甲, en: a}\nsource: s\nkinds: [appeal]\n"
        "rounding: {rates: 2, points: 2, total: 2, mode: half_up}\nindicators:\n"
        "  one: {title: {zh: 甲, en: a}, from: count(appeal.contests), better: lower, full: 10,\n"
        "        target: 0, slope: 1, source: s}\n"
    );
    const Outcome quiet = run_program("packs check " + (folder / "packs"));
    EXPECT_EQ(quiet.code, 1);
    EXPECT_NE(quiet.text.find("quiet.yaml:8: "), std::string::npos) << quiet.text;
    EXPECT_NE(quiet.text.find("rewards_silence"), std::string::npos) << quiet.text;
    EXPECT_EQ(run_program("packs check " + (folder / "nowhere")).code, 1);
}

}  // namespace
}  // namespace zt::test
