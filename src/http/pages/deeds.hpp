#pragma once
// Deeds of a call as commands, for every route that takes some.

#include "http/api.hpp"
#include "http/pages/looking.hpp"

namespace zt::http {

/// What a deed is about that names nothing itself.
struct About {
    MatterId matter;      ///< of the address; 0: none
    std::string begun{};  ///< kind of the matter that an earlier deed of the call begins
};

/// Numbers of other matters in the fields become their ids; one that the caller may not see is
/// answered like one that is not there. errors: unknown_verb, unknown_matter (with the field),
/// unknown_field (files, which have a route of their own), io_failed.
[[nodiscard]] Result<Command>
command_of(const api::Deed& deed, const About& about, const Call& call, Looking& looking);
/// The same for who hands in or follows from outside: a number stands only for a matter of the kind
/// that the field asks for, which nobody hands in from outside (a call for contributions, a season,
/// a service item). in: as the page sent it; ids are refused. errors: unknown_matter, bad_field
/// (with the field), io_failed.
[[nodiscard]] Result<void>
resolve_from_outside(Command& command, const Kind& kind, const Kinds& kinds, service::Desk& desk);
/// Whether it has something to look up.
[[nodiscard]] bool points_to_matters(const Json& fields, const Kind& kind);
/// A matter that the caller may not see is answered like one that is not there; no matter is fine.
/// errors: unknown_matter, io_failed.
[[nodiscard]] Result<void> check_sight(Looking& looking, const Call& call, MatterId matter);

/// Whose key space the keys of a caller are.
[[nodiscard]] std::string credential_of(const Caller& caller);
/// Of everybody outside: the key alone tells two apart, so that nothing of the sender is needed.
inline constexpr std::string_view outside_credential = "public";

}  // namespace zt::http
