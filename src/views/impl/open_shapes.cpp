#include "views/impl/open_shapes.hpp"

#include <algorithm>

namespace zt::views::impl {
namespace {

/// Lanes are swept when the empty ones are this many more than those with rows: a sweep looks at
/// all, so fewer would not be worth it.
constexpr std::size_t empty_slack = 256;
/// A node of a hash map beside its value: the next pointer, its place in the bucket table.
constexpr std::size_t node_bytes = 2 * sizeof(void*);

class Mixer {
  public:
    void add(std::uint64_t part) {
        mixed_ = (mixed_ ^ part) * 0x9E3779B97F4A7C15U;
        mixed_ ^= mixed_ >> 29;
    }
    [[nodiscard]] std::size_t value() const { return mixed_; }

  private:
    std::uint64_t mixed_ = 0;
};

std::uint64_t pair_of(std::uint32_t high, std::uint32_t low) {
    return std::uint64_t{high} << 32 | low;
}

/// Office, registrar and holders of hands, each once, without 0.
std::vector<std::uint32_t> orgs_of(const ShapeKey& key);

template <class IsFree>
void drop(std::vector<std::uint32_t>& numbers, IsFree is_free) {
    std::erase_if(numbers, is_free);
    if (numbers.capacity() > 2 * numbers.size()) {
        numbers.shrink_to_fit();
    }
}

}  // namespace

std::size_t ShapeHash::operator()(const ShapeKey& key) const noexcept {
    Mixer mixer;
    mixer.add(pair_of(std::uint32_t{key.stage.kind} << 16 | key.stage.stage, key.turn));
    mixer.add(pair_of(key.office, key.registrar));
    mixer.add(pair_of(
        key.stage.kind_version,
        static_cast<std::uint32_t>(key.counts) << 16 |
            static_cast<std::uint32_t>(key.protection) << 8 | (key.is_record ? 2U : 0U) |
            (key.is_supervised ? 1U : 0U)
    ));
    for (const HandBit& hand : key.hands) {
        mixer.add(pair_of(hand.org, hand.post));
        mixer.add(pair_of(
            std::uint32_t{hand.role} << 16 | hand.turn, static_cast<std::uint32_t>(hand.state)
        ));
    }
    for (const std::uint32_t org : key.accused) {
        mixer.add(org);
    }
    return mixer.value();
}

std::uint32_t OpenShapes::lane_of(const ShapeKey& key, std::span<const ClockBit> clocks) {
    const std::uint32_t shape = shape_of(key);
    for (const std::uint32_t lane : shapes_[shape].lanes) {
        if (std::ranges::equal(lanes_[lane].clocks, clocks)) {
            return lane;
        }
    }
    return new_lane(shape, clocks);
}

void OpenShapes::enter(
    std::uint32_t lane, const DueEntry& entry, std::span<const std::int64_t> dues
) {
    DueOrder& rows = lanes_[lane].rows;
    empty_lanes_ -= rows.size() == 0 ? 1 : 0;
    rows.insert(entry, dues);
}

void OpenShapes::leave(std::uint32_t lane, const DueEntry& entry) {
    DueOrder& rows = lanes_[lane].rows;
    rows.erase(entry);
    if (rows.size() > 0) {
        return;
    }
    ++empty_lanes_;
    const std::size_t in_use = lanes_.size() - free_lanes_.size();
    if (empty_lanes_ > in_use / 2 + empty_slack) {
        sweep();
    }
}

std::span<const std::uint32_t> OpenShapes::of_org(std::uint32_t org) const {
    const auto found = by_org_.find(org);
    return found == by_org_.end() ? std::span<const std::uint32_t>{} : found->second;
}

std::size_t OpenShapes::bytes() const {
    std::size_t sum = lanes_.size() * sizeof(Lane) + shapes_.size() * sizeof(Shape) +
                      (free_lanes_.capacity() + free_shapes_.capacity()) * sizeof(std::uint32_t);
    for (const Lane& lane : lanes_) {
        sum += lane.clocks.capacity() * sizeof(ClockBit) + lane.rows.bytes();
    }
    for (const auto& [key, number] : numbers_) {
        sum += sizeof(ShapeKey) + sizeof(number) + node_bytes +
               key.hands.capacity() * sizeof(HandBit) +
               (key.accused.capacity() + shapes_[number].lanes.capacity()) * sizeof(std::uint32_t);
    }
    for (const auto& [org, shapes] : by_org_) {
        sum += sizeof(shapes) + node_bytes + shapes.capacity() * sizeof(std::uint32_t);
    }
    for (const auto& [stage, shapes] : by_stage_) {
        sum += sizeof(shapes) + node_bytes + shapes.capacity() * sizeof(std::uint32_t);
    }
    return sum;
}

std::uint32_t OpenShapes::shape_of(const ShapeKey& key) {
    if (const auto found = numbers_.find(key); found != numbers_.end()) {
        return found->second;
    }
    std::uint32_t number = static_cast<std::uint32_t>(shapes_.size());
    if (free_shapes_.empty()) {
        shapes_.emplace_back();
    } else {
        number = free_shapes_.back();
        free_shapes_.pop_back();
    }
    // A node of the map keeps its place while others come and go.
    shapes_[number].key = &numbers_.emplace(key, number).first->first;
    list(number);
    return number;
}

std::uint32_t OpenShapes::new_lane(std::uint32_t shape, std::span<const ClockBit> clocks) {
    std::uint32_t number = static_cast<std::uint32_t>(lanes_.size());
    if (free_lanes_.empty()) {
        lanes_.emplace_back();
    } else {
        number = free_lanes_.back();
        free_lanes_.pop_back();
    }
    Lane& lane = lanes_[number];
    lane.shape = shape;
    lane.clocks.assign(clocks.begin(), clocks.end());
    lane.rows = DueOrder(clocks.size());
    shapes_[shape].lanes.push_back(number);
    ++empty_lanes_;
    return number;
}

void OpenShapes::list(std::uint32_t shape) {
    const ShapeKey& key = *shapes_[shape].key;
    by_stage_[key.stage].push_back(shape);
    for (const std::uint32_t org : orgs_of(key)) {
        by_org_[org].push_back(shape);
    }
}

void OpenShapes::sweep() {
    for (std::uint32_t number = 0; number < shapes_.size(); ++number) {
        Shape& shape = shapes_[number];
        if (shape.key == nullptr) {
            continue;
        }
        drop(shape.lanes, [&](std::uint32_t lane) {
            const bool is_empty = lanes_[lane].rows.size() == 0;
            if (is_empty) {
                lanes_[lane] = Lane{};
                free_lanes_.push_back(lane);
            }
            return is_empty;
        });
        if (shape.lanes.empty()) {
            numbers_.erase(numbers_.find(*shape.key));
            shape = Shape{};
            free_shapes_.push_back(number);
        }
    }
    empty_lanes_ = 0;
    const auto is_free = [this](std::uint32_t shape) { return shapes_[shape].key == nullptr; };
    for (auto& [org, shapes] : by_org_) {
        drop(shapes, is_free);
    }
    std::erase_if(by_org_, [](const auto& entry) { return entry.second.empty(); });
    for (auto& [stage, shapes] : by_stage_) {
        drop(shapes, is_free);
    }
    std::erase_if(by_stage_, [](const auto& entry) { return entry.second.empty(); });
}

namespace {

std::vector<std::uint32_t> orgs_of(const ShapeKey& key) {
    std::vector<std::uint32_t> out = {key.office, key.registrar};
    for (const HandBit& hand : key.hands) {
        out.push_back(hand.org);
    }
    std::erase(out, 0);
    std::ranges::sort(out);
    out.erase(std::ranges::unique(out).begin(), out.end());
    return out;
}

}  // namespace
}  // namespace zt::views::impl
