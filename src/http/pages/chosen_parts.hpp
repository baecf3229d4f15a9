#pragma once
// Parts of the matter itself that a form asks for: which party, which of the units at work on it.

#include "http/pages/matter.hpp"

namespace zt::http::pages {

/// Gives those fields of a row's form their choices; a field that asks for another part of the
/// directory stays as it is.
void put_parts(api::Form& form, const Transition& row, const Subject& subject);

}  // namespace zt::http::pages
