#pragma once
// Deeds of a call as commands, for every route that takes some.

#include "http/api.hpp"
#include "http/pages/looking.hpp"

namespace zt::http {

/// in: matter of the address, for deeds that name none; 0: none. Numbers of other matters in the
/// fields become their ids; one that the caller may not see is answered like one that is not there.
/// errors: unknown_verb, unknown_matter (with the field), unknown_field (files, which have a route
/// of their own), io_failed.
[[nodiscard]] Result<Command>
command_of(const api::Deed& deed, MatterId matter, const Call& call, Looking& looking);
/// A matter that the caller may not see is answered like one that is not there; no matter is fine.
/// errors: unknown_matter, io_failed.
[[nodiscard]] Result<void> check_sight(Looking& looking, const Call& call, MatterId matter);

/// Whose key space the keys of a caller are.
[[nodiscard]] std::string credential_of(const Caller& caller);
/// Of everybody outside: the key alone tells two apart, so that nothing of the sender is needed.
inline constexpr std::string_view outside_credential = "public";

}  // namespace zt::http
