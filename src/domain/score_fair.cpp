#include "domain/score_fair.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <functional>

namespace zt {

namespace {

/// What all units together have in one line, in 1/unit.
struct Together {
    std::int64_t numerator = 0, denominator = 0;
};

std::vector<Together> together_of(const Score& score, const std::vector<ScoreLine>& lines) {
    std::vector<Together> out(score.indicators.size());
    for (const ScoreLine& line : lines) {
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i].numerator += line.indicators[i].reading.numerator;
            out[i].denominator += line.indicators[i].reading.denominator;
        }
    }
    return out;
}

/// The reading with `strength` matters more that did as all did.
Reading drawn(const Reading& own, const Together& all, std::int64_t strength) {
    const std::int64_t mean =
        rounded(all.numerator, all.denominator * own.unit, score_places_max, RoundingMode::half_up);
    Reading out = own;
    out.unit = score_unit;
    out.numerator = own.numerator * (score_unit / own.unit) + strength * mean;
    out.denominator = own.denominator + strength;
    return out;
}

std::int64_t fair_of(const Score& score, const ScoreLine& line, const std::vector<Together>& all) {
    std::vector<Reading> readings;
    for (std::size_t i = 0; i < line.indicators.size(); ++i) {
        const ScoredIndicator& scored = line.indicators[i];
        const bool is_drawn = is_rate(score.indicators[i]) && scored.judged == Judged::yes;
        readings.push_back(
            is_drawn ? drawn(scored.reading, all[i], score.fair_strength) : scored.reading
        );
    }
    return score_of(score, line.org, readings).normalised.value_or(0);
}

void count_matters(const Score& score, ScoreLine& line) {
    std::int64_t most = 0;
    std::optional<std::int64_t> fewest;
    for (std::size_t i = 0; i < line.indicators.size(); ++i) {
        const std::int64_t count = line.indicators[i].reading.denominator;
        if (is_rate(score.indicators[i]) && line.indicators[i].judged != Judged::not_given) {
            fewest = std::min(fewest.value_or(count), count);
            most = std::max(most, count);
        }
    }
    line.n = fewest.value_or(0);
    const auto peers = std::ranges::find_if(score.peers, [&](const ScorePeers& one) {
        return !one.upto || most <= *one.upto;
    });
    line.peers = peers == score.peers.end() ? std::string() : peers->name;
}

/// Ranks from 1, equal ones share one; in: best first.
void number(
    const std::vector<ScoreLine*>& ordered, const std::function<std::int64_t&(ScoreLine&)>& rank
) {
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        const bool is_equal = i > 0 && ordered[i - 1]->fair == ordered[i]->fair;
        rank(*ordered[i]) = is_equal ? rank(*ordered[i - 1]) : static_cast<std::int64_t>(i) + 1;
    }
}

}  // namespace

void rank_fairly(const Score& score, std::vector<ScoreLine>& lines) {
    const std::vector<Together> all = together_of(score, lines);
    std::vector<ScoreLine*> ordered;
    for (ScoreLine& line : lines) {
        CHECK(line.indicators.size() == score.indicators.size());
        count_matters(score, line);
        if (line.normalised) {
            line.fair = fair_of(score, line, all);
            ordered.push_back(&line);
        }
    }
    std::ranges::sort(ordered, [](const ScoreLine* one, const ScoreLine* other) {
        return *one->fair != *other->fair ? *one->fair > *other->fair : one->org < other->org;
    });
    number(ordered, [](ScoreLine& line) -> std::int64_t& { return line.fair_rank; });
    for (const ScorePeers& peers : score.peers) {
        std::vector<ScoreLine*> among;
        std::ranges::copy_if(ordered, std::back_inserter(among), [&](const ScoreLine* line) {
            return line->peers == peers.name;
        });
        number(among, [](ScoreLine& line) -> std::int64_t& { return line.peer_rank; });
    }
}

}  // namespace zt
