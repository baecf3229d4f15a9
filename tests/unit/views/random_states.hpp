#pragma once
// States of open matters at random, for properties of the open set.

#include "tests/unit/views/state_builder.hpp"

#include <random>

namespace zt::views::test {

constexpr std::int64_t orgs = 5;
constexpr UtcMs begin{std::chrono::days{19'205}};  // 2022-08-01, a Monday

/// Seeded by the property, which prints the seed: a generator for each number would be most of the
/// time.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : random_(seed) {}
    /// in: from < until.
    std::int64_t number(std::int64_t from, std::int64_t until) {
        const auto width = static_cast<std::uint64_t>(until - from);
        return from + static_cast<std::int64_t>(random_() % width);
    }
    template <class T>
    T one_of(std::initializer_list<T> values) {
        return values.begin()[number(0, static_cast<std::int64_t>(values.size()))];
    }

  private:
    std::mt19937_64 random_;
};

inline void add_random_clock(State& state, Dice& dice) {
    Clock& clock = add_clock(
        state,
        dice.one_of<std::string>({"handle", "sign", "look", "plan", "year", "unknown"}),
        "2022-08-01 00:00"
    );
    // Days end at midnight, hours anywhere; many share a due.
    clock.due = begin + (dice.number(0, 2) == 0 ? Millis{dice.number(0, 40) * 86'400'000}
                                                : Millis{dice.number(0, 40 * 86'400) * 1'000});
    clock.due -= std::chrono::hours{8};
    clock.state = dice.one_of(
        {ClockState::running,
         ClockState::running,
         ClockState::running,
         ClockState::paused,
         ClockState::lapsed,
         ClockState::met}
    );
    clock.is_provisional = dice.number(0, 8) == 0;
    clock.is_final = dice.number(0, 3) == 0;
}

inline void add_random_hand(State& state, Dice& dice) {
    Hand& hand = add_hand(
        state,
        dice.one_of<std::string>({"lead", "joint"}),
        dice.number(1, orgs + 1),
        dice.one_of({HandState::assigned, HandState::replied, HandState::withdrawn})
    );
    hand.turn = static_cast<std::int32_t>(dice.number(1, 3));
    if (dice.number(0, 4) == 0) {
        hand.post = PostId{100 + 2 * hand.org.value + dice.number(0, 2)};
    }
}

inline State random_state(std::int64_t id, Dice& dice) {
    State out = matter(id, "2022-08-01 08:00");
    out.kind = dice.one_of<std::string>({"appeal", "appeal", "task", "nameless"});
    out.kind_version = static_cast<std::uint32_t>(dice.number(1, 3));
    out.stage = dice.one_of<std::string>({"registered", "handling", "signing", "closed"});
    out.counts =
        dice.one_of({Counts::open, Counts::open, Counts::open, Counts::closed, Counts::ended});
    out.is_record = dice.number(0, 10) == 0;
    out.turn = static_cast<std::int32_t>(dice.number(1, 3));
    out.office = OrgId{dice.number(1, 3)};
    out.registered_by = OrgId{dice.number(0, orgs)};
    out.area = AreaId{dice.number(0, 4)};
    out.category = dice.one_of<std::string>({"", "water", "roads", "noise"});
    for (std::int64_t left = dice.number(0, 3); left > 0; --left) {
        add_random_hand(out, dice);
    }
    for (std::int64_t left = dice.number(0, 4); left > 0; --left) {
        add_random_clock(out, dice);
    }
    if (dice.number(0, 5) == 0) {
        out.fields.emplace("order", Json("red"));
    }
    if (dice.number(0, 5) == 0) {
        add_accused(out, dice.number(1, orgs + 1));
    }
    return out;
}

}  // namespace zt::views::test
