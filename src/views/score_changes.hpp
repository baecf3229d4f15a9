#pragma once
// "Why did my score change": one unit's lines in two periods side by side, and what each line's
// change is part of the whole, adding up exactly.

#include "views/scores.hpp"

namespace zt::views {

/// One line in both periods. Points in millionths, 0 where it was not judged.
struct ScoreChange {
    std::string name;
    Title title;
    ScoredIndicator before, after;
    [[nodiscard]] std::int64_t points() const { return after.points - before.points; }
};

struct ScoreChanges {
    std::string unit;
    Period before, after;
    Score score;
    ScoreLine line_before, line_after;
    std::vector<ScoreChange> lines;  ///< in the order of the score
    /// What rounding of the two totals adds: raw changes by the sum of the lines and this.
    std::int64_t rounding = 0;
};

/// in: two tables of the same score; the unit by its name. errors: not_found with the names there
/// are (the unit stands in neither).
[[nodiscard]] Result<ScoreChanges>
changes_of(const ScoreTable& before, const ScoreTable& after, const std::string& unit);

[[nodiscard]] std::string to_text(const ScoreChanges& changes, Language language);
/// {"unit","score","version","before":{"period","raw","full","normalised","rank"},"after":{…},
/// "change","lines":[{"name","before":{"judged","value","points"},"after":{…},"change"}],
/// "rounding"}.
[[nodiscard]] std::string to_json(const ScoreChanges& changes);

/// One unit under the score in force and under another one, for the same period.
/// out: {"score","other","units":[{"org","before":{"normalised","rank"},"after":{…}}]}.
[[nodiscard]] std::string simulation_json(const ScoreTable& now, const ScoreTable& other);
[[nodiscard]] std::string
simulation_text(const ScoreTable& now, const ScoreTable& other, Language language);

}  // namespace zt::views
