#pragma once
// Bodies of forms: names and values, as browsers and Open311 clients send them.

#include "http/call.hpp"

namespace zt::http {

inline constexpr std::size_t form_pairs_max = 128;

/// in: application/x-www-form-urlencoded, or a JSON object of texts, in which an object makes names
/// with brackets ({"attribute":{"a":"b"}}: attribute[a]) and a list repeats its name. Unlike an
/// address, a value may hold line breaks. errors: media_type_unsupported, bad_request (a wrong
/// escape, not UTF-8, another control character, too many), those of parse_json.
[[nodiscard]] Result<Pairs> read_form(const Call& call);

}  // namespace zt::http
