#include "base/merkle.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <map>
#include <string>

namespace zt::merkle {
namespace {

/// A tree with all its nodes, made entry by entry.
class Grown {
  public:
    explicit Grown(HashAlgorithm algorithm) : algorithm_(algorithm), growing_(algorithm) {}

    void push(std::string_view entry) {
        growing_.push(leaf_hash(algorithm_, entry), [this](Node node, const Hash& hash) {
            nodes_[node] = hash;
        });
        roots_.push_back(growing_.root());
    }
    /// Says that a node is missing where it was never complete.
    [[nodiscard]] NodeOf nodes() const {
        return [this](Node node) -> Result<Hash> {
            const auto found = nodes_.find(node);
            return found == nodes_.end() ? fail(Errc::not_found) : Result<Hash>(found->second);
        };
    }
    [[nodiscard]] Hash leaf(std::int64_t index) const { return nodes_.at({0, index}); }
    [[nodiscard]] Tree tree(std::int64_t size) const {
        return {size, roots_.at(static_cast<std::size_t>(size - 1))};
    }
    [[nodiscard]] std::int64_t size() const { return growing_.size(); }
    [[nodiscard]] HashAlgorithm algorithm() const { return algorithm_; }

  private:
    HashAlgorithm algorithm_;
    Growing growing_;
    std::map<Node, Hash> nodes_;
    std::vector<Hash> roots_;
};

Grown grown(std::int64_t size, HashAlgorithm algorithm = HashAlgorithm::sha256) {
    Grown out(algorithm);
    for (std::int64_t index = 0; index < size; ++index) {
        out.push("entry " + std::to_string(index));
    }
    return out;
}

/// Word for word RFC 9162, 2.1.1.
// NOLINTBEGIN(misc-no-recursion): the definition is recursive
Hash plain_root(HashAlgorithm algorithm, std::span<const Hash> leaves) {
    if (leaves.size() == 1) {
        return leaves.front();
    }
    std::size_t split = 1;
    while (split * 2 < leaves.size()) {
        split *= 2;
    }
    return node_hash(
        algorithm,
        plain_root(algorithm, leaves.first(split)),
        plain_root(algorithm, leaves.subspan(split))
    );
}
// NOLINTEND(misc-no-recursion)

// source: the vectors that certificate transparency's own implementations share
TEST(merkle, gives_the_known_roots) {
    const std::array<std::string, 8> entries{
        std::string(),
        std::string("\0", 1),
        "\x10",
        "\x20\x21",
        "\x30\x31",
        "\x40\x41\x42\x43",
        "\x50\x51\x52\x53\x54\x55\x56\x57",
        "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"
    };
    const std::array<std::string_view, 8> roots{
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    };
    EXPECT_EQ(
        to_hex(Growing(HashAlgorithm::sha256).root()),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    Grown tree(HashAlgorithm::sha256);
    for (std::size_t index = 0; index < entries.size(); ++index) {
        tree.push(entries.at(index));
        EXPECT_EQ(to_hex(tree.tree(tree.size()).root), roots.at(index));
    }
}

TEST(merkle, every_entry_of_every_small_tree_is_proven_and_no_other) {
    for (const auto algorithm : {HashAlgorithm::sha256, HashAlgorithm::sm3}) {
        const std::int64_t largest = algorithm == HashAlgorithm::sha256 ? 200 : 40;
        const Grown tree = grown(largest, algorithm);
        std::vector<Hash> leaves;
        for (std::int64_t size = 1; size <= largest; ++size) {
            leaves.push_back(tree.leaf(size - 1));
            const Tree whole = tree.tree(size);
            ASSERT_EQ(plain_root(algorithm, leaves), whole.root) << size;
            ASSERT_EQ(*root_of(algorithm, size, tree.nodes()), whole.root) << size;
            for (std::int64_t index = 0; index < size; ++index) {
                const auto path = prove_inclusion(algorithm, index, size, tree.nodes());
                ASSERT_TRUE(path.has_value());
                ASSERT_TRUE(proves_inclusion(algorithm, tree.leaf(index), index, whole, *path));
                const std::int64_t other = (index + 1) % size;
                ASSERT_EQ(
                    proves_inclusion(algorithm, tree.leaf(other), index, whole, *path), size == 1
                );
                ASSERT_FALSE(
                    proves_inclusion(algorithm, tree.leaf(index), index + size, whole, *path)
                );
            }
        }
    }
}

TEST(merkle, every_small_tree_is_proven_to_continue_every_smaller_one) {
    constexpr std::int64_t largest = 130;
    const Grown tree = grown(largest);
    const auto algorithm = tree.algorithm();
    for (std::int64_t second = 1; second <= largest; ++second) {
        for (std::int64_t first = 1; first <= second; ++first) {
            const auto path = prove_consistency(algorithm, first, second, tree.nodes());
            ASSERT_TRUE(path.has_value());
            ASSERT_TRUE(proves_consistency(algorithm, tree.tree(first), tree.tree(second), *path))
                << first << " in " << second;
            Tree forged = tree.tree(first);
            forged.root[0] ^= 1;
            ASSERT_FALSE(proves_consistency(algorithm, forged, tree.tree(second), *path));
            if (first < second) {
                ASSERT_FALSE(
                    proves_consistency(algorithm, tree.tree(second), tree.tree(first), *path)
                );
            }
        }
    }
}

RC_GTEST_PROP(merkle, one_changed_bit_of_a_proof_is_found, ()) {
    const auto size = *rc::gen::inRange<std::int64_t>(2, 3000);
    const auto index = *rc::gen::inRange<std::int64_t>(0, size);
    const Grown tree = grown(size);
    auto path = *prove_inclusion(tree.algorithm(), index, size, tree.nodes());
    RC_ASSERT(proves_inclusion(tree.algorithm(), tree.leaf(index), index, tree.tree(size), path));
    const auto at = *rc::gen::inRange<std::size_t>(0, path.size());
    const auto byte = *rc::gen::inRange<std::size_t>(0, sizeof(Hash));
    path[at].at(byte) ^= static_cast<std::uint8_t>(1U << *rc::gen::inRange(0U, 8U));
    RC_ASSERT_FALSE(
        proves_inclusion(tree.algorithm(), tree.leaf(index), index, tree.tree(size), path)
    );
}

RC_GTEST_PROP(merkle, a_tree_goes_on_from_its_kept_nodes, ()) {
    const auto left_at = *rc::gen::inRange<std::int64_t>(0, 600);
    const auto size = left_at + *rc::gen::inRange<std::int64_t>(1, 100);
    const Grown tree = grown(size);
    auto again = *Growing::at(tree.algorithm(), left_at, tree.nodes());
    for (std::int64_t index = left_at; index < size; ++index) {
        again.push(tree.leaf(index), [&](Node node, const Hash& hash) {
            RC_ASSERT(*tree.nodes()(node) == hash);
        });
    }
    RC_ASSERT(again.root() == tree.tree(size).root);
}

}  // namespace
}  // namespace zt::merkle
