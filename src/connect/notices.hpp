#pragma once
// Notices: from what happened to the messages that it owes. Pure. The event says whom the kind's
// rules tell (its Noticed changes); here these become people of posts and parties of the matter,
// each once, with what they chose. Nothing follows from an event whose origin is not live.

#include "service/rules.hpp"
#include "views/outbox.hpp"
#include "views/view.hpp"

#include <functional>

namespace zt::connect {

/// All borrowed for the call.
struct Deriving {
    const service::Rules* rules = nullptr;
    const Directory* directory = nullptr;  ///< as it stood at the event
    std::function<Result<views::Choice>(const views::Chooser&)> choice;
    /// Key of the reason that an earlier event gave for what this one grants; empty: none.
    std::string asked_reason;
};

/// Messages in the order of their effect ids; the numbers in these depend on the event and the
/// directory alone, never on choices, so a fold from zero gives the same. out: not_before is the
/// event's `recorded`, of warnings the instant of the warning. errors: those of `choice`.
[[nodiscard]] Result<std::vector<views::Message>>
messages_of(const views::Step& step, const Deriving& deriving);

/// A warning that has come due, made out to whoever holds the matter now; empty when the clock was
/// stopped or moved meanwhile. in: the state as it stands.
[[nodiscard]] Result<std::vector<views::Message>>
warnings_of(const views::Message& warning, const State& state, const Deriving& deriving);

[[nodiscard]] views::NoticeClass class_of(Verb verb);
/// Who answers for that role at that org on that day, without those whom the protection of the
/// matter shuts out; the deputy when nobody holds a post. Empty when nobody does.
struct Addressee {
    OrgId org;
    PostId post;       ///< 0: whoever at the org does this work
    std::string role;  ///< as the notice rule calls it
};
[[nodiscard]] std::vector<PersonId>
people_of(const Addressee& addressee, const State& state, const Directory& directory, Date day);

}  // namespace zt::connect
