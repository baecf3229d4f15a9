#include "views/opinion_groups.hpp"

#include "base/check.hpp"
#include "base/seeded_random.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace zt::views {

namespace {

using Point = std::array<double, 2>;
using Matrix = std::vector<std::vector<float>>;  // a row a person

constexpr std::size_t told_max = 10, telling_max = 5;

double square_between(const Point& one, const Point& other) {
    const double x = one[0] - other[0], y = one[1] - other[1];
    return x * x + y * y;
}

/// Who judged enough, in an order that does not depend on who came first.
std::vector<Votes> judging(std::span<const Votes> votes, const OpinionRules& rules) {
    std::vector<Votes> out;
    for (const Votes& one : votes) {
        CHECK(one.size() == votes.front().size());
        const auto judged =
            std::ranges::count_if(one, [](Vote vote) { return vote != Vote::none; });
        if (judged > 0 &&
            static_cast<std::size_t>(judged) >= std::min(rules.votes_min, one.size())) {
            out.push_back(one);
        }
    }
    std::ranges::sort(out);
    return out;
}

/// Votes beside the mean vote on each statement; who did not judge one stands at its mean.
Matrix centred(const std::vector<Votes>& votes) {
    const std::size_t statements = votes.front().size();
    std::vector<double> sums(statements), counts(statements);
    for (const Votes& one : votes) {
        for (std::size_t at = 0; at < statements; ++at) {
            if (one[at] != Vote::none) {
                sums[at] += static_cast<double>(one[at]);
                counts[at] += 1;
            }
        }
    }
    Matrix out(votes.size(), std::vector<float>(statements));
    for (std::size_t person = 0; person < votes.size(); ++person) {
        for (std::size_t at = 0; at < statements; ++at) {
            if (votes[person][at] != Vote::none) {
                out[person][at] = static_cast<float>(
                    static_cast<double>(votes[person][at]) - sums[at] / counts[at]
                );
            }
        }
    }
    return out;
}

double scaled_to_one(std::vector<double>& direction) {
    double squares = 0;
    for (const double one : direction) {
        squares += one * one;
    }
    const double length = std::sqrt(squares);
    for (double& one : direction) {
        one /= length > 0 ? length : 1;
    }
    return length;
}

double product(const std::vector<float>& row, const std::vector<double>& direction) {
    double sum = 0;
    for (std::size_t at = 0; at < row.size(); ++at) {
        sum += static_cast<double>(row[at]) * direction[at];
    }
    return sum;
}

/// The direction in which rows differ most and that stands upright on `other`, by power iteration;
/// all zero when they differ in none.
std::vector<double> direction_of(const Matrix& rows, const std::vector<double>& other) {
    constexpr int rounds_max = 200;
    constexpr double still = 1e-9;
    std::vector<double> direction(rows.front().size());
    for (std::size_t at = 0; at < direction.size(); ++at) {
        direction[at] =
            1 + static_cast<double>(at % 7) / 7;  // no likely direction is upright on it
    }
    scaled_to_one(direction);
    for (int round = 0; round < rounds_max; ++round) {
        std::vector<double> next(direction.size());
        for (const auto& row : rows) {
            const double along = product(row, direction);
            for (std::size_t at = 0; at < row.size(); ++at) {
                next[at] += along * static_cast<double>(row[at]);
            }
        }
        double shared = 0;
        for (std::size_t at = 0; at < other.size(); ++at) {
            shared += next[at] * other[at];
        }
        for (std::size_t at = 0; at < other.size(); ++at) {
            next[at] -= shared * other[at];
        }
        if (scaled_to_one(next) < still) {
            return std::vector<double>(direction.size());
        }
        double moved = 0;
        for (std::size_t at = 0; at < next.size(); ++at) {
            moved += std::abs(next[at] - direction[at]);
        }
        direction = std::move(next);
        if (moved < still) {
            break;
        }
    }
    return direction;
}

/// Who judged few statements stands as far out as who judged all.
std::vector<Point> points_of(const std::vector<Votes>& votes, const Matrix& rows) {
    const auto first = direction_of(rows, {});
    const auto second = direction_of(rows, first);
    std::vector<Point> out;
    for (std::size_t person = 0; person < rows.size(); ++person) {
        const auto judged =
            std::ranges::count_if(votes[person], [](Vote vote) { return vote != Vote::none; });
        const double scale =
            std::sqrt(static_cast<double>(rows[person].size()) / static_cast<double>(judged));
        out.push_back({product(rows[person], first) * scale, product(rows[person], second) * scale}
        );
    }
    return out;
}

using Groups = std::vector<std::size_t>;  // of each point

std::size_t nearest(const Point& point, const std::vector<Point>& middles) {
    std::size_t best = 0;
    for (std::size_t group = 1; group < middles.size(); ++group) {
        if (square_between(point, middles[group]) < square_between(point, middles[best])) {
            best = group;
        }
    }
    return best;
}

/// k-means++: each first middle is a point, the likelier the farther from those before.
std::vector<Point>
first_middles(const std::vector<Point>& points, std::size_t count, SeededRandom& random) {
    constexpr std::size_t steps = 1'000'000;
    std::vector<Point> out{points[random.below(points.size())]};
    while (out.size() < count) {
        std::vector<double> reach;
        double sum = 0;
        for (const Point& point : points) {
            sum += square_between(point, out[nearest(point, out)]);
            reach.push_back(sum);
        }
        const double at = static_cast<double>(random.below(steps)) / steps * sum;
        const auto found = std::ranges::upper_bound(reach, at);
        const auto index = static_cast<std::size_t>(found - reach.begin());
        out.push_back(points[std::min(index, points.size() - 1)]);
    }
    return out;
}

struct Parting {
    Groups groups;
    double spread = std::numeric_limits<double>::infinity();
};

Parting parted(const std::vector<Point>& points, std::size_t count, SeededRandom& random) {
    constexpr int rounds_max = 100;
    auto middles = first_middles(points, count, random);
    Parting out{Groups(points.size()), 0};
    for (int round = 0; round < rounds_max; ++round) {
        std::vector<Point> sums(count);
        std::vector<double> sizes(count);
        bool has_moved = round == 0;
        for (std::size_t index = 0; index < points.size(); ++index) {
            const std::size_t group = nearest(points[index], middles);
            has_moved = has_moved || group != out.groups[index];
            out.groups[index] = group;
            sums[group][0] += points[index][0];
            sums[group][1] += points[index][1];
            sizes[group] += 1;
        }
        if (!has_moved) {
            break;
        }
        for (std::size_t group = 0; group < count; ++group) {
            if (sizes[group] > 0) {
                middles[group] = {sums[group][0] / sizes[group], sums[group][1] / sizes[group]};
            }
        }
    }
    for (std::size_t index = 0; index < points.size(); ++index) {
        out.spread += square_between(points[index], middles[out.groups[index]]);
    }
    return out;
}

std::vector<std::int64_t> sizes_of(const Groups& groups, std::size_t count) {
    std::vector<std::int64_t> out(count);
    for (const std::size_t group : groups) {
        ++out[group];
    }
    return out;
}

/// How much nearer points are to their own group than to the next, −1 … 1; over a fair sample when
/// there are many.
double silhouette_of(const std::vector<Point>& points, const Groups& groups, std::size_t count) {
    constexpr std::size_t sampled_max = 2000;
    const std::size_t step = (points.size() + sampled_max - 1) / sampled_max;
    std::vector<std::size_t> sample;
    for (std::size_t index = 0; index < points.size(); index += step) {
        sample.push_back(index);
    }
    double sum = 0;
    for (const std::size_t one : sample) {
        std::vector<double> away(count), sizes(count);
        for (const std::size_t other : sample) {
            away[groups[other]] += std::sqrt(square_between(points[one], points[other]));
            sizes[groups[other]] += 1;
        }
        const std::size_t own = groups[one];
        if (sizes[own] < 2) {
            continue;
        }
        const double near = away[own] / (sizes[own] - 1);
        double next = std::numeric_limits<double>::infinity();
        for (std::size_t group = 0; group < count; ++group) {
            if (group != own && sizes[group] > 0) {
                next = std::min(next, away[group] / sizes[group]);
            }
        }
        const double most = std::max(near, next);
        sum += std::isfinite(next) && most > 0 ? (next - near) / most : 0;
    }
    return sum / static_cast<double>(sample.size());
}

struct BestParting {
    Groups groups;
    std::size_t count = 0;
    double silhouette = 0;
};

/// None when nothing parts them, or only into groups that are too small to be told.
std::optional<BestParting>
best_parting(const std::vector<Point>& points, const OpinionRules& rules) {
    constexpr int tries = 8;
    // Points of one cloud can be cut in halves that well.
    constexpr double parting_min = 0.4;
    std::optional<BestParting> best;
    for (std::size_t count = 2; count <= std::min(rules.groups_max, points.size()); ++count) {
        SeededRandom chance(rules.seed + count);
        Parting parting;
        for (int round = 0; round < tries; ++round) {
            if (auto other = parted(points, count, chance); other.spread < parting.spread) {
                parting = std::move(other);
            }
        }
        if (std::ranges::min(sizes_of(parting.groups, count)) < rules.people_min) {
            continue;
        }
        const double silhouette = silhouette_of(points, parting.groups, count);
        if (silhouette >= parting_min && (!best || silhouette > best->silhouette)) {
            best = BestParting{std::move(parting.groups), count, silhouette};
        }
    }
    return best;
}

void count_vote(StatementCounts& counts, Vote vote) {
    counts.agree += vote == Vote::agree ? 1 : 0;
    counts.disagree += vote == Vote::disagree ? 1 : 0;
    counts.pass += vote == Vote::pass ? 1 : 0;
}

std::int64_t seen(const StatementCounts& counts) {
    return counts.agree + counts.disagree + counts.pass;
}

/// With one vote each way added, so that three of three is not certainty.
double share_of(std::int64_t count, std::int64_t all) {
    return static_cast<double>(count + 1) / static_cast<double>(all + 2);
}

/// How sure it is that the first share is the larger: z of two proportions.
double surer(std::int64_t one, std::int64_t of_one, std::int64_t other, std::int64_t of_other) {
    const double all =
        static_cast<double>(one + other + 2) / static_cast<double>(of_one + of_other + 4);
    const double wide = std::sqrt(
        all * (1 - all) *
        (1 / static_cast<double>(of_one + 2) + 1 / static_cast<double>(of_other + 2))
    );
    return wide > 0 ? (share_of(one, of_one) - share_of(other, of_other)) / wide : 0;
}

using Counter = std::int64_t StatementCounts::*;

/// Statements on which the group says so more than all others together.
std::vector<std::size_t>
telling(const OpinionGroup& group, const std::vector<StatementCounts>& all, Counter counter) {
    constexpr double surely = 1.2816;  // one in ten
    std::vector<std::pair<double, std::size_t>> ranked;
    for (std::size_t at = 0; at < all.size(); ++at) {
        const StatementCounts& own = group.statements[at];
        const std::int64_t others = all[at].*counter - own.*counter;
        const std::int64_t of_others = seen(all[at]) - seen(own);
        const double sure = surer(own.*counter, seen(own), others, of_others);
        const double share = share_of(own.*counter, seen(own));
        if (sure >= surely && share > 0.5) {
            ranked.emplace_back(-share * share / share_of(others, of_others) * sure, at);
        }
    }
    std::ranges::sort(ranked);
    std::vector<std::size_t> out;
    for (const auto& [rank, at] : ranked) {
        if (out.size() < telling_max) {
            out.push_back(at);
        }
    }
    return out;
}

std::vector<std::pair<std::size_t, std::int64_t>> highest(const std::vector<double>& values) {
    std::vector<std::pair<std::size_t, std::int64_t>> out;
    for (std::size_t at = 0; at < values.size(); ++at) {
        out.emplace_back(at, std::llround(values[at] * 1000));
    }
    std::ranges::sort(out, [](const auto& one, const auto& other) {
        return std::pair(other.second, one.first) < std::pair(one.second, other.first);
    });
    out.resize(std::min(out.size(), told_max));
    return out;
}

std::vector<OpinionGroup>
groups_of(const std::vector<Votes>& votes, const BestParting& parting, std::size_t statements) {
    std::vector<OpinionGroup> out(parting.count);
    for (OpinionGroup& group : out) {
        group.statements.resize(statements);
    }
    for (std::size_t person = 0; person < votes.size(); ++person) {
        OpinionGroup& group = out[parting.groups[person]];
        ++group.people;
        for (std::size_t at = 0; at < statements; ++at) {
            count_vote(group.statements[at], votes[person][at]);
        }
    }
    return out;
}

}  // namespace

