#pragma once
// Reading a published matter for whoever asks.

#include "http/pages/looking.hpp"
#include "http/pages/published.hpp"
#include "service/published.hpp"

namespace zt::http {

/// Empty where the public sees nothing of it: the lists follow, the matter itself is asked. Opens
/// no sealed text. errors: unknown_matter, damaged, io_failed.
[[nodiscard]] Result<std::optional<api::PublishedPage>>
read_published(Looking& looking, MatterId matter, std::string_view language);

}  // namespace zt::http
