#pragma once
// Score files: packs/scores/*.yaml, how a place scores its units. docs/concepts/scores.md shows the
// syntax. What a sound shape cannot say is proven by check_score, with stable ids as `kinds check`
// has them; tests/scores_bad holds one file per id that it must refuse.

#include "domain/score.hpp"
#include "kindfile/check.hpp"

namespace zt::kindfile {

/// Ratings of fewer say more about single people than about the unit (SYSTEMS.md, never 3).
inline constexpr std::int64_t ratings_judged_min = 5;

struct ScoreFile {
    Score score;
    Lines lines;
    std::string file, text;
};

/// errors: all that is wrong with the text.
[[nodiscard]] Checked<ScoreFile> read_score_file(std::string_view text, std::string file);
/// Reads all, in order of names. errors: all errors of all files; a score that stands in two files.
[[nodiscard]] Checked<std::vector<ScoreFile>> load_scores(const NamedTexts& texts);

/// All checks of scores in the order of documents.
[[nodiscard]] std::span<const CheckRow> score_check_rows();
/// Proves that everything named exists, that the arithmetic stays within floor and cap, and
/// SYSTEMS.md "never" 3 (no rating of fewer than 5), 5 (no score rewards silence) and 6 (nobody is
/// scored by presence). out: all that is wrong, in order of lines; empty: sound.
[[nodiscard]] Errors check_score(const ScoreFile& file, const Kinds& kinds);

}  // namespace zt::kindfile
