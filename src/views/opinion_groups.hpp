#pragma once
// Opinion groups: which people judge a set of statements alike, what all groups agree on and what
// parts them. A pure part: votes in, counts out; who is in which group leaves it in no form.
//
// Votes become points in a plane (the two directions in which they differ most), points fall into
// two to five groups, as many as part them best. The same votes give the same groups, in whatever
// order they come. When a group would have fewer than `people_min`, there are no groups.
//
// source: Small, Bjorkegren, Erkkilä, Shaw, Megill, "Polis: scaling deliberation by mapping high
// dimensional opinion spaces", 2021; Rousseeuw, "Silhouettes", 1987.

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace zt::views {

enum class Vote : std::int8_t { disagree = -1, pass = 0, agree = 1, none = 2 };
using Votes = std::vector<Vote>;  ///< of one person, one a statement

struct OpinionRules {
    std::size_t votes_min = 7;  ///< a person must have judged so many, or all there are
    std::size_t groups_max = 5;
    std::int64_t people_min = 10;
    std::uint64_t seed = 1;
};

struct StatementCounts {
    std::int64_t agree = 0, disagree = 0, pass = 0;
    bool operator==(const StatementCounts&) const = default;
};

struct OpinionGroup {
    std::int64_t people = 0;
    std::vector<StatementCounts> statements;
    /// Indexes of those that tell the group from the others most, at most five, the first first:
    /// its share of agreement (or of disagreement) beside theirs, significant at one in ten.
    std::vector<std::size_t> agreed, disagreed;
    bool operator==(const OpinionGroup&) const = default;
};

struct Opinions {
    std::int64_t people = 0;           ///< who judged enough
    std::vector<OpinionGroup> groups;  ///< the largest first; none when there is no parting
    std::int64_t silhouette = 0;       ///< how well they are parted, thousandths, −1000 … 1000
    /// Statements by how much every group agrees, the most first, at most ten; of each the product
    /// of the groups' shares in thousandths. Without groups: the share of all.
    std::vector<std::pair<std::size_t, std::int64_t>> consensus;
    /// Statements by how far the groups' shares of agreement are apart, thousandths, at most ten.
    std::vector<std::pair<std::size_t, std::int64_t>> dividing;
};

/// in: rows of equal length. cost: 10,000 people and 500 statements some seconds and 100 MB
/// (zt_bench opinions).
[[nodiscard]] Opinions opinions_of(std::span<const Votes> votes, const OpinionRules& rules);

}  // namespace zt::views
