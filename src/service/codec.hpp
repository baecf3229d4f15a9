#pragma once
// Between events as values and events as rows of the store.

#include "domain/apply.hpp"
#include "store/store.hpp"

namespace zt::service {

/// Texts and hash of an event whose seq, sealed parts and predecessor are settled.
[[nodiscard]] store::EventRow
row_of_event(const Event& event, Seq prev_seq, const Hash& previous, HashAlgorithm algorithm);
/// errors: damaged, naming the event.
[[nodiscard]] Result<Event> event_of_row(const store::EventRow& row);
/// Folds the events of one matter, oldest first. errors: damaged, quarantined (versions with a
/// gap).
[[nodiscard]] Result<State> fold(const std::vector<store::EventRow>& rows);

}  // namespace zt::service
