#include "views/figures.hpp"

#include "tests/unit/views/fact_builder.hpp"
#include "tests/unit/views/scratch_folder.hpp"
#include "views/figure_text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <map>
#include <set>

namespace zt::views {
namespace {

using test::day;
using test::fact;
using test::fold_all;
using test::Ledger;
using test::with_amount;

const FigureValue& value_of(const FigureRow& row, const std::string& name) {
    for (const auto& [indicator, value] : row.values) {
        if (indicator == name) {
            return value;
        }
    }
    ADD_FAILURE() << "no " << name;
    static const FigureValue none;
    return none;
}

std::string count_of(const Figures& figures, const std::string& name, const FigureQuery& query = {}) {
    return value_of(figures.table(query)->rows.at(0), name).count;
}

Figures figures_of(const Ledger& ledger) {
    Figures out;
    fold_all(out, ledger);
    return out;
}

/// 250 rated, 242 of full weight: what Loudi published (SYSTEMS.md S1).
Ledger ratings(std::int64_t full, std::int64_t basic, std::int64_t bad) {
    Ledger ledger;
    for (std::int64_t matter = 1; matter <= full + basic + bad; ++matter) {
        std::vector<Fact> facts = {fact("rating_valid", "2022-08-01", 3, matter)};
        const std::int64_t weight = matter <= full ? 1'000'000 : matter <= full + basic ? 800'000 : 0;
        if (weight != 0) {
            facts.push_back(with_amount(fact("rating_weight", "2022-08-01", 3, matter), weight));
        }
        ledger.add(facts);
    }
    return ledger;
}

TEST(figures, an_empty_ledger_has_one_row_of_zeros_and_no_rates) {
    const Figures figures;
    const auto table = figures.table({});
    ASSERT_EQ(table->rows.size(), 1U);
    EXPECT_EQ(table->seq, 0);
    EXPECT_EQ(value_of(table->rows[0], "received").count, "0");
    EXPECT_EQ(value_of(table->rows[0], "closing_rate").denominator, "0");
    EXPECT_EQ(value_of(table->rows[0], "closing_rate").rate, std::nullopt);
}

TEST(figures, every_indicator_of_the_documents_is_printed_in_their_order) {
    const auto table = Figures().table({});
    std::vector<std::string> names;
    for (const auto& [name, value] : table->rows[0].values) {
        names.push_back(name);
    }
    std::vector<std::string> expected;
    for (const IndicatorRow& row : indicator_rows()) {
        expected.emplace_back(row.name);
    }
    EXPECT_EQ(names, expected);
}

TEST(figures, satisfaction_is_rounded_half_up_and_prints_its_weights_as_decimals) {
    const auto table = figures_of(ratings(242, 0, 8)).table({});
    const FigureValue& plain = value_of(table->rows[0], "satisfaction");
    EXPECT_EQ(plain.numerator, "242");
    EXPECT_EQ(plain.denominator, "250");
    EXPECT_EQ(plain.rate, "0.9680");
    const auto mixed_table = figures_of(ratings(240, 2, 8)).table({});
    const FigureValue& mixed = value_of(mixed_table->rows[0], "satisfaction");
    EXPECT_EQ(mixed.numerator, "241.6");
    EXPECT_EQ(mixed.rate, "0.9664");
}

TEST(figures, as_of_leaves_out_later_days_and_known_at_later_records) {
    Ledger ledger;
    ledger.add({fact("received", "2022-08-01", 1, 1)});
    ledger.add({fact("received", "2022-08-03", 1, 2)});
    const Seq late = ledger.add({fact("received", "2022-08-02", 1, 3)});  // handed in later for an earlier day
    const Figures figures = figures_of(ledger);
    EXPECT_EQ(count_of(figures, "received"), "3");
    EXPECT_EQ(count_of(figures, "received", {.as_of = day("2022-08-02")}), "2");
    EXPECT_EQ(count_of(figures, "received", {.as_of = day("2022-08-02"), .known_at = late - 1}), "1");
    EXPECT_EQ(figures.table({})->as_of, day("2022-08-03"));
    EXPECT_EQ(figures.table({.known_at = 1})->as_of, day("2022-08-01"));
    EXPECT_EQ(figures.table({.known_at = 1})->seq, 1);
}

TEST(figures, a_known_at_beyond_the_ledger_prints_the_seq_that_there_is) {
    Ledger ledger;
    ledger.add({fact("received", "2022-08-01", 1, 1)});
    EXPECT_EQ(figures_of(ledger).table({.known_at = 99})->seq, 1);
}

TEST(figures, a_stock_moves_between_units_and_the_total_stays) {
    Ledger ledger;
    ledger.add({fact("in_progress", "2022-08-01", 1, 1)});
    ledger.add({with_amount(fact("in_progress", "2022-08-05", 1, 1), -1), fact("in_progress", "2022-08-05", 2, 1)});
    const Figures figures = figures_of(ledger);
    const auto before = figures.table({.as_of = day("2022-08-04"), .by = {"org"}});
    ASSERT_EQ(before->rows.size(), 1U);
    EXPECT_EQ(before->rows[0].by[0].second, "1");
    const auto after = figures.table({.by = {"org"}});
    ASSERT_EQ(after->rows.size(), 1U);
    EXPECT_EQ(after->rows[0].by[0].second, "2");
    EXPECT_EQ(count_of(figures, "in_progress"), "1");
}

TEST(figures, a_period_sums_flows_within_it_and_stocks_up_to_its_end) {
    Ledger ledger;
    ledger.add({fact("received", "2022-07-31", 1, 1), fact("in_progress", "2022-07-31", 1, 1)});
    ledger.add({fact("received", "2022-08-01", 1, 2), fact("in_progress", "2022-08-01", 1, 2)});
    ledger.add({fact("received", "2022-09-01", 1, 3), fact("in_progress", "2022-09-01", 1, 3)});
    const auto table = figures_of(ledger).table({.from = day("2022-08-01"), .until = day("2022-08-31")});
    EXPECT_EQ(value_of(table->rows[0], "received").count, "1");
    EXPECT_EQ(value_of(table->rows[0], "in_progress").count, "2");
    for (const auto& [name, value] : table->rows[0].values) {
        EXPECT_NE(name, "closing_rate") << "a level over a flow is no rate";
    }
}

TEST(figures, months_are_rows_in_order) {
    Ledger ledger;
    ledger.add({fact("received", "2022-12-31", 1, 1)});
    ledger.add({fact("received", "2023-01-01", 1, 2)});
    ledger.add({fact("received", "2022-02-01", 1, 3)});
    const auto table = figures_of(ledger).table({.by = {"month"}});
    std::vector<std::string> months;
    for (const FigureRow& row : table->rows) {
        months.push_back(row.by[0].second);
    }
    EXPECT_EQ(months, (std::vector<std::string>{"2022-02", "2022-12", "2023-01"}));
}

TEST(figures, distinct_counts_subjects_with_more_than_nothing) {
    Ledger ledger;
    for (const auto& [subject, amount] : std::vector<std::pair<int, int>>{{1, 1}, {1, 1}, {2, 1}, {2, -1}, {3, 1}}) {
        Fact one = with_amount(fact("visited", "2022-08-01", 1, 1), amount);
        one.subject = MatterId{subject};
        ledger.add({one});
    }
    Figures figures;
    figures.declare("visited", IndicatorForm::distinct);
    fold_all(figures, ledger);
    EXPECT_EQ(count_of(figures, "visited"), "2");
}

TEST(figures, list_names_the_matters_that_do_not_cancel_out) {
    Ledger ledger;
    ledger.add({fact("closed", "2022-08-01", 1, 4)});
    ledger.add({fact("closed", "2022-08-01", 1, 2)});
    ledger.add({with_amount(fact("closed", "2022-08-09", 1, 2), -1)});
    const Figures figures = figures_of(ledger);
    EXPECT_EQ(*figures.list("closed", {}), std::vector<MatterId>{MatterId{4}});
    EXPECT_EQ(
        *figures.list("closed", {.as_of = day("2022-08-02")}), (std::vector<MatterId>{MatterId{2}, MatterId{4}})
    );
}

TEST(figures, list_refuses_rates_and_unknown_names) {
    const Figures figures;
    const auto rate = figures.list("closing_rate", {});
    ASSERT_FALSE(rate);
    EXPECT_EQ(rate.error().code, Errc::bad_usage);
    EXPECT_NE(rate.error().detail.find("closed, accepted"), std::string::npos);
    const auto typo = figures.list("closd", {});
    ASSERT_FALSE(typo);
    EXPECT_EQ(typo.error().code, Errc::not_found);
    EXPECT_NE(typo.error().detail.find("closed"), std::string::npos);
}

TEST(figures, unknown_and_repeated_dimensions_are_refused) {
    const Figures figures;
    EXPECT_EQ(figures.table({.by = {"unit"}}).error().code, Errc::bad_usage);
    EXPECT_EQ(figures.table({.by = {"org", "org"}}).error().code, Errc::bad_usage);
}

TEST(figures, a_step_folded_twice_counts_once) {
    Ledger ledger;
    ledger.add({fact("received", "2022-08-01", 1, 1)});
    Figures figures;
    fold_all(figures, ledger);
    fold_all(figures, ledger);
    EXPECT_EQ(count_of(figures, "received"), "1");
}

TEST(figures, json_has_the_documented_shape) {
    Ledger ledger = ratings(1, 1, 0);
    ledger.add({with_amount(fact("first_answer_ms", "2022-08-02", 3, 1), 20)});
    const Figures figures = figures_of(ledger);
    const std::string total = to_json(*figures.table({}), {});
    EXPECT_TRUE(total.starts_with(R"({"as_of":"2022-08-02","seq":3,"indicators":{"received":{"count":0},)")) << total;
    EXPECT_NE(total.find(R"("satisfaction":{"numerator":1.8,"denominator":2,"rate":0.9000})"), std::string::npos);
    EXPECT_NE(total.find(R"("closing_rate":{"numerator":0,"denominator":0,"rate":null})"), std::string::npos);
    EXPECT_NE(total.find(R"("first_answer_ms":{"count":1,"median":20,"p90":20})"), std::string::npos);
    const FigureNames names{[](OrgId) { return std::string("供电\"公司"); }, {}};
    const std::string by =
        to_json(*figures.table({.by = {"org", "month"}}, names), {"org", "month"}, std::vector<std::string>{"ZT-1"});
    EXPECT_TRUE(by.starts_with(
        R"({"as_of":"2022-08-02","seq":3,"rows":[{"by":{"org":"供电\"公司","month":"2022-08"},"indicators":{)"
    )) << by;
    EXPECT_TRUE(by.ends_with(R"(],"numbers":["ZT-1"]})")) << by;
}

// Random ledgers against plain sums.

Fact random_fact() {
    const std::vector<std::string> counters = {"received",     "closed",        "in_progress", "accepted",
                                               "rating_valid", "rating_weight", "steps_walked"};
    const std::vector<std::string> words = {"a", "b", "c"};
    Fact out;
    out.indicator = *rc::gen::elementOf(counters);
    out.day = day("2021-12-20") + std::chrono::days{*rc::gen::inRange(0, 400)};
    out.kind = *rc::gen::elementOf(words);
    out.channel = *rc::gen::elementOf(words);
    out.category = *rc::gen::elementOf(words);
    out.org = OrgId{*rc::gen::inRange<std::int64_t>(0, 12)};
    out.area = AreaId{*rc::gen::inRange<std::int64_t>(0, 3)};
    out.amount = *rc::gen::inRange<std::int64_t>(-2, 4);
    out.matter = MatterId{*rc::gen::inRange<std::int64_t>(1, 20)};
    return out;
}

Ledger random_ledger() {
    Ledger out;
    const int events = *rc::gen::inRange(0, 60);
    for (int event = 0; event < events; ++event) {
        std::vector<Fact> facts;
        const int count = *rc::gen::inRange(0, 4);
        for (int index = 0; index < count; ++index) {
            facts.push_back(random_fact());
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
    return (!query.as_of || fact.day <= *query.as_of) && (!query.known_at || fact.seq <= *query.known_at) &&
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
    return name == "rating_weight" ? 0 : std::stoll(value.count);  // weights are decimals: their own test
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
    const auto table = figures_of(ledger).table(query);
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
    query.by = {*rc::gen::element<std::string>("kind", "channel", "org", "area", "category", "month", "year")};
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
    RC_ASSERT(*again->table({.by = {"org", "month"}}) == *figures_of(ledger).table({.by = {"org", "month"}}));
    std::filesystem::remove_all(folder);
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

// Files.

TEST(figures_files, nothing_saved_says_so) {
    const test::ScratchFolder folder;
    EXPECT_EQ(Figures::load(folder.path()).error().code, Errc::not_found);
}

Figures saved_figures(const std::string& folder) {
    Ledger ledger;
    ledger.add({fact("received", "2021-08-01", 1, 1), fact("accepted", "2021-08-01", 1, 1)});
    ledger.add({fact("received", "2022-08-01", 2, 2)});
    Figures figures = figures_of(ledger);
    EXPECT_TRUE(figures.save(folder));
    return figures;
}

TEST(figures_files, flipped_bytes_in_any_file_are_found) {
    const test::ScratchFolder folder;
    saved_figures(folder.path());
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        ++files;
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(in)), {});
        for (std::size_t at = 0; at < bytes.size(); at += 3) {
            std::string damaged = bytes;
            damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
            std::ofstream(entry.path(), std::ios::binary) << damaged;
            ASSERT_FALSE(Figures::load(folder.path())) << entry.path() << " byte " << at;
        }
        std::ofstream(entry.path(), std::ios::binary) << bytes;
    }
    EXPECT_EQ(files, 4);  // the index, received in two years, accepted in one
    EXPECT_TRUE(Figures::load(folder.path()));
}

TEST(figures_files, a_missing_or_cut_segment_is_damage) {
    const test::ScratchFolder folder;
    saved_figures(folder.path());
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        if (entry.path().extension() == ".segment") {
            std::filesystem::resize_file(entry.path(), 10);
            EXPECT_EQ(Figures::load(folder.path()).error().code, Errc::damaged);
            std::filesystem::remove(entry.path());
            EXPECT_EQ(Figures::load(folder.path()).error().code, Errc::damaged);
            break;
        }
    }
}

