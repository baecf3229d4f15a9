#pragma once
// Who may bring rows of another system into the ledger. Pure.

#include "domain/permission.hpp"

namespace zt {

/// A post of an office that takes in (function `intake`) whose work it is to receive or to sign
/// (words `clerk`, `signer`), held by the person who asks: a deputy or secretary may not, since the
/// rows come with their own times. Programs and administrators may not.
/// source: DESIGN 4 (origin import); nobody gains sight by it: rows are seen as their units say.
[[nodiscard]] bool may_import(const Viewer& viewer, const Context& context);

}  // namespace zt
