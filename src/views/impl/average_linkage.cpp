#include "views/impl/average_linkage.hpp"

#include <algorithm>
#include <queue>
#include <tuple>
#include <utility>

namespace zt::views::impl {

namespace {

/// Groups that grow by joining the two that are most alike.
class Groups {
  public:
    Groups(std::vector<double> sizes, std::vector<std::vector<Edge>> edges, double alike_min)
        : edges_(std::move(edges)), sizes_(std::move(sizes)), alike_min_(alike_min) {
        for (Node node = 0; node < sizes_.size(); ++node) {
            members_.push_back({node});
            for (const Edge& edge : edges_[node]) {
                if (edge.to < node) {
                    offer(node, edge);
                }
            }
        }
    }

    /// Nodes of each group that is left.
    std::vector<std::vector<Node>> grown() {
        while (!offers_.empty()) {
            const Offer best = offers_.top();
            offers_.pop();
            if (sizes_[best.low] == best.low_size && sizes_[best.high] == best.high_size) {
                join(best.low, best.high);
            }
        }
        std::erase_if(members_, [](const auto& one) { return one.empty(); });
        return std::move(members_);
    }

  private:
    struct Offer {
        double likeness;
        Node low, high;
        double low_size, high_size;  ///< those then: a group that grew has offers of its own
        bool operator<(const Offer& other) const {
            return std::tuple(likeness, other.low, other.high) <
                   std::tuple(other.likeness, low, high);
        }
    };

    void offer(Node node, const Edge& edge) {
        const double likeness = edge.sum / (sizes_[node] * sizes_[edge.to]);
        if (likeness >= alike_min_) {
            const auto [low, high] = std::minmax(node, edge.to);
            offers_.push({likeness, low, high, sizes_[low], sizes_[high]});
        }
    }

    std::vector<Edge>::iterator place_of(Node in, Node to) {
        return std::ranges::lower_bound(edges_[in], to, {}, &Edge::to);
    }

    /// The lower takes the higher in.
    void join(Node low, Node high) {
        members_[low].insert(members_[low].end(), members_[high].begin(), members_[high].end());
        members_[high].clear();
        sizes_[low] += std::exchange(sizes_[high], 0);
        std::vector<Edge> together;
        for (const Edge& edge : edges_[high]) {
            edges_[edge.to].erase(place_of(edge.to, high));
            if (edge.to == low) {
                continue;
            }
            const auto place = place_of(edge.to, low);
            if (place != edges_[edge.to].end() && place->to == low) {
                place->sum += edge.sum;
            } else {
                edges_[edge.to].insert(place, {low, edge.sum});
            }
        }
        merge(edges_[low], edges_[high], low, high, together);
        edges_[high].clear();
        edges_[low] = std::move(together);
        for (const Edge& edge : edges_[low]) {
            offer(low, edge);
        }
    }

    static void merge(
        const std::vector<Edge>& one,
        const std::vector<Edge>& other,
        Node low,
        Node high,
        std::vector<Edge>& into
    ) {
        auto left = one.begin();
        auto right = other.begin();
        while (left != one.end() || right != other.end()) {
            Edge next{};
            if (right == other.end() || (left != one.end() && left->to < right->to)) {
                next = *left++;
            } else if (left == one.end() || right->to < left->to) {
                next = *right++;
            } else {
                next = {left->to, left->sum + right->sum};
                ++left;
                ++right;
            }
            if (next.to != low && next.to != high) {
                into.push_back(next);
            }
        }
    }

    std::vector<std::vector<Edge>> edges_;  // in order of `to`
    std::vector<double> sizes_;             // members; 0: taken in by another
    std::vector<std::vector<Node>> members_;
    std::priority_queue<Offer> offers_;
    double alike_min_;
};

}  // namespace

std::vector<std::vector<Node>>
average_linkage(std::vector<double> sizes, std::vector<std::vector<Edge>> edges, double alike_min) {
    return Groups(std::move(sizes), std::move(edges), alike_min).grown();
}

}  // namespace zt::views::impl
