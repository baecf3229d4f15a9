#pragma once
// Effects that add a part to a matter: an item, a party, a hand of a post.

#include "domain/impl/frame.hpp"

namespace zt {

/// An item in that list with the title of that field, owned by field owner or the acting hand's
/// unit, planned for field planned or promise_by.
[[nodiscard]] Result<void> add_item(Frame& frame, const std::vector<std::string>& args);
/// Each name in that field stands as a party of that role and is asked to confirm.
[[nodiscard]] Result<void> ask_party(Frame& frame, const std::vector<std::string>& args);
/// A hand of a post instead of a unit; the field slot.<key> holds its number. errors: unknown_post,
/// excluded_by_protection.
[[nodiscard]] Result<void> seat(Frame& frame, const std::vector<std::string>& args);

}  // namespace zt
