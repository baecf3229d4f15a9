#pragma once
// Receipts as the ledger and the proof tree give them.

#include "service/receipt.hpp"
#include "store/store.hpp"
#include "vault/key.hpp"

namespace zt::service {

/// Of the event that registered the matter; without inclusion. Salts are left out where the sealed
/// parts were erased. errors: unknown_matter, damaged, io_failed.
[[nodiscard]] Result<Receipt>
receipt_of(store::Reader& reader, const vault::MasterKey* key, MatterId matter);

}  // namespace zt::service