Opinions opinions_of(std::span<const Votes> votes, const OpinionRules& rules) {
    Opinions out;
    const auto people = judging(votes, rules);
    out.people = std::ssize(people);
    if (people.empty()) {
        return out;
    }
    const std::size_t statements = people.front().size();
    std::vector<StatementCounts> all(statements);
    for (const Votes& one : people) {
        for (std::size_t at = 0; at < statements; ++at) {
            count_vote(all[at], one[at]);
        }
    }
    if (const auto parting = best_parting(points_of(people, centred(people)), rules)) {
        out.groups = groups_of(people, *parting, statements);
        out.silhouette = std::llround(parting->silhouette * 1000);
    }
    for (OpinionGroup& group : out.groups) {
        group.agreed = telling(group, all, &StatementCounts::agree);
        group.disagreed = telling(group, all, &StatementCounts::disagree);
    }
    std::ranges::sort(out.groups, [](const OpinionGroup& one, const OpinionGroup& other) {
        return one.people > other.people ||
               (one.people == other.people && one.agreed < other.agreed);
    });
    std::vector<double> shared(statements, 1), apart(statements, 0);
    for (std::size_t at = 0; at < statements; ++at) {
        double least = 1, most = 0;
        for (const OpinionGroup& group : out.groups) {
            const StatementCounts& counts = group.statements[at];
            const double share = share_of(counts.agree, seen(counts));
            shared[at] *= share;
            least = std::min(least, share);
            most = std::max(most, share);
        }
        apart[at] = most - least;
        shared[at] = out.groups.empty() ? share_of(all[at].agree, seen(all[at])) : shared[at];
    }
    out.consensus = highest(shared);
    if (!out.groups.empty()) {
        out.dividing = highest(apart);
    }
    return out;
}

}  // namespace zt::views