TEST(figures_files, another_schema_number_is_told_by_name) {
    const test::ScratchFolder folder;
    saved_figures(folder.path());
    const std::string path = folder.path() + "/index";
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(16);  // after the magic line
    file.put(9);
    file.close();
    const auto loaded = Figures::load(folder.path());
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, Errc::newer_version);
    EXPECT_NE(loaded.error().detail.find("schema number 9"), std::string::npos);
    EXPECT_EQ(loaded.error().at, path);
}

TEST(figures_files, a_save_leaves_no_file_that_the_index_does_not_name) {
    const test::ScratchFolder folder;
    Figures figures = saved_figures(folder.path());
    Ledger ledger;
    ledger.add({});
    ledger.add({});
    ledger.add({fact("received", "2022-08-03", 2, 3)});
    fold_all(figures, ledger);
    ASSERT_TRUE(figures.save(folder.path()));
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        files += entry.is_regular_file() ? 1 : 0;
    }
    EXPECT_EQ(files, 4);
    EXPECT_EQ(Figures::load(folder.path())->fact_count(), 4);
}

TEST(figures_files, saving_where_no_folder_can_be_is_an_error) {
    const test::ScratchFolder folder;
    std::ofstream(folder.path() + "/file") << "x";
    Figures figures;
    EXPECT_FALSE(figures.save(folder.path() + "/file/figures"));
}

}  // namespace
}  // namespace zt::views
