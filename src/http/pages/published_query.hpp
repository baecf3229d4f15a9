#pragma once
// What the addresses of published matters ask for.

#include "http/call.hpp"
#include "http/world.hpp"
#include "service/published.hpp"

namespace zt::http::pages {

/// Whether areas are told: then only kinds that publish theirs count, so that a filter tells no
/// more than a page does.
enum class AsksArea : std::uint8_t { no, yes };

/// Of kind, category, counts, month, within. errors: bad_value, bad_date, with `at` naming the
/// value.
[[nodiscard]] Result<service::PublishedFilter>
published_filter(const Call& call, const World& world, AsksArea asks_area = AsksArea::no);

}  // namespace zt::http::pages
