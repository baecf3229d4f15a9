#pragma once
// Lists of the pack in words: reasons, outcomes, triggers.

#include "domain/kind.hpp"
#include "domain/pack.hpp"
#include "http/api.hpp"

#include <string_view>

namespace zt::http::pages {

/// Empty where the pack has no list of that name.
[[nodiscard]] std::vector<api::Word>
words_of_list(const Pack& pack, std::string_view list, std::string_view language);

/// Gives the fields of a row's form the choices of the lists that its guards name.
void put_lists(api::Form& form, const Transition& row, const Pack& pack, std::string_view language);

}  // namespace zt::http::pages
