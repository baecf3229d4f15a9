#pragma once
// decide: what a command does to a matter, or why not. Pure; everything it may look at is in its
// arguments.
//
// A command is examined in a fixed order and the first thing that fails is the refusal: shape (verb
// known, fields known, given, of the right type), identity (the actor holds the post), existence,
// stage, role, protection, then the guards of the row as the kind file lists them. Imports record
// what happened and do not judge it: guards of time, count and role do not refuse them but mark the
// event irregular with the code.

#include "domain/command.hpp"
#include "domain/directory.hpp"
#include "domain/pack.hpp"

namespace zt {

/// What decide may see beside its own matter. All borrowed for the call.
struct Context {
    UtcMs now;  ///< recorded
    const Kinds* kinds = nullptr;
    const Pack* pack = nullptr;
    const calendar::Calendar* calendar = nullptr;
    const Directory* directory = nullptr;
    std::span<const State* const> reads;  ///< matters that the row's `reads` name
    MatterId fresh;                       ///< id for a matter that begins with this command
    Origin origin = Origin::live;
};

/// A command for another matter that follows from this one, decided by the writer in the same
/// transaction.
struct Reaction {
    bool is_must = false;  ///< its refusal refuses the whole command
    Command command;
    std::string link_back;  ///< link type set on the cause once the new matter has an id (spawn)
};

/// One row per kind, name and keyed hash of the value; taken at commit, freed by release.
struct Claim {
    std::string kind, name, value;
    bool is_release = false;
};

/// The next number of a word in the year of `at`, for a field: "督办〔2026〕12号".
/// source: GB/T 9704-2012, 7.2.5 发文字号.
struct PaperNumber {
    std::string field, word;
};

struct Decision {
    Event event;                     ///< without seq, hash, sealed
    State after;                     ///< equals apply(before, event)
    std::vector<Personal> personal;  ///< to be sealed into the event
    std::vector<Reaction> reactions;
    std::vector<Claim> claims;
    bool gives_code = false;  ///< the writer sets what it keeps of a new follow-up code
    std::optional<NumberRule>
        number;  ///< the writer gives one (a Numbered change) in the year of `at`
    std::vector<PaperNumber> paper_numbers;  ///< the writer gives them (PaperNumbered)
};

/// in: before is null for a matter that begins. The matter's clocks due by command.at have lapsed
/// already (decide_lapse). errors: the refusals of errc.hpp, `at` points to the field concerned.
[[nodiscard]] Result<Decision>
decide(const State* before, const Command& command, const Context& context);

/// The earliest of the matter's clocks that is due at or before `at` lapses: an event dated at its
/// due, or nothing.
[[nodiscard]] std::optional<Decision>
decide_lapse(const State& before, UtcMs at, const Context& context);

/// The row of the kind by which a past event was taken, as far as event and the state before it
/// tell; null for what no row of the kind does (lapses, links). For titles of steps.
[[nodiscard]] const Transition*
row_taken(const State* before, const Event& event, const Context& context);

/// May this actor do this verb now; the value carries the refusal when not. For buttons and
/// `explain`.
[[nodiscard]] Result<void>
may(const State& state, Verb verb, const Actor& actor, const Context& context);

}  // namespace zt
