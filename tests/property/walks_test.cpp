// Random walks over every kind. After each step: apply gives what decide said, no due date moved in
// silence, what the kind guarantees holds; again and again: the chain is whole, figures and open
// set equal a replay from zero; at the end figures by unit, channel, category, area, kind and year
// add up to the totals.
//
// ZHITONG_WALKS sets how many steps are walked in all, ZHITONG_SEED where to begin; a failure
// prints its seed, with which that one walk repeats.

#include "base/text.hpp"
#include "property/walk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>

namespace zt::app::walks {
namespace {

constexpr std::int64_t steps_default = 3'000;
constexpr int steps_per_walk = 150;

std::int64_t setting(const char* name, std::int64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoll(text, nullptr, 10);
}

/// Two beginnings: one with all years known, one whose clocks run into a year without a table.
UtcMs begin_of(std::uint64_t seed) {
    return *parse_instant(seed % 4 == 3 ? "2026-11-20 09:00" : "2022-08-01 09:00");
}

/// (stage, verb) pairs of a kind, and those that no walk has met.
std::pair<std::size_t, std::size_t> pairs_of(const Kind& kind, const scenario::Coverage& coverage) {
    const auto count = [](const std::vector<std::string>& lines) {
        return static_cast<std::size_t>(std::ranges::count_if(lines, [](const std::string& line) {
            return line.starts_with("verb ");
        }));
    };
    return {count(scenario::Coverage().missing(kind)), count(coverage.missing(kind))};
}

/// A kind with more to do gets more walks.
const Kind& kind_for(std::uint64_t seed, const std::vector<const Kind*>& kinds) {
    std::vector<const Kind*> weighted;
    for (const Kind* kind : kinds) {
        weighted.insert(weighted.end(), kind->transitions.size(), kind);
    }
    SeededRandom random(seed);
    return *weighted[random.below(weighted.size())];
}

struct Walked {
    service::SharedRules rules;
    kindfile::Place place;
};

/// The place of a kind's own script has the units and posts that its roles ask for.
class Places {
  public:
    explicit Places(service::Definitions definitions) : definitions_(std::move(definitions)) {}

    const Walked& of_kind(const std::string& kind) {
        const auto script = kindfile::read_text_file(ZT_SOURCE_DIR "/kinds/" + kind + ".case");
        std::string name = "small";
        for (const auto& line : split(script.value_or(""), '\n')) {
            if (const std::size_t at = line.find(" place "); line.starts_with("kind ")) {
                name = trim(std::string_view(line).substr(at + 7));
                break;
            }
        }
        const auto found = places_.find(name);
        return found != places_.end() ? found->second
                                      : places_.emplace(name, read(name)).first->second;
    }

  private:
    Walked read(const std::string& name) {
        auto place = kindfile::load_place(ZT_SOURCE_DIR "/kinds/places/" + name + ".yaml");
        auto rules = service::build_rules(definitions_, "county-default", "cn", "walk");
        EXPECT_TRUE(place.has_value() && rules.has_value()) << name;
        return Walked{*std::move(rules), *std::move(place)};
    }

    service::Definitions definitions_;
    std::map<std::string, Walked, std::less<>> places_;
};

TEST(walks, random_walks_over_every_kind_keep_all_promises) {
    const auto files = Definitions::find(ZT_SOURCE_DIR "/kinds");
    ASSERT_TRUE(files.has_value());
    const auto definitions = files->service_definitions();
    ASSERT_TRUE(definitions.has_value());
    Places places(*definitions);
    const auto kinds = places.of_kind("appeal").rules->kinds.all_newest();

    const std::int64_t walks =
        std::max<std::int64_t>(1, setting("ZHITONG_WALKS", steps_default) / steps_per_walk);
    const auto first_seed = static_cast<std::uint64_t>(setting("ZHITONG_SEED", 1));
    scenario::Coverage coverage;
    std::int64_t taken = 0, refused = 0, closed = 0;
    for (std::int64_t number = 0; number < walks; ++number) {
        WalkPlan plan;
        plan.seed = first_seed + static_cast<std::uint64_t>(number);
        plan.kind = kind_for(plan.seed, kinds).name;
        plan.steps = steps_per_walk;
        plan.begin = begin_of(plan.seed);
        const Walked& at = places.of_kind(plan.kind);
        const WalkReport report = walk(plan, at.rules, at.place, coverage);
        taken += report.taken;
        refused += report.refused;
        closed += report.closed;
        ASSERT_TRUE(report.failure.empty())
            << "ZHITONG_SEED=" << plan.seed << " ZHITONG_WALKS=1, kind " << plan.kind << ": "
            << report.failure << '\n'
            << report.log;
    }
    std::size_t all = 0, missed = 0;
    for (const Kind* kind : kinds) {
        const auto [pairs, unseen] = pairs_of(*kind, coverage);
        all += pairs;
        missed += unseen;
    }
    std::printf(
        "%lld walks: %lld commands taken, %lld refused, %lld closings; %zu of %zu pairs of stage and verb met\n",
        static_cast<long long>(walks),
        static_cast<long long>(taken),
        static_cast<long long>(refused),
        static_cast<long long>(closed),
        all - missed,
        all
    );
    EXPECT_GT(taken * 3, refused) << "the walks hardly get anywhere";
    EXPECT_TRUE(closed > 0 || walks < 20) << "nothing was closed: no guarantee was looked at";
}

}  // namespace
}  // namespace zt::app::walks
