#pragma once
// OpenRows: the memory of the open set. Words are numbers, hands and clocks of a matter lie in one
// block.

#include "views/impl/fact_store.hpp"
#include "views/impl/slot_lists.hpp"
#include "views/open_set.hpp"

#include <deque>
#include <memory>
#include <span>

namespace zt::views::impl {

struct HandBit {
    std::uint32_t org = 0, post = 0;  ///< numbers of the id table
    std::uint16_t role = 0;
    std::uint16_t turn = 1;
    HandState state = HandState::assigned;
};

struct ClockBit {
    std::int64_t due = 0;
    std::uint16_t name = 0;
    ClockState state = ClockState::running;
    bool is_provisional = false;
    bool is_final = false;
};

/// 16 bytes for a hand or a clock.
union PartBit {
    HandBit hand;
    ClockBit clock;
    PartBit() : hand{} {}
};
static_assert(sizeof(PartBit) == 16);

inline constexpr std::int64_t no_due = INT64_MAX;

struct SlimRow {
    std::int64_t matter = 0;  ///< 0: the slot is free
    std::string number;
    std::int64_t registered = 0, changed = 0, next_due = no_due;
    std::unique_ptr<PartBit[]> parts;  ///< hands, then waiting clocks
    std::uint32_t category = 0;
    std::uint32_t office = 0, registrar = 0, area = 0;
    std::uint32_t kind_version = 1;
    std::uint16_t kind = 0, stage = 0, channel = 0;
    std::uint16_t turn = 1;
    std::uint16_t hand_count = 0, clock_count = 0;
    Counts counts = Counts::open;
    Protection protection = Protection::none;
    bool is_supervised = false;

    [[nodiscard]] std::span<const PartBit> hands() const { return {parts.get(), hand_count}; }
    [[nodiscard]] std::span<const PartBit> clocks() const {
        return {parts.get() + hand_count, clock_count};
    }
};

/// Ids in 32 bits: an org, post or area has its number in the order of first sight; 0 is none.
class IdTable {
  public:
    [[nodiscard]] std::uint32_t number_of(std::int64_t id);
    [[nodiscard]] std::int64_t operator[](std::uint32_t number) const {
        return number == 0 ? 0 : ids_[number - 1];
    }

  private:
    std::vector<std::int64_t> ids_;
    std::unordered_map<std::int64_t, std::uint32_t> numbers_;
};

class OpenRows {
  public:
    Seq position = 0;

    void put(const State& state);
    [[nodiscard]] std::size_t size() const { return slot_of_.size(); }
    [[nodiscard]] std::size_t bytes() const;
    [[nodiscard]] const SlimRow* find(MatterId id) const;
    /// Slots in use whose matter touches the org.
    [[nodiscard]] std::vector<const SlimRow*> of_org(OrgId org) const;
    [[nodiscard]] std::vector<const SlimRow*>
    of_stage(std::string_view kind, std::string_view stage) const;
    [[nodiscard]] std::vector<const SlimRow*> all() const;
    /// Kind and stage of all rows, each pair once.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> stages() const;
    [[nodiscard]] State outline(const SlimRow& row) const;
    [[nodiscard]] OpenRow open_row(const SlimRow& row) const;  ///< without lamp
    [[nodiscard]] std::vector<MatterId> due_until(std::int64_t t, std::size_t limit) const;
    [[nodiscard]] std::optional<std::int64_t> next_due() const;
    [[nodiscard]] const std::string& word(std::uint32_t number) const { return words_[number]; }

  private:
    struct Timer {
        std::int64_t due = 0;
        std::int64_t matter = 0;
        auto operator<=>(const Timer&) const = default;
    };

    [[nodiscard]] std::uint16_t small_word(std::string_view word);
    void fill(SlimRow& row, const State& state);
    void fill_parts(SlimRow& row, const State& state);
    void remove(MatterId id);
    [[nodiscard]] std::uint32_t free_slot();
    [[nodiscard]] bool touches(const SlimRow& row, std::int64_t org) const;
    /// Orgs that the row is found by, each once.
    [[nodiscard]] std::vector<std::int64_t> orgs_of(const SlimRow& row) const;
    [[nodiscard]] static std::int64_t stage_key(const SlimRow& row);
    /// Where the row stood before and stands now in the lists.
    void move_in_lists(
        std::uint32_t slot, const std::vector<std::int64_t>& orgs_before, std::int64_t stage_before
    );
    void set_timer(const SlimRow& row);
    [[nodiscard]] bool is_current(const Timer& timer) const;

    std::deque<SlimRow> slots_;  ///< grows without copies and without slack
    std::vector<std::uint32_t> free_;
    std::unordered_map<std::int64_t, std::uint32_t> slot_of_;
    std::unordered_map<std::int64_t, std::vector<std::int64_t>>
        accused_of_;  ///< wrong-done matters only
    SlotLists by_org_, by_stage_;
    std::map<std::int64_t, std::size_t> stage_counts_;
    /// A heap by due; entries of matters that have another due by now are stale and swept when they
    /// are the most.
    std::deque<Timer> timers_;
    Words words_;
    IdTable ids_;
};

}  // namespace zt::views::impl
