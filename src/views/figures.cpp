#include "views/figures.hpp"

#include "base/check.hpp"
#include "base/text.hpp"
#include "domain/score_sources.hpp"
#include "views/impl/figure_sums.hpp"

#include <set>
#include <tuple>

namespace zt::views {

using impl::Bounds;
using impl::FactStore;
using impl::FigureSums;
using impl::Group;
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
/// A value of every row: a counter, or the counters of a rate.
struct Column {
    std::string name;
    IndicatorForm form = IndicatorForm::flow;
    std::int64_t unit = 1;
    std::vector<impl::CounterIndex> counters;     ///< of a rate those of the numerator
    std::vector<impl::CounterIndex> denominator;  ///< of a rate
};
/// Adds all counters up. out: in the order of documents.
std::vector<Column> columns_of(const FactStore& facts, FigureSums& sums, const FigureQuery& query);
std::vector<Column> counter_columns_of(const FactStore& facts, FigureSums& sums);
/// In place: a table has thousands of rows of dozens of values.
void set_counter(FigureValue& value, const Column& counter, const FigureSums& sums, Group group);
void set_rate(FigureValue& value, const Column& rate, const FigureSums& sums, Group group);
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
    const std::vector<Column> columns = columns_of(*facts_, sums, query);
    FigureTable out;
    out.seq = sums.bounds().known_at;
    out.as_of = sums.bounds().until == Date::max() ? newest_day(out.seq) : sums.bounds().until;
    const std::vector<Group> groups = sums.groups();
    out.rows.reserve(groups.size());
    for (const Group group : groups) {
        FigureRow& row = out.rows.emplace_back();
        row.by = sums.all_groups().texts(group, names);
        row.values.reserve(columns.size());
        for (const Column& column : columns) {
            auto& [name, value] = row.values.emplace_back(
                std::piecewise_construct, std::tie(column.name), std::tie()
            );
            value.form = column.form;
            if (column.form == IndicatorForm::rate) {
                set_rate(value, column, sums, group);
            } else {
                set_counter(value, column, sums, group);
            }
        }
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
    FactStore& facts = *facts_;
    const Bounds bounds = bounds_of(facts, {{}, {}, known_at, {}});
    const bool has_sums = bounds.known_at == facts.position && facts.sum_up_if_any();
    const std::vector<bool> is_cell_taken(facts.cells.size(), true);
    std::optional<Date> newest;
    const auto take = [&newest](Date day) { newest = newest ? std::max(*newest, day) : day; };
    for (const auto& [key, segment] : facts.segments) {
        const Date next_year = impl::first_of_year(key.year + 1);
        if ((newest && next_year <= *newest) ||
            facts.words[key.indicator] == counter_of_future_days) {
            continue;
        }
        if (!has_sums) {
            impl::each_fact(segment, key.year, bounds, is_cell_taken, [&](std::size_t, Date day) {
                take(day);
            });
            continue;
        }
        for (const impl::MonthFacts& month : segment.sums.months()) {
            if (!month.is_empty()) {
                take(impl::first_of_year(key.year) + std::chrono::days{month.last_day});
            }
        }
    }
    return newest.value_or(Date{});
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
        std::vector<FactRow> rows[2];  // their texts are those of the two views
        const Figures* const both[] = {this, &other};
        for (std::size_t side = 0; side < 2; ++side) {
            both[side]->visit(counter, {}, [&](const FactRow& fact) {
                rows[side].push_back(fact);
            });
        }
        const auto [a, b] = std::ranges::mismatch(rows[0], rows[1]);
        if (a != rows[0].end() || b != rows[1].end()) {
            const FactRow& first = a != rows[0].end() ? *a : *b;
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
        if (find_indicator(name) == nullptr && !is_rating_counter(name)) {
            out.push_back(name);
        }
    }
    return out;
}

std::vector<Column> columns_of(const FactStore& facts, FigureSums& sums, const FigureQuery& query) {
    const std::vector<Column> counters = counter_columns_of(facts, sums);
    const auto column_of = [&counters](std::string_view name) -> const Column& {
        const auto found = std::ranges::find(counters, name, &Column::name);
        CHECK(found != counters.end());
        return *found;
    };
    std::vector<Column> out;
    for (const IndicatorRow& row : indicator_rows()) {
        if (row.form != IndicatorForm::rate) {
            out.push_back(column_of(row.name));
            continue;
        }
        if (query.from && has_stock(facts, row)) {
            continue;  // a level at the end of a period over a flow within it would be no rate
        }
        Column rate{std::string(row.name), row.form, 1, {}, {}};
        for (const std::string& term : terms_of(row.numerator)) {
            rate.unit = facts.rule_of(term).unit;  // terms of one sum are of one unit
            rate.counters.push_back(column_of(term).counters.front());
        }
        for (const std::string& term : terms_of(row.denominator)) {
            rate.denominator.push_back(column_of(term).counters.front());
        }
        out.push_back(std::move(rate));
    }
    for (const Column& counter : counters) {
        if (find_indicator(counter.name) == nullptr) {
            out.push_back(counter);
        }
    }
    return out;
}

std::vector<Column> counter_columns_of(const FactStore& facts, FigureSums& sums) {
    std::vector<Column> out;
    for (const std::string& name : counters_of(facts, sums.bounds().known_at)) {
        const impl::CounterRule rule = facts.rule_of(name);
        const bool is_number = rule.form == IndicatorForm::spread ||
                               rule.form == IndicatorForm::distinct;  // of amounts, of subjects
        out.push_back({name, rule.form, is_number ? 1 : rule.unit, {sums.add_counter(name)}, {}});
    }
    return out;
}

void set_counter(FigureValue& value, const Column& counter, const FigureSums& sums, Group group) {
    const impl::CounterIndex index = counter.counters.front();
    value.count = decimal_text(sums.sum(index, group), counter.unit);
    if (const impl::Spread* spread = sums.spread(index, group); spread != nullptr) {
        value.median = spread->quantile(median_per_mille);
        value.p90 = spread->quantile(p90_per_mille);
    }
}

void set_rate(FigureValue& value, const Column& rate, const FigureSums& sums, Group group) {
    Share share;
    share.unit = rate.unit;
    for (const impl::CounterIndex term : rate.counters) {
        share.numerator += sums.sum(term, group);
    }
    for (const impl::CounterIndex term : rate.denominator) {
        share.denominator += sums.sum(term, group);
    }
    value.numerator = decimal_text(share.numerator, share.unit);
    value.denominator = std::to_string(share.denominator);
    value.rate = rate_text(share);
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
