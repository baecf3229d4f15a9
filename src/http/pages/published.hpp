#pragma once
// The public page of a published matter: what was confirmed for publication, and when its stage
// changed, by the day. Everything asks domain/permission what the public sees; no sealed text is
// opened on the way.

#include "domain/permission.hpp"
#include "http/api_published.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace zt::http::pages {

/// A matter with its events, as the public is shown it. All borrowed for the call.
struct PublicSubject {
    const State& state;
    const std::vector<Event>& events;
    const Context& context;
    std::string_view language;
};

/// Empty where the public sees nothing of the matter.
[[nodiscard]] std::optional<api::PublishedPage> published_page(const PublicSubject& subject);

/// The area as it is told to everybody: the township where it lies lower, since a village of a few
/// houses could tell who it was. Unknown: 0.
[[nodiscard]] AreaId public_area(AreaId area, const Directory& directory);

}  // namespace zt::http::pages
