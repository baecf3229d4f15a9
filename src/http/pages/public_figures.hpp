#pragma once
// Figures for everybody: by kind and month, of months that have ended. Cells under five say more of
// single people than of the place and are hidden; where one alone would be hidden, the next
// smallest goes with it, since the total less the others would tell it (DOMAIN 6.11). There are no
// other cuts of time, so that no two of them differ by a day.

#include "http/api_published.hpp"
#include "views/bulletin.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zt::http::pages {

/// Cells from 1 up to here are hidden.
inline constexpr std::int64_t hidden_below = 5;

/// What the figures are asked. errors: bad_value (a year that no place has figures of).
struct PublicQuery {
    int year = 0;
    std::vector<std::string> kinds;
    Date today;
};

/// errors: those of Figures::table. in: titles of kinds and indicators, in the caller's language.
[[nodiscard]] Result<api::PublicFigures> public_figures(
    const views::Figures& figures,
    const PublicQuery& query,
    const std::function<std::string(const std::string&)>& kind_title,
    std::string_view language
);

/// A line a kind, month and figure: kind, period, figure, count, numerator, denominator, rate;
/// hidden ones have no number and say so.
[[nodiscard]] std::string csv_of(const api::PublicFigures& figures);
/// Hides cells from 1 to four, by kind and indicator, and a second one where one alone is hidden.
void hide_small(std::vector<api::PublicRow>& rows);
/// A whole month that has ended. errors: missing_field, bad_date.
[[nodiscard]] Result<views::Period> ended_month(const std::string* text, Date today);
/// Hides the satisfaction of a second unit where that of one alone would be hidden, and that of the
/// whole place where it was made from too few.
void hide_second(views::Bulletin& bulletin);

}  // namespace zt::http::pages
