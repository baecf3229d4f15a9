#pragma once
// Scores (考核): formulas over indicators that give a unit's points for a period. Pure arithmetic
// on whole numbers: every decimal is a whole number of millionths, a rate is rounded once, by the
// rule that the score states, before anything is computed from it.
//
// An indicator gives `full` points at its target; each unit (a percentage point of a rate, one of a
// count) to the worse side takes `slope` away, each to the better side adds it, within floor and
// cap.

#include "base/hash.hpp"
#include "domain/kind.hpp"

#include <span>

namespace zt {

inline constexpr std::int64_t score_unit = 1'000'000;  ///< millionths
inline constexpr int score_places_max = 6;

enum class RoundingMode : std::uint8_t { half_up, half_even, down };
[[nodiscard]] std::string_view name_of(RoundingMode mode);
[[nodiscard]] std::optional<RoundingMode> parse_rounding_mode(std::string_view name);

/// Decimal places kept of rates (in per cent), of each indicator's points, of totals.
struct ScoreRounding {
    int rates = 2, points = 2, total = 2;
    RoundingMode mode = RoundingMode::half_up;
    bool operator==(const ScoreRounding&) const = default;
};

enum class Better : std::uint8_t { higher, lower };

/// One line of a score. Decimals in millionths.
struct ScoreIndicator {
    std::string name;
    Title title;
    std::string group;  ///< of Score::groups; empty: none
    Word from;          ///< sign_rate, rating(QUESTION), count(KIND.INDICATOR), given
    std::map<std::string, std::int64_t, std::less<>> answers;  ///< of rating: what each weighs
    Better better = Better::higher;
    std::int64_t full = 0, target = 0, slope = 0, floor = 0, cap = 0;
    std::int64_t min = 0;  ///< judged from so many on: the denominator of a rate
    std::string source;
    int line = 0;
    bool operator==(const ScoreIndicator&) const = default;
};

/// Business, general, striving, restraint: lines that are added up apart as well.
struct ScoreGroup {
    std::string name;
    Title title;
    bool operator==(const ScoreGroup&) const = default;
};

/// Units of a like volume: those whose line with most matters has up to so many. The last class has
/// no bound.
struct ScorePeers {
    std::string name;
    Title title;
    std::optional<std::int64_t> upto;
    bool operator==(const ScorePeers&) const = default;
};

/// What a rate is drawn towards that of all weighs, in matters. source: DOMAIN.md 5.3, n = 10.
inline constexpr std::int64_t fair_strength_usual = 10;

struct Score {
    std::string name;
    std::uint32_t version = 1;
    Hash text_hash{};
    Title title;
    std::string source;
    std::vector<std::string> kinds;
    ScoreRounding rounding;
    std::vector<ScoreGroup> groups;
    std::vector<ScorePeers> peers;  ///< smallest first
    std::int64_t fair_strength = fair_strength_usual;
    std::vector<ScoreIndicator> indicators;
    bool operator==(const Score&) const = default;
};

/// What an indicator says of one unit in one period.
struct Reading {
    std::int64_t numerator = 0;    ///< in 1/unit
    std::int64_t denominator = 0;  ///< of a rate; 0 for counts and what is given
    std::int64_t unit = 1;
    bool is_given = true;  ///< false: it comes from outside and nobody gave it
    bool operator==(const Reading&) const = default;
};

enum class Judged : std::uint8_t { yes, too_few, not_given };

struct ScoredIndicator {
    Reading reading;
    Judged judged = Judged::not_given;
    std::int64_t value = 0;   ///< per cent or number, rounded; 0 unless judged
    std::int64_t points = 0;  ///< 0 unless judged
    bool operator==(const ScoredIndicator&) const = default;
};

/// A unit's score. Raw is the sum over what was judged, out of `full`; normalised is raw on a scale
/// of 100. A unit of which an indicator rests on too few has no normalised score and no rank: that
/// it is judged at last must never cost it anything (SYSTEMS.md, never 5).
struct ScoreLine {
    OrgId org;
    std::vector<ScoredIndicator> indicators;  ///< in the order of the score
    std::int64_t raw = 0, full = 0;
    std::optional<std::int64_t> normalised;
    std::int64_t rank = 0;  ///< from 1, equal scores share one; 0: not ranked
    // What rank_fairly adds (domain/score_fair.hpp).
    std::int64_t n = 0;                ///< matters of its rate with the fewest
    std::optional<std::int64_t> fair;  ///< of 100, rates drawn towards those of all
    std::int64_t fair_rank = 0, peer_rank = 0;
    std::string peers;  ///< of Score::peers
    bool operator==(const ScoreLine&) const = default;
};

/// A rate is read off two counters, everything else is a number of its own.
[[nodiscard]] bool is_rate(const ScoreIndicator& indicator);
/// numerator ÷ (denominator × 10^-places), a whole number. in: numerator ≥ 0, denominator > 0,
/// places 0 … 6. out: millionths with only that many places.
[[nodiscard]] std::int64_t
rounded(std::int64_t numerator, std::int64_t denominator, int places, RoundingMode mode);
/// Per cent of a rate, else the number itself. in: a rate's denominator is not 0.
[[nodiscard]] std::int64_t
value_of(const ScoreIndicator& indicator, const Reading& reading, const ScoreRounding& rounding);
/// Never falls when the value gets better; between floor and cap. in: value ≥ 0, all decimals below
/// 10^9 units.
[[nodiscard]] std::int64_t
points_of(const ScoreIndicator& indicator, std::int64_t value, const ScoreRounding& rounding);
/// in: one reading an indicator, in order.
[[nodiscard]] ScoreLine
score_of(const Score& score, OrgId org, const std::vector<Reading>& readings);
/// Best first, equal ones by org id, those not ranked last; gives the ranks.
void rank(std::vector<ScoreLine>& lines);

}  // namespace zt
