#include "base/merkle.hpp"

#include "base/check.hpp"

#include <array>
#include <bit>

namespace zt::merkle {

namespace {

constexpr std::string_view leaf_prefix("\0", 1), node_prefix("\1", 1);

std::string_view view_of(const Hash& hash) {
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

/// The largest power of two below n, where a tree of n entries parts. in: n > 1.
std::int64_t split_of(std::int64_t size) {
    return static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(size - 1)));
}

bool is_power_of_two(std::int64_t size) {
    return std::has_single_bit(static_cast<std::uint64_t>(size));
}

/// Entries from ≤ i < from + size.
struct Range {
    std::int64_t from = 0, size = 0;
    [[nodiscard]] Range left() const { return {from, split_of(size)}; }
    [[nodiscard]] Range right() const { return {from + split_of(size), size - split_of(size)}; }
};

/// Hashes of ranges, put together from nodes.
class Folding {
  public:
    Folding(HashAlgorithm algorithm, const NodeOf& nodes) : algorithm_(algorithm), nodes_(nodes) {}

    // NOLINTBEGIN(misc-no-recursion): each step halves the range, at most 63 deep
    [[nodiscard]] Result<Hash> hash(Range range) const {
        if (is_power_of_two(range.size)) {
            const int level = std::countr_zero(static_cast<std::uint64_t>(range.size));
            return nodes_({level, range.from >> level});
        }
        TRY(const Hash left, hash(range.left()));
        TRY(const Hash right, hash(range.right()));
        return node_hash(algorithm_, left, right);
    }
    // NOLINTEND(misc-no-recursion)

  private:
    HashAlgorithm algorithm_;
    const NodeOf& nodes_;
};

/// Both roots of a consistency proof, or the one of an inclusion proof, as the path leads upwards.
struct Climb {
    std::uint64_t at = 0, last = 0;

    [[nodiscard]] bool is_right() const { return (at & 1U) != 0 || at == last; }
    void up() {
        at >>= 1U;
        last >>= 1U;
    }
    /// Past the levels where the last node has no sibling.
    void skip() {
        while ((at & 1U) == 0 && at != 0) {
            up();
        }
    }
};

}  // namespace

Hash leaf_hash(HashAlgorithm algorithm, std::string_view entry) {
    const std::array<std::string_view, 2> parts{leaf_prefix, entry};
    return hash_of(algorithm, parts);
}

Hash leaf_hash(HashAlgorithm algorithm, const Hash& entry) {
    return leaf_hash(algorithm, view_of(entry));
}

Hash node_hash(HashAlgorithm algorithm, const Hash& left, const Hash& right) {
    const std::array<std::string_view, 3> parts{node_prefix, view_of(left), view_of(right)};
    return hash_of(algorithm, parts);
}

Result<Growing> Growing::at(HashAlgorithm algorithm, std::int64_t size, const NodeOf& nodes) {
    CHECK(size >= 0);
    Growing out(algorithm);
    out.size_ = size;
    std::int64_t from = 0;
    while (from < size) {
        const auto width = std::bit_floor(static_cast<std::uint64_t>(size - from));
        const int level = std::countr_zero(width);
        TRY(const Hash peak, nodes({level, from >> level}));
        out.peaks_.push_back(peak);
        from += static_cast<std::int64_t>(width);
    }
    return out;
}

void Growing::push(const Hash& leaf, const NodeVisitor& completed) {
    Hash hash = leaf;
    Node node{0, size_};
    completed(node, hash);
    for (; (node.at & 1) != 0; node = {node.level + 1, node.at >> 1}) {
        hash = node_hash(algorithm_, peaks_.back(), hash);
        peaks_.pop_back();
        completed({node.level + 1, node.at >> 1}, hash);
    }
    peaks_.push_back(hash);
    ++size_;
}

Hash Growing::root() const {
    if (peaks_.empty()) {
        return hash_of(algorithm_, std::string_view());
    }
    Hash root = peaks_.back();
    for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak) {
        root = node_hash(algorithm_, *peak, root);
    }
    return root;
}

Result<Hash> root_of(HashAlgorithm algorithm, std::int64_t size, const NodeOf& nodes) {
    CHECK(size > 0);
    return Folding(algorithm, nodes).hash({0, size});
}

Result<std::vector<Hash>> prove_inclusion(
    HashAlgorithm algorithm, std::int64_t index, std::int64_t size, const NodeOf& nodes
) {
    CHECK(index >= 0 && index < size);
    const Folding folding(algorithm, nodes);
    std::vector<Hash> path;
    for (Range range{0, size}; range.size > 1;) {
        const bool is_left = index < range.right().from;
        TRY(const Hash sibling, folding.hash(is_left ? range.right() : range.left()));
        path.insert(path.begin(), sibling);
        range = is_left ? range.left() : range.right();
    }
    return path;
}

Result<std::vector<Hash>> prove_consistency(
    HashAlgorithm algorithm, std::int64_t first, std::int64_t second, const NodeOf& nodes
) {
    CHECK(first > 0 && first <= second);
    const Folding folding(algorithm, nodes);
    std::vector<Hash> path;
    Range range{0, second};
    bool is_known = true;  // the range is the whole older tree, whose root the asker has
    while (range.from + range.size != first) {
        const bool is_left = first <= range.right().from;
        TRY(const Hash sibling, folding.hash(is_left ? range.right() : range.left()));
        path.insert(path.begin(), sibling);
        range = is_left ? range.left() : range.right();
        is_known = is_known && is_left;
    }
    if (!is_known) {
        TRY(const Hash shared, folding.hash(range));
        path.insert(path.begin(), shared);
    }
    return path;
}

bool proves_inclusion(
    HashAlgorithm algorithm,
    const Hash& leaf,
    std::int64_t index,
    const Tree& tree,
    std::span<const Hash> path
) {
    if (index < 0 || index >= tree.size) {
        return false;
    }
    Climb climb{static_cast<std::uint64_t>(index), static_cast<std::uint64_t>(tree.size - 1)};
    Hash hash = leaf;
    for (const Hash& sibling : path) {
        if (climb.last == 0) {
            return false;
        }
        if (climb.is_right()) {
            hash = node_hash(algorithm, sibling, hash);
            climb.skip();
        } else {
            hash = node_hash(algorithm, hash, sibling);
        }
        climb.up();
    }
    return climb.last == 0 && hash == tree.root;
}

bool proves_consistency(
    HashAlgorithm algorithm, const Tree& first, const Tree& second, std::span<const Hash> path
) {
    if (first.size <= 0 || first.size > second.size) {
        return false;
    }
    if (first.size == second.size) {
        return path.empty() && first.root == second.root;
    }
    Climb climb{
        static_cast<std::uint64_t>(first.size - 1), static_cast<std::uint64_t>(second.size - 1)
    };
    while ((climb.at & 1U) != 0) {
        climb.up();
    }
    Hash older = first.root;
    if (!is_power_of_two(first.size)) {
        if (path.empty()) {
            return false;
        }
        older = path.front();
        path = path.subspan(1);
    }
    Hash newer = older;
    for (const Hash& sibling : path) {
        if (climb.last == 0) {
            return false;
        }
        if (climb.is_right()) {
            older = node_hash(algorithm, sibling, older);
            newer = node_hash(algorithm, sibling, newer);
            climb.skip();
        } else {
            newer = node_hash(algorithm, newer, sibling);
        }
        climb.up();
    }
    return climb.last == 0 && older == first.root && newer == second.root;
}

}  // namespace zt::merkle
