#include "app/command_line.hpp"
#include "app/embedded.hpp"
#include "app/texts.hpp"
#include "base/errc.hpp"
#include "kindfile/kind_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace zt::app {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(texts, every_error_code_has_a_text_and_no_text_lacks_its_code) {
    for (const Language language : {Language::zh, Language::en}) {
        for (const auto& row : errc_names()) {
            EXPECT_NE(texts_of(language).find("errors." + std::string(row.name)), nullptr)
                << row.name;
        }
        for (const auto& key : texts_of(language).keys()) {
            if (key.starts_with("errors.")) {
                EXPECT_TRUE(find_errc(std::string_view(key).substr(7)).has_value()) << key;
            }
        }
    }
}

TEST(texts, both_languages_have_the_same_keys) {
    EXPECT_EQ(texts_of(Language::zh).keys(), texts_of(Language::en).keys());
}

TEST(texts, values_take_the_place_of_their_names) {
    const auto texts = Texts::read("a:\n  b: \"{x} of {y}, {z}\"\n", "t.yaml");
    ASSERT_TRUE(texts.has_value());
    EXPECT_EQ(texts->get("a.b", {{"x", "1"}, {"y", "{x}"}}), "1 of {x}, {z}");
    EXPECT_EQ(texts->get("a.c"), "a.c");
}

bool has_text(const Kinds& kinds, const std::string& key) {
    return kinds.text(key) != nullptr || texts_of(Language::zh).find(key) != nullptr;
}

TEST(texts, every_notice_that_a_kind_names_has_a_text) {
    const auto kinds = kindfile::load_kinds(ZT_SOURCE_DIR "/kinds");
    ASSERT_TRUE(kinds.has_value());
    for (const auto& file : kinds->files) {
        for (const auto& notice : file.kind.notices) {
            EXPECT_TRUE(has_text(kinds->kinds, notice.text))
                << file.kind.name << ": " << notice.text;
        }
        for (const auto& clock : file.kind.clocks) {
            if (!clock.lapse.notify.empty()) {
                EXPECT_TRUE(has_text(kinds->kinds, file.kind.text_key("lapse." + clock.name)))
                    << file.kind.name << ": lapse." << clock.name;
            }
        }
    }
}

TEST(texts, an_error_is_one_line_with_place_text_detail_and_code) {
    const Error error{Errc::bad_date, "'x' is no date", "a.yaml:3"};
    EXPECT_EQ(to_line(error, Language::zh), "a.yaml:3: 日期有误：'x' is no date (bad_date)");
    EXPECT_EQ(
        to_line(error, Language::en), "a.yaml:3: the date is wrong: 'x' is no date (bad_date)"
    );
}

TEST(embedded, files_are_built_in_as_they_stand) {
    for (const char* path :
         {"kinds/appeal.yaml", "packs/county-default.yaml", "calendars/cn.yaml", "text/zh.yaml"}) {
        const EmbeddedFile* file = find_embedded(path);
        ASSERT_NE(file, nullptr) << path;
        const auto on_disk = kindfile::read_text_file(std::string(ZT_SOURCE_DIR) + "/" + path);
        ASSERT_TRUE(on_disk.has_value());
        EXPECT_EQ(file->text, *on_disk) << path;
    }
    EXPECT_EQ(find_embedded("kinds/nothing.yaml"), nullptr);
}

struct Ran {
    int code = 0;
    std::string out, err;
};

/// The command line in process, with a clock that stands still.
Ran run(const std::vector<std::string>& words) {
    struct Still final : WallClock {
        [[nodiscard]] UtcMs now() const override { return UtcMs{Millis{1'659'315'600'000}}; }
    } clock;
    std::ostringstream out, err;
    Surroundings world;
    world.clock = &clock;
    world.out = &out;
    world.err = &err;
    const int code = run_command_line(words, world);
    return {code, out.str(), err.str()};
}

