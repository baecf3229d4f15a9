// Opinion groups of people who judge 500 statements: three camps, a third of the votes given.

#include "base/seeded_random.hpp"
#include "bench/measure.hpp"
#include "views/opinion_groups.hpp"

namespace zt::bench {

namespace {

constexpr std::uint64_t seed = 20'261'123;
constexpr std::size_t statements = 500, camps = 3;

std::vector<views::Votes> votes_of(std::int64_t people) {
    SeededRandom random(seed);
    std::vector<views::Votes> out;
    for (std::int64_t person = 0; person < people; ++person) {
        const std::size_t camp = random.below(camps);
        views::Votes one;
        for (std::size_t at = 0; at < statements; ++at) {
            const bool is_given = random.below(3) == 0, is_own = random.below(4) != 0;
            const auto chance = static_cast<views::Vote>(static_cast<int>(random.below(3)) - 1);
            const auto own = at % camps == camp ? views::Vote::agree : views::Vote::disagree;
            one.push_back(!is_given ? views::Vote::none : is_own ? own : chance);
        }
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace

void run_opinions(const Options& options) {
    const auto votes = votes_of(options.count);
    std::int64_t agreed = 0;
    const Watch bare;
    for (const auto& one : votes) {
        for (const auto vote : one) {
            agreed += vote == views::Vote::agree ? 1 : 0;
        }
    }
    const double bare_seconds = bare.seconds();
    const Watch watch;
    const auto found = views::opinions_of(votes, {});
    const double seconds = watch.seconds();
    Figures()
        .add("people", static_cast<double>(options.count))
        .add("statements", statements)
        .add("agreed", static_cast<double>(agreed))
        .add("groups", static_cast<double>(found.groups.size()))
        .add("silhouette_thousandths", static_cast<double>(found.silhouette))
        .add("opinions_seconds", seconds)
        .add("one_pass_seconds", bare_seconds)
        .add("memory_mb", static_cast<double>(resident_bytes()) / 1e6)
        .print();
}

}  // namespace zt::bench
