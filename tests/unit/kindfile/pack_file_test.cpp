#include "kindfile/pack_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zt::kindfile {
namespace {

using testing::HasSubstr;

const std::string head = "version: 1\ntitle: {zh: 甲, en: a}\nsource: s\n";

TEST(pack_file, numbers_are_read) {
    const auto read = read_pack_file(
        "pack: a\n" + head +
            "clocks:\n  appeal.handle: {length: 3wd, redo: {part: 1/2, of: handle}, extension: {max: 2, cap: 5wd}, "
            "pause_cap: 10d, warn: 1wd, source: here}\n"
            "windows: {w: {value: 15d, source: s}}\nlimits: {l: {value: 2, source: s}}\n"
            "reasons: {refuse: {a: {zh: 甲, en: a}, b: {zh: 乙, en: b}}}\n"
            "weights: {appeal.q: {answers: {good: 1, fair: 0.8}, source: s}}\n",
        "a.yaml"
    );
    ASSERT_TRUE(read.has_value()) << to_string(read.error().front());
    const Pack& pack = read->pack;
    const PackClock& clock = pack.clocks.at("appeal.handle");
    EXPECT_EQ(clock.length->fixed, (calendar::Length{3, calendar::Unit::working_days}));
    EXPECT_EQ(clock.redo_length->part_of, "handle");
    EXPECT_EQ(clock.extensions_max, 2);
    EXPECT_EQ(clock.source, "here");
    EXPECT_EQ(pack.windows.at("w"), (calendar::Length{15, calendar::Unit::calendar_days}));
    EXPECT_EQ(pack.limits.at("l"), 2);
    EXPECT_EQ(pack.weights.at("appeal.q").at("fair"), 800'000);
    EXPECT_EQ(pack.reasons.at("refuse")[1].first, "b");
}

TEST(pack_file, a_number_without_source_is_refused_at_its_line) {
    const auto read = read_pack_file(
        "pack: a\n" + head +
            "windows:\n  w: {value: 15d}\nclocks:\n  appeal.handle: {length: 3wd}\n",
        "a.yaml"
    );
    ASSERT_FALSE(read.has_value());
    ASSERT_EQ(read.error().size(), 2U);
    for (const Error& error : read.error()) {
        EXPECT_EQ(error.code, Errc::missing_key);
        EXPECT_THAT(error.detail, HasSubstr("source"));
        EXPECT_TRUE(error.at == "a.yaml:6" || error.at == "a.yaml:8") << error.at;
    }
}

TEST(pack_file, retention_is_years_of_what_is_sealed_and_nothing_else) {
    const auto read = read_pack_file(
        "pack: a\n" + head + "retention: {appeal: {what: sealed, years: 10, source: rule}}\n",
        "a.yaml"
    );
    ASSERT_TRUE(read.has_value()) << to_string(read.error().front());
    const PackRetention& rule = read->pack.retention.at("appeal");
    EXPECT_EQ(rule.years, 10);
    EXPECT_EQ(rule.source, "rule");
    for (const char* wrong :
         {"{what: all, years: 10, source: s}",
          "{what: sealed, years: 0, source: s}",
          "{what: sealed, years: 101, source: s}",
          "{what: sealed, years: 10}"}) {
        EXPECT_FALSE(
            read_pack_file("pack: a\n" + head + "retention: {appeal: " + wrong + "}\n", "a.yaml")
        ) << wrong;
    }
}

TEST(pack_file, weights_over_one_and_negative_limits_are_refused) {
    const auto weights = read_pack_file(
        "pack: a\n" + head + "weights: {k.q: {answers: {good: 1.2}, source: s}}\n", "a.yaml"
    );
    ASSERT_FALSE(weights.has_value());
    EXPECT_THAT(weights.error().front().detail, HasSubstr("between 0 and 1"));
    const auto limits =
        read_pack_file("pack: a\n" + head + "limits: {l: {value: -1, source: s}}\n", "a.yaml");
    ASSERT_FALSE(limits.has_value());
}

TEST(pack_file, what_a_pack_extends_holds_where_it_says_nothing) {
    const auto packs = load_packs(NamedTexts{
        {"base.yaml",
         "pack: base\n" + head +
             "clocks: {k.c: {length: 3wd, warn: 1wd, source: b}, k.d: {length: 9wd, source: b}}\n"
             "limits: {l: {value: 1, source: b}, m: {value: 5, source: b}}\n"},
        {"own.yaml",
         "pack: own\nextends: base\n" + head +
             "clocks: {k.c: {length: 5wd, source: o}}\nlimits: {l: {value: 2, source: o}}\n"}
    });
    ASSERT_TRUE(packs.has_value()) << to_string(packs.error().front());
    const Pack& own = packs->packs.at("own");
    EXPECT_EQ(own.clocks.at("k.c").length->fixed->count, 5);
    EXPECT_EQ(own.clocks.at("k.c").warn_before->count, 1);
    EXPECT_EQ(own.clocks.at("k.c").source, "o");
    EXPECT_EQ(own.clocks.at("k.d").length->fixed->count, 9);
    EXPECT_EQ(own.limits.at("l"), 2);
    EXPECT_EQ(own.limits.at("m"), 5);
    EXPECT_EQ(packs->packs.at("base").limits.at("l"), 1);
}

TEST(pack_file, an_unknown_base_and_a_circle_are_refused) {
    const auto unknown = load_packs(NamedTexts{
        {"own.yaml", "pack: own\nextends: bse\n" + head}, {"base.yaml", "pack: base\n" + head}
    });
    ASSERT_FALSE(unknown.has_value());
    EXPECT_THAT(unknown.error().front().detail, HasSubstr("did you mean base?"));
    EXPECT_EQ(unknown.error().front().at, "own.yaml:2");
    const auto circle = load_packs(NamedTexts{
        {"a.yaml", "pack: a\nextends: b\n" + head}, {"b.yaml", "pack: b\nextends: a\n" + head}
    });
    ASSERT_FALSE(circle.has_value());
    EXPECT_THAT(circle.error().front().detail, HasSubstr("circle"));
}

TEST(pack_file, one_pack_in_two_files_is_refused) {
    const auto twice =
        load_packs(NamedTexts{{"a.yaml", "pack: a\n" + head}, {"b.yaml", "pack: a\n" + head}});
    ASSERT_FALSE(twice.has_value());
}

}  // namespace
}  // namespace zt::kindfile
