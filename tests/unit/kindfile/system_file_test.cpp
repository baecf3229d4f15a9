// systems/systems.yaml: sound, and what its rows name is there.

#include "base/text.hpp"
#include "kindfile/kind_file.hpp"
#include "kindfile/system_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace zt::kindfile {
namespace {

using testing::HasSubstr;

const std::string source = ZT_SOURCE_DIR;
const std::string shipped = source + "/systems/systems.yaml";
const std::string page = source + "/docs/kinds/README.md";
constexpr std::string_view table_begin = "<!-- systems:begin -->\n";
constexpr std::string_view table_end = "<!-- systems:end -->";

std::vector<System> systems() {
    const auto read = read_systems(read_text_file(shipped).value_or(""), "systems.yaml");
    EXPECT_TRUE(read.has_value()) << (read ? "" : to_string(read.error().front()));
    return read.value_or(std::vector<System>{});
}

/// The shipped file with one place changed.
Errors errors_with(std::string_view before, std::string_view after) {
    std::string text = read_text_file(shipped).value_or("");
    const auto at = text.find(before);
    EXPECT_NE(at, std::string::npos) << before;
    text.replace(at, before.size(), after);
    const auto read = read_systems(text, "systems.yaml");
    return read ? Errors{} : read.error();
}

TEST(systems, what_the_rows_name_is_there) {
    const auto rows = systems();
    EXPECT_EQ(rows.size(), static_cast<std::size_t>(systems_count));
    for (const System& system : rows) {
        const auto expect_file = [&](const std::string& path) {
            EXPECT_TRUE(std::filesystem::exists(source + path)) << system.id << " names " << path;
        };
        for (const std::string& kind : system.kinds) {
            expect_file("/kinds/" + kind + ".yaml");
            expect_file("/kinds/" + kind + ".case");
            const auto script = read_text_file(source + "/kinds/" + kind + ".case");
            EXPECT_THAT(script.value_or(""), HasSubstr("coverage all")) << system.id << " " << kind;
        }
        if (!system.page.empty()) {
            expect_file("/docs/kinds/" + system.page + ".md");
        }
        for (const std::string& script : system.figures) {
            expect_file("/kinds/" + script + ".case");
        }
    }
}

TEST(systems, a_row_that_claims_to_be_done_names_all_its_parts) {
    const auto errors = errors_with(
        "    kinds: [accountability]\n    page: accountability\n"
        "    figures: [accountability_figures]\n",
        "    kinds: [accountability]\n    page: accountability\n"
    );
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_THAT(errors.front().detail, HasSubstr("its figures"));
}

TEST(systems, each_stands_once_and_in_order) {
    EXPECT_EQ(errors_with("  S7:", "  S30:").size(), 1U);
    EXPECT_FALSE(errors_with("  S7:", "  S8:").empty());
    EXPECT_EQ(errors_with("    ring: 1\n", "    ring: 4\n").size(), 1U);
    EXPECT_EQ(errors_with("    ring: 1\n", "    ring: 1\n    rank: 1\n").size(), 1U);
}

TEST(systems, the_table_of_the_page_is_fresh) {
    std::string text = read_text_file(page).value_or("");
    const auto begin = text.find(table_begin);
    const auto end = text.find(table_end);
    ASSERT_NE(begin, std::string::npos);
    ASSERT_NE(end, std::string::npos);
    const std::size_t from = begin + table_begin.size();
    const std::string table = systems_table(systems());
    if (std::getenv("ZHITONG_WRITE_REFERENCE") != nullptr) {
        std::string fresh = text;
        fresh.replace(from, end - from, table);
        std::ofstream(page, std::ios::binary) << fresh;
        return;
    }
    EXPECT_EQ(text.substr(from, end - from), table)
        << "write it anew: ZHITONG_WRITE_REFERENCE=1 kindfile_test --gtest_filter='systems.*'";
}

TEST(systems, the_page_of_figures_is_fresh_and_names_each) {
    Kinds kinds;
    std::map<std::string, std::string, std::less<>> scripts;
    for (const auto& file : std::filesystem::directory_iterator(source + "/kinds")) {
        if (file.is_directory()) {
            continue;
        }
        const std::string text = read_text_file(file.path().string()).value_or("");
        if (file.path().extension() == ".case") {
            scripts[file.path().stem().string()] = text;
        } else if (file.path().extension() == ".yaml") {
            auto read = read_kind(text, file.path().filename().string());
            ASSERT_TRUE(read.has_value()) << file.path();
            kinds.add(*read);
        }
    }
    const std::string text = figures_page(systems(), kinds, scripts);
    EXPECT_THAT(text, HasSubstr("| 受理 | accepted | `accepted` | 386 |"));
    EXPECT_THAT(text, testing::Not(HasSubstr("|  |  | `"))) << "a figure without a title";
    const std::string path = source + "/docs/kinds/figures.md";
    if (std::getenv("ZHITONG_WRITE_REFERENCE") != nullptr) {
        std::ofstream(path, std::ios::binary) << text;
    }
    EXPECT_EQ(read_text_file(path).value_or(""), text)
        << "write it anew: ZHITONG_WRITE_REFERENCE=1 kindfile_test --gtest_filter='systems.*'";
}

}  // namespace
}  // namespace zt::kindfile
