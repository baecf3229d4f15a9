#include "http/pages/public_figures.hpp"

#include <gtest/gtest.h>

namespace zt::http {
namespace {

TEST(public_figures, a_small_cell_is_hidden_and_with_it_the_smallest_beside_it) {
    std::vector<api::PublicRow> rows;
    for (const std::int64_t count : {20, 3, 8, 0}) {
        api::PublicRow row;
        row.kind = "appeal";
        api::PublicValue value;
        value.name = "received";
        value.count = count;
        row.values.push_back(value);
        rows.push_back(row);
    }
    pages::hide_small(rows);
    const auto is_hidden = [&](std::size_t row) { return rows[row].values.front().is_hidden; };
    EXPECT_FALSE(is_hidden(0));
    EXPECT_TRUE(is_hidden(1));
    EXPECT_FALSE(rows[1].values.front().count.has_value());
    EXPECT_TRUE(is_hidden(2)) << "or the sum of the year would tell the first";
    EXPECT_FALSE(is_hidden(3)) << "that there was none is no secret";
}

}  // namespace
}  // namespace zt::http
