// The judge on histories made by hand: each fault that it is there for, beside its sound twin.

#include "faults/judge.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace zt::faults {
namespace {

Uuid key(std::string_view name) { return uuid7_from_text(UtcMs{}, name); }

Line invoke(std::string_view name, std::string credential = "p1") {
    return {Line::Word::invoke, key(name), std::move(credential), "register 1 7", 0};
}
Line ok(std::string_view name, std::string number, Seq seq, std::string credential = "p1") {
    return {Line::Word::ok, key(name), std::move(credential), std::move(number), seq};
}
Line failed(std::string_view name, std::string code = "disk_full") {
    return {Line::Word::fail, key(name), "p1", std::move(code), 0};
}
Doings ledger(std::initializer_list<std::tuple<const char*, const char*, Seq>> rows) {
    Doings doings;
    for (const auto& [name, number, seq] : rows) {
        doings[key(name)].push_back({seq, number, true});
    }
    return doings;
}

TEST(history, lines_are_read_back_as_written) {
    for (const Line& line : {invoke("a"), ok("a", "ZT-1", 41), failed("a")}) {
        EXPECT_EQ(read_line(text_of(line)), line);
    }
    for (const char* bad : {"", "ok", "maybe x y z", "ok not-a-key p1 ZT-1 4"}) {
        EXPECT_FALSE(read_line(bad)) << bad;
    }
}

TEST(history, a_line_cut_by_the_kill_is_cut_off_and_counts_as_unwritten) {
    const auto file = std::filesystem::temp_directory_path() / "zhitong-history-test";
    {
        std::ofstream out(file, std::ios::binary);
        out << text_of(invoke("a")) << '\n' << text_of(ok("a", "ZT-1", 4)).substr(0, 20);
    }
    EXPECT_EQ(read_history(file)->size(), 1U);
    {
        const auto history = History::open(file);
        ASSERT_TRUE(history);
        history->add(failed("a"));
    }
    const auto lines = read_history(file);
    ASSERT_TRUE(lines);
    EXPECT_EQ(*lines, (std::vector{invoke("a"), failed("a")}));
    std::filesystem::remove(file);
}

TEST(history, unknown_is_what_was_asked_last_and_not_answered) {
    const std::vector<Line> lines{
        invoke("a"), invoke("b"), ok("a", "ZT-1", 4), invoke("c"), failed("c"), invoke("c")
    };
    EXPECT_EQ(unknown_in(lines), (std::vector{invoke("b"), invoke("c")}));
}

TEST(judge, ok_is_there_once_with_its_number_and_event) {
    const std::vector<std::vector<Line>> history{{invoke("a"), ok("a", "ZT-1", 4)}};
    EXPECT_TRUE(judge(history, ledger({{"a", "ZT-1", 4}})).is_sound());
    EXPECT_EQ(judge(history, {}).lost, 1);
    EXPECT_EQ(judge(history, ledger({{"a", "ZT-2", 4}})).lost, 1);
    EXPECT_EQ(judge(history, ledger({{"a", "ZT-1", 5}})).lost, 1);
    EXPECT_EQ(judge(history, ledger({{"a", "ZT-1", 4}, {"a", "ZT-2", 9}})).twice, 1);
}

TEST(judge, refused_is_absent) {
    const std::vector<std::vector<Line>> history{{invoke("a"), failed("a")}};
    const Verdict sound = judge(history, {});
    EXPECT_TRUE(sound.is_sound());
    EXPECT_EQ(sound.failed, 1);
    EXPECT_EQ(judge(history, ledger({{"a", "ZT-1", 4}})).refused, 1);
}

TEST(judge, unknown_is_there_at_most_once) {
    const std::vector<std::vector<Line>> history{{invoke("a")}};
    EXPECT_EQ(judge(history, {}).unknown_not_done, 1);
    const Verdict done = judge(history, ledger({{"a", "ZT-1", 4}}));
    EXPECT_TRUE(done.is_sound());
    EXPECT_EQ(done.unknown_done, 1);
    EXPECT_EQ(judge(history, ledger({{"a", "ZT-1", 4}, {"a", "ZT-2", 5}})).twice, 1);
}

TEST(judge, the_last_answer_to_a_key_that_was_asked_again_counts) {
    const std::vector<std::vector<Line>> later_done{
        {invoke("a"), failed("a"), invoke("a"), ok("a", "ZT-1", 4)}
    };
    EXPECT_TRUE(judge(later_done, ledger({{"a", "ZT-1", 4}})).is_sound());
    const std::vector<std::vector<Line>> again_unknown{{invoke("a"), failed("a"), invoke("a")}};
    EXPECT_TRUE(judge(again_unknown, ledger({{"a", "ZT-1", 4}})).is_sound());
    const std::vector<std::vector<Line>> reused{
        {invoke("a"), ok("a", "ZT-1", 4), invoke("a"), failed("a", "key_reused")}
    };
    EXPECT_TRUE(judge(reused, ledger({{"a", "ZT-1", 4}})).is_sound());
    EXPECT_EQ(judge(reused, {}).lost, 1);
}

TEST(judge, turned_away_unseen_tells_nothing_of_an_earlier_try) {
    const std::vector<std::vector<Line>> unseen{
        {invoke("a")}, {invoke("a"), failed("a", "overloaded")}
    };
    EXPECT_TRUE(judge(unseen, ledger({{"a", "ZT-1", 4}})).is_sound());
    EXPECT_TRUE(judge(unseen, {}).is_sound());
    const std::vector<std::vector<Line>> looked_at{{invoke("a")}, {invoke("a"), failed("a")}};
    EXPECT_EQ(judge(looked_at, ledger({{"a", "ZT-1", 4}})).refused, 1);
    const std::vector<std::vector<Line>> first_try{{invoke("a"), failed("a", "overloaded")}};
    EXPECT_EQ(judge(first_try, ledger({{"a", "ZT-1", 4}})).refused, 1);
}

TEST(judge, one_key_has_one_answer) {
    const std::vector<std::vector<Line>> history{
        {invoke("a"), ok("a", "ZT-1", 4), invoke("a"), ok("a", "ZT-2", 9)}
    };
    const Verdict verdict = judge(history, ledger({{"a", "ZT-1", 4}, {"a", "ZT-2", 9}}));
    EXPECT_EQ(verdict.differing, 1);
    EXPECT_EQ(verdict.twice, 1);
}

TEST(judge, one_key_of_two_credentials_is_two_requests) {
    const std::vector<std::vector<Line>> history{
        {invoke("a"), ok("a", "ZT-1", 4), invoke("a", "p1-twin"), ok("a", "ZT-2", 5, "p1-twin")}
    };
    EXPECT_TRUE(judge(history, ledger({{"a", "ZT-1", 4}, {"a", "ZT-2", 5}})).is_sound());
    const std::vector<std::vector<Line>> shared{
        {invoke("a"), ok("a", "ZT-1", 4), invoke("a", "p1-twin"), ok("a", "ZT-1", 4, "p1-twin")}
    };
    EXPECT_EQ(judge(shared, ledger({{"a", "ZT-1", 4}})).lost, 1);
}

TEST(judge, what_nobody_asked_for_is_found) {
    EXPECT_EQ(judge({}, ledger({{"a", "ZT-1", 4}})).twice, 1);
}

DoingsReader::Row row(std::string_view name, std::int32_t part, Seq seq, bool is_command = true) {
    return {key(name), part, is_command, seq, "ZT-" + std::to_string(seq)};
}

TEST(doings, parts_and_what_follows_from_them_are_one_doing) {
    DoingsReader reader;
    reader.add(row("a", 0, 1, false));  // a clock that lapsed first
    reader.add(row("a", 0, 2));
    reader.add(row("a", 0, 3, false));
    reader.add(row("a", 1, 4));
    reader.add({{}, 0, true, 5, "ZT-5"});
    reader.add(row("b", 0, 6));
    ASSERT_EQ(reader.doings().size(), 2U);
    const auto& doings = reader.doings().at(key("a"));
    ASSERT_EQ(doings.size(), 1U);
    EXPECT_EQ(doings[0].last_seq, 4);
    EXPECT_EQ(doings[0].number, "ZT-2");
    EXPECT_TRUE(doings[0].is_whole);
}

TEST(doings, a_part_that_comes_again_is_another_doing) {
    for (const bool is_apart : {false, true}) {
        DoingsReader reader;
        reader.add(row("a", 0, 1));
        if (is_apart) {
            reader.add(row("b", 0, 2));
        }
        reader.add(row("a", 0, 3));
        EXPECT_EQ(reader.doings().at(key("a")).size(), 2U) << is_apart;
    }
}

TEST(doings, a_missing_part_shows) {
    DoingsReader reader;
    reader.add(row("a", 0, 1));
    reader.add(row("a", 2, 2));
    EXPECT_FALSE(reader.doings().at(key("a"))[0].is_whole);
    const std::vector<std::vector<Line>> history{{invoke("a"), ok("a", "ZT-1", 2)}};
    EXPECT_EQ(judge(history, reader.doings()).torn, 1);
}

}  // namespace
}  // namespace zt::faults
