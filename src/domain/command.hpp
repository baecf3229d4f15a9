#pragma once
// Command: what somebody wants to happen to one matter. Several in one submit share a key and a
// transaction.

#include "domain/event.hpp"

namespace zt {

struct Command {
    Verb verb = Verb::note;
    std::string kind;  ///< of a matter that begins; else may be empty
    MatterId matter;   ///< 0 for one that begins
    UtcMs at;          ///< when it happened; the service sets it to now for live commands
    Actor actor;
    /// Field name → value as typed: ids for org, post, area, matter (or codes, resolved before
    /// decide); personal text in the clear. Always an object.
    Json fields = Json::object();
    bool is_at_given = false;   ///< back-dating was asked for
    bool is_estimated = false;  ///< an import spread a step whose time the source does not know
    bool is_reaction = false;   ///< follows from another matter's event; only the writer sets it
    std::vector<Link> links;    ///< given to a matter that begins by a reaction
    std::int64_t expected_version =
        -1;  ///< refuse (stale) unless the matter stands there; −1: whatever it is
    bool operator==(const Command&) const = default;
};

/// What a follow-up code is made from (vault/follow_code.hpp). It comes with the submit and is not
/// kept: the ledger gets the blinded key and a keyed hash of the code.
struct FollowKey {
    Uuid raw;                ///< the idempotency key as the client sent it
    std::string phone_hash;  ///< slow hash of the phone code, where one was asked for
};

/// 1 … 16 commands; those after a register may name matter 0, the one that just began.
struct Submit {
    Uuid key;
    std::string credential;  ///< whose key space: a session's person, "public", "import:<source>"
    Origin origin = Origin::live;
    std::vector<Command> commands;
    std::optional<FollowKey> follow;  ///< then key is blinded(follow->raw)
};

}  // namespace zt
