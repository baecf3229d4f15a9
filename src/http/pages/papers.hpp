#pragma once
// Files, notes and links of one matter, as far as the viewer may see them.

#include "domain/attaching.hpp"
#include "http/pages/looking.hpp"

namespace zt::http::pages {

/// In order of number; without names when the matter was erased.
[[nodiscard]] std::vector<api::FileLine> files_of(const Subject& subject);
/// Oldest first. What the system tells a matter of another stands in the timeline.
[[nodiscard]] std::vector<api::NoteLine> notes_of(const Subject& subject);
/// The page with its links and files, and for what the caller may put further ones. errors:
/// io_failed, damaged.
[[nodiscard]] Result<api::MatterPage> whole_page(Seen& seen, const Call& call);
/// Links to matters that the viewer may see too; hidden ones never. errors: io_failed, damaged.
[[nodiscard]] Result<std::vector<api::LinkLine>> links_of(Looking& looking, const Subject& subject);
/// The visible file of that number. errors: not_found, also for one that the viewer may not see.
[[nodiscard]] Result<AttachedFile> file_of(const Subject& subject, std::string_view no);

}  // namespace zt::http::pages
