#pragma once
// Proof tree: the Merkle tree over the hashes of all events, with every node that is whole, so that
// a proof is a few dozen reads however long the ledger is. A following view, in a file of its own.
//
// The root of a day binds every event up to the last one recorded on that day; it stands once an
// event of a later day is there, and follows from the ledger alone: whoever folds from zero gets
// the same roots. What a root binds and why: docs/internals/proofs.md.
//
// threads: an object is used by one thread at a time; each reader opens its own.

#include "base/merkle.hpp"
#include "base/time.hpp"
#include "views/lists.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace zt::views {

struct TreeEntry {
    Seq seq = 0;
    Hash event{};     ///< its hash in the chain
    Date recorded{};  ///< office day
};

struct DayRoot {
    Date day{};
    merkle::Tree tree;  ///< size: seq of the last event that it binds
};

class ProofTree {
  public:
    /// As Lists::open: for writing, what cannot be used is made anew.
    [[nodiscard]] static Result<ProofTree>
    open(const std::string& path, HashAlgorithm algorithm, ListAccess access);
    ProofTree(ProofTree&& other) noexcept;
    ProofTree& operator=(ProofTree&& other) noexcept;
    ~ProofTree();

    /// in: entries behind one another from position + 1 on. A day before that of an earlier event
    /// counts as the latter.
    /// errors: disk_full, io_failed; then nothing of them is there.
    [[nodiscard]] Result<void> put(std::span<const TreeEntry> entries);
    [[nodiscard]] Seq position() const { return position_; }
    /// Why the file was made anew; empty if it was not.
    [[nodiscard]] const std::string& rebuild_reason() const { return rebuild_reason_; }

    // Reads see what was committed when they began. errors: damaged, io_failed.

    /// Entries that are in now.
    [[nodiscard]] Result<std::int64_t> size() const;
    /// in: 0 < size ≤ size().
    [[nodiscard]] Result<merkle::Tree> tree(std::int64_t size) const;
    /// Days that are over, newest first, at most so many, before that day.
    [[nodiscard]] Result<std::vector<DayRoot>>
    days(std::size_t limit, std::optional<Date> before = {}) const;
    [[nodiscard]] Result<std::optional<DayRoot>> day(Date day) const;
    /// The first root of a day that binds the event; none while its day is not over.
    [[nodiscard]] Result<std::optional<DayRoot>> first_with(Seq seq) const;
    /// That the event is in the tree of so many. out: checked before it is given. in: 0 < seq ≤
    /// size. errors: damaged when the nodes do not prove it.
    [[nodiscard]] Result<std::vector<Hash>> inclusion(Seq seq, const merkle::Tree& tree) const;
    /// in: 0 < first.size ≤ second.size. errors: as inclusion.
    [[nodiscard]] Result<std::vector<Hash>>
    consistency(const merkle::Tree& first, const merkle::Tree& second) const;

    /// Every node and every day against the entries of the ledger, one after the other from the
    /// first. out: what differs.
    class Comparison;

  private:
    ProofTree(std::unique_ptr<impl::Database> database, HashAlgorithm algorithm);
    [[nodiscard]] Result<Hash> node(merkle::Node node) const;
    [[nodiscard]] merkle::NodeOf nodes() const;
    [[nodiscard]] Result<void> put_node(merkle::Node node, const Hash& hash);
    [[nodiscard]] Result<DayRoot> root_of_day(Date day, std::int64_t size) const;

    std::unique_ptr<impl::Database> database_;
    HashAlgorithm algorithm_;
    Seq position_ = 0;
    std::optional<Date> last_day_;
    std::string rebuild_reason_;
};

/// Folds the ledger's entries beside a proof tree and says where the two part.
class ProofTree::Comparison {
  public:
    explicit Comparison(const ProofTree& tree) : tree_(tree), growing_(tree.algorithm_) {}
    /// Entries beyond the tree's position are passed over: it follows. errors: those of reading.
    [[nodiscard]] Result<void> step(const TreeEntry& entry);
    /// What differs first; none when nothing does. errors: those of reading.
    [[nodiscard]] Result<std::optional<std::string>> finish();

  private:
    const ProofTree& tree_;
    merkle::Growing growing_;
    std::vector<std::pair<Date, std::int64_t>> days_;
    std::optional<Date> last_day_;
    std::optional<std::string> difference_;
};

}  // namespace zt::views
