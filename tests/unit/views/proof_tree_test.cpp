#include "tests/unit/views/scratch_folder.hpp"
#include "views/proof_tree.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sqlite3.h>

namespace zt::views {
namespace {

using std::chrono::days;

constexpr auto algorithm = HashAlgorithm::sha256;
constexpr Date first_day{days{19205}};

/// Events of some days, `each` a day.
std::vector<TreeEntry> entries(std::int64_t from, std::int64_t until, std::int64_t each) {
    std::vector<TreeEntry> out;
    for (std::int64_t seq = from; seq <= until; ++seq) {
        out.push_back(
            {seq, hash_of(algorithm, std::to_string(seq)), first_day + days{(seq - 1) / each}}
        );
    }
    return out;
}

TEST(proof_tree, days_that_are_over_have_roots_and_the_one_that_runs_has_none) {
    auto tree = *ProofTree::open(":memory:", algorithm, ListAccess::write);
    ASSERT_TRUE(tree.put(entries(1, 25, 10)));
    const auto roots = *tree.days(10);
    ASSERT_EQ(roots.size(), 2U);
    EXPECT_EQ(roots[0].day, first_day + days{1});
    EXPECT_EQ(roots[0].tree.size, 20);
    EXPECT_EQ(roots[1].tree.size, 10);
    EXPECT_EQ((*tree.first_with(10))->tree.size, 10);
    EXPECT_EQ((*tree.first_with(11))->tree.size, 20);
    EXPECT_FALSE(tree.first_with(21)->has_value());
    EXPECT_FALSE(tree.day(first_day + days{2})->has_value());
    ASSERT_TRUE(tree.put(entries(26, 31, 10)));
    EXPECT_EQ((*tree.first_with(21))->tree.size, 30);
    EXPECT_EQ(tree.days(10, first_day + days{1})->size(), 1U);
}

RC_GTEST_PROP(proof_tree, every_event_and_every_older_root_is_proven_however_it_came, ()) {
    const auto size = *rc::gen::inRange<std::int64_t>(2, 400);
    const auto each = *rc::gen::inRange<std::int64_t>(1, 50);
    auto tree = *ProofTree::open(":memory:", algorithm, ListAccess::write);
    for (std::int64_t seq = 1; seq <= size;) {
        const auto until = std::min(size, seq + *rc::gen::inRange<std::int64_t>(0, 60));
        RC_ASSERT(tree.put(entries(seq, until, each)).has_value());
        seq = until + 1;
    }
    const auto whole = *tree.tree(size);
    const auto seq = *rc::gen::inRange<std::int64_t>(1, size + 1);
    const auto path = *tree.inclusion(seq, whole);
    const Hash leaf = merkle::leaf_hash(algorithm, entries(seq, seq, each).front().event);
    RC_ASSERT(merkle::proves_inclusion(algorithm, leaf, seq - 1, whole, path));
    for (const auto& root : *tree.days(1000)) {
        const auto steps = *tree.consistency(root.tree, whole);
        RC_ASSERT(merkle::proves_consistency(algorithm, root.tree, whole, steps));
    }
    ProofTree::Comparison same(tree);
    for (const auto& entry : entries(1, size, each)) {
        RC_ASSERT(same.step(entry).has_value());
    }
    RC_ASSERT(*same.finish() == std::nullopt);
    const auto changed = *rc::gen::inRange<std::int64_t>(0, size);
    ProofTree::Comparison other(tree);
    for (auto entry : entries(1, size, each)) {
        entry.event[0] ^= static_cast<std::uint8_t>(entry.seq == changed + 1 ? 1 : 0);
        RC_ASSERT(other.step(entry).has_value());
    }
    RC_ASSERT(*other.finish() != std::nullopt);
}

TEST(proof_tree, goes_on_after_opening_and_is_made_anew_for_another_algorithm) {
    const test::ScratchFolder folder;
    const std::string path = folder.path() + "/tree.db";
    {
        auto tree = *ProofTree::open(path, algorithm, ListAccess::write);
        ASSERT_TRUE(tree.put(entries(1, 13, 5)));
    }
    {
        auto tree = *ProofTree::open(path, algorithm, ListAccess::write);
        EXPECT_EQ(tree.position(), 13);
        ASSERT_TRUE(tree.put(entries(14, 21, 5)));
        auto at_once = *ProofTree::open(":memory:", algorithm, ListAccess::write);
        ASSERT_TRUE(at_once.put(entries(1, 21, 5)));
        EXPECT_EQ(tree.tree(21)->root, at_once.tree(21)->root);
        EXPECT_EQ(tree.days(9)->size(), at_once.days(9)->size());
    }
    EXPECT_FALSE(ProofTree::open(path, HashAlgorithm::sm3, ListAccess::read));
    const auto anew = ProofTree::open(path, HashAlgorithm::sm3, ListAccess::write);
    ASSERT_TRUE(anew);
    EXPECT_EQ(anew->position(), 0);
    EXPECT_FALSE(anew->rebuild_reason().empty());
}

TEST(proof_tree, a_changed_node_is_damage_and_no_proof) {
    const test::ScratchFolder folder;
    const std::string path = folder.path() + "/tree.db";
    auto tree = *ProofTree::open(path, algorithm, ListAccess::write);
    ASSERT_TRUE(tree.put(entries(1, 16, 4)));
    const auto whole = *tree.tree(16);
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &raw), SQLITE_OK);
    EXPECT_EQ(
        sqlite3_exec(
            raw,
            "UPDATE node SET hash = (SELECT hash FROM node WHERE place = 2) WHERE place = 0",
            nullptr,
            nullptr,
            nullptr
        ),
        SQLITE_OK
    );
    sqlite3_close(raw);
    EXPECT_EQ(tree.inclusion(1, whole).error().code, Errc::damaged);
    EXPECT_TRUE(tree.inclusion(9, whole).has_value());
}

}  // namespace
}  // namespace zt::views
