#pragma once
// Merkle trees as certificate transparency has them: a root of 32 bytes binds any number of entries
// in their order; a few hashes prove that an entry is among them, or that a tree continues an older
// one. Nodes are numbered (level, at): the complete subtree of 2^level entries that begins at entry
// at · 2^level. Sizes and indexes are counts of entries, the first has index 0.
// source: RFC 9162, 2.1 (the same trees as RFC 6962).

#include "base/hash.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace zt::merkle {

/// H(0x00 ‖ entry).
[[nodiscard]] Hash leaf_hash(HashAlgorithm algorithm, std::string_view entry);
[[nodiscard]] Hash leaf_hash(HashAlgorithm algorithm, const Hash& entry);
/// H(0x01 ‖ left ‖ right).
[[nodiscard]] Hash node_hash(HashAlgorithm algorithm, const Hash& left, const Hash& right);

struct Node {
    int level = 0;
    std::int64_t at = 0;
    auto operator<=>(const Node&) const = default;
};
/// Gives a complete subtree's hash; an error of it ends what asked.
using NodeOf = std::function<Result<Hash>(Node)>;
using NodeVisitor = std::function<void(Node, const Hash&)>;

/// A tree that grows entry by entry and keeps no more than a hash for each bit of its size.
class Growing {
  public:
    explicit Growing(HashAlgorithm algorithm) : algorithm_(algorithm) {}
    /// One that was left at that size. errors: those of nodes.
    [[nodiscard]] static Result<Growing>
    at(HashAlgorithm algorithm, std::int64_t size, const NodeOf& nodes);

    /// in: leaf_hash of the entry; `completed` is told of each node that is whole now, the leaf
    /// first.
    void push(const Hash& leaf, const NodeVisitor& completed);
    [[nodiscard]] std::int64_t size() const { return size_; }
    /// Of no entries: the hash of nothing.
    [[nodiscard]] Hash root() const;

  private:
    HashAlgorithm algorithm_;
    std::int64_t size_ = 0;
    std::vector<Hash> peaks_;  ///< of the complete subtrees, the largest first
};

/// in: size > 0. errors: those of nodes.
[[nodiscard]] Result<Hash> root_of(HashAlgorithm algorithm, std::int64_t size, const NodeOf& nodes);
/// That entry `index` is in the tree of so many. in: 0 ≤ index < size. out: at most 64 hashes.
[[nodiscard]] Result<std::vector<Hash>> prove_inclusion(
    HashAlgorithm algorithm, std::int64_t index, std::int64_t size, const NodeOf& nodes
);
/// That the tree of `second` entries begins with that of `first`. in: 0 < first ≤ second.
[[nodiscard]] Result<std::vector<Hash>> prove_consistency(
    HashAlgorithm algorithm, std::int64_t first, std::int64_t second, const NodeOf& nodes
);

struct Tree {
    std::int64_t size = 0;
    Hash root{};
};
/// Whatever is handed in: false unless it is proven.
[[nodiscard]] bool proves_inclusion(
    HashAlgorithm algorithm,
    const Hash& leaf,
    std::int64_t index,
    const Tree& tree,
    std::span<const Hash> path
);
[[nodiscard]] bool proves_consistency(
    HashAlgorithm algorithm, const Tree& first, const Tree& second, std::span<const Hash> path
);

}  // namespace zt::merkle
