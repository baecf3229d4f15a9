#pragma once
// Between events as values and events as rows of the store.

#include "domain/apply.hpp"
#include "store/store.hpp"
#include "views/proof_tree.hpp"

namespace zt::service {

/// Texts of an event whose seq and sealed parts are settled; the hash is still to be set.
[[nodiscard]] store::EventRow row_of_event(const Event& event, Seq prev_seq);
[[nodiscard]] Hash
hash_of_row(const store::EventRow& row, const Hash& previous, HashAlgorithm algorithm);
/// What the row of a matter says after its last event. `is_open`: the open set has to know of it, a
/// record as long as it stands, a matter while it is open or one of its clocks is waited for.
[[nodiscard]] store::MatterRow row_of_state(const State& state);
/// errors: damaged, naming the event.
[[nodiscard]] Result<Event> event_of_row(const store::EventRow& row);
/// What the proof tree takes of it. errors: damaged.
[[nodiscard]] Result<views::TreeEntry> tree_entry(const store::EventRow& row, OfficeOffset offset);
/// Folds the events of one matter, oldest first. errors: damaged, quarantined (versions with a
/// gap).
[[nodiscard]] Result<State> fold(const std::vector<store::EventRow>& rows);

}  // namespace zt::service
