#pragma once
// What everybody may know of the place: no person, no post, nothing that runs.

#include "domain/directory.hpp"
#include "domain/pack.hpp"
#include "http/api_place.hpp"
#include "http/settings.hpp"

#include <span>

namespace zt::http::pages {

/// Lists of a pack's reasons that speak to everybody.
inline constexpr std::string_view ways_in_list = "ways_in", legal_ways_list = "legal_ways";

/// What is read. All borrowed.
struct PlaceParts {
    const Directory* directory = nullptr;
    std::span<const Kind* const> kinds;  ///< those that everybody may hand in
    const Pack* pack = nullptr;
    std::span<const AreaId> areas;  ///< in force, in any order
    Date today;
    OfficeOffset offset;
    std::span<const LegalOffice> legal_offices{};
};

/// Name of the office that publishes what the place amounts to; empty when there is none.
[[nodiscard]] std::string office_name(const Directory& directory, Date today);
/// out: areas by level and name, units by name.
[[nodiscard]] api::PublicPlace public_place(const PlaceParts& parts, std::string_view language);

}  // namespace zt::http::pages
