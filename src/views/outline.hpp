#pragma once
// Outline: as much of a matter as permission asks, kept in the rows of lists and search. With it a
// row is judged as the whole matter would be, without reading the matter: a count over a million
// rows opens none of them.
//
// It is a text, so that rows with the same text, kind, office and class are judged once for all.

#include "domain/state.hpp"

#include <string>
#include <string_view>

namespace zt::views {

struct ListRow;

/// "1 r12 d p55 a7 h12 h13:99": version of the kind, registrar, answered directly, posts that
/// collected it, units accused, hands by unit and post. Each once, in order.
[[nodiscard]] std::string outline_text(const State& state);
/// The State that permission judges: those members, and what the row itself says (id, kind, stage,
/// counts, office, protection, record, published). What cannot be read is left out. Never a party's
/// name, nor whether one was given.
[[nodiscard]] State outline_of(const ListRow& row);
/// Rows of one such text are seen alike by whoever looks, but for who was published.
[[nodiscard]] std::string outline_key(const ListRow& row);

}  // namespace zt::views
