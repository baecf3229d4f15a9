#pragma once
// Matters made by hand: states as a fold would leave them, with the parts that views look at.

#include "views/view.hpp"

#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace zt::views::test {

inline UtcMs instant(const std::string& text) { return *parse_instant(text); }

inline State matter(std::int64_t id, const std::string& registered) {
    State out;
    out.id = MatterId{id};
    out.kind = "appeal";
    out.number = "ZT-2022-" +
                 std::string(6 - std::min<std::size_t>(6, std::to_string(id).size()), '0') +
                 std::to_string(id);
    out.version = 1;
    out.registered = out.changed = instant(registered);
    out.stage = "handling";
    out.office = OrgId{1};
    out.area = AreaId{7};
    out.channel = "web";
    out.category = "roads";
    return out;
}

inline Hand& add_hand(
    State& state, const std::string& role, std::int64_t org, HandState at = HandState::assigned
) {
    Hand& hand = state.hands.emplace_back();
    hand.no = static_cast<PartNo>(state.hands.size());
    hand.role = role;
    hand.org = OrgId{org};
    hand.state = at;
    hand.turn = state.turn;
    return hand;
}

inline Clock& add_clock(State& state, const std::string& name, const std::string& due) {
    Clock& clock = state.clocks.emplace_back();
    clock.no = static_cast<PartNo>(state.clocks.size());
    clock.name = name;
    clock.start = state.registered;
    clock.due = instant(due);
    clock.is_final = name == "handle";
    return clock;
}

inline void add_accused(State& state, std::int64_t org) {
    state.protection = Protection::wrong_done;
    Party& party = state.parties.emplace_back();
    party.no = static_cast<PartNo>(state.parties.size());
    party.role = "accused";
    party.org = OrgId{org};
}

/// Steps over states, in order; each takes the next seq.
class History {
  public:
    void add(State state) {
        Entry& entry = entries_.emplace_back();
        entry.event.seq = static_cast<Seq>(entries_.size());
        entry.event.matter = state.id;
        state.last_seq = entry.event.seq;
        entry.after = std::move(state);
    }
    [[nodiscard]] std::vector<Step> steps() const {
        std::vector<Step> out;
        for (const Entry& entry : entries_) {
            out.push_back({nullptr, &entry.event, &entry.after, {}});
        }
        return out;
    }
    [[nodiscard]] std::size_t size() const { return entries_.size(); }

  private:
    struct Entry {
        Event event;
        State after;
    };
    std::deque<Entry> entries_;
};

}  // namespace zt::views::test
