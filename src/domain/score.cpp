#include "domain/score.hpp"

#include "base/check.hpp"

#include <algorithm>

namespace zt {

namespace {

/// Products of two decimals in millionths: 10^15 × 10^9 needs 80 bits.
__extension__ using Wide = __int128;

constexpr std::int64_t normalised_full = 100;

std::int64_t power_of_ten(int places) {
    std::int64_t power = 1;
    for (int place = 0; place < places; ++place) {
        power *= 10;
    }
    return power;
}

/// in: numerator ≥ 0, denominator > 0.
Wide divide(Wide numerator, Wide denominator, RoundingMode mode) {
    const Wide whole = numerator / denominator;
    const Wide rest = numerator % denominator;
    switch (mode) {
    case RoundingMode::down: return whole;
    case RoundingMode::half_up: return whole + (rest * 2 >= denominator ? 1 : 0);
    case RoundingMode::half_even:
        return whole + (rest * 2 > denominator || (rest * 2 == denominator && whole % 2 == 1));
    }
    return whole;
}

/// in: millionths of `unit`s, not negative. out: millionths with only that many places.
std::int64_t rounded_wide(Wide numerator, Wide denominator, int places, RoundingMode mode) {
    CHECK(numerator >= 0 && denominator > 0 && places >= 0 && places <= score_places_max);
    const Wide steps = divide(numerator * power_of_ten(places), denominator, mode);
    return static_cast<std::int64_t>(steps * (score_unit / power_of_ten(places)));
}

struct ModeName {
    RoundingMode mode;
    std::string_view name;
};
constexpr ModeName mode_names[] = {
    {RoundingMode::half_up, "half_up"},
    {RoundingMode::half_even, "half_even"},
    {RoundingMode::down, "down"},
};

Judged judge(const ScoreIndicator& indicator, const Reading& reading) {
    if (!reading.is_given) {
        return Judged::not_given;
    }
    const bool is_enough = reading.denominator > 0 && reading.denominator >= indicator.min;
    return !is_rate(indicator) || is_enough ? Judged::yes : Judged::too_few;
}

bool is_before(const ScoreLine& one, const ScoreLine& other) {
    if (one.normalised.has_value() != other.normalised.has_value()) {
        return one.normalised.has_value();
    }
    if (one.normalised && *one.normalised != *other.normalised) {
        return *one.normalised > *other.normalised;
    }
    return one.org < other.org;
}

}  // namespace

std::string_view name_of(RoundingMode mode) {
    return std::ranges::find(mode_names, mode, &ModeName::mode)->name;
}

std::optional<RoundingMode> parse_rounding_mode(std::string_view name) {
    const auto* found = std::ranges::find(mode_names, name, &ModeName::name);
    return found == std::end(mode_names) ? std::nullopt : std::optional(found->mode);
}

bool is_rate(const ScoreIndicator& indicator) {
    return indicator.from.name != "count" && indicator.from.name != "given";
}

std::int64_t
rounded(std::int64_t numerator, std::int64_t denominator, int places, RoundingMode mode) {
    return rounded_wide(numerator, denominator, places, mode);
}

std::int64_t
value_of(const ScoreIndicator& indicator, const Reading& reading, const ScoreRounding& rounding) {
    const bool of_rate = is_rate(indicator);
    const Wide scale = of_rate ? normalised_full : 1;
    const Wide below = of_rate ? Wide{reading.denominator} * reading.unit : Wide{reading.unit};
    return rounded_wide(reading.numerator * scale, below, rounding.rates, rounding.mode);
}

std::int64_t
points_of(const ScoreIndicator& indicator, std::int64_t value, const ScoreRounding& rounding) {
    const Wide gain = indicator.better == Better::higher ? Wide{value} - indicator.target
                                                         : Wide{indicator.target} - value;
    const Wide points = Wide{indicator.full} * score_unit + gain * indicator.slope;
    const Wide within =
        std::clamp(points, Wide{indicator.floor} * score_unit, Wide{indicator.cap} * score_unit);
    // Millionths of millionths, so the unit stands in the denominator twice.
    return rounded_wide(within, Wide{score_unit} * score_unit, rounding.points, rounding.mode);
}

ScoreLine score_of(const Score& score, OrgId org, const std::vector<Reading>& readings) {
    CHECK(readings.size() == score.indicators.size());
    ScoreLine line;
    line.org = org;
    bool is_whole = true;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < readings.size(); ++i) {
        const ScoreIndicator& indicator = score.indicators[i];
        ScoredIndicator scored;
        scored.reading = readings[i];
        scored.judged = judge(indicator, readings[i]);
        if (scored.judged == Judged::yes) {
            scored.value = value_of(indicator, readings[i], score.rounding);
            scored.points = points_of(indicator, scored.value, score.rounding);
            sum += scored.points;
            line.full += indicator.full;
        }
        is_whole = is_whole && scored.judged != Judged::too_few;
        line.indicators.push_back(scored);
    }
    const auto& rounding = score.rounding;
    line.raw = rounded(sum, score_unit, rounding.total, rounding.mode);
    if (is_whole && line.full > 0) {
        line.normalised =
            rounded_wide(Wide{sum} * normalised_full, line.full, rounding.total, rounding.mode);
    }
    return line;
}

void rank(std::vector<ScoreLine>& lines) {
    std::ranges::sort(lines, is_before);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool is_equal = i > 0 && lines[i - 1].normalised == lines[i].normalised;
        lines[i].rank = !lines[i].normalised ? 0
                        : is_equal           ? lines[i - 1].rank
                                             : static_cast<std::int64_t>(i) + 1;
    }
}

}  // namespace zt
