#include "views/scores.hpp"

#include "base/check.hpp"
#include "base/text.hpp"
#include "domain/score_fair.hpp"
#include "domain/score_sources.hpp"
#include "views/impl/fact_nets.hpp"

#include <map>

namespace zt::views {

using impl::Matters;

namespace {

using Readings = std::map<OrgId, Reading>;

/// One run: what it reads.
struct Run {
    const Figures& figures;
    const Score& score;
    const ScoreQuery& query;
    Matters dropped;  ///< refused, or ended without being closed, by the end of the period

    [[nodiscard]] FactWindow within() const {
        return {query.period.from, query.period.until, query.known_at, score.kinds};
    }
    [[nodiscard]] FactWindow by_end() const {
        return {{}, query.period.until, query.known_at, score.kinds};
    }
    [[nodiscard]] FactWindow ever() const { return {{}, {}, query.known_at, score.kinds}; }
};

void add(Readings& out, OrgId org, std::int64_t numerator, std::int64_t denominator) {
    Reading& reading = out[org];
    reading.numerator += numerator;
    reading.denominator += denominator;
}

/// What the matters stand in by the end of the window: good counts for the unit, all count in n.
Readings read_outcomes(
    const Run& run, const ScoreRateRow& row, const Matters& matters, const FactWindow& window
) {
    Readings out;
    const auto take = [&](std::string_view counter, std::int64_t good) {
        for (const auto& [holder, amount] : impl::nets_of(run.figures, counter, window, matters)) {
            if (amount > 0) {
                add(out, holder.org, good, 1);
            }
        }
    };
    take(row.good, 1);
    for (const std::string& counter : split(row.bad, '+')) {
        take(counter, 0);
    }
    return out;
}

Readings read_judged(const Run& run, const ScoreRateRow& row) {
    Readings out;
    run.figures.visit(row.good, run.within(), [&](const FactRow& fact) {
        if (!run.dropped.contains(fact.matter.value)) {
            add(out, fact.org, fact.amount, fact.amount);
        }
    });
    run.figures.visit(row.bad, run.within(), [&](const FactRow& fact) {
        add(out, fact.org, 0, fact.amount);
    });
    return out;
}

Readings read_of_base(const Run& run, const ScoreRateRow& row, Better better) {
    Readings out;
    const Matters base = impl::matters_of(run.figures, row.bad, run.within());
    const Matters marked = impl::matters_of(run.figures, row.good, run.by_end());
    for (const auto& [holder, amount] : impl::nets_of(run.figures, row.bad, run.within(), base)) {
        const bool has_mark = marked.contains(holder.matter);
        const bool tells_against = has_mark == (better == Better::lower);
        if (amount > 0 && (tells_against || !run.dropped.contains(holder.matter))) {
            add(out, holder.org, has_mark ? 1 : 0, 1);
        }
    }
    return out;
}

Readings read_ratings(const Run& run, const ScoreIndicator& indicator) {
    CHECK(indicator.from.args.size() == 1);
    std::vector<std::string> counters;
    for (const auto& [answer, weight] : indicator.answers) {
        counters.push_back(rating_counter(indicator.from.args[0], answer));
    }
    Matters rated = impl::changed_in(run.figures, counters, run.within());
    std::erase_if(rated, [&](std::int64_t matter) { return run.dropped.contains(matter); });
    Readings out;
    for (const auto& [answer, weight] : indicator.answers) {
        const std::string counter = rating_counter(indicator.from.args[0], answer);
        for (const auto& [holder, amount] :
             impl::nets_of(run.figures, counter, run.by_end(), rated)) {
            if (amount != 0) {
                add(out, holder.org, weight * amount, amount);
            }
        }
    }
    for (auto& [org, reading] : out) {
        reading.unit = score_unit;
    }
    return out;
}

Readings read_count(const Run& run, const ScoreIndicator& indicator) {
    CHECK(indicator.from.args.size() == 1);
    const std::string& name = indicator.from.args[0];
    FactWindow window = run.within();
    const std::size_t dot = name.find('.');
    if (dot != std::string::npos) {
        window.kinds = {name.substr(0, dot)};
    }
    const ScoreCountRow* row = find_score_count(name);
    const bool drops = indicator.better == Better::higher && (row == nullptr || row->dropped == 0);
    Readings out;
    const std::size_t begin = dot == std::string::npos ? 0 : dot + 1;
    run.figures.visit(std::string_view(name).substr(begin), window, [&](const FactRow& fact) {
        if (!drops || !run.dropped.contains(fact.matter.value)) {
            add(out, fact.org, fact.amount, 0);
        }
    });
    return out;
}

Readings read_rate(const Run& run, const ScoreIndicator& indicator, const ScoreRateRow& row) {
    switch (row.form) {
    case RateForm::by_due:
        return read_outcomes(
            run, row, impl::matters_of(run.figures, "due_final", run.within()), run.ever()
        );
    case RateForm::closing:
        return read_outcomes(
            run, row, impl::matters_of(run.figures, "accepted", run.within()), run.by_end()
        );
    case RateForm::judged: return read_judged(run, row);
    case RateForm::of_base: return read_of_base(run, row, indicator.better);
    case RateForm::rating: return read_ratings(run, indicator);
    }
    UNREACHABLE();
}

/// What kind outside_indicator counts: by the name of the line, of the period that ends on the same
/// day, whenever it was verified.
Readings read_given(const Run& run, const ScoreIndicator& indicator) {
    constexpr std::int64_t hundredths = 100;
    const std::chrono::year_month_day until{run.query.period.until};
    const std::int64_t period_end = std::int64_t{static_cast<int>(until.year())} * 10'000 +
                                    std::int64_t{static_cast<unsigned>(until.month())} * 100 +
                                    static_cast<unsigned>(until.day());
    FactWindow window = run.ever();
    window.kinds = {"outside_indicator"};
    Readings out;
    run.figures.visit("outside_hundredths", window, [&](const FactRow& fact) {
        if (fact.channel == indicator.name && fact.subject.value == period_end) {
            add(out, fact.org, fact.amount, 0);
            out[fact.org].unit = hundredths;
        }
    });
    return out;
}

Readings read(const Run& run, const ScoreIndicator& indicator) {
    Readings out;
    if (indicator.from.name == "given") {
        out = read_given(run, indicator);
    } else if (indicator.from.name == "count") {
        out = read_count(run, indicator);
    } else {
        const ScoreRateRow* row = find_score_rate(indicator.from.name);
        CHECK(row != nullptr);
        out = read_rate(run, indicator, *row);
    }
    // What a later event takes back of an earlier period can leave less than nothing in this one.
    for (auto& [org, reading] : out) {
        reading.numerator = std::max<std::int64_t>(reading.numerator, 0);
        if (is_rate(indicator)) {
            reading.denominator = std::max<std::int64_t>(reading.denominator, 0);
            reading.numerator = std::min(reading.numerator, reading.denominator * reading.unit);
        }
    }
    return out;
}

Matters dropped_of(const Run& run) {
    Matters out = impl::matters_of(run.figures, "ended", run.by_end());
    out.merge(impl::matters_of(run.figures, "refused", run.by_end()));
    return out;
}

/// Of a unit of which nothing was read; what comes from outside nobody gave.
std::vector<Reading> blank_readings(const Score& score) {
    std::vector<Reading> out(score.indicators.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i].is_given = score.indicators[i].from.name != "given";
    }
    return out;
}

Hash hash_of_lines(const ScoreTable& table) {
    std::string text = to_hex(table.score.text_hash) + "\n" + to_string(table.period.from) + ".." +
                       to_string(table.period.until) + "\n" + std::to_string(table.seq) + "\n";
    const auto put = [&text](std::int64_t number) { text += std::to_string(number) + " "; };
    for (const ScoreLine& line : table.lines) {
        put(line.org.value);
        for (const ScoredIndicator& scored : line.indicators) {
            put(scored.reading.numerator);
            put(scored.reading.denominator);
            put(scored.reading.unit);
            put(static_cast<std::int64_t>(scored.judged));
            put(scored.value);
            put(scored.points);
        }
        put(line.raw);
        put(line.full);
        put(line.normalised.value_or(-1));
        put(line.rank);
        put(line.fair.value_or(-1));
        put(line.fair_rank);
        text += line.peers + " ";
        put(line.peer_rank);
        text += "\n";
    }
    return hash_of(HashAlgorithm::sha256, text);
}

}  // namespace

