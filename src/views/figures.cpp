#include "views/figures.hpp"

#include "base/check.hpp"
#include "base/text.hpp"
#include "views/impl/figure_sums.hpp"

#include <set>

namespace zt::views {

using impl::Bounds;
using impl::FactStore;
using impl::FigureSums;
using impl::GroupKey;
using impl::Segment;

namespace {

/// Its day is the day of a deadline, which may lie ahead; all others are days on which something
/// happened.
constexpr std::string_view counter_of_future_days = "due_final";
/// Quantiles that a spread prints.
constexpr std::int64_t median_per_mille = 500, p90_per_mille = 900;

/// Common indicators in the order of documents, then those of kind files by name. Of these only
/// such that had a fact at that seq: what is printed with a seq may not change with what came
/// later.
std::vector<std::string> counters_of(const FactStore& facts, Seq known_at);
FigureRow row_of(
    const FactStore& facts, const FigureSums& sums, const GroupKey& key, const FigureQuery& query
);
FigureValue counter_value(
    const FactStore& facts, const FigureSums& sums, const GroupKey& key, std::string_view name
);
FigureValue rate_value(
    const FactStore& facts, const FigureSums& sums, const GroupKey& key, const IndicatorRow& rate
);
/// "closed_on_time+closed_late" → its counters.
std::vector<std::string> terms_of(std::string_view sum);
bool has_stock(const FactStore& facts, const IndicatorRow& rate);
Bounds bounds_of(const FactStore& facts, const FactWindow& window);

}  // namespace

Figures::Figures() : facts_(std::make_unique<FactStore>()) {}
Figures::Figures(Figures&& other) noexcept = default;
Figures& Figures::operator=(Figures&& other) noexcept = default;
Figures::~Figures() = default;

void Figures::fold(const Step& step) {
    CHECK(step.event != nullptr);
    if (step.event->seq <= facts_->position) {
        return;
    }
    for (const Fact& fact : step.facts) {
        CHECK(fact.seq == step.event->seq);
        facts_->add(fact);
    }
    facts_->position = step.event->seq;
}

Seq Figures::position() const { return facts_->position; }

std::int64_t Figures::fact_count() const {
    std::int64_t count = 0;
    for (const auto& [key, segment] : facts_->segments) {
        count += static_cast<std::int64_t>(segment.size());
    }
    return count;
}

void Figures::declare(std::string_view counter, IndicatorForm form, std::int64_t unit) {
    CHECK(unit > 0 && form != IndicatorForm::rate);
    facts_->declared.insert_or_assign(std::string(counter), impl::CounterRule{form, unit});
}

Result<FigureTable> Figures::table(const FigureQuery& query, const FigureNames& names) const {
    TRY(auto dimensions, impl::parse_dimensions(query.by));
    FigureSums sums(*facts_, query, std::move(dimensions));
    for (const std::string& counter : counters_of(*facts_, sums.bounds().known_at)) {
        sums.add_counter(counter);
    }
    FigureTable out;
    out.seq = sums.bounds().known_at;
    out.as_of = sums.bounds().until == Date::max() ? newest_day(out.seq) : sums.bounds().until;
    for (const GroupKey& key : sums.groups()) {
        out.rows.push_back(row_of(*facts_, sums, key, query));
        out.rows.back().by = sums.texts(key, names);
    }
    return out;
}

Result<std::vector<MatterId>>
Figures::list(std::string_view counter, const FigureQuery& query) const {
    if (const IndicatorRow* row = find_indicator(counter);
        row != nullptr && row->form == IndicatorForm::rate) {
        return fail(
            Errc::bad_usage,
            "\"" + std::string(counter) + "\" is a rate; list one of its counters: " +
                join(
                    terms_of(std::string(row->numerator) + "+" + std::string(row->denominator)),
                    ", "
                ),
            "--list"
        );
    }
    std::vector<std::string> known = counters_of(*facts_, facts_->position);
    for (const auto& [name, rule] : facts_->declared) {
        known.push_back(name);
    }
    if (std::ranges::find(known, counter) == known.end()) {
        const std::string near = nearest(counter, known);
        return fail(
            Errc::not_found,
            "\"" + std::string(counter) + "\" is no indicator" +
                (near.empty() ? "; known are " + join(known, ", ") : "; did you mean " + near + "?"
                ),
            "--list"
        );
    }
    const IndicatorForm form = facts_->rule_of(counter).form;
    FactWindow window{query.from, query.until, query.known_at, query.kinds};
    if (query.as_of && (!window.until || *query.as_of < *window.until)) {
        window.until = query.as_of;
    }
    if (form == IndicatorForm::stock) {
        window.from.reset();
    }
    std::map<MatterId, std::int64_t> sums;
    visit(counter, window, [&](const FactRow& fact) {
        // A spread counts amounts: one of 0 ms is one.
        sums[fact.matter] += form != IndicatorForm::spread ? fact.amount : fact.amount < 0 ? -1 : 1;
    });
    std::vector<MatterId> out;
    for (const auto& [matter, sum] : sums) {
        if (sum != 0) {
            out.push_back(matter);
        }
    }
    return out;
}

void Figures::visit(
    std::string_view counter,
    const FactWindow& window,
    const std::function<void(const FactRow&)>& visitor
) const {
    const FactStore& facts = *facts_;
    const Bounds bounds = bounds_of(facts, window);
    const std::vector<bool> is_cell_taken = impl::cells_of_kinds(facts, window.kinds);
    facts.each_segment(counter, [&](int year, const Segment& segment) {
        impl::each_fact(segment, year, bounds, is_cell_taken, [&](std::size_t index, Date day) {
            const impl::Cell& cell = facts.cells[segment.cell[index]];
            visitor(
                {day,
                 cell.org,
                 cell.area,
                 facts.words[cell.kind],
                 facts.words[cell.channel],
                 facts.words[cell.category],
                 MatterId{segment.subject[index]},
                 segment.amount[index],
                 MatterId{segment.matter[index]},
                 segment.seq[index]}
            );
        });
    });
}

Date Figures::newest_day(std::optional<Seq> known_at) const {
    const FactStore& facts = *facts_;
    Date newest{};
    bool is_any = false;
    for (const auto& [key, segment] : facts.segments) {
        const bool is_older = is_any && impl::first_of_year(key.year + 1) <= newest;
        if (is_older || facts.words[key.indicator] == counter_of_future_days) {
            continue;
        }
        const Bounds bounds = bounds_of(facts, {{}, {}, known_at, {}});
        impl::each_fact(
            segment,
            key.year,
            bounds,
            std::vector<bool>(facts.cells.size(), true),
            [&](std::size_t, Date day) {
                newest = is_any ? std::max(newest, day) : day;
                is_any = true;
            }
        );
    }
    return newest;
}

std::optional<std::string> Figures::difference(const Figures& other) const {
    const FactStore& left = *facts_;
    const FactStore& right = *other.facts_;
    if (left.position != right.position) {
        return "positions " + std::to_string(left.position) + " and " +
               std::to_string(right.position);
    }
    std::set<std::string> counters;
    for (const FactStore* facts : {&left, &right}) {
        for (const auto& [key, segment] : facts->segments) {
            counters.insert(facts->words[key.indicator]);
        }
    }
    for (const std::string& counter : counters) {
        std::vector<Fact> rows[2];
        const Figures* const both[] = {this, &other};
        for (std::size_t side = 0; side < 2; ++side) {
            both[side]->visit(counter, {}, [&](const FactRow& fact) {
                rows[side].push_back(
                    {fact.day,
                     counter,
                     std::string(fact.kind),
                     fact.org,
                     fact.area,
                     std::string(fact.channel),
                     std::string(fact.category),
                     fact.subject,
                     fact.amount,
                     fact.matter,
                     fact.seq}
                );
            });
        }
        const auto [a, b] = std::ranges::mismatch(rows[0], rows[1]);
        if (a != rows[0].end() || b != rows[1].end()) {
            const Fact& first = a != rows[0].end() ? *a : *b;
            return "facts of " + counter + " differ from seq " + std::to_string(first.seq) +
                   " on (matter " + std::to_string(first.matter.value) + ")";
        }
    }
    return std::nullopt;
}

namespace {

std::vector<std::string> counters_of(const FactStore& facts, Seq known_at) {
    std::vector<std::string> out;
    for (const IndicatorRow& row : indicator_rows()) {
        if (row.form != IndicatorForm::rate) {
            out.emplace_back(row.name);
        }
    }
    std::set<std::string> others;
    for (const auto& [key, segment] : facts.segments) {
        if (segment.size() > 0 && segment.seq[0] <= known_at) {
            others.insert(facts.words[key.indicator]);
        }
    }
    for (const std::string& name : others) {
        if (find_indicator(name) == nullptr) {
            out.push_back(name);
        }
    }
    return out;
}

FigureRow row_of(
    const FactStore& facts, const FigureSums& sums, const GroupKey& key, const FigureQuery& query
) {
    FigureRow row;
    for (const IndicatorRow& indicator : indicator_rows()) {
        if (indicator.form != IndicatorForm::rate) {
            row.values.emplace_back(
                indicator.name, counter_value(facts, sums, key, indicator.name)
            );
        } else if (!query.from || !has_stock(facts, indicator)) {
            // A level at the end of a period over a flow within it would be no rate: left out.
            row.values.emplace_back(indicator.name, rate_value(facts, sums, key, indicator));
        }
    }
    for (const std::string& counter : counters_of(facts, sums.bounds().known_at)) {
        if (find_indicator(counter) == nullptr) {
            row.values.emplace_back(counter, counter_value(facts, sums, key, counter));
        }
    }
    return row;
}

FigureValue counter_value(
    const FactStore& facts, const FigureSums& sums, const GroupKey& key, std::string_view name
) {
    const impl::CounterRule rule = facts.rule_of(name);
    FigureValue value;
    value.form = rule.form;
    if (rule.form != IndicatorForm::spread) {
        value.count =
            decimal_text(sums.sum(name, key), rule.form == IndicatorForm::distinct ? 1 : rule.unit);
        return value;
    }
    const impl::Spread* spread = sums.spread(name, key);
    value.count = std::to_string(spread == nullptr ? 0 : spread->count());
    if (spread != nullptr) {
        value.median = spread->quantile(median_per_mille);
        value.p90 = spread->quantile(p90_per_mille);
    }
    return value;
}

FigureValue rate_value(
    const FactStore& facts, const FigureSums& sums, const GroupKey& key, const IndicatorRow& rate
) {
    Share share;
    for (const std::string& term : terms_of(rate.numerator)) {
        share.unit = facts.rule_of(term).unit;  // terms of one sum are of one unit
        share.numerator += sums.sum(term, key);
    }
    for (const std::string& term : terms_of(rate.denominator)) {
        share.denominator += sums.sum(term, key);
    }
    FigureValue value;
    value.form = IndicatorForm::rate;
    value.numerator = decimal_text(share.numerator, share.unit);
    value.denominator = std::to_string(share.denominator);
    value.rate = rate_text(share);
    return value;
}

std::vector<std::string> terms_of(std::string_view sum) {
    std::vector<std::string> out;
    for (const std::string& term : split(sum, '+')) {
        out.emplace_back(trim(term));
    }
    return out;
}

bool has_stock(const FactStore& facts, const IndicatorRow& rate) {
    const auto is_stock = [&facts](const std::string& term) {
        return facts.rule_of(term).form == IndicatorForm::stock;
    };
    return std::ranges::any_of(terms_of(rate.numerator), is_stock) ||
           std::ranges::any_of(terms_of(rate.denominator), is_stock);
}

Bounds bounds_of(const FactStore& facts, const FactWindow& window) {
    return {
        window.from.value_or(Date::min()),
        window.until.value_or(Date::max()),
        std::min(window.known_at.value_or(facts.position), facts.position)
    };
}

}  // namespace
}  // namespace zt::views
