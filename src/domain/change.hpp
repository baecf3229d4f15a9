#pragma once
// Changes: the closed vocabulary in which events say what happened to a matter. `apply` interprets
// them without any kind file, so an old ledger replays under any kinds. A change is frozen once
// released; a new meaning is a new change.

#include "base/json_cursor.hpp"
#include "domain/state.hpp"

#include <variant>

namespace zt {

/// First change of a matter.
struct Began {
    std::string kind;
    std::uint32_t kind_version = 1;
    bool is_record = false;
    std::string pack;
    OrgId office;
    OrgId registered_by;
    bool operator==(const Began&) const = default;
};
struct StageEntered {
    std::string stage;
    Counts counts = Counts::open;
    bool operator==(const StageEntered&) const = default;
};
/// Number given by the writer (sequence without gaps).
struct Numbered {
    std::string number;
    bool operator==(const Numbered&) const = default;
};
/// Sets (or with null removes) a public field. The names area, channel, category, purpose,
/// protection, office are also members of State and are set through this change.
struct FieldSet {
    std::string name;
    Json value;
    bool operator==(const FieldSet&) const = default;
};
/// A personal field got a sealed part of that name in this event.
struct Sealed {
    std::string name;
    bool operator==(const Sealed&) const = default;
};
struct PartyAdded {
    Party party;
    bool operator==(const PartyAdded&) const = default;
};
struct PartyMoved {
    PartNo no = 0;
    PartyState state = PartyState::confirmed;
    bool operator==(const PartyMoved&) const = default;
};
struct HandAdded {
    Hand hand;
    bool operator==(const HandAdded&) const = default;
};
struct HandMoved {
    PartNo no = 0;
    HandState state = HandState::assigned;
    std::int32_t turn = 0;
    std::string reply_class;
    bool operator==(const HandMoved&) const = default;
};
struct ItemAdded {
    Item item;
    bool operator==(const ItemAdded&) const = default;
};
struct ItemMoved {
    PartNo no = 0;
    ItemState state = ItemState::done;
    std::string evidence;
    OrgId owner;  ///< from now on; 0: as before
    bool operator==(const ItemMoved&) const = default;
};
struct ClockStarted {
    Clock clock;
    bool operator==(const ClockStarted&) const = default;
};
/// met or late (by comparing the instant with the due), or cancelled.
struct ClockStopped {
    PartNo no = 0;
    ClockState state = ClockState::met;
    UtcMs at;
    bool operator==(const ClockStopped&) const = default;
};
struct ClockLapsed {
    PartNo no = 0;
    bool operator==(const ClockLapsed&) const = default;
};
/// A deadline never moves without this.
struct ClockRedated {
    PartNo no = 0;
    UtcMs due;
    bool is_provisional = false;
    std::string why;
    bool is_extension = false;
    bool operator==(const ClockRedated&) const = default;
};
struct ClockPaused {
    PartNo no = 0;
    std::string reason;
    UtcMs from;
    bool operator==(const ClockPaused&) const = default;
};
struct ClockResumed {
    PartNo no = 0;
    UtcMs until;
    UtcMs due;
    bool is_provisional = false;
    bool operator==(const ClockResumed&) const = default;
};
struct Rated {
    Rating rating;
    bool operator==(const Rated&) const = default;
};
struct TurnRaised {
    std::int32_t turn = 1;
    bool operator==(const TurnRaised&) const = default;
};
struct Linked {
    Link link;
    bool operator==(const Linked&) const = default;
};
struct Unlinked {
    std::string type;
    MatterId to;
    bool operator==(const Unlinked&) const = default;
};
/// Something stands from this turn on: accepted, refused, assigned, signed_off, verified, evidence,
/// answered, contacted, extension_asked; turn 0 takes it away.
struct Marked {
    std::string what;
    PartNo part = 0;
    std::int32_t turn = 1;
    bool operator==(const Marked&) const = default;
};
/// A stopped clock goes on: the reply that stopped it was sent back.
struct ClockRunsOn {
    PartNo no = 0;
    bool operator==(const ClockRunsOn&) const = default;
};
/// The first answer, with the working days it took (payload keeps the outcome, not the calendar).
struct Answered {
    std::int32_t workdays = -1;
    bool operator==(const Answered&) const = default;
};
struct AskedToRate {
    bool operator==(const AskedToRate&) const = default;
};
/// Raises one of the counters of Milestones: send_back, redo, transfer, urge, contest, bad_rating,
/// extension.
struct Tallied {
    std::string what;
    std::int32_t by = 1;
    bool operator==(const Tallied&) const = default;
};
/// A message that this event owes to somebody: role (requester, author, lead, hands, office,
/// supervisor …), template, and the party, hand or org it is for.
struct Noticed {
    std::string role;
    std::string text;
    PartNo part = 0;
    OrgId org;
    bool operator==(const Noticed&) const = default;
};
/// A fact that the kind file declares: indicator, amount, subject, unit.
struct Counted {
    std::string indicator;
    std::int64_t amount = 1;
    MatterId subject;
    OrgId org;  ///< to which it belongs; 0: to the matter's place
    bool operator==(const Counted&) const = default;
};
/// A reaction that was refused; the cause stands.
struct ReactionRefused {
    std::string verb;
    std::string code;
    bool operator==(const ReactionRefused&) const = default;
};
struct Published {
    bool is_published = true;
    bool operator==(const Published&) const = default;
};
/// The key of the matter's sealed parts was destroyed.
struct Erased {
    bool operator==(const Erased&) const = default;
};
/// A field got the number of a paper that this event issues, given by the writer (sequence without
/// gaps): "督办〔2026〕12号".
struct PaperNumbered {
    std::string field, number;
    bool operator==(const PaperNumbered&) const = default;
};

using Change = std::variant<
    Began,
    StageEntered,
    Numbered,
    FieldSet,
    Sealed,
    PartyAdded,
    PartyMoved,
    HandAdded,
    HandMoved,
    ItemAdded,
    ItemMoved,
    ClockStarted,
    ClockStopped,
    ClockLapsed,
    ClockRedated,
    ClockPaused,
    ClockResumed,
    ClockRunsOn,
    Marked,
    Rated,
    TurnRaised,
    Linked,
    Unlinked,
    Answered,
    AskedToRate,
    Tallied,
    Noticed,
    Counted,
    ReactionRefused,
    Published,
    Erased,
    PaperNumbered>;

/// Canonical JSON, one array per change: its short name, then its values in fixed order, those at
/// their defaults left out at the end. Instants are milliseconds, dates days since 1970.
void append_change(std::string& out, const Change& change);
/// Takes the change that stands next to the end of `out`. errors: damaged (a ledger that we did not
/// write); `out` then ends with anything.
[[nodiscard]] Result<void> read_change(JsonCursor& in, std::vector<Change>& out);

}  // namespace zt
