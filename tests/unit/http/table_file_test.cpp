#include "http/pages/table_file.hpp"

#include <gtest/gtest.h>

namespace zt::http {
namespace {

TEST(tables, cells_are_text_whatever_stands_in_them) {
    EXPECT_EQ(csv_cell("平常"), "平常");
    EXPECT_EQ(csv_cell("=1+1"), "'=1+1");
    EXPECT_EQ(csv_cell(" @SUM(A1)"), "' @SUM(A1)");
    EXPECT_EQ(csv_cell("-2+3"), "'-2+3");
    EXPECT_EQ(csv_cell("+86"), "'+86");
    EXPECT_EQ(csv_cell("＝1+1"), "'＝1+1");
    EXPECT_EQ(csv_cell("甲,\"乙\""), "\"甲,\"\"乙\"\"\"");
    EXPECT_EQ(csv_cell("两\n行"), "\"两\n行\"");
    EXPECT_EQ(xml_text("<a & \"b\">\x01"), "&lt;a &amp; &quot;b&quot;&gt;");
}

TEST(tables, an_archive_that_nobody_wants_any_more_is_broken_off) {
    int writes = 0;
    const auto file = TableFile::make(TableFormat::xlsx, "x", [&writes](std::string_view) {
        return ++writes < 3;
    });
    const std::vector<std::string> cells{"a", "b"};
    file->row(cells);
    file->finish();
    EXPECT_FALSE(file->is_wanted());
    EXPECT_EQ(writes, 3);
}

}  // namespace
}  // namespace zt::http
