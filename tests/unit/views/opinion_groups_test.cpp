// Opinion groups: two camps are found whatever the order, one cloud is not cut, and no group is
// told that is smaller than ten.

#include "base/seeded_random.hpp"
#include "views/opinion_groups.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace zt::views {
namespace {

constexpr std::size_t statements = 20;

std::uint64_t given_seed() {
    const char* const given = std::getenv("ZHITONG_SEED");
    const std::uint64_t seed = given == nullptr ? 20'261'125 : std::strtoull(given, nullptr, 10);
    std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
    return seed;
}

/// Statements 0 … 7 part the two camps, 8 is agreed by all, the rest are chance.
Votes camp(bool is_first, SeededRandom& random) {
    Votes out;
    for (std::size_t at = 0; at < statements; ++at) {
        const bool is_noise = random.below(10) == 0;
        const auto chance = static_cast<Vote>(static_cast<int>(random.below(3)) - 1);
        const Vote own = is_first ? Vote::agree : Vote::disagree;
        const Vote said = at < 8 ? own : at == 8 ? Vote::agree : chance;
        out.push_back(random.below(5) == 0 && at > 8 ? Vote::none : is_noise ? chance : said);
    }
    return out;
}

std::vector<Votes> camps(int first, int second, SeededRandom& random) {
    std::vector<Votes> out;
    for (int person = 0; person < first + second; ++person) {
        out.push_back(camp(person < first, random));
    }
    return out;
}

std::vector<std::size_t> indexes(const std::vector<std::pair<std::size_t, std::int64_t>>& rows) {
    std::vector<std::size_t> out;
    for (const auto& [at, share] : rows) {
        out.push_back(at);
    }
    return out;
}

TEST(opinion_groups, two_camps_are_found_with_what_parts_and_what_joins_them) {
    SeededRandom random(given_seed());
    const auto found = opinions_of(camps(120, 60, random), {});
    EXPECT_EQ(found.people, 180);
    ASSERT_EQ(found.groups.size(), 2U);
    EXPECT_EQ(found.groups[0].people, 120);
    EXPECT_EQ(found.groups[1].people, 60);
    EXPECT_GT(found.silhouette, 500);
    EXPECT_EQ(found.consensus.front().first, 8U);
    auto dividing = indexes(found.dividing);
    dividing.resize(8);
    std::ranges::sort(dividing);
    EXPECT_EQ(dividing, (std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6, 7}));
    for (const std::size_t at : found.groups[0].agreed) {
        EXPECT_LT(at, 8U);
    }
    EXPECT_EQ(found.groups[0].agreed.size(), 5U);
    EXPECT_EQ(found.groups[1].disagreed.size(), 5U);
    const auto& counts = found.groups[0].statements[8];
    EXPECT_EQ(counts.agree + counts.disagree + counts.pass, 120);
}

TEST(opinion_groups, the_order_of_the_votes_changes_nothing) {
    SeededRandom random(given_seed());
    for (int round = 0; round < 10; ++round) {
        auto votes = camps(40, 30, random);
        const auto found = opinions_of(votes, {});
        for (std::size_t at = votes.size() - 1; at > 0; --at) {
            std::swap(votes[at], votes[random.below(at + 1)]);
        }
        const auto again = opinions_of(votes, {});
        EXPECT_EQ(found.groups, again.groups);
        EXPECT_EQ(found.consensus, again.consensus);
        EXPECT_EQ(found.dividing, again.dividing);
    }
}

TEST(opinion_groups, no_group_is_told_that_is_smaller_than_ten) {
    SeededRandom random(given_seed());
    for (int few = 1; few < 20; ++few) {
        const auto found = opinions_of(camps(80, few, random), {});
        for (const auto& group : found.groups) {
            EXPECT_GE(group.people, 10) << few;
        }
    }
    EXPECT_TRUE(opinions_of(camps(80, 6, random), {}).groups.empty());
}

TEST(opinion_groups, one_cloud_is_not_cut) {
    SeededRandom random(given_seed());
    std::vector<Votes> votes;
    for (int person = 0; person < 200; ++person) {
        Votes one;
        for (std::size_t at = 0; at < statements; ++at) {
            one.push_back(static_cast<Vote>(static_cast<int>(random.below(3)) - 1));
        }
        votes.push_back(std::move(one));
    }
    EXPECT_TRUE(opinions_of(votes, {}).groups.empty());
    const std::vector<Votes> alike(50, Votes(statements, Vote::agree));
    const auto same = opinions_of(alike, {});
    EXPECT_TRUE(same.groups.empty());
    EXPECT_EQ(same.consensus.front(), (std::pair<std::size_t, std::int64_t>{0, 981}));
}

TEST(opinion_groups, who_judged_little_is_left_out) {
    SeededRandom random(given_seed());
    auto votes = camps(30, 30, random);
    Votes little(statements, Vote::none);
    votes.push_back(little);
    little[3] = Vote::agree;
    votes.push_back(little);
    EXPECT_EQ(opinions_of(votes, {}).people, 60);
    EXPECT_EQ(opinions_of({}, {}).people, 0);
}

}  // namespace
}  // namespace zt::views
