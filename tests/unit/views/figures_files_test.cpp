#include "tests/unit/views/fact_builder.hpp"
#include "tests/unit/views/scratch_folder.hpp"
#include "views/figures.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace zt::views {
namespace {

using test::fact;
using test::fold_all;
using test::Ledger;

TEST(figures_files, nothing_saved_says_so) {
    const test::ScratchFolder folder;
    EXPECT_EQ(Figures::load(folder.path()).error().code, Errc::not_found);
}

Figures saved_figures(const std::string& folder) {
    Ledger ledger;
    ledger.add({fact("received", "2021-08-01", 1, 1), fact("accepted", "2021-08-01", 1, 1)});
    ledger.add({fact("received", "2022-08-01", 2, 2)});
    Figures figures;
    fold_all(figures, ledger);
    EXPECT_TRUE(figures.save(folder));
    return figures;
}

TEST(figures_files, flipped_bytes_in_any_file_are_found) {
    const test::ScratchFolder folder;
    saved_figures(folder.path());
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        ++files;
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(in)), {});
        for (std::size_t at = 0; at < bytes.size(); at += 3) {
            std::string damaged = bytes;
            damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
            std::ofstream(entry.path(), std::ios::binary) << damaged;
            ASSERT_FALSE(Figures::load(folder.path())) << entry.path() << " byte " << at;
        }
        std::ofstream(entry.path(), std::ios::binary) << bytes;
    }
    EXPECT_EQ(files, 4);  // the index, received in two years, accepted in one
    EXPECT_TRUE(Figures::load(folder.path()));
}

TEST(figures_files, a_missing_or_cut_segment_is_damage) {
    const test::ScratchFolder folder;
    saved_figures(folder.path());
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        if (entry.path().extension() == ".segment") {
            std::filesystem::resize_file(entry.path(), 10);
            EXPECT_EQ(Figures::load(folder.path()).error().code, Errc::damaged);
            std::filesystem::remove(entry.path());
            EXPECT_EQ(Figures::load(folder.path()).error().code, Errc::damaged);
            break;
        }
    }
}

TEST(figures_files, another_schema_number_is_told_by_name) {
    const test::ScratchFolder folder;
    saved_figures(folder.path());
    const std::string path = folder.path() + "/index";
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(16);  // after the magic line
    file.put(9);
    file.close();
    const auto loaded = Figures::load(folder.path());
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, Errc::newer_version);
    EXPECT_NE(loaded.error().detail.find("schema number 9"), std::string::npos);
    EXPECT_EQ(loaded.error().at, path);
}

TEST(figures_files, a_save_leaves_no_file_that_the_index_does_not_name) {
    const test::ScratchFolder folder;
    Figures figures = saved_figures(folder.path());
    Ledger ledger;
    ledger.add({});
    ledger.add({});
    ledger.add({fact("received", "2022-08-03", 2, 3)});
    fold_all(figures, ledger);
    ASSERT_TRUE(figures.save(folder.path()));
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        files += entry.is_regular_file() ? 1 : 0;
    }
    EXPECT_EQ(files, 4);
    EXPECT_EQ(Figures::load(folder.path())->fact_count(), 4);
}

TEST(figures_files, saving_where_no_folder_can_be_is_an_error) {
    const test::ScratchFolder folder;
    std::ofstream(folder.path() + "/file") << "x";
    Figures figures;
    EXPECT_FALSE(figures.save(folder.path() + "/file/figures"));
}

}  // namespace
}  // namespace zt::views
