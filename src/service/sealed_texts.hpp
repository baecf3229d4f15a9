#pragma once
// Sealed texts of an event opened by whoever reads the ledger through a reader of his own, beside
// the writer.

#include "domain/event.hpp"
#include "store/store.hpp"
#include "vault/key.hpp"

namespace zt::service {

/// Every sealed text of one event by name; none for an event without. threads: that of the reader.
/// errors: key_missing (no key), not_found (erased), key_wrong, damaged, io_failed.
[[nodiscard]] Result<std::vector<Personal>>
open_texts(store::Reader& reader, const vault::MasterKey* key, const Event& event);

}  // namespace zt::service
