#pragma once
// Event: one thing that happened to one matter. The envelope is frozen: it only grows.

#include "base/hash.hpp"
#include "base/uuid.hpp"
#include "domain/change.hpp"
#include "domain/verb.hpp"

namespace zt {

enum class ActorKind : std::uint8_t { system, post, party };

/// Who acted: the system, a person in a post (perhaps on behalf of another post), or a party from
/// outside.
struct Actor {
    ActorKind kind = ActorKind::system;
    PersonId person;
    PostId post;
    PostId on_behalf;  ///< both names are kept
    PartNo party = 0;
    bool operator==(const Actor&) const = default;
};

/// Text that must never lie in the clear: it leaves decide here and is sealed before the store sees
/// it.
struct Personal {
    std::string name;  ///< field or "party.1.name", "text", "item.2.title"
    std::string text;
    bool operator==(const Personal&) const = default;
};

/// What a sealed part leaves in the payload.
struct Commitment {
    std::string name;
    std::string value;  ///< hex, salted
    bool operator==(const Commitment&) const = default;
};

struct SealedPart {
    std::string name;
    std::string bytes;
    bool operator==(const SealedPart&) const = default;
};

struct Marks {
    bool is_back_dated = false;
    bool is_estimated = false;
    std::vector<std::string>
        irregular;  ///< refusal codes that an import did not refuse, and not_in_source
    bool operator==(const Marks&) const = default;
};

struct Event {
    std::string tenant;  ///< code of the place
    Seq seq = 0;
    MatterId matter;
    std::int64_t version = 0;  ///< 1 for the first event of the matter
    Verb verb = Verb::register_;
    std::uint8_t type_version = 1;
    UtcMs at;
    UtcMs recorded;
    Actor actor;
    Seq cause = 0;
    Origin origin = Origin::live;
    Marks marks;
    std::uint32_t kind_version = 1;
    std::string pack;
    Uuid key;                     ///< idempotency key of the submit that it came with
    std::int32_t key_part = 0;    ///< index of the command within the submit
    Json input = Json::object();  ///< the public fields of the command as given
    std::vector<Change> changes;
    std::vector<Commitment> commitments;
    std::vector<SealedPart> sealed;
    Hash previous{};
    Hash hash{};
    bool operator==(const Event&) const = default;
};

/// The payload: {"c":[commitments],"do":[changes],"in":{input}} as canonical JSON; empty members
/// are left out.
[[nodiscard]] std::string payload_text(const Event& event);
/// The envelope as canonical JSON; all members but payload, sealed and hash.
[[nodiscard]] std::string envelope_text(const Event& event);
/// Length-prefixed names and bytes.
[[nodiscard]] std::string sealed_text(const Event& event);
/// Fills the members that payload_text writes. errors: damaged.
[[nodiscard]] Result<void> read_payload(Event& event, std::string_view payload);
[[nodiscard]] Result<void> read_sealed(Event& event, std::string_view sealed);
[[nodiscard]] Result<void> read_envelope(Event& event, std::string_view envelope);

/// H(alg ‖ previous ‖ H(envelope) ‖ H(payload) ‖ H(sealed)).
[[nodiscard]] Hash event_hash(
    HashAlgorithm algorithm,
    const Hash& previous,
    std::string_view envelope,
    std::string_view payload,
    std::string_view sealed
);

}  // namespace zt
