#pragma once
// What every store checks before it writes: a batch that breaks these rules is a bug of the writer,
// not of the disk.

#include "store/store.hpp"

namespace zt::store::impl {

/// CHECKs: events and audit rows follow the head without a gap, each points back, each matter
/// stands once, keys belong to what has happened.
void check_batch(const Head& head, const Batch& batch);

/// The head after the batch. last_matter never goes back.
[[nodiscard]] Head advanced(Head head, const Batch& batch);

[[nodiscard]] Error definition_differs(const DefinitionRow& row);
[[nodiscard]] Error claim_taken(const ClaimRow& row);

}  // namespace zt::store::impl
