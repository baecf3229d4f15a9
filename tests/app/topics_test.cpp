// Black box: hot topics of real messages beside what teams of a contest found in them, replies that
// were copied, and what is told of bad files.

#include "app/program.hpp"
#include "base/text.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace zt::test {
namespace {

constexpr const char* shared = ZT_SOURCE_DIR "/../shared/data/teddycup2020c/";
using Pair = std::pair<std::string, std::string>;

/// Lines of a packed file behind its header, cut at commas.
std::vector<std::vector<std::string>> rows_of(const std::string& file) {
    const Outcome read = run_line("gzip -dc " + file);
    std::vector<std::vector<std::string>> rows;
    for (const auto& line : split(read.text, '\n')) {
        rows.emplace_back(split(line, ','));
    }
    rows.erase(rows.begin());
    return rows;
}

/// Pairs of members, each the smaller first.
void add_pairs(const std::set<std::string>& members, std::set<Pair>& into) {
    for (auto one = members.begin(); one != members.end(); ++one) {
        for (auto other = std::next(one); other != members.end(); ++other) {
            into.emplace(*one, *other);
        }
    }
}

TEST(topics_command, finds_what_three_teams_agreed_on_and_little_that_none_did) {
    const std::string folder = shared;
    if (!std::filesystem::exists(folder)) {
        GTEST_SKIP() << "needs the shared data: " << folder;
    }
    const Outcome told = run_program(
        "topics --json --today 2019-12-31 --limit 100000 " + folder + "dev/a3_hotspot.jsonl.gz"
    );
    ASSERT_EQ(told.code, 0) << told.text.substr(0, 500);
    const auto json = boost::json::parse(told.text).as_object();
    EXPECT_EQ(json.at("messages").as_int64(), 3432);
    std::set<Pair> found;
    for (const auto& topic : json.at("topics").as_array()) {
        std::set<std::string> members;
        for (const auto& number : topic.as_object().at("matters").as_array()) {
            members.emplace(number.as_string());
        }
        EXPECT_GE(members.size(), 5U);
        add_pairs(members, found);
    }
    EXPECT_NE(
        std::string(json.at("topics")
                        .as_array()
                        .front()
                        .as_object()
                        .at("words")
                        .as_array()
                        .front()
                        .as_string())
            .find("丽发新城"),
        std::string::npos
    );
    std::size_t agreed = 0, agreed_found = 0;
    for (const auto& row : rows_of(folder + "silver/hot_pairs_ge3teams.csv.gz")) {
        if (row.size() >= 5 && row[4].starts_with("1")) {
            ++agreed;
            agreed_found += found.contains(std::minmax(row[0], row[1])) ? 1 : 0;
        }
    }
    std::map<std::string, std::set<std::string>> clusters;
    std::set<std::string> known;
    for (const auto& row : rows_of(folder + "silver/hot_clusters.csv.gz")) {
        if (row.size() >= 4 && row[3] == "dev") {
            clusters[row[0] + " " + row[1]].insert(row[2]);
            known.insert(row[2]);
        }
    }
    std::set<Pair> of_any_team;
    for (const auto& [name, members] : clusters) {
        add_pairs(members, of_any_team);
    }
    std::size_t judged = 0, right = 0;
    for (const auto& pair : found) {
        if (known.contains(pair.first) && known.contains(pair.second)) {
            ++judged;
            right += of_any_team.contains(pair) ? 1 : 0;
        }
    }
    std::printf("%zu of %zu pairs found; %zu of %zu right\n", agreed_found, agreed, right, judged);
    EXPECT_EQ(agreed, 1368U);
    EXPECT_GE(agreed_found * 10, agreed * 8);
    EXPECT_GE(right * 100, judged * 95);
}

TEST(topics_command, replies_that_were_copied_are_found_among_real_ones) {
    const std::string folder = shared;
    if (!std::filesystem::exists(folder)) {
        GTEST_SKIP() << "needs the shared data: " << folder;
    }
    const Outcome told = run_program("replies --json " + folder + "dev/a4_replies.jsonl.gz");
    ASSERT_EQ(told.code, 0) << told.text.substr(0, 500);
    const auto json = boost::json::parse(told.text).as_object();
    EXPECT_EQ(json.at("replies").as_int64(), 2288);
    EXPECT_EQ(json.at("groups").as_array().front().as_object().at("count").as_int64(), 8);
}

TEST(topics_command, says_what_is_missing_or_wrong) {
    const Outcome none = run_program("topics");
    EXPECT_EQ(none.code, 1) << none.text;
    EXPECT_NE(none.text.find("--data"), std::string::npos) << none.text;
    const Folder folder;
    std::ofstream(folder / "rows.jsonl") << "{\"title\":\"甲\",\"day\":\"someday\",\"id\":\"7\"}\n";
    const Outcome wrong = run_program("topics " + (folder / "rows.jsonl"));
    EXPECT_EQ(wrong.code, 1) << wrong.text;
    EXPECT_NE(wrong.text.find("rows.jsonl: 7"), std::string::npos) << wrong.text;
    std::ofstream(folder / "few.csv") << "title,text\n路灯不亮,东街路灯\n";
    const Outcome few = run_program("topics " + (folder / "few.csv"));
    EXPECT_EQ(few.code, 0) << few.text;
    EXPECT_NE(few.text.find("1 件中"), std::string::npos) << few.text;
}

}  // namespace
}  // namespace zt::test
