#pragma once
// OpenShapes: the rows of the open set by what they have in common.
//
// Of a million open matters most are alike in all that permission, holders and protection ask: the
// same kind and stage at the same office with the same units at work. That is their *shape*, and it
// is kept, and judged by a read, once. Rows of a shape whose clocks have the same names and states
// lie in one *lane*, in order of their next due: what differs between them are dues, number and
// category. A new field that a rule of permission looks at belongs into ShapeKey; a field of nearly
// as many values as there are matters would make every row a shape of its own, and a read as slow
// as asking each.
//
// Shapes and lanes that empty stay for those to come and are given back when they are the most.

#include "domain/state.hpp"
#include "views/impl/due_order.hpp"

#include <deque>
#include <unordered_map>

namespace zt::views::impl {

struct HandBit {
    std::uint32_t org = 0, post = 0;  ///< numbers of the id table
    std::uint16_t role = 0;
    std::uint16_t turn = 1;
    HandState state = HandState::assigned;
    bool operator==(const HandBit&) const = default;
};

/// A waiting clock without its due, which is the row's.
struct ClockBit {
    std::uint16_t name = 0;
    ClockState state = ClockState::running;
    bool is_provisional = false;
    bool is_final = false;
    bool operator==(const ClockBit&) const = default;
};

/// Kind and stage as words.
struct StageKey {
    std::uint16_t kind = 0, stage = 0;
    std::uint32_t kind_version = 1;
    auto operator<=>(const StageKey&) const = default;
};

struct ShapeKey {
    StageKey stage;
    std::uint32_t office = 0, registrar = 0;  ///< numbers of the id table
    std::uint16_t turn = 1;
    Counts counts = Counts::open;
    Protection protection = Protection::none;
    bool is_record = false;
    bool is_supervised = false;
    std::vector<HandBit> hands;
    std::vector<std::uint32_t> accused;  ///< of wrong-done matters only
    bool operator==(const ShapeKey&) const = default;
};

struct ShapeHash {
    std::size_t operator()(const ShapeKey& key) const noexcept;
};

struct Lane {
    std::uint32_t shape = 0;
    std::vector<ClockBit> clocks;
    DueOrder rows;
};

struct Shape {
    const ShapeKey* key = nullptr;     ///< null: the place is free
    std::vector<std::uint32_t> lanes;  ///< few: one for each way in which clocks wait
};

class OpenShapes {
  public:
    /// The lane of that shape and those clocks; made when it is new.
    [[nodiscard]] std::uint32_t lane_of(const ShapeKey& key, std::span<const ClockBit> clocks);
    [[nodiscard]] const Lane& lane(std::uint32_t number) const { return lanes_[number]; }
    /// All in order of number; those without rows are free or wait for some.
    [[nodiscard]] const std::deque<Lane>& lanes() const { return lanes_; }
    [[nodiscard]] const ShapeKey& key_of(const Lane& lane) const {
        return *shapes_[lane.shape].key;
    }
    [[nodiscard]] const Shape& shape(std::uint32_t number) const { return shapes_[number]; }
    void enter(std::uint32_t lane, const DueEntry& entry, std::span<const std::int64_t> dues);
    void leave(std::uint32_t lane, const DueEntry& entry);

    /// Shapes whose office, registrar or hand the org is, each once. in: number of the id table.
    [[nodiscard]] std::span<const std::uint32_t> of_org(std::uint32_t org) const;
    /// Shapes by kind, version and stage. Some may be empty.
    [[nodiscard]] const std::map<StageKey, std::vector<std::uint32_t>>& by_stage() const {
        return by_stage_;
    }
    [[nodiscard]] std::size_t bytes() const;

  private:
    [[nodiscard]] std::uint32_t shape_of(const ShapeKey& key);
    [[nodiscard]] std::uint32_t new_lane(std::uint32_t shape, std::span<const ClockBit> clocks);
    void list(std::uint32_t shape);
    /// Gives back empty lanes, then shapes without lanes. cost: all shapes.
    void sweep();

    std::unordered_map<ShapeKey, std::uint32_t, ShapeHash> numbers_;
    std::deque<Shape> shapes_;
    std::deque<Lane> lanes_;
    std::vector<std::uint32_t> free_shapes_, free_lanes_;
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> by_org_;
    std::map<StageKey, std::vector<std::uint32_t>> by_stage_;
    std::size_t empty_lanes_ = 0;  ///< in use and without rows
};

}  // namespace zt::views::impl
