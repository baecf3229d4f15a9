#include "views/impl/open_rows.hpp"

#include "base/check.hpp"

#include <limits>
#include <queue>

namespace zt::views::impl {
namespace {

constexpr std::size_t small_word_count_max = std::numeric_limits<std::uint16_t>::max();
/// Timers are swept when they are half as many again as the matters, and this many.
constexpr std::size_t timer_slack = 64;
/// A node of a hash map: the pair, the next pointer, its place in the bucket table.
constexpr std::size_t map_node_bytes =
    sizeof(std::pair<std::int64_t, std::uint32_t>) + 2 * sizeof(void*);

/// Open matters, and closed ones with a clock that is still waited for: a lapsed call-back is owed
/// as before. Records are registers, not work, unless such a clock makes them so.
bool belongs(const State& state);

}  // namespace

std::uint32_t IdTable::number_of(std::int64_t id) {
    if (id == 0) {
        return 0;
    }
    const auto [found, is_new] =
        numbers_.try_emplace(id, static_cast<std::uint32_t>(ids_.size() + 1));
    if (is_new) {
        ids_.push_back(id);
    }
    return found->second;
}

void OpenRows::put(const State& state) {
    if (!belongs(state)) {
        remove(state.id);
        return;
    }
    describe(state);
    const auto [found, is_new] = slot_of_.try_emplace(state.id.value);
    if (is_new) {
        found->second = free_slot();
    }
    const std::uint32_t slot = found->second;
    SlimRow& row = slots_[slot];
    const std::int64_t due_before = row.next_due;
    const DueEntry before = entry_of(row, slot);
    const std::uint32_t lane_before = row.lane;
    const bool stays = !is_new && is_as_described(row);
    fill(row, state);
    const DueEntry after = entry_of(row, slot);
    if (!stays || before != after) {
        if (!is_new) {
            shapes_.leave(lane_before, before);
        }
        // Leaving may sweep lanes, so the new one is asked for after it.
        row.lane = shapes_.lane_of(key_, clocks_);
        shapes_.enter(row.lane, after, dues_);
    }
    if (row.next_due != due_before) {
        set_timer(row);
        drop_past_timers();
    }
}

void OpenRows::describe(const State& state) {
    key_.stage = {small_word(state.kind), small_word(state.stage), state.kind_version};
    key_.office = ids_.number_of(state.office.value);
    key_.registrar = ids_.number_of(state.registered_by.value);
    key_.turn = static_cast<std::uint16_t>(state.turn);
    key_.counts = state.counts;
    key_.protection = state.protection;
    key_.is_record = state.is_record;
    key_.is_supervised = !state.field("order").as_string().empty();
    key_.hands.clear();
    for (const Hand& hand : state.hands) {
        key_.hands.push_back(
            {ids_.number_of(hand.org.value),
             ids_.number_of(hand.post.value),
             small_word(hand.role),
             static_cast<std::uint16_t>(hand.turn),
             hand.state}
        );
    }
    key_.accused.clear();
    if (state.protection == Protection::wrong_done) {
        for (const Party& party : state.parties) {
            if (party.role == "accused" && party.org) {
                key_.accused.push_back(ids_.number_of(party.org.value));
            }
        }
    }
    clocks_.clear();
    dues_.clear();
    for (const Clock& clock : state.clocks) {
        if (is_waiting(clock.state)) {  // what the lamps and the timer look at
            clocks_.push_back(
                {small_word(clock.name), clock.state, clock.is_provisional, clock.is_final}
            );
            dues_.push_back(clock.due.time_since_epoch().count());
        }
    }
}

bool OpenRows::is_as_described(const SlimRow& row) const {
    const Lane& now = lane(row);
    return shapes_.key_of(now) == key_ && now.clocks == clocks_ &&
           std::ranges::equal(dues(row), dues_);
}

void OpenRows::fill(SlimRow& row, const State& state) {
    row.matter = state.id.value;
    row.number = state.number;
    row.registered = state.registered.time_since_epoch().count();
    row.changed = state.changed.time_since_epoch().count();
    const auto due = state.next_due();
    row.next_due = due ? due->time_since_epoch().count() : no_due;
    row.category = words_.intern(state.category);
    row.area = ids_.number_of(state.area.value);
    row.channel = small_word(state.channel);
}

void OpenRows::remove(MatterId id) {
    const auto found = slot_of_.find(id.value);
    if (found == slot_of_.end()) {
        return;
    }
    const std::uint32_t slot = found->second;
    shapes_.leave(slots_[slot].lane, entry_of(slots_[slot], slot));
    slots_[slot] = SlimRow{};
    slot_of_.erase(found);
    free_.push_back(slot);
    drop_past_timers();
}

DueEntry OpenRows::entry_of(const SlimRow& row, std::uint32_t slot) const {
    return {row.next_due, row.matter, slot, row.category};
}

std::uint32_t OpenRows::free_slot() {
    if (!free_.empty()) {
        const std::uint32_t slot = free_.back();
        free_.pop_back();
        return slot;
    }
    slots_.emplace_back();
    return static_cast<std::uint32_t>(slots_.size() - 1);
}

std::uint16_t OpenRows::small_word(std::string_view word) {
    const std::uint32_t number = words_.intern(word);
    CHECK(
        number <= small_word_count_max
    );  // kinds, stages, channels, roles, clocks and categories of a place
    return static_cast<std::uint16_t>(number);
}

void OpenRows::set_timer(const SlimRow& row) {
    if (row.next_due == no_due) {
        return;
    }
    timers_.push_back({row.next_due, row.matter});
    std::ranges::push_heap(timers_, std::greater{});
    if (timers_.size() > slot_of_.size() + slot_of_.size() / 2 + timer_slack) {
        std::erase_if(timers_, [this](const Timer& timer) { return !is_current(timer); });
        std::ranges::sort(timers_);  // a sorted row is a heap; two entries of one matter are one
        timers_.erase(std::ranges::unique(timers_).begin(), timers_.end());
        std::ranges::make_heap(timers_, std::greater{});
        timers_.shrink_to_fit();
    }
}

void OpenRows::drop_past_timers() {
    while (!timers_.empty() && !is_current(timers_.front())) {
        std::ranges::pop_heap(timers_, std::greater{});
        timers_.pop_back();
    }
}

bool OpenRows::is_current(const Timer& timer) const {
    const SlimRow* row = find(MatterId{timer.matter});
    return row != nullptr && row->next_due == timer.due;
}

std::vector<MatterId> OpenRows::due_until(std::int64_t t, std::size_t limit) const {
    std::vector<MatterId> out;
    std::optional<Timer> last;
    walk_timers([&](const Timer& timer) {
        if (timer.due > t || out.size() == limit) {
            return false;
        }
        if (last != timer && is_current(timer)) {
            out.push_back(MatterId{timer.matter});
        }
        last = timer;
        return true;
    });
    return out;
}

std::optional<std::int64_t> OpenRows::next_due() const {
    std::optional<std::int64_t> next;
    walk_timers([&](const Timer& timer) {
        if (is_current(timer)) {
            next = timer.due;
        }
        return !next;
    });
    return next;
}

template <class Visit>
void OpenRows::walk_timers(Visit visit) const {
    // Of a heap the next in order is always a child of one that was visited.
    const auto is_later = [this](std::size_t one, std::size_t other) {
        return timers_[one] > timers_[other];
    };
    std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(is_later)> next(is_later);
    if (!timers_.empty()) {
        next.push(0);
    }
    while (!next.empty()) {
        const std::size_t at = next.top();
        next.pop();
        if (!visit(timers_[at])) {
            return;
        }
        for (const std::size_t child : {2 * at + 1, 2 * at + 2}) {
            if (child < timers_.size()) {
                next.push(child);
            }
        }
    }
}

const SlimRow* OpenRows::find(MatterId id) const {
    const auto found = slot_of_.find(id.value);
    return found == slot_of_.end() ? nullptr : &slots_[found->second];
}

std::vector<const SlimRow*> OpenRows::all() const {
    std::vector<const SlimRow*> out;
    for (const SlimRow& row : slots_) {
        if (row.matter != 0) {
            out.push_back(&row);
        }
    }
    return out;
}

bool OpenRows::touches(const ShapeKey& key, OrgId org) const {
    return ids_[key.office] == org.value || ids_[key.registrar] == org.value ||
           std::ranges::any_of(key.hands, [&](const HandBit& hand) {
               return ids_[hand.org] == org.value;
           });
}

std::span<const std::int64_t> OpenRows::dues(const SlimRow& row) const {
    return lane(row).rows.dues_of(entry_of(row, 0));
}

void OpenRows::outline_shape(const ShapeKey& key, State& out) const {
    out.kind = words_[key.stage.kind];
    out.kind_version = key.stage.kind_version;
    out.is_record = key.is_record;
    out.stage = words_[key.stage.stage];
    out.counts = key.counts;
    out.turn = key.turn;
    out.office = OrgId{ids_[key.office]};
    out.registered_by = OrgId{ids_[key.registrar]};
    out.protection = key.protection;
    out.fields.clear();
    if (key.is_supervised) {
        out.fields.emplace("order", Json("supervised"));
    }
    out.hands.resize(key.hands.size());
    for (std::size_t index = 0; index < key.hands.size(); ++index) {
        const HandBit& bit = key.hands[index];
        Hand& hand = out.hands[index];
        hand.no = static_cast<PartNo>(index + 1);
        hand.role = words_[bit.role];
        hand.org = OrgId{ids_[bit.org]};
        hand.post = PostId{ids_[bit.post]};
        hand.turn = bit.turn;
        hand.state = bit.state;
    }
    out.parties.resize(key.accused.size());
    for (std::size_t index = 0; index < key.accused.size(); ++index) {
        Party& party = out.parties[index];
        party.no = static_cast<PartNo>(index + 1);
        party.role = "accused";
        party.org = OrgId{ids_[key.accused[index]]};
    }
}

std::vector<std::uint32_t> OpenRows::area_numbers(const std::vector<AreaId>& areas) const {
    std::vector<std::uint32_t> numbers;
    for (const AreaId area : areas) {
        const std::uint32_t number = ids_.find(area.value);
        if (number != 0 || !area) {
            numbers.push_back(number);
        }
    }
    std::ranges::sort(numbers);
    return numbers;
}

State OpenRows::outline(const SlimRow& row) const {
    State out;
    outline_shape(shapes_.key_of(lane(row)), out);
    out.id = MatterId{row.matter};
    out.number = row.number;
    out.registered = UtcMs{Millis{row.registered}};
    out.changed = UtcMs{Millis{row.changed}};
    out.area = AreaId{ids_[row.area]};
    out.channel = words_[row.channel];
    out.category = words_[row.category];
    const auto dues_of_row = dues(row);
    for (const ClockBit& bit : lane(row).clocks) {
        Clock& clock = out.clocks.emplace_back();
        clock.no = static_cast<PartNo>(out.clocks.size());
        clock.name = words_[bit.name];
        clock.due = UtcMs{Millis{dues_of_row[out.clocks.size() - 1]}};
        clock.state = bit.state;
        clock.is_provisional = bit.is_provisional;
        clock.is_final = bit.is_final;
    }
    return out;
}

OpenRow OpenRows::open_row(const SlimRow& row) const {
    State state = outline(row);
    OpenRow out;
    out.id = state.id;
    out.number = std::move(state.number);
    out.kind = std::move(state.kind);
    out.stage = std::move(state.stage);
    out.channel = std::move(state.channel);
    out.category = std::move(state.category);
    out.kind_version = state.kind_version;
    out.office = state.office;
    const Hand* lead = state.lead();
    out.lead = lead == nullptr ? OrgId{} : lead->org;
    out.area = state.area;
    out.registered = state.registered;
    out.changed = state.changed;
    out.turn = state.turn;
    out.next_due = state.next_due();
    if (const Clock* last = state.final_clock()) {
        out.final_due = last->due;
        out.is_provisional = last->is_provisional;
    }
    out.is_supervised = !state.fields.empty();
    out.is_paused = std::ranges::any_of(state.clocks, [](const Clock& clock) {
        return clock.state == ClockState::paused;
    });
    return out;
}

std::size_t OpenRows::bytes() const {
    std::size_t sum = slots_.size() * sizeof(SlimRow) + slot_of_.size() * map_node_bytes +
                      shapes_.bytes() + timers_.size() * sizeof(Timer) +
                      free_.capacity() * sizeof(std::uint32_t);
    for (const SlimRow& row : slots_) {
        sum += row.number.capacity() >= sizeof(std::string) / 2 ? row.number.capacity() + 1 : 0;
    }
    return sum;
}

namespace {

bool belongs(const State& state) {
    if (state.counts == Counts::ended) {
        return false;
    }
    return (state.counts == Counts::open && !state.is_record) ||
           std::ranges::any_of(state.clocks, [](const Clock& clock) {
               return is_waiting(clock.state);
           });
}

}  // namespace
}  // namespace zt::views::impl
