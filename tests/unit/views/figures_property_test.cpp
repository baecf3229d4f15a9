// Random ledgers against plain sums.

#include "tests/unit/views/fact_builder.hpp"
#include "views/figures.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <map>
#include <set>

namespace zt::views {
namespace {

using test::day;
using test::Ledger;

Figures figures_of(const Ledger& ledger) {
    Figures out;
    test::fold_all(out, ledger);
    return out;
}

struct LedgerShape {
    std::vector<std::string> counters = {
        "received",
        "closed",
        "in_progress",
        "accepted",
        "rating_valid",
        "rating_weight",
        "steps_walked"
    };
    int days = 400;
    int events = 60;
};

Fact random_fact(const LedgerShape& shape) {
    const std::vector<std::string> words = {"a", "b", "c"};
    Fact out;
    out.indicator = *rc::gen::elementOf(shape.counters);
    out.day = day("2021-12-20") + std::chrono::days{*rc::gen::inRange(0, shape.days)};
    out.kind = *rc::gen::elementOf(words);
    out.channel = *rc::gen::elementOf(words);
    out.category = *rc::gen::elementOf(words);
    out.org = OrgId{*rc::gen::inRange<std::int64_t>(0, 12)};
    out.area = AreaId{*rc::gen::inRange<std::int64_t>(0, 3)};
    out.amount = *rc::gen::weightedOneOf<std::int64_t>(
        {{4, rc::gen::inRange<std::int64_t>(-2, 4)},
         {1, rc::gen::inRange<std::int64_t>(-100'000, 100'000)}}
    );
    out.matter = MatterId{*rc::gen::inRange<std::int64_t>(1, 20)};
    out.subject = MatterId{*rc::gen::inRange<std::int64_t>(0, 4)};
    return out;
}

Ledger random_ledger(const LedgerShape& shape = {}) {
    Ledger out;
    const int events = *rc::gen::inRange(0, shape.events);
    for (int event = 0; event < events; ++event) {
        std::vector<Fact> facts;
        const int count = *rc::gen::inRange(0, 4);
        for (int index = 0; index < count; ++index) {
            facts.push_back(random_fact(shape));
        }
        out.add(facts);
    }
    return out;
}

FigureQuery random_query() {
    FigureQuery out;
    if (*rc::gen::arbitrary<bool>()) {
        out.as_of = day("2021-12-20") + std::chrono::days{*rc::gen::inRange(0, 400)};
    }
    if (*rc::gen::arbitrary<bool>()) {
        out.known_at = *rc::gen::inRange<Seq>(0, 70);
    }
    if (*rc::gen::arbitrary<bool>()) {
        out.kinds = {"a", "c"};
    }
    return out;
}

bool counts(const Fact& fact, const FigureQuery& query) {
    return (!query.as_of || fact.day <= *query.as_of) &&
           (!query.known_at || fact.seq <= *query.known_at) &&
           (query.kinds.empty() || fact.kind != "b");
}

std::string dimension_of(const Fact& fact, const std::string& name) {
    const std::string date = to_string(fact.day);
    return name == "kind"       ? fact.kind
           : name == "channel"  ? fact.channel
           : name == "category" ? fact.category
           : name == "org"      ? std::to_string(fact.org.value)
           : name == "area"     ? std::to_string(fact.area.value)
           : name == "month"    ? date.substr(0, 7)
                                : date.substr(0, 4);
}

std::int64_t whole(const FigureValue& value, const std::string& name) {
    return name == "rating_weight"
               ? 0
               : std::stoll(value.count);  // weights are decimals: their own test
}

RC_GTEST_PROP(figures_property, each_row_is_the_plain_sum_of_its_facts, ()) {
    const Ledger ledger = random_ledger();
    FigureQuery query = random_query();
    const std::set<std::string> dimensions = *rc::gen::container<std::set<std::string>>(
        rc::gen::element<std::string>("kind", "channel", "org", "area", "category", "month", "year")
    );
    query.by = {dimensions.begin(), dimensions.end()};
    std::map<std::pair<std::vector<std::string>, std::string>, std::int64_t> expected;
    for (const Fact& one : ledger.facts()) {
        if (counts(one, query)) {
            std::vector<std::string> key;
            for (const std::string& name : query.by) {
                key.push_back(dimension_of(one, name));
            }
            expected[{key, one.indicator}] += one.amount;
        }
    }
    const Figures figures = figures_of(ledger);
    if (*rc::gen::arbitrary<bool>()) {
        RC_ASSERT(figures.table({}).has_value());  // the second table is made from sums
    }
    const auto table = figures.table(query);
    std::set<std::vector<std::string>> seen;
    for (const FigureRow& row : table->rows) {
        std::vector<std::string> key;
        for (const auto& [name, text] : row.by) {
            key.push_back(text);
        }
        RC_ASSERT(seen.insert(key).second);
        for (const auto& [name, value] : row.values) {
            if (value.form != IndicatorForm::rate && name != "rating_weight") {
                RC_ASSERT(whole(value, name) == (expected[{key, name}]));
            }
        }
    }
    for (const auto& [key, sum] : expected) {
        RC_ASSERT(sum == 0 || seen.contains(key.first));
    }
}

RC_GTEST_PROP(figures_property, rows_by_any_dimension_add_up_to_the_total, ()) {
    const Figures figures = figures_of(random_ledger());
    FigureQuery query = random_query();
    const auto total = figures.table(query);
    query.by = {*rc::gen::element<std::string>(
        "kind", "channel", "org", "area", "category", "month", "year"
    )};
    std::map<std::string, std::int64_t> sums;
    const auto table = figures.table(query);
    for (const FigureRow& row : table->rows) {
        for (const auto& [name, value] : row.values) {
            sums[name] += value.form == IndicatorForm::rate ? 0 : whole(value, name);
        }
    }
    for (const auto& [name, value] : total->rows[0].values) {
        if (value.form != IndicatorForm::rate) {
            RC_ASSERT(sums[name] == whole(value, name));
        }
    }
}

RC_GTEST_PROP(figures_property, what_was_known_at_a_seq_never_changes, ()) {
    const Ledger ledger = random_ledger();
    const auto steps = ledger.steps();
    const auto seq = *rc::gen::inRange<std::size_t>(0, steps.size() + 1);
    Figures then;
    for (std::size_t index = 0; index < seq; ++index) {
        then.fold(steps[index]);
    }
    const FigureQuery query{.known_at = static_cast<Seq>(seq), .by = {"org"}};
    RC_ASSERT(*figures_of(ledger).table(query) == *then.table({.by = {"org"}}));
}

RC_GTEST_PROP(figures_property, saved_in_parts_and_loaded_it_equals_a_fold_from_zero, ()) {
    const std::string folder = ::testing::TempDir() + "zt_views_figures_property";
    std::filesystem::remove_all(folder);
    const Ledger ledger = random_ledger();
    Figures figures;
    const auto steps = ledger.steps();
    const auto cut = *rc::gen::inRange<std::size_t>(0, steps.size() + 1);
    for (std::size_t index = 0; index < cut; ++index) {
        figures.fold(steps[index]);
    }
    RC_ASSERT(figures.save(folder).has_value());
    auto loaded = Figures::load(folder);
    RC_ASSERT(loaded.has_value());
    for (const Step& step : steps) {
        loaded->fold(step);
    }
    RC_ASSERT(loaded->save(folder).has_value());
    const auto again = Figures::load(folder);
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->difference(figures_of(ledger)) == std::nullopt);
    RC_ASSERT(
        *again->table({.by = {"org", "month"}}) ==
        *figures_of(ledger).table({.by = {"org", "month"}})
    );
    std::filesystem::remove_all(folder);
}

/// Bounds on borders of months, within months, and none.
std::optional<Date> random_bound(int days) {
    if (*rc::gen::arbitrary<bool>()) {
        return std::nullopt;
    }
    const Date any = day("2021-12-10") + std::chrono::days{*rc::gen::inRange(0, days + 40)};
    const std::chrono::year_month_day parts{any};
    switch (*rc::gen::inRange(0, 4)) {
    case 0: return Date{parts.year() / parts.month() / 1};
    case 1: return Date{parts.year() / parts.month() / std::chrono::last};
    default: return any;
    }
}

// Goal: sums by month give what a pass over all facts gives. Method: a query that asks for an
// earlier seq passes over all facts, the second without one does not, so both answer the same
// question when the last event has none.
RC_GTEST_PROP(figures_property, sums_by_month_give_what_a_pass_over_all_facts_gives, ()) {
    const LedgerShape shape{
        {"received", "in_progress", "due_final", "first_answer_ms", "rating_weight", "met"},
        *rc::gen::element(40, 1000),
        150
    };
    Ledger ledger = random_ledger(shape);
    const Seq seq = static_cast<Seq>(ledger.steps().size());
    ledger.add({});
    const auto steps = ledger.steps();
    Figures figures;
    figures.declare("met", *rc::gen::element(IndicatorForm::distinct, IndicatorForm::spread));
    const auto asked_after = *rc::gen::inRange<std::size_t>(0, steps.size());
    for (std::size_t index = 0; index < steps.size(); ++index) {
        figures.fold(steps[index]);
        if (index == asked_after) {
            RC_ASSERT(figures.table({}).has_value());
            RC_ASSERT(figures.table({}).has_value());  // the rest is added to sums that are there
            figures.declare("met", IndicatorForm::distinct);
        }
    }
    const std::vector<std::string> names = {
        "kind", "channel", "org", "area", "category", "month", "year"
    };
    FigureQuery query;
    query.as_of = random_bound(shape.days);
    query.from = random_bound(shape.days);
    query.until = random_bound(shape.days);
    using Kinds = std::vector<std::string>;
    query.kinds = *rc::gen::element(Kinds{}, Kinds{"a"}, Kinds{"b", "c"}, Kinds{"none"});
    for (const std::string& first : names) {
        const std::string second = *rc::gen::elementOf(names);
        query.by = first == second ? std::vector{first} : std::vector{first, second};
        query.known_at = seq;
        auto scanned = figures.table(query);
        query.known_at.reset();
        scanned->seq = seq + 1;
        RC_ASSERT(*figures.table(query) == *scanned);
    }
}

RC_GTEST_PROP(figures_property, the_listed_matters_are_those_that_do_not_cancel_out, ()) {
    const Ledger ledger = random_ledger();
    const FigureQuery query = random_query();
    std::map<MatterId, std::int64_t> sums;
    for (const Fact& one : ledger.facts()) {
        if (counts(one, query) && one.indicator == "closed") {
            sums[one.matter] += one.amount;
        }
    }
    std::vector<MatterId> expected;
    for (const auto& [matter, sum] : sums) {
        if (sum != 0) {
            expected.push_back(matter);
        }
    }
    RC_ASSERT(*figures_of(ledger).list("closed", query) == expected);
}

}  // namespace
}  // namespace zt::views
