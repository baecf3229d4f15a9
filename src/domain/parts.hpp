#pragma once
// The parts of a matter: party, hand, item, clock, rating, link. Values without behaviour;
// apply.hpp changes them.

#include "base/id.hpp"
#include "base/json.hpp"
#include "base/time.hpp"
#include "calendar/calendar.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zt {

/// Numbers of parts start at 1 within their matter and are never reused; 0 means none.
using PartNo = std::int32_t;

enum class PartyState : std::uint8_t { asked, confirmed, declined };

/// Who stands in the matter from outside. The requester is the beneficiary where there is one, else
/// the author. Names and contacts are personal and lie in sealed parts named "party.<no>.name" and
/// so on.
struct Party {
    PartNo no = 0;
    std::string role;  ///< author, beneficiary, cosigner, accused, guest
    PartyState state = PartyState::confirmed;
    bool is_named = false;   ///< a name was given (it is sealed)
    bool is_hidden = false;  ///< asked that the units concerned do not see it
    OrgId org;               ///< of a collector, a firm that is the author, or the accused unit
    PostId post;             ///< of a collector
    bool operator==(const Party&) const = default;
};

enum class HandState : std::uint8_t {
    offered,
    assigned,
    signed_for,
    contacted,
    arrived,
    replied,
    sent_back,
    done,
    withdrawn
};
[[nodiscard]] std::string_view name_of(HandState state);
[[nodiscard]] std::optional<HandState> parse_hand_state(std::string_view name);
/// sent_back, done and withdrawn hands work no more; replied ones rest until close or redo.
[[nodiscard]] bool is_open(HandState state);

/// Who works on the matter.
struct Hand {
    PartNo no = 0;
    std::string role;  ///< named by the kind: lead, joint, split, opinion, supervisor …
    OrgId org;
    PostId post;
    PartNo parent = 0;  ///< the hand that passed it on
    std::int32_t turn = 1;
    HandState state = HandState::assigned;
    UtcMs since;
    std::string reply_class;  ///< A, B, C, D of its last reply, else empty
    bool operator==(const Hand&) const = default;
};

enum class ItemState : std::uint8_t { open, done, verified, dropped };
[[nodiscard]] std::string_view name_of(ItemState state);
[[nodiscard]] std::optional<ItemState> parse_item_state(std::string_view name);

/// A line with owner, dates, evidence, amount: nodes, check-lists, rectification points, promises,
/// statements.
struct Item {
    PartNo no = 0;
    std::string list;   ///< of the kind's item lists: measures, promises, statements …
    std::string title;  ///< public by the kind's rule, else empty and sealed as "item.<no>.title"
    OrgId owner;
    std::optional<Date> planned;
    std::optional<UtcMs> finished;
    ItemState state = ItemState::open;
    std::string evidence;
    std::int64_t amount = 0;
    bool operator==(const Item&) const = default;
};

enum class ClockOf : std::uint8_t { matter, hand, item };
enum class ClockState : std::uint8_t { running, paused, met, late, lapsed, cancelled };
[[nodiscard]] std::string_view name_of(ClockState state);
[[nodiscard]] std::optional<ClockState> parse_clock_state(std::string_view name);
/// running, paused and lapsed clocks are still waited for.
[[nodiscard]] bool is_waiting(ClockState state);

/// A clock belongs to a matter, hand or item and a turn.
struct Clock {
    PartNo no = 0;
    std::string name;
    ClockOf of = ClockOf::matter;
    PartNo part = 0;
    std::int32_t turn = 1;
    UtcMs start;
    calendar::Length length;
    UtcMs due;
    bool is_provisional = false;
    bool is_final = false;
    bool is_fixed = false;  ///< due given by a field or the source; no length
    ClockState state = ClockState::running;
    std::optional<UtcMs> stopped;
    std::optional<UtcMs> lapsed;
    std::int32_t extensions = 0;
    std::vector<calendar::Pause> pauses;
    bool operator==(const Clock&) const = default;
};

struct Answer {
    std::string question;
    std::string value;
    bool operator==(const Answer&) const = default;
};

/// Answers to named questions by a party or hand about a hand (0: the matter), in a turn.
struct Rating {
    PartNo by_party = 0;
    PartNo by_hand = 0;
    PartNo about = 0;
    std::int32_t turn = 1;
    std::vector<Answer> answers;
    std::int64_t weight_millionths = 0;  ///< of the question that satisfaction counts
    bool is_bad = false;
    bool operator==(const Rating&) const = default;
};

struct Link {
    std::string
        type;  ///< merged_into, merged, spawned, spawned_by, about, digest_of, duplicate_of …
    MatterId to;
    bool is_hidden =
        false;  ///< invisible from this side (a statement asked for in another's words)
    bool operator==(const Link&) const = default;
};

}  // namespace zt
