#include "views/impl/open_rows.hpp"

#include "base/check.hpp"

#include <limits>

namespace zt::views::impl {
namespace {

constexpr std::size_t small_word_count_max = std::numeric_limits<std::uint16_t>::max();
/// Stage key of a slot that is in no list yet.
constexpr std::int64_t no_stage = -1;
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
    const auto found = slot_of_.find(state.id.value);
    const bool is_new = found == slot_of_.end();
    const std::uint32_t slot = is_new ? free_slot() : found->second;
    const std::vector<std::int64_t> orgs_before =
        is_new ? std::vector<std::int64_t>{} : orgs_of(slots_[slot]);
    const std::int64_t stage_before = is_new ? no_stage : stage_key(slots_[slot]);
    const std::int64_t due_before = is_new ? no_due : slots_[slot].next_due;
    if (is_new) {
        slot_of_.emplace(state.id.value, slot);
    }
    fill(slots_[slot], state);
    move_in_lists(slot, orgs_before, stage_before);
    if (slots_[slot].next_due != due_before) {
        set_timer(slots_[slot]);
    }
}

void OpenRows::fill(SlimRow& row, const State& state) {
    row.matter = state.id.value;
    row.number = state.number;
    row.registered = state.registered.time_since_epoch().count();
    row.changed = state.changed.time_since_epoch().count();
    const auto due = state.next_due();
    row.next_due = due ? due->time_since_epoch().count() : no_due;
    row.category = words_.intern(state.category);
    row.office = ids_.number_of(state.office.value);
    row.registrar = ids_.number_of(state.registered_by.value);
    row.area = ids_.number_of(state.area.value);
    row.kind_version = state.kind_version;
    row.kind = small_word(state.kind);
    row.stage = small_word(state.stage);
    row.channel = small_word(state.channel);
    row.turn = static_cast<std::uint16_t>(state.turn);
    row.counts = state.counts;
    row.protection = state.protection;
    row.is_supervised = !state.field("order").as_string().empty();
    fill_parts(row, state);
    accused_of_.erase(state.id.value);
    if (state.protection == Protection::wrong_done) {
        auto& accused = accused_of_[state.id.value];
        for (const Party& party : state.parties) {
            if (party.role == "accused" && party.org) {
                accused.push_back(party.org.value);
            }
        }
    }
}

void OpenRows::fill_parts(SlimRow& row, const State& state) {
    const auto kept =
        static_cast<std::size_t>(std::ranges::count_if(state.clocks, [](const Clock& clock) {
            return is_waiting(clock.state);  // what the lamps and the timer look at
        }));
    CHECK(state.hands.size() <= small_word_count_max && kept <= small_word_count_max);
    row.hand_count = static_cast<std::uint16_t>(state.hands.size());
    row.clock_count = static_cast<std::uint16_t>(kept);
    row.parts = std::make_unique<PartBit[]>(state.hands.size() + kept);
    std::size_t next = 0;
    for (const Hand& hand : state.hands) {
        row.parts[next++].hand = {
            ids_.number_of(hand.org.value),
            ids_.number_of(hand.post.value),
            small_word(hand.role),
            static_cast<std::uint16_t>(hand.turn),
            hand.state
        };
    }
    for (const Clock& clock : state.clocks) {
        if (is_waiting(clock.state)) {
            row.parts[next++].clock = {
                clock.due.time_since_epoch().count(),
                small_word(clock.name),
                clock.state,
                clock.is_provisional,
                clock.is_final
            };
        }
    }
}

void OpenRows::remove(MatterId id) {
    const auto found = slot_of_.find(id.value);
    if (found == slot_of_.end()) {
        return;
    }
    const std::uint32_t slot = found->second;
    const std::vector<std::int64_t> orgs = orgs_of(slots_[slot]);
    const std::int64_t stage = stage_key(slots_[slot]);
    slots_[slot] = SlimRow{};
    slot_of_.erase(found);
    accused_of_.erase(id.value);
    free_.push_back(slot);
    move_in_lists(slot, orgs, stage);
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

bool OpenRows::touches(const SlimRow& row, std::int64_t org) const {
    if (ids_[row.office] == org || ids_[row.registrar] == org) {
        return true;
    }
    return std::ranges::any_of(row.hands(), [&](const PartBit& part) {
        return ids_[part.hand.org] == org;
    });
}

std::vector<std::int64_t> OpenRows::orgs_of(const SlimRow& row) const {
    std::vector<std::int64_t> out = {ids_[row.office], ids_[row.registrar]};
    for (const PartBit& part : row.hands()) {
        out.push_back(ids_[part.hand.org]);
    }
    std::erase(out, 0);
    std::ranges::sort(out);
    out.erase(std::ranges::unique(out).begin(), out.end());
    return out;
}

std::int64_t OpenRows::stage_key(const SlimRow& row) {
    return row.matter == 0 ? no_stage : std::int64_t{row.kind} << 16 | row.stage;
}

void OpenRows::move_in_lists(
    std::uint32_t slot, const std::vector<std::int64_t>& orgs_before, std::int64_t stage_before
) {
    const SlimRow& row = slots_[slot];
    const std::vector<std::int64_t> orgs =
        row.matter == 0 ? std::vector<std::int64_t>{} : orgs_of(row);
    for (const std::int64_t org : orgs) {
        if (!std::ranges::binary_search(orgs_before, org)) {
            by_org_.enter(org, slot);
        }
    }
    for (const std::int64_t org : orgs_before) {
        if (!std::ranges::binary_search(orgs, org)) {
            by_org_.leave(org, [&](std::uint32_t other) {
                return slots_[other].matter != 0 && touches(slots_[other], org);
            });
        }
    }
    const std::int64_t stage = stage_key(row);
    if (stage == stage_before) {
        return;
    }
    if (stage != no_stage) {
        by_stage_.enter(stage, slot);
        ++stage_counts_[stage];
    }
    if (stage_before != no_stage) {
        if (--stage_counts_[stage_before] == 0) {
            stage_counts_.erase(stage_before);
        }
        by_stage_.leave(stage_before, [&](std::uint32_t other) {
            return stage_key(slots_[other]) == stage_before;
        });
    }
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

bool OpenRows::is_current(const Timer& timer) const {
    const SlimRow* row = find(MatterId{timer.matter});
    return row != nullptr && row->next_due == timer.due;
}

std::vector<MatterId> OpenRows::due_until(std::int64_t t, std::size_t limit) const {
    // A walk down the heap that stops at each entry beyond t: it meets only what is due, and its
    // children.
    std::vector<Timer> due;
    std::vector<std::size_t> open = {0};
    while (!open.empty()) {
        const std::size_t at = open.back();
        open.pop_back();
        if (at >= timers_.size() || timers_[at].due > t) {
            continue;
        }
        if (is_current(timers_[at])) {
            due.push_back(timers_[at]);
        }
        open.push_back(2 * at + 1);
        open.push_back(2 * at + 2);
    }
    std::ranges::sort(due);
    due.erase(std::ranges::unique(due).begin(), due.end());
    std::vector<MatterId> out;
    for (std::size_t index = 0; index < due.size() && index < limit; ++index) {
        out.push_back(MatterId{due[index].matter});
    }
    return out;
}

std::optional<std::int64_t> OpenRows::next_due() const {
    std::optional<std::int64_t> next;
    std::vector<std::size_t> open = {0};
    while (!open.empty()) {
        const std::size_t at = open.back();
        open.pop_back();
        if (at >= timers_.size() || (next && timers_[at].due >= *next)) {
            continue;
        }
        if (is_current(timers_[at])) {
            next = timers_[at].due;
            continue;
        }
        open.push_back(2 * at + 1);
        open.push_back(2 * at + 2);
    }
    return next;
}

const SlimRow* OpenRows::find(MatterId id) const {
    const auto found = slot_of_.find(id.value);
    return found == slot_of_.end() ? nullptr : &slots_[found->second];
}

std::vector<const SlimRow*> OpenRows::of_org(OrgId org) const {
    std::vector<const SlimRow*> out;
    for (const std::uint32_t slot : by_org_.slots(org.value)) {
        if (slots_[slot].matter != 0 && touches(slots_[slot], org.value)) {
            out.push_back(&slots_[slot]);
        }
    }
    return out;
}

std::vector<const SlimRow*>
OpenRows::of_stage(std::string_view kind, std::string_view stage) const {
    std::vector<const SlimRow*> out;
    const auto kind_word = words_.find(kind), stage_word = words_.find(stage);
    if (!kind_word || !stage_word) {
        return out;
    }
    const std::int64_t key = std::int64_t{*kind_word} << 16 | *stage_word;
    for (const std::uint32_t slot : by_stage_.slots(key)) {
        if (stage_key(slots_[slot]) == key) {
            out.push_back(&slots_[slot]);
        }
    }
    return out;
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

std::vector<std::pair<std::string, std::string>> OpenRows::stages() const {
    std::vector<std::pair<std::string, std::string>> out;
    for (const auto& [key, count] : stage_counts_) {
        out.emplace_back(
            words_[static_cast<std::uint32_t>(key >> 16)],
            words_[static_cast<std::uint32_t>(key & 0xFFFF)]
        );
    }
    return out;
}

State OpenRows::outline(const SlimRow& row) const {
    State out;
    out.id = MatterId{row.matter};
    out.kind = words_[row.kind];
    out.kind_version = row.kind_version;
    out.number = row.number;
    out.registered = UtcMs{Millis{row.registered}};
    out.changed = UtcMs{Millis{row.changed}};
    out.stage = words_[row.stage];
    out.counts = row.counts;
    out.turn = row.turn;
    out.office = OrgId{ids_[row.office]};
    out.registered_by = OrgId{ids_[row.registrar]};
    out.area = AreaId{ids_[row.area]};
    out.channel = words_[row.channel];
    out.category = words_[row.category];
    out.protection = row.protection;
    if (row.is_supervised) {
        out.fields.emplace("order", Json("supervised"));
    }
    for (const PartBit& part : row.hands()) {
        Hand& hand = out.hands.emplace_back();
        hand.no = static_cast<PartNo>(out.hands.size());
        hand.role = words_[part.hand.role];
        hand.org = OrgId{ids_[part.hand.org]};
        hand.post = PostId{ids_[part.hand.post]};
        hand.turn = part.hand.turn;
        hand.state = part.hand.state;
    }
    for (const PartBit& part : row.clocks()) {
        Clock& clock = out.clocks.emplace_back();
        clock.no = static_cast<PartNo>(out.clocks.size());
        clock.name = words_[part.clock.name];
        clock.due = UtcMs{Millis{part.clock.due}};
        clock.state = part.clock.state;
        clock.is_provisional = part.clock.is_provisional;
        clock.is_final = part.clock.is_final;
    }
    if (const auto accused = accused_of_.find(row.matter); accused != accused_of_.end()) {
        for (const std::int64_t org : accused->second) {
            Party& party = out.parties.emplace_back();
            party.no = static_cast<PartNo>(out.parties.size());
            party.role = "accused";
            party.org = OrgId{org};
        }
    }
    return out;
}

OpenRow OpenRows::open_row(const SlimRow& row) const {
    const State state = outline(row);
    OpenRow out;
    out.id = state.id;
    out.number = state.number;
    out.kind = state.kind;
    out.stage = state.stage;
    out.channel = state.channel;
    out.category = state.category;
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
    out.is_supervised = row.is_supervised;
    out.is_paused = std::ranges::any_of(state.clocks, [](const Clock& clock) {
        return clock.state == ClockState::paused;
    });
    return out;
}

std::size_t OpenRows::bytes() const {
    std::size_t sum = slots_.size() * sizeof(SlimRow) + slot_of_.size() * map_node_bytes +
                      by_org_.bytes() + by_stage_.bytes() + timers_.size() * sizeof(Timer) +
                      free_.capacity() * sizeof(std::uint32_t);
    for (const SlimRow& row : slots_) {
        sum += static_cast<std::size_t>(row.hand_count + row.clock_count) * sizeof(PartBit);
        sum += row.number.capacity() >= sizeof(std::string) / 2 ? row.number.capacity() + 1 : 0;
    }
    for (const auto& [matter, accused] : accused_of_) {
        sum += map_node_bytes + sizeof(std::vector<std::int64_t>) +
               accused.capacity() * sizeof(std::int64_t);
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
