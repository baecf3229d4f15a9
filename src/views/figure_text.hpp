#pragma once
// Figures as documents: the answers of `stats`.

#include "views/figures.hpp"

namespace zt::views {

enum class Language : std::uint8_t { zh, en };

/// {"as_of","seq","indicators":{NAME:{"count"} | {"numerator","denominator","rate"} |
/// {"count","median","p90"}}}, or with `by`
/// {"as_of","seq","rows":[{"by":{DIM:VALUE},"indicators":{…}}]}; numbers with `list` add
/// "numbers":[…]. Numbers are numbers, a rate without denominator is null. in: table as
/// Figures::table gave it for those dimensions.
[[nodiscard]] std::string to_json(
    const FigureTable& table,
    const std::vector<std::string>& by,
    const std::optional<std::vector<std::string>>& numbers = std::nullopt
);
/// For people. Without `by` a line per indicator, with it a line per row and a column per indicator
/// that is not 0 everywhere. Ends with the day and seq it is as of.
[[nodiscard]] std::string
to_text(const FigureTable& table, const std::vector<std::string>& by, Language language);

}  // namespace zt::views
