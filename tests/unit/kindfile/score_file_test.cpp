// Score files: the published figures come out of the shipped ones, each check has a file that it
// must refuse, and what the table of readings says is what the arithmetic does.

#include "base/text.hpp"
#include "domain/score_sources.hpp"
#include "kindfile/score_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace zt::kindfile {
namespace {

const std::string source = ZT_SOURCE_DIR;

std::string print(const Errors& errors) {
    std::string text;
    for (const Error& error : errors) {
        text += to_string(error) + "\n";
    }
    return text;
}

Score shipped(const std::string& name) {
    const std::string path = source + "/packs/scores/" + name + ".yaml";
    const auto file = read_score_file(read_text_file(path).value_or(""), path);
    EXPECT_TRUE(file.has_value()) << (file ? "" : print(file.error()));
    return file ? file->score : Score{};
}

/// Hundredths, as the bulletins print them.
constexpr std::int64_t hundredth = score_unit / 100;

Reading per_cent(std::int64_t hundredths) { return {hundredths, 10'000}; }
Reading given(std::int64_t number) { return {number, 0}; }

/// Signed for, closed on time, satisfied, each in hundredths of a per cent; one point is lost on
/// what was printed for no unit.
std::int64_t
total(const Score& score, std::int64_t sign, std::int64_t on_time, std::int64_t satisfied) {
    const ScoreLine line = score_of(
        score,
        OrgId{1},
        {per_cent(sign), per_cent(on_time), per_cent(satisfied), given(0), given(34)}
    );
    EXPECT_EQ(line.full, 100 * score_unit);
    return line.raw / hundredth;
}

TEST(lianyungang, the_printed_totals_come_out) {
    const Score now = shipped("lianyungang"), before = shipped("lianyungang-2021");
    EXPECT_EQ(total(now, 10'000, 5'000, 4'000), 6650);
    EXPECT_EQ(total(before, 8'000, 10'000, 7'059), 7680);
    EXPECT_EQ(total(now, 10'000, 10'000, 7'000), 8650);
    // A unit with seven tickets, one signed late, and six due, one closed late.
    const Reading sign{6, 7}, on_time{5, 6}, rest{10, 10};
    const ScoreLine tower = score_of(before, OrgId{1}, {sign, on_time, rest, given(0), given(34)});
    EXPECT_EQ(tower.raw / hundredth, 7804);
    EXPECT_EQ(tower.normalised, tower.raw);
}

TEST(lianyungang, the_printed_components_come_out) {
    const Score now = shipped("lianyungang"), before = shipped("lianyungang-2021");
    struct Row {
        const Score& score;
        std::size_t line;
        std::int64_t rate, points;
    };
    for (const Row& row :
         {Row{now, 0, 8571, 71},
          Row{now, 0, 8500, 0},
          Row{now, 1, 8982, 1482},
          Row{now, 1, 8333, 833},
          Row{now, 1, 7500, 0},
          Row{before, 2, 7059, 1280},
          Row{now, 2, 8750, 1975},
          Row{now, 2, 8333, 1767},
          Row{now, 2, 7500, 1350},
          Row{now, 2, 2000, 1250}}) {
        const auto& line = row.score.indicators[row.line];
        EXPECT_EQ(points_of(line, row.rate * hundredth, row.score.rounding), row.points * hundredth)
            << line.name << " " << row.rate;
    }
}

TEST(lianyungang, unrounded_rates_would_give_a_cent_more) {
    Score score = shipped("lianyungang-2021");
    score.rounding.rates = score_places_max;
    score.rounding.points = score_places_max;
    const ScoreLine line =
        score_of(score, OrgId{1}, {Reading{6, 7}, {5, 6}, {10, 10}, given(0), given(34)});
    EXPECT_EQ(line.raw / hundredth, 7805);
}

/// Twenty rated: 14 satisfied, 4 basically, 2 not; 12 solved, 6 partly, 2 not.
std::int64_t three_rates(const std::string& name) {
    const Score score = shipped(name);
    const auto weigh = [&](std::size_t line, std::initializer_list<std::pair<const char*, int>> n) {
        Reading reading{0, 0, score_unit};
        for (const auto& [answer, count] : n) {
            reading.numerator += score.indicators[line].answers.find(answer)->second * count;
            reading.denominator += count;
        }
        return reading;
    };
    return score_of(
               score,
               OrgId{1},
               {Reading{18, 20},
                weigh(1, {{"solved", 12}, {"partly", 6}, {"not", 2}}),
                weigh(2, {{"satisfied", 14}, {"basically", 4}, {"dissatisfied", 2}})}
           )
               .raw /
           hundredth;
}

TEST(three_rates, the_presets_weigh_half_answers_their_own_way) {
    EXPECT_EQ(three_rates("jungar"), 2700 + 2625 + 3010);
    EXPECT_EQ(three_rates("three-rates-strict"), 2700 + 2100 + 2450);
    EXPECT_EQ(three_rates("three-rates-lenient"), 2700 + 2625 + 3150);
}

Kinds sample_kinds() {
    const auto loaded = load_kinds(std::filesystem::path(source + "/tests/kinds_good"));
    EXPECT_TRUE(loaded.has_value());
    return loaded->kinds;
}

Errors errors_of(const std::filesystem::path& path) {
    const auto file = read_score_file(read_text_file(path).value_or(""), path.filename().string());
    return file ? check_score(*file, sample_kinds()) : file.error();
}

struct Expectation {
    std::string id, line;
};

std::vector<std::pair<std::filesystem::path, Expectation>> bad_scores() {
    std::vector<std::pair<std::filesystem::path, Expectation>> out;
    for (const auto& entry : std::filesystem::directory_iterator(source + "/tests/scores_bad")) {
        const std::string text = read_text_file(entry.path()).value_or("");
        const auto words = split(text.substr(0, text.find('\n')), ' ');
        EXPECT_EQ(words.size(), 5U) << entry.path() << ": first line: # expect CHECK at LINE";
        out.emplace_back(entry.path(), Expectation{words.at(2), words.at(4)});
    }
    std::ranges::sort(out, {}, [](const auto& one) { return one.first; });
    return out;
}

bool is_its_own(const Error& error, const Expectation& expected) {
    return name_of(error.code) == expected.id || error.detail.starts_with(expected.id + ":");
}

TEST(score_check, each_bad_score_is_refused_for_its_fault_at_its_line_and_for_no_other) {
    for (const auto& [path, expected] : bad_scores()) {
        const Errors errors = errors_of(path);
        EXPECT_TRUE(std::ranges::any_of(
            errors,
            [&](const Error& error) {
                return is_its_own(error, expected) && error.at.ends_with(":" + expected.line);
            }
        )) << path.filename()
           << ": expected " << expected.id << " at " << expected.line << ", got\n"
           << print(errors);
        for (const Error& error : errors) {
            EXPECT_TRUE(is_its_own(error, expected)) << path.filename() << ": " << to_string(error);
        }
    }
}

TEST(score_check, every_check_has_a_bad_score) {
    std::set<std::string> shown;
    for (const auto& [path, expected] : bad_scores()) {
        shown.insert(expected.id);
    }
    for (const CheckRow& row : score_check_rows()) {
        EXPECT_TRUE(shown.contains(std::string(row.id)))
            << "write tests/scores_bad/" << row.id << ".yaml";
    }
}

TEST(score_check, the_shipped_scores_pass_with_the_shipped_kinds) {
    const auto kinds = load_kinds(std::filesystem::path(source + "/kinds"));
    ASSERT_TRUE(kinds.has_value());
    const auto texts = read_yaml_folder(source + "/packs/scores");
    ASSERT_TRUE(texts.has_value());
    const auto scores = load_scores(*texts);
    ASSERT_TRUE(scores.has_value()) << print(scores.error());
    EXPECT_EQ(scores->size(), 7U);
    for (const ScoreFile& file : *scores) {
        EXPECT_EQ(print(check_score(file, kinds->kinds)), "") << file.score.name;
        EXPECT_TRUE(file.file.ends_with("/" + file.score.name + ".yaml")) << file.file;
    }
}

TEST(score_check, a_score_that_stands_in_two_files_is_refused) {
    const auto text = read_text_file(source + "/packs/scores/jungar.yaml").value_or("");
    const auto loaded = load_scores({{"a.yaml", text}, {"b.yaml", text}});
    ASSERT_FALSE(loaded.has_value());
    EXPECT_THAT(loaded.error().front().detail, testing::HasSubstr("jungar"));
    EXPECT_EQ(loaded.error().front().at, "b.yaml:3");
}

/// A score of one line that reads the rate.
Score of_rate(const ScoreRateRow& row, Better better) {
    Score score;
    ScoreIndicator line;
    line.name = "one";
    line.from.name = row.name;
    line.better = better;
    line.full = line.cap = 10 * score_unit;
    line.target = better == Better::higher ? 100 * score_unit : 0;
    line.slope = score_unit / 10;
    line.min = 1;
    score.indicators.push_back(line);
    return score;
}

/// For all rates of up to 40: does the addition ever lower (or raise) the points.
bool ever_moves(const Score& score, RateAddition more, bool down) {
    for (std::int64_t d = 1; d <= 40; ++d) {
        for (std::int64_t n = 0; n <= d; ++n) {
            const auto before = score_of(score, OrgId{1}, {Reading{n, d}}).raw;
            const auto after =
                score_of(score, OrgId{1}, {Reading{n + more.numerator, d + more.denominator}}).raw;
            if (down ? after < before : after > before) {
                return true;
            }
        }
    }
    return false;
}

TEST(score_check, what_is_proven_by_the_table_is_what_the_arithmetic_does) {
    int refused = 0;
    for (const ScoreRateRow& row : score_rate_rows()) {
        for (const Better better : {Better::higher, Better::lower}) {
            const Score score = of_rate(row, better);
            ScoreFile file{score, {}, "s.yaml", ""};
            const std::string found = print(check_score(file, sample_kinds()));
            if (row.form == RateForm::rating) {
                continue;  // needs a question; its weights have bad samples of their own
            }
            const bool lowers = std::ranges::any_of(row.handled_well, [&](RateAddition more) {
                return ever_moves(score, more, true);
            });
            const bool raises = std::ranges::any_of(row.dropped, [&](RateAddition more) {
                return ever_moves(score, more, false);
            });
            EXPECT_EQ(lowers, found.find("punishes_good_work") != std::string::npos) << row.name;
            EXPECT_EQ(raises, found.find("rewards_refusal") != std::string::npos) << row.name;
            refused += lowers || raises ? 1 : 0;
        }
    }
    EXPECT_GT(refused, 0);
}

}  // namespace
}  // namespace zt::kindfile
