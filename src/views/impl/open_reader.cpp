#include "views/impl/open_reader.hpp"

#include "base/check.hpp"

#include <algorithm>

namespace zt::views::impl {
namespace {

std::size_t& number_of(Lamp lamp, LampCounts& counts);

}  // namespace

WantedWords::WantedWords(const OpenRows& rows, const std::vector<std::string>& words) {
    if (words.empty()) {
        return;
    }
    // A word that no row has is beyond the last number, and the row of flags is never empty.
    are_wanted_.resize(rows.words() + 1);
    for (const std::string& word : words) {
        are_wanted_[rows.find_word(word).value_or(static_cast<std::uint32_t>(rows.words()))] = true;
    }
}

OpenReader::OpenReader(const OpenRows& rows, const OpenFilter& filter, const Reading& reading)
    : rows_(rows),
      shapes_(rows.shapes()),
      filter_(filter),
      reading_(reading),
      kinds_(rows, filter.kinds),
      stages_(rows, filter.stages),
      categories_(rows, filter.categories),
      channels_(rows, filter.channels),
      areas_(rows.area_numbers(filter.areas)) {
    CHECK(reading.kinds != nullptr && reading.calendar != nullptr);
}

OpenPage OpenReader::page(std::size_t offset, std::size_t limit) {
    Taken taken{.most = offset + limit};
    visit_passing([&](const Lane& lane) { take(lane, taken); });
    return page_of(taken, offset);
}

OpenPage OpenReader::inbox(const Post& post, std::size_t limit) {
    Taken taken{.most = limit};
    for (const auto& [stage, shapes] : shapes_.by_stage()) {
        const auto holder = OpenHolder::of(clocks_of(stage).kind, rows_.word(stage.stage));
        if (passes(stage) && holder.role != nullptr && holder.suits(post)) {
            take_held(post, holder, stage, taken);
        }
    }
    return page_of(taken, 0);
}

void OpenReader::take_held(
    const Post& post, const OpenHolder& holder, const StageKey& stage, Taken& taken
) {
    const auto waits_for_post = [&](const State& outline) {
        return holder.is_met(post, outline, reading_) &&
               !is_excluded(outline, post.id, *reading_.directory);
    };
    std::span<const std::uint32_t> shapes = shapes_.by_stage().at(stage);
    const auto of_org = rows_.shapes_of(post.org);
    // Of an office the stage has fewer, of a unit its own shapes are.
    if (holder.is_found_by_org() && of_org.size() < shapes.size()) {
        shapes = of_org;
    }
    for (const std::uint32_t shape : shapes) {
        const ShapeKey& key = *shapes_.shape(shape).key;
        if (key.stage == stage && (!filter_.org || rows_.touches(key, *filter_.org)) &&
            (!holder.is_found_by_org() || rows_.touches(key, post.org))) {
            visit(shape, waits_for_post, [&](const Lane& lane) { take(lane, taken); });
        }
    }
}

LampCounts OpenReader::count_lamps() {
    LampCounts counts;
    visit_passing([&](const Lane& lane) {
        const LaneLamps lamps = lamps_of(lane);
        for (std::size_t block = 0; block < lane.rows.blocks(); ++block) {
            count(lamps, block, counts);
        }
    });
    return counts;
}

std::map<AreaId, LampCounts> OpenReader::lamps_by_area() {
    std::map<AreaId, LampCounts> areas;
    visit_passing([&](const Lane& lane) {
        const LaneLamps lamps = lamps_of(lane);
        for (std::size_t block = 0; block < lane.rows.blocks(); ++block) {
            const auto entries = lane.rows.entries(block);
            for (std::size_t index = 0; index < entries.size(); ++index) {
                const Lamp lamp = lamps.at(lane.rows.dues(block, index));
                if (passes(entries[index]) && passes(lamp)) {
                    ++number_of(lamp, areas[rows_.area_of(rows_.row(entries[index]))]);
                }
            }
        }
    });
    return areas;
}

OpenRow OpenReader::row(const SlimRow& slim) {
    OpenRow out = rows_.open_row(slim);
    out.lamp = lamps_of(rows_.lane(slim)).at(rows_.dues(slim));
    return out;
}

template <class IsWanted, class Visit>
void OpenReader::visit(std::uint32_t number, const IsWanted& is_wanted, const Visit& visit_lane) {
    const Shape& shape = shapes_.shape(number);
    const auto has_rows = [&](std::uint32_t lane) { return shapes_.lane(lane).rows.size() > 0; };
    if (std::ranges::none_of(shape.lanes, has_rows)) {
        return;
    }
    rows_.outline_shape(*shape.key, outline_);
    if (!is_wanted(outline_) || !passes(outline_)) {
        return;
    }
    for (const std::uint32_t lane : shape.lanes) {
        if (has_rows(lane)) {
            visit_lane(shapes_.lane(lane));
        }
    }
}

template <class Visit>
void OpenReader::visit_passing(const Visit& visit_lane) {
    const auto all = [](const State&) { return true; };
    if (filter_.org) {
        for (const std::uint32_t shape : rows_.shapes_of(*filter_.org)) {
            if (passes(shapes_.shape(shape).key->stage)) {
                visit(shape, all, visit_lane);
            }
        }
        return;
    }
    for (const auto& [stage, shapes] : shapes_.by_stage()) {
        if (passes(stage)) {
            for (const std::uint32_t shape : shapes) {
                visit(shape, all, visit_lane);
            }
        }
    }
}

void OpenReader::take(const Lane& lane, Taken& taken) {
    if (filter_.lamps.empty() && are_rows_alike()) {
        taken.count += lane.rows.size();
        for (std::size_t block = 0; block < lane.rows.blocks(); ++block) {
            if (!taken.offer_in_order(to_give(lane.rows.entries(block)))) {
                return;
            }
        }
        return;
    }
    const LaneLamps lamps = lamps_of(lane);
    for (std::size_t block = 0; block < lane.rows.blocks(); ++block) {
        take_block(lamps, block, taken);
    }
}

void OpenReader::take_block(const LaneLamps& lamps, std::size_t block, Taken& taken) const {
    const DueOrder& rows = lamps.lane.rows;
    const auto entries = rows.entries(block);
    const Lamp gravest = lamps.at(rows.earliest(block));
    const bool is_one = filter_.lamps.empty() || gravest == lamps.at(rows.latest(block));
    if (is_one && !passes(gravest)) {
        return;
    }
    if (is_one && are_rows_alike()) {
        taken.count += entries.size();
        ignore(taken.offer_in_order(to_give(entries)), "the next block is counted all the same");
        return;
    }
    const std::size_t passed_over = entries.size() - to_give(entries).size();
    for (std::size_t index = 0; index < entries.size(); ++index) {
        if (!passes(entries[index]) || (!is_one && !passes(lamps.at(rows.dues(block, index))))) {
            continue;
        }
        ++taken.count;
        if (index >= passed_over) {
            ignore(taken.offer(entries[index]), "the next one is counted all the same");
        }
    }
}

void OpenReader::count(const LaneLamps& lamps, std::size_t block, LampCounts& counts) const {
    const DueOrder& rows = lamps.lane.rows;
    const auto entries = rows.entries(block);
    const Lamp gravest = lamps.at(rows.earliest(block));
    const bool is_one = gravest == lamps.at(rows.latest(block));
    if (is_one && are_rows_alike()) {
        number_of(gravest, counts) += passes(gravest) ? entries.size() : 0;
        return;
    }
    for (std::size_t index = 0; index < entries.size(); ++index) {
        const Lamp lamp = is_one ? gravest : lamps.at(rows.dues(block, index));
        if (passes(entries[index]) && passes(lamp)) {
            ++number_of(lamp, counts);
        }
    }
}

bool OpenReader::passes(const StageKey& stage) const {
    return kinds_.has(stage.kind) && stages_.has(stage.stage);
}

bool OpenReader::passes(const State& outline) const {
    const Hand* lead = filter_.lead ? outline.lead() : nullptr;
    if ((filter_.office && outline.office != *filter_.office) ||
        (filter_.lead && (lead == nullptr ? outline.office : lead->org) != *filter_.lead)) {
        return false;
    }
    return !filter_.may_see || filter_.may_see(outline);
}

bool OpenReader::passes(const DueEntry& entry) const {
    return categories_.has(entry.category) &&
           (channels_.is_all() || channels_.has(rows_.row(entry).channel)) &&
           (filter_.areas.empty() || std::ranges::binary_search(areas_, rows_.row(entry).area));
}

std::span<const DueEntry> OpenReader::to_give(std::span<const DueEntry> entries) const {
    if (!filter_.after) {
        return entries;
    }
    const UrgencyKey& key = *filter_.after;
    DueEntry after;
    after.due = key.next_due ? key.next_due->time_since_epoch().count() : no_due;
    after.matter = key.id.value;
    const auto first = std::ranges::upper_bound(entries, after, is_before);
    return entries.subspan(static_cast<std::size_t>(first - entries.begin()));
}

bool OpenReader::passes(Lamp lamp) const {
    return filter_.lamps.empty() || std::ranges::find(filter_.lamps, lamp) != filter_.lamps.end();
}

OpenReader::KindClocks& OpenReader::clocks_of(const StageKey& stage) {
    const auto [found, is_new] = clocks_.try_emplace({stage.kind, stage.kind_version});
    if (is_new) {
        found->second.kind = reading_.kinds->version(rows_.word(stage.kind), stage.kind_version);
    }
    return found->second;
}

const DueLimits& OpenReader::limits_of(KindClocks& clocks, std::uint16_t name) {
    const auto known =
        std::ranges::find(clocks.limits, name, &decltype(clocks.limits)::value_type::first);
    if (known != clocks.limits.end()) {
        return known->second;
    }
    const calendar::Length lead = warn_lead(rows_.word(name), *clocks.kind);
    auto limits = std::ranges::find(limits_, lead, &decltype(limits_)::value_type::first);
    if (limits == limits_.end()) {
        limits_.emplace_back(lead, due_limits(lead, *reading_.calendar, reading_.now));
        limits = limits_.end() - 1;
    }
    return clocks.limits.emplace_back(name, limits->second).second;
}

OpenReader::LaneLamps OpenReader::lamps_of(const Lane& lane) {
    const ShapeKey& key = shapes_.key_of(lane);
    KindClocks& clocks = clocks_of(key.stage);
    LaneLamps lamps{.key = key, .lane = lane, .is_known = clocks.kind != nullptr};
    if (lamps.is_known) {
        lamps.limits.reserve(lane.clocks.size());
        for (const ClockBit& clock : lane.clocks) {
            lamps.limits.push_back(limits_of(clocks, clock.name));
        }
    }
    return lamps;
}

Lamp OpenReader::LaneLamps::at(std::span<const std::int64_t> dues) const {
    if (!is_known) {
        return Lamp::none;
    }
    MatterLamp lamp(key.counts);
    if (key.is_supervised) {
        lamp.supervise();
    }
    for (std::size_t clock = 0; clock < dues.size(); ++clock) {
        lamp.add(lamp_of(lane.clocks[clock].state, UtcMs{Millis{dues[clock]}}, limits[clock]));
    }
    return lamp.lamp();
}

bool OpenReader::Taken::offer(const DueEntry& entry) {
    if (first.size() == most) {
        if (most == 0 || !is_before(entry, first.front())) {
            return false;
        }
        std::ranges::pop_heap(first, is_before);
        first.back() = entry;
        std::ranges::push_heap(first, is_before);
        return true;
    }
    first.push_back(entry);
    if (first.size() == most) {
        std::ranges::make_heap(first, is_before);
    }
    return true;
}

bool OpenReader::Taken::offer_in_order(std::span<const DueEntry> entries) {
    return std::ranges::all_of(entries, [this](const DueEntry& entry) { return offer(entry); });
}

OpenPage OpenReader::page_of(Taken& taken, std::size_t offset) {
    OpenPage out;
    out.count = taken.count;
    const auto shown =
        taken.first.begin() + static_cast<std::ptrdiff_t>(std::min(offset, taken.first.size()));
    std::ranges::nth_element(taken.first, shown, is_before);
    std::sort(shown, taken.first.end(), is_before);
    for (auto entry = shown; entry != taken.first.end(); ++entry) {
        out.rows.push_back(row(rows_.row(*entry)));
    }
    return out;
}

namespace {

std::size_t& number_of(Lamp lamp, LampCounts& counts) {
    switch (lamp) {
    case Lamp::none: return counts.none;
    case Lamp::green: return counts.green;
    case Lamp::amber: return counts.amber;
    case Lamp::red: return counts.red;
    case Lamp::paused: return counts.paused;
    case Lamp::supervised: return counts.supervised;
    }
    UNREACHABLE();
}

}  // namespace
}  // namespace zt::views::impl
