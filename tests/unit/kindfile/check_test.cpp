// Every static check has a sample that it must refuse, at the line that the sample's first line
// declares.

#include "base/text.hpp"
#include "kindfile/check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace zt::kindfile {
namespace {

const std::string tests = std::string(ZT_SOURCE_DIR) + "/tests/";

std::string print(const Errors& errors) {
    std::string text;
    for (const Error& error : errors) {
        text += to_string(error) + "\n";
    }
    return text;
}

Pack sample_pack() {
    auto packs = load_packs(tests + "kinds_good/pack");
    EXPECT_TRUE(packs.has_value()) << (packs ? "" : print(packs.error()));
    return packs->packs.begin()->second;
}

/// Reading and checking, as `kinds check` does for one file.
Errors errors_of(const std::filesystem::path& path) {
    const auto text = read_text_file(path);
    EXPECT_TRUE(text.has_value());
    const auto file = read_kind_file(*text, path.filename().string());
    if (!file) {
        return file.error();
    }
    Kinds kinds;
    kinds.add(file->kind);
    return check_kind(*file, sample_pack(), kinds);
}

struct Expectation {
    std::string id;
    std::string line;
};

Expectation expectation_of(const std::filesystem::path& path) {
    const std::string text = read_text_file(path).value_or("");
    const auto words = split(text.substr(0, text.find('\n')), ' ');
    EXPECT_EQ(words.size(), 5U) << path << ": first line: # expect CHECK at LINE";
    return words.size() == 5 ? Expectation{words[2], words[4]} : Expectation{};
}

std::vector<std::filesystem::path> bad_kinds() {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(tests + "kinds_bad")) {
        paths.push_back(entry.path());
    }
    std::ranges::sort(paths);
    return paths;
}

bool is_expected(const Error& error, const Expectation& expected) {
    const bool is_check =
        error.code == Errc::check_failed && error.detail.starts_with(expected.id + ":");
    return (is_check || name_of(error.code) == expected.id) &&
           error.at.ends_with(":" + expected.line);
}

TEST(check, each_bad_kind_is_refused_for_its_fault_at_its_line) {
    for (const auto& path : bad_kinds()) {
        const Expectation expected = expectation_of(path);
        const Errors errors = errors_of(path);
        EXPECT_TRUE(
            std::ranges::any_of(errors, [&](const Error& e) { return is_expected(e, expected); })
        ) << path.filename()
          << ": expected " << expected.id << " at " << expected.line << ", got\n"
          << print(errors);
    }
}

TEST(check, each_bad_kind_has_no_fault_but_its_own) {
    for (const auto& path : bad_kinds()) {
        const Expectation expected = expectation_of(path);
        for (const Error& error : errors_of(path)) {
            const bool is_own =
                name_of(error.code) == expected.id || error.detail.starts_with(expected.id + ":");
            EXPECT_TRUE(is_own) << path.filename() << ": " << to_string(error);
        }
    }
}

TEST(check, every_check_has_a_bad_kind) {
    std::set<std::string> shown;
    for (const auto& path : bad_kinds()) {
        shown.insert(expectation_of(path).id);
    }
    for (const CheckRow& row : check_rows()) {
        EXPECT_TRUE(shown.contains(std::string(row.id)))
            << "write tests/kinds_bad/" << row.id << ".yaml";
    }
}

TEST(check, every_guarantee_is_broken_by_a_bad_kind) {
    std::string details;
    for (const auto& path : bad_kinds()) {
        details += print(errors_of(path));
    }
    for (const GuaranteeRow& row : guarantee_rows()) {
        EXPECT_THAT(
            details, testing::HasSubstr("broken_guarantee: " + std::string(row.name) + ":")
        );
    }
}

TEST(check, good_kinds_pass) {
    const auto loaded = load_kinds(std::filesystem::path(tests + "kinds_good"));
    ASSERT_TRUE(loaded.has_value()) << print(loaded.error());
    EXPECT_EQ(loaded->files.size(), 3U);
    for (const KindFile& file : loaded->files) {
        EXPECT_EQ(print(check_kind(file, sample_pack(), loaded->kinds)), "") << file.kind.name;
    }
}

TEST(check, good_pack_passes_and_a_pack_for_an_unknown_clock_is_refused) {
    const auto loaded = load_kinds(std::filesystem::path(tests + "kinds_good"));
    ASSERT_TRUE(loaded.has_value());
    const auto packs = load_packs(tests + "kinds_good/pack");
    ASSERT_TRUE(packs.has_value());
    EXPECT_EQ(print(check_pack(packs->files.front(), loaded->kinds)), "");
    const auto bad = read_pack_file(
        "pack: p\nversion: 1\ntitle: {zh: 甲, en: a}\nsource: s\nclocks:\n  complaint.hndle: {length: 3wd, source: s}\n"
        "weights:\n  complaint.satisfaction: {answers: {happy: 1}, source: s}\n",
        "p.yaml"
    );
    ASSERT_TRUE(bad.has_value()) << print(bad.error());
    const Errors errors = check_pack(*bad, loaded->kinds);
    ASSERT_EQ(errors.size(), 2U);
    EXPECT_EQ(errors[0].at, "p.yaml:6");
    EXPECT_THAT(errors[0].detail, testing::HasSubstr("did you mean handle?"));
    EXPECT_EQ(errors[1].at, "p.yaml:8");
}

TEST(check, retention_of_an_unknown_kind_is_refused) {
    const auto loaded = load_kinds(std::filesystem::path(tests + "kinds_good"));
    ASSERT_TRUE(loaded.has_value());
    const auto bad = read_pack_file(
        "pack: p\nversion: 1\ntitle: {zh: 甲, en: a}\nsource: s\nretention:\n"
        "  no_such_kind: {what: sealed, years: 10, source: s}\n",
        "p.yaml"
    );
    ASSERT_TRUE(bad.has_value()) << print(bad.error());
    const Errors errors = check_pack(*bad, loaded->kinds);
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].at, "p.yaml:6");
    EXPECT_THAT(errors[0].detail, testing::HasSubstr("no_such_kind"));
}

TEST(check, a_pack_that_takes_what_the_kind_needs_away_fails_the_kind) {
    const auto loaded = load_kinds(std::filesystem::path(tests + "kinds_good"));
    ASSERT_TRUE(loaded.has_value());
    Pack pack = sample_pack();
    pack.windows.clear();
    pack.weights.clear();
    const Errors errors = check_kind(loaded->files.front(), pack, loaded->kinds);
    EXPECT_THAT(print(errors), testing::HasSubstr("unknown_window"));
    EXPECT_THAT(print(errors), testing::HasSubstr("missing_weight"));
}

}  // namespace
}  // namespace zt::kindfile