std::vector<std::string> due(std::vector<std::string> more) {
    std::vector<std::string> words{"due", "--calendar", "cn"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

TEST(command_line, help_of_every_command_is_in_the_catalogue) {
    for (const char* language : {"zh", "en"}) {
        for (const auto& row : command_rows()) {
            std::vector<std::string> words;
            if (!row.group.empty()) {
                words.emplace_back(row.group);
            }
            words.insert(words.end(), {std::string(row.name), "--help", "--lang", language});
            const Ran ran = run(words);
            EXPECT_EQ(ran.code, exit_fine);
            EXPECT_THAT(ran.out, Not(HasSubstr("cli.")))
                << row.group << ' ' << row.name << ' ' << language;
        }
    }
}

TEST(command_line, due_is_proven_day_by_day) {
    const Ran ran = run(due({"--from", "2026-02-13T10:00", "--add", "5wd"}));
    EXPECT_EQ(ran.code, exit_fine);
    EXPECT_THAT(ran.out, HasSubstr("到期 2026-02-27"));
    EXPECT_THAT(ran.out, HasSubstr("2026-02-14 周六  第 1 日：调休上班（春节）"));
    EXPECT_THAT(ran.out, HasSubstr("2026-02-15 周日  不计：放假（春节）"));
}

TEST(command_line, due_as_json_carries_day_mark_and_reason) {
    const Ran ran = run(due({"--from", "2026-02-13T10:00", "--add", "5wd", "--json"}));
    EXPECT_THAT(ran.out, HasSubstr("\"due\": \"2026-02-27\""));
    EXPECT_THAT(ran.out, HasSubstr("\"due_at\": \"2026-02-28 00:00\""));
    EXPECT_THAT(ran.out, HasSubstr("\"mark\": \"skipped\""));
}

TEST(command_line, due_stands_still_while_paused) {
    const Ran ran = run(due(
        {"--from", "2026-02-13T10:00", "--add", "5wd", "--pause", "2026-02-24/2026-02-25:supplement"
        }
    ));
    EXPECT_THAT(ran.out, HasSubstr("到期 2026-03-02"));
    EXPECT_THAT(ran.out, HasSubstr("中止，不计：supplement"));
}

TEST(command_line, due_refuses_an_unknown_year_by_name) {
    const Ran ran = run(due({"--from", "2098-02-13T10:00", "--add", "5wd"}));
    EXPECT_EQ(ran.code, exit_falls_short);
    EXPECT_THAT(ran.err, HasSubstr("2098"));
    EXPECT_THAT(ran.err, HasSubstr("(unknown_year)"));
}

TEST(command_line, wrong_use_gives_2_and_says_what_is_right) {
    EXPECT_EQ(run({}).code, exit_wrong_use);
    EXPECT_EQ(run({"nonsense"}).code, exit_wrong_use);
    EXPECT_EQ(run({"due", "--add", "5wd"}).code, exit_wrong_use);
    EXPECT_EQ(run({"due", "--lang", "fr"}).code, exit_wrong_use);
    const Ran ran = run(due({"--from", "2026-02-13T10:00", "--add", "5wd", "--pause", "soon"}));
    EXPECT_EQ(ran.code, exit_wrong_use);
    EXPECT_THAT(ran.err, HasSubstr("FROM/UNTIL:REASON"));
}

TEST(command_line, a_calendar_that_is_not_there_is_told_with_those_that_are) {
    const Ran ran =
        run({"due", "--calendar", "mars", "--from", "2026-02-13T10:00", "--add", "5wd"});
    EXPECT_EQ(ran.code, exit_falls_short);
    EXPECT_THAT(ran.err, HasSubstr("there are: cn"));
}

TEST(command_line, version_is_told) {
    const Ran ran = run({"--version"});
    EXPECT_EQ(ran.code, exit_fine);
    EXPECT_THAT(ran.out, HasSubstr("zhitong "));
}

TEST(command_line, kinds_check_says_who_fills_each_role_of_a_place) {
    const Ran ran = run(
        {"kinds",
         "check",
         ZT_SOURCE_DIR "/kinds",
         "--place",
         ZT_SOURCE_DIR "/kinds/places/small.yaml"}
    );
    EXPECT_EQ(ran.code, exit_fine) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("office.clerk"));
}

TEST(command_line, kinds_check_tells_every_finding_with_file_and_line) {
    const Ran ran = run({"kinds", "check", ZT_SOURCE_DIR "/tests/kinds_bad"});
    EXPECT_EQ(ran.code, exit_falls_short);
    EXPECT_THAT(ran.err, HasSubstr("unknown_key.yaml:"));
    const Ran json = run({"kinds", "check", ZT_SOURCE_DIR "/tests/kinds_bad", "--json"});
    EXPECT_EQ(json.code, exit_falls_short);
    EXPECT_THAT(json.out, HasSubstr("\"is_sound\": false"));
}

TEST(command_line, kinds_test_plays_and_tells_what_failed) {
    const Ran fine =
        run({"kinds", "test", ZT_SOURCE_DIR "/kinds/person.case", "--kinds", ZT_SOURCE_DIR "/kinds"}
        );
    EXPECT_EQ(fine.code, exit_fine) << fine.err;
    EXPECT_EQ(run({"kinds", "test", "no/such/folder"}).code, exit_falls_short);
}

TEST(command_line, kinds_are_drawn_and_told) {
    EXPECT_THAT(run({"kinds", "graph", "appeal", "--format", "svg"}).out, HasSubstr("<svg"));
    EXPECT_THAT(run({"kinds", "graph", "appeal"}).out, HasSubstr("stateDiagram-v2"));
    EXPECT_THAT(run({"kinds", "explain", "appeal", "--lang", "en"}).out, HasSubstr("## Stages"));
    const Ran ran = run({"kinds", "graph", "nothing"});
    EXPECT_EQ(ran.code, exit_falls_short);
    EXPECT_THAT(ran.err, HasSubstr("there are: "));
}

}  // namespace
}  // namespace zt::app
