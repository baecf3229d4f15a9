#pragma once
// Open311 GeoReport v2 over kinds and published matters. A service is a kind that everybody may
// hand in without a name; its attributes are the fields of that form which the specification has no
// parameter of its own for. A request is a published matter. Values in, values out.

#include "domain/kind.hpp"
#include "http/api.hpp"
#include "http/api_open311.hpp"
#include "http/api_published.hpp"
#include "http/call.hpp"
#include "kindfile/texts.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace zt::http::pages {

/// Borrows the kind.
struct GeoKind {
    const Kind* kind = nullptr;
    api::Form form;  ///< by which the public hands it in
};

/// Empty for a kind that is no service.
[[nodiscard]] std::optional<GeoKind> geo_kind(const Kind& kind, std::string_view language);
[[nodiscard]] api::GeoService geo_service(const GeoKind& one, std::string_view language);
[[nodiscard]] api::GeoDefinition
geo_definition(const GeoKind& one, const kindfile::Texts& texts, std::string_view language);
[[nodiscard]] api::GeoRequest
geo_request(const api::PublishedPage& page, const OfficeOffset& offset);

/// What a client posted, as a hand-in. Names of parameters: `at`. errors: missing_field (a place, a
/// description, a required attribute), bad_field (coordinates, a text too long), unknown_field (a
/// parameter or attribute that would be dropped unseen), too_large never. in: words of the office's
/// language, in which the place is written down.
[[nodiscard]] Result<api::HandIn>
geo_hand_in(const GeoKind& one, const Pairs& sent, const kindfile::Texts& office_words);

/// 00:00 of the day, "2022-08-01T00:00:00+08:00": the hour of a hand-in is nobody's business.
[[nodiscard]] std::string geo_time(Date day, const OfficeOffset& offset);

}  // namespace zt::http::pages
