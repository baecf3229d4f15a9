#include "views/impl/due_order.hpp"

#include "base/check.hpp"

#include <algorithm>

namespace zt::views::impl {
namespace {

/// Rows of a block: what a row that enters pushes aside, some two KiB, against the blocks that a
/// count looks at, eight thousand for a million rows.
constexpr std::size_t block_rows_max = 128;
/// Two neighbours that hold no more than this become one.
constexpr std::size_t joined_rows_max = block_rows_max / 2;
/// Rows that may leave before the ends of a block are measured anew.
constexpr std::uint32_t erased_max = 16;

/// Room for `more` values and an eighth of slack: a vector's own doubling would waste a third.
template <class T>
void make_room(std::vector<T>& values, std::size_t more) {
    const std::size_t size = values.size() + more;
    if (size > values.capacity()) {
        values.reserve(size + size / 8);
    }
}

template <class T>
void give_back_room(std::vector<T>& values) {
    if (values.capacity() > values.size() + values.size() / 2) {
        values.shrink_to_fit();
    }
}

}  // namespace

void DueOrder::insert(const DueEntry& entry, std::span<const std::int64_t> dues) {
    CHECK(dues.size() == clocks_);
    ++size_;
    const bool is_at_end = blocks_.empty() || is_before(blocks_.back().last, entry);
    if (is_at_end && (blocks_.empty() || blocks_.back().entries.size() == block_rows_max)) {
        // What comes in order fills whole blocks.
        make_room(blocks_, 1);
        blocks_.push_back(make_block());
        put_in(blocks_.back(), entry, dues);
        return;
    }
    std::size_t block = block_of(entry);
    if (blocks_[block].entries.size() == block_rows_max) {
        part(block);
        block += is_before(blocks_[block].last, entry) ? 1 : 0;
    }
    put_in(blocks_[block], entry, dues);
}

void DueOrder::erase(const DueEntry& entry) {
    const std::size_t index = block_of(entry);
    Block& block = blocks_[index];
    const auto place = static_cast<std::ptrdiff_t>(place_in(block, entry));
    const auto clocks = static_cast<std::ptrdiff_t>(clocks_);
    const auto dues = block.dues.begin() + place * clocks;
    block.entries.erase(block.entries.begin() + place);
    block.dues.erase(dues, dues + clocks);
    --size_;
    if (block.entries.empty()) {
        blocks_.erase(blocks_.begin() + static_cast<std::ptrdiff_t>(index));
        if (blocks_.empty()) {
            blocks_.shrink_to_fit();
        }
        return;
    }
    block.last = block.entries.back();
    if (++block.erased >= erased_max) {
        measure(block);
        give_back_room(block.entries);
        give_back_room(block.dues);
    }
    join(index);
    if (index > 0) {
        join(index - 1);
    }
}

std::span<const std::int64_t> DueOrder::dues_of(const DueEntry& entry) const {
    const std::size_t block = block_of(entry);
    return dues(block, place_in(blocks_[block], entry));
}

std::size_t DueOrder::bytes() const {
    std::size_t sum = blocks_.capacity() * sizeof(Block);
    for (const Block& block : blocks_) {
        sum += block.entries.capacity() * sizeof(DueEntry) +
               (block.dues.capacity() + 2 * clocks_) * sizeof(std::int64_t);
    }
    return sum;
}

DueOrder::Block DueOrder::make_block() const {
    Block block;
    block.ends = std::make_unique<std::int64_t[]>(2 * clocks_);
    return block;
}

std::size_t DueOrder::block_of(const DueEntry& entry) const {
    CHECK(!blocks_.empty());
    const auto found = std::ranges::lower_bound(blocks_, entry, is_before, &Block::last);
    return found == blocks_.end() ? blocks_.size() - 1
                                  : static_cast<std::size_t>(found - blocks_.begin());
}

std::size_t DueOrder::place_in(const Block& block, const DueEntry& entry) {
    const auto found = std::ranges::lower_bound(block.entries, entry, is_before);
    CHECK(found != block.entries.end() && found->matter == entry.matter && found->due == entry.due);
    return static_cast<std::size_t>(found - block.entries.begin());
}

void DueOrder::put_in(Block& block, const DueEntry& entry, std::span<const std::int64_t> dues)
    const {
    const auto place = std::ranges::lower_bound(block.entries, entry, is_before);
    const auto at = (place - block.entries.begin()) * static_cast<std::ptrdiff_t>(clocks_);
    make_room(block.dues, clocks_);
    block.dues.insert(block.dues.begin() + at, dues.begin(), dues.end());
    const auto index = place - block.entries.begin();
    make_room(block.entries, 1);
    block.entries.insert(block.entries.begin() + index, entry);
    block.last = block.entries.back();
    if (block.entries.size() == 1) {
        measure(block);
    } else {
        widen(block, dues);
    }
}

void DueOrder::part(std::size_t index) {
    Block upper = make_block();
    Block& lower = blocks_[index];
    const auto half = static_cast<std::ptrdiff_t>(lower.entries.size() / 2);
    const auto dues = half * static_cast<std::ptrdiff_t>(clocks_);
    upper.entries.assign(lower.entries.begin() + half, lower.entries.end());
    upper.dues.assign(lower.dues.begin() + dues, lower.dues.end());
    lower.entries.resize(static_cast<std::size_t>(half));
    lower.dues.resize(static_cast<std::size_t>(dues));
    lower.entries.shrink_to_fit();
    lower.dues.shrink_to_fit();
    for (Block* block : {&lower, &upper}) {
        block->last = block->entries.back();
        measure(*block);
    }
    make_room(blocks_, 1);
    blocks_.insert(blocks_.begin() + static_cast<std::ptrdiff_t>(index) + 1, std::move(upper));
}

void DueOrder::join(std::size_t index) {
    if (index + 1 >= blocks_.size() ||
        blocks_[index].entries.size() + blocks_[index + 1].entries.size() > joined_rows_max) {
        return;
    }
    Block& left = blocks_[index];
    const Block& right = blocks_[index + 1];
    left.entries.insert(left.entries.end(), right.entries.begin(), right.entries.end());
    left.dues.insert(left.dues.end(), right.dues.begin(), right.dues.end());
    left.entries.shrink_to_fit();
    left.dues.shrink_to_fit();
    left.last = left.entries.back();
    measure(left);
    blocks_.erase(blocks_.begin() + static_cast<std::ptrdiff_t>(index) + 1);
}

void DueOrder::widen(Block& block, std::span<const std::int64_t> dues) const {
    for (std::size_t clock = 0; clock < clocks_; ++clock) {
        std::int64_t& earliest = block.ends[clock];
        std::int64_t& latest = block.ends[clocks_ + clock];
        earliest = std::min(earliest, dues[clock]);
        latest = std::max(latest, dues[clock]);
    }
}

void DueOrder::measure(Block& block) const {
    block.erased = 0;
    const std::span<const std::int64_t> dues = block.dues;
    std::ranges::copy(dues.first(clocks_), block.ends.get());
    std::ranges::copy(dues.first(clocks_), block.ends.get() + clocks_);
    for (std::size_t at = clocks_; at < dues.size(); at += clocks_) {
        widen(block, dues.subspan(at, clocks_));
    }
}

}  // namespace zt::views::impl
