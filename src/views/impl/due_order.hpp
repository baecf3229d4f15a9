#pragma once
// DueOrder: rows of the open set in order of (next due, matter), each with the dues of its clocks.
//
// A page wants the first few in order, a count wants how many show a lamp at an instant that is
// known only when it is asked. So the rows lie in blocks of at most block_rows_max, and a block
// knows the earliest and the latest due of each clock. As a lamp grows only graver with an earlier
// due, a block whose two ends show one lamp is counted without a look at its rows, and of the
// others the dues lie side by side. A tree in place of the row of blocks would save the move of the
// blocks behind one that is parted: a row that enters in the middle of a million moves some eight
// thousand of them in one case of sixty-four. Most enter at the end, where nothing moves.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace zt::views::impl {

struct DueEntry {
    std::int64_t due = 0;  ///< no_due: none
    std::int64_t matter = 0;
    std::uint32_t slot = 0;
    std::uint32_t category = 0;
    bool operator==(const DueEntry&) const = default;
};
static_assert(sizeof(DueEntry) == 24);

[[nodiscard]] inline bool is_before(const DueEntry& left, const DueEntry& right) {
    return left.due != right.due ? left.due < right.due : left.matter < right.matter;
}

class DueOrder {
  public:
    DueOrder() = default;
    /// in: how many clocks each row has.
    explicit DueOrder(std::size_t clocks) : clocks_(clocks) {}

    /// in: no row of that due and matter; as many dues as the rows have clocks.
    void insert(const DueEntry& entry, std::span<const std::int64_t> dues);
    /// in: due and matter of a row that is there.
    void erase(const DueEntry& entry);
    [[nodiscard]] std::span<const std::int64_t> dues_of(const DueEntry& entry) const;

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::size_t bytes() const;

    [[nodiscard]] std::size_t blocks() const { return blocks_.size(); }
    [[nodiscard]] std::span<const DueEntry> entries(std::size_t block) const {
        return blocks_[block].entries;
    }
    [[nodiscard]] std::span<const std::int64_t> dues(std::size_t block, std::size_t index) const {
        return std::span(blocks_[block].dues).subspan(index * clocks_, clocks_);
    }
    /// No due of a row of the block lies before these, clock by clock.
    [[nodiscard]] std::span<const std::int64_t> earliest(std::size_t block) const {
        return {blocks_[block].ends.get(), clocks_};
    }
    /// No due lies after these.
    [[nodiscard]] std::span<const std::int64_t> latest(std::size_t block) const {
        return {blocks_[block].ends.get() + clocks_, clocks_};
    }

  private:
    struct Block {
        DueEntry last;  ///< beside the entries, so that a search stays in one row of memory
        std::vector<DueEntry> entries;
        std::vector<std::int64_t> dues;
        std::unique_ptr<std::int64_t[]> ends;  ///< earliest, then latest; wide after erasing
        std::uint32_t erased = 0;              ///< since the ends were exact
    };

    [[nodiscard]] Block make_block() const;
    /// The block that holds the place of the entry; the last one when it is behind all.
    [[nodiscard]] std::size_t block_of(const DueEntry& entry) const;
    [[nodiscard]] static std::size_t place_in(const Block& block, const DueEntry& entry);
    void put_in(Block& block, const DueEntry& entry, std::span<const std::int64_t> dues) const;
    void part(std::size_t block);
    /// Takes the next block in when both are small.
    void join(std::size_t block);
    void widen(Block& block, std::span<const std::int64_t> dues) const;
    void measure(Block& block) const;

    std::vector<Block> blocks_;
    std::size_t size_ = 0;
    std::size_t clocks_ = 0;
};

}  // namespace zt::views::impl
