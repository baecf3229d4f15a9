#pragma once
// Where the lines of a score may read from, and what one more appeal does to each: the table on
// which `packs check` proves that no score rewards silence, and by which the readings are made.
//
// Of a matter that was refused, or that ended without being closed, a reading keeps only what tells
// against the unit. What stands here is what is read after that.

#include "domain/score.hpp"

namespace zt {

/// What one more appeal adds to a rate.
struct RateAddition {
    int numerator = 0, denominator = 0;
};

/// How a rate is read off the facts of a period.
enum class RateForm : std::uint8_t {
    by_due,   ///< matters whose final due day lies in the period: good against bad, by their lead
    judged,   ///< facts of the period: good against bad, by the unit they stand on
    of_base,  ///< matters of the base in the period that have the mark by its end
    closing,  ///< matters accepted in the period, closed by its end, by who carries them then
    rating    ///< ratings given in the period that stand at its end, weighed by answer
};

struct ScoreRateRow {
    std::string_view name;
    RateForm form = RateForm::judged;
    std::string_view good, bad;  ///< counters, joined by +; of_base: the mark and the base
    /// All that may come of an appeal handled well: each step in its time, never sent back, redone
    /// or contested, closed, with a satisfied requester or one who does not rate.
    std::span<const RateAddition> handled_well;
    /// And of one that is refused or withdrawn.
    std::span<const RateAddition> dropped;
    std::string_view help;
};

/// A common counter that a score may count; the most that one more appeal adds.
struct ScoreCountRow {
    std::string_view name;
    int handled_well = 0, dropped = 0;
    bool is_voice = false;  ///< counts appeals, petitions, contests or bad ratings
};

[[nodiscard]] std::span<const ScoreRateRow> score_rate_rows();
[[nodiscard]] const ScoreRateRow* find_score_rate(std::string_view name);
[[nodiscard]] std::span<const ScoreCountRow> score_count_rows();
[[nodiscard]] const ScoreCountRow* find_score_count(std::string_view name);
/// The row of count(KIND.INDICATOR), by the verb that the kind counts. Verbs that only trouble
/// brings (send_back, redo …) add nothing to an appeal handled well.
[[nodiscard]] ScoreCountRow score_count_of(const IndicatorRule& indicator);

/// The counter in which the figures keep the standing ratings with that answer.
[[nodiscard]] std::string rating_counter(std::string_view question, std::string_view answer);
/// Counters of single answers are for weighing only: no document shows them and no list names their
/// matters (SYSTEMS.md, never 3).
[[nodiscard]] bool is_rating_counter(std::string_view counter);

}  // namespace zt
