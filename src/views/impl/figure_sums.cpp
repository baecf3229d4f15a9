#include "views/impl/figure_sums.hpp"

#include "base/check.hpp"

namespace zt::views::impl {
namespace {

/// The value of a group, made like that one if it is not there.
template <class T>
T& at_group(std::vector<T>& values, Group group, const T& blank = {});

}  // namespace

std::vector<bool> cells_of_kinds(const FactStore& facts, const std::vector<std::string>& kinds) {
    std::vector<bool> out(facts.cells.size(), kinds.empty());
    for (std::size_t index = 0; index < out.size() && !kinds.empty(); ++index) {
        out[index] = std::ranges::find(kinds, facts.words[facts.cells[index].kind]) != kinds.end();
    }
    return out;
}

FigureSums::FigureSums(
    FactStore& facts, const FigureQuery& query, std::vector<Dimension> dimensions
)
    : facts_(facts),
      groups_(facts, std::move(dimensions)),
      is_cell_taken_(cells_of_kinds(facts, query.kinds)) {
    bounds_.from = query.from.value_or(Date::min());
    bounds_.until = std::min(query.as_of.value_or(Date::max()), query.until.value_or(Date::max()));
    bounds_.known_at = std::min(query.known_at.value_or(facts.position), facts.position);
    has_sums_ = bounds_.known_at == facts.position && facts.sum_up_for_table();
}

Bounds FigureSums::bounds_of(IndicatorForm form) const {
    Bounds out = bounds_;
    // A stock is what has come in and not gone out since the beginning; only its movements by time
    // begin with `from`.
    if (form == IndicatorForm::stock && !groups_.has_time()) {
        out.from = Date::min();
    }
    return out;
}

CounterIndex FigureSums::add_counter(std::string_view counter) {
    Total& total = totals_.emplace_back();
    total.form = facts_.rule_of(counter).form;
    CHECK(total.form != IndicatorForm::rate);
    facts_.each_segment(counter, [&](int year, const Segment& segment) {
        add_part(total, {segment, year, groups_.year(year)});
    });
    for (const auto& [key, amount] : total.by_subject) {
        at_group(total.sums, key.first) += amount > 0 ? 1 : 0;
    }
    total.by_subject.clear();
    for (Group group = 0; group < total.spreads.size(); ++group) {
        at_group(total.sums, group) = total.spreads[group].count();
    }
    return totals_.size() - 1;
}

void FigureSums::add_part(Total& total, Part part) {
    const Bounds bounds = bounds_of(total.form);
    if (!has_sums_ || total.form == IndicatorForm::distinct) {
        add_facts(total, part, bounds);
        return;
    }
    std::array<bool, months_a_year> is_whole{};
    for (unsigned month = 0; month < months_a_year; ++month) {
        const MonthFacts& facts = part.segment.sums.months()[month];
        const Date first = first_of_year(part.number) + std::chrono::days{facts.first_day};
        const Date last = first_of_year(part.number) + std::chrono::days{facts.last_day};
        if (facts.is_empty() || last < bounds.from || first > bounds.until) {
            continue;
        }
        is_whole[month] = first >= bounds.from && last <= bounds.until;
        if (!is_whole[month]) {
            Bounds cut = bounds;
            cut.from = std::max(bounds.from, first);
            cut.until = std::min(bounds.until, last);
            cut.begin = facts.begin;
            cut.end = facts.end;
            add_facts(total, part, cut);
        }
    }
    add_months(total, part, is_whole);
}

void FigureSums::add_facts(Total& total, Part& part, const Bounds& bounds) {
    const YearMonths months(part.number);
    const Segment& segment = part.segment;
    each_fact(segment, part.number, bounds, is_cell_taken_, [&](std::size_t index, Date) {
        const unsigned month = months.month_of(segment.day_of_year[index]);
        const Group group = part.year.group_of(segment.cell[index], month);
        if (total.form == IndicatorForm::spread) {
            at_group(total.spreads, group, total.no_spread).add(segment.amount[index]);
        } else if (total.form == IndicatorForm::distinct) {
            total.by_subject[{group, segment.subject[index]}] += segment.amount[index];
        } else {
            at_group(total.sums, group) += segment.amount[index];
        }
    });
}

void FigureSums::add_months(
    Total& total, Part& part, const std::array<bool, months_a_year>& months
) {
    if (std::ranges::find(months, true) == months.end()) {
        return;
    }
    total.no_spread.make_room(part.segment.sums.buckets());
    const bool is_spread = total.form == IndicatorForm::spread;
    // Rows of a cell lie side by side: what they share is looked up once.
    std::optional<std::pair<std::uint32_t, unsigned>> last;
    std::int64_t* sum = nullptr;  // both null: the cell does not count
    Spread* spread = nullptr;
    part.segment.sums.each_row([&](const SumKey& key, std::int64_t amount) {
        if (!months[key.month]) {
            return;
        }
        const std::pair now{key.cell, part.year.slot_of(key.month)};
        if (last != now) {
            last = now;
            sum = nullptr;
            spread = nullptr;
            if (!is_cell_taken_[key.cell]) {
                return;
            }
            const Group group = part.year.group_of(key.cell, key.month);
            if (is_spread) {
                spread = &at_group(total.spreads, group, total.no_spread);
            } else {
                sum = &at_group(total.sums, group);
            }
        }
        if (sum != nullptr) {
            *sum += amount;
        } else if (spread != nullptr) {
            spread->add(key.bucket, amount);
        }
    });
}

std::vector<Group> FigureSums::groups() const {
    if (!groups_.has_dimensions()) {
        return {0};  // the total is a row even of an empty ledger
    }
    std::vector<bool> is_any(groups_.size());
    for (const Total& total : totals_) {
        for (Group group = 0; group < total.sums.size(); ++group) {
            is_any[group] = is_any[group] || total.sums[group] != 0;
        }
    }
    std::vector<Group> out;
    for (Group group = 0; group < is_any.size(); ++group) {
        if (is_any[group]) {
            out.push_back(group);
        }
    }
    groups_.sort(out);
    return out;
}

namespace {

template <class T>
T& at_group(std::vector<T>& values, Group group, const T& blank) {
    if (group >= values.size()) {
        values.resize(std::size_t{group} + 1, blank);
    }
    return values[group];
}

}  // namespace
}  // namespace zt::views::impl
