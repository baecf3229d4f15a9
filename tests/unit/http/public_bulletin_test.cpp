#include "http/pages/public_figures.hpp"

#include <gtest/gtest.h>

namespace zt::http {
namespace {

TEST(public_bulletin, second_unit_goes_with_the_one_that_is_hidden) {
    views::Bulletin bulletin;
    for (const std::int64_t ratings : {3, 9, 7, 0}) {
        views::BulletinLine line;
        line.satisfaction.denominator = ratings;
        line.hides_satisfaction = ratings < views::ratings_shown_min;
        bulletin.units.push_back(line);
    }
    pages::hide_second(bulletin);
    EXPECT_TRUE(bulletin.units[0].hides_satisfaction);
    EXPECT_FALSE(bulletin.units[1].hides_satisfaction);
    EXPECT_TRUE(bulletin.units[2].hides_satisfaction) << "the total less the others would tell it";
    pages::hide_second(bulletin);
    EXPECT_FALSE(bulletin.units[1].hides_satisfaction) << "two are hidden already";
    EXPECT_TRUE(bulletin.total.hides_satisfaction) << "nobody rated";
    bulletin.total.satisfaction.denominator = views::ratings_shown_min;
    pages::hide_second(bulletin);
    EXPECT_FALSE(bulletin.total.hides_satisfaction);
}

TEST(public_bulletin, only_whole_months_that_have_ended_have_a_bulletin) {
    const Date today = parse_date("2022-09-01").value();
    const std::string ended = "2022-08", running = "2022-09";
    EXPECT_TRUE(pages::ended_month(&ended, today));
    EXPECT_EQ(pages::ended_month(&running, today).error().code, Errc::bad_date);
    EXPECT_EQ(pages::ended_month(nullptr, today).error().code, Errc::missing_field);
    for (const std::string wrong : {"2022", "2022-Q2", "2022-08-01", "2022-08-01..2022-08-02"}) {
        EXPECT_EQ(pages::ended_month(&wrong, today).error().code, Errc::bad_date) << wrong;
    }
}

}  // namespace
}  // namespace zt::http
