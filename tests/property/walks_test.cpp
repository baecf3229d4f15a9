// Random walks over every kind. After each step: apply gives what decide said, no due date moved in silence, what the kind
// guarantees holds; again and again: the chain is whole, figures and open set equal a replay from zero; at the end figures
// by unit, channel, category, area, kind and year add up to the totals.
//
// ZHITONG_WALKS sets how many steps are walked in all, ZHITONG_SEED where to begin; a failure prints its seed, with which
// that one walk repeats.

#include "property/walk.hpp"

#include <cstdlib>
#include <gtest/gtest.h>

namespace zt::app::walks {
namespace {

constexpr std::int64_t steps_default = 3'000;
constexpr int steps_per_walk = 60;

std::int64_t setting(const char* name, std::int64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoll(text, nullptr, 10);
}

/// Two beginnings: one with all years known, one whose clocks run into a year without a table.
UtcMs begin_of(std::uint64_t seed) {
    return *parse_instant(seed % 4 == 3 ? "2026-11-20 09:00" : "2022-08-01 09:00");
}

TEST(walks, random_walks_over_every_kind_keep_all_promises) {
    const auto files = Definitions::find(ZT_SOURCE_DIR "/kinds");
    ASSERT_TRUE(files.has_value());
    const auto definitions = files->service_definitions();
    const auto kinds = files->kinds();
    auto place = kindfile::load_place(ZT_SOURCE_DIR "/tests/places/small.yaml");
    ASSERT_TRUE(definitions.has_value() && kinds.has_value() && place.has_value());
    place->pack = "county-default";

    const std::int64_t walks = std::max<std::int64_t>(1, setting("ZHITONG_WALKS", steps_default) / steps_per_walk);
    const auto first_seed = static_cast<std::uint64_t>(setting("ZHITONG_SEED", 1));
    std::int64_t taken = 0, refused = 0;
    for (std::int64_t number = 0; number < walks; ++number) {
        WalkPlan plan;
        plan.seed = first_seed + static_cast<std::uint64_t>(number);
        plan.kind = kinds->files[plan.seed % kinds->files.size()].kind.name;
        plan.steps = steps_per_walk;
        plan.begin = begin_of(plan.seed / kinds->files.size());
        const WalkReport report = walk(plan, *definitions, *place);
        taken += report.taken;
        refused += report.refused;
        ASSERT_TRUE(report.failure.empty())
            << "ZHITONG_SEED=" << plan.seed << " ZHITONG_WALKS=1, kind " << plan.kind << ": " << report.failure << '\n'
            << report.log;
    }
    std::printf("%lld walks: %lld commands taken, %lld refused\n", static_cast<long long>(walks),
                static_cast<long long>(taken), static_cast<long long>(refused));
    EXPECT_GT(taken * 3, refused) << "the walks hardly get anywhere";
}

}  // namespace
}  // namespace zt::app::walks
