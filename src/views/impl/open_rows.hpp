#pragma once
// OpenRows: the memory of the open set. Words are numbers; what rows have in common lies in shapes
// and lanes (open_shapes.hpp), their order and dues too.

#include "views/impl/bytes.hpp"
#include "views/impl/fact_store.hpp"
#include "views/impl/open_shapes.hpp"
#include "views/open_set.hpp"

namespace zt::views::impl {

inline constexpr std::int64_t no_due = INT64_MAX;

struct SlimRow {
    std::int64_t matter = 0;  ///< 0: the slot is free
    std::string number;
    std::int64_t registered = 0, changed = 0, next_due = no_due;
    std::uint32_t lane = 0;
    std::uint32_t category = 0, area = 0;
    std::uint16_t channel = 0;
};

/// Ids in 32 bits: an org, post or area has its number in the order of first sight; 0 is none.
class IdTable {
  public:
    [[nodiscard]] std::uint32_t number_of(std::int64_t id);
    /// 0 when it was never seen.
    [[nodiscard]] std::uint32_t find(std::int64_t id) const {
        const auto found = numbers_.find(id);
        return found == numbers_.end() ? 0 : found->second;
    }
    [[nodiscard]] std::int64_t operator[](std::uint32_t number) const {
        return number == 0 ? 0 : ids_[number - 1];
    }
    /// By number, from 1 on.
    [[nodiscard]] const std::vector<std::int64_t>& ids() const { return ids_; }

  private:
    std::vector<std::int64_t> ids_;
    std::unordered_map<std::int64_t, std::uint32_t> numbers_;
};

class OpenRows {
  public:
    Seq position = 0;

    void put(const State& state);
    /// For the saved state (open_files.cpp): what is in it, without gaps, lane by lane.
    void write(ByteWriter& writer) const;
    /// in: none was put. errors: damaged; the rows are then to be thrown away.
    [[nodiscard]] Result<void> read(ByteReader& reader);
    [[nodiscard]] std::size_t size() const { return slot_of_.size(); }
    [[nodiscard]] std::size_t bytes() const;
    [[nodiscard]] const SlimRow* find(MatterId id) const;
    [[nodiscard]] const SlimRow& row(const DueEntry& entry) const { return slots_[entry.slot]; }
    [[nodiscard]] std::vector<const SlimRow*> all() const;
    [[nodiscard]] const OpenShapes& shapes() const { return shapes_; }
    [[nodiscard]] const Lane& lane(const SlimRow& row) const { return shapes_.lane(row.lane); }
    [[nodiscard]] std::span<const std::uint32_t> shapes_of(OrgId org) const {
        return shapes_.of_org(ids_.find(org.value));
    }
    [[nodiscard]] bool touches(const ShapeKey& key, OrgId org) const;
    /// Of the clocks of its lane, in their order.
    [[nodiscard]] std::span<const std::int64_t> dues(const SlimRow& row) const;
    /// What all rows of a shape have in common, laid over `out`: the other members stay.
    void outline_shape(const ShapeKey& key, State& out) const;
    [[nodiscard]] State outline(const SlimRow& row) const;
    [[nodiscard]] OpenRow open_row(const SlimRow& row) const;  ///< without lamp
    [[nodiscard]] std::vector<MatterId> due_until(std::int64_t t, std::size_t limit) const;
    [[nodiscard]] std::optional<std::int64_t> next_due() const;
    /// Numbers that rows have for areas; an area that no row ever had is left out.
    [[nodiscard]] std::vector<std::uint32_t> area_numbers(const std::vector<AreaId>& areas) const;
    [[nodiscard]] AreaId area_of(const SlimRow& row) const { return AreaId{ids_[row.area]}; }
    [[nodiscard]] const std::string& word(std::uint32_t number) const { return words_[number]; }
    [[nodiscard]] std::size_t words() const { return words_.size(); }
    [[nodiscard]] std::optional<std::uint32_t> find_word(std::string_view word) const {
        return words_.find(word);
    }

  private:
    struct Timer {
        std::int64_t due = 0;
        std::int64_t matter = 0;
        auto operator<=>(const Timer&) const = default;
    };

    /// In order of due, then matter, those no longer current too, until visit(timer) says false.
    /// cost: logarithmic in those visited, each.
    template <class Visit>
    void walk_timers(Visit visit) const;
    [[nodiscard]] std::uint16_t small_word(std::string_view word);
    /// Into the three below.
    void describe(const State& state);
    [[nodiscard]] bool is_as_described(const SlimRow& row) const;
    void fill(SlimRow& row, const State& state);
    void remove(MatterId id);
    [[nodiscard]] std::uint32_t free_slot();
    [[nodiscard]] DueEntry entry_of(const SlimRow& row, std::uint32_t slot) const;
    void write_lane(ByteWriter& writer, const Lane& lane) const;
    [[nodiscard]] Result<void> read_names(ByteReader& reader);
    [[nodiscard]] Result<void> read_lane(ByteReader& reader);
    [[nodiscard]] Result<void> read_shape(ByteReader& reader);  ///< into key_ and clocks_
    [[nodiscard]] Result<void> read_row(ByteReader& reader, std::uint32_t lane);
    [[nodiscard]] Result<std::uint32_t> read_word(ByteReader& reader) const;
    [[nodiscard]] Result<std::uint16_t> read_small_word(ByteReader& reader) const;
    [[nodiscard]] Result<std::uint32_t> read_id(ByteReader& reader) const;
    void set_timer(const SlimRow& row);
    /// So that the first in order is one that counts: what lapses in order leaves nothing behind.
    void drop_past_timers();
    [[nodiscard]] bool is_current(const Timer& timer) const;

    std::deque<SlimRow> slots_;  ///< grows without copies and without slack
    std::vector<std::uint32_t> free_;
    std::unordered_map<std::int64_t, std::uint32_t> slot_of_;
    OpenShapes shapes_;
    /// A heap by due; entries of matters that have another due by now are stale and swept when they
    /// are the most.
    std::deque<Timer> timers_;
    Words words_;
    IdTable ids_;
    /// Of the matter that is being put; members, so that their memory serves the next one.
    ShapeKey key_;
    std::vector<ClockBit> clocks_;
    std::vector<std::int64_t> dues_;
};

}  // namespace zt::views::impl