ScoreTable scores_of(
    const Figures& figures,
    const Score& score,
    const ScoreQuery& query,
    const std::function<std::string(OrgId)>& name_of
) {
    Run run{figures, score, query, {}};
    run.dropped = dropped_of(run);
    std::map<OrgId, std::vector<Reading>> units;
    const std::vector<Reading> blank = blank_readings(score);
    for (std::size_t i = 0; i < score.indicators.size(); ++i) {
        const bool is_given = score.indicators[i].from.name == "given";
        for (const auto& [org, reading] : read(run, score.indicators[i])) {
            if (is_given || reading.numerator != 0 || reading.denominator != 0) {
                units.try_emplace(org, blank).first->second[i] = reading;
            }
        }
    }
    ScoreTable out;
    out.score = score;
    out.period = query.period;
    out.seq = std::min(query.known_at.value_or(figures.position()), figures.position());
    for (const auto& [org, readings] : units) {
        out.lines.push_back(score_of(score, org, readings));
    }
    rank(out.lines);
    rank_fairly(score, out.lines);
    out.lines_hash = hash_of_lines(out);
    for (const ScoreLine& line : out.lines) {
        out.names.push_back(name_of ? name_of(line.org) : std::to_string(line.org.value));
    }
    return out;
}

}  // namespace zt::views
