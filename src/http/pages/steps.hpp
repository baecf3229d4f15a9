#pragma once
// Steps of a matter with their titles, for timelines.

#include "http/pages/matter.hpp"

#include <functional>

namespace zt::http::pages {

/// Org of a post, as it is called today; empty without one.
[[nodiscard]] std::string post_org(PostId post, const Directory& directory);
/// The kind's own title of the step; else the verb's. in: row, may be null.
[[nodiscard]] std::string
title_of_event(const Event& event, const Transition* row, std::string_view language);
/// Units above the office that called back, verified or reviewed, each once: where a
/// place is too small for somebody apart, judging moves up (SYSTEMS.md, protection).
[[nodiscard]] std::vector<std::string> judged_above(const Subject& subject);

/// Each event, oldest first, with the row of the kind that it was taken by (null when none was).
void for_each_step(
    const Subject& subject, const std::function<void(const Event&, const Transition*)>& visit
);

}  // namespace zt::http::pages
